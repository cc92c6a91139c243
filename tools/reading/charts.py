"""Bar and line charts read to numbers: axis, names, marks, put together.

    chart = read_chart(picture, reader.ocr.read(picture).lines)
    chart.values[series][category]

What such a figure can be held against is the relaxed accuracy of ChartQA (Masry et al., 2022,
https://arxiv.org/abs/2203.10244): right within 5%.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
from PIL.Image import Image

from ...models.document_reader.ocr import OcrEngine, TextLine
from ...models.tasks import BoxXYXY
from . import chart_marks, chart_names
from .axes import ValueAxis, find_axis, missed_ticks, tick_value

_RULE = 0.75
_NEAR = 4
_MOST_MISSED = 12


_Mark = tuple[float, BoxXYXY]
_Row = tuple[np.ndarray, list[_Mark | None]]
"""A series' colour (3,), and per category its value and its box."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart as read.

    Attributes:
        kind: "bar" or "line".
        categories: C names. series: S names, one "" where there is no legend.
        values: S rows of C numbers, None where no mark was found.
        boxes: S rows of C boxes in pixels of the picture: a bar, or the point of a line.
        unit: "$", "%" or "". step: how finely values can be told, in values.
        span: of the value axis, from its least to its greatest tick.
    """

    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    boxes: tuple[tuple[BoxXYXY | None, ...], ...]
    unit: str
    step: float
    span: float


def read_chart(picture: Image, lines: Sequence[TextLine], ocr: OcrEngine) -> Chart | None:
    """The chart that a picture shows, or None where it shows none that can be read.

    Args:
        picture: RGB. lines: what is printed on it, boxes in its pixels.
        ocr: looks once more at what it passed over or ran together.
    """
    picture = picture.convert("RGB")
    lines = _with_ticks(picture, lines, ocr)
    axis = find_axis(lines)
    if axis is None:
        return None
    names = chart_names.categories(lines, axis)
    if len(names) < 2:
        return None
    pixels = np.asarray(picture)
    x0, y0, x1, y1 = _area(lines, axis, names, pixels.shape)
    plot = pixels[y0:y1, x0:x1]
    if min(plot.shape[:2]) < 20:
        return None
    axis = _snapped(axis, pixels, (x0, y0, x1, y1))
    found = chart_marks.inks(plot)
    places = [name.at - (y0 if axis.across else x0) for name in names]
    step = float(np.median(np.diff(places)))
    base = min(axis.pixel(0.0) - y0, y1 - y0) if not axis.across else axis.pixel(0.0) - x0
    standing = chart_marks.bars(found, base, axis.across, 1.02 * step)
    if len(standing) >= max(2, 0.4 * len(names)):
        drawn = _bar_rows(lines, axis, names, found, standing, (x0, y0))
        return _chart("bar", picture, lines, axis, names, drawn, (x0, y0, x1, y1), ocr)
    if axis.across:
        return None
    running = chart_marks.curves(found, places)
    if not running:
        return None
    drawn = _line_rows(axis, names, found, running, (x0, y0))
    return _chart("line", picture, lines, axis, names, drawn, (x0, y0, x1, y1), ocr)


def _with_ticks(picture: Image, lines: Sequence[TextLine], ocr: OcrEngine) -> list[TextLine]:
    """With the figures that the detector did not see; nothing new where there is no axis."""
    boxes = missed_ticks(np.asarray(picture), lines)
    if not 0 < len(boxes) <= _MOST_MISSED:
        return list(lines)
    crops = [picture.crop(box) for box in boxes]
    large = [crop.resize((crop.width * 2, crop.height * 2)) for crop in crops]
    new = [
        TextLine(
            text=text,
            box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
            confidence=confidence,
        )
        for (text, confidence), box in zip(ocr.words(large), boxes, strict=True)
        if tick_value(text) is not None
    ]
    return [*lines, *new]


def _area(
    lines: Sequence[TextLine],
    axis: ValueAxis,
    names: Sequence[chart_names.Name],
    shape: tuple[int, ...],
) -> tuple[int, int, int, int]:
    """The plot's box: between tick labels and image edge, text above it and names below."""
    height, width = shape[:2]
    step = float(np.median(np.diff([name.at for name in names])))
    start, end = names[0].at - 0.5 * step, names[-1].at + 0.5 * step
    if axis.across:
        beyond = min(width, axis.high + 0.6 * (axis.high - axis.low) / max(1, len(axis.labels) - 1))
        top = max(0.0, start)
        return round(axis.foot) - 3, round(top), round(beyond), round(min(end, axis.edge - 1))
    heads = [
        line.box[3]
        for line in lines
        if line.box[3] < axis.high - 0.4 * axis.height and line.box[2] > axis.edge + axis.height
    ]
    tick = (axis.low - axis.high) / max(1, len(axis.labels) - 1)
    top = max([0.0, axis.high - 0.6 * tick, *(y for y in heads)])
    left = max(axis.edge + 1, start)
    # The least tick may not have been read: the plot ends at what stands for it, zero or the names.
    bottom = min(height, axis.foot + 5, names[0].top if names[0].top > axis.low else height)
    return round(left), round(top), round(min(width, end)), round(bottom)


def _snapped(axis: ValueAxis, pixels: np.ndarray, box: tuple[int, int, int, int]) -> ValueAxis:
    """The scale moved onto its drawn lines, where these are: labels sit a pixel off at times."""
    x0, y0, x1, y1 = box
    plot = pixels[y0:y1, x0:x1].astype(np.int32)
    if axis.across:
        plot = plot.transpose(1, 0, 2)
    start = x0 if axis.across else y0
    # A rule differs from the lines above it all along.
    change = np.abs(np.diff(plot, axis=0)).max(-1)
    ruled = (change > 12).mean(1)
    ticks = np.linspace(axis.low, axis.high, len(axis.labels))
    moves = []
    for tick in ticks:
        near = np.arange(round(tick) - start - _NEAR, round(tick) - start + _NEAR + 1)
        near = near[(near >= 0) & (near < len(ruled))]
        strong = near[ruled[near] > _RULE]
        if len(strong):
            moves.append(float(strong.mean()) + 1.0 + start - tick)
    if len(moves) < 2:
        return axis
    return axis.moved(float(np.median(moves)))


def _rounded(value: float, step: float) -> float:
    """To the precision that a pixel allows."""
    return round(value / step) * step if step >= 1 else round(value, max(0, -floor(log10(step))))


def _fineness(axis: ValueAxis) -> float:
    """The power of ten just below what a pixel is worth."""
    return 10.0 ** floor(log10(abs(axis.slope)))


def _bar_rows(
    lines: Sequence[TextLine],
    axis: ValueAxis,
    names: Sequence[chart_names.Name],
    found: chart_marks.Inks,
    standing: Sequence[chart_marks.Bar],
    corner: tuple[int, int],
) -> list[_Row]:
    """The bars' values, a row for each colour."""
    dx, dy = corner
    foot = float(np.median([bar.x0 + dx if axis.across else bar.y1 + dy for bar in standing]))
    if abs(foot - axis.pixel(0.0)) <= _NEAR:
        axis = axis.moved(foot - axis.pixel(0.0))
    places = np.array([name.at for name in names])
    step = float(np.median(np.diff(places)))
    slots: dict[tuple[int, int], _Mark] = {}
    for bar in standing:
        box = (bar.x0 + dx, bar.y0 + dy, bar.x1 + dx, bar.y1 + dy)
        middle = (box[1] + box[3]) / 2 if axis.across else (box[0] + box[2]) / 2
        category = int(np.abs(places - middle).argmin())
        if abs(places[category] - middle) > 0.55 * step:
            continue
        value = axis.value(box[2] if axis.across else box[1])
        printed = _printed(lines, axis, box, value)
        value = printed if printed is not None else _rounded(value, _fineness(axis))
        held = slots.get((bar.colour, category))
        # Two pieces of one colour on one slot: the longer is the bar.
        if held is None or abs(value) > abs(held[0]):
            slots[bar.colour, category] = (value, box)
    colours = sorted({colour for colour, _ in slots})
    if len({category for _, category in slots}) == len(slots):
        # Each bar in a colour of its own is still one series.
        slots = {(colours[0], category): held for (_, category), held in slots.items()}
        colours = colours[:1]
    count = range(len(names))
    return [(found.colours[c], [slots.get((c, category)) for category in count]) for c in colours]


def _line_rows(
    axis: ValueAxis,
    names: Sequence[chart_names.Name],
    found: chart_marks.Inks,
    running: Sequence[chart_marks.Curve],
    corner: tuple[int, int],
) -> list[_Row]:
    """The lines' values, a row for each."""
    rows: list[_Row] = []
    for curve in running:
        row: list[_Mark | None] = []
        for name, height in zip(names, curve.heights, strict=True):
            y = float(height) + corner[1]
            value = _rounded(axis.value(y), _fineness(axis)) if isfinite(y) else 0.0
            box = (name.at - 6, y - 6, name.at + 6, y + 6)
            row.append((value, box) if isfinite(y) else None)
        rows.append((found.colours[curve.colour], row))
    return rows


def _printed(
    lines: Sequence[TextLine], axis: ValueAxis, box: BoxXYXY, value: float
) -> float | None:
    """The figure written at a bar's end, where it is one that fits the bar."""
    span = abs(axis.value(axis.high) - axis.value(axis.low))
    for index, line in enumerate(lines):
        told = tick_value(line.text) if index not in axis.labels else None
        if told is None or abs(told[0] - value) > 0.04 * span:
            continue
        x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
        if axis.across:
            if box[1] <= y <= box[3] and -axis.height < line.box[0] - box[2] < 2 * axis.height:
                return told[0]
        elif box[0] - 4 <= x <= box[2] + 4 and abs(box[1] - y) < 1.8 * axis.height:
            return told[0]
    return None


def _chart(
    kind: str,
    picture: Image,
    lines: Sequence[TextLine],
    axis: ValueAxis,
    names: Sequence[chart_names.Name],
    rows: Sequence[_Row],
    plot: tuple[int, int, int, int],
    ocr: OcrEngine,
) -> Chart:
    """With series named and ordered as the legend has them."""
    texts = {name.text for name in names}
    taken = {
        index
        for index, line in enumerate(lines)
        if index in axis.labels or line.text.strip() in texts or _figure_inside(line, plot)
    }
    named: dict[int, tuple[str, float, float]] = {}
    if len(rows) > 1:
        palette = [colour for colour, _ in rows]
        named = chart_names.legend(picture, lines, axis, palette, taken, ocr)
    places = {s: (round(y / axis.height), x) for s, (_, y, x) in named.items()}
    order = sorted(range(len(rows)), key=lambda s: (s not in places, places.get(s, (0, 0))))
    shown = [named[s][0] if s in named else f"series {k + 1}" for k, s in enumerate(order)]
    used = {i for i, line in enumerate(lines) if any(name in line.text for name in shown)}
    return Chart(
        kind=kind,
        title=chart_names.title(lines, taken | used, plot[1] + axis.height),
        categories=tuple(name.text or f"no. {k + 1}" for k, name in enumerate(names)),
        series=tuple(shown) if len(rows) > 1 else ("",),
        values=tuple(tuple(m[0] if m else None for m in rows[s][1]) for s in order),
        boxes=tuple(tuple(m[1] if m else None for m in rows[s][1]) for s in order),
        unit=axis.unit,
        step=_fineness(axis),
        span=abs(axis.value(axis.high) - axis.value(axis.low)),
    )


def _figure_inside(line: TextLine, plot: tuple[int, int, int, int]) -> bool:
    """A figure written at a mark names no series."""
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    inside = plot[0] < x < plot[2] and plot[1] < y < plot[3]
    return inside and tick_value(line.text) is not None
