"""Marked words made whole: a span that stops short of a number or a side takes in the rest.

The model that marks words sometimes leaves out the last of them ("the upper two" of "the upper two
thirds"), or takes a side for a thing. What belongs together is known here: words of places and
words of amounts.
"""

import re

_PLACE_WORDS = (
    "the top upper bottom lower left right hand left-hand right-hand side half third thirds two"
    " three quarter quarters fifth corner middle center centre edge part quadrant all four each"
    " every both sides edges corners around most 2/3 1/2 1/3 1/4 3/4 of and very far"
)
_AMOUNT_WORDS = (
    "a an the half third quarter as big large small size of factor by to x times twice double"
    " triple percent per cent degrees degree deg px pixels pixel wide high tall width height"
    " clockwise counter-clockwise counterclockwise anticlockwise anti-clockwise cw ccw left right"
    " turn its his her head on upside down bit little touch tad lot much slightly strongly way"
    " one two three four five six seven eight nine ten fifteen twenty thirty forty fifty ninety"
    " hundred quarter max like bottom"
)
_LOOSE_WORDS = "the of and a an as by to on like max very far x"
_PLACE, _AMOUNT, _LOOSE = (
    frozenset(words.split()) for words in (_PLACE_WORDS, _AMOUNT_WORDS, _LOOSE_WORDS)
)
_TOKEN = re.compile(r"\S+")
# "Everything but the ball": the thing is what is left, not what is left out.
_ALL_BUT = re.compile(
    r"\b(?:everything|every|anything|all|the others|the rest)\b[^,.;!?]*?\b(?:except|excepting"
    r"|excluding|but|apart from|aside from|other than|besides|save)(?: for)?\s+$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+\-−–]?\d+(?:[.,:x×]\d+)*(?:%|px|°|x|cm)?")


def widened(words: str, text: str, kind: str) -> str:
    """`words` of `text` with the neighbouring words that belong to them.

    Args:
        kind: `place` or `value`.
    """
    start = text.find(words) if words else -1
    if start < 0:
        return words
    end = start + len(words)
    tokens = [
        (m.start(), m.end(), m.group().strip(" ,.;!?").lower()) for m in _TOKEN.finditer(text)
    ]
    inside = [i for i, (a, b, _) in enumerate(tokens) if a < end and start < b]
    first, last = inside[0], inside[-1]
    while last + 1 < len(tokens) and _belongs(tokens[last + 1][2], kind):
        if text[tokens[last][1] - 1] in ",.;!?":
            break
        last += 1
    while first > 0 and _belongs(tokens[first - 1][2], kind):
        if text[tokens[first - 1][1] - 1] in ",.;!?":
            break
        first -= 1
    while last > inside[-1] and tokens[last][2] in _LOOSE:
        last -= 1
    while first < inside[0] and tokens[first][2] in _LOOSE:
        first += 1
    return text[tokens[first][0] : tokens[last][1]].strip(" ,.;!?")


def all_but(thing: str, text: str) -> str:
    """`thing`, or with it the words of `text` before it that say all else is meant."""
    start = text.find(thing) if thing else -1
    lead = _ALL_BUT.search(text[:start]) if start > 0 else None
    return text[lead.start() : start + len(thing)] if lead else thing


def is_place(words: str) -> bool:
    """Whether `words` name a part of the picture and no thing."""
    tokens = [token.strip(" ,.;!?") for token in words.lower().split()]
    known = [token for token in tokens if token in _PLACE or token in ("on", "in", "at")]
    return bool(tokens) and len(known) == len(tokens) and any(t not in _LOOSE for t in tokens)


def _belongs(token: str, kind: str) -> bool:
    if kind == "place":
        return token in _PLACE
    return token in _AMOUNT or bool(_NUMBER.fullmatch(token))
