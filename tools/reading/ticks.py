"""Tick boxes: found as small outlines that stand alone beside words, ticked when inked inside.

    for tick in read_ticks(page, reader.ocr.read(page).lines): ...

No learning: ink is told from paper by its neighbourhood, closed shapes are filled and what sticks
out of them is cut off; what is then about as wide as high, as large as a letter and free on both
sides is a box or a ring.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from scipy import ndimage

from ...models.document_reader.ocr import TextLine
from ...models.tasks import BoxXYXY
from .chart_marks import pieces

_INSIDE = 0.1
_SECTORS = 24
_SMALLER = 0.78
_INK = 0.45
_INKS = ((0.45, 2), (0.3, 2), (0.6, 3), (0.2, 2), (0.75, 2), (0.13, 2), (0.3, 3))
"""How dark ink must be, and how small a gap of it is closed."""
_DRAWN = "口回区囗田日目图∅□■☐☑☒✓✔√"
_READ = rf"(?:[{_DRAWN}OoQ0Xx@VvDCU®©8B]|\[.?\]|\(.?\))"
_GLYPHS = re.compile(rf"^{_READ}(?=\s|[A-Z]|$)\s*|^[{_DRAWN}]\s*")
_TAIL = re.compile(rf"\s+{_READ}$|\s*[{_DRAWN}]$")
"""What OCR takes a box for, before the words and behind them."""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A tick box: the words beside it, the words of its group ("" without), place and state.

    Attributes:
        inked: share of its inside that is ink; `ticked` where that is enough.
    """

    label: str
    group: str
    box: BoxXYXY
    ticked: bool
    inked: float


@dataclass(frozen=True)
class _Shape:
    box: tuple[int, int, int, int]
    inked: float


def read_ticks(picture: Image, lines: Sequence[TextLine]) -> list[Tick]:
    """The tick boxes of a page, in reading order.

    Args:
        picture: RGB. lines: what is printed on it, boxes in its pixels.
    """
    if not lines:
        return []
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    letter = float(np.median([line.box[3] - line.box[1] for line in lines]))
    shapes = [
        shape
        for shape in _shapes(_depth(grey, letter), letter)
        if not _in_large_print(shape, lines, letter)
    ]
    if sum(_within_words(shape, lines) for shape in shapes) > 0.5 * len(shapes):
        return []  # round letters, widely set
    # Boxes of a form are of one size; a round letter that stands alone is smaller.
    usual = float(np.percentile([s.box[3] - s.box[1] for s in shapes], 75)) if shapes else 0.0
    return _labelled([s for s in shapes if s.box[3] - s.box[1] > _SMALLER * usual], lines, letter)


def _depth(grey: np.ndarray, letter: float) -> np.ndarray:
    """(H, W) how much darker than the paper around it, about 1 for print."""
    size = max(9, round(1.2 * letter)) | 1
    paper = ndimage.uniform_filter(ndimage.maximum_filter(grey, size), size)
    depth = np.clip(1 - grey / np.maximum(paper, 1.0), 0.0, 1.0)
    return depth / max(0.08, float(np.percentile(depth, 98.5)))


def _shapes(depth: np.ndarray, letter: float) -> list[_Shape]:
    """Squares and rings; looked for in faint and in strong ink, as lines are thin or smudged."""
    found: list[_Shape] = []
    for least, gap in _INKS:
        ink = depth > least
        joined = ndimage.binary_closing(np.pad(ink, 2), np.ones((gap, gap)))[2:-2, 2:-2]
        for shape in _closed_shapes(joined, depth > _INK, letter):
            if not any(_overlap(shape.box, other.box) for other in found):
                found.append(shape)
    return found


def _in_large_print(shape: _Shape, lines: Sequence[TextLine], letter: float) -> bool:
    """Whether it stands in a heading, whose round letters are as large as boxes."""
    x0, y0, x1, y1 = shape.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    around = [ln.box for ln in lines if ln.box[0] <= x <= ln.box[2] and ln.box[1] <= y <= ln.box[3]]
    return any(box[3] - box[1] > 1.22 * letter for box in around)


def _within_words(shape: _Shape, lines: Sequence[TextLine]) -> bool:
    """Whether print goes on at both sides, in one line as OCR sees it."""
    x, y = (shape.box[0] + shape.box[2]) / 2, (shape.box[1] + shape.box[3]) / 2
    room = 1.2 * (shape.box[2] - shape.box[0])
    return any(
        line.box[0] + room < x < line.box[2] - room and line.box[1] < y < line.box[3]
        for line in lines
    )


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0


def _closed_shapes(closed: np.ndarray, ink: np.ndarray, letter: float) -> list[_Shape]:
    labels, count = pieces(closed)
    windows = [w for w in ndimage.find_objects(labels) if w is not None]
    boxes = [(w[1].start, w[0].start, w[1].stop, w[0].stop) for w in windows]
    least, most = 0.45 * letter, 2.0 * letter
    found = []
    for number in range(count):
        x0, y0, x1, y1 = boxes[number]
        wide, high = x1 - x0, y1 - y0
        if not (least <= wide <= most and least <= high <= most):
            continue
        filled = np.asarray(ndimage.binary_fill_holes(labels[y0:y1, x0:x1] == number + 1))
        side = max(3, round(0.45 * min(wide, high)))
        # What sticks out is a hand's stroke over the edge.
        body = np.asarray(ndimage.binary_opening(np.pad(filled, side), np.ones((side, side))))
        body = np.asarray(ndimage.binary_dilation(body, iterations=2))[side:-side, side:-side]
        body = np.asarray(filled & body, bool)
        rows, columns = np.flatnonzero(body.any(1)), np.flatnonzero(body.any(0))
        if not len(rows):
            continue
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        tall, broad = int(bottom - top), int(right - left)
        square = 0.7 < broad / tall < 1.42 and min(tall, broad) >= least
        # A ring fills pi/4 of its box.
        if not square or body.sum() < 0.7 * tall * broad:
            continue
        box = (int(x0 + left), int(y0 + top), int(x0 + right), int(y0 + bottom))
        shape = body[top:bottom, left:right]
        if not _square_or_round(shape):
            continue
        part = slice(box[1], box[3]), slice(box[0], box[2])
        if not _alone(number, box, boxes) or not _framed(closed[part], shape):
            continue
        deep = max(2, round(0.24 * min(tall, broad)))
        inside = np.asarray(ndimage.binary_erosion(shape, iterations=deep), np.bool_)
        inked = float(ink[part][inside].mean()) if inside.any() else 0.0
        found.append(_Shape(box, inked))
    return found


def _square_or_round(shape: NDArray[np.bool_]) -> bool:
    """Whether all corners are there or none: a "D" or an "A" has two; a "0" is no ring."""
    high, wide = shape.shape
    y, x = max(1, round(0.17 * high)), max(1, round(0.17 * wide))
    corners = (shape[:y, :x], shape[:y, -x:], shape[-y:, :x], shape[-y:, -x:])
    count = sum(float(corner.mean()) > 0.5 for corner in corners)
    return count >= 3 or (count <= 1 and 0.8 < wide / high < 1.25)


def _framed(ink: NDArray[np.bool_], shape: NDArray[np.bool_]) -> bool:
    """Whether ink runs all around the shape's edge."""
    deep = max(2, round(0.14 * min(shape.shape)))
    rim = shape & ~np.asarray(ndimage.binary_erosion(shape, iterations=deep), np.bool_)
    y, x = np.nonzero(rim)
    angle = np.arctan2(y - shape.shape[0] / 2, x - shape.shape[1] / 2)
    sector = ((angle + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
    held = np.zeros(_SECTORS)
    np.maximum.at(held, sector, ink[y, x].astype(float))
    return bool(held.mean() > 0.9)


def _alone(
    number: int, box: tuple[int, int, int, int], boxes: Sequence[tuple[int, int, int, int]]
) -> bool:
    """Whether there is room left and right: letters stand close together."""
    x0, y0, x1, y1 = box
    room = 0.2 * (x1 - x0)
    for other, (a0, b0, a1, b1) in enumerate(boxes):
        if other == number or min(y1, b1) - max(y0, b0) < 0.4 * min(y1 - y0, b1 - b0):
            continue
        if b1 - b0 < 0.25 * (y1 - y0):  # dirt and dots
            continue
        if (0 < a0 - x1 + 1 <= room) or (0 < x0 - a1 + 1 <= room):
            return False
    return True


def _labelled(shapes: Sequence[_Shape], lines: Sequence[TextLine], letter: float) -> list[Tick]:
    rows: list[list[_Shape]] = []
    for shape in sorted(shapes, key=lambda s: s.box[1] + s.box[3]):
        middle = (shape.box[1] + shape.box[3]) / 2
        if rows and abs(_middle(rows[-1]) - middle) < 0.5 * letter:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    made: list[Tick] = []
    group = ""
    for row in rows:
        row.sort(key=lambda s: s.box[0])
        found, heading = _row_labels(row, lines, letter)
        above = _heading_above(row, lines, shapes, letter)
        group = heading or above or group
        made += [
            Tick(label=label, group=group, box=_floats(shape.box),
                 ticked=shape.inked > _INSIDE, inked=shape.inked)
            for shape, label in zip(row, found, strict=True) if label
        ]  # fmt: skip
    return made


def _floats(box: tuple[int, int, int, int]) -> BoxXYXY:
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _middle(row: Sequence[_Shape]) -> float:
    return float(np.mean([(s.box[1] + s.box[3]) / 2 for s in row]))


def _words(
    row: Sequence[_Shape], lines: Sequence[TextLine], letter: float
) -> list[tuple[float, float, str]]:
    """Words on a row as (left, right, text), cut where boxes stand, without boxes read as text."""
    found = []
    middle = _middle(row)
    slope = 0.06  # of a page that lies askew, for lines further along the row
    for line in lines:
        x0, y0, x1, y1 = line.box
        near = min(abs((x0 + x1) / 2 - (s.box[0] + s.box[2]) / 2) for s in row)
        if abs((y0 + y1) / 2 - middle) > 0.45 * letter + min(0.4 * letter, slope * near):
            continue
        step = (x1 - x0) / max(1, len(line.text))
        for match in re.finditer(r"\S+", line.text):
            found.append((x0 + match.start() * step, x0 + match.end() * step, match.group()))
    return sorted(found)


def _row_labels(
    row: Sequence[_Shape], lines: Sequence[TextLine], letter: float
) -> tuple[list[str], str]:
    """The words of each box of a row, and the heading before the first of them."""
    words = [
        (left, right, text)
        for left, right, text in _words(row, lines, letter)
        if not (len(text) <= 2 and any(_over(left, right, s) > 0.5 for s in row)
                and _GLYPHS.match(text))
    ]  # fmt: skip
    before = [[] for _ in range(len(row) + 1)]
    for left, right, text in words:
        centre = (left + right) / 2
        before[sum(s.box[0] < centre for s in row)].append((left, right, text))
    right_of = [bool(before[k + 1]) for k in range(len(row))]
    if all(right_of):
        labels = [_joined(before[k + 1], row[k].box[2], letter) for k in range(len(row))]
        return labels, _joined(before[0]).rstrip(" :")
    # The boxes stand behind their words; what stands apart before the first is the heading.
    labels = [_joined(part) for part in before[:-1]]
    heading = ""
    if len(row) > 1 or ":" in labels[0]:
        head, colon, rest = labels[0].partition(":")
        heading, labels[0] = (head, rest) if colon else ("", labels[0])
    return [label.strip(" :") for label in labels], heading


def _over(left: float, right: float, shape: _Shape) -> float:
    shared = min(right, shape.box[2]) - max(left, shape.box[0])
    return shared / max(1.0, right - left)


def _joined(
    words: Sequence[tuple[float, float, str]], start: float | None = None, letter: float = 0.0
) -> str:
    """Words as text; with `start` only those that hang together from there on."""
    kept, end = [], start
    for left, right, text in words:
        if end is not None and left - end > 3 * letter:
            break
        kept.append(text)
        end = right if start is not None else None
    text = " ".join(kept)
    return _TAIL.sub("", _GLYPHS.sub("", text)).strip(" .|_")


def _heading_above(
    row: Sequence[_Shape],
    lines: Sequence[TextLine],
    shapes: Sequence[_Shape],
    letter: float,
) -> str:
    """The line right above a list of boxes, if no box stands on it."""
    x0, top = row[0].box[0], row[0].box[1]
    above = [
        line
        for line in lines
        if 0 < top - (line.box[1] + line.box[3]) / 2 < 2.0 * letter
        and line.box[0] < x0 + 6 * letter
        and not any(line.box[1] < (s.box[1] + s.box[3]) / 2 < line.box[3] for s in shapes)
    ]
    if not above:
        return ""
    return max(above, key=lambda line: line.box[3]).text.strip(" :")
