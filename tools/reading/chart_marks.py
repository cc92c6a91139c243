"""The marks of a chart in pixels: bars that stand on a base line, lines from category to category.

No learning: the plot's few flat colours are told apart, and each is looked at for rectangles on
the base line (bars) or for a thin curve across the categories (a line).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

_ALIKE = 44.0
_MOST_COLOURS = 10
_SOLID = 0.85
_THICK = 16
_TWINS = 0.04


@dataclass(frozen=True)
class Bar:
    """Pixels of a bar (x0, y0, x1, y1), the far edges not included, and its colour's number."""

    x0: int
    y0: int
    x1: int
    y1: int
    colour: int


@dataclass(frozen=True)
class Curve:
    """A line's height at each category, pixels from the plot's top (nan where it is not)."""

    heights: np.ndarray
    colour: int


@dataclass(frozen=True)
class Inks:
    """The colours of a plot beside its background.

    Attributes:
        colours: (K, 3). masks: (K, H, W) bool, each pixel in one at most.
        ground: (3,) the background's. plot: (H, W, 3), the pixels themselves.
    """

    colours: np.ndarray
    masks: np.ndarray
    ground: np.ndarray
    plot: np.ndarray


def inks(plot: np.ndarray) -> Inks:
    """The flat colours of a plot.

    Args:
        plot: (H, W, 3) uint8.
    """
    flat = plot.reshape(-1, 3).astype(np.int32)
    bins = (flat >> 4) @ np.array([256, 16, 1])
    counts = np.bincount(bins, minlength=4096)
    least = max(30, 0.0004 * len(flat))
    colours: list[np.ndarray] = []
    for bin_ in np.argsort(-counts)[: 6 * _MOST_COLOURS]:
        if counts[bin_] < least or len(colours) > _MOST_COLOURS:
            break
        colour = flat[bins == bin_].mean(0)
        if all(np.abs(colour - other).max() > _ALIKE for other in colours):
            colours.append(colour)
    every = np.array(colours)
    far = np.abs(flat[:, None, :] - every[None]).max(-1)
    nearest = np.where(far.min(1) < _ALIKE, far.argmin(1), -1).reshape(plot.shape[:2])
    # Bars may cover more than half of a plot; its rim is background.
    rim = np.concatenate([nearest[:3].ravel(), nearest[:, :2].ravel(), nearest[:, -2:].ravel()])
    ground = np.bincount(rim[rim >= 0], minlength=len(every)).argmax()
    kept = [k for k in range(len(every)) if k != ground]
    masks = np.array([nearest == k for k in kept])
    return Inks(every[kept], masks, every[ground], plot.astype(np.float64))


def bars(found: Inks, base: float, across: bool, widest: float) -> list[Bar]:
    """Solid rectangles that stand on the base line.

    Args:
        base: y of the base line in the plot, or its x where bars lie.
        widest: pixels that a bar may be thick.
    """
    standing = []
    for colour, mask in enumerate(found.masks):
        # An axis of the same colour would join the bars; it is thin.
        labels, count = pieces(np.asarray(ndimage.binary_opening(mask, np.ones((3, 3)))))
        if not count:
            continue
        sizes = np.bincount(labels.ravel())[1:]
        for number, window in enumerate(ndimage.find_objects(labels)):
            rows, columns = window
            high, wide = rows.stop - rows.start, columns.stop - columns.start
            thick, long = (high, wide) if across else (wide, high)
            solid = sizes[number] / (high * wide)
            near = abs((columns.start if across else rows.stop) - base) <= 5
            if near and 4 <= thick <= widest and long >= 2 and solid >= _SOLID:
                standing.append(Bar(columns.start, rows.start, columns.stop, rows.stop, colour))
    return standing


def pieces(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """Pieces of a mask that hang together, diagonals too: (H, W) numbers from 1, and how many."""
    labels = np.zeros(mask.shape, np.int32)
    count = ndimage.label(mask, np.ones((3, 3)), output=labels)
    return labels, int(count)  # pyright: ignore[reportArgumentType]


def curves(found: Inks, at: Sequence[float]) -> list[Curve]:
    """Thin lines that run across the categories.

    Args:
        at: x of the categories in the plot, ascending.
    """
    first, last = round(at[0]), round(at[-1])
    margin = max(3, round(0.25 * (at[1] - at[0])))
    drawn: list[Curve] = []
    for colour in _own_colours(found):
        mask = _soft_mask(found, colour)
        # Grid lines run on beyond the first and the last category; data does not.
        outside = mask[:, : max(1, first - margin)]
        mask[outside.mean(1) > 0.6] = False
        mask[:, mask.mean(0) > 0.9] = False
        thick = mask[:, first : last + 1].sum(0)
        if not thick.any() or (thick > 0).mean() < 0.6 or np.median(thick[thick > 0]) > _THICK:
            continue
        heights = _heights(mask, at)
        curve = Curve(heights, colour)
        if np.isfinite(heights).mean() > 0.5 and not any(_twins(found, curve, c) for c in drawn):
            drawn.append(curve)
    return drawn


def _twins(found: Inks, one: Curve, other: Curve) -> bool:
    """Whether two curves are one line, whose soft colour was taken for two."""
    colours = [found.colours[curve.colour] - found.ground for curve in (one, other)]
    if min(_mixed(*colours)[1], _mixed(*reversed(colours))[1]) > _ALIKE:
        return False
    apart = np.abs(one.heights - other.heights)
    return float(np.median(apart[np.isfinite(apart)])) < _TWINS * found.plot.shape[0]


def _own_colours(found: Inks) -> list[int]:
    """Colours that are not merely the soft edge of another."""
    own = []
    for one, colour in enumerate(found.colours):
        mask = found.masks[one]
        edge = False
        for other, full in enumerate(found.colours):
            share, off = _mixed(colour - found.ground, full - found.ground)
            if other == one or share > 0.85 or off > 40:
                continue
            beside = ndimage.binary_dilation(found.masks[other], iterations=2)
            edge = edge or (beside & mask).sum() > 0.6 * mask.sum()
        if not edge:
            own.append(one)
    return own


def _mixed(colour: np.ndarray, full: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much of `full` is in colours (..., 3), both as differences to the background, and how far
    they are from any such mixture."""
    share = colour @ full / max(1.0, float(full @ full))
    return share, np.abs(colour - share[..., None] * full).max(-1)


def _soft_mask(found: Inks, colour: int) -> np.ndarray:
    """(H, W) pixels that are at least half of a colour, mixed with the background."""
    nearest = np.full(found.plot.shape[:2], np.inf)
    mine = np.zeros(nearest.shape, bool)
    for number in range(len(found.colours)):
        share, off = _mixed(found.plot - found.ground, found.colours[number] - found.ground)
        fits = (share > 0.45) & (share < 1.6) & (off < _ALIKE)
        distance = np.where(fits, off + 20 * np.abs(1 - share), np.inf)
        mine = np.where(distance < nearest, number == colour, mine)
        nearest = np.minimum(nearest, distance)
    return mine


def _heights(mask: np.ndarray, at: Sequence[float]) -> np.ndarray:
    """The line's height at each category: where the straight pieces on either side lead to.

    At a peak the drawn line itself is thick and blunt, and another line may cover it.

    Args:
        mask: (H, W) of one colour.
    """
    labels, _ = pieces(mask)
    sizes = np.bincount(labels.ravel())
    # What is small is of a legend or of a text.
    small = np.flatnonzero(sizes < 0.02 * mask.sum())
    mask = mask & ~np.isin(labels, small[small > 0])
    columns = np.flatnonzero(mask.any(0))
    middles = np.array([np.flatnonzero(mask[:, x]).mean() + 0.5 for x in columns])
    heights = []
    for order, place in enumerate(at):
        led = []
        for neighbour in (order - 1, order + 1):
            if not 0 <= neighbour < len(at):
                continue
            step = at[neighbour] - place
            share = (columns + 0.5 - place) / step
            led.append(_led(columns, middles, place, (share > 0.15) & (share < 0.8)))
        known = [height for height in led if np.isfinite(height)]
        near = np.abs(columns + 0.5 - place) <= 1.5
        if not known and near.any():
            known = [float(np.median(middles[near]))]
        heights.append(float(np.mean(known)) if known else float("nan"))
    return np.array(heights)


def _led(columns: np.ndarray, middles: np.ndarray, place: float, piece: np.ndarray) -> float:
    """The height at `place` of the straight line through a piece of a curve; nan without one."""
    if piece.sum() < 4:
        return float("nan")
    x, y = columns[piece] + 0.5 - place, middles[piece]
    for _ in range(2):
        slope, height = np.polyfit(x, y, 1)
        off = np.abs(slope * x + height - y)
        kept = off <= max(1.0, 1.5 * float(np.median(off)))
        if kept.sum() < 4:
            break
        x, y = x[kept], y[kept]
    return float(np.polyfit(x, y, 1)[1])
