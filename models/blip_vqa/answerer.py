"""A published BLIP question answerer as a task object."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Image
from transformers import BlipForQuestionAnswering, BlipProcessor

from ..common.published import best_device, checkpoint_folder, checkpoint_hash, mean_chance
from ..tasks import Answer

_TOKENS = 12


class BlipAnswerer:
    """Serves `Answerer` for stand-alone questions; earlier turns are not used.

    Its confidence is the words' mean chance, which is not calibrated.
    """

    name = "blip_vqa"

    def __init__(self, model: Any, processor: Any, weights: str = "") -> None:
        self.model = model.eval().to(best_device())
        self.processor = processor
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "BlipAnswerer":
        """Load a checkpoint's folder.

        Raises:
            FileNotFoundError: no folder of safetensors is given.
        """
        folder = checkpoint_folder(cls.name, path)
        model = BlipForQuestionAnswering.from_pretrained(folder, use_safetensors=True)
        return cls(model, BlipProcessor.from_pretrained(folder), checkpoint_hash(folder))

    @torch.inference_mode()
    def answer(
        self,
        images: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]:
        """One answer per (picture, question)."""
        del history
        answers = []
        for image, question in zip(images, questions, strict=True):
            asked = self.processor(
                images=image, text=question.lower(), truncation=True, return_tensors="pt"
            ).to(self.model.device)
            written = self.model.generate(
                **asked, max_new_tokens=_TOKENS, num_beams=1, do_sample=False,
                return_dict_in_generate=True, output_scores=True,
            )  # fmt: skip
            text = self.processor.decode(written.sequences[0], skip_special_tokens=True).strip()
            sure = mean_chance(self.model.text_decoder, written)
            answers.append(Answer(text=text, confidence=sure))
        return answers
