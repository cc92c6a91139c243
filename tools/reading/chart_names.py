"""The names in a chart: categories along its axis, series in its legend, its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from PIL.Image import Image

from ...models.document_reader.ocr import OcrEngine, TextLine
from .axes import ValueAxis

_SWATCH = 1.2  # heights of a letter that a swatch and its gap take
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_RUNS: tuple[tuple[str, ...], ...] = (
    tuple(month[:3] for month in _MONTHS),
    _MONTHS,
    ("Q1", "Q2", "Q3", "Q4"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    tuple(str(year) for year in range(1900, 2101)),
)
"""Names that come in a known order: what OCR misread among them can be put right."""
_KNOWN_WORD = re.compile(
    "|".join(sorted({name for run in _RUNS for name in run}, key=len, reverse=True)), re.IGNORECASE
)


@dataclass(frozen=True)
class Name:
    """A category: its text, the middle of its place along the axis, and its upper end, pixels."""

    text: str
    at: float
    top: float = 0.0


def categories(lines: Sequence[TextLine], axis: ValueAxis) -> list[Name]:
    """The names along the axis that has no values, in order; gaps are filled."""
    found: list[Name] = []
    taken = set(axis.labels)
    h = axis.height
    rest = [line for index, line in enumerate(lines) if index not in taken]
    if axis.across:
        # Left of the plot, whose left end is where values begin.
        beside = [
            line
            for line in rest
            if line.box[2] < axis.foot + 0.8 * h and _middle(line)[1] < axis.edge - 0.2 * h
        ]
        if beside:
            right = float(np.median([line.box[2] for line in beside]))
            beside = [line for line in beside if abs(line.box[2] - right) < 1.2 * h]
        found = [Name(line.text.strip(), _middle(line)[1]) for line in beside]
    else:
        below = [
            line
            for line in rest
            if line.box[0] > axis.edge - 1.5 * h and _middle(line)[1] > axis.low
        ]
        found = [name for line in _first_row(below, h) for name in _split(line)]
    found.sort(key=lambda name: name.at)
    return _in_sequence(_even(_filled(found)))


def _first_row(lines: Sequence[TextLine], h: float) -> list[TextLine]:
    """The uppermost lines that stand side by side."""
    for first in sorted(lines, key=lambda line: _middle(line)[1]):
        row = [line for line in lines if abs(_middle(line)[1] - _middle(first)[1]) < 0.5 * h]
        if len(row) > 1 or (row and len(_split(row[0])) > 1):
            return row
    return []


def _middle(line: TextLine) -> tuple[float, float]:
    x0, y0, x1, y1 = line.box
    return (x0 + x1) / 2, (y0 + y1) / 2


def _split(line: TextLine) -> list[Name]:
    """One name, or several that OCR ran together where each is one of a known run."""
    x0, top, x1, _ = line.box
    words = list(_KNOWN_WORD.finditer(line.text))
    rest = _KNOWN_WORD.sub("", line.text).strip(" .,|")
    if len(words) < 2 or rest:
        return [Name(line.text.strip(), (x0 + x1) / 2, top)]
    step = (x1 - x0) / max(1, len(line.text))
    return [Name(w.group(), x0 + (w.start() + w.end()) / 2 * step, top) for w in words]


def _filled(names: list[Name]) -> list[Name]:
    """With a nameless place where one is missing between two."""
    if len(names) < 3:
        return names
    gaps = np.diff([name.at for name in names])
    step = float(np.min(gaps[gaps > 0.5 * np.median(gaps)]))
    filled = [names[0]]
    for name, gap in zip(names[1:], gaps, strict=True):
        missing = round(float(gap) / step) - 1
        even = abs(gap / step - round(gap / step)) < 0.2
        for k in range(missing if even and missing <= 3 else 0):
            filled.append(Name("", filled[-1].at + gap / (missing + 1), name.top))
            del k
        filled.append(name)
    return filled


def _even(names: list[Name]) -> list[Name]:
    """At even distances, where they nearly are: the middle of a word is not quite its place."""
    if len(names) < 3:
        return names
    order = np.arange(len(names))
    at = np.array([name.at for name in names])
    step, start = np.polyfit(order, at, 1)
    if np.abs(start + step * order - at).max() > 0.12 * step:
        return names
    return [Name(n.text, float(start + step * k), n.top) for k, n in enumerate(names)]


def _in_sequence(names: list[Name]) -> list[Name]:
    """Put right against a known run (months, quarters, days, years) that most names fit."""
    texts = [name.text for name in names]
    best: tuple[int, tuple[str, ...]] | None = None
    for run in _RUNS:
        for start in range(len(run) - len(texts) + 1):
            part = run[start : start + len(texts)]
            same = sum(a.lower() == b.lower() for a, b in zip(texts, part, strict=True))
            if same >= max(2, len(texts) / 2) and (best is None or same > best[0]):
                best = (same, part)
    if best is None:
        return names
    like = [
        not a or len(a) <= 2 or SequenceMatcher(None, a.lower(), b.lower()).ratio() > 0.4
        for a, b in zip(texts, best[1], strict=True)
    ]
    if not all(like) and best[0] < 0.7 * len(texts):
        return names
    return [Name(text, name.at, name.top) for text, name in zip(best[1], names, strict=True)]


def legend(
    picture: Image,
    lines: Sequence[TextLine],
    axis: ValueAxis,
    colours: Sequence[np.ndarray],
    taken: set[int],
    ocr: OcrEngine,
) -> dict[int, tuple[str, float, float]]:
    """Series -> its name and the place of its swatch (y, x).

    Args:
        colours: (3,) of each series. taken: lines with other uses. ocr: reads again what it ran
            together.
    """
    pixels = np.asarray(picture)
    found: dict[int, tuple[float, str, float, float]] = {}
    for index, line in enumerate(lines):
        if index in taken or not line.text.strip(" -=_|"):
            continue
        swatches = _swatches(pixels, line, axis.height, colours)
        texts = [line.text]
        if len(swatches) > 1:
            starts = [x - _SWATCH * axis.height for _, x, _ in swatches[1:]]
            ends = [*starts, line.box[2]]
            crops = [
                picture.crop((round(x + 1), round(line.box[1]), round(end), round(line.box[3])))
                for (_, x, _), end in zip(swatches, ends, strict=True)
                if end - x > 6
            ]
            texts = [text for text, _ in ocr.words(crops)] if len(crops) == len(swatches) else []
        for (series, x, weight), said in zip(swatches, texts, strict=False):
            text = re.sub(r"^[^\w$€£(]+", "", said).strip()
            if text and (series not in found or weight > found[series][0]):
                found[series] = (weight, text, line.box[1], x)
    return {series: (text, y, x) for series, (_, text, y, x) in found.items()}


def _swatches(
    pixels: np.ndarray, line: TextLine, h: float, colours: Sequence[np.ndarray]
) -> list[tuple[int, float, float]]:
    """(series, x, pixels) of each patch of a series' colour beside or within a line, by x."""
    x0, y0, x1, y1 = line.box
    # The middle rows: a neighbouring line's swatches may reach into a loose box.
    left, inset = max(0, round(x0 - 2.2 * h)), 0.3 * (y1 - y0)
    part = pixels[round(y0 + inset) : round(y1 - inset) + 1, left : round(x1) + 1].astype(float)
    if not part.size:
        return []
    far = np.stack([np.abs(part - colour).max(-1) for colour in colours])
    nearest, near = far.argmin(0), far.min(0) < 40
    found = []
    for series in range(len(colours)):
        mask = (nearest == series) & near
        # A swatch is a block, or a thin stroke longer than those of letters.
        ends = [*_ends(mask, round(max(9, 0.45 * h)), 2), *_ends(mask, round(max(14, 0.7 * h)), 1)]
        if ends:
            found.append((series, float(left + max(ends)), float(mask.sum())))
    return sorted(found, key=lambda each: each[1])


def _ends(mask: np.ndarray, long: int, rows: int) -> list[int]:
    """Where stretches of `long` pixels end, in at least so many rows of a mask (H, W)."""
    if mask.shape[1] < long:
        return []
    solid = np.lib.stride_tricks.sliding_window_view(mask, long, 1).all(-1)
    return [int(start) + long for start in np.flatnonzero(solid.sum(0) >= rows)]


def title(lines: Sequence[TextLine], taken: set[int], above: float) -> str:
    """The line above the plot with the largest print, or ""."""
    heads = [
        (line.box[3] - line.box[1], -index, line.text.strip())
        for index, line in enumerate(lines)
        if index not in taken and line.box[3] <= above and len(line.text.strip()) > 3
    ]
    return max(heads)[2] if heads else ""
