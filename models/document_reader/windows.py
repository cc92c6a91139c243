"""What the model reads at once, and the boxes of what it pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..tasks import DocumentAnswer, PageRegion
from .facts import PageFacts
from .features import union
from .ocr import PageText
from .processor import PageInputs

CLEAR = 0.62
"""OCR confidence below which a line counts as unreadable."""


@dataclass(frozen=True)
class Window:
    """Part of a page that the model reads at once, and what it prints."""

    page: int
    text: PageText
    facts: PageFacts

    @property
    def inputs(self) -> PageInputs:
        return self.facts.inputs


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
            text = window.facts.text(words[order])
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
