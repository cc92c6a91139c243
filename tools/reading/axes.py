"""The value axis of a chart: tick labels that grow evenly along a line, and pixels to values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ...models.common.values import parse_number
from ...models.document_reader.ocr import TextLine

_TICK = re.compile(
    r"[^\w\d+-]{0,2}(?P<sign>[-+]?)(?P<lead>[$€£¥]|RM|US\$)?\s?(?P<figure>[\dOo][\dOo.,' ]*)"
    r"\s?(?P<tail>%|k|m|mn|bn|K|M|€|£|\$)?[-–_']?"  # a tick's stroke may be read as a dash
)
_POWER = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "bn": 1e9}
_MOST_LABELS = 60
_OFF = 4.0


@dataclass(frozen=True, kw_only=True)
class ValueAxis:
    """A linear scale.

    Attributes:
        across: values run along x (bars lie), else up along y.
        slope, offset: value = slope * pixel + offset.
        low, high: pixels of the least and the greatest tick.
        labels: indices of the tick labels among the lines.
        edge: where the labels end and the plot begins: their right end, or their top if `across`.
        unit: "$", "%", ... as on the ticks, or "". height: of a label, pixels.
        power: what one written unit is worth (1000 for "20k").
    """

    across: bool
    slope: float
    offset: float
    low: float
    high: float
    labels: tuple[int, ...]
    edge: float
    unit: str
    height: float
    power: float = 1.0

    def value(self, pixel: float) -> float:
        return self.slope * pixel + self.offset

    def pixel(self, value: float) -> float:
        return (value - self.offset) / self.slope

    @property
    def foot(self) -> float:
        """Where values begin: the least tick, or zero, should its label not have been read."""
        return self.pixel(0.0) if self.value(self.low) > 0 else self.low

    def moved(self, pixels: float) -> "ValueAxis":
        """The scale, lying `pixels` further down or right."""
        return replace(
            self,
            offset=self.offset - self.slope * pixels,
            low=self.low + pixels,
            high=self.high + pixels,
        )


@dataclass(frozen=True)
class _Tick:
    index: int
    value: float
    unit: str
    power: float
    at: float
    line: TextLine


def tick_value(text: str) -> tuple[float, str, float] | None:
    """ "$1,500", "20%", "15k" as (value, unit, power); None where it is no such figure."""
    match = _TICK.fullmatch(text.strip())
    if match is None:
        return None
    number = parse_number(re.sub("[Oo]", "0", match["figure"]))
    if number is None:
        return None
    tail = match["tail"] or ""
    power = _POWER.get(tail, 1.0)
    unit = match["lead"] or (tail if tail not in _POWER else "")
    value = float(number) * power * (-1 if match["sign"] == "-" else 1)
    return value, unit, power


def find_axis(lines: Sequence[TextLine]) -> ValueAxis | None:
    """The value axis that the page's lines show, or None: at least three ticks, evenly scaled."""
    up, across = (_fitted(lines, along) for along in (False, True))
    if up is None or across is None:
        return up or across
    # Years along the other axis are names, not values.
    for axis, other in ((across, up), (up, across)):
        if _years(axis, lines):
            return other
    return up if len(up.labels) >= len(across.labels) else across


def missed_ticks(pixels: np.ndarray, lines: Sequence[TextLine]) -> list[tuple[int, int, int, int]]:
    """Boxes of print in the column of figures at the left that no line covers.

    Args:
        pixels: (H, W, 3) of the picture.
    """
    width = pixels.shape[1]
    ticks = [line for line in lines if tick_value(line.text) and line.box[0] < 0.3 * width]
    best: list[TextLine] = []
    for seed in ticks:
        near = 0.6 * (seed.box[3] - seed.box[1])
        best = max(best, [t for t in ticks if abs(t.box[2] - seed.box[2]) < near], key=len)
    if len(best) < 2:
        return []
    left, right = round(min(t.box[0] for t in best)), round(max(t.box[2] for t in best))
    height = float(np.median([t.box[3] - t.box[1] for t in best]))
    strip = pixels[:, left:right].astype(int)
    ink = (np.abs(strip - np.median(strip, axis=(0, 1))).max(-1) > 70).any(1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ink.astype(int), [0]])))
    found = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        middle = (start + stop) / 2
        known = any(line.box[1] - 2 < middle < line.box[3] + 2 and line.box[0] < right
                    for line in lines)  # fmt: skip
        if not known and 0.3 * height < stop - start < 1.3 * height:
            box = (max(0, left - 4), int(start) - 4, right + 3, int(stop) + 4)
            found.append(box)
    return found


def _years(axis: ValueAxis, lines: Sequence[TextLine]) -> bool:
    texts = [lines[index].text.strip() for index in axis.labels]
    return all(re.fullmatch(r"(?:19|20)\d\d", text) for text in texts)


def _fitted(lines: Sequence[TextLine], across: bool) -> ValueAxis | None:
    ticks = []
    for index, line in enumerate(lines):
        told = tick_value(line.text)
        if told is not None:
            x0, y0, x1, y1 = line.box
            at = (x0 + x1) / 2 if across else (y0 + y1) / 2
            ticks.append(_Tick(index, *told, at, line))
    if len(ticks) < 3 or len(ticks) > _MOST_LABELS:
        return None
    best: tuple[int, float, list[_Tick], float, float] | None = None
    for group in _aligned(ticks, across):
        for one, other in combinations(group, 2):
            if one.at == other.at or one.value == other.value:
                continue
            slope = (other.value - one.value) / (other.at - one.at)
            if (slope > 0) != across:
                continue
            offset = one.value - slope * one.at
            fit = [t for t in group if abs((t.value - offset) / slope - t.at) < _OFF]
            distinct = len({t.value for t in fit})
            error = sum(abs((t.value - offset) / slope - t.at) for t in fit)
            if distinct >= 3 and (best is None or (distinct, -error) > (best[0], -best[1])):
                best = (distinct, error, fit, slope, offset)
    if best is None:
        return None
    fit = best[2]
    slope, offset = np.polyfit([t.at for t in fit], [t.value for t in fit], 1)
    boxes = [t.line.box for t in fit]
    low, high = (choose(fit, key=lambda t: t.value) for choose in (min, max))
    return ValueAxis(
        across=across,
        slope=float(slope),
        offset=float(offset),
        low=(low.value - offset) / slope,
        high=(high.value - offset) / slope,
        labels=tuple(t.index for t in fit),
        edge=min(box[1] for box in boxes) if across else max(box[2] for box in boxes),
        unit=max((t.unit for t in fit), key=[t.unit for t in fit].count),
        height=float(np.median([box[3] - box[1] for box in boxes])),
        power=max(t.power for t in fit),
    )


def _aligned(ticks: Sequence[_Tick], across: bool) -> list[list[_Tick]]:
    """Groups of ticks in one column (their left, right or middle in line) or in one row."""
    groups: dict[tuple[int, ...], list[_Tick]] = {}
    for seed in ticks:
        near = 0.6 * (seed.line.box[3] - seed.line.box[1])
        for place in _places(seed, across):
            group = [
                t
                for t in ticks
                if abs(_places(t, across)[place] - _places(seed, across)[place]) < near
            ]
            if len(group) >= 3:
                groups[tuple(t.index for t in group)] = group
    return list(groups.values())


def _places(tick: _Tick, across: bool) -> dict[str, float]:
    x0, y0, x1, y1 = tick.line.box
    if across:
        return {"middle": (y0 + y1) / 2}
    return {"left": x0, "right": x1, "middle": (x0 + x1) / 2}
