"""Composed questions about all of a set, about one object, and requests to list or point.

See `composed_heads.py`, which asks for numbers and existence.
"""

from typing import Final

from .composed_heads import OF, TAG, condition, extreme_of, fronted, negated, subject, words
from .composed_phrases import Composer, Group, Thing, Where, restrict
from .functions import SCENE, Call, call, filters, split_filters
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES
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
        return _NOT_ALL.draw(rng, words(rng, group, where)), call("not", program)
    return _EVERY.draw(rng, words(rng, group, where)), program


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
    if rng.random() < 0.25:
        return _NOT.draw(rng, slots), call("not", program)
    return _BOOL.draw(rng, slots), program


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
    rng = c.rng
    roll = rng.random()
    if roll < 0.28:
        group = c.group()
        return _LIST.draw(rng, words(rng, group)), call("describe", group.program)
    if roll < 0.5:
        group, where = subject(c)
        if where.kind == "value" and rng.random() < 0.2:
            chosen = call("minus", group.program, where.chosen)
            return _WHICH.draw(rng, words(rng, group, negated(where))), call("describe", chosen)
        chosen = restrict(group.program, where.chosen)
        return _WHICH.draw(rng, words(rng, group, where)), call("describe", chosen)
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
    # What stands after the first would seem to go on in the second.
    a, b = c.group(plain=True, least=1, conditions=0), c.group(plain=True, least=1)
    slots: dict[str, Filler] = {"a": a.said("one", "a"), "b": b.said("one", "a")}
    return _TWO.draw(c.rng, slots), call("and", *(call("exist", g.program) for g in (a, b)))
