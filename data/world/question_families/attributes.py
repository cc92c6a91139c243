"""Questions answered by an attribute value, and those that compare values."""

from random import Random
from typing import Final

from ..functions import Call, split_filters
from ..phrases import is_simple, object_phrase, set_phrase, where_predicate
from ..vocabulary import VALUES
from ..wording import (
    adjective,
    attribute_word,
    noun,
    noun_phrase,
    ordinal_after,
    superlative_after,
    superlative_predicate,
)
from .shared import Patterns, set_fillers, where_fillers

_ATTRIBUTE: Final = (
    ("what {name} is {o}", 7),
    ("[what is|what's] the {name} of {o}", 6),
    ("[the|] {name} of {o}", 1.5),
    ("which {name} is {o}", 1),
    "which {name} does {o} have",
    "what {name} does {o} have",
    "what {name} has {o}",
    "{o}[:| -|,|?] what {name}",
    "{o}[:| -|,|?] what {name} is it",
    "{o}[:| -|,|?] {name}",
    "{o} is what {name}",
    "<tell> what {name} {o} [is|has]",
    "<tell> the {name} of {o}",
    "<give> the {name} of {o}",
    "what is the {name} of {o} [<here>||]",
    "what would you say the {name} of {o} is",
    "what {name} [do you think|would you say] {o} is",
    "[identify|name|determine|describe|state] the {name} of {o}",
    "of what {name} is {o}",
    "in what {name} is {o}",
    "which is the {name} of {o}",
    "how is the {name} of {o}",
    "{o} has what {name}",
    "{o} has which {name}",
    "do you know the {name} of {o}",
    "can you see what {name} {o} is",
    "what {name}'s {o}",
    "how would you describe the {name} of {o}",
    "i can't make out the {name} of {o}[. what is it|, can you|]",
    "regarding {o}, what is its {name}",
    "as for {o}, what {name} is it",
    "what is {o} in terms of {name}",
    "{name} [pls|please][:| -|,] {o}",
    "{o}[,|:| -] [its|which] {name}",
    "{o}[,|:| -] {name}[-wise|wise]",
    "what {name} [would|might|could] {o} be",
    "[may i ask|can i ask|could i ask] what {name} {o} is",
    "i [can't|cannot] tell the {name} of {o}, can you",
    "please [state|inform me of|report] the {name} of {o}",
    "[got|have you] a {name} for {o}",
    "guess the {name} of {o}",
    "look at {o} and tell me its {name}",
    "which {name} would you give {o}",
    "what {name} do we have for {o}",
    "i need the {name} of {o}",
    "{o}: name its {name}",
    "how does {o} look[,| -] {name}[-wise|wise]",
)
_SIMPLE_ATTRIBUTE: Final = Patterns(
    "[what is|what's|] {o}'s {name}",
    "<tell> {o}'s {name}",
    "{o} {name}",
)
_INTRO_ATTRIBUTE: Final = Patterns(
    "there is {a}[;|,|.] what {name} is it",
    "there is {a}[;|,|.] [what is|what's] its {name}",
    "i see {a}[;|,|.] what {name} is it",
    "[look at|see|take|consider|find] {o}[.|;|,| -] what {name} is it",
    "[look at|see|take|consider|find] {o}[.|;|,| -] [what is|what's] its {name}",
    "[there's|you see] {a}, right? what {name} is it",
)
_OWN: Final = {
    "color": Patterns(
        "[what is|what's] the [shade|paint] of {o}",
        "how is {o} [colored|coloured|painted]",
        "what [shade|tint] is {o}",
        "which of the colors is {o}",
    ),
    "material": Patterns(
        ("what is {o} made of", 5),
        "what [material|stuff] was used for {o}",
        "is {o} of metal or [of|] rubber",
        "what was {o} built from",
        ("[what's|whats] {o} made of", 3),
        ("what is {o} made [out of|from]", 2),
        "what [material|stuff] is {o} made [of|out of|from]",
        "what kind of material is {o}",
        "{o} is made of what",
        "{o} - what is it made of",
        "{o}[,|:] made of",
        "what was {o} made of",
        "out of what is {o} made",
        "<tell> what {o} is made of",
        "there is {a}[;|,|.] what is it made of",
        "[how does the surface of {o} look|what surface does {o} have|what finish does {o} have]",
        "what does {o} consist of",
    ),
    "size": Patterns(
        ("how big is {o}", 4),
        ("how large is {o}", 2),
        "how small is {o}",
        "how big or small is {o}",
        "<tell> how big {o} is",
        "there is {a}[;|,|.] how big is it",
        "{o}[:| -|,] how big is it",
        "how big would you say {o} is",
    ),
    "shape": Patterns(
        "what [kind|type|sort] of [shape|object|thing] is {o}",
        "what shape does {o} have",
        "which shape is {o}",
        "what form does {o} [take|have]",
        "how is {o} shaped",
        "what is the geometry of {o}",
        "what geometric [shape|form|solid] is {o}",
        "<tell> what [kind|type] of [object|shape] {o} is",
    ),
}
_WHERE: Final = Patterns(
    ("what {name} is the {c} {where}", 3),
    "what {name} {c} is {where}",
    "what is the {name} of the {c} {where}",
    "{where}[,|] there is {a_c}[;|.|,] what {name} is it",
    "{where} is {a_c}[;|.|,] what {name} is it",
    "the {c} {where}[:|,| -] what {name}",
    "what {name} does the {c} {where} have",
    "<tell> what {name} the {c} {where} is",
)
_WHERE_MATERIAL: Final = Patterns(
    "what is the {c} {where} made of",
    "what's the {c} {where} made [of|out of]",
    "{where} is {a_c}[;|.|,] what is it made of",
)
_SUPERLATIVE: Final = Patterns(
    ("what {name} is the {c} that is {most}", 2),
    "what {name} is the {c} {after}",
    "which {c} is {most}, and what {name} is it",
    "{after}, there is {a_c}[;|.] what {name} is it",
    "what {name} {c} is {most}",
    "the {c} {after}[:|,| -] what {name}",
)
_ORDINAL: Final = Patterns(
    "what {name} is the {c} that is {most}",
    "what {name} [comes|is] {most}",
    "the {c} {most}[:|,| -] what {name}",
    "{most}[:|,| -] what {name}",
)
_OPTIONS: Final = Patterns(
    "{v} or {w}, {o}",
    "does {o} come in {v} or {w}",
    "{o}, is that {v} or {w}",
    "is it {v}[,|] {w} or what, {o}",
    ("is {o} {v} or {w}", 6),
    "is {o} {v}[,|] or is it {w}",
    "{o}[:| -|,|?] {v} or {w}",
    "<tell> [if|whether] {o} is {v} or {w}",
    "{v} or {w}[,|?|:] [what is|which is] {o}",
    "would you [say|call] {o} is {v} or {w}",
    "is it {v} or {w}[,|:] {o}",
    "which is {o}, {v} or {w}",
    "{o} is {v} or {w}",
    "is {o} more {v} or {w}",
)

_SAME: Final = Patterns(
    ("[is|does] {o} [have|has] the same {name} as {p}", 1),
    ("does {o} have the same {name} as {p}", 3),
    ("is {o} the same {name} as {p}", 4),
    ("do {o} and {p} have the same {name}", 4),
    ("are {o} and {p} the same {name}", 4),
    "is the {name} of {o} [the same as|equal to|identical to] [that of|the {name} of] {p}",
    "do {o} and {p} [share|have] [a|one|the same] {name}",
    "do {o} and {p} match in {name}",
    "does the {name} of {o} match [that of|the {name} of] {p}",
    "{o} and {p}[:| -|,] same {name}",
    "[are|is] {o} and {p} [equal|identical|alike] in {name}",
    "<tell> [if|whether] {o} and {p} [are|have] the same {name}",
    "is {o} of the same {name} as {p}",
    "same {name} for {o} and {p}",
    "are {o} and {p} of the same {name}",
    "is it true that {o} and {p} have the same {name}",
    "{o} has the same {name} as {p}[,| -] <sure>",
    "comparing {o} and {p}, is the {name} the same",
)
_SAME_OWN: Final = {
    "size": Patterns("is {o} as [big|large] as {p}", "are {o} and {p} equally [big|large]"),
    "material": Patterns(
        "[is|are] {o} and {p} made [of|out of|from] the same [material|stuff|thing]",
        "is {o} made of the same [material|stuff] as {p}",
    ),
    "shape": Patterns(
        "are {o} and {p} the same [kind|type] of [shape|object]",
        "is {o} [shaped like|the same kind of shape as] {p}",
    ),
    "color": Patterns(
        "[are {o} and {p} coloured the same|is {o} coloured like {p}]",
        "are {o} and {p} [painted|colored] the same [color|way]",
    ),
}
_DIFFERENT: Final = Patterns(
    ("are {o} and {p} [different|of different] {names}", 2),
    ("do {o} and {p} have [different|differing] {names}", 2),
    "is {o} a different {name} [than|from|to] {p}",
    "do {o} and {p} differ in {name}",
    "does {o} have a different {name} [than|from] {p}",
    "is the {name} of {o} different from [that of|the {name} of] {p}",
    "<tell> [if|whether] {o} and {p} have different {names}",
)
_BIGGER: Final = Patterns(
    ("is {o} [bigger|larger] than {p}", 6),
    "is {o} the [bigger|larger] one compared to {p}",
    "is {o} [bigger|larger] in size than {p}",
    "{o} is [bigger|larger] than {p}[,| -] <sure>",
    "<tell> [if|whether] {o} is [bigger|larger] than {p}",
    "does {o} have a [bigger|larger|greater] size than {p}",
    "is the size of {o} greater than that of {p}",
    "{o} [bigger|larger] than {p}",
    "would you say {o} is [bigger|larger] than {p}",
    "compared to {p}, is {o} [bigger|larger]",
)
_SMALLER: Final = Patterns(
    ("is {o} [smaller|tinier|smaller] than {p}", 6),
    "is {o} smaller in size than {p}",
    "{o} is smaller than {p}[,| -] <sure>",
    "<tell> [if|whether] {o} is smaller than {p}",
    "does {o} have a smaller size than {p}",
    "is the size of {o} [less|smaller] than that of {p}",
    "{o} smaller than {p}",
    "compared to {p}, is {o} smaller",
)

_AGREE: Final = Patterns(
    ("are {the_ps} all the same {name}", 3),
    ("do all {the_ps} have the same {name}", 3),
    "are all {the_ps} the same {name}",
    "do {the_ps} [all|] [share|have] [the same|one|a single] {name}",
    "is the {name} [of all|the same for all] {the_ps}[| the same]",
    "same {name} for all {the_ps}",
    "do {the_ps} match in {name}",
    "<tell> [if|whether] all {the_ps} have the same {name}",
    "are all [of|] {the_ps} of the same {name}",
    "is every {s} the same {name}",
    "do all {the_ps} come in one {name}",
)
_AGREE_SCENE: Final = Patterns(
    ("is everything the same {name}", 2),
    "are they all the same {name}",
    "are all the [things|objects|items|pieces] [here|in the <picture>|on the table|] [of|] the"
    " same {name}",
    "do all [the|] [things|objects|items] have the same {name}",
    "does everything have the same {name}",
    "is it all one {name}",
    "do they all share one {name}",
    "do the [things|objects] all have [the same|one] {name}",
    "everything the same {name}",
)
_MODE: Final = Patterns(
    ("what is the most [common|frequent|popular] {name}{among}", 3),
    ("which {name} is [the|] most [common|frequent]{among}", 2),
    "what {name} is most common{among}",
    "[what|which] {name} [appears|occurs|shows up|is there|do you see] [most|the most"
    "|most often|most frequently]{among}",
    "most [common|frequent] {name}{among}",
    "<tell> the most common {name}{among}",
    "<give> the most [common|frequent] {name}{among}",
    "[what|which] {name} dominates{among}",
    "what {name} are most of {the_ps}",
    "what's the {name} i see most{among}",
    "which {name} wins in number{among}",
    "what {name} [do most of {the_ps} have|have most of {the_ps}]",
)
_MODE_OF_VALUES: Final = Patterns(
    ("are there more {v} or [more|] {w} {rest}", 3),
    "more {v} or [more|] {w} {rest}",
    "do you see more {v} or {w} {rest}",
    "which are there more of, {v} or {w} {rest}",
    "[which|what] is more [common|frequent] among {the_rest}[:|,] {v} or {w}",
    "are more {rest} {v} or {w}",
)
_MODE_OF_TWO: Final = Patterns(
    ("are there more {a} or [more|] {b}", 3),
    "[which|what] [are|is] there more of[,|:|] {a} or {b}",
    "what do you see more of[,|:] {a} or {b}",
    "[which|what] is more [common|numerous|frequent][,|:|] {a} or {b}",
    "more {a} or more {b}",
    "do we have more {a} or {b}",
    "<tell> [if|whether] there are more {a} or {b}",
    "which [outnumber|are more][,|:|] {a} or {b}",
)
_QUERY: Final = {name: Patterns(*_ATTRIBUTE) for name in VALUES}


def ask_query(rng: Random, program: Call) -> str:
    """`query_*`: which value an object has."""
    attribute, o = program.function[6:], program.args[0]
    roll = rng.random()
    fillers = {
        "name": lambda: attribute_word(rng, attribute),
        "o": lambda: object_phrase(rng, o),
        "a": lambda: set_phrase(rng, o.args[0], "one", "a"),
    }
    if roll < 0.14:
        return _ask_options(rng, attribute, o)
    if o.function == "unique":
        if roll < 0.2:
            return _INTRO_ATTRIBUTE.draw(rng, fillers)
        if roll < 0.25 and is_simple(o):
            return _SIMPLE_ATTRIBUTE.draw(
                rng, {**fillers, "o": lambda: object_phrase(rng, o, plain=True)}
            )
    values, base = split_filters(o.args[0])
    if o.function == "unique" and base.function in ("relate", "between", "side", "intersect"):
        if roll < 0.4:
            table = _WHERE_MATERIAL if attribute == "material" and roll < 0.3 else _WHERE
            return table.draw(rng, {"name": fillers["name"], **where_fillers(rng, o.args[0])})
    elif o.function == "ordinal" and not values and roll < 0.4:
        rank, direction = str(o.value).split()
        after = {
            "name": fillers["name"],
            "most": lambda: ordinal_after(rng, int(rank), direction),
            "c": lambda: noun_phrase(rng, values, "one", ""),
        }
        return _ORDINAL.draw(rng, after)
    elif o.function == "extreme" and base.function == "scene" and roll < 0.3:
        direction = str(o.value)
        most = {
            "name": fillers["name"],
            "most": lambda: superlative_predicate(rng, direction),
            "after": lambda: superlative_after(rng, direction),
            "c": lambda: noun_phrase(rng, values, "one", ""),
            "a_c": lambda: noun_phrase(rng, values, "one", "a"),
        }
        return _SUPERLATIVE.draw(rng, most)
    own = {"color": 0.3, "material": 0.75, "size": 0.6, "shape": 0.55}[attribute]
    if 0.25 < roll < own:
        if o.function != "unique":
            fillers["a"] = fillers["o"]
        return _OWN[attribute].draw(rng, fillers)
    return _QUERY[attribute].draw(rng, fillers)


def _ask_options(rng: Random, attribute: str, o: Call) -> str:
    values = list(VALUES[attribute])
    rng.shuffle(values)
    shown = values[: 3 if len(values) > 2 and rng.random() < 0.3 else 2]
    if attribute == "shape":
        article = rng.random() < 0.8
        words = [f"a {noun(rng, v)}" if article else noun(rng, v) for v in shown]
        words = [w.replace("a orb", "an orb") for w in words]
    else:
        words = [adjective(rng, v) for v in shown]
    *first, last = words
    return _OPTIONS.draw(
        rng, {"o": lambda: object_phrase(rng, o), "v": ", ".join(first), "w": last}
    )


def ask_same(rng: Random, program: Call) -> str:
    """`equal_*`: do two objects share a value."""
    return _ask_pair(rng, program, program.function[6:], _SAME, _SAME_OWN)


def ask_different(rng: Random, program: Call) -> str:
    """`not` of `equal_*`: do two objects differ."""
    inner = program.args[0]
    return _ask_pair(rng, inner, inner.function[6:], _DIFFERENT, {})


def ask_size(rng: Random, program: Call) -> str:
    """`greater_size`, `less_size`: is one bigger or smaller."""
    table = _BIGGER if program.function == "greater_size" else _SMALLER
    return _ask_pair(rng, program, "size", table, {})


def _ask_pair(
    rng: Random, program: Call, attribute: str, table: Patterns, own: dict[str, Patterns]
) -> str:
    first, second = (arg.args[0] for arg in program.args)
    chosen = own[attribute] if own and rng.random() < 0.2 else table
    return chosen.draw(
        rng,
        {
            "o": lambda: object_phrase(rng, first),
            "p": lambda: object_phrase(rng, second),
            "name": lambda: attribute_word(rng, attribute),
            "names": lambda: attribute_word(rng, attribute, "many"),
        },
    )


def ask_agree(rng: Random, program: Call) -> str:
    """`agree_*`: do all of these share a value."""
    attribute = program.function[6:]
    subject = program.args[0]
    fillers = set_fillers(rng, subject)
    fillers["name"] = lambda: attribute_word(rng, attribute)
    table = _AGREE_SCENE if subject.function == "scene" else _AGREE
    return table.draw(rng, fillers)


def ask_mode(rng: Random, program: Call) -> str:
    """`mode_*`: the commonest value; of a union, which of two there are more of."""
    attribute = program.function[5:]
    subject = program.args[0]
    if subject.function == "union":
        a, b = (set_fillers(rng, arg)["ps"] for arg in subject.args)
        left, right = (split_filters(arg)[0] for arg in subject.args)
        rest = {name: value for name, value in left.items() if name != attribute}
        if attribute != "shape" and rng.random() < 0.45:
            return _MODE_OF_VALUES.draw(
                rng,
                {
                    "v": lambda: adjective(rng, left[attribute]),
                    "w": lambda: adjective(rng, right[attribute]),
                    "rest": lambda: noun_phrase(rng, rest, "many", ""),
                    "the_rest": lambda: noun_phrase(rng, rest, "many", "the"),
                },
            )
        return _MODE_OF_TWO.draw(rng, {"a": a, "b": b})
    fillers = set_fillers(rng, subject)

    def among() -> str:
        if subject.function == "scene":
            return ("", "", " here", " in the picture", " overall")[int(rng.random() * 5)]
        values, base = split_filters(subject)
        if not values and base.function != "scene":
            return f" {where_predicate(rng, base)}"
        word = ("among", "among", "in", "for")[int(rng.random() * 4)]
        return f" {word} {set_phrase(rng, subject, 'many', 'the')}"

    fillers["name"] = lambda: attribute_word(rng, attribute)
    fillers["among"] = among
    return _MODE.draw(rng, fillers)


ASKERS: Final = {
    "greater_size": ask_size,
    "less_size": ask_size,
    **{f"query_{name}": ask_query for name in VALUES},
    **{f"equal_{name}": ask_same for name in VALUES},
    **{f"agree_{name}": ask_agree for name in VALUES},
    **{f"mode_{name}": ask_mode for name in VALUES},
}
