"""Figures and dates that a person holds an answer against: "is the total over 20?".

    held_against("tell me whether it's over 20")     # Held(order="more", figure="20", asked="...")

Only yes-or-no questions count: "which items cost over 20?" asks for items.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...models.common.values import CURRENCY, DATE, NUMBER
from ...tools.values import comparable
from ..planning import Order

_WORDS = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100,
    "one hundred": 100, "two hundred": 200, "five hundred": 500, "thousand": 1000,
    "a thousand": 1000, "one thousand": 1000,
}  # fmt: skip
_ORDERS: dict[str, Order] = {
    "atleast": "at least", "atmost": "at most", "more": "more", "less": "less",
}  # fmt: skip
_MONEY = (
    r"(?:dollars?|euros?|pounds?|bucks|quid|ringgits?|cents?|francs?|kron[aeo]r?|yen|rupees?"
    rf"|{CURRENCY})"
)
_HELD = re.compile(
    r"\b(?:(?P<atleast>at least|(?:no|not) less than)|(?P<atmost>at most|(?:no|not) more than)"
    r"|(?P<more>over|above|exceed(?:s|ed|ing)?|beyond|after|later than"
    r"|(?:more|higher|greater|bigger|larger) than)"
    r"|(?P<less>under|below|before|(?:less|lower|smaller|cheaper|earlier) than))\s+"
    rf"(?P<figure>{DATE.pattern}|{CURRENCY}?\s?(?:{NUMBER.pattern})"
    rf"|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)"
    # "Over 20 items" counts things.
    rf"(?=\s*(?:{_MONEY}(?!\w))?\s*(?:$|[,.?!;)]|(?:and|or|on|here|in|for|then|so|to|please|pls"
    r"|too|at all|altogether|already)\b))",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[,.;:?!]\s|\b(?:and|then|but)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^\W*(?:(?:please|hey|ok|okay|so|also|now|tell me|check|can you|could you|see|say)\b[\s,]*)*"
    r"(?:is|was|are|were|does|do|did|has|have|isn['’]?t|wasn['’]?t|didn['’]?t)\b"
    r"|\b(?:whether|if)\b",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"\b(?:there|any|anything|something|each|every|which|what|how|who|items?|things?|all)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A figure or a date that an answer is held against.

    Attributes:
        figure: as it was said, without a currency that stands behind it. asked: what is asked
            of it, from the beginning of its clause.
    """

    order: Order
    figure: str
    asked: str


def held_against(text: str) -> Held | None:
    """What a yes-or-no question holds an answer against, or None."""
    match = _HELD.search(text)
    if match is None:
        return None
    starts = [cut.end() for cut in _BOUNDARY.finditer(text, 0, match.start())]
    asked = text[starts[-1] if starts else 0 : match.end()]
    if not _CLOSED.search(asked) or _OF_SEVERAL.search(asked):
        return None
    order = next(group for group in _ORDERS if match[group])
    return Held(order=_ORDERS[order], figure=match["figure"].strip(), asked=asked)


def worth(figure: str) -> Decimal | date | None:
    """What a figure as said is worth: "20", "RM 20", "twenty", "10 May 2022"."""
    said = _WORDS.get(figure.lower())
    return Decimal(said) if said is not None else comparable(figure)
