"""The scene graph model as an object: pictures in, objects and scored edges out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL.Image import Image
from torch import Tensor

from ..common.loading import load_model
from ..scene_parser.config import DEFAULT_ATTRIBUTES
from ..scene_parser.parser import TableSceneParser
from ..spec import weights_folder, weights_hash
from ..tasks import SceneGraph, SceneNode
from .config import RelationConfig
from .model import RelationModel


@dataclass(frozen=True, kw_only=True)
class ScoredEdge:
    """`subject` is `predicate` of `object` (indices of nodes), with a probability."""

    subject: int
    predicate: str
    object: int
    score: float


@dataclass(frozen=True, kw_only=True)
class RelatedScene:
    """One picture's graph.

    Attributes:
        scene: the parsed objects.
        edges: the graph told: one edge a pair at most, the likeliest first.
        candidates: every ordered pair with every predicate, likeliest first (`told` head).
        holds: every direction that holds, told apart by itself (`holds` head), with its chance.
    """

    scene: SceneGraph
    edges: tuple[ScoredEdge, ...]
    candidates: tuple[ScoredEdge, ...]
    holds: tuple[ScoredEdge, ...]


class TableGrapher:
    """Relates what the scene parser finds."""

    def __init__(self, model: RelationModel, eyes: TableSceneParser, weights: str = "") -> None:
        self.model = model.eval()
        self.eyes = eyes
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "TableGrapher":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("scene_graph", path)
        model = load_model(RelationModel, folder)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    @torch.inference_mode()
    def relate(self, images: Sequence[Image]) -> list[RelatedScene]:
        """The graph of each picture."""
        return [self._related(*parsed) for parsed in self.eyes.parse_with_slots(images)]

    def _related(self, scene: SceneGraph, slots: Tensor) -> RelatedScene:
        n = len(scene.nodes)
        if n < 2:
            return RelatedScene(scene=scene, edges=(), candidates=(), holds=())
        values = one_hot([dict(node.attributes) for node in scene.nodes], self.model.config)  # pyright: ignore[reportArgumentType]
        places = torch.tensor([node.position for node in scene.nodes])
        mask = torch.ones(1, n, dtype=torch.bool)
        output = self.model(slots[None], values[None], places[None], mask)
        told, holds = output.told[0].softmax(-1), output.holds[0].sigmoid()
        names = self.model.config.predicates
        candidates = [
            ScoredEdge(
                subject=i, predicate=name, object=j,
                score=_sure(scene.nodes[i]) * _sure(scene.nodes[j]) * float(told[i, j, p]),
            )
            for i in range(n) for j in range(n) if i != j for p, name in enumerate(names)
        ]  # fmt: skip
        candidates.sort(key=lambda edge: -edge.score)
        best: dict[frozenset[int], ScoredEdge] = {}
        for edge in candidates:
            best.setdefault(frozenset((edge.subject, edge.object)), edge)
        true = [
            ScoredEdge(subject=i, predicate=name, object=j, score=float(holds[i, j, p]))
            for i in range(n) for j in range(n) if i != j for p, name in enumerate(names)
            if holds[i, j, p] > 0.5
        ]  # fmt: skip
        return RelatedScene(
            scene=scene,
            edges=tuple(best.values()),
            candidates=tuple(candidates),
            holds=tuple(sorted(true, key=lambda edge: -edge.score)),
        )


def one_hot(objects: Sequence[dict[str, str]], config: RelationConfig) -> Tensor:
    """(K, A) attributes of K objects, one-hot in the config's order."""
    rows = [
        [
            float(values[name] == value)
            # A saved config sorts its keys; the order of the vocabulary stays.
            for name in sorted(config.attributes, key=list(DEFAULT_ATTRIBUTES).index)
            for value in config.attributes[name]
        ]
        for values in objects
    ]
    return torch.tensor(rows)


def _sure(node: SceneNode) -> float:
    return node.box.confidence * min(node.confidences.values())
