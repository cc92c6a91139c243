"""What the question families share: weighted pattern lists and the turns of phrase in them."""

from collections.abc import Mapping
from random import Random
from typing import Final

from ..functions import Call, split_filters
from ..lexicon import Choice
from ..patterns import Filler, Pattern
from ..phrases import (
    core,
    dropped_object,
    is_simple,
    left_out,
    object_phrase,
    phrase,
    set_phrase,
    where_predicate,
)
from ..vocabulary import ATTRIBUTES
from ..wording import Article, Number, attribute_word, noun_phrase, predicate

SHARED: Final[dict[str, str]] = {
    "picture": "[picture|image|photo|scene|pic|photograph|shot|render]",
    "here": (
        "[in the <picture>|in this <picture>|here|on the table|in the scene|in view|in total"
        "|in the frame|on the surface|over there|altogether]"
    ),
    "tell": (
        "[tell me|can you tell me|could you tell me|please tell me|let me know|say|i wonder"
        "|i want to know|i'd like to know|do you know|find out|i was wondering|can you say"
        "|i need to know|could you say|help me understand|would you mind telling me|figure out"
        "|i'm curious|can you work out|any idea]"
    ),
    "give": (
        "[give me|tell me|what is|what's|state|i need|i want to know|i'd like to know|report"
        "|can you give me|could you tell me|provide|please give|find|can you tell me|name|say]"
    ),
    "list": (
        "[list|name|tell me|enumerate|describe|give me|what are|list out|give me a list of"
        "|write down|can you list|please list|could you name|i need a list of|mention|identify"
        "|go through|itemise|itemize]"
    ),
    "show": (
        "[show me|show|find|point at|point to|point out|highlight|mark|locate|circle|select|find me"
        "|pick out|indicate|box|outline|put a box around|draw a box around|spot|get me"
        "|can you find|could you point out|can you show me|please highlight|look for|detect"
        "|segment|ground|identify|focus on|zoom in on|search for|i'm looking for|tag|label]"
    ),
    "all": "[all|all of|every one of|each of]",
    "see": (
        "[do you see|can you see|do we have|can be seen|are visible|are shown|are there"
        "|are present|exist|have you got|are in sight|did you spot|you see|would you count"
        "|can you count|can i see|does the <picture> show|does the <picture> have"
        "|does the <picture> contain|are in the <picture>|are in this <picture>|are on the table"
        "|are here|appear|show up|do i have|did you find|can you find|are depicted|are we seeing]"
    ),
    "sure": "[right|correct|is that right|is that correct|yes|true|true or false|yes or no|no]",
}


class Patterns:
    """A weighted list of patterns; a source is text, or (text, weight)."""

    def __init__(self, *sources: str | tuple[str, float]) -> None:
        pairs = [(s, 1.0) if isinstance(s, str) else s for s in sources]
        compiled = tuple(Pattern(source, SHARED) for source, _ in pairs)
        self.size = len(pairs)
        self._choice = Choice(compiled, tuple(weight for _, weight in pairs))

    def draw(self, rng: Random, fillers: Mapping[str, Filler]) -> str:
        """One text."""
        return self._choice.draw(rng).draw(rng, fillers)


def set_fillers(rng: Random, node: Call, either: bool = False) -> dict[str, Filler]:
    """The slots that any set can fill: {ps} plural, {the_ps}, {s}, {a}, {any}, {the}.

    Args:
        either: unions are said with "or" (see `set_phrase`).
    """

    def said(number: Number, article: Article) -> str:
        return set_phrase(rng, node, number, article, either)

    return {
        "ps": lambda: said("many", ""),
        "the_ps": lambda: said("many", "the"),
        "s": lambda: said("one", ""),
        "a": lambda: said("one", "a"),
        "any": lambda: said("many" if rng.random() < 0.7 else "one", "any"),
        "any_s": lambda: said("one", "any"),
        "x": lambda: phrase(rng, node, "many", "the"),
    }


def has_where(node: Call) -> bool:
    """Whether a set has a relation to split off: {cs} plural core, {where} predicate."""
    return split_filters(node)[1].function not in (
        "scene",
        "union",
        "minus",
        "them",
        "other",
        "swap",
    )


def where_fillers(rng: Random, node: Call) -> dict[str, Filler]:
    """{cs} {the_cs} {c} {any_c} {a_c}: the core; {where}: what follows "are"."""
    base = split_filters(node)[1]
    return {
        "cs": lambda: core(rng, node, "many", ""),
        "the_cs": lambda: core(rng, node, "many", "the"),
        "c": lambda: core(rng, node, "one", ""),
        "a_c": lambda: core(rng, node, "one", "a"),
        "any_cs": lambda: core(rng, node, "many", "any"),
        "any_c": lambda: core(rng, node, "one", "any"),
        "where": lambda: where_predicate(rng, base),
    }


def can_say_it(node: Call) -> bool:
    """Whether the anchor can be named in a sentence before: "there is a cube. what is ..."."""
    base = split_filters(node)[1]
    return base.function.split("_")[0] in ("relate", "same") and is_simple(base.args[0])


def it_fillers(rng: Random, node: Call) -> dict[str, Filler]:
    """{intro}: the anchor, indefinite; {anchor}: definite; {where_it}: "left of it"; the core."""
    base = split_filters(node)[1]
    anchor = base.args[0].args[0]
    return {
        **where_fillers(rng, node),
        "intro": lambda: set_phrase(rng, anchor, "one", "a"),
        "anchor": lambda: set_phrase(rng, anchor, "one", "the"),
        "where_it": lambda: where_predicate(rng, base, it=True),
    }


def same_fillers(rng: Random, node: Call) -> dict[str, Filler]:
    """For a base `same_*`: {cs} {any_cs} {any_c} of the values, {o} the anchor, {name}."""
    values, base = split_filters(node)
    attribute = base.function[5:]
    return {
        "cs": lambda: noun_phrase(rng, values, "many", ""),
        "c": lambda: noun_phrase(rng, values, "one", ""),
        "any_cs": lambda: noun_phrase(rng, values, "many", "any", other=rng.random() < 0.5),
        "a_c": lambda: noun_phrase(rng, values, "one", "a", other=rng.random() < 0.5),
        "o": lambda: object_phrase(rng, base.args[0]),
        "name": lambda: attribute_word(rng, attribute),
    }


def besides_fillers(rng: Random, node: Call) -> dict[str, Filler]:
    """For `minus` of one object: {cs} what is kept, {o} what is left out."""
    kept, dropped = node.args
    values = split_filters(kept)[0]
    return {
        "cs": lambda: set_phrase(rng, kept, "many", ""),
        "any_cs": lambda: set_phrase(rng, kept, "many", "any"),
        "a_c": lambda: set_phrase(rng, kept, "one", "a"),
        "o": lambda: dropped_object(rng, dropped, values),
        "x": lambda: left_out(rng, kept, dropped),
    }


def can_predicate(node: Call) -> bool:
    """Whether one of the set's values can move behind "are": "how many balls are red"."""
    values, base = split_filters(node)
    return bool(values) and base.function == "scene"


def predicate_fillers(rng: Random, node: Call) -> dict[str, Filler]:
    """{rest} plural of the other values, {rest_s} singular, {pred}, {pred_s}."""
    values = split_filters(node)[0]
    names = [name for name in ATTRIBUTES if name in values]
    name = names[int(rng.random() * len(names))]
    rest = {a: v for a, v in values.items() if a != name}
    return {
        "rest": lambda: noun_phrase(rng, rest, "many", ""),
        "the_rest": lambda: noun_phrase(rng, rest, "many", "the"),
        "rest_s": lambda: noun_phrase(rng, rest, "one", ""),
        "any_rest": lambda: noun_phrase(rng, rest, "many", "any"),
        "pred": lambda: predicate(rng, name, values[name], "many"),
        "pred_s": lambda: predicate(rng, name, values[name], "one"),
    }
