"""Rows of a receipt that prove themselves: their amounts add up to a total printed below them.

Shops lay items out in a hundred ways: on one line, a code below the name, "4 X 2.90 11.60" below
both. Whatever the layout, the amounts of the right rows add up; where the model's do not and rows
read off the page's lines do, these are the items.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from .processor import PageInputs

_CLOSING = re.compile(
    r"\b(?:sub\W?total|total|subtotal|amount due|amt|net(?: amount| total)?|balance|summe|gesamt"
    r"|zwischensumme|montant|importe|net (?:à|a) payer|zu zahlen|nett?o)\b", re.I
)  # fmt: skip
_HEADING = re.compile(
    r"\b(?:qty|quantity|price|amount|item|description|total|tax|date|time|invoice|tel|bill|table"
    r"|cashier|counter|trans|staff)\b", re.I
)  # fmt: skip
_NO_ITEM = re.compile(r"\b(?:gst|vat|tax|service|rounding|disc(?:ount)?|tva|mwst|ust)\b", re.I)
_NO_NAME = re.compile(
    r"^\W*(?:rm|myr|usd|eur|gbp|sgd|sek|chf|ssr|[szet]rl?|tx|pcs?|unit|uni|qty|each|ea|nos?)\W*$",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NEAR = 0.6
_CENTS = 2
_REACH = 3
_WHOLE = 0.75
"""Share of the largest total that items come to at least: less is one section of several."""


@dataclass(frozen=True, kw_only=True)
class ItemWords:
    """An item: the words of its name, its amount, and, where printed, its count and unit price."""

    name: tuple[int, ...]
    amount: int
    price: int | None = None
    count: int | None = None


def page_rows(inputs: PageInputs) -> list[list[int]]:
    """The words of a page, row by row, each from left to right."""
    middles = (inputs.boxes[:, 1] + inputs.boxes[:, 3]) / 2
    rows: list[list[int]] = []
    for word in np.argsort(middles, kind="stable").tolist():
        if rows and middles[word] - np.mean([middles[i] for i in rows[-1]]) < _NEAR:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda i: float(inputs.boxes[i, 0])) for row in rows]


def items_that_add_up(inputs: PageInputs) -> list[ItemWords]:
    """The items of a page whose amounts add up to a total printed below them; [] where none do."""
    rows = page_rows(inputs)
    cents = inputs.cents.astype(int)
    closing = [k for k, row in enumerate(rows) if _closes(inputs, row) or _sums_up(inputs, rows, k)]
    goals = {k: {int(cents[i]) for i in rows[k] if cents[i] > 0} for k in closing}
    least = _WHOLE * max((goal for held in goals.values() for goal in held), default=0)
    for end in closing:
        priced = [
            k for k in range(end) if k not in goals and any(cents[i] for i in rows[k])
        ]  # fmt: skip
        sums = np.cumsum([_amount(inputs, rows[k]) for k in reversed(priced)])
        for back, total in reversed(list(enumerate(sums.tolist()))):
            # One row below many that equals the total is a subtotal, not an item.
            if (
                2 * (back + 1) >= len(priced)
                and total >= least
                and any(abs(total - goal) <= _CENTS for goal in goals[end])
            ):
                return _items(inputs, rows, priced[len(priced) - 1 - back :])
    return []


def adds_up(inputs: PageInputs, amounts: Sequence[int]) -> bool:
    """Whether some words' amounts come to one of the page's printed totals."""
    cents = inputs.cents.astype(int)
    goals = {
        int(cents[i]) for row in page_rows(inputs) if _closes(inputs, row) for i in row if cents[i]
    }
    total = int(cents[list(amounts)].sum())
    return any(abs(total - goal) <= _CENTS for goal in goals)


def _text(inputs: PageInputs, row: Sequence[int]) -> str:
    return " ".join(inputs.words[i].text for i in row)


def _closes(inputs: PageInputs, row: Sequence[int]) -> bool:
    """Whether a row tells a total: a figure behind such a word."""
    return any(inputs.cents[i] for i in row) and bool(_CLOSING.search(_text(inputs, row)))


def _sums_up(inputs: PageInputs, rows: Sequence[Sequence[int]], place: int) -> bool:
    """Whether a row's amount is that of two or more rows right above: a total, whatever it says."""
    if not any(inputs.cents[i] for i in rows[place]):
        return False
    goal, total, count = _amount(inputs, rows[place]), 0, 0
    for row in reversed(rows[:place]):
        if any(inputs.cents[i] for i in row):
            total, count = total + _amount(inputs, row), count + 1
            if count > 1 and total == goal > 0:
                return True
    return False


def _amount(inputs: PageInputs, row: Sequence[int]) -> int:
    """The last amount of a row, cents; below zero where a minus stands before it."""
    last = [i for i in row if inputs.cents[i]][-1]
    word = inputs.words[last]
    before = inputs.lines[word.line].text[: word.start].rstrip(" $€£")
    cents = int(inputs.cents[last])
    return -abs(cents) if before.endswith(("-", "(")) else cents


def _items(
    inputs: PageInputs, rows: Sequence[Sequence[int]], priced: Sequence[int]
) -> list[ItemWords]:
    """The items of the rows that hold their amounts: what is taken off or added is none."""
    kept = [
        k for k in priced
        if _amount(inputs, rows[k]) > 0 and not _NO_ITEM.search(_text(inputs, rows[k]))
    ]  # fmt: skip
    names = _names(inputs, rows, kept)
    found = []
    for k, name in zip(kept, names, strict=True):
        if not name:
            return []
        held = [i for i in rows[k] if inputs.cents[i]]
        count, price = _counted(inputs, rows[k], held)
        found.append(ItemWords(name=name, amount=held[-1], price=price, count=count))
    return found


def _names(
    inputs: PageInputs, rows: Sequence[Sequence[int]], priced: Sequence[int]
) -> list[tuple[int, ...]]:
    """The name of each item: on its row, else above all of them, or below, as under a heading."""
    own = [_named(inputs, rows[k], beside=True) for k in priced]
    if not priced or sum(map(bool, own)) >= 0.5 * len(own):
        return own
    above = priced[0] > 0 and not _HEADING.search(_text(inputs, rows[priced[0] - 1]))
    edges = [max(-1, priced[0] - _REACH - 1), *priced, len(rows)]
    groups = []
    for place, k in enumerate(priced, start=1):
        near = range(edges[place - 1] + 1, k) if above else range(k + 1, edges[place + 1])
        groups.append(
            [name for row in near if (name := _named(inputs, rows[row]))]
            or [name for row in near if (name := _named(inputs, rows[row], coded=True))]
        )
    # A name may go on below; above the first item there are other things too.
    usual = int(np.median([len(group) for group in groups[1:]])) if len(groups) > 1 else 1
    if above:
        groups[0] = groups[0][-max(1, usual) :]
    return [group[0] if group else mine for group, mine in zip(groups, own, strict=True)]


def _named(
    inputs: PageInputs, row: Sequence[int], *, beside: bool = False, coded: bool = False
) -> tuple[int, ...]:
    """The words of a name on a row, left of its figures; codes, counts and totals are none.

    Args:
        beside: the row has the item's figures too, so that a number at either end is one of them.
        coded: a name may have more digits than letters.
    """
    text = _text(inputs, row)
    words = list(takewhile(lambda i: not inputs.cents[i], row))
    if _CLOSING.search(text) or (not beside and _HEADING.search(text)):
        return ()
    figure = re.compile(r"\d+[xX×*@]?|[xX×*@]" if beside else r"[\d.,/#-]*\d{3,}[\d.,/#-]*")
    for end in (0, -1):
        while words and (
            figure.fullmatch(inputs.words[words[end]].text)
            or _NO_NAME.match(inputs.words[words[end]].text)
            or not any(c.isalnum() for c in inputs.words[words[end]].text)
        ):
            words.pop(end)
    letters = "".join(inputs.words[i].text for i in words)
    digits = 0 if coded else sum(c.isdigit() for c in letters)
    known = sum(c.isalpha() for c in letters) >= max(3, digits)
    return tuple(words) if known and (beside or _WORD.search(letters)) else ()


def _counted(
    inputs: PageInputs, row: Sequence[int], priced: Sequence[int]
) -> tuple[int | None, int | None]:
    """The words of the count and of the unit price, where they come to the row's amount."""
    amount = int(inputs.cents[priced[-1]])
    for price in priced[:-1]:
        each = int(inputs.cents[price])
        for word in row:
            match = re.match(r"\d{1,3}(?=\D|$)", inputs.words[word].text)
            if word not in priced and match and each * int(match[0]) == amount:
                return word, price
    return None, None
