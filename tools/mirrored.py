"""A second look at a picture: in a mirror, and turned back.

What the scene parser mistakes, it seldom mistakes in the same way in the mirrored picture (test-
time augmentation; Krizhevsky et al. 2012), so two looks that agree are surer than either.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import ImageOps
from PIL.Image import Image

from ..models.common.boxes import BoxXYXY
from ..models.tasks import SceneGraph, SceneNode, SceneParser
from .artifacts import CUT_FROM

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
        return [turned(graph) for graph in self.eyes.parse([_mirror(i) for i in images])]


def _mirror(image: Image) -> Image:
    """`image` in a mirror; of a crop, the whole that it was cut from stands in the mirror too."""
    seen = ImageOps.mirror(image)
    whole: Callable[[], Image] | None = image.info.get(CUT_FROM)
    if callable(whole):
        seen.info[CUT_FROM] = lambda: _mirror(whole())
    return seen


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
