"""Questions about clips: a family draws a program and words that mean just that.

`Names` says what may be named: in a given story, objects that their description picks out; without
one, any description, which is how a parser is taught on programs about no clip in particular.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from ..functions import Call
from ..naming import all_names
from ..patterns import draw
from ..scene import Scene
from ..vocabulary import ATTRIBUTES, VALUES
from ..wording import attribute_word, number_word
from .language import CLIP, OBJECTS, call, described, happen
from .speech import RANK, names
from .story import Story

Made = tuple[Call, str]


@dataclass(kw_only=True)
class Names:
    """Draws what a question speaks of.

    Attributes:
        story: whose things may be named; None for any.
        taken: objects already named in this question.
    """

    rng: Random
    story: Story | None = None

    def __post_init__(self) -> None:
        self.taken: set[int] = set()
        self.drawn: list[dict[str, str]] = []

    def one(self) -> Call:
        """One object, by a description that fits it alone; another one at each call."""
        if self.story is None:
            return call("unique", described(**self._free(least=1)))
        left = [i for i in range(len(self.story.objects)) if i not in self.taken]
        index = self.rng.choice(left or list(range(len(self.story.objects))))
        self.taken.add(index)
        told = self._told(index)
        return call("unique", described(**told))

    def some(self, bare: float = 0.25) -> Call:
        """A set by description: "cubes", "metal things", now and then all there is."""
        if self.rng.random() < bare:
            return OBJECTS
        if self.story is None:
            return described(**self._free(least=1, most=2))
        item = self.rng.choice(self.story.objects)
        keys = self.rng.sample(ATTRIBUTES, self.rng.choice((1, 1, 2)))
        if self.rng.random() < 0.15:
            key = self.rng.choice(ATTRIBUTES)
            return described(**{key: self.rng.choice(VALUES[key])})
        return described(**{key: item.value(key) for key in keys})

    def _told(self, index: int) -> dict[str, str]:
        assert self.story is not None  # `one` asks only then
        scene = Scene(
            objects=self.story.objects, directions={}, relationships={}, width=1, height=1
        )
        ways = all_names(scene, index)
        if not ways:
            return {a: self.story.objects[index].value(a) for a in ATTRIBUTES}
        shortest = len(ways[0])
        longer = self.rng.random() < 0.3
        near = [way for way in ways if len(way) <= shortest + longer]
        shaped = [way for way in near if "shape" in way or "color" in way]
        return self.rng.choice(shaped or near)

    def _free(self, least: int, most: int = 3) -> dict[str, str]:
        while True:
            count = min(most, self.rng.choice((1, 1, 2, 2, 2, 3)))
            keys = self.rng.sample(ATTRIBUTES, max(least, count))
            if "shape" not in keys and self.rng.random() < 0.6:
                keys[0] = "shape"
            values = {key: self.rng.choice(VALUES[key]) for key in dict.fromkeys(keys)}
            if values not in self.drawn:
                self.drawn.append(values)
                return values


def said(names_of: Names, pattern: str, /, **things: Call | str | Callable[[], str]) -> str:
    """Fill a pattern: a `Call` of one object gives "the red cube", a set its plural.

    A set under the slot `a...` is said as one of it: "a cube", "any metal thing".
    """
    rng = names_of.rng
    fillers: dict[str, str | Callable[[], str]] = {}
    for slot, thing in things.items():
        if not isinstance(thing, Call):
            fillers[slot] = thing
        elif thing.function == "unique":
            fillers[slot] = lambda t=thing: names(rng, t)
            fillers[f"{slot}n"] = lambda t=thing: names(rng, t, article="")
        elif slot[0] == "a":
            fillers[slot] = lambda t=thing: names(
                rng, t, article="any" if rng.random() < 0.3 else "a"
            )
        else:
            fillers[slot] = lambda t=thing: names(rng, t, "many", "")
    return draw(rng, pattern, fillers)


def attribute_slot(rng: Random, attribute: str) -> Callable[[], str]:
    """Fills a slot with a word for the attribute."""
    return lambda: attribute_word(rng, attribute)


def digit_slot(rng: Random, n: int) -> Callable[[], str]:
    """Fills a slot with a number."""
    return lambda: number_word(rng, n)


def meeting(x: Call, y: Call, world: Call = CLIP) -> Call:
    """The collisions between `x` and `y`."""
    return call("with", call("with", happen("collision", world), x), y)


def first(events: Call) -> Call:
    """The first of `events`."""
    return call("pick", events, value="first")


def event_of(
    source: Names, kinds: tuple[str, ...] = ("collision", "enter", "leave", "stop")
) -> tuple[Call, str, Mapping[str, Call]]:
    """An event by its kind and its things: (program, kind, things by slot)."""
    kind = source.rng.choice(kinds)
    x = source.one()
    if kind == "collision":
        y = source.one()
        return first(meeting(x, y)), kind, {"x": x, "y": y}
    return first(call("with", happen(kind), x)), kind, {"x": x}


def drawn_rank(source: Names) -> tuple[str, str]:
    """An order word and how it is said."""
    rank = source.rng.choice(("first", "first", "first", "last", "last", "second", "third"))
    return rank, RANK[rank]


def filtered(base: Call, like: Call) -> Call:
    """`base` with the filters of `like`."""
    if like == OBJECTS:
        return base
    return Call(like.function, (filtered(base, like.args[0]),), like.value)


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family of questions.

    Attributes:
        group: descriptive, temporal, explanatory, predictive or counterfactual.
        make: draws a program and its words (lower case, no end mark).
    """

    name: str
    group: str
    make: Callable[[Names], Made]
    weight: float = 1.0


GROUPS: Final = ("descriptive", "temporal", "explanatory", "predictive", "counterfactual")
