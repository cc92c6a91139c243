"""The same facts set anew: a generated document's fields, tables and other lines in a layout that
nobody drew, for training readers that must cope with layouts they have never met.

Only lines and boxes are made, in the places where a printer might have put them; no picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

import numpy as np

from .types import BoxXYXY, DocCell, DocField, DocLine, DocTable, Document

_LINE = 20.0


@dataclass
class _Sheet:
    """Lines being set; `home` maps a line of the given document to its new index."""

    rng: Random
    width: float
    lines: list[DocLine] = field(default_factory=list)
    home: dict[int, int] = field(default_factory=dict)

    def put(
        self, text: str, x: float, y: float, size: float = 1.0, *, align: str = "l",
        source: int | None = None,
    ) -> BoxXYXY:  # fmt: skip
        height = _LINE * size
        wide = max(4.0, 0.5 * height * len(text))
        left = x - (wide if align == "r" else wide / 2 if align == "c" else 0.0)
        box = (left, y, left + wide, y + height)
        if source is not None:
            self.home[source] = len(self.lines)
        self.lines.append(DocLine(text, box))
        return box


@dataclass(frozen=True)
class _Fact:
    """One labelled value, or lines that stay together as they are."""

    label: str
    value: str
    sources: tuple[int, ...]


def rearrange(document: Document, rng: np.random.Generator) -> Document:
    """A document with the same facts, tables and questions in a layout of its own.

    The questions keep their truth; their evidence lines, and lines that could not be placed, go.
    """
    r = Random(int(rng.integers(2**63)))
    sheet = _Sheet(r, r.uniform(26, 60) * _LINE)
    facts, used = _facts(document)
    tables = list(document.tables)
    taken = {cell.line for t in tables for row in (t.headers, *t.rows) for cell in row}
    facts = [fact for fact in facts if not taken.intersection(fact.sources)]
    titles = [i for i in document.title_lines if i not in used and i not in taken]
    loose = [i for i in range(len(document.lines)) if i not in used | taken and i not in titles]
    kept = [i for i in loose if r.random() < 0.8]
    if r.random() < 0.5:
        r.shuffle(facts)
    y = r.uniform(1, 3) * _LINE
    if titles and r.random() < 0.7:
        y = _title(sheet, document, titles, y)
        titles = []
    cuts = sorted(r.randint(0, len(facts)) for _ in range(r.randint(1, 3)))
    parts: list[object] = [facts[a:b] for a, b in zip([0, *cuts], [*cuts, len(facts)], strict=True)]
    for table in tables:
        parts.insert(r.randint(1, len(parts)), table)
    for part in parts:
        if isinstance(part, DocTable):
            y = _table(sheet, part, y)
        elif isinstance(part, list):
            y = _block(sheet, document, part, y)
        if titles and r.random() < 0.5:
            y = _title(sheet, document, titles, y)
            titles = []
        while kept and r.random() < 0.5:
            index = kept.pop(0)
            text, size = document.lines[index].text, r.uniform(0.8, 1.1)
            sheet.put(text, _left(sheet), y, size, source=index)
            y += _LINE * r.uniform(1.1, 1.5)
        y += _LINE * r.choice((0.0, 0.3, 0.8, 1.5))
    for index in (*titles, *kept):
        sheet.put(document.lines[index].text, _left(sheet), y, source=index)
        y += _LINE * 1.3
    return _remapped(document, sheet, y)


def _left(sheet: _Sheet) -> float:
    return sheet.rng.choice((0.05, 0.05, 0.05, 0.3)) * sheet.width


def _facts(document: Document) -> tuple[list[_Fact], set[int]]:
    """The facts outside tables in their order, and the lines they take; fields that share a line
    stay together on it."""
    groups: list[tuple[set[int], list[DocField]]] = []
    for item in document.fields:
        lines = set(item.lines)
        touching = [group for group in groups if group[0] & lines]
        fields = [item]
        for group in touching:
            groups.remove(group)
            lines |= group[0]
            fields = group[1] + fields
        groups.append((lines, fields))
    used: set[int] = set().union(*(lines for lines, _ in groups)) if groups else set()
    by_text: dict[str, list[int]] = {}
    for index, line in enumerate(document.lines):
        if index not in used:
            by_text.setdefault(line.text.strip(" :").lower(), []).append(index)
    facts = []
    for lines, fields in sorted(groups, key=lambda each: min(each[0])):
        ordered = tuple(sorted(lines))
        text = document.lines[ordered[0]].text
        if len(fields) == 1 and len(ordered) == 1 and fields[0].label:
            item = fields[0]
            apart = by_text.get(item.label.lower())
            if text == item.value and apart:
                used.add(apart.pop(0))
                if not apart:
                    del by_text[item.label.lower()]
            elif text != item.value and not text.endswith(item.value):
                facts.append(_Fact("", text, ordered))
                continue
            facts.append(_Fact(item.label, item.value, ordered))
        else:
            above = _heading(document, ordered[0], by_text)
            if above is not None:
                used.add(above)
                ordered = (above, *ordered)
            last = facts[-1] if facts else None
            loose = last is not None and not last.label and not last.value
            if last and loose and _under(document, last.sources[-1], ordered[0]):
                facts[-1] = _Fact("", "", (*last.sources, *ordered))
            else:
                facts.append(_Fact("", "", ordered))
    return facts, used


def _under(document: Document, above: int, below: int) -> bool:
    """Whether a line stands right under another."""
    one, other = document.lines[above].box, document.lines[below].box
    down = (other[1] - one[1]) / max(1.0, one[3] - one[1])
    return 0.5 < down < 2.0 and abs(other[0] - one[0]) < 2 * (one[3] - one[1])


def _heading(document: Document, line: int, by_text: dict[str, list[int]]) -> int | None:
    """The line that says what the unlabelled lines under it are ("Bill to"), if any; it is taken
    out of `by_text`."""
    for text, places in by_text.items():
        for place in places:
            if _under(document, place, line):
                places.remove(place)
                if not places:
                    del by_text[text]
                return place
    return None


def _title(sheet: _Sheet, document: Document, titles: Sequence[int], y: float) -> float:
    align = sheet.rng.choice("lcr")
    x = {"l": 0.05, "c": 0.5, "r": 0.95}[align] * sheet.width
    size = sheet.rng.uniform(1.0, 2.0)
    for index in titles:
        sheet.put(document.lines[index].text, x, y, size, align=align, source=index)
        y += _LINE * size * 1.3
    return y + _LINE * sheet.rng.uniform(0, 1)


def _block(sheet: _Sheet, document: Document, facts: Sequence[_Fact], y: float) -> float:
    """Facts below one another, in one column or two, labels set one way."""
    r = sheet.rng
    if not facts:
        return y
    if len(facts) > 2 and r.random() < 0.4:
        half = len(facts) // 2
        split = r.uniform(0.42, 0.6) * sheet.width
        low = _column(sheet, document, facts[:half], 0.05 * sheet.width, split, y)
        return max(low, _column(sheet, document, facts[half:], split, sheet.width, y))
    if len(facts) > 1 and r.random() < 0.15:
        return _strip(sheet, document, facts, y)
    edge = r.choice((0.05, 0.05, 0.1, 0.35)) * sheet.width
    return _column(sheet, document, facts, edge, sheet.width, y)


def _column(
    sheet: _Sheet, document: Document, facts: Sequence[_Fact], x0: float, x1: float, y: float
) -> float:
    r = sheet.rng
    mode = r.choice(("inline", "inline", "apart", "apart", "apart_right", "below", "above_value"))
    mark = r.choice((":", ":", "", " :", "."))
    x2 = x0 + (x1 - x0) * r.uniform(0.35, 0.6)
    align = r.choice("lllcr") if mode == "inline" else "l"
    anchor = {"l": x0, "c": (x0 + x1) / 2, "r": x1 - _LINE}[align]
    step = _LINE * r.uniform(1.15, 2.0)
    for fact in facts:
        line = fact.sources[0]
        if not fact.label:
            texts = [fact.value] if fact.value else [document.lines[i].text for i in fact.sources]
            for index, text in zip(fact.sources, texts, strict=False):
                sheet.put(text, anchor, y, align=align, source=index)
                y += _LINE * 1.25
            y += step - _LINE * 1.25
        elif mode == "inline":
            glue = r.choice((" ", " ", "")) if mark else " "
            text = f"{fact.label}{mark}{glue}{fact.value}"
            sheet.put(text, anchor, y, align=align, source=line)
            y += step
        elif mode in ("apart", "apart_right"):
            sheet.put(fact.label + mark.strip(" "), x0, y)
            right = mode == "apart_right"
            sheet.put(fact.value, x1 - _LINE if right else x2, y, align="r" if right else "l",
                      source=line)  # fmt: skip
            y += step
        else:
            small = r.uniform(0.7, 1.0)
            first = (fact.label, small, None), (fact.value, 1.0, line)
            for text, size, source in first if mode == "below" else first[::-1]:
                sheet.put(text, x0, y, size, source=source)
                y += _LINE * size * 1.15
            y += step - _LINE
    return y


def _strip(sheet: _Sheet, document: Document, facts: Sequence[_Fact], y: float) -> float:
    """Facts side by side, each label above its value."""
    r = sheet.rng
    per_row = min(len(facts), r.randint(2, 4))
    wide = 0.9 * sheet.width / per_row
    for start in range(0, len(facts), per_row):
        low = y
        for column, fact in enumerate(facts[start : start + per_row]):
            x, at = 0.05 * sheet.width + column * wide, y
            if fact.label:
                sheet.put(fact.label, x, at, r.uniform(0.7, 1.0))
                at += _LINE * 1.1
            texts = [fact.value] if fact.value else [document.lines[i].text for i in fact.sources]
            for index, text in zip(fact.sources, texts, strict=False):
                sheet.put(text, x, at, source=index)
                at += _LINE * 1.2
            low = max(low, at)
        y = low + _LINE * r.uniform(0.1, 0.8)
    return y


def _table(sheet: _Sheet, table: DocTable, y: float) -> float:
    """A grid with its columns in any order, or one card a row."""
    r = sheet.rng
    order = list(range(len(table.columns)))
    if r.random() < 0.6 and table.name != "period":
        r.shuffle(order)
    if len(order) <= 4 and table.name not in {"period", "stop"} and r.random() < 0.35:
        return _cards(sheet, table, order, y)
    texts = [[table.headers[i].text, *(row[i].text for row in table.rows)] for i in order]
    longest = [max((len(text) for text in column), default=1) + 2 for column in texts]
    unit = 0.9 * sheet.width / max(1, sum(longest))
    edges = np.cumsum([0, *longest]) * max(unit, 0.45 * _LINE) + 0.05 * sheet.width
    sides = [r.choice("lr") if i != 0 else "l" for i in order]
    step = _LINE * r.uniform(1.15, 2.2)
    rows = [table.headers, *table.rows] if r.random() < 0.8 else list(table.rows)
    for row in rows:
        for column, i in enumerate(order):
            cell = row[i]
            if cell.line is None:
                continue
            right = sides[column] == "r"
            x = edges[column + 1] - _LINE if right else edges[column]
            sheet.put(cell.text, float(x), y, align="r" if right else "l", source=cell.line)
        y += step
    return y + _LINE * 0.5


def _cards(sheet: _Sheet, table: DocTable, order: Sequence[int], y: float) -> float:
    """One card a row, perhaps two cards abreast: cells on two lines, or each on its own."""
    r = sheet.rng
    abreast = 2 if r.random() < 0.4 else 1
    split = r.randint(1, len(order)) if r.random() < 0.7 else 1
    stacked = r.random() < 0.3
    wide = 0.9 * sheet.width / abreast
    down = (len(order) if stacked else 2 if split < len(order) else 1) * 1.2 * _LINE
    pitch = down + r.uniform(0.1, 1.5) * _LINE
    per_column = -(-len(table.rows) // abreast)
    for number, row in enumerate(table.rows):
        x0 = 0.05 * sheet.width + (number // per_column) * wide
        top = y + (number % per_column) * pitch
        for half, part in enumerate((order[:split], order[split:])):
            x = x0 + (r.choice((0, 1.0)) * _LINE if half else 0)
            for place, i in enumerate(part):
                cell: DocCell = row[i]
                if cell.line is None:
                    continue
                at = top + half * 1.2 * _LINE
                if stacked:
                    at = top + (place + half * split) * 1.2 * _LINE
                    box = sheet.put(cell.text, x0, at, source=cell.line)
                elif place == len(part) - 1 and place > 0:
                    box = sheet.put(cell.text, x0 + wide - _LINE, at, align="r", source=cell.line)
                else:
                    box = sheet.put(cell.text, x, at, source=cell.line)
                x = box[2] + _LINE * 0.8
    return y + per_column * pitch


def _remapped(document: Document, sheet: _Sheet, height: float) -> Document:
    home = sheet.home

    def cell(given: DocCell) -> DocCell:
        if given.line is None or given.line not in home:
            return DocCell(text="", line=None)
        return replace(given, line=home[given.line])

    return replace(
        document,
        lines=tuple(sheet.lines),
        fields=tuple(
            replace(item, lines=tuple(home[i] for i in item.lines))
            for item in document.fields
            if all(i in home for i in item.lines)
        ),
        tables=tuple(
            replace(
                table,
                headers=tuple(cell(each) for each in table.headers),
                rows=tuple(tuple(cell(each) for each in row) for row in table.rows),
            )
            for table in document.tables
        ),
        title_lines=tuple(home[i] for i in document.title_lines if i in home),
        questions=tuple(replace(q, lines=()) for q in document.questions),
        width=int(sheet.width),
        height=int(height) + 1,
    )
