"""What the model reads at once, and the boxes of what it pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ..tasks import DocumentAnswer, PageRegion
from .features import union
from .ocr import PageText
from .pointing import pointed_text
from .processor import PageInputs

CLEAR = 0.62
"""OCR confidence below which a line counts as unreadable."""


@dataclass(frozen=True)
class Window:
    """Part of a page that the model reads at once."""

    page: int
    text: PageText
    inputs: PageInputs


def by_line(page: PageInputs, words: Sequence[int]) -> list[list[int]]:
    """Words grouped by the line they are on, in order."""
    groups: dict[int, list[int]] = {}
    for i in words:
        groups.setdefault(page.words[i].line, []).append(i)
    return list(groups.values())


def line_regions(
    window: Window,
    lines: Sequence[int] | range,
    words: Sequence[Sequence[int]] | None = None,
    whole: bool = False,
) -> tuple[PageRegion, ...]:
    """Boxes of lines, or of words in them; with `whole` one box around everything."""
    page = window.inputs
    regions = []
    for order, i in enumerate(lines):
        box = page.lines[i].box
        text = page.lines[i].text
        if words is not None:
            group = [page.words[k] for k in words[order]]
            box = (min(w.x0 for w in group), box[1], max(w.x1 for w in group), box[3])
            text = pointed_text(page, words[order])
        regions.append((box, text))
    if whole and regions:
        regions = [(union([box for box, _ in regions]), "")]
    return tuple(
        PageRegion(page=window.page, xyxy=window.text.given_box(box), text=text)
        for box, text in regions
    )


def span_regions(window: Window, spans: Sequence[tuple[int, int, int]]) -> tuple[PageRegion, ...]:
    """Boxes of (line, start, end) character ranges."""
    regions = []
    for index, start, end in spans:
        line = window.inputs.lines[index]
        x0, y0, x1, y1 = line.box
        step = (x1 - x0) / max(1, len(line.text))
        box = window.text.given_box((x0 + start * step, y0, x0 + end * step, y1))
        regions.append(PageRegion(page=window.page, xyxy=box, text=line.text[start:end]))
    return tuple(regions)


def price_line(
    page: PageInputs, line: int, items: set[int], values: Sequence[Decimal | None]
) -> int | None:
    """The line with an item's amount: rightmost on its row, else on the row below."""
    box = page.lines[line].box
    height = box[3] - box[1]
    for shift in (0.0, 1.3):
        row = [
            i
            for i, other in enumerate(page.lines)
            if values[i] is not None
            and abs(sum(other.box[1::2]) - sum(box[1::2]) - 2 * shift * height) < 1.2 * height
            and (shift == 0 or i not in items)
        ]
        if row:
            return max(row, key=lambda i: page.lines[i].box[2])
    return None


def read_out(windows: list[Window]) -> DocumentAnswer:
    """All text in reading order, one row a line; what OCR is unsure of stands as [unclear]."""
    rows: list[str] = []
    scores: list[float] = []
    regions: list[PageRegion] = []
    for window in windows:
        last = None
        for line in window.inputs.lines:
            middle = (line.box[1] + line.box[3]) / 2
            text = line.text if line.confidence >= CLEAR else "[unclear]"
            if last is not None and last[1] < middle < last[3]:
                rows[-1] += "  " + text
            else:
                rows.append(text)
            last = line.box
            scores.append(line.confidence)
        regions += line_regions(window, range(len(window.inputs.lines)), whole=True)
    return DocumentAnswer(
        text="\n".join(rows),
        confidence=float(np.mean(scores)),
        found=True,
        regions=tuple(regions),
    )
