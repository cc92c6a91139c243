"""Composed questions about all of a set and about one or two objects.

See `composed_heads.py`, which asks for counts and existence.
"""

from typing import Final

from .composed_groups import Group, Thing, Where, restrict
from .composed_heads import (
    END,
    OF,
    START,
    TAG,
    apart,
    condition,
    extreme_of,
    fronted,
    subject,
    words,
)
from .composed_phrases import Composer
from .functions import SCENE, Call, call, filters, split_filters
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import ATTRIBUTES, VALUES
from .wording import adjective, attribute_word, noun, predicate

_EVERY: Final = Patterns(
    ("are all [of|] {the_cores} {are}", 3),
    "is every {core} {is}",
    "are {the_cores} all {are}",
    ("{the_cores}, are they all {are}", 2),
    "all [of|] {the_cores} are {are}" + TAG,
    "is it true that every {core} is {is}",
    "are {the_cores} {are}, all of them",
    "is each of {the_cores} {is}",
    "every {core} is {is}" + TAG,
    "[couldn't one say|would you say|can i assume] that all {cores} are {are}",
    OF + " are all of them {are}",
    OF + " is every one {is}",
    "are all {cores} without exception {are}",
)
_ONLY: Final = Patterns(
    "is it only {kind} that are {are}",
    "are only {kind} {are}",
    "is everything {is} {kind_is}",
    "everything {is} is {kind_is}" + TAG,
    "are all things {are} {kind_are}",
    "only {kind} are {are}" + TAG,
    "whatever is {is}, is it all {kind}",
    "is it true that only {kind} are {are}",
    "nothing but {kind} {are}" + TAG,
    "all that is {is}: are those only {kind}",
    "is there nothing but {kind} {are}",
    "{are} - only {kind}, [right|correct]",
)
_NOT_ALL: Final = Patterns(
    "not all [of|] {the_cores} are {are}" + TAG,
    "not every {core} is {is}" + TAG,
    "is it false that all {cores} are {are}",
    "is it wrong to say that every {core} is {is}",
)


def every(c: Composer) -> tuple[str, Call]:
    """Whether all of a set are so: "is every shiny thing behind the cube small?"; its program."""
    rng = c.rng
    if rng.random() < 0.25:
        where = condition(c, set(), ("relate", "relate", "side", "both"))
        name = rng.choice(("shape", "shape", "color", "material", "size"))
        value = rng.choice(VALUES[name])
        kind = noun(rng, value, "many") if name == "shape" else f"{adjective(rng, value)} things"
        slots: dict[str, Filler] = {
            "kind": kind,
            "is": where.one,
            "are": where.many,
            "kind_is": predicate(rng, name, value),
            "kind_are": predicate(rng, name, value, "many"),
        }
        members = where.chosen
        return _ONLY.draw(rng, slots), call(
            "every", members, restrict(members, filters(SCENE, **{name: value}))
        )
    group, where = subject(c)
    members = group.program
    wanted = where.chosen
    if where.kind in ("value", "either"):
        wanted = restrict(members, wanted)
    program = call("every", members, wanted)
    if rng.random() < 0.15:
        return apart(rng, _NOT_ALL, words(rng, group, where)), call("not", program)
    return apart(rng, _EVERY, words(rng, group, where)), program


_BOOL: Final = Patterns(
    ("is {o} {is}", 4),
    ("{o} is {is}" + TAG, 2),
    ("isn't {o} {is}", 3),
    "{o}, is it {is}",
    "[would you say|wouldn't you say|do you agree|is it true|can you confirm] {o} is {is}",
    "{o}: {is} or not",
    "{o}, [{is}|it's {is}], [right|correct|no]",
    "i [think|believe|say] {o} is {is}, [am i right|is that so|do you agree]",
    "so {o} is {is}" + TAG,
    "{is} - is that [true|the case] for {o}",
    "tell me [if|whether] {o} is {is}",
    "could {o} be {is}",
    "does {o} happen to be {is}",
)
_NOT: Final = Patterns(
    ("{o} isn't {is}" + TAG, 3),
    "{o} is not {is}" + TAG,
    "am i right that {o} isn't {is}",
    "is it true that {o} is not {is}",
    "so {o} isn't {is}, is it",
    "can you confirm that {o} is not {is}",
    "{o}: not {is}, [right|correct]",
    "i'd say {o} is not {is}, [true|agreed]",
    "would you agree that {o} isn't {is}",
    "it's not {is}, {o}, [right|correct]",
)


def boolean(c: Composer) -> tuple[str, Call]:
    """Whether one thing is so: "is the ball that is left of the can red?", and its program."""
    rng = c.rng
    thing = c.thing(last=rng.random() < 0.6)
    taken: set[str] = set()
    if thing.program.args:
        taken |= set(split_filters(thing.program.args[0])[0])
    if rng.random() < 0.12:
        said, chosen = extreme_of(c, Group(rng=rng, values={}))
        where = Where(kind="extreme", one=said, many=said, chosen=chosen)
        program = call("exist", call("intersect", chosen, thing.program))
    else:
        where = condition(c, taken)
        if where.kind == "same":
            name = where.chosen.function[5:]
            values = (call(f"query_{name}", o) for o in (thing.program, where.chosen.args[0]))
            program = call(f"equal_{name}", *values)
        else:
            program = call("exist", restrict(thing.program, where.chosen))
    slots: dict[str, Filler] = {"o": thing.text, "is": where.one}
    if thing.nested and (where.place or where.kind in ("same", "extreme")):
        slots = {"o": thing.text + END, "is": START + where.one}
    if rng.random() < 0.25:
        return apart(rng, _NOT, slots), call("not", program)
    return apart(rng, _BOOL, slots), program


_QUERY: Final = Patterns(
    ("[what|which] {n} is {o}", 3),
    ("what is the {n} of {o}", 3),
    "{o}[,|:| -] [what|which] {n}",
    "[tell me|give me|state|name|report|i need] the {n} of {o}",
    "[which|what] {n} does {o} have",
    "{o}, its {n}",
    "{n} of {o}",
    "[find|take|look at] {o}. [what is|what's] its {n}",
    "[can you|could you] tell me [which|what] {n} {o} has",
    "[kindly|please] determine the {n} of {o}",
    "[as for|regarding] {o}, what {n} is it",
    "what would you call the {n} of {o}",
    "{o} has which {n}",
)
_QUERY_AS: Final = {
    "material": Patterns(
        "what is {o} made of", "{o}, what's it made of", "is {o} metal or rubber",
        "is {o} shiny or matte", "{o}: rubber or metal", "what's {o} made out of",
    ),
    "size": Patterns("how big is {o}", "is {o} big or small", "{o}: large or small",
    "{o}, how big is it"),
    "color": Patterns("how is {o} coloured", "what colour's {o}", "which colour was {o} painted"),
    "shape": Patterns("is {o} a cube, a ball or a cylinder", "what kind of shape is {o}"),
}  # fmt: skip


def query(c: Composer) -> tuple[str, Call]:
    """An attribute of one thing: "what is the cube that is not red made of?", and its program."""
    rng = c.rng
    name = rng.choice(ATTRIBUTES)
    if rng.random() < 0.12:
        group = c.group(hide=name)
        said, chosen = extreme_of(c, group)
        text = f"{fronted(rng, group)} which is {said}, and what {attribute_word(rng, name)} is it"
        return text, call(f"query_{name}", chosen)
    thing = c.thing(hide=name)
    slots: dict[str, Filler] = {"o": thing.text, "n": attribute_word(rng, name)}
    table = _QUERY_AS[name] if rng.random() < 0.25 else _QUERY
    return table.draw(rng, slots), call(f"query_{name}", thing.program)


_SAME: Final = Patterns(
    ("do {a} and {b} have the same {n}", 2),
    "is {a} the same {n} as {b}",
    "are {a} and {b} the same {n}",
    "{a} and {b}: [same {n}|equal in {n}|the same {n} or not]",
    "does {a} share its {n} with {b}",
    "does the {n} of {a} match that of {b}",
    "{a} and {b} are the same {n}" + TAG,
    "is the {n} of {a} the same as the {n} of {b}",
    "isn't {a} the same {n} as {b}",
    "compare {a} with {b}: same {n}",
    "do {a} and {b} agree in {n}",
    "would you say {a} and {b} have one and the same {n}",
    "same {n} for {a} and {b}",
)
_DIFFER: Final = Patterns(
    "do {a} and {b} differ in {n}", "are {a} and {b} of different {ns}",
    "do {a} and {b} have different {ns}", "{a} and {b} don't have the same {n}" + TAG,
    "is the {n} of {a} different from the {n} of {b}", "{a} isn't the same {n} as {b}" + TAG,
)  # fmt: skip
_BIGGER: Final = Patterns(
    ("is {a} {r} than {b}", 3), "{a} is {r} than {b}" + TAG, "isn't {a} {r} than {b}",
    "would you say {a} is {r} than {b}", "{a}, is it {r} than {b}", "{a} {r} than {b}",
    "is it true that {a} is {r} than {b}", "tell me whether {a} is {r} than {b}",
)  # fmt: skip


def equal(c: Composer) -> tuple[str, Call]:
    """Two things compared in one attribute, or in size, and the program."""
    rng = c.rng
    if rng.random() < 0.2:
        name, larger = "size", rng.random() < 0.5
        a, b = c.thing(hide=name, last=False), c.thing(hide=name)
        word = rng.choice(("bigger", "larger") if larger else ("smaller", "tinier"))
        slots: dict[str, Filler] = {"a": a.text, "b": b.text, "r": word}
        function = "greater_size" if larger else "less_size"
        return _BIGGER.draw(rng, slots), _queried(function, name, a, b)
    name = rng.choice(ATTRIBUTES)
    a, b = c.thing(hide=name, last=rng.random() < 0.3), c.thing(hide=name)
    slots = {"a": a.text, "b": b.text, "n": attribute_word(rng, name)}
    slots["ns"] = attribute_word(rng, name, "many")
    program = _queried(f"equal_{name}", name, a, b)
    if rng.random() < 0.2:
        return _DIFFER.draw(rng, slots), call("not", program)
    return _SAME.draw(rng, slots), program


def _queried(function: str, name: str, a: Thing, b: Thing) -> Call:
    return call(function, *(call(f"query_{name}", o.program) for o in (a, b)))
