"""The named fields of a document: choosing among look-alikes by what such a value must look like.

A total stands on a receipt three times and a subtotal beside it: probabilities of equal figures
are added before the best is taken. A date must be a date. Names and addresses are mended against
the lexicon.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from ..common.values import amounts, dates, parse_number
from .candidates import candidates
from .features import Word
from .lexicon import ShopLexicon
from .ocr import TextLine
from .scorer import FieldScorers

NAMED: dict[str, tuple[str, ...]] = {
    "company": ("company", "bank_name", "organizer"),
    "date": ("date", "invoice_date", "issue_date", "travel_date", "event_date"),
    "address": ("address",),
    "total": ("total", "price", "closing_balance"),
    "invoice_number": ("invoice_number", "receipt_number", "ticket_number"),
    "phone": ("phone", "mobile"),
    "tax": ("tax",),
    "due_date": ("due_date",),
    "time": ("time", "event_time", "departure_time"),
    "customer": ("customer", "recipient", "passenger", "name", "account_holder"),
    "email": ("email",),
}
"""Canonical field -> the tags that can stand for it, the likeliest first."""

MENDED = {"company": 0.9, "address": 0.94}
"""Fields that the lexicon may mend, and how alike a text must be."""

_POINTED = 0.3
"""Weight of the model's pointer beside the scorer: learnt on the same receipts, it is surer of
them than of new ones."""

_SDN_BHD = re.compile(r"\bS[DO0]?N\s+B[HN][DO0]\b", re.I)

_AMOUNT_FIELDS = frozenset({"total", "tax"})
_DATE_FIELDS = frozenset({"date", "due_date"})


def choose_value(
    key: str, lines: Sequence[TextLine], words: Sequence[Word], first: Sequence[float]
) -> tuple[tuple[int, ...], float] | None:
    """For a figure or a date: the words of the best value and its probability.

    Args:
        key: canonical field.
        lines, words: of the page.
        first: probability of each line as the answer's first.

    Returns:
        None for other fields, or where no such value is printed on a likely line.
    """
    found: dict[object, list[tuple[float, int, int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if key in _AMOUNT_FIELDS:
            spans = [(a, b, value) for a, b, value in amounts(line.text)]
        elif key in _DATE_FIELDS:
            spans = [
                (a, b, "".join(filter(str.isalnum, line.text[a:b]))) for a, b in dates(line.text)
            ]
        else:
            return None
        for place, (start, end, value) in enumerate(spans):
            # The last figure of a line is the one its label is about, the first date likewise.
            last = place == (len(spans) - 1 if key in _AMOUNT_FIELDS else 0)
            found[value].append((first[index] if last else 0.3 * first[index], index, start, end))
    if not found:
        return None
    value, places = max(found.items(), key=lambda item: sum(each[0] for each in item[1]))
    probability = sum(each[0] for each in places)
    if probability < 0.02:
        return None
    _, index, start, end = max(places)
    picked = tuple(
        i for i, w in enumerate(words) if w.line == index and w.start < end and w.end > start
    )
    return picked, min(1.0, probability)


def choose_candidate(
    key: str,
    lines: Sequence[TextLine],
    first: Sequence[float],
    scorers: FieldScorers,
    lexicon: ShopLexicon,
) -> tuple[tuple[tuple[int, int, int], ...], str, float] | None:
    """The best candidate of a receipt's field: its spans (line, start, end), text, probability.

    The scorer's probability is weighed with where the model points; equal figures add up.
    """
    found = candidates(key, lines, lexicon.alike)
    if not found:
        return None
    scored = scorers.probabilities(key, found)
    votes: dict[object, float] = defaultdict(float)
    weighed = []
    for each, probability in zip(found, scored, strict=True):
        pointed = first[each.spans[0][0]]
        weighed.append(probability * (pointed + 0.05) ** _POINTED)
    norm = sum(weighed)
    for each, weight in zip(found, weighed, strict=True):
        votes[parse_number(each.text) if key == "total" else each.text] += weight / norm
    value = max(votes, key=lambda item: votes[item])
    best = max(
        (weight, order)
        for order, (each, weight) in enumerate(zip(found, weighed, strict=True))
        if (parse_number(each.text) if key == "total" else each.text) == value
    )[1]
    return found[best].spans, found[best].text, min(1.0, votes[value])


def mend_field(key: str, text: str, lexicon: ShopLexicon) -> str:
    """The text, its OCR slips put right where the lexicon knows it."""
    if key == "company":
        text = _SDN_BHD.sub("SDN BHD", text)
    return lexicon.mend(key, text, MENDED[key]) if key in MENDED else text
