"""Questions answered by the rows of a table: those above a price, a row by one of its cells, the
first and the last, how many of a thing, what went up, the mean, the extremes of a statement.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.common.values import CURRENCY, parse_number, plain
from ...models.document_reader.matching import best_match, ordinal
from ...models.document_reader.whole import Cell, ReadTable
from ..results import ToolResult
from .files import best_table
from .grids import find_grid, rows_of
from .pages import ReadPage
from .telling import Sitting
from .wordings import in_digits

_ANCHORS = ("description", "title", "destination", "stop", "topic", "name")
_AMOUNTS = ("amount", "price", "value")
_SAME = 0.75
_OPEN = re.compile(
    r"^(?:and )?(?:please )?(?:list|which|what|show|give|name|how many|tell|find|everything|all|who"
    r"|when|where)\b", re.I
)  # fmt: skip
_FILTER = re.compile(
    rf"\b(?:(?P<more>more than|over|above|at least|dearer than|more expensive than|from)|(?P<less>"
    rf"under|below|less than|cheaper than|up to|at most|for less than))\s+(?P<figure>{CURRENCY}?\s?"
    rf"\d[\d.,]*)(?!\s*(?:days?|people|persons|pages?))", re.I
)  # fmt: skip
_PRICED = re.compile(
    r"\b(?:items?|products?|dish\w*|everything|positions?|articles?|things?)\b.*\b(?:with|and|plus)\b"
    r".*\b(?:prices?|amounts?|costs?)\b", re.I
)  # fmt: skip
_PLACE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last)\s+(?:class|course|session|item|product|article"
    r"|transaction|entry|departure|train|bus|stop|row|position|dish|booking|line)\b", re.I
)  # fmt: skip
_OF_THEM = re.compile(
    r"^(?:and )?how many (?:packs?|packets?|bottles?|boxes|pieces|units|cans?|bags?|portions?)?"
    r"(?: of)?(?: the)? ?(?P<name>.+?)(?: (?:packs?|packets?|bottles?|boxes|pieces|units|cans?"
    r"|bags?|portions?))?(?: (?:did|do|does|are|were|was|have|has|on|in|bought)\b.*)?$", re.I
)  # fmt: skip
_EACH = re.compile(
    r"^(?:and )?(?:how much|what)(?:'s| (?:is|was|does|did|do|are|were|for))?(?: the)?"
    r"(?: (?P<unit>"
    r"unit price|price per \w+|single price)(?: of| for)?)?(?: (?P<one>one|a single|each|1))?"
    r"(?: the)? (?P<name>.+?)(?: costs?)?"
    r"(?P<per> (?:per (?:unit|piece|item|pack)|each|apiece))?$",
    re.I,
)
_MOVED = re.compile(
    r"^(?P<how>by how much |how much )?(?:did|has|have) (?:the )?(?P<name>.+?) (?:go(?:ne)? )?"
    r"(?P<way>up|down|rise|risen|increased?|grow|grown|improved?|fall|fallen|drop|dropped|decreased?"
    r"|shrink|shrunk|declined?|changed?)\b", re.I
)  # fmt: skip
_UP = re.compile(r"up|ris|incr|gr|impr", re.I)
_EXTREME = re.compile(
    r"\b(?:(?P<most>biggest|largest|highest|most expensive)|(?P<least>smallest|lowest|cheapest))\s+"
    r"(?P<noun>expense|payment|withdrawal|debit|transaction|deposit|credit|position|charge|line)\b"
    r"|\bwhich (?:position|line|charge) (?:is|was|costs?) (?:the )?(?:(?P<most2>highest|most"
    r"|biggest|dearest|largest)|(?P<least2>lowest|least|smallest|cheapest))", re.I
)  # fmt: skip
_TIMES = re.compile(
    rf"(?<![\d.,])(?P<count>\d{{1,4}})(?:[.,]0+)?\s*(?:pcs?|units?|uni|ea)?\s*[xX×*@]\s*{CURRENCY}?\s?"
    r"(?P<price>\d+[.,]\d{2,4})(?!\d)"
)
_YEAR = re.compile(r"^(?:(?:19|20)\d\d|Q[1-4](?: (?:19|20)\d\d)?)$", re.I)


@dataclass(frozen=True)
class _Asked:
    """A request with the table that it may be about."""

    sitting: Sitting
    pages: Sequence[ReadPage]
    text: str
    table: ReadTable

    @property
    def anchor(self) -> int:
        return next((self.table.columns.index(n) for n in _ANCHORS if n in self.table.columns), 0)

    def column(self, *names: str) -> int | None:
        return next((self.table.columns.index(n) for n in names if n in self.table.columns), None)

    def row_named(self, name: str) -> tuple[Cell, ...] | None:
        names = [row[self.anchor].text for row in self.table.rows]
        place, score = best_match(re.sub(r"(?<=\w{3})s$", "", name), names)
        return self.table.rows[place] if score >= _SAME else None

    def figures(self) -> list[tuple[Decimal, tuple[Cell, ...]]]:
        column = self.column(*_AMOUNTS)
        if column is None:
            return []
        values = [(parse_number(row[column].text), row) for row in self.table.rows]
        return [(value, row) for value, row in values if value is not None]

    def told(self, answer: str, text: str, cells: Sequence[Cell]) -> ToolResult:
        regions = [region for cell in cells for region in cell.regions]
        return self.sitting.result(text, answer, self.sitting.regions(regions), confidence=0.85)

    def names(
        self, rows: Sequence[tuple[Cell, ...]], column: int | None = None
    ) -> ToolResult | None:
        cells = [row[self.anchor if column is None else column] for row in rows]
        texts = [cell.text for cell in cells if cell.text]
        return self.told(", ".join(texts), f"{', '.join(texts)}.", cells) if texts else None


def answer_table(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """The answer to a question that rows of the document's table decide; None for any other."""
    rules: tuple[tuple[re.Pattern[str], Callable[[_Asked], ToolResult | None]], ...] = (
        (_FILTER, _filtered), (_PRICED, _with_prices), (_PLACE, _by_place), (_MOVED, _moved),
        (_EXTREME, _extreme), (re.compile(r"\baverage\b|\bmean (?:price|amount)\b", re.I), _mean),
        (re.compile(r"\b(?:(?:19|20)\d\d|Q[1-4])\b"), _by_year),
        (_OF_THEM, _how_many), (_EACH, _each), (_OPEN, _by_cell),
    )  # fmt: skip
    text = in_digits(request).strip(" ?!.")
    due = [answer for pattern, answer in rules if pattern.search(text)]
    table = best_table(sitting, pages) if due else None
    if table is None or not table.rows:
        return None
    asked = _Asked(sitting, pages, text, table)
    return next((told for answer in due if (told := answer(asked)) is not None), None)


def _filtered(asked: _Asked) -> ToolResult | None:
    """ "What can I get for under 5 dollars?", "list everything that costs more than 300"."""
    match = _FILTER.search(asked.text)
    figure = parse_number(match["figure"]) if match else None
    figures = asked.figures()
    if match is None or figure is None or not figures or not _OPEN.search(asked.text):
        return None
    strict = not re.match(r"at |up to|from", match[0], re.I)
    above = bool(match["more"])
    rows = [
        row for value, row in figures
        if (value > figure if above else value < figure) or (value == figure and not strict)
    ]  # fmt: skip
    if not rows:
        return asked.sitting.absent(f"Nothing on it is {match[0]}.")
    if re.match(r"(?:and )?how many", asked.text, re.I):
        listed = ", ".join(row[asked.anchor].text for row in rows)
        named = [row[asked.anchor] for row in rows]
        return asked.told(str(len(rows)), f"{len(rows)}: {listed}.", named)
    return asked.names(rows)


def _with_prices(asked: _Asked) -> ToolResult | None:
    column = asked.column(*_AMOUNTS)
    if column is None or not _OPEN.search(asked.text):
        return None
    told = ", ".join(f"{row[asked.anchor].text} {row[column].text}" for row in asked.table.rows)
    cells = [cell for row in asked.table.rows for cell in (row[asked.anchor], row[column])]
    return asked.told(told, f"{told}.", cells)


def _by_place(asked: _Asked) -> ToolResult | None:
    place, rows = ordinal(asked.text), asked.table.rows
    if place is None or not -len(rows) <= place < len(rows) or not _OPEN.search(asked.text):
        return None
    return asked.names([rows[place]], _wanted_column(asked))


def _wanted_column(asked: _Asked) -> int | None:
    """The column that the question word asks for; None where it asks for the thing itself."""
    low = asked.text.lower()
    if re.search(r"\bwho(?:m|se)?\b|\bteach\w*|\btrainer\b", low):
        return asked.column("person")
    if re.search(r"^when\b|\bwhat time\b", low):
        return asked.column("time", "date")
    if re.search(r"^where\b|\b(?:which|what) (?:room|hall|platform)\b", low):
        return asked.column("room", "platform")
    return asked.column(*_AMOUNTS) if re.search(r"\bhow much\b|\bprice\b|\bcost", low) else None


def _by_cell(asked: _Asked) -> ToolResult | None:
    """ "What's on at 12:45?", "which classes are in room 1?": the rows that hold a named cell."""
    low = asked.text.lower()

    def said(text: str) -> bool:
        return re.search(rf"(?<![\w:]){re.escape(text.lower())}(?![\w:])", low) is not None

    if "quantity" in asked.table.columns or (
        asked.column("description") == asked.anchor and (asked.column("date") is None)
    ):
        return None
    if any(said(row[asked.anchor].text) for row in asked.table.rows if row[asked.anchor].text):
        return None
    for column in range(len(asked.table.columns)):
        if column == asked.anchor:
            continue
        rows = [r for r in asked.table.rows if len(r[column].text) > 2 and said(r[column].text)]
        wanted = _wanted_column(asked)
        if rows and wanted != column:
            return asked.names(rows, wanted)
    return None


def _how_many(asked: _Asked) -> ToolResult | None:
    match = _OF_THEM.match(asked.text)
    if match is not None and re.match(
        r"(?:different )?(?:positions|entries|rows)\b", match["name"]
    ):
        rows = asked.table.rows
        return asked.told(str(len(rows)), f"{len(rows)}.", [row[asked.anchor] for row in rows])
    row = asked.row_named(match["name"]) if match else None
    return None if row is None else _part(asked, row, "quantity", "count")


def _each(asked: _Asked) -> ToolResult | None:
    match = _EACH.match(asked.text)
    if match is None or not (match["unit"] or match["one"] or match["per"]):
        return None
    row = asked.row_named(match["name"])
    return None if row is None else _part(asked, row, "price", "price")


def _part(asked: _Asked, row: tuple[Cell, ...], column: str, part: str) -> ToolResult | None:
    """The count or unit price of an item: its cell, or read off "3 x 5.34" beside or below it."""
    place, amount = asked.column(column), asked.column("amount")
    total = parse_number(row[amount].text) if amount is not None else None
    for page in asked.pages:
        rows = [" ".join(line.text for line in each) for each in rows_of(page.text.lines)]
        at, score = best_match(row[asked.anchor].text, rows)
        for text in rows[at : at + 3] if score >= _SAME else ():
            match = _TIMES.search(text)
            each = parse_number(match["price"]) if match else None
            if match is None or each is None or total is None:
                continue
            count = int(match["count"])
            if abs(count * each - total) < Decimal("0.01") * count:
                return asked.told(match[part], f"{match[part]}.", [row[asked.anchor]])
    if place is None or not row[place].text:
        return None
    found = re.sub(r"[xX×*@]$", "", row[place].text.strip()).strip()
    if not any(c.isdigit() for c in found):
        return None
    return asked.told(found, f"{found}.", [row[asked.anchor], row[place]])


def _moved(asked: _Asked) -> ToolResult | None:
    """Whether, or by how much, a row's figure went up or down from one column to the next."""
    match = _MOVED.match(asked.text)
    row = asked.row_named(match["name"]) if match else None
    if match is None or row is None:
        return None
    columns = [k for k in range(len(row)) if k != asked.anchor and parse_number(row[k].text)]
    if len(columns) != 2:
        return None
    grids = [grid for page in asked.pages if (grid := find_grid(page.text, page.number))]
    headed = [[name for name in grid.columns if _YEAR.match(name)] for grid in grids]
    years = next((names for names in headed if len(names) == 2), [])
    newer, older = columns if not years or years[0] >= years[1] else reversed(columns)
    now, then = parse_number(row[newer].text), parse_number(row[older].text)
    assert now is not None and then is not None
    cells = [row[newer], row[older]]
    told = f"{row[asked.anchor].text} went from {row[older].text} to {row[newer].text}"
    if match["how"]:
        return asked.told(plain(abs(now - then)), f"By {plain(abs(now - then))}: {told}.", cells)
    holds = now != then if match["way"].startswith("chang") else (
        now > then if _UP.match(match["way"]) else now < then
    )  # fmt: skip
    answer = "yes" if holds else "no"
    return asked.told(answer, f"{answer.capitalize()}: {told}.", cells)


def _by_year(asked: _Asked) -> ToolResult | None:
    """ "What was the net profit in 2025?": the cell of a row under a heading that is a year."""
    for page in asked.pages:
        grid = find_grid(page.text, page.number)
        heads = [name for name in grid.columns if _YEAR.match(name)] if grid is not None else []
        said = [name for name in heads if re.search(rf"\b{name}\b", asked.text, re.I)]
        if grid is None or len(said) != 1:
            continue
        bare = re.sub(rf"\b(?:in |for |of )?{said[0]}\b", "", asked.text, flags=re.I)
        place, score = best_match(bare, [row[0].text for row in grid.rows])
        names = [row[0].text for row in grid.rows if row[0].text.lower() in bare.lower()]
        if len(names) == 1 or score >= _SAME:
            row = next((r for r in grid.rows if r[0].text in names[:1]), grid.rows[place])
            cell = row[grid.columns.index(said[0])]
            return asked.told(cell.text, f"{cell.text}.", [cell]) if cell.text else None
    return None


def _extreme(asked: _Asked) -> ToolResult | None:
    match, figures = _EXTREME.search(asked.text), asked.figures()
    if match is None or not figures:
        return None
    most = bool(match["most"] or match["most2"])
    spent = re.match(r"expense|payment|withdrawal|debit", match["noun"] or "", re.I)
    if spent and any(value < 0 for value, _ in figures):
        figures = [(-value, row) for value, row in figures if value < 0]
    _, row = (max if most else min)(figures, key=lambda each: each[0])
    column = asked.column(*_AMOUNTS)
    assert column is not None
    name = row[asked.anchor].text
    return asked.told(name, f"{name}: {row[column].text}.", [row[asked.anchor], row[column]])


def _mean(asked: _Asked) -> ToolResult | None:
    figures = asked.figures()
    if not figures:
        return None
    total = sum((value for value, _ in figures), Decimal(0))
    mean = plain((total / len(figures)).quantize(Decimal("0.01")))
    cells = [cell for _, row in figures for cell in row]
    return asked.told(mean, f"{mean} on average, over {len(figures)} rows.", cells)
