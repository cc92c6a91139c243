"""The VQA model as a task object: pictures and questions in, answers out."""

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL.Image import Image

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..scene_parser.parser import TableSceneParser
from ..spec import weights_folder, weights_hash
from ..tasks import Answer, Box
from .model import VqaModel


class SlotAnswerer:
    """Serves `Answerer` for stand-alone questions; earlier turns are not used.

    Args:
        model: the joint transformer.
        eyes: the scene parser whose slots it was trained on.
    """

    def __init__(self, model: VqaModel, eyes: TableSceneParser, weights: str = "") -> None:
        self.model = model.eval()
        self.eyes = eyes
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotAnswerer":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("vqa", path)
        model = load_model(VqaModel, folder)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    @torch.inference_mode()
    def answer(
        self,
        images: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]:
        """One answer per (image, question)."""
        del history
        if not images:
            return []
        slots = self.eyes.slots(images)
        ids, mask, _ = encode_batch(list(questions))
        output = self.model(slots.features, slots.mask, ids, mask)
        answers = []
        for i, placement in enumerate(slots.placements):
            probability, index = output.logits[i].softmax(-1).max(-1)
            text = self.model.config.answers[int(index)]
            boxes = []
            for k, chance in enumerate(output.pointing[i, :, 0].sigmoid().tolist()):
                if chance > 0.5 and bool(slots.mask[i, k]):
                    x0, y0, x1, y1 = slots.boxes[i, k].tolist()
                    corners = (*placement.to_picture(x0, y0), *placement.to_picture(x1, y1))
                    boxes.append(Box(xyxy=corners, confidence=chance))
            premise = "absent" if text == "none" else "holds"
            answers.append(
                Answer(
                    text=text, confidence=float(probability), boxes=tuple(boxes), premise=premise
                )
            )
        return answers
