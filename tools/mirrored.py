"""A second look at a picture: in a mirror, and turned back.

What the scene parser mistakes, it seldom mistakes in the same way in the mirrored picture (test-
time augmentation; Krizhevsky et al. 2012), so two looks that agree are surer than either.
"""

from collections.abc import Sequence
from dataclasses import replace

from PIL import ImageOps
from PIL.Image import Image

from ..models.common.boxes import BoxXYXY
from ..models.tasks import SceneGraph, SceneNode, SceneParser

_ACROSS = {"left": "right", "right": "left"}


class MirroredSceneParser:
    """Serves `SceneParser` through a mirror: what it tells is of the picture as it is.

    Args:
        eyes: parses the mirrored pictures.
    """

    def __init__(self, eyes: SceneParser) -> None:
        self.eyes = eyes
        self.weights = str(getattr(eyes, "weights", ""))

    def parse(self, images: Sequence[Image]) -> list[SceneGraph]:
        """Objects, attributes, boxes and relations of each picture."""
        return [turned(graph) for graph in self.eyes.parse([ImageOps.mirror(i) for i in images])]


def turned(graph: SceneGraph) -> SceneGraph:
    """The graph of the mirrored picture (places are (right, front, up) of the camera)."""
    return replace(
        graph,
        nodes=tuple(_turned(node, graph.width) for node in graph.nodes),
        relations=tuple((a, _ACROSS.get(name, name), b) for a, name, b in graph.relations),
    )


def _turned(node: SceneNode, width: int) -> SceneNode:
    x0, y0, x1, y1 = node.box.xyxy
    box: BoxXYXY = (width - x1, y0, width - x0, y1)
    right, front, up = node.position
    return replace(node, box=replace(node.box, xyxy=box), position=(-right, front, up))
