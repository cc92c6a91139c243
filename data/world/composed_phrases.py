"""Draws noun phrases and conditions of any depth, words and programs together.

`composed_groups.py` words them; `composed_heads.py` and `composed_asks.py` ask about them.
"""

from random import Random
from typing import Final

from .composed_groups import Group, Thing, Where
from .functions import SCENE, Call, call, filters, split_filters
from .patterns import draw
from .phrases import where_predicate
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES
from .wording import (
    adjective,
    attribute_word,
    noun_phrase,
    ordinal_phrase,
    predicate,
    relation,
    superlative,
    superlative_after,
)

_ITS_SIDE: Final = {
    "left": "[on its left|to its left|on its left side|on its left-hand side]",
    "right": "[on its right|to its right|on its right side|on its right-hand side]",
    "front": "[in front of it|before it|closer to us than it]",
    "behind": "[behind it|past it|beyond it|further away than it]",
}
_ITS_LIKE: Final = {
    "size": "[as big as it|of its size|the same size as it|of the same size]",
    "color": "[of its [color|colour]|in its [color|colour]|the same [color|colour] as it]",
    "material": "[made of the same [material|stuff] as it|of its material|the same material as it]",
    "shape": "[of its shape|the same shape as it|shaped like it]",
}
_SIDES: Final = {  # halves of the picture
    "left": "[in|in|on] the left [half|half|half of the picture|half of the image|side of the photo"
    "|part of the picture]",
    "right": "[in|in|on] the right [half|half|half of the picture|half of the image"
    "|side of the photo|part of the picture]",
    "front": "[in the front half|in the front half|in the lower half|in the bottom half"
    "|at the front of the picture|in the front half of the picture|in the front part of the image]",
    "behind": "[in the back half|in the back half|in the rear half|in the upper half"
    "|in the top half|at the back|at the back of the picture|in the back half of the photo]",
}


class Composer:
    """Draws things, groups and conditions; `budget` is how many conditions are still to come.

    `known` is an object that the text has named already, and may call "it"; `used` says whether
    it has been.
    """

    def __init__(self, rng: Random, budget: int) -> None:
        self.rng = rng
        self.budget = budget
        self.known: Call | None = None
        self.used = False

    def spend(self, chance: float = 1.0) -> bool:
        """Take one condition from the budget, by chance."""
        if self.budget > 0 and self.rng.random() < chance:
            self.budget -= 1
            return True
        return False

    def values(self, least: int = 0, hide: str = "") -> dict[str, str]:
        """Some attribute values, most often a shape among them."""
        rng = self.rng
        names = [n for n in ("color", "size", "material") if n != hide and rng.random() < 0.27]
        if hide != "shape" and rng.random() < 0.66:
            names.append("shape")
        while len(names) < least:
            free = [n for n in ATTRIBUTES if n not in names and n != hide]
            names.append(rng.choice(free))
        return {n: rng.choice(VALUES[n]) for n in ATTRIBUTES if n in names}

    def simple(self, hide: str = "") -> Thing:
        """An object named by attributes alone."""
        values = self.values(1, hide)
        if list(values) == ["size"] or list(values) == ["material"]:
            values.setdefault("shape" if hide != "shape" else "color", "cube")
            if values.get("color") == "cube":
                values["color"] = "red"
        text = noun_phrase(self.rng, values, "one", "the", plain=True)
        return Thing(text=text, program=call("unique", filters(SCENE, **values)))

    def thing(self, hide: str = "", last: bool = True) -> Thing:
        """An object.

        Args:
            hide: an attribute that must not be named, since it is asked for.
            last: nothing is said after it, so that it may carry a condition itself.
        """
        rng = self.rng
        if self.known is not None and not self.used:
            self.used = True
            return Thing(text="it", program=self.known)
        roll = rng.random()
        if last and roll < 0.55 and self.spend():
            group = self.group(hide=hide, conditions=1, plain=True)
            text = group.said("one", "the")
            return Thing(text=text, program=call("unique", group.program), nested=True)
        if roll < 0.75:
            return self.simple(hide)
        if last and roll < 0.8 and self.known is None:
            group = Group(rng=rng, values=self.values(0, hide))
            other = self.simple()
            head = group.core("one", "the")
            text = draw(
                rng, "{h} [nearest to|closest to|nearest] {o}", {"h": head, "o": other.text}
            )
            program = call("nearest", group.program, other.program)
            return Thing(text=text, program=program, nested=True)
        direction = rng.choice(DIRECTIONS)
        group = Group(rng=rng, values=self.values(0, hide))
        words = group.core("one", alone=True) if not last else group.core("one")
        after = False
        if rng.random() < 0.7:
            # "the cube to the right" of several: only words that must mean the extreme one.
            text = superlative(rng, direction, words, before=True)
            if last and rng.random() < 0.4:
                after = True
                text = f"{words} {superlative_after(rng, direction)}"
            program = call("extreme", group.program, value=direction)
            return Thing(text=f"the {text}", program=program, nested=after)
        rank = rng.choice((2, 2, 2, 3, 3, 4, 5))
        text = ordinal_phrase(rng, rank, direction, words)
        value = f"{rank} {direction}"
        program = call("ordinal", group.program, value=value)
        return Thing(text=f"the {text}", program=program, nested=True)

    def group(
        self, hide: str = "", conditions: int | None = None, plain: bool = False, least: int = 0
    ) -> Group:
        """A set; `plain` keeps out choices, exceptions and what only several can be."""
        rng = self.rng
        values = self.values(least, hide)
        either: tuple[str, str, str] | None = None
        free = [n for n in ("color", "color", "shape") if n != hide]
        if not plain and rng.random() < 0.16 and self.spend():
            name = rng.choice(free)
            values.pop(name, None)
            first, second = rng.sample(VALUES[name], 2)
            either = (name, first, second)
        if conditions is None:
            conditions = 0 if self.budget < 1 else 1 if self.budget < 2 or rng.random() < 0.5 else 2
            self.budget -= conditions
        wheres: list[Where] = []
        # "cubes and balls behind it": the place of the cubes is left open, so none is given.
        if either is None or either[0] != "shape":
            for at in range(conditions):
                kinds = ("relate",) * 6 + ("side", "same", "same", "both", "between")
                if conditions == 1 and not plain:
                    kinds += ("turns",)
                before = wheres[0] if wheres else None
                wheres.append(
                    self.where(rng.choice(kinds), last=at + 1 == conditions, first=before)
                )
        group = Group(rng=rng, values=values, either=either, wheres=tuple(wheres))
        if not plain and not wheres[:1] and rng.random() < 0.35 and self.spend():
            return self.leave_out(group)
        if not plain and wheres and rng.random() < 0.2 and not wheres[-1].nested:
            return self.leave_out(group)
        return group

    def leave_out(self, group: Group) -> Group:
        """The group less some of it."""
        rng = self.rng
        out: Where
        if rng.random() < 0.35 and group.either is None:
            other = self.simple()
            out = Where(kind="except", one=other.text, many=other.text, chosen=other.program)
        elif rng.random() < 0.3 and not group.wheres:
            out = self.where("relate")
        else:
            out = self.value(group.taken)
            if rng.random() < 0.3 and "shape" not in split_filters(out.chosen)[0]:
                name, value = next(iter(split_filters(out.chosen)[0].items()))
                words = f"the {adjective(rng, value)} ones"
                out = Where(
                    kind="except", one=words, many=words, chosen=filters(SCENE, **{name: value})
                )
        return Group(
            rng=rng, values=group.values, either=group.either, wheres=group.wheres, out=out,
            base=group.base,
        )  # fmt: skip

    def value(self, taken: set[str], either: float = 0.0) -> Where:
        """That something has a value, or one of two, of an attribute not in `taken`."""
        rng = self.rng
        name = rng.choice([n for n in ATTRIBUTES if n not in taken] or ["color"])
        two = rng.sample(VALUES[name], 2)
        if rng.random() < either and name in ("color", "shape"):
            one, many = (
                f"{predicate(rng, name, two[0], n)} or {predicate(rng, name, two[1], n)}"
                for n in ("one", "many")
            )
            chosen = call("union", *(filters(SCENE, **{name: v}) for v in two))
            return Where(kind="either", one=one, many=many, chosen=chosen)
        one, many = (predicate(rng, name, two[0], n) for n in ("one", "many"))
        return Where(kind="value", one=one, many=many, chosen=filters(SCENE, **{name: two[0]}))

    def where(self, kind: str, last: bool = True, first: Where | None = None) -> Where:
        """A condition of a kind: relate, both, turns (one place or another), side, same, between.

        Args:
            first: the condition before it, whose object may come back as "it".
        """
        rng = self.rng
        if kind == "side":
            direction = rng.choice(DIRECTIONS)
            text = draw(rng, _SIDES[direction])
            return _where(kind, text, call("side", SCENE, value=direction))
        if kind == "between":
            a, b = self.simple(), self.simple()
            text = draw(rng, "[between|in between] {a} and {b}", {"a": a.text, "b": b.text})
            return _where(kind, text, call("between", a.program, b.program))
        if kind == "both":
            a, b = self.simple(), self.simple()
            direction = rng.choice(DIRECTIONS)
            chosen = [call("relate", o.program, value=direction) for o in (a, b)]
            text = f"{relation(rng, direction)} both {a.text} and {b.text}"
            return _where(kind, text, call("intersect", *chosen))
        anchor = None
        if first is not None and first.kind == "relate" and rng.random() < 0.35:
            anchor = split_filters(first.chosen)[1].args[0]
            if anchor.function in ("unique",) and not first.nested:
                anchor = Thing(text="it", program=anchor)
            else:
                anchor = None
        anchor = anchor or self.thing(last=last)
        if kind == "turns":
            one, two = rng.sample(DIRECTIONS, 2)
            chosen = [call("relate", anchor.program, value=d) for d in (one, two)]
            if anchor.text == "it" or anchor.nested:
                return _where("relate", f"{relation(rng, one)} {anchor.text}", chosen[0], anchor)
            text = draw(
                rng,
                "[{r} {o} or {s} it|{r} {o} or {s} it|{r} or {s} {o}|either {r} {o} or {s} it]",
                {"r": relation(rng, one), "s": relation(rng, two), "o": anchor.text},
            )
            return _where("both", text, call("union", *chosen))
        if kind == "same":
            name = rng.choice(ATTRIBUTES)
            chosen = call(f"same_{name}", anchor.program)
            if anchor.text == "it":
                return _where(kind, draw(rng, _ITS_LIKE[name]), chosen)
            if not anchor.nested and anchor.program.function == "unique" and rng.random() < 0.25:
                text = f"in {anchor.text}'s {attribute_word(rng, name)}"
                if name in ("color", "size"):
                    return _where(kind, text, chosen)
            text = where_said(rng, name, anchor)
            return _where(kind, text, chosen, anchor)
        ways = DIRECTIONS
        if first is not None and anchor.text == "it":  # not "behind it and in front of it"
            across = ("left", "right")
            said = split_filters(first.chosen)[1].value in across
            ways = tuple(d for d in DIRECTIONS if (d in across) != said)
        direction = rng.choice(ways)
        chosen = call("relate", anchor.program, value=direction)
        if anchor.text == "it" and rng.random() < 0.6:
            return _where("relate", draw(rng, _ITS_SIDE[direction]), chosen)
        return _where("relate", f"{relation(rng, direction)} {anchor.text}", chosen, anchor)


def where_said(rng: Random, name: str, anchor: Thing) -> str:
    """ "the same size as X", "as big as X", ... for an anchor of any words."""
    while True:
        text = where_predicate(rng, Call(f"same_{name}", (Call("it"),)), it=True)
        # "as the cube left of the ball in size" cannot be told apart; "as it in size" is said.
        if text.endswith(" it") or not (anchor.nested or text.startswith("as it ")):
            break
    words = text.split(" ")
    at = len(words) - 1 - words[::-1].index("it")
    return " ".join([*words[:at], anchor.text, *words[at + 1 :]])


def _where(kind: str, text: str, chosen: Call, anchor: Thing | None = None) -> Where:
    nested = anchor is not None and anchor.nested
    return Where(kind=kind, one=text, many=text, chosen=chosen, nested=nested)
