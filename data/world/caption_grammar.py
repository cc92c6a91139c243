"""The grammar of captions below the sentence: noun phrases and predicates, by a cursor.

`caption_reader.py` reads sentences with it and holds them against a scene.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .caption_words import (
    ADJECTIVES,
    EXTREMES_AFTER,
    EXTREMES_BEFORE,
    NUMBERS,
    PLURALS,
    SINGULARS,
)
from .vocabulary import ATTRIBUTE_OF

Values = dict[str, str]


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: how many of what, and which of them where the text says so."""

    number: int
    values: tuple[tuple[str, str], ...]
    definite: bool = False
    exact: bool = False
    extreme: str = ""


class Unread(Exception):
    """The sentence is outside the language."""


@lru_cache(maxsize=256)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append((words, phrase))
    return table


class Cursor:
    """Tokens of one sentence and a place in them."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def take(self, *phrases: str) -> str | None:
        """Take the longest of `phrases` that stands here."""
        if self.at >= len(self.tokens):
            return None
        for words, phrase in _by_first_word(phrases).get(self.tokens[self.at], ()):
            if tuple(self.tokens[self.at : self.at + len(words)]) == words:
                self.at += len(words)
                return phrase
        return None

    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def attempt(self, read: Callable[[], bool]) -> bool:
        """Run a reader; go back to where it began if it fails."""
        start = self.at
        try:
            if read():
                return True
        except Unread:
            pass
        self.at = start
        return False

    def noun_phrase(self) -> Phrase:
        start = self.at
        definite = exact = False
        extreme = ""
        if self.take("the only") is not None:
            number, definite, exact = 1, True, True
        elif self.take("the") is not None:
            definite = True
            before = self.take(*EXTREMES_BEFORE)
            extreme = EXTREMES_BEFORE[before] if before else ""
            number = 0 if extreme else self.number() or 0
        elif self.take("a", "an", "one", "a single") is not None:
            number = 1
        elif self.take("no") is not None:
            number, exact = 0, True
        else:
            found = self.number()
            if found is None:
                raise Unread
            number, exact = found, True
        values: Values = {}
        while True:
            word = self.take(*ADJECTIVES)
            if word is None:
                break
            self.add(values, ADJECTIVES[word])
            self.take(",", "and") if self.adjective_follows() else None
        plural = self.take(*PLURALS)
        noun = plural or self.take(*SINGULARS)
        if noun is None:
            self.at = start
            raise Unread
        shape = (PLURALS if plural else SINGULARS)[noun]
        if shape:
            self.add(values, shape)
        if plural is None:
            number = number or 1
        if definite and not extreme:
            after = self.take(*EXTREMES_AFTER)
            extreme = EXTREMES_AFTER[after] if after else ""
        return Phrase(number, tuple(values.items()), definite, exact, extreme)

    def adjective_follows(self) -> bool:
        if self.at >= len(self.tokens) or self.tokens[self.at] not in (",", "and"):
            return False
        rest = self.tokens[self.at + 1 : self.at + 2]
        return bool(rest) and any(phrase.split()[0] == rest[0] for phrase in ADJECTIVES)

    def add(self, values: Values, value: str) -> None:
        name = ATTRIBUTE_OF[value]
        if values.get(name, value) != value:
            raise Unread
        values[name] = value

    def number(self) -> int | None:
        word = self.take(*NUMBERS)
        return None if word is None else NUMBERS[word]

    def predicate(self) -> Values:
        """ "red", "small, red and metal", "cubes", "a large red cube"."""
        values: Values = {}
        if self.attempt(lambda: self.full_predicate(values)):
            return values
        values.clear()
        while True:
            word = self.take(*ADJECTIVES)
            if word is None:
                break
            self.add(values, ADJECTIVES[word])
            if self.adjective_follows():
                self.take(",", "and")
        noun = self.take(*PLURALS)
        if noun is not None and PLURALS[noun]:
            self.add(values, PLURALS[noun])
        if not values:
            raise Unread
        return values

    def full_predicate(self, values: Values) -> bool:
        phrase = self.noun_phrase()
        values.update(phrase.values)
        return not phrase.definite and phrase.number == 1
