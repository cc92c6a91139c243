"""The scene parser as a task object: pictures in, `SceneGraph`s and slots out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL.Image import Image
from torch import Tensor

from ..common.canvas import Placement, to_canvas, to_tensor
from ..common.loading import load_model
from ..object_reader import ObjectReader
from ..spec import weights_folder, weights_hash
from ..tasks import Box, SceneGraph, SceneNode
from .config import DEFAULT_ATTRIBUTES
from .model import SceneParserModel, SceneParserOutput

# Camera-aligned axes on the table: places are (right, front, up).
DIRECTIONS = {
    "left": (-1.0, 0.0, 0.0),
    "right": (1.0, 0.0, 0.0),
    "front": (0.0, 1.0, 0.0),
    "behind": (0.0, -1.0, 0.0),
}


# How much the closer look counts beside the first (chosen on seed 8001).
CLOSER_WEIGHT = 1.0


@dataclass(frozen=True, kw_only=True)
class Slots:
    """Objects of a batch of pictures, as other models take them.

    Attributes:
        features: (N, K, D + 7): slot features, centre and box over the canvas size, score.
        mask: (N, K) bool, True where there is an object.
        boxes: (N, K, 4) x0 y0 x1 y1 in canvas pixels.
        placements: one per picture.
    """

    features: Tensor
    mask: Tensor
    boxes: Tensor
    placements: tuple[Placement, ...]


class TableSceneParser:
    """Serves `SceneParser`.

    Args:
        model: finds the objects and reads them on its small canvas.
        closer: reads each object again from the picture as it came; None trusts the first look.
    """

    def __init__(
        self, model: SceneParserModel, weights: str = "", closer: ObjectReader | None = None
    ) -> None:
        self.model = model.eval()
        self.weights = weights
        self.closer = closer

    @classmethod
    def load(cls, path: Path | None = None) -> "TableSceneParser":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("scene_parser", path)
        model = load_model(SceneParserModel, folder)
        # Weights of a user's own world come without a closer look made for ours.
        closer = ObjectReader.load() if path is None else None
        return cls(model, weights_hash(folder), closer)

    @torch.inference_mode()
    def run(self, images: Sequence[Image]) -> tuple[SceneParserOutput, tuple[Placement, ...]]:
        """One pass over the pictures, on the model's canvas."""
        config = self.model.config
        laid = [to_canvas(image, config.width, config.height) for image in images]
        output = self.model(to_tensor([array for array, _ in laid]))
        return output, tuple(placement for _, placement in laid)

    def slots(self, images: Sequence[Image]) -> Slots:
        """Object features of each picture (see `Slots`)."""
        output, placements = self.run(images)
        return Slots(
            features=slot_features(output, self.model.config.width, self.model.config.height),
            mask=output.scores >= self.model.config.threshold,
            boxes=output.boxes,  # pyright: ignore[reportArgumentType]
            placements=placements,
        )

    def parse(self, images: Sequence[Image]) -> list[SceneGraph]:
        """Objects, attributes, boxes and relations of each picture."""
        return [graph for graph, _ in self.parse_with_slots(images)]

    def parse_with_slots(self, images: Sequence[Image]) -> list[tuple[SceneGraph, Tensor]]:
        """As `parse`, each graph with its nodes' slot features (M, D + 7), see `slot_features`."""
        if not images:
            return []
        output, placements = self.run(images)
        features = slot_features(output, self.model.config.width, self.model.config.height)
        found = output.scores >= self.model.config.threshold
        return [
            (self._graph(output, i, placement, image), features[i][found[i]])
            for i, (placement, image) in enumerate(zip(placements, images, strict=True))
        ]

    def _graph(
        self, output: SceneParserOutput, i: int, placement: Placement, image: Image
    ) -> SceneGraph:
        assert output.scores is not None and output.boxes is not None
        assert output.attributes is not None and output.places is not None
        found = (output.scores[i] >= self.model.config.threshold).nonzero().flatten().tolist()
        boxes = []
        for k in found:
            x0, y0, x1, y1 = output.boxes[i, k].tolist()
            boxes.append((*placement.to_picture(x0, y0), *placement.to_picture(x1, y1)))
        read = {
            name: logits[i, found].log_softmax(-1) for name, logits in output.attributes.items()
        }
        if self.closer is not None and boxes:
            # Two looks at the same object: their log-probabilities add up.
            for name, again in self.closer.read(image, boxes).items():
                read[name] = (read[name] + CLOSER_WEIGHT * again).log_softmax(-1)
        # A saved config sorts its keys; people say size and colour first.
        order = sorted(read, key=list(DEFAULT_ATTRIBUTES).index)
        nodes = []
        for row, (k, corners) in enumerate(zip(found, boxes, strict=True)):
            score = float(output.scores[i, k])
            values, confidences = {}, {}
            for name in order:
                probability, index = read[name][row].exp().max(-1)
                values[name] = self.model.config.attributes[name][int(index)]
                confidences[name] = float(probability)
            right, front, up = output.places[i, k].tolist()
            label = " ".join(values.values())
            box = Box(xyxy=corners, confidence=score, label=label)
            nodes.append(
                SceneNode(
                    attributes=values, confidences=confidences, box=box, position=(right, front, up)
                )
            )
        relations = tuple(
            (j, direction, i)
            for direction, axis in DIRECTIONS.items()
            for i, anchor in enumerate(nodes)
            for j, other in enumerate(nodes)
            if i != j
            and sum(
                (b - a) * d for a, b, d in zip(anchor.position, other.position, axis, strict=True)
            )
            > 0
        )
        certain = [min(node.box.confidence, *node.confidences.values()) for node in nodes]
        return SceneGraph(
            nodes=tuple(nodes),
            relations=relations,
            directions=DIRECTIONS,
            width=placement.width,
            height=placement.height,
            confidence=min(certain, default=0.0),
        )


def slot_features(output: SceneParserOutput, width: int, height: int) -> Tensor:
    """(N, K, D + 7): slot features with where the object is."""
    size = output.boxes.new_tensor([width, height])  # pyright: ignore[reportOptionalMemberAccess]
    boxes = output.boxes / size.repeat(2)  # pyright: ignore[reportOptionalOperand]
    return torch.cat([output.slots, output.centres / size, boxes, output.scores[..., None]], dim=-1)  # pyright: ignore[reportArgumentType, reportOptionalOperand, reportOptionalSubscript]
