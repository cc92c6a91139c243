"""The square an edit is painted on: cut out of the picture, with hints of what is where.

The region is what may change: the object and the ground it may darken. Hints tell the network
what it cannot know from pixels alone: where the thing is or shall be, and which neighbours stand
before or behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from torch import Tensor

from .config import EDITED_ATTRIBUTES, MODES, EditorConfig
from .view import Polygon, TableView, Thing

HINTS = 4  # object, region, neighbours before it, neighbours behind it
_LEAST_SIDE = 0.15  # of the picture's height
_ROOM = 1.12
# How far the region reaches past outlines that are estimated, in picture heights.
_MARGIN = 0.014


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """One edit, laid out.

    Attributes:
        square: x0, y0, x1, y1 of the cut-out in pixels; it may reach past the picture.
        outlines: polygons of the region, in pixels of the picture.
        grow: pixels to widen the region by.
        hints: (4, S, S) uint8, see `HINTS`.
    """

    square: tuple[int, int, int, int]
    outlines: tuple[Polygon, ...]
    grow: int
    hints: np.ndarray

    def cut(self, image: Image.Image, side: int) -> np.ndarray:
        """The cut-out at working size, edges repeated past the picture: (S, S, 3) uint8."""
        x0, y0, x1, y1 = self.square
        pad = max(0, -x0, -y0, x1 - image.width, y1 - image.height)
        if pad:
            array = np.pad(np.asarray(image), ((pad, pad), (pad, pad), (0, 0)), mode="edge")
            image = Image.fromarray(array)
        cut = image.crop((x0 + pad, y0 + pad, x1 + pad, y1 + pad))
        return np.asarray(cut.resize((side, side), Image.Resampling.BOX if x1 - x0 > side
                                     else Image.Resampling.BICUBIC))  # fmt: skip

    def paste(self, image: Image.Image, painted: np.ndarray) -> Image.Image:
        """`image` with the region taken from `painted` (S, S, 3) uint8, with a soft seam."""
        x0, y0, x1, y1 = self.square
        region = region_mask(self.outlines, self.grow, (0, 0, *image.size), image.size)
        soft = region.filter(ImageFilter.GaussianBlur(max(0.8, self.grow / 3)))
        # The seam lies inside the region: past it nothing changes, to the last bit.
        soft = Image.fromarray(np.where(np.asarray(region) > 0, np.asarray(soft), 0).astype("u1"))
        layer = image.copy()
        scaled = Image.fromarray(painted).resize((x1 - x0, y1 - y0), Image.Resampling.BICUBIC)
        layer.paste(scaled, (x0, y0))
        return Image.composite(layer, image, soft)


def layout(
    mode: str, thing: Thing, others: Sequence[Thing], view: TableView, config: EditorConfig
) -> Canvas:
    """Lay out `mode` (erase, insert or repaint) of `thing` in a picture seen through `view`.

    Args:
        thing: to erase or repaint, with the box it is seen in; or to insert, where it shall be.
        others: the other objects of the picture.
    """
    height = view.height
    if mode == "repaint":
        x0, y0, x1, y1 = thing.box
        outline: Polygon = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        outlines: tuple[Polygon, ...] = (outline,)
    else:
        outline = view.silhouette(thing)
        outlines = (outline, view.shadow(thing))
        if mode == "erase":
            x0, y0, x1, y1 = thing.box
            outlines = (*outlines, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    grow = max(2, round(_MARGIN * height))
    points = np.array([point for polygon in outlines for point in polygon])
    low, high = points.min(0) - grow, points.max(0) + grow
    middle = (low + high) / 2
    side = max(float((high - low).max()) * _ROOM, _LEAST_SIDE * height)
    left, top = (round(float(v)) for v in middle - side / 2)
    square = (left, top, left + round(side), top + round(side))
    size = (config.side, config.side)
    shape = [(thing.box[0], thing.box[1]), (thing.box[2], thing.box[1]),
             (thing.box[2], thing.box[3]), (thing.box[0], thing.box[3])]  # fmt: skip
    depth = view.depth_of(thing.place)
    before, behind = [], []
    for other in others:
        a, b, c, d = other.box
        nearer = view.depth_of(other.place) < depth
        (before if nearer else behind).append([(a, b), (c, b), (c, d), (a, d)])
    layers = [
        region_mask([outline if mode == "insert" else shape], 0, square, size),
        region_mask(outlines, grow * config.side / side, square, size),
        region_mask(before, 0, square, size),
        region_mask(behind, 0, square, size),
    ]
    hints = np.stack([np.asarray(layer) for layer in layers])
    return Canvas(square=square, outlines=outlines, grow=grow, hints=hints)


def region_mask(
    outlines: Sequence[Polygon], grow: float, square: Sequence[int], size: tuple[int, int]
) -> Image.Image:
    """The inside of `outlines`, widened by `grow` pixels of the mask: L, 0 or 255."""
    x0, y0, x1, y1 = square
    sx, sy = size[0] / (x1 - x0), size[1] / (y1 - y0)
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for polygon in outlines:
        shown = [((x - x0) * sx, (y - y0) * sy) for x, y in polygon]
        if len(shown) < 3:
            continue
        draw.polygon(shown, fill=255)
        if grow >= 1:
            draw.line([*shown, shown[0]], fill=255, width=2 * round(grow), joint="curve")
    return mask


def condition_of(mode: str, thing: Thing, config: EditorConfig) -> Tensor:
    """What shall be seen (or, when erasing, what goes): one-hot mode and attributes, a turn."""
    values = [float(name == mode) for name in MODES]
    # A saved config sorts its keys; the order of the vocabulary stays.
    for name in sorted(config.attributes, key=list(EDITED_ATTRIBUTES).index):
        values += [float(thing.attributes[name] == value) for value in config.attributes[name]]
    cube = mode == "insert" and thing.attributes["shape"] == "cube"
    turn = torch.tensor(4 * thing.turn)
    values += [float(turn.cos()), float(turn.sin())] if cube else [0.0, 0.0]
    return torch.tensor(values)


def condition_width(config: EditorConfig) -> int:
    """Length of `condition_of`'s vector."""
    return len(MODES) + sum(len(values) for values in config.attributes.values()) + 2
