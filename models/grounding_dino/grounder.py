"""A published GroundingDINO as a task object."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Image
from transformers import GroundingDinoForObjectDetection, GroundingDinoProcessor

from ..common.published import best_device, checkpoint_folder, checkpoint_hash
from ..tasks import Box

# The published thresholds; without a box over the first, the phrase means nothing in the picture.
_BOX, _TEXT = 0.35, 0.25
# It was trained on bare nouns: "find the dog, please" is "dog" to it.
_ASKING = re.compile(r"^(?:all|every|any|each|both|the|a|an|my|your|this|that|these|those)\s+")


class DinoGrounder:
    """Serves `Grounder` for stand-alone phrases; earlier turns are not used."""

    name = "grounding_dino"

    def __init__(self, model: Any, processor: Any, weights: str = "") -> None:
        self.model = model.eval().to(best_device())
        self.processor = processor
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "DinoGrounder":
        """Load a checkpoint's folder.

        Raises:
            FileNotFoundError: no folder of safetensors is given.
        """
        folder = checkpoint_folder(cls.name, path)
        model = GroundingDinoForObjectDetection.from_pretrained(folder, use_safetensors=True)
        return cls(model, GroundingDinoProcessor.from_pretrained(folder), checkpoint_hash(folder))

    @torch.inference_mode()
    def ground(
        self,
        images: Sequence[Image],
        phrases: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[list[Box]]:
        """Boxes of each phrase in its picture, pixels, best first; none where it is absent."""
        del history
        results = []
        for image, phrase in zip(images, phrases, strict=True):
            inputs = self.processor(images=image, text=prompt_of(phrase), return_tensors="pt")
            inputs = inputs.to(self.model.device)
            found = self.processor.post_process_grounded_object_detection(
                self.model(**inputs), inputs["input_ids"], threshold=_BOX, text_threshold=_TEXT,
                target_sizes=[(image.height, image.width)],
            )[0]  # fmt: skip
            results.append(boxes_of(found["scores"], found["boxes"], phrase, image.size))
        return results


def prompt_of(phrase: str) -> str:
    """A phrase as it was trained on: lower case, without an article, a full stop at the end."""
    text = _ASKING.sub("", phrase.lower().strip().rstrip(".?! "))
    return f"{text}."


def boxes_of(
    scores: torch.Tensor, corners: torch.Tensor, phrase: str, size: tuple[int, int]
) -> list[Box]:
    """Detections as boxes within the picture, best first.

    Args:
        scores: (N,) in [0, 1].
        corners: (N, 4) x0, y0, x1, y1 in pixels.
        size: width and height of the picture.
    """
    width, height = size
    most = corners.new_tensor([width, height, width, height])
    within = torch.minimum(corners.clamp(min=0), most)
    return [
        Box(xyxy=tuple(within[i].tolist()), confidence=float(scores[i]), label=phrase)
        for i in scores.argsort(descending=True).tolist()
    ]
