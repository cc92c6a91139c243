"""Slips of the pen in what is said about a tabletop: "the ledt cube", "a smll cilinder".

The program parser was taught with slips, yet a rare word with a slip falls into pieces that it
never saw. A word that is no English word, but one slip away from a word of the world, is read as
that (Damerau, 1964, https://doi.org/10.1145/363958.363994). English words are left as they are,
even where they are near one: a bell is no ball.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..data.world import lexicon

if TYPE_CHECKING:  # these bring torch, which a cold start loads later
    from ..models.program_parser.model import Parsed
    from ..models.program_parser.parser import ProgramParser

_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_LONG = 8  # letters from which on two slips are forgiven
# Not slips of "what", "cans" or "tint", but what people leave the apostrophe out of.
_CONTRACTED = frozenset({
    "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hasnt", "havent", "heres",
    "hows", "isnt", "lets", "shouldnt", "thats", "theres", "theyre", "wasnt", "werent",
    "whats", "wheres", "whichs", "whos", "whose", "wont", "wouldnt",
})  # fmt: skip
_PLACES = (
    "left",
    "right",
    "front",
    "behind",
    "back",
    "nearest",
    "closest",
    "farthest",
    "furthest",
    "leftmost",
    "rightmost",
    "frontmost",
    "backmost",
    "foremost",
    "hindmost",
    "between",
    "beside",
    "besides",
    "next",
    "middle",
    "centre",
    "center",
    "object",
    "objects",
    "thing",
    "things",
    "item",
    "items",
    "other",
    "others",
    "same",
    "many",
    "there",
    "what",
    "which",
    "how",
    "color",
    "colour",
    "tint",
    "tints",
    "shade",
    "shades",
    "surface",
    "surfaces",
    "point",
    "find",
    "show",
    "mark",
    "locate",
    "select",
    "highlight",
    "indicate",
)


class SpellingParser:
    """A program parser that is given words as they were meant; serves as `ProgramParser` does."""

    def __init__(self, parser: "ProgramParser") -> None:
        self._parser = parser
        self.weights = parser.weights

    def parse(self, texts: Sequence[str], earlier: Sequence[str] | None = None) -> "list[Parsed]":
        """Programs of `texts`; see `ProgramParser.parse`."""
        before = None if earlier is None else [respelled(text) for text in earlier]
        return self._parser.parse([respelled(text) for text in texts], before)


def respelled(text: str) -> str:
    """`text` with slips in the world's words mended."""
    return _WORD.sub(lambda match: _meant(match.group().lower()) or match.group(), text)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The world's word that `word` is a slip of, "" where it is none."""
    if word in _words() or word in _CONTRACTED:
        return ""
    from ..models.common.sentence_encoder import SentenceEncoder

    if SentenceEncoder.load().tokenizer.token_to_id(word) is not None:
        return ""
    for allowed in (1, 2) if len(word) >= _LONG else (1,):
        near = [known for known in _words() if slips(word, known, allowed) <= allowed]
        if near:
            return max(near, key=lambda known: _likely(word, known))
    return ""


def _likely(word: str, known: str) -> tuple[bool, bool, float]:
    """Few mistype the first letter; letters are doubled or transposed more than others creep in."""
    return known[0] == word[0], set(known) == set(word), _words()[known]


@cache
def _words() -> dict[str, float]:
    """The world's single words, with how much they are said."""
    weights: dict[str, float] = dict.fromkeys(_PLACES, 5.0)
    forms = [form for table in (lexicon.NOUNS, lexicon.ATTRIBUTE_NOUNS) for form in table.values()]
    for one, many, weight in (noun for nouns in forms for noun in nouns):
        _count(weights, one, weight)
        _count(weights, many, weight)
    for table in (lexicon.ADJECTIVES, lexicon.MATERIAL_NOUNS, lexicon.FINISHES):
        for word in (word for words in table.values() for word in words):
            said, weight = (word, 1.0) if isinstance(word, str) else word
            _count(weights, said, weight)
    for number in lexicon.NUMBER_WORDS:
        _count(weights, number, 1.0)
    return weights


def _count(weights: dict[str, float], said: str, weight: float) -> None:
    for word in _WORD.findall(said.lower()):
        weights[word] = weights.get(word, 0.0) + weight


def slips(word: str, known: str, most: int) -> int:
    """Letters left out, put in, changed or transposed between two words; `most` + 1 for more."""
    if abs(len(word) - len(known)) > most:
        return most + 1
    rows = [list(range(len(known) + 1))]
    for i, letter in enumerate(word, start=1):
        row = [i]
        for j, other in enumerate(known, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            swapped = i > 1 and j > 1 and letter == known[j - 2] and word[i - 2] == other
            row.append(min(cost, rows[-2][j - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]
