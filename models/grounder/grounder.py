"""The grounding model as a task object: pictures and phrases in, boxes out."""

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL.Image import Image

from ..common.adapted_encoder import encode_batch
from ..common.boxes import iou
from ..common.canvas import to_canvas, to_tensor
from ..common.loading import load_model
from ..scene_parser.parser import slot_features
from ..spec import weights_folder, weights_hash
from ..tasks import Box
from .model import GrounderModel

# Boxes that overlap more than this are taken for one object.
SAME_OBJECT = 0.6


class SlotGrounder:
    """Serves `Grounder` for stand-alone phrases; earlier turns are not used."""

    def __init__(self, model: GrounderModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotGrounder":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("grounder", path)
        model = load_model(GrounderModel, folder)
        return cls(model, weights_hash(folder))

    @property
    def domain(self) -> str:
        """What pictures it knows: `tabletop`, or `any` once fine-tuned on a user's own."""
        return self.model.config.domain

    @torch.inference_mode()
    def ground(
        self,
        images: Sequence[Image],
        phrases: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[list[Box]]:
        """Boxes of what each phrase means in its picture, best first; none where it is absent."""
        del history
        if not images:
            return []
        vision = self.model.eyes.config
        laid = [to_canvas(image, vision.width, vision.height) for image in images]
        found = self.model.propose(to_tensor([array for array, _ in laid]))
        ids, mask, _ = encode_batch([phrase.lower() for phrase in phrases])
        seen = found.scores >= vision.threshold
        slots = slot_features(found, vision.width, vision.height)
        chances = self.model(slots, seen, ids, mask).logits.sigmoid() * seen
        results = []
        for i, (_, placement) in enumerate(laid):
            boxes = []
            for k in chances[i].argsort(descending=True).tolist():
                chance = float(chances[i, k])
                if chance <= self.model.config.threshold:
                    break
                x0, y0, x1, y1 = found.boxes[i, k].tolist()  # pyright: ignore[reportOptionalSubscript]
                corners = (*placement.to_picture(x0, y0), *placement.to_picture(x1, y1))
                # Two peaks on one crowded object give its box twice; the surer one stays.
                if all(iou(corners, kept.xyxy) < SAME_OBJECT for kept in boxes):
                    boxes.append(Box(xyxy=corners, confidence=chance, label=phrases[i]))
            results.append(boxes)
        return results
