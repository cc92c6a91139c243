"""How the tabletop world is spoken of: noun phrases, relations, superlatives, ordinals.

Every function takes a `random.Random` and returns one of many ways of saying the same
thing, in lower case. What a text means never depends on the draw.

    noun_phrase(rng, {"color": "red", "shape": "cube"}, "one", "the")
    -> "the red cube" | "the red block" | "the box that is red" | ...
"""

from collections.abc import Mapping
from random import Random
from typing import Final, Literal

from .lexicon import (
    ADJECTIVES,
    ATTRIBUTE_NOUNS,
    FINISHES,
    MATERIAL_NOUNS,
    NOUNS,
    NUMBER_WORDS,
    PLURAL_PREDICATES,
    Choice,
)
from .noise import frame, telegraphic, typos
from .patterns import Pattern
from .spatial import (
    ordinal_after,
    ordinal_phrase,
    relation,
    superlative,
    superlative_after,
    superlative_predicate,
)
from .vocabulary import ATTRIBUTES

__all__ = [
    "Article",
    "Number",
    "adjective",
    "attribute_word",
    "frame",
    "indefinite",
    "noun",
    "noun_phrase",
    "number_word",
    "ordinal_after",
    "ordinal_phrase",
    "predicate",
    "relation",
    "superlative",
    "superlative_after",
    "superlative_predicate",
    "telegraphic",
    "typos",
]

Number = Literal["one", "many"]
Article = Literal["the", "a", "any", ""]

_NOUNS: Final = {shape: Choice.of_forms(forms) for shape, forms in NOUNS.items()}
_BARE_NOUNS: Final = Choice.of_forms(
    (("thing", "things", 8), ("object", "objects", 10), ("item", "items", 3))
)
_ADJECTIVES: Final = {value: Choice.of(words) for value, words in ADJECTIVES.items()}
_MATERIAL_NOUNS: Final = {value: Choice.of(words) for value, words in MATERIAL_NOUNS.items()}
_FINISHES: Final = {value: Choice.of(words) for value, words in FINISHES.items()}
_PLURAL_PREDICATES: Final = {v: Choice.of(words) for v, words in PLURAL_PREDICATES.items()}
_ATTRIBUTE_NOUNS: Final = {n: Choice.of_forms(forms) for n, forms in ATTRIBUTE_NOUNS.items()}

_AFTER: Final = {
    "color": Pattern(
        "[of the [color|colour] {adjective}|of {adjective} [color|colour]|in {adjective}"
        "|{that} {adjective}|{that} {adjective}|[colored|coloured] {adjective}"
        "|{that} [colored|coloured] {adjective}|with [a|the] {adjective} [color|colour]"
        "|{that} {adjective} in [color|colour]]"
    ),
    "size": Pattern(
        "[{that} {adjective}|{that} {adjective}|of {adjective} size|of [a|the] {adjective} size"
        "|{that} {adjective} in size]"
    ),
    "material": Pattern(
        "[made of {noun}|made of {noun}|made out of {noun}|made from {noun}|of {noun}|in {noun}"
        "|{that} made of {noun}|with a {finish} [finish|surface|look|texture|coating]"
        "|with {finish} [finish|surface|texture|looks]|{that} {adjective}|{that} {adjective}]"
    ),
    "shape": Pattern("[{that} {predicate}|{that} {predicate}|in the shape of {indefinite}]"),
}


def noun(rng: Random, shape: str = "", number: Number = "one", bare: bool = False) -> str:
    """A word for the shape, or for any object where `shape` is empty.

    Args:
        bare: nothing else describes the object, so "one" or "piece" would hang in the air.
    """
    forms = _BARE_NOUNS if bare and not shape else _NOUNS[shape]
    return forms.draw(rng)[number == "many"]


def adjective(rng: Random, value: str) -> str:
    """A word for an attribute value that can stand before a noun: "shiny" for metal."""
    return _ADJECTIVES[value].draw(rng)


def predicate(rng: Random, attribute: str, value: str, number: Number = "one") -> str:
    """What can follow "is" or "are": "red", "made of metal", "a cube", "cubes"."""
    if attribute == "shape":
        table = _PLURAL_PREDICATES if number == "many" else _ADJECTIVES
        return table[value].draw(rng)
    if attribute == "material" and rng.random() < 0.3:
        return f"{_made(rng)} {_MATERIAL_NOUNS[value].draw(rng)}"
    word = _ADJECTIVES[value].draw(rng)
    if attribute == "color" and rng.random() < 0.04:
        return f"{word} in {attribute_word(rng, 'color')}"
    return word


def attribute_word(rng: Random, attribute: str, number: Number = "one") -> str:
    """A word for the attribute itself: colour, size, material, shape."""
    return _ATTRIBUTE_NOUNS[attribute].draw(rng)[number == "many"]


def number_word(rng: Random, n: int) -> str:
    """A number in words, or in digits one time in three."""
    return str(n) if rng.random() < 0.33 else NUMBER_WORDS[n]


def noun_phrase(
    rng: Random,
    values: Mapping[str, str],
    number: Number = "one",
    article: Article = "the",
    bare: bool = True,
    plain: bool = False,
    other: bool = False,
) -> str:
    """One way to name the objects that have all of `values`.

    Args:
        values: attribute name -> canonical value, any subset.
        number: one object or several.
        article: put in front; "a" becomes "an" where it must and goes away for several.
        bare: nothing follows, so an undescribed object is a "thing", not "one".
        other: say that these are others than one spoken of: "the other red cube".
        plain: everything stands before the noun ("the shiny cube", never "the cube of metal").
    """
    before = [name for name in ATTRIBUTES if name in values and name != "shape"]
    after: list[str] = []
    shape = values.get("shape", "")
    roll = 1.0 if plain else rng.random()
    if roll < 0.13 and before:
        after = [before.pop(int(rng.random() * len(before)))]
        if before and rng.random() < 0.35:
            after.append(before.pop(int(rng.random() * len(before))))
    elif roll < 0.15 and shape and before:
        after, shape = ["shape"], ""
    if len(before) > 1 and rng.random() < 0.22:
        rng.shuffle(before)
    head = noun(rng, shape, number, bare=bare and not values)
    adjectives = [adjective(rng, values[name]) for name in before]
    if before and before[0] == "size" and article == "the" and rng.random() < 0.03:
        adjectives[0] = _MOST[values["size"]][rng.random() < 0.5]
    words = _stack(rng, adjectives, head)
    if other:
        words = f"other {words}"
    if words == "one" and article == "a":
        words = "thing"
    phrase = words
    if article == "a" and number == "one":
        phrase = f"an{words}" if other else indefinite(words)
    if article == "the":
        phrase = f"{_definite(rng, number)} {words}"
    elif article == "any":
        phrase = f"any {words}"
    if not after:
        return phrase
    return f"{phrase} {_after(rng, after, values, number)}"


_MOST: Final = {"large": ("biggest", "largest"), "small": ("smallest", "tiniest")}


def _definite(rng: Random, number: Number) -> str:
    if rng.random() < 0.96:
        return "the"
    return "that" if number == "one" else "those"


def _stack(rng: Random, adjectives: list[str], head: str) -> str:
    if len(adjectives) == 2 and rng.random() < 0.06:
        return f"{adjectives[0]} and {adjectives[1]} {head}"
    separator = ", " if len(adjectives) > 1 and rng.random() < 0.08 else " "
    return f"{separator.join(adjectives)} {head}" if adjectives else head


def _after(rng: Random, names: list[str], values: Mapping[str, str], number: Number) -> str:
    if len(names) == 2:
        first, second = (predicate(rng, n, values[n], number) for n in names)
        both = "both " if rng.random() < 0.15 else ""
        return f"{_that(rng, number)} {both}{first} and {second}"
    name = names[0]
    value = values[name]
    return _AFTER[name].draw(
        rng,
        {
            "that": lambda: _that(rng, number),
            "adjective": lambda: adjective(rng, value),
            "predicate": lambda: predicate(rng, name, value, number),
            "noun": lambda: _MATERIAL_NOUNS[value].draw(rng),
            "finish": lambda: _FINISHES[value].draw(rng),
            "indefinite": lambda: indefinite(_NOUNS[value].draw(rng)[0]),
        },
    )


def _that(rng: Random, number: Number) -> str:
    ways = ("that is", "that's", "which is") if number == "one" else ("that are", "which are")
    return ways[int(rng.random() * len(ways))]


def _made(rng: Random) -> str:
    return ("made of", "made of", "made out of", "made from")[int(rng.random() * 4)]


def indefinite(words: str) -> str:
    """Put "a" or "an" before a phrase."""
    return f"an {words}" if words[:1] in "aeio" and not words.startswith("one") else f"a {words}"
