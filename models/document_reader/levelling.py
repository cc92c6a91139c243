"""Pages that lie askew: how far their lines of print lean, and their boxes as if they did not.

A table is read row by row. On a page photographed at two degrees the right end of a row stands a
whole line below its left end, so a price would go to the item below; levelled, rows are rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..tasks import BoxXYXY

_LEAST = 0.008
"""Leaning below which boxes are left as they are: over a page it is less than half a line."""
_MOST = 0.35
_LONG = 4.0
_FEWEST = 4


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """How far print leans at a height y of a page: `slope + change * (y - middle)`, dy/dx.

    Attributes:
        slope: in the middle of the page, positive where lines fall to the right; 0 for level.
        change: of the slope per pixel further down, as a photo from one side has it.
        middle: (x, y) of the page, pixels.
    """

    slope: float = 0.0
    change: float = 0.0
    middle: tuple[float, float] = (0.0, 0.0)

    def drop(self, x: float, y: float) -> float:
        """How much lower a line at height y stands at x than in the middle, pixels."""
        return (self.slope + self.change * (y - self.middle[1])) * (x - self.middle[0])

    def back(self, box: BoxXYXY) -> BoxXYXY:
        """The box of the leaning print whose levelled box is `box`."""
        x0, y0, x1, y1 = box
        if not (self.slope or self.change):
            return box
        y = (y0 + y1) / 2
        ends = (self.drop(x0, y), self.drop(x1, y))
        return (x0, y0 + min(ends), x1, y1 + max(ends))


def leaning_of(quads: Sequence[NDArray[np.float64]], size: tuple[int, int]) -> Leaning:
    """How the lines of a page lean; level where too few are long enough to tell.

    Args:
        quads: (4, 2) corners of each line, pixels: top left, top right, bottom right, bottom left.
        size: width and height of the page.
    """
    middle = (size[0] / 2, size[1] / 2)
    level = Leaning(middle=middle)
    slopes, heights, lengths = [], [], []
    for quad in quads:
        along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
        tall = float(np.linalg.norm((quad[2] + quad[3] - quad[0] - quad[1]) / 2))
        if along[0] > _LONG * tall and abs(along[1]) < _MOST * along[0]:
            slopes.append(along[1] / along[0])
            heights.append(float(quad[:, 1].mean()) - middle[1])
            lengths.append(along[0])
    if len(slopes) < _FEWEST:
        return level
    slope, height, length = (np.array(each, float) for each in (slopes, heights, lengths))
    usual = float(np.median(slope))
    near = np.abs(slope - usual) < max(0.02, 2.5 * float(np.median(np.abs(slope - usual))))
    change, at_middle = 0.0, _middle_of(slope[near], length[near])
    if near.sum() >= 2 * _FEWEST and np.ptp(height[near]) > 0.3 * size[1]:
        fitted, constant = np.polyfit(height[near], slope[near], 1, w=length[near])
        if abs(fitted) * size[1] > _LEAST:
            change, at_middle = float(fitted), float(constant)
    if abs(at_middle) < _LEAST and not change:
        return level
    return Leaning(slope=at_middle, change=change, middle=middle)


def levelled(quad: NDArray[np.float64], leaning: Leaning) -> BoxXYXY:
    """The box of a line with its own height, moved to where it would stand on a level page."""
    tall = float(np.linalg.norm((quad[2] + quad[3] - quad[0] - quad[1]) / 2))
    x, y = (float(each) for each in quad.mean(axis=0))
    y -= leaning.drop(x, y)
    return (
        float(quad[:, 0].min()), y - tall / 2, float(quad[:, 0].max()), y + tall / 2,
    )  # fmt: skip


def _middle_of(values: NDArray[np.floating], weights: NDArray[np.floating]) -> float:
    """The weighted median."""
    order = np.argsort(values)
    reach = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(reach, reach[-1] / 2))])
