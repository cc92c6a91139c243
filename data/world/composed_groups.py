"""Sets, objects and conditions of composed questions: each knows its words and its program.

A `Group` is a set, drawn first and worded later in the number and with the article that the
sentence wants; a `Where` is a condition on one ("left of the cube", "neither red nor small"); a
`Thing` is one object ("the can that's left of the yellow ball"). `composed_phrases.py` draws them.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Final

from .functions import FUNCTIONS, SCENE, Call, call, filters, split_filters
from .patterns import draw
from .vocabulary import ATTRIBUTES
from .wording import (
    Article,
    Number,
    adjective,
    indefinite,
    noun_phrase,
)

_POSITIONS: Final = ("relate", "both", "side", "between")


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One object: its words, its program, and whether the words end in a condition."""

    text: str
    program: Call
    nested: bool = False


@dataclass(frozen=True, kw_only=True)
class Where:
    """A condition: what follows "is" and "are", and the set of all that fulfil it."""

    kind: str
    one: str
    many: str
    chosen: Call
    nested: bool = False

    def said(self, number: Number) -> str:
        return self.many if number == "many" else self.one

    @property
    def place(self) -> bool:
        """Whether it says where something stands, so that "stand", "lie" fit too."""
        return self.kind in _POSITIONS


def restrict(target: Call, chosen: Call) -> Call:
    """Those of `target` (a set or one object) that are in `chosen`, a condition's set."""
    values, base = split_filters(chosen)
    if base.function == "union":
        return Call("union", tuple(restrict(target, arg) for arg in base.args))
    if base.function == "minus":
        return Call("minus", (restrict(target, base.args[0]), base.args[1]))
    if base.function == "side":
        own, under = split_filters(target)
        if under.function == "side":  # a corner
            target = filters(Call("intersect", (under, base)), **own)
        else:
            target = call("side", restrict(target, base.args[0]), value=base.value)
    elif base.function != "scene":
        target = _related(target, base)
    return filters(target, **values)


def _related(target: Call, base: Call) -> Call:
    values, own = split_filters(target)
    if own.function == "scene":
        own = base
    elif own.function == "union":
        own = Call("union", tuple(_related(arg, base) for arg in own.args))
    elif own.function == "minus":
        own = Call("minus", (_related(own.args[0], base), own.args[1]))
    elif own.function == "side":
        own = Call("side", (_related(own.args[0], base),), own.value)
    elif FUNCTIONS[own.function].output == "object":
        own = Call("intersect", (base, own))
    else:
        own = Call("intersect", (own, base))
    return filters(own, **values)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A set of things: attribute values or a choice of two, conditions, and what is left out."""

    rng: Random = field(repr=False, compare=False)
    values: dict[str, str]
    either: tuple[str, str, str] | None = None  # attribute and the two values it may have
    wheres: tuple[Where, ...] = ()
    out: Where | None = None
    base: Call = SCENE  # `them`, `other`

    @property
    def core_program(self) -> Call:
        """The set without its conditions."""
        if self.either is None:
            return filters(self.base, **self.values)
        name, *two = self.either
        return call("union", *(filters(self.base, **{**self.values, name: v}) for v in two))

    @property
    def program(self) -> Call:
        node = self.core_program
        for where in self.wheres:
            node = restrict(node, where.chosen)
        return node if self.out is None else call("minus", node, self.out.chosen)

    @property
    def taken(self) -> set[str]:
        """Attributes that are spoken of already."""
        named = {*self.values, *((self.either[0],) if self.either else ())}
        chosen = [w.chosen for w in (*self.wheres, *((self.out,) if self.out else ()))]
        for node in (part for c in chosen for part in c.walk()):
            named |= {name for name in ATTRIBUTES if node.function in (f"same_{name}",)}
        if self.out is not None:
            named |= {*split_filters(self.out.chosen)[0]}
        return named

    def core(self, number: Number = "many", article: Article = "", alone: bool = False) -> str:
        """The words before any condition: "the red or blue cubes"."""
        rng = self.rng
        bare = alone and not self.values
        if self.either is None:
            return noun_phrase(rng, self.values, number, article, bare=bare, plain=not alone)
        name, *two = self.either
        word = "or" if number == "one" or article in ("a", "any") or rng.random() < 0.5 else "and"
        if name == "shape":
            before, last = (
                noun_phrase(rng, values, number, "", plain=True)
                for values in ({**self.values, "shape": two[0]}, {"shape": two[1]})
            )
            if self.values:  # "red cubes and balls" leaves the balls' colour open
                last = noun_phrase(rng, {**self.values, "shape": two[1]}, number, "", plain=True)
            words = f"{before} {word} {last}"
        else:
            first, second = (adjective(rng, v) for v in two)
            rest = noun_phrase(rng, self.values, number, "", bare=False, plain=True)
            words = f"{first} {word} {second} {rest}"
        if article == "a":
            return indefinite(words) if number == "one" else words
        return f"{article} {words}".strip()

    def tail(self, number: Number = "many") -> str:
        """The conditions as they follow "there is a cube ...", with no "that is"."""
        rng = self.rng
        texts = [where.said(number) for where in self.wheres]
        text = texts[0] if texts else ""
        if len(texts) == 2:
            a, b = texts
            text = draw(
                rng,
                "[{a} and {b}|{a} and {b}|{a} and also {b}|both {a} and {b}|{a} but {b}"
                "|{a}, and {b}|{a} and at the same time {b}|{a} while {b}|{a} yet {b}]",
                {"a": a, "b": b},
            )
        return f"{text} {self._left_out(number, bool(texts))}".strip()

    def _left_out(self, number: Number, after: bool) -> str:
        if self.out is None:
            return ""
        what = self.out.said(number)
        if self.out.kind == "except":
            return draw(
                self.rng,
                "[other than|other than|except|except for|besides|apart from|not counting"
                "|excluding|leaving out|but not|aside from] {x}",
                {"x": what},
            )
        if after:
            return draw(self.rng, "[but not|but not|and not|, not|yet not] {x}", {"x": what})
        isnt = "[isn't|is not]" if number == "one" else "[aren't|are not]"
        return draw(self.rng, "that " + isnt + " {x}", {"x": what})

    def said(self, number: Number = "many", article: Article = "") -> str:
        """The whole phrase."""
        alone = not self.wheres and self.out is None
        head = self.core(number, article, alone=alone)
        tail = self.tail(number)
        if self.wheres:
            be = ("is", "are")[number == "many"]
            link = draw(
                self.rng,
                f"[||||that {be} |that {be} |which {be} |"
                + ("that's" if number == "one" else "that are")
                + "|"
                + ("standing|sitting|placed|located" if self.wheres[0].place else "")
                + "]",
            )
            if self.wheres[0].kind in ("value", "either"):
                link = f"that {be}"
            if self.wheres[0].kind == "same" and not link and tail[:2] not in ("as", "of", "in"):
                link = f"that {be}"
            tail = f"{link} {tail}"
        return f"{head} {tail}".strip()
