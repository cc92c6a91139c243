"""The named fields of a document: the reader's own questions, several wordings each, and choosing
among look-alikes by what such a value must look like.

A total stands on a receipt three times and a subtotal beside it: probabilities of equal figures
are added before the best is taken. A date must be a date. Names and addresses are mended against
the lexicon.
"""

from collections import defaultdict
from collections.abc import Sequence

from .features import Word
from .lexicon import ShopLexicon
from .ocr import TextLine
from .values import amounts, dates

FIELD_QUESTIONS: dict[str, tuple[str, ...]] = {
    "company": ("what is the company name?", "which shop is this from?", "name of the seller"),
    "date": ("what is the date?", "date of purchase", "when was it issued?"),
    "address": ("what is the address?", "address of the company", "where is the shop?"),
    "total": ("what is the total?", "total amount", "what is the amount to pay?"),
    "invoice_number": ("what is the invoice number?", "receipt number?"),
    "phone": ("what is the phone number?",),
    "tax": ("how much is the tax?",),
    "due_date": ("what is the due date?",),
    "time": ("what time was it?",),
    "customer": ("who is the customer?",),
    "email": ("what is the email address?",),
}
"""Canonical field -> the questions asked for it; their probabilities are averaged."""

MENDED = {"company": 0.86, "address": 0.9}
"""Fields that the lexicon may mend, and how alike a text must be."""

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


def mend_field(key: str, text: str, lexicon: ShopLexicon) -> str:
    """The text, its OCR slips put right where the lexicon knows it."""
    return lexicon.mend(key, text, MENDED[key]) if key in MENDED else text
