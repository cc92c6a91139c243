"""Questions about a chart's numbers, answered by arithmetic on what was read.

What is asked is told by words of size, change and adding beside the names that the chart itself
prints; a question without any of them is left to the reader of the page's text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor, log10

from ...models.document_reader.matching import likeness
from ...models.tasks import BoxXYXY
from .charts import Chart

_MOST = re.compile(r"\b(highest|largest|biggest|greatest|most|max\w*|peak\w*|top|best)\b", re.I)
_LEAST = re.compile(r"\b(lowest|smallest|least|min\w*|fewest|worst|bottom)\b", re.I)
_HOW_MUCH = re.compile(
    r"\b(how (?:much|many|high|low|large|big)|value|number|figure|amount)\b", re.I
)
_TOTAL = re.compile(r"\b(total|sum|altogether|in all|add(?:ed)?(?: \w+){0,2} up|combined)\b", re.I)
_MEAN = re.compile(r"\b(average|mean|on average|typical)\b", re.I)
_APART = re.compile(
    r"\b(difference|how much (?:more|less|higher|lower|bigger|smaller|larger)|gap between"
    r"|change(?:d)? (?:from|between)|by how much)\b", re.I
)  # fmt: skip
_TREND = re.compile(
    r"\b(trend|go(?:es|ing)? up|go(?:es|ing)? down|rise|rose|rising|fall|fell|falling|grow\w*|grew"
    r"|increas\w*|decreas\w*|declin\w*|drop\w*|develop\w*|over time)\b", re.I
)  # fmt: skip
_COMPARED = re.compile(
    r"\b(?:is|was|are|were|does|did|has|had)\b.*\b(?P<more>higher|more|larger|bigger|greater"
    r"|above)|(?P<less>lower|less|smaller|fewer|below)\b.*\bthan\b", re.I
)  # fmt: skip
_LIMIT = re.compile(
    r"\b(?:(?P<more>above|over|more than|higher than|greater than|at least|exceed\w*)"
    r"|(?P<less>below|under|less than|lower than|fewer than|at most))\s+[$€£]?(?P<figure>[\d.,]+)"
    r"(?P<kilo>k\b)?", re.I
)  # fmt: skip
_COUNT = re.compile(r"\b(how many|number of|count)\b", re.I)
_KIND = re.compile(
    r"\b(what|which) (?:kind|type|sort) of (?:chart|graph|plot|picture|document)", re.I
)
_ABOUT = re.compile(
    r"\b(title|called|about|summar\w*|descri\w*|what does (?:it|this|the (?:chart|graph)) show"
    r"|what(?:'s| is) (?:this|it)\W*$)", re.I
)  # fmt: skip
_ALL = re.compile(
    r"\b(all|every|list|each|read (?:off |out )?(?:the )?(?:chart|graph|numbers|values|figures)"
    r"|what are the (?:numbers|values|figures)|as (?:a )?table|data)\b", re.I
)  # fmt: skip
_NAMED = 0.86


@dataclass(frozen=True, kw_only=True)
class ChartAnswer:
    """A short answer, a sentence, and the marks that it rests on (label, box)."""

    answer: str
    text: str
    marks: tuple[tuple[str, BoxXYXY], ...] = ()
    found: bool = True


@dataclass(frozen=True)
class _Cell:
    series: int
    category: int
    value: float


@dataclass(frozen=True)
class _Asked:
    """A question's words, and which of the chart's names they speak of, in order."""

    text: str
    categories: list[int] = field(default_factory=list)
    series: list[int] = field(default_factory=list)


def answer_chart(chart: Chart, question: str) -> ChartAnswer | None:
    """The answer, or None where the question does not ask for the chart's numbers."""
    asked = _Asked(question, _spoken(chart.categories, question), _spoken(chart.series, question))
    rest = _rest(chart, asked)
    if _KIND.search(rest):
        kind = f"{chart.kind} chart"
        return ChartAnswer(answer=kind, text=f"This is a {kind}.")
    for told, make in (
        (_LIMIT.search(rest) is not None, _limited),
        (_APART.search(rest) is not None, _apart),
        (_COMPARED.search(rest) is not None, _compared),
        (_TREND.search(rest) is not None, _trend),
        (_MEAN.search(rest) is not None, _mean),
        (_MOST.search(rest) is not None or _LEAST.search(rest) is not None, _extreme),
        (_TOTAL.search(rest) is not None, _total),
        (_COUNT.search(rest) is not None and not asked.categories, _count),
        (bool(asked.categories) or len(asked.series) == 1, _values),
        (_ABOUT.search(rest) is not None, _about),
        (_ALL.search(rest) is not None, _listed),
    ):
        if told and (found := make(chart, asked, rest)) is not None:
            return found
    return None


def shown(chart: Chart, value: float) -> str:
    """A number as the chart would write it."""
    places = max(0, -floor(log10(chart.step))) if chart.step < 1 else 0
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if chart.unit == "%" else f"{chart.unit}{text}"


def _spoken(names: Sequence[str], question: str) -> list[int]:
    """Names that a question speaks of, in the order it does; the longest match counts."""
    found: list[tuple[int, int, int]] = []
    for index, name in enumerate(names):
        forms = {name, *_LONG.get(name.lower()[:3], ())} if len(name) >= 3 else {name}
        spots = [
            match.span()
            for form in forms
            if form and (match := re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.I))
        ]
        if spots:
            start, end = max(spots, key=lambda s: s[1] - s[0])
            found.append((start, end, index))
    kept = [
        (start, index)
        for start, end, index in found
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in found)
    ]
    if not kept:
        # A name misspelt, or misread by OCR.
        words = re.findall(r"\w{3,}", question)
        kept = [
            (0, index)
            for index, name in enumerate(names)
            if len(name) >= 4 and any(likeness(name, word) > _NAMED for word in words)
        ][:1]
    return [index for _, index in sorted(kept)]


_LONG = {
    month[:3].lower(): (month[:3], month)
    for month in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    )
}  # fmt: skip


def _rest(chart: Chart, asked: _Asked) -> str:
    """The question without the names: "Top Gear" asks for no top."""
    text = asked.text
    for names, spoken in ((chart.categories, asked.categories), (chart.series, asked.series)):
        for index in spoken:
            text = re.sub(rf"(?<!\w){re.escape(names[index])}(?!\w)", "_", text, flags=re.I)
    return text


def _cells(chart: Chart, series: Sequence[int] = (), categories: Sequence[int] = ()) -> list[_Cell]:
    return [
        _Cell(s, c, value)
        for s in (series or range(len(chart.series)))
        for c in (categories or range(len(chart.categories)))
        if (value := chart.values[s][c]) is not None
    ]


def _name(chart: Chart, cell: _Cell, among_series: bool = True) -> str:
    series = chart.series[cell.series]
    return chart.categories[cell.category] + (f", {series}" if series and among_series else "")


def _marks(chart: Chart, cells: Sequence[_Cell]) -> tuple[tuple[str, BoxXYXY], ...]:
    return tuple(
        (f"{_name(chart, cell)}: {shown(chart, cell.value)}", box)
        for cell in cells
        if (box := chart.boxes[cell.series][cell.category]) is not None
    )


def _made(chart: Chart, answer: str, text: str, cells: Sequence[_Cell]) -> ChartAnswer:
    return ChartAnswer(answer=answer, text=text, marks=_marks(chart, cells))


def _values(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    cells = _cells(chart, asked.series, asked.categories)
    if not cells:
        return ChartAnswer(answer="none", text="I can't make out that mark.", found=False)
    told = [f"{_name(chart, cell)}: {shown(chart, cell.value)}" for cell in cells]
    answer = ", ".join(shown(chart, cell.value) for cell in cells)
    text = f"{_name(chart, cells[0])} is about {answer}." if len(cells) == 1 else "; ".join(told)
    return _made(chart, answer, text, cells)


def _two(chart: Chart, asked: _Asked) -> tuple[_Cell, _Cell] | None:
    """The two marks that a comparison speaks of."""
    if len(asked.categories) >= 2:
        pairs = [(s, c) for c in asked.categories[:2] for s in (asked.series[:1] or [0])]
    elif len(asked.series) >= 2 and (asked.categories or len(chart.categories) == 1):
        pairs = [(s, (asked.categories or [0])[0]) for s in asked.series[:2]]
    else:
        return None
    cells = [_cells(chart, [s], [c]) for s, c in pairs]
    return (cells[0][0], cells[1][0]) if all(cells) else None


def _apart(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    two = _two(chart, asked)
    if two is None:
        return None
    one, other = two
    apart = abs(one.value - other.value)
    more, less = (one, other) if one.value >= other.value else (other, one)
    text = (
        f"{_name(chart, more)} ({shown(chart, more.value)}) is about {shown(chart, apart)} above "
        f"{_name(chart, less)} ({shown(chart, less.value)})."
    )
    return _made(chart, shown(chart, apart), text, two)


def _compared(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    two = _two(chart, asked)
    if two is None:
        return None
    more = not re.search(r"\b(lower|less|smaller|fewer|below)\b", rest, re.I)
    right = two[0].value > two[1].value if more else two[0].value < two[1].value
    figures = " and ".join(f"{_name(chart, cell)} is {shown(chart, cell.value)}" for cell in two)
    answer = "yes" if right else "no"
    return _made(chart, answer, f"{answer.capitalize()}: {figures}.", two)


def _trend(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    told, cells, words = [], [], []
    for s in asked.series or range(len(chart.series)):
        row = _cells(chart, [s])
        if len(asked.categories) == 2:
            row = [cell for c in asked.categories for cell in _cells(chart, [s], [c])]
        if len(row) < 2:
            continue
        first, last = row[0], row[-1]
        change = last.value - first.value
        steps = [b.value - a.value for a, b in pairwise(row)]
        even = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
        flat = abs(change) < 0.02 * chart.span
        word = "about the same" if flat else "up" if change > 0 else "down"
        words.append(word)
        who = f"{chart.series[s]} goes" if chart.series[s] else "It goes"
        how = "" if even or flat else ", with turns on the way"
        told.append(
            f"{who} {word if not flat else 'sideways'}: from {shown(chart, first.value)} "
            f"({chart.categories[first.category]}) to {shown(chart, last.value)} "
            f"({chart.categories[last.category]}){how}."
        )
        cells += [first, last]
    if not told:
        return None
    return _made(chart, ", ".join(dict.fromkeys(words)), " ".join(told), cells)


def _mean(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    return _worked(chart, asked, "The average", lambda row: sum(row) / len(row))


def _total(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    return _worked(chart, asked, "The total", sum)


def _worked(chart: Chart, asked: _Asked, what: str, work) -> ChartAnswer | None:
    answers, told, cells = [], [], []
    over_series = bool(asked.categories) and len(chart.series) > 1 and not asked.series
    groups = [_cells(chart, (), asked.categories)] if over_series else [
        _cells(chart, [s], asked.categories) for s in asked.series or range(len(chart.series))
    ]  # fmt: skip
    for group in groups:
        if not group:
            continue
        value = shown(chart, work([cell.value for cell in group]))
        name = "" if over_series else chart.series[group[0].series]
        answers.append(value)
        told.append(f"{what}{f' of {name}' if name else ''} is about {value}.")
        cells += group
    return _made(chart, ", ".join(answers), " ".join(told), cells) if answers else None


def _extreme(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    most = _MOST.search(rest) is not None
    cells = _cells(chart, asked.series, asked.categories)
    if not cells:
        return None
    best = (max if most else min)(cells, key=lambda cell: cell.value)
    by_series = len(asked.categories) == 1 and len(chart.series) > 1 and not asked.series
    name = chart.series[best.series] if by_series else chart.categories[best.category]
    among = len(chart.series) > 1 and not asked.series and not by_series
    value = shown(chart, best.value)
    wants_number = _HOW_MUCH.search(rest) and not re.search(
        r"\b(which|when|where|who)\b", rest, re.I
    )
    word = "highest" if most else "lowest"
    text = f"{_name(chart, best, among or by_series)} is the {word}, about {value}."
    return _made(chart, value if wants_number else name, text, [best])


def _limited(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    match = _LIMIT.search(rest)
    assert match is not None  # it was found before
    figure = match["figure"].rstrip(".,").replace(",", "")
    try:
        limit = float(figure) * (1000 if match["kilo"] else 1)
    except ValueError:
        return None
    above = bool(match["more"])
    cells = _cells(chart, asked.series, asked.categories)
    held = [cell for cell in cells if (cell.value > limit if above else cell.value < limit)]
    word = f"{'above' if above else 'below'} {shown(chart, limit)}"
    if len(asked.categories) == 1 and len(cells) == 1:
        answer = "yes" if held else "no"
        text = f"{answer.capitalize()}, {_name(chart, cells[0])} is {shown(chart, cells[0].value)}."
        return _made(chart, answer, text, cells)
    names = [_name(chart, cell, not asked.series) for cell in held]
    if _COUNT.search(rest):
        listed = f": {', '.join(names)}" if names else ""
        return _made(chart, str(len(held)), f"{len(held)} are {word}{listed}.", held)
    answer = ", ".join(names) or "none"
    return _made(chart, answer, f"{answer} {'are' if len(names) != 1 else 'is'} {word}.", held)


def _count(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    if re.search(r"\b(series|lines|colou?rs|legend\w*)\b", rest, re.I):
        count, what = len(chart.series), "series"
    elif re.search(
        r"\b(categor\w*|bars|points|months|years|quarters|days|cit\w+|items)\b", rest, re.I
    ):
        bars = re.search(r"\bbars\b", rest, re.I)
        count = len(_cells(chart)) if bars else len(chart.categories)
        what = "bars" if bars else "categories"
    else:
        return None
    return ChartAnswer(answer=str(count), text=f"The chart has {count} {what}.")


def _about(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    if re.search(r"\b(title|called)\b", rest, re.I):
        answer = chart.title or "none"
        return ChartAnswer(answer=answer, text=chart.title or "It has no title.",
                           found=bool(chart.title))  # fmt: skip
    cells = _cells(chart)
    low, high = (choose(cells, key=lambda cell: cell.value) for choose in (min, max))
    names = [name for name in chart.series if name]
    of = f" of {', '.join(names)}" if names else ""
    text = (
        f"A {chart.kind} chart{of}{f', “{chart.title}”' if chart.title else ''}: "
        f"{len(chart.categories)} values from {chart.categories[0]} to {chart.categories[-1]}, "
        f"lowest {_name(chart, low)} ({shown(chart, low.value)}), "
        f"highest {_name(chart, high)} ({shown(chart, high.value)})."
    )
    return _made(chart, chart.title or f"{chart.kind} chart", text, [low, high])


def _listed(chart: Chart, asked: _Asked, rest: str) -> ChartAnswer | None:
    return _values(chart, asked, rest)


def chart_rows(chart: Chart) -> list[list[str]]:
    """The chart as a table: a header, and a row for each category."""
    head = ["category", *(name or "value" for name in chart.series)]
    rows = [
        [name, *("" if row[c] is None else plain_number(row[c]) for row in chart.values)]
        for c, name in enumerate(chart.categories)
    ]
    return [head, *rows]


def plain_number(value: float | None) -> str:
    """ "12.5", "300": for other programs, without unit or grouping."""
    return f"{value:.6g}" if value is not None and abs(value) < 1e6 else f"{value:.0f}"
