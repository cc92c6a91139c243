"""What can be said of a clip, each as a program that is true or not, and as words.

    state(rng, "collision", (Thing(values={"shape": "cube"}), Thing(values={"color": "red"})))
    -> exist_events(with(with(happen[collision], cubes), red things)),
       "a cube" + "bumps into a red thing"

Captions of clips and searches for them are made of these; `statement_pairs` teaches them to the
parser of questions about clips.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from ..functions import Call
from ..noise import frame, typos
from ..patterns import draw
from ..vocabulary import ATTRIBUTES, VALUES
from ..wording import Article, noun_phrase, number_word
from .asking import meeting
from .language import OBJECTS, call, described, happen
from .questions import taught
from .speech import (
    CLIP,
    COLLIDE,
    ENTER,
    ENTERS,
    HITS,
    HITTING,
    LEAVE,
    LEAVES,
    STARTS,
    STILL,
    STOPS,
)

Values = Mapping[str, str]

# Statements about one thing, then about how many there are; "collision" is the one about two.
ABOUT_ONE: Final = ("enter", "leave", "stop", "start", "moves", "still", "there", "left", "touched")
SEVERAL: Final = "several"
COUNTED: Final = ("collisions", "comers", "goers", "things")
NONE: Final = ("no_collision", "no_comer", "no_goer")
_THIRD: Final = {
    "enter": ENTERS, "leave": LEAVES, "stop": STOPS, "start": STARTS,
    "moves": "[moves|is moving|slides along|rolls along|moves around|moves across the table]",
    "still": f"[stands still|stays still|never moves|does not move|is {STILL}|stays put|rests"
    "|stays where it is|remains [still|at rest|in place]|keeps still]",
    "left": "[is still there at the end|stays in [view|the picture]|remains at the end"
    "|is in view when it ends|is there at the end]",
    "touched": "[gets hit|is hit|is struck|gets hit by something|is hit by something|is bumped"
    "|collides with something|is in a collision|hits something|bumps into something]",
}  # fmt: skip
_ING: Final = {
    "enter": "[entering|coming in|sliding in|rolling in|appearing|arriving|coming into view]",
    "leave": "[leaving|exiting|going out|rolling out|sliding out|disappearing|going out of view]",
    "stop": "[stopping|coming to rest|coming to a stop|slowing to a halt]",
    "start": "[starting to move|beginning to move|being set in motion]",
    "moves": "[moving|sliding|rolling|moving around|in motion]",
    "still": "[standing still|at rest|not moving|staying put|that never moves|that stands still]",
    "left": "[that stays in view|still there at the end]",
    "touched": "[being hit|getting hit|that gets hit|hitting something]",
}  # fmt: skip
_SEES: Final = (
    "[there is {x}|{x} is [there|in view|visible|on the table|in it]|we see {x}|you see {x}"
    f"|{{x}} can be seen|the {CLIP} shows {{x}}|{{x}} [on the table|]]"
)
_COUNTS: Final = {
    "collisions": "[{n} {c}|there are {n} {c}|{n} {c} happen|things [crash|collide] {n} times]",
    "comers": f"[{{n}} [things|objects|of them] {ENTER}|{{n}} [things|objects] {ENTER}"
    "|{n} [arrivals|entrances]]",
    "goers": f"[{{n}} [things|objects|of them] {LEAVE}|{{n}} [exits|departures]]",
    "things": "[{n} [things|objects]|there are {n} [things|objects]|{n} [things|objects] in all"
    "|{n} [things|objects] [on the table|altogether]]",
}
_ONCE: Final = {
    "collisions": "[one [collision|crash]|a single collision|there is [one|a single] collision"
    "|just one collision]",
    "comers": f"[one thing {ENTERS}|a single object {ENTERS}|just one thing comes in]",
    "goers": f"[one thing {LEAVES}|a single object {LEAVES}|just one thing leaves]",
    "things": "[one thing|a single object]",
}
_NEVER: Final = {
    "no_collision": f"[nothing [collides|crashes|gets hit|{HITS} anything]|no [collisions|crashes]"
    "|without [collisions|a collision|any collision]|there is no [collision|crash]"
    f"|no two things {COLLIDE}]",
    "no_comer": f"[nothing {ENTERS}|nothing new {ENTERS}|no object {ENTERS}]",
    "no_goer": f"[nothing {LEAVES}|no object {LEAVES}|everything stays in view]",
}
_KIND_OF: Final = {
    "collisions": "collision", "comers": "enter", "goers": "leave", "no_collision": "collision",
    "no_comer": "enter", "no_goer": "leave",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A thing as it is spoken of.

    Attributes:
        values: what is said of it, any attributes.
        article: "the" takes for granted that there is one such thing.
    """

    values: Values = field(default_factory=dict)
    article: Article = "a"

    def program(self) -> Call:
        """The thing in a program."""
        found = described(**self.values)
        return call("unique", found) if self.article == "the" else found

    def words(self, rng: Random) -> str:
        """The thing in words."""
        if not self.values and self.article == "a":
            return rng.choice(("something", "an object", "a thing"))
        return noun_phrase(rng, self.values, "one", self.article)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement.

    Attributes:
        program: true or not of a story.
        subject: the words that it begins with, where what follows can be said of them alone.
        about: which of the things that subject is; -1 where there is none.
        rest: the other words.
    """

    program: Call
    rest: str
    subject: str = ""
    about: int = -1

    @property
    def text(self) -> str:
        """All its words."""
        return f"{self.subject} {self.rest}".strip()


def state(
    rng: Random, kind: str, things: tuple[Thing, ...] = (), number: int = 0, phrase: bool = False
) -> Statement:
    """Say one thing of a clip.

    Args:
        kind: "collision", or of `ABOUT_ONE`, `COUNTED` or `NONE`, or `SEVERAL`, as many as
            `number` of what is like the thing.
        things: two, one or none.
        number: what is counted.
        phrase: as a noun phrase ("a ball leaving") and not as a clause ("a ball leaves").
    """
    if kind in _NEVER:
        return Statement(program=_never(kind), rest=draw(rng, _NEVER[kind]))
    if kind in COUNTED:
        pattern = _ONCE[kind] if number == 1 else _COUNTS[kind]
        words = {"n": lambda: number_word(rng, number), "c": rng.choice(("collisions", "crashes"))}
        return Statement(program=_counted(kind, number), rest=draw(rng, pattern, words))
    if kind == SEVERAL:
        found = call("count", described(**things[0].values))
        xs = noun_phrase(rng, things[0].values, "many" if number > 1 else "one", "")
        return Statement(
            program=call("equal_integer", found, call("number", value=str(number))),
            rest=draw(rng, "[{n} {xs}|there are {n} {xs}|{n} {xs} [are there|in view|]]",
                      {"n": lambda: number_word(rng, number), "xs": xs}),
        )  # fmt: skip
    program = _program(kind, things)
    x = things[0].words(rng)
    if kind == "there":
        if phrase:
            return Statement(program=program, rest=x)
        return Statement(program=program, rest=draw(rng, _SEES, {"x": x}))
    if kind == "collision":
        return _met(rng, program, x, things[1].words(rng), phrase)
    verbs = _ING[kind] if phrase else _THIRD[kind]
    return Statement(program=program, subject=x, about=0, rest=draw(rng, verbs))


def _met(rng: Random, program: Call, x: str, y: str, phrase: bool) -> Statement:
    way = rng.random()
    both = {"x": x, "y": y}
    if phrase:
        pattern = (
            f"[{{x}} {HITTING} {{y}}|{{x}} {HITTING} {{y}}|[a|the] [collision|crash|contact]"
            " [between|of] {x} and {y}|{y} [being|getting] hit by {x}"
            "|{x} and {y} [colliding|crashing|hitting each other|bumping into each other|meeting]]"
        )
        return Statement(program=program, rest=draw(rng, pattern, both))
    if way < 0.6:
        return Statement(
            program=program, subject=x, about=0, rest=draw(rng, f"{HITS} {{y}}", both)
        )  # fmt: skip
    if way < 0.8:
        passive = "[is|gets|is] [hit|struck|bumped|pushed|knocked] by {x}"
        return Statement(program=program, subject=y, about=1, rest=draw(rng, passive, both))
    return Statement(program=program, rest=draw(rng, f"{{x}} and {{y}} {COLLIDE}", both))


def _program(kind: str, things: tuple[Thing, ...]) -> Call:
    x = things[0].program()
    match kind:
        case "collision":
            return call("exist_events", meeting(x, things[1].program()))
        case "moves" | "still":
            name = "moving" if kind == "moves" else "still"
            return call("exist", call(name, x, call("ever")))
        case "left":
            return call("exist", call("inside", x, call("end")))
        case "there":
            return call("exist", described(**things[0].values))
        case "touched":
            return call("exist_events", call("with", happen("collision"), x))
    if things[0].article == "the":
        return call("exist_events", call("with", happen(kind), x))
    return call("exist", described(call("who", happen(kind)), **things[0].values))


def _counted(kind: str, number: int) -> Call:
    n = call("number", value=str(number))
    if kind == "things":
        return call("equal_integer", call("count", OBJECTS), n)
    events = happen(_KIND_OF[kind])
    return call("equal_integer", call("count_events", events), n)


def _never(kind: str) -> Call:
    if kind == "no_collision":
        return call("not", call("exist_events", happen("collision")))
    return call("not", call("exist", call("who", happen(_KIND_OF[kind]))))


def statement_pairs(seed: int, n: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`n` statements about no clip in particular: (text, program tokens)."""
    rng = Random(f"statements {seed}")
    for _ in range(n):
        roll = rng.random()
        if roll < 0.38:
            kind, things = "collision", (_any_thing(rng), _any_thing(rng))
        elif roll < 0.78:
            kind, things = rng.choice(ABOUT_ONE), (_any_thing(rng),)
        elif roll < 0.85:
            kind, things = SEVERAL, (_any_thing(rng),)
        else:
            kind, things = rng.choice(COUNTED if roll < 0.95 else NONE), ()
        said = state(
            rng, kind, things, rng.choice((1, 2, 2, 3, 3, 4, 5, 6)), phrase=rng.random() < 0.35
        )
        text = said.text
        if rng.random() < 0.15:
            text = f"{rng.choice(('does it happen that', 'is it true that', 'where'))} {text}"
        mark = rng.choice(("", "", "", ".", "?"))
        yield (
            typos(rng, frame(rng, text, mark) if rng.random() < 0.3 else text),
            taught(said.program),
        )


def _any_thing(rng: Random) -> Thing:
    if rng.random() < 0.04:
        return Thing()
    keys = rng.sample(ATTRIBUTES, rng.choice((1, 1, 2, 2, 2, 3, 3, 4)))
    if "shape" not in keys and rng.random() < 0.7:
        keys[0] = "shape"
    values = {key: rng.choice(VALUES[key]) for key in dict.fromkeys(keys)}
    return Thing(values=values, article=rng.choice(("a", "a", "the")))
