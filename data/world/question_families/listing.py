"""Questions answered by a list of things or values, by a place, or by pointing."""

from random import Random
from typing import Final

from ..functions import Call, split_filters
from ..lexicon import Choice
from ..phrases import is_object, object_phrase, set_phrase, where_predicate
from ..vocabulary import VALUES
from ..wording import adjective, attribute_word, noun_phrase, ordinal_after, superlative_predicate
from .shared import (
    Patterns,
    besides_fillers,
    can_predicate,
    can_say_it,
    it_fillers,
    predicate_fillers,
    same_fillers,
    set_fillers,
)

_WHAT_IS: Final = Patterns(
    ("[what is|what's] {o}", 5),
    ("describe {o}", 2),
    "[what does {o} look like|how does {o} look]",
    "tell me [about|everything about|more about|what you know about] {o}",
    "<tell> what {o} is",
    "<tell> what {o} looks like",
    "give me [details about|a description of|the details of|all attributes of] {o}",
    "what can you [say|tell me] about {o}",
    "which [object|thing|one|item] is {o}",
    "[what|which] [object|thing] is that[,|:] {o}",
    "{o}[:| -|,] [what is it|what's that|describe it|describe]",
    "can you describe {o} [for me|to me|]",
    "what kind of thing is that, {o}",
    "[give|list|state|what are] [all|] the [attributes|properties|features|characteristics] of {o}",
    "i'd like a description of {o}",
    "and {o}, what is it",
)
_WHAT_WHERE: Final = Patterns(
    ("[what is|what's] {where}", 6),
    ("[what|which] [objects|things|items] are {where}", 3),
    "what [do you see|can you see|can be seen|do we have|is there|lies|stands|sits] {where}",
    "what all is {where}",
    "who is {where}",
    "which [ones|of the objects] are {where}",
    "<list> [everything|all things|the objects|all the objects] [that is |that's |]{where}",
    "<tell> [what is|what's] {where}",
    "{where}[,| -|:] what is there",
    "what [stuff|kind of things] [is|are] {where}",
    "[describe|list] what is {where}",
    "what [object|thing|item] is {where}",
    "anything {where}? if so what",
    "is there anything {where}, and what is it",
    "what would i find {where}",
)
_WHAT_SAME: Final = Patterns(
    ("what else [is|has] {where}", 3),
    "what [other|] [objects|things|items] are {where}",
    "[what|which] [others|other ones] are {where}",
    "what [else|] shares [its|the|a] {name} with {o}",
    "what [else|] matches {o} in {name}",
    "what [else|] has the same {name} as {o}",
    "[what|which] [other|] [objects|things] have the same {name} as {o}",
)
_WHAT_IT: Final = Patterns(
    "[there is|there's|i see] {intro}[;|,|.] [what is|what's] {where_it}",
    "[there is|there's|i see] {intro}[;|,|.] [what|which] [things|objects] are {where_it}",
    "{anchor}[:| -|,] [what is|what's] {where_it}",
    "[look at|consider|take|find|see] {anchor}[.|;|,] what is {where_it}",
)
_WHAT_MOST: Final = Patterns(
    ("[what is|what's] {most}", 3),
    "which one is {most}",
    "[what|which] [object|thing|item|one] [is|stands|sits] {most}",
    "<tell> [what is|what's] {most}",
    "{most}[:|,| -] what is it",
)
_WHICH_MOST: Final = Patterns(
    ("[what|which] {c} is {most}", 3),
    "which of the {cs} is {most}",
    "<tell> which {c} is {most}",
    "which {c} [stands|sits|lies] {most}",
)
_WHAT_NEAREST: Final = Patterns(
    ("[what is|what's] [nearest to|closest to|next to|nearest|beside|right next to] {o}", 3),
    "[what|which] {c} is [nearest to|closest to|next to|nearest] {o}",
    "what is {o} [next to|nearest to|closest to|closest with]",
    "which [object|thing] is [nearest|closest] to {o}",
    "<tell> what is [nearest|closest] to {o}",
    "what [stands|sits|is standing] [nearest|closest] to {o}",
    "what is the nearest neighbour of {o}",
    "what's the closest [object|thing|item|neighbor] to {o}",
    "[what|who] is {o}'s [nearest|closest] neighbour",
)
_WHAT_NEAREST_KIND: Final = Patterns(
    ("[what|which] {c} is [nearest to|closest to|next to|nearest] {o}", 3),
    "[which|what] is the [nearest|closest] {c} to {o}",
    "<tell> which {c} is [nearest|closest] to {o}",
)
_WHAT_ELSE: Final = Patterns(
    ("[besides|apart from|other than|aside from] {o}, what {cs} are there", 2),
    "what other {cs} are there [besides|apart from|other than] {o}",
    "<list> [all|] {cs} [besides|apart from|other than|except] {o}",
    "what {cs} do you see [besides|apart from|other than] {o}",
)
_TWO_ATTRIBUTES: Final = Patterns(
    "what {m} and {n} is {o}",
    "what is the {m} and [the|] {n} of {o}",
    "[tell me|give me|what are] the {m} and [the|] {n} of {o}",
    "{m} and {n} of {o}",
    "{o}[:|,| -] {m} and {n}",
    "<tell> the {m} and [the|] {n} of {o}",
)
_WHICH_SET: Final = Patterns(
    ("<list> [all|] {the_ps}", 3),
    "<list> all {ps}",
    "which {ps} [do you see|are there|can you see]",
    "what {ps} [do you see|are there|can you see] [<here>||]",
    "what are {the_ps}",
    "describe {the_ps}",
    "what do {the_ps} look like",
    "tell me [about|all about] {the_ps}",
    "give me a description of [each of|] {the_ps}",
    "[tell me|say] [which|what] {ps} there are",
    "{ps}[:| -] [which|list them|name them|which ones|describe them]",
    "describe every {s}",
    "i want a list of [all|] {the_ps}",
    "which {ps} are in the <picture>",
)
_EVERYTHING: Final = Patterns(
    ("what is in [the|this] <picture>", 2),
    "what's in [the|this|my] <picture>",
    "what do you see [<here>||]",
    "what [objects|things|items] [are there|do you see|can you see] [<here>||]",
    "what [objects|things|items] are [<here>|there]",
    "list [everything|all objects|all the objects|all things|every object] [you see|<here>||]",
    "name [everything|all the things|every object] [<here>||]",
    "what's on the table",
    "what is on the table",
    "enumerate [all|] the objects",
    "describe [all the objects|everything|each object|every object]",
    "tell me [everything|what] you see",
    "which [objects|things] are [<here>|there]",
    "what is [there|here|visible|shown]",
    "give me a list of [all the|the] [objects|things]",
    "what can [you|i] see [<here>||]",
    "what [stuff|things] are lying around",
    "inventory of the [objects|<picture>]",
    "list the [contents|objects|things|items]",
    "what all is there",
    "what does [the|this] <picture> [show|contain|have]",
)
_WHICH_PREDICATE: Final = Patterns(
    ("which {rest} are {pred}", 2),
    "which of {the_rest} are {pred}",
    "what {rest} are {pred}",
    "<tell> which {rest} are {pred}",
    "{the_rest}: which [ones|of them|] are {pred}",
)
_WHICH_BIGGER: Final = Patterns(
    ("which [one|of them|object|thing|] is [big|bigger|larger][,|:|] {a} or {b}", 3),
    "[what|which] is [bigger|larger][,|:|] {a} or {b}",
    "which of {a} and {b} is [bigger|larger|the bigger one]",
    "{a} or {b}[:|,| -|?] which [is|one is] [bigger|larger]",
    "<tell> which is [bigger|larger][,|:|] {a} or {b}",
    "between {a} and {b}[,|] which is [bigger|larger]",
)
_WHICH_SMALLER: Final = Patterns(
    ("which [one|of them|object|thing|] is [smaller|tinier][,|:|] {a} or {b}", 3),
    "[what|which] is smaller[,|:|] {a} or {b}",
    "which of {a} and {b} is [smaller|the smaller one]",
    "{a} or {b}[:|,| -|?] which [is|one is] smaller",
    "<tell> which is smaller[,|:|] {a} or {b}",
    "between {a} and {b}[,|] which is smaller",
)
_FURTHER: Final = {
    "left": "[further left|farther left|more to the left|further to the left|the leftmost]",
    "right": "[further right|farther right|more to the right|further to the right|the rightmost]",
    "front": (
        "[closer|nearer|closer to the camera|nearer to us|in front|closer to the viewer"
        "|nearer the camera|closest|closer to us]"
    ),
    "behind": (
        "[further away|farther away|further back|farther back|further from the camera"
        "|more distant|behind|at the back]"
    ),
}
_WHICH_FURTHER: Final = {
    direction: Patterns(
        (f"which [one|of them|object|] is {words}[,|:|] {{a}} or {{b}}", 3),
        f"what is {words}[,|:|] {{a}} or {{b}}",
        f"which of {{a}} and {{b}} is {words}",
        f"{{a}} or {{b}}[:|,| -|?] which [is|one is] {words}",
        f"<tell> which is {words}[,|:|] {{a}} or {{b}}",
        f"is {{a}} or {{b}} {words}",
    )
    for direction, words in _FURTHER.items()
}

_WHERE: Final = Patterns(
    ("where is {o}", 5),
    "where's {o} [<here>||]",
    "where [can i find|do you see|can you see|would i find] {o}",
    "where is {o} [located|positioned|placed|situated|at|standing|in the <picture>]",
    "<tell> where {o} is",
    "in [which|what] [part|corner|region|area|section] of the <picture> is {o}",
    "[which|what] [part|corner|area] of the <picture> is {o} in",
    "[what is|what's|<give>] the [position|location|place|whereabouts] of {o}",
    "[position|location] of {o}",
    "whereabouts is {o}",
    "{o}[:| -|,] where is it",
    "{o}[:| -|,|?] where",
    "where does {o} [stand|sit|lie]",
    "where abouts in the <picture> is {o}",
    "where should i look for {o}",
    "at which place is {o}",
)
_WHERE_SET: Final = Patterns(
    ("where are {the_ps}", 5),
    "where are {the_ps} [located|positioned|in the <picture>|placed]",
    "where [can i find|do you see|can you see] {the_ps}",
    "<tell> where {the_ps} are",
    "in [which|what] [part|parts|areas] of the <picture> are {the_ps}",
    "[positions|locations] of {the_ps}",
    "{the_ps}[:| -|,|?] where [are they|]",
    "whereabouts are {the_ps}",
)

_EACH: Final = Patterns(
    ("what {names} are {the_ps}", 4),
    "[which|what] {names} do {the_ps} have",
    "[which|what] {names} of {ps} [are there|do you see|can you see]",
    "what are the {names} of {the_ps}",
    "<list> the {names} of {the_ps}",
    "{names} of {the_ps}",
    "in [what|which] {names} [are|do] {the_ps} come",
    "<tell> [what|which] {names} {the_ps} are",
    "{the_ps}[:| -|,|?] [what|which] {names}",
    "[what|which] {names} can {the_ps} be",
    "what {name} are {the_ps}",
    "[what|which] {names} are there among {the_ps}",
    "in [what|which] {names} do we have {ps}",
    "[what|which] {names} [occur|appear] among {the_ps}",
    "<list> the [different|] {names} [found|seen] [among|in] {the_ps}",
)
_EACH_WHERE: Final = Patterns(
    ("[what|which] {names} are {where}", 2),
    "[what|which] {names} [do you see|can be seen|are there] {where}",
    "<list> the {names} {where}",
)
_EACH_SCENE: Final = Patterns(
    ("[what|which] {names} [do you see|are there|can you see|are visible|are present]", 4),
    "what {names} are [<here>|there|shown|used]",
    "[what|which] {names} are [the things|the objects|they]",
    "<list> [all|] the {names} [<here>||]",
    "what {names} does the <picture> [have|contain|show]",
    "[what|which] [different|] {names} [appear|occur|show up] [<here>||]",
    "what are the {names} of the [objects|things|items]",
    "<tell> [what|which] [different|] {names} there are",
    "{names} [you see|present|<here>|of everything]",
    "[name|list] every {name} [you see|<here>||]",
    "what kinds of {names} are there",
)
_EACH_PAIR: Final = Patterns(
    ("what {names} are {the_ps}", 3),
    "[which|what] {names} do {the_ps} have",
    "what are the {names} of {the_ps}",
    "<give> the {names} of {the_ps}",
    "what {name} are {the_ps}",
    "{the_ps}[:| -|,|?] [what|which] {names}",
    "{names} of {the_ps}",
)
_EACH_MATERIAL: Final = Patterns(
    ("what are {the_ps} made [of|out of|from]", 3),
    "what [materials|stuff] are {the_ps} made [of|from]",
    "<tell> what {the_ps} are made of",
    "{the_ps}[:| -|,] what are they made of",
)

_POINT: Final = Patterns(
    ("{x}", 9),
    ("<show> {x}", 6),
    "[can|could|would] you [please|] [show me|find|point at|point out|highlight|mark|locate] {x}",
    "<show> {x} [for me|please|<here>||]",
    "i [want|need] to see {x}",
    "i'm looking for {x}",
    "{x}[,| -|:] [where|show me|point it out|highlight|please]",
    "[only|just] {x}",
    "let me see {x}",
    "[the one i want is|i'm after|bring up|i'd like to see] {x}",
)
_BARE_WHICH: Final = Patterns(
    "everything {p}",
    "all that is {p}",
    "[whatever|anything] is {p}",
)
_SIZE_OF_TWO: Final = Patterns(
    "the {s} [one|] of {a} and {b}",
    "the {s} of the two, {a} or {b}",
    "the {s} one[:|,|] {a} or {b}",
    "whichever is {s}, {a} or {b}",
)
_ARTICLES: Final = Choice(("the", "all", "every", "", "a"), (5, 4, 1, 5, 1))


def ask_describe(rng: Random, program: Call) -> str:
    """`describe`: what is it, what is there."""
    subject = program.args[0]
    values, base = split_filters(subject)
    if subject.function == "scene":
        return _EVERYTHING.draw(rng, {})
    if base.function == "union" and is_object(base.args[0]):
        table = _WHICH_BIGGER if values["size"] == "large" else _WHICH_SMALLER
        return table.draw(rng, _pair(rng, base))
    if subject.function == "extreme" and subject.args[0].function == "union":
        return _WHICH_FURTHER[str(subject.value)].draw(rng, _pair(rng, subject.args[0]))
    if is_object(subject):
        special = _ask_special(rng, subject) if rng.random() < 0.4 else None
        if special is not None:
            return special
        return _WHAT_IS.draw(rng, {"o": lambda: object_phrase(rng, subject)})
    if subject.function == "minus" and is_object(subject.args[1]) and rng.random() < 0.6:
        return _WHAT_ELSE.draw(rng, besides_fillers(rng, subject))
    same = base.function.startswith("same_") and rng.random() < 0.4
    if not values and not same and base.function not in ("union", "minus"):
        if can_say_it(subject) and rng.random() < 0.12:
            return _WHAT_IT.draw(rng, it_fillers(rng, subject))
        where = {"where": lambda: where_predicate(rng, base)}
        if base.function.startswith("same_") and rng.random() < 0.6:
            return _WHAT_SAME.draw(rng, {**where, **same_fillers(rng, subject)})
        return _WHAT_WHERE.draw(rng, where)
    if can_predicate(subject) and rng.random() < 0.3:
        return _WHICH_PREDICATE.draw(rng, predicate_fillers(rng, subject))
    return _WHICH_SET.draw(rng, set_fillers(rng, subject))


def _ask_special(rng: Random, o: Call) -> str | None:
    """Ways to ask what one object is that its kind of description allows."""
    values, base = split_filters(o.args[0])
    noun = {"c": lambda: noun_phrase(rng, values, "one", "")}
    if base.function == "scene" and o.function == "extreme":
        direction = str(o.value)
        table = _WHICH_MOST if values else _WHAT_MOST
        noun["cs"] = lambda: noun_phrase(rng, values, "many", "")
        return table.draw(rng, {**noun, "most": lambda: superlative_predicate(rng, direction)})
    if o.function == "nearest":
        if values:
            return _WHAT_NEAREST_KIND.draw(
                rng, {**noun, "o": lambda: object_phrase(rng, o.args[1])}
            )
        return _WHAT_NEAREST.draw(rng, {**noun, "o": lambda: object_phrase(rng, o.args[1])})
    if base.function == "scene" and o.function == "ordinal":
        rank, direction = str(o.value).split()
        noun["cs"] = lambda: noun_phrase(rng, values, "many", "")
        noun["most"] = lambda: ordinal_after(rng, int(rank), direction)
        return (_WHICH_MOST if values else _WHAT_MOST).draw(rng, noun)
    names = [name for name in VALUES if name not in values]
    if len(names) < 2:
        return None
    rng.shuffle(names)
    m, n = (attribute_word(rng, name) for name in names[:2])
    return _TWO_ATTRIBUTES.draw(rng, {"m": m, "n": n, "o": lambda: object_phrase(rng, o)})


def _pair(rng: Random, union: Call) -> dict[str, str]:
    a, b = (object_phrase(rng, arg) for arg in union.args)
    return {"a": a, "b": b}


def ask_locate(rng: Random, program: Call) -> str:
    """`locate`: where in the picture."""
    subject = program.args[0]
    if is_object(subject):
        return _WHERE.draw(rng, {"o": lambda: object_phrase(rng, subject)})
    return _WHERE_SET.draw(rng, set_fillers(rng, subject))


def ask_each(rng: Random, program: Call) -> str:
    """`each_*`: which values occur."""
    attribute = program.function[5:]
    subject = program.args[0]
    fillers = set_fillers(rng, subject)
    fillers["names"] = lambda: attribute_word(rng, attribute, "many")
    fillers["name"] = lambda: attribute_word(rng, attribute)
    if subject.function == "scene":
        return _EACH_SCENE.draw(rng, fillers)
    if subject.function == "union" and is_object(subject.args[0]):
        a, b = (object_phrase(rng, arg) for arg in subject.args)
        fillers["the_ps"] = f"{a} and {b}"
        return _EACH_PAIR.draw(rng, fillers)
    values, base = split_filters(subject)
    if not values and base.function in ("relate", "side", "between") and rng.random() < 0.4:
        fillers["where"] = lambda: where_predicate(rng, base)
        return _EACH_WHERE.draw(rng, fillers)
    if attribute == "material" and rng.random() < 0.4:
        return _EACH_MATERIAL.draw(rng, fillers)
    return _EACH.draw(rng, fillers)


def ask_point(rng: Random, program: Call) -> str:
    """A bare set or object: the phrase itself, or an order to show it."""
    values, base = split_filters(program)
    if base.function == "union" and is_object(base.args[0]):
        a, b = (object_phrase(rng, arg) for arg in base.args)
        size = "bigger" if values.get("size") == "large" else "smaller"
        return _POINT.draw(rng, {"x": lambda: _SIZE_OF_TWO.draw(rng, {"s": size, "a": a, "b": b})})
    if is_object(program):
        return _POINT.draw(rng, {"x": lambda: object_phrase(rng, program)})
    if len(values) == 1 and base.function == "scene" and rng.random() < 0.06:
        value = next(iter(values.values()))
        if "shape" not in values:
            return _BARE_WHICH.draw(rng, {"p": adjective(rng, value)})

    def said() -> str:
        article = _ARTICLES.draw(rng)
        if article == "every":
            return f"every {set_phrase(rng, program, 'one', '')}"
        if article == "a":
            return set_phrase(rng, program, "one", "a")
        if article == "all":
            inner = "the" if rng.random() < 0.5 else ""
            return f"all {set_phrase(rng, program, 'many', inner)}"
        return set_phrase(rng, program, "many", "the" if article else "")

    return _POINT.draw(rng, {"x": said})


ASKERS: Final = {
    "describe": ask_describe,
    "locate": ask_locate,
    **{f"each_{name}": ask_each for name in VALUES},
}
