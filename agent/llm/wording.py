"""How a request is worded, apart from what it is about: its own words, its tokens, its parts."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ..policy import masked, own_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[^\w\s]|_")
_POLITE = _words(
    "please pls plz can could would you u hey hi hello ok okay now and so just i'd i want need "
    "like to for me well also then your , . ! :"
)
_STRONG = r"(?:[,;.]?\s+(?:and\s+)?(?:then|after that|afterwards|next),?\s+|;\s+|(?<=[.?!])\s+)"
_WEAK = r"(?:,?\s+(?:and|plus|also)(?:\s+also)?,?\s+|,\s+)"
_JOINER = re.compile(f"{_STRONG}(?:(?:and|also),?\\s+)*|(?P<weak>{_WEAK})", re.IGNORECASE)
# A comma or an "and" parts two requests only where both begin like one.
_OPENERS = _words(
    "what what's whats which who where where's when how is are was does do did can could tell show "
    "give name say count find point mark box highlight describe caption list make turn remove "
    "delete change paint put move crop read look check compare remember forget"
)
_NO_OPENERS = _words("my your his her our their the a an this that it i i'm we they there no not")


def essence(text: str) -> str:
    """`text` with each quotation as “…”: what is quoted does not say what is wanted."""
    return " ".join(own_words(text, "“…”").split())


def tokens(text: str) -> frozenset[str]:
    """Words in lower case and pairs of neighbours; numbers are alike; "^" marks the beginning."""
    spelt = ["<n>" if t[0].isdigit() else t for t in _TOKEN.findall(text.lower())]
    while spelt and spelt[0] in _POLITE:
        spelt.pop(0)
    marked = ["^", *spelt]
    pairs = {f"{a} {b}" for a, b in zip(marked, spelt, strict=False)}
    return frozenset(pairs.union(spelt))


def first_words(texts: Sequence[str]) -> frozenset[str]:
    """The words that `texts` begin with, pleas aside."""
    begun = [token[2:] for text in texts for token in tokens(text) if token.startswith("^ ")]
    return frozenset(word for word in begun if word[0].isalpha()) - _NO_OPENERS


def parts(text: str, openers: frozenset[str] = frozenset()) -> list[str]:
    """Stretches of `text` that may be requests of their own; joined they are the whole of it.

    Args:
        openers: first words, besides the usual ones, that make a new request after "and".
    """
    quoted, begins = masked(text), _OPENERS | openers
    cuts: list[int] = []
    for joiner in _JOINER.finditer(quoted):
        before, after = quoted[cuts[-1] if cuts else 0 : joiner.start()], quoted[joiner.end() :]
        if joiner["weak"] and not all(first_words([t]) & begins for t in (before, after)):
            continue
        cuts.append(joiner.end())
    edges = [0, *cuts, len(text)]
    found = [text[a:b] for a, b in pairwise(edges)]
    return [part for part in found if part.strip()]


def bare(part: str) -> str:
    """A part without the joiner that it ends with."""
    ends = [
        joiner
        for joiner in _JOINER.finditer(f"{part.strip()} ")
        if joiner.end() > len(part.strip())
    ]
    return part.strip()[: ends[-1].start()] if ends and ends[-1].start() else part.strip()
