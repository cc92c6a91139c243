"""Composed questions that list, compare values across a set, or point; see `composed_heads.py`."""

from typing import Final

from .composed_groups import restrict
from .composed_heads import (
    OF,
    TAG,
    apart,
    extreme_of,
    fronted,
    negated,
    subject,
    words,
)
from .composed_phrases import Composer
from .functions import Call, call
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import ATTRIBUTES, DIRECTIONS
from .wording import attribute_word

_SPREAD: Final = {
    "agree": Patterns(
        "are {the_ps} all the same {n}", "do {the_ps} all have the same {n}",
        "{the_ps}, are they all the same {n}", "do all [of|] {the_ps} share one {n}",
        "{the_ps} all have one {n}" + TAG, "is the {n} of {the_ps} one and the same",
        "are all {ps} of the same {n}", "do {the_ps} agree in {n}",
        "{the_ps}: same {n} throughout", "is there just one {n} among {the_ps}",
        "do {the_ps} come in a single {n}", "uniform {n} for {the_ps}, yes or no",
    ),
    "each": Patterns(
        "what {ns} are {the_ps}", "what {ns} do {the_ps} have", "[list|name] the {ns} of {the_ps}",
        "which {ns} do {the_ps} come in", "{the_ps}: what {ns}", "the {ns} of {the_ps}",
        "what are the {ns} of {the_ps}", "which {ns} occur among {the_ps}",
        "tell me what {ns} {the_ps} are", "which {ns} can be found among {the_ps}",
        "{the_ps} have which {ns}", "{the_ps}, their {ns} please",
    ),
    "distinct": Patterns(
        "how many different {ns} do {the_ps} come in", "how many {ns} are there among {the_ps}",
        "how many distinct {ns} do {the_ps} have", "number of different {ns} among {the_ps}",
        "count the different {ns} of {the_ps}", "{the_ps}: how many different {ns}",
        "{the_ps} come in how many {ns}", "how many different {ns} occur among {the_ps}",
        "how many {ns} in total do {the_ps} show", "how many different {ns} have {the_ps}",
        "tell me how many different {ns} there are among {the_ps}",
        "how varied in {n} are {the_ps}, how many {ns}",
    ),
    "mode": Patterns(
        "what {n} are most of {the_ps}", "what is the most common {n} among {the_ps}",
        "which {n} do most of {the_ps} have", "most frequent {n} among {the_ps}",
        "which {n} is the most usual for {the_ps}", "{the_ps}: which {n} dominates",
        "what {n} do you see most often among {the_ps}", "the commonest {n} of {the_ps} is",
        "{the_ps} are mostly what {n}", "which {n} occurs most among {the_ps}",
        "tell me the most common {n} of {the_ps}", "what's the most popular {n} among {the_ps}",
    ),
}  # fmt: skip


def spread(c: Composer) -> tuple[str, Call]:
    """What values a set has of an attribute, or how many different ones, and the program."""
    rng = c.rng
    group = c.group()
    names = [n for n in ATTRIBUTES if n not in group.taken]
    name = rng.choice(names or ["color"])
    kind = rng.choice(tuple(_SPREAD))
    slots = words(rng, group)
    slots |= {"n": attribute_word(rng, name), "ns": attribute_word(rng, name, "many")}
    return _SPREAD[kind].draw(rng, slots), call(f"{kind}_{name}", group.program)


_LIST: Final = Patterns(
    ("<list> [all|] {the_ps}", 4), "what are {the_ps}",
    "which {ps} [are there|do you see|can you see]",
    "describe {the_ps}", "tell me about {the_ps}", "{ps}[:|,] list them", "what {ps} are there",
    "could you rattle off {the_ps}", "i'd like a list of {the_ps}", "name every {p}",
    "{ps}, which ones do you see", "read out {the_ps}",
)  # fmt: skip
_WHICH: Final = Patterns(
    ("which {cores} are {are}", 3), ("which of {the_cores} are {are}", 2),
    (OF + " which are {are}", 2),
    "[list|name] {the_cores} that are {are}", "what {cores} are {are}",
    "{the_cores}: which are {are}",
    "tell me which of {the_cores} are {are}", "which one of {the_cores} is {is}",
)  # fmt: skip
_MOST: Final = Patterns(
    ("{front} [which|which one|what] is {most}", 4), "which of {the_ps} is {most}",
    "which one of {the_ps} is {most}", "{front} tell me which is {most}", "{front} {most} is which",
)  # fmt: skip
_WHAT: Final = Patterns(
    ("[what is|what's] {o}", 3), "describe {o}", "{o}, what is it", "tell me about {o}",
    "what is {o} like", "what can you say about {o}", "what does {o} look like",
    "{o}: what is that",
)  # fmt: skip
_NEARER: Final = Patterns(
    "which is [nearer|closer] to {o}, {a} or {b}", "{a} or {b}, which is closer to {o}",
    "what's closer to {o}: {a} or {b}", "of {a} and {b}, which is nearer to {o}",
)  # fmt: skip
_FURTHER: Final = {
    "left": ("further left", "more to the left", "further to the left"),
    "right": ("further right", "more to the right", "further to the right"),
    "front": ("nearer to us", "closer to the camera", "closer to me"),
    "behind": ("further away", "further back", "farther from the camera"),
}


def listing(c: Composer) -> tuple[str, Call]:
    """A set to be listed or described, and the program."""
    rng = c.rng
    roll = rng.random()
    if roll < 0.28:
        group = c.group()
        return _LIST.draw(rng, words(rng, group)), call("describe", group.program)
    if roll < 0.5:
        group, where = subject(c)
        if where.kind == "value" and rng.random() < 0.2:
            chosen = call("minus", group.program, where.chosen)
            return apart(rng, _WHICH, words(rng, group, negated(where))), call("describe", chosen)
        chosen = restrict(group.program, where.chosen)
        return apart(rng, _WHICH, words(rng, group, where)), call("describe", chosen)
    if roll < 0.72:
        group = c.group()
        most, chosen = extreme_of(c, group)
        slots = {**words(rng, group), "most": most, "front": lambda: fronted(rng, group)}
        return _MOST.draw(rng, slots), call("describe", chosen)
    if roll < 0.84:
        a, b = c.simple(), c.simple()
        two = call("union", a.program, b.program)
        if rng.random() < 0.5:
            o = c.thing()
            slots = {"a": a.text, "b": b.text, "o": o.text}
            return _NEARER.draw(rng, slots), call("describe", call("nearest", two, o.program))
        direction = rng.choice(DIRECTIONS)
        text = f"which [is|one is] {rng.choice(_FURTHER[direction])}, {{a}} or {{b}}"
        chosen = call("extreme", two, value=direction)
        return Patterns(text).draw(rng, {"a": a.text, "b": b.text}), call("describe", chosen)
    thing = c.thing()
    return _WHAT.draw(rng, {"o": thing.text}), call("describe", thing.program)


_POINT: Final = Patterns(
    ("<show> {x}", 6), ("{x}", 5), "{x} please", "i'm after {x}", "could you circle {x}",
    "{x}, show me",
    "i want {x}", "please <show> {x}", "{x}, mark [it|] for me", "would you find {x}", "get me {x}",
)  # fmt: skip
_WHERE: Final = Patterns(
    ("where is {o}", 2), "whereabouts is {o}", "{o}, where is it", "where can i find {o}",
    "{o} is where", "in which part of the picture is {o}", "tell me where {o} is",
    "where do you see {o}",
)  # fmt: skip
_WHERE_MANY: Final = Patterns(
    "where are {the_ps}", "whereabouts are {the_ps}", "{the_ps}, where are they",
    "where can i find {the_ps}", "tell me where {the_ps} are", "where do you see {the_ps}",
)  # fmt: skip


def pointing(c: Composer) -> tuple[str, Call]:
    """Something to be shown or placed, and the program."""
    rng = c.rng
    roll = rng.random()
    if roll < 0.12:
        thing = c.thing()
        return _WHERE.draw(rng, {"o": thing.text}), call("locate", thing.program)
    if roll < 0.37:
        thing = c.thing()
        return _POINT.draw(rng, {"x": thing.text}), thing.program
    group = c.group()
    if roll < 0.45:
        return _WHERE_MANY.draw(rng, words(rng, group)), call("locate", group.program)
    if roll < 0.62:
        most, chosen = extreme_of(c, group)
        ask = rng.choice(("give me", "show me", "i want", "point at", "take", "mark"))
        return (
            f"{fronted(rng, group)} {ask} {most if most.startswith('the ') else 'the one ' + most}",
            chosen,
        )
    article = rng.choice(("", "the", "the"))
    return _POINT.draw(rng, {"x": lambda: group.said("many", article)}), group.program


_TWO: Final = Patterns(
    ("is there both {a} and {b}", 2), "is there {a} and also {b}",
    "are there {a} and {b}, both of them",
    "do you see {a} as well as {b}", "{a} and {b}: are both there", "are both {a} and {b} present",
    "is there {a}, and is there {b} too", "there is {a} and there is {b}" + TAG,
    "do we have {a} and do we have {b}", "does the <picture> have {a} as well as {b}",
    "both {a} and {b} are there" + TAG, "can you see {a} and also {b}",
)  # fmt: skip


def two(c: Composer) -> tuple[str, Call]:
    """Whether there is one thing and another, and the program."""
    # What stands after the first would seem to go on in the second.
    a, b = c.group(plain=True, least=1, conditions=0), c.group(plain=True, least=1)
    slots: dict[str, Filler] = {"a": a.said("one", "a"), "b": b.said("one", "a")}
    return _TWO.draw(c.rng, slots), call("and", *(call("exist", g.program) for g in (a, b)))
