"""What differs between two documents: their fields by name, their items by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...models.document_reader.matching import best_match
from ...models.document_reader.whole import Cell, ReadTable
from ...models.tasks import DocumentAnswer, PageRegion
from ..values import comparable

_ALIKE = 0.8


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field or item that differs: "" where a document lacks it.

    Attributes:
        first, second: what each document prints. regions: where, of either.
    """

    name: str
    first: str
    second: str
    regions: tuple[tuple[PageRegion, ...], tuple[PageRegion, ...]] = ((), ())


def differing_fields(
    first: Mapping[str, DocumentAnswer], second: Mapping[str, DocumentAnswer]
) -> list[Difference]:
    """The fields whose values are not the same, in the order of the first document's."""
    found = []
    for key in [*first, *(key for key in second if key not in first)]:
        one, other = first.get(key), second.get(key)
        if one is None or other is None or not same(one.text, other.text):
            found.append(
                Difference(
                    name=key.replace("_", " "),
                    first=one.text if one else "",
                    second=other.text if other else "",
                    regions=(one.regions if one else (), other.regions if other else ()),
                )
            )
    return found


def differing_rows(first: ReadTable | None, second: ReadTable | None) -> list[Difference]:
    """The rows that only one table has, or that differ in a column both have."""
    one, other = _named_rows(first), _named_rows(second)
    left = dict(other)
    found = []
    for name, row in one.items():
        place, score = best_match(name, list(left))
        twin = list(left)[place] if place >= 0 and score >= _ALIKE else None
        match = left.pop(twin) if twin is not None else {}
        columns = [c for c in row if c in match and not same(row[c].text, match[c].text)]
        if twin is None:
            found.append(_difference(name, row, {}, list(row)))
        elif columns:
            found.append(_difference(name, row, match, columns))
    found += [_difference(name, {}, row, list(row)) for name, row in left.items()]
    return found


def _named_rows(table: ReadTable | None) -> dict[str, dict[str, Cell]]:
    rows: dict[str, dict[str, Cell]] = {}
    for row in table.rows if table is not None else ():
        if row[0].text:
            cells = dict(zip(table.columns, row, strict=True)) if table is not None else {}
            rows[row[0].text] = {c: cell for c, cell in cells.items() if cell.text}
    return rows


def _difference(
    name: str, one: Mapping[str, Cell], other: Mapping[str, Cell], columns: Sequence[str]
) -> Difference:
    def told(row: Mapping[str, Cell]) -> str:
        texts = [row[c].text for c in columns if c in row and row[c].text != name]
        return ", ".join(texts) or ("there" if row else "")

    def where(row: Mapping[str, Cell]) -> tuple[PageRegion, ...]:
        return tuple(region for c in columns if c in row for region in row[c].regions)

    return Difference(
        name=name, first=told(one), second=told(other), regions=(where(one), where(other))
    )


def same(one: str, other: str) -> bool:
    """Whether two printed texts say the same: the same value, else the same letters and digits."""
    a, b = comparable(one), comparable(other)
    if a is not None and b is not None and not (_letters(one) or _letters(other)):
        return a == b
    return _flat(one) == _flat(other)


def _letters(text: str) -> bool:
    return sum(c.isalpha() for c in text) > 4


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
