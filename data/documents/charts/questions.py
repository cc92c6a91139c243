"""Questions about charts in people's words, with exact answers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from .content import ChartTruth


@dataclass(frozen=True, kw_only=True)
class ChartQuestion:
    """A question; `answer` is a category, a series, yes/no, a word, or a number as text.

    Attributes:
        kind: "value", "extreme", "difference", "total", "average", "trend", "compare", "count".
        scale: the span of the value axis for numbers that are read off it, else 0.
    """

    text: str
    answer: str
    kind: str
    scale: float = 0.0


def chart_questions(truth: ChartTruth, r: Random, count: int = 4) -> list[ChartQuestion]:
    """At most `count` questions of different kinds."""
    makers: list[Callable[[ChartTruth, Random], ChartQuestion | None]] = [
        _value, _extreme, _difference, _total, _average, _trend, _compare, _count
    ]  # fmt: skip
    r.shuffle(makers)
    made = [question for maker in makers if (question := maker(truth, r)) is not None]
    return made[:count]


def _series(truth: ChartTruth, r: Random) -> tuple[int, str]:
    """A series and how a question names it ("" where there is one)."""
    index = r.randrange(len(truth.series))
    name = truth.series[index]
    return index, r.choice((f" for {name}", f" in the {name} series")) if name else ""


def _scale(truth: ChartTruth) -> float:
    return float(truth.high - truth.low)


def _value(truth: ChartTruth, r: Random) -> ChartQuestion:
    s, named = _series(truth, r)
    c = r.randrange(len(truth.categories))
    name = truth.categories[c]
    text = r.choice(
        (f"what was {name}{named}?", f"what is the value of {name}{named}?",
         f"how much was it in {name}{named}", f"{name}{named}?",
         f"read off the number for {name}{named}")
    )  # fmt: skip
    if truth.series[s] and r.random() < 0.3:
        text = f"how much is {truth.series[s]} in {name}?"
    return ChartQuestion(
        text=text, answer=str(truth.values[s][c]), kind="value", scale=_scale(truth)
    )


def _extreme(truth: ChartTruth, r: Random) -> ChartQuestion | None:
    s, named = _series(truth, r)
    most = r.random() < 0.6
    row = sorted(truth.values[s], reverse=most)
    if abs(row[0] - row[1]) < Decimal("0.03") * (truth.high - truth.low):
        return None
    answer = truth.categories[truth.values[s].index(row[0])]
    word = r.choice(("highest", "largest", "biggest") if most else ("lowest", "smallest"))
    text = r.choice(
        (f"which one is {word}{named}?", f"which has the {word} value{named}?",
         f"where is it {word}{named}")
    )  # fmt: skip
    if truth.title.endswith("month"):
        text = f"which month is {word}{named}?"
    return ChartQuestion(text=text, answer=answer, kind="extreme")


def _difference(truth: ChartTruth, r: Random) -> ChartQuestion:
    s, named = _series(truth, r)
    one, other = r.sample(range(len(truth.categories)), 2)
    row, names = truth.values[s], truth.categories
    if row[one] < row[other]:
        one, other = other, one
    text = r.choice(
        (f"how much more is {names[one]} than {names[other]}{named}?",
         f"what is the difference between {names[one]} and {names[other]}{named}?")
    )  # fmt: skip
    return ChartQuestion(
        text=text, answer=str(row[one] - row[other]), kind="difference", scale=_scale(truth)
    )


def _total(truth: ChartTruth, r: Random) -> ChartQuestion:
    s, named = _series(truth, r)
    text = r.choice((f"what is the sum of all values{named}?", f"add everything up{named}",
                     f"what's the total{named}?"))  # fmt: skip
    total = sum(truth.values[s], Decimal(0))
    return ChartQuestion(text=text, answer=str(total), kind="total", scale=float(total))


def _average(truth: ChartTruth, r: Random) -> ChartQuestion:
    s, named = _series(truth, r)
    text = r.choice((f"what is the average{named}?", f"the mean value{named}?"))
    mean = sum(truth.values[s], Decimal(0)) / len(truth.categories)
    return ChartQuestion(text=text, answer=str(round(mean, 2)), kind="average", scale=_scale(truth))


def _trend(truth: ChartTruth, r: Random) -> ChartQuestion | None:
    s, named = _series(truth, r)
    row = truth.values[s]
    change = (row[-1] - row[0]) / (truth.high - truth.low)
    if abs(change) < Decimal("0.15"):
        return None
    first, last = truth.categories[0], truth.categories[-1]
    text = f"did it go up or down from {first} to {last}{named}?"
    return ChartQuestion(text=text, answer="up" if change > 0 else "down", kind="trend")


def _compare(truth: ChartTruth, r: Random) -> ChartQuestion | None:
    s, named = _series(truth, r)
    one, other = r.sample(range(len(truth.categories)), 2)
    row, names = truth.values[s], truth.categories
    if abs(row[one] - row[other]) < Decimal("0.03") * (truth.high - truth.low):
        return None
    more = r.random() < 0.6
    text = f"is {names[one]} {'higher' if more else 'lower'} than {names[other]}{named}?"
    right = (row[one] > row[other]) == more
    return ChartQuestion(text=text, answer="yes" if right else "no", kind="compare")


def _count(truth: ChartTruth, r: Random) -> ChartQuestion:
    s, named = _series(truth, r)
    row = truth.values[s]
    span = truth.high - truth.low
    limits = [
        limit
        for k in range(1, int(span / truth.step))
        if all(abs(v - (limit := truth.low + truth.step * k)) > span / 50 for v in row)
    ]
    if not limits:
        return ChartQuestion(
            text="how many categories does the chart have?",
            answer=str(len(row)),
            kind="count",
        )
    limit = r.choice(limits)
    text = f"how many are above {limit}{named}?"
    return ChartQuestion(text=text, answer=str(sum(v > limit for v in row)), kind="count")
