"""Crops of tabletop pictures: read off the picture that they were cut out of.

The models of the tabletop know whole tables, seen from where the camera stands; of a part blown up
to a picture of its own they make things up. What stands in the part is read off the whole, which
the store tells along with a crop's pixels (`CUT_FROM` of the picture's `info`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from ..data.world.scene import Scene
from ..models.common.boxes import BoxXYXY
from ..models.tasks import SceneGraph, SceneParser
from .artifacts import CUT_FROM
from .results import ToolError
from .scenes import scene_of


class PartsParser:
    """Serves `SceneParser`: a crop is told by the whole, everything else as it is.

    Args:
        eyes: parses whole pictures; what else it offers is offered here too.
    """

    def __init__(self, eyes: SceneParser) -> None:
        self.eyes = eyes

    def __getattr__(self, name: str) -> Any:
        return getattr(self.eyes, name)

    def parse(self, images: Sequence[Image]) -> list[SceneGraph]:
        """Objects, attributes, boxes and relations of each picture."""
        cuts = [cut_of(image) for image in images]
        seen = self.eyes.parse([i for i, cut in zip(images, cuts, strict=True) if cut is None])
        plain = iter(seen)
        return [
            next(plain) if cut is None else _within(self.parse([cut[0]])[0], cut[1]) for cut in cuts
        ]


def cut_of(image: Image) -> tuple[Image, BoxXYXY] | None:
    """The picture that a crop was cut out of, and where; None for any other picture."""
    whole: Callable[[], Image] | None = image.info.get(CUT_FROM)
    if not callable(whole):
        return None
    try:
        picture = whole()
    except ToolError:
        return None  # the whole was deleted
    window = place_in(np.asarray(picture), np.asarray(image))
    return (picture, window) if window is not None else None


def scene_of_part(image: Image, eyes: SceneParser) -> Scene | None:
    """What stands in a crop; None where `image` is none."""
    return scene_of(eyes.parse([image])[0]) if cut_of(image) is not None else None


def place_in(whole: NDArray[np.uint8], part: NDArray[np.uint8]) -> BoxXYXY | None:
    """Where `part` (h, w, 3) stands in `whole` (H, W, 3), to the last bit, in pixels of `whole`."""
    height, width = part.shape[:2]
    rows, columns = whole.shape[0] - height + 1, whole.shape[1] - width + 1
    if rows < 1 or columns < 1:
        return None
    for y, x in np.argwhere((whole[:rows, :columns] == part[0, 0]).all(-1)):
        if (whole[y : y + height, x : x + width] == part).all():
            return float(x), float(y), float(x + width), float(y + height)
    return None


def _within(graph: SceneGraph, window: BoxXYXY) -> SceneGraph:
    """What of `graph` has its middle in `window`, in pixels of the part."""
    x0, y0, x1, y1 = window
    kept: dict[int, int] = {}
    nodes = []
    for index, node in enumerate(graph.nodes):
        a, b, c, d = node.box.xyxy
        if x0 <= (a + c) / 2 <= x1 and y0 <= (b + d) / 2 <= y1:
            kept[index] = len(nodes)
            moved = (a - x0, b - y0, c - x0, d - y0)
            nodes.append(replace(node, box=replace(node.box, xyxy=moved)))
    relations = tuple(
        (kept[a], name, kept[b]) for a, name, b in graph.relations if a in kept and b in kept
    )
    return replace(
        graph, nodes=tuple(nodes), relations=relations, width=round(x1 - x0), height=round(y1 - y0)
    )
