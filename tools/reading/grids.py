"""Tables found by where print stands: rows of runs whose columns line up."""

import re
from collections.abc import Sequence

import numpy as np

from ...models.document_reader.ocr import PageText, TextLine
from ...models.document_reader.whole import Cell, ReadTable
from ...models.tasks import PageRegion

_LEAST_ROWS = 3
_YEAR = re.compile(r"(?:19|20)\d\d|Q[1-4](?: (?:19|20)\d\d)?")


def find_grid(text: PageText, page: int) -> ReadTable | None:
    """The largest table of a page; its first row names the columns if it holds no figures.

    Args:
        text: of the page. page: its number, from 1.
    """
    rows = rows_of(text.lines)
    best: list[list[TextLine]] = []
    start = 0
    while start < len(rows):
        block = _block(rows[start:])
        if _size(block) > _size(best):
            best = block
        start += 1
    if len([row for row in best if len(row) > 1]) < _LEAST_ROWS:
        return None
    spans = _columns(best)
    cells = [_placed(row, spans, text, page) for row in _joined(best, spans)]
    if any(any(c.isdigit() for c in cell.text) and not _YEAR.fullmatch(cell.text)
           for cell in cells[0]):  # fmt: skip
        names = tuple(f"column {k + 1}" for k in range(len(spans)))
        return ReadTable(columns=names, rows=tuple(cells))
    names = tuple(cell.text or f"column {k + 1}" for k, cell in enumerate(cells[0]))
    return ReadTable(columns=names, rows=tuple(cells[1:]))


def rows_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines side by side, from top to bottom."""
    rows: list[list[TextLine]] = []
    for line in lines:
        if rows:
            last = rows[-1][-1].box
            shared = min(last[3], line.box[3]) - max(last[1], line.box[1])
            if shared > 0.5 * min(last[3] - last[1], line.box[3] - line.box[1]):
                rows[-1].append(line)
                continue
        rows.append([line])
    return [sorted(row, key=lambda line: line.box[0]) for row in rows]


def _size(block: Sequence[Sequence[TextLine]]) -> int:
    return sum(len(row) for row in block if len(row) > 1)


def _block(rows: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The rows from the first on that hang together."""
    if len(rows[0]) < 2:
        return []
    block = [list(rows[0])]
    for row in rows[1:]:
        gap = row[0].box[1] - max(line.box[3] for line in block[-1])
        height = float(np.median([line.box[3] - line.box[1] for line in block[-1]]))
        if gap > 2.2 * height:
            break
        full = max(reversed(block), key=len)
        if len(row) == 1:
            # A cell that goes on below; two such in a row end the table.
            if len(block[-1]) == 1 or not _over(row[0], full[0]):
                break
            block.append(list(row))
        elif sum(any(_over(line, other) for other in full) for line in row) >= len(row) - 1:
            block.append(list(row))
        else:
            break
    while block and len(block[-1]) == 1:
        block.pop()
    return block


def _over(line: TextLine, other: TextLine) -> bool:
    return min(line.box[2], other.box[2]) > max(line.box[0], other.box[0])


def _columns(block: Sequence[Sequence[TextLine]]) -> list[tuple[float, float]]:
    """Spans of the columns: of the cells of the fullest rows, joined where they overlap."""
    most = max(len(row) for row in block)
    spans: list[list[float]] = []
    cells = sorted((line.box[0], line.box[2]) for row in block if len(row) == most for line in row)
    for left, right in cells:
        if spans and left < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], right)
        else:
            spans.append([left, right])
    return [(left, right) for left, right in spans]


def _nearest(line: TextLine, spans: Sequence[tuple[float, float]]) -> int:
    def away(span: tuple[float, float]) -> float:
        return max(line.box[0], span[0]) - min(line.box[2], span[1])

    return min(range(len(spans)), key=lambda k: away(spans[k]))


def _joined(
    block: Sequence[Sequence[TextLine]], spans: Sequence[tuple[float, float]]
) -> list[list[TextLine]]:
    """With lone runs added to the row above, whose cell they go on with."""
    rows: list[list[TextLine]] = []
    for row in block:
        if len(row) == 1 and rows:
            rows[-1].append(row[0])
        else:
            rows.append(list(row))
    return rows


def _placed(
    row: Sequence[TextLine], spans: Sequence[tuple[float, float]], text: PageText, page: int
) -> tuple[Cell, ...]:
    held: list[list[TextLine]] = [[] for _ in spans]
    for line in row:
        held[_nearest(line, spans)].append(line)
    return tuple(
        Cell(
            text=" ".join(line.text for line in lines),
            regions=tuple(
                PageRegion(page=page, xyxy=text.given_box(line.box), text=line.text)
                for line in lines
            ),
        )
        for lines in held
    )
