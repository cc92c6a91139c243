"""What questions about printed figures are made of: numbers in words, relations, bare subjects."""

import re

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
          "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_WORD = "|".join([*_VALUES, "hundred", "thousand"])
_SPELLED = re.compile(
    rf"\b(?P<than>than|over|under|above|below|least|most|to)\s+"
    rf"(?P<number>(?:a\s+(?=hundred|thousand))?(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}))*)\b",
    re.I,
)

MORE = r"more(?: expensive)?|higher|greater|bigger|larger|over|above|exceed\w*|dearer|pricier"
LESS = r"less(?: expensive)?|lower|smaller|fewer|under|below|cheaper"
FIELD = re.compile(
    r"\b(?:total|sub-?total|cash|change|tax|gst|vat|discount|tip|balance|shipping|delivery|deposit"
    r"|fee|rounding|net|gross|amount|service charge|payment|subtotal)\b", re.I
)  # fmt: skip


def in_digits(request: str) -> str:
    """A request with the amount that it compares with in digits: "more than twenty five"."""

    def digits(match: re.Match[str]) -> str:
        return f"{match['than']} {_value(match['number'])}"

    return _SPELLED.sub(digits, request)


def _value(words: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            current = max(1, current) * 100
        elif word == "thousand":
            total, current = total + max(1, current) * 1000, 0
        else:
            current += _VALUES.get(word, 0)
    return total + current


def subject_of(words: str) -> str:
    """What a clause speaks of, without its article and verbs: "did the tea cost" is "tea"."""
    bared = re.sub(r"^(?:did|does|do|is|was|were|are)\s+", "", words.strip(), flags=re.I)
    bared = re.sub(r"^(?:the|a|an|my|our|this|that)\s+", "", bared, flags=re.I)
    return re.sub(r"\s+(?:cost|costs|be|come to|amount to)$", "", bared, flags=re.I).strip(" ?.,")
