"""A published BLIP captioner as a task object."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Image
from transformers import BlipForConditionalGeneration, BlipProcessor

from ..common.published import best_device, checkpoint_folder, checkpoint_hash, mean_chance
from ..tasks import Caption

# Tokens of a caption; what is published writes ten to twenty words whatever it may.
_TOKENS = {"short": 20, "normal": 40, "long": 80}


class BlipCaptioner:
    """Serves `Captioner`; its confidence is the words' mean chance, which is not calibrated."""

    name = "blip"

    def __init__(self, model: Any, processor: Any, weights: str = "") -> None:
        self.model = model.eval().to(best_device())
        self.processor = processor
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "BlipCaptioner":
        """Load a checkpoint's folder.

        Raises:
            FileNotFoundError: no folder of safetensors is given.
        """
        folder = checkpoint_folder(cls.name, path)
        model = BlipForConditionalGeneration.from_pretrained(folder, use_safetensors=True)
        return cls(model, BlipProcessor.from_pretrained(folder), checkpoint_hash(folder))

    @torch.inference_mode()
    def caption(self, images: Sequence[Image], style: str = "normal") -> list[Caption]:
        """One caption per picture, RGB; `style` bounds its length.

        Raises:
            ValueError: no such style.
        """
        if style not in _TOKENS:
            raise ValueError(f"no caption style {style!r}; there are {', '.join(_TOKENS)}")
        captions = []
        for image in images:
            pixels = self.processor(images=image, return_tensors="pt").to(self.model.device)
            written = self.model.generate(
                **pixels, max_new_tokens=_TOKENS[style], num_beams=1, do_sample=False,
                return_dict_in_generate=True, output_scores=True,
            )  # fmt: skip
            text = self.processor.decode(written.sequences[0], skip_special_tokens=True).strip()
            sure = mean_chance(self.model.text_decoder, written)
            captions.append(Caption(text=text, confidence=sure, style=style))
        return captions
