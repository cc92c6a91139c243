"""Numbers in instructions: percentages, factors, degrees, sizes and "a bit", read with care."""

import re

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "forty-five": 45, "forty five": 45, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
_FRACTIONS = {
    "two thirds": 2 / 3, "2 thirds": 2 / 3, "2/3": 2 / 3, "three quarters": 0.75,
    "3 quarters": 0.75, "3/4": 0.75, "half": 0.5, "1/2": 0.5, "third": 1 / 3, "1/3": 1 / 3,
    "quarter": 0.25, "1/4": 0.25, "fifth": 0.2,
    "tenth": 0.1, "fourth": 0.25,
}  # fmt: skip
_FRACTION = re.compile(r"(?<![\w/])(" + "|".join(map(re.escape, _FRACTIONS)) + r")(?![\w/])")
_NUMBER = re.compile(r"[+\-−–]?\d+(?:[.,]\d+)?")
_SPELLED = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b"
)
_PERCENT = re.compile(r"([+\-−–]?)\s*(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent\b|pct\b)")
_PIXELS = re.compile(r"(\d+)\s*(?:px|pixels?|pix)\b")
_SIGNED = re.compile(r"([+\-−–])\s*(\d+(?:[.,]\d+)?)")
_LITTLE = re.compile(
    r"\b(a (?:wee |tiny |little )?(?:bit|little|touch|tad|smidge\w*|hair)|touch|slight(?:ly)?"
    r"|somewhat|subtl[ey]|gently|a little|just a bit|smidge\w*)\b"
)
_LOT = re.compile(
    r"\b(a lot|(?<!too )much|way|far|strongly|heav(?:y|ily)|very|really|loads|lots|extreme(?:ly)?"
    r"|tons|super|seriously|drastic(?:ally)?|completely)\b"
)
LITTLE, PLAIN, LOT = 0.2, 0.4, 0.8
LITTLE_LESS, PLAIN_LESS, LOT_LESS = 0.85, 0.7, 0.5


def spelled_out(text: str) -> str:
    """`text` in lower case with number words as digits ("twenty degrees" -> "20 degrees")."""
    return _SPELLED.sub(lambda match: str(_WORDS[match[1]]), text.lower())


def numbers(text: str) -> list[float]:
    """Every number of `text`, in order; signs kept where they stand before a digit."""
    found = _NUMBER.findall(spelled_out(text))
    return [float(n.replace(",", ".").replace("−", "-").replace("–", "-")) for n in found]


def whole_numbers(text: str) -> list[int]:
    """Every run of digits of `text`, in order."""
    return [int(n) for n in re.findall(r"\d+", spelled_out(text))]


def percent(text: str) -> float | None:
    """A percentage as a share (25% -> 0.25), or None; a sign is left to the caller."""
    match = _PERCENT.search(spelled_out(text))
    return float(match[2].replace(",", ".")) / 100 if match else None


def pixels(text: str) -> int | None:
    """A number of pixels, or None."""
    match = _PIXELS.search(spelled_out(text))
    return int(match[1]) if match else None


def fraction(text: str) -> float | None:
    """ "a third", "two thirds", "half", "1/4" as a share, or None."""
    match = _FRACTION.search(text.lower())
    return _FRACTIONS[match[1]] if match else None


def share(text: str) -> float | None:
    """A percentage or a fraction."""
    found = percent(text)
    return found if found is not None else fraction(text)


def factor(text: str, more: bool) -> float:
    """How much to scale a quality by: "by 30%", "+40", "twice", "a bit", or the ordinary step.

    Args:
        more: the direction the words around ask for.
    """
    plain = spelled_out(text)
    amount = percent(plain)
    if amount is None and (signed := _SIGNED.search(plain)):
        amount = float(signed[2].replace(",", ".")) / 100
        more = signed[1] == "+"
    if amount is not None:
        return round(1 + amount if more else max(0.0, 1 - amount), 4)
    if re.search(r"\b(twice|double|2x|x2|two times|2 times)\b", plain):
        return 2.0 if more else 0.5
    if re.search(r"\bhalve\b", plain):
        return 0.5
    if (part := fraction(plain)) is not None:
        return round(1 + part if more else 1 - part, 4)
    if re.search(r"\b(triple|3x|3 times)\b", plain):
        return 3.0 if more else round(1 / 3, 4)
    if _LITTLE.search(plain):
        return 1 + LITTLE if more else LITTLE_LESS
    if _LOT.search(plain):
        return 1 + LOT if more else LOT_LESS
    return 1 + PLAIN if more else PLAIN_LESS


def strength(text: str) -> float:
    """How strongly: 0.5 for a bit, 1, or 2 for a lot."""
    plain = text.lower()
    return 0.5 if _LITTLE.search(plain) else 2.0 if _LOT.search(plain) else 1.0
