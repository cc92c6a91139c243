"""Everything a document prints: its tables row by row, and all its fields at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..tasks import DocumentAnswer, PageRegion
from .answering import said
from .document import Item, Read, items_of
from .vocabulary import ANCHORS, COLUMNS, FIELDS, anchor_of
from .windows import Window

_LEAST_ROWS = 2


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: its text ("" where nothing is printed) and where that is."""

    text: str
    regions: tuple[PageRegion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """A table as read: names of its columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_tables(windows: Sequence[Window]) -> list[ReadTable]:
    """The tables of a document that the model knows, those with most rows first."""
    found = []
    for table, anchor in ANCHORS.items():
        tags = [tag for tag in COLUMNS if anchor_of(tag) == f"{table}.{anchor}"]
        items = items_of(windows, f"{table}.{anchor}")
        if len(items) < _LEAST_ROWS:
            continue
        reads = [[_printed(item, tag) for tag in tags] for item in items]
        kept = [k for k in range(len(tags)) if any(row[k] is not None for row in reads)]
        rows = tuple(tuple(_cell(row[k]) for k in kept) for row in reads)
        columns = tuple(tags[k].split(".")[1] for k in kept)
        found.append(ReadTable(columns=columns, rows=rows))
    return sorted(found, key=lambda table: -len(table.rows))


def _printed(item: Item, tag: str) -> Read | None:
    """The cell that the model tagged, none that merely would do."""
    if tag == anchor_of(tag):
        return item.named()
    cell = item.row.cells.get(tag)
    return Read(item.window, cell.words, cell.strength) if cell is not None else None


def _cell(read: Read | None) -> Cell:
    return Cell(text=read.text, regions=read.regions) if read is not None else Cell(text="")


def read_fields(windows: Sequence[Window], least: float) -> dict[str, DocumentAnswer]:
    """Every field that is printed with a strength of at least `least`, by the model's names.

    Where two fields claim the same words, the surer has them.
    """
    claims: list[tuple[float, str, Read]] = []
    for tag in FIELDS:
        best: Read | None = None
        for window in windows:
            if window.facts.printed[window.facts.place[tag]] < least:
                continue
            value = window.facts.field(tag)
            if best is None or value.strength > best.strength:
                best = Read(window, value.words, value.strength)
        if best is not None:
            claims.append((best.strength, tag, best))
    taken: set[tuple[int, int]] = set()
    found: dict[str, DocumentAnswer] = {}
    for strength, tag, read in sorted(claims, key=lambda claim: -claim[0]):
        words = {(id(read.window), word) for word in read.words}
        answer = said(read, strength)
        if words & taken or not answer.found:
            continue
        taken |= words
        found[tag] = answer
    return {tag: found[tag] for tag in FIELDS if tag in found}
