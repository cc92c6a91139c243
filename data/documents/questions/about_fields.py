"""Questions about fields, printed or absent, and yes/no questions about them."""

from ..types import DocQuestion
from .field_phrases import NOUNS, QUESTIONS
from .patterns import FIELD_PATTERNS, LABEL_PATTERNS, doc_word, typed
from .source import LIKELY_ABSENT, Source, parse_amount
from .voices import ELSEWHERE

_PRESENCE = (
    "is there a {n}?", "is there any {n} on it", "does it show a {n}", "does the {doc} have a {n}?",
    "can you see a {n}", "is a {n} given?", "do they print a {n}?", "is the {n} stated",
    "does this {doc} mention a {n}", "is there a {n} on this {doc}?", "any {n} on there?",
)  # fmt: skip
_PRESENCE_KEYS = (
    "phone", "email", "website", "fax", "discount", "due_date", "tax_number", "signature", "time",
    "date", "service_charge", "table_number", "iban", "tip", "seat", "gate", "reference", "address",
    "invoice_number", "change", "wifi", "valid_until", "birth_date", "customer_number",
)  # fmt: skip
_CASH = (
    "was it paid in cash?",
    "did they pay cash",
    "cash payment?",
    "was cash used",
    "did I pay with cash",
    "has this been paid in cash",
    "did the customer pay cash",
)
_CARD = (
    "was it paid by card?", "did I pay by card", "was a card used", "card payment?",
    "did they pay with a card", "was this a card payment",
)  # fmt: skip
_CARD_WORDS = ("visa", "master", "card", "amex", "maestro", "contactless", "debit", "credit")
_MORE = (
    "is the total more than {x}?",
    "is it more than {x}",
    "did it cost more than {x}",
    "was it over {x}",
    "did I spend more than {x}?",
    "is the amount above {x}",
    "was the total higher than {x}",
)
_LESS = (
    "is the total less than {x}?", "was it under {x}", "did it cost less than {x}",
    "is it below {x}?", "did I pay less than {x}", "is the total smaller than {x}",
)  # fmt: skip


_ALL_KEYS = tuple(key for key in QUESTIONS if "@" not in key)


def phrase(source: Source, key: str) -> str:
    """One way to ask for a key."""
    rng = source.rng
    word = doc_word(rng, source.kind)
    row = _row(key, source.kind)
    if rng.random() < 0.5:
        return rng.choice(QUESTIONS[row]).format(doc=word)
    return rng.choice(FIELD_PATTERNS).format(n=rng.choice(NOUNS[row]), doc=word)


def _row(key: str, kind: str) -> str:
    """The phrase row of a key; shops and other papers are asked about in different words."""
    if f"{key}@{kind}" in QUESTIONS:
        return f"{key}@{kind}"
    if kind not in ("receipt", "invoice", "bill") and f"{key}@other" in QUESTIONS:
        return f"{key}@other"
    return key


def field_question(source: Source) -> DocQuestion | None:
    """A question answered by a printed field."""
    known = [item for item in source.askable if item.key in QUESTIONS]
    if not known:
        return None
    item = source.rng.choice(known)
    if source.rng.random() < 0.3:
        main = [
            f for f in known if f.key in ("total", "company", "date", "address", "invoice_number")
        ]
        item = source.rng.choice(main) if main else item
    rng, label = source.rng, item.label
    by_label = bool(label) and rng.random() < 0.07 and source.label_counts[label.lower()] == 1
    text = rng.choice(LABEL_PATTERNS).format(l=label) if by_label else phrase(source, item.key)
    return DocQuestion(
        text=typed(rng, text), answer=item.value, found=True, kind="field", lines=item.lines,
        key=item.key, op="label" if by_label else "field", target=item.key,
        names=(label,) if by_label else (),
    )  # fmt: skip


def absent_field(source: Source) -> DocQuestion | None:
    """A question for a plausible field that the document lacks."""
    rng = source.rng
    if rng.random() < 0.08:
        return DocQuestion(
            text=typed(rng, rng.choice(ELSEWHERE)), answer="none", found=False, kind="not_there",
            target="other",
        )  # fmt: skip
    pool = LIKELY_ABSENT.get(source.kind, ())
    if rng.random() < 0.25 or not pool:
        pool = _ALL_KEYS
    for _ in range(12):
        key = rng.choice(pool)
        if key in QUESTIONS and source.absent(key):
            return DocQuestion(
                text=typed(rng, phrase(source, key)), answer="none", found=False,
                kind="not_there", key=key, target=key,
            )  # fmt: skip
    return None


def presence(source: Source) -> DocQuestion | None:
    """Is there a phone number?"""
    rng = source.rng
    printed = [key for key in _PRESENCE_KEYS if key in source.present]
    missing = [key for key in _PRESENCE_KEYS if source.absent(key)]
    wanted = printed if rng.random() < 0.5 else missing
    if not wanted:
        return None
    key = rng.choice(wanted)
    noun = rng.choice(NOUNS[_row(key, source.kind)][:2])
    text = rng.choice(_PRESENCE).format(n=noun, doc=doc_word(rng, source.kind))
    if noun[0].lower() in "aeiou":
        text = text.replace(f" a {noun}", f" an {noun}")
    lines = next((f.lines for f in source.fields if f.key == key), ())
    answer = "yes" if key in source.present else "no"
    return DocQuestion(
        text=typed(rng, text), answer=answer, found=True, kind="yes_no", lines=lines, key=key,
        op="presence", target=key,
    )  # fmt: skip


def paid_how(source: Source) -> DocQuestion | None:
    """Was it paid in cash? By card? Only where the way of payment is printed."""
    by_key = {item.key: item for item in source.askable}
    method = by_key.get("payment_method")
    if source.kind != "receipt" or method is None:
        return None
    card = any(word in method.value.lower() for word in _CARD_WORDS)
    cash = "cash" in by_key
    if card == cash:
        return None
    asks_cash = source.rng.random() < 0.7
    text = source.rng.choice(_CASH if asks_cash else _CARD)
    return DocQuestion(
        text=typed(source.rng, text), answer="yes" if asks_cash == cash else "no", found=True,
        kind="yes_no", lines=method.lines, key="payment_method",
        op="paid_cash" if asks_cash else "paid_card", target="payment_method",
    )  # fmt: skip


def threshold(source: Source) -> DocQuestion | None:
    """Is the total more than 20?"""
    item = next((f for f in source.askable if f.key == "total"), None)
    value = parse_amount(item.value) if item else None
    if item is None or value is None or value < 2:
        return None
    rng = source.rng
    limit = max(1, round(value * rng.uniform(0.4, 1.7)))
    if limit >= 30:
        limit = round(limit, -1)
    if abs(limit - value) < 0.01:
        return None
    more = rng.random() < 0.6
    text = rng.choice(_MORE if more else _LESS).format(x=limit)
    return DocQuestion(
        text=typed(rng, text), answer="yes" if (value > limit) == more else "no", found=True,
        kind="yes_no", lines=item.lines, key="total", op="limit", target="total",
    )  # fmt: skip
