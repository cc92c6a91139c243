"""Questions answered by yes or no about what is there, and about one named object."""

from random import Random
from typing import Final

from ..functions import Call, split_filters
from ..phrases import beyond, is_object, object_phrase, set_phrase, where_predicate
from ..vocabulary import ATTRIBUTES
from ..wording import adjective, attribute_word, noun, noun_phrase, predicate, superlative_predicate
from .shared import (
    Patterns,
    besides_fillers,
    can_predicate,
    can_say_it,
    has_where,
    it_fillers,
    predicate_fillers,
    same_fillers,
    set_fillers,
    where_fillers,
)

_EXIST: Final = Patterns(
    ("is there {a} [<here>||||]", 6),
    ("are there {any} [<here>||||]", 6),
    ("are there {ps} [<here>||]", 2),
    ("{any}", 2),
    "[do you see|can you see|can we see|do you spot|did you find|do you notice|do you have]"
    " [{a}|{any}]",
    "does the <picture> [contain|have|show|include|feature] [{a}|{any}]",
    "is [{a}|{any_s}] [present|visible|in the <picture>|shown|in view|around|there|here]",
    "are [{any}|{ps}] [present|visible|in the <picture>|shown|in view|around|there|here]",
    "[do|does] {any} exist",
    "[do we have|have we got|have you got|got|see|has the <picture>] [{any}|{a}]",
    "is [at least one|one|some] {s} there",
    "is there [at least one|even one|a single|some|even a single] {s}",
    "is there such a thing as {a}",
    "[check|check and say|<tell>] [if|whether] [there is|there's] {a}",
    "<tell> [if|whether] there are {any}",
    "<tell> [if|whether] you [can see|see] [{a}|{any}]",
    "there is {a}[,| -] <sure>",
    "[there's|there is] {a} [<here>||], isn't there",
    "is it [true|correct|the case] that there is {a}",
    "[can|could] [i|you|one] find [{a}|{any}] [<here>||]",
    "i think there is {a}. am i right",
    "{a}: [is there one|present or not|yes or no|there]",
    "would you say there is {a}",
    "isn't there {a}",
    "does [{a}|{any_s}] [appear|show up] [<here>||]",
    "[verify|confirm] that there is {a}",
    "{ps}[?|,|:] [any|any of those|are there any|do we have any|see any]",
    "some {s} [<here>||]",
    "is the <picture> showing {a}",
    "there isn't {a}, is there",
    "there aren't {any}, are there",
    "you [won't|don't|can't] [find|see|have] {any}[,|] [will|do|can] you",
    "[any chance|any hope] [there is|there's|of] {a}",
    "[is|are] {any} to be [found|seen]",
    "[have you seen|did you spot|spot] {any}",
    "[tell me|see] if you [find|spot|see] {a}",
    "i'm looking for {a}, is it there",
    "[could|might] there be {a} [<here>||]",
    "{a} y/n",
    "i can see {a}, can you",
    "is there [by any chance|possibly|maybe|perhaps] {a}",
    "there must be {a}, [right|no|yes]",
    "[exists|exist] {a} [<here>||]",
    "{any} [around|anywhere|at all|here|there|out there|lying about]",
)
_EXIST_WHERE: Final = Patterns(
    ("is there {a_c} {where}", 4),
    ("are there {any_cs} {where}", 4),
    "is {any_c} {where}",
    "are {any_cs} {where}",
    "are any of {the_cs} {where}",
    "is {a_c} {where}",
    "do you see [{a_c}|{any_cs}] {where}",
    "does [{a_c}|{any_c}] [stand|sit|lie|exist] {where}",
    "{where}[,|] is there {a_c}",
    "{where}[,|] are there {any_cs}",
    "are there [some|] {cs} [that are|] {where}",
    "<tell> [if|whether] [there is {a_c}|there are {any_cs}] {where}",
    "{any_cs} {where}",
    "is one of {the_cs} {where}",
    "can {a_c} be [found|seen] {where}",
)
_EXIST_IT: Final = Patterns(
    ("[there is|there's|i see] {intro}[;|,|.] is there {a_c} {where_it}", 2),
    "[there is|i see] {intro}[;|,|.] are there {any_cs} {where_it}",
    "{anchor}[:| -|,] [is there {a_c}|are there {any_cs}] {where_it}",
    "[look at|consider|take|find|see] {anchor}[.|;|,] is there {a_c} {where_it}",
)
_EXIST_SAME: Final = Patterns(
    ("[do|does] {any_cs} have the same {name} as {o}", 2),
    "does {o} [share its {name} with|have the same {name} as|match in {name} with] {any_cs}",
    "is there {a_c} [with|of|that has] the same {name} as {o}",
    "do {any_cs} share [the|their|a] {name} [of|with] {o}",
    "are {any_cs} [in|of] the same {name} as {o}",
)
_EXIST_SAME_ANY: Final = Patterns(
    ("is there anything else [with|of|that has|in] the same {name} as {o}", 2),
    "[does anything else|is there something else that] [share|have|has] the {name} of {o}",
    "is [anything|something] [else|] the same {name} as {o}",
    "does {o} share its {name} with [anything|anything else|another object|something else]",
    "{o}: [anything else|any others|is there another one] of the same {name}",
    "does [anything|something|any other object] match {o} in {name}",
    "is there [another|any other] [object|thing|one] [with|of] the same {name} as {o}",
)
_EXIST_BESIDES: Final = Patterns(
    ("[besides|apart from|other than|not counting|aside from] {o}, are there {any_cs}", 2),
    "are there any other {cs} [besides|apart from|other than|than] {o}",
    "is there another {c} [besides|apart from|other than|than] {o}",
    "[without|leaving out|ignoring] {o}, is there {a_c}",
)
_AND: Final = Patterns(
    ("is there [both|] {a} and {b}", 3),
    "are there [both|] {ps} and {qs}",
    "do you see [both|] {a} and {b}",
    "does the <picture> [contain|have|show] [both|] {a} and {b}",
    "is there {a} as well as {b}",
    "are [both|] {a} and {b} [present|there|in the <picture>|visible]",
    "[is there|do you see] {a} and also {b}",
    "are there [both|] {any} and {any_b}",
    "<tell> [if|whether] there is [both|] {a} and {b}",
)
_EXIST_PREDICATE: Final = Patterns(
    ("are {any_rest} {pred}", 3),
    "are any of {the_rest} {pred}",
    "is any of {the_rest} {pred}",
    "is one of {the_rest} {pred}",
    "is any {rest_s} {pred_s}",
    "are some of {the_rest} {pred}",
    "of {the_rest}[,|] are any {pred}",
    "is there any {rest_s} [which is|that is] {pred_s}",
)
_ANYTHING: Final = Patterns(
    ("is there [anything|something] {what}", 4),
    "is [anything|something] {what}",
    "[anything|something] {what}",
    "[do you see|can you see|do we have] [anything|something] {what}",
    "<tell> [if|whether] there is [anything|something] {what}",
    "does the <picture> [have|contain|show] [anything|something] {what}",
    "is there [any|some] object {what}",
)

_IS: Final = Patterns(
    ("is {o} {p}", 8),
    "is {o} {p} or not",
    "{o} is {p}[,| -|?] [right|correct|yes|isn't it|is it|true|no|am i right]",
    "{o}[:| -|,|?] is it {p}",
    "is it [true|correct|the case] that {o} is {p}",
    "<tell> [if|whether] {o} is {p}",
    "would you [say|call|agree that] {o} is {p}",
    "{o} is {p}",
    "isn't {o} {p}",
    "does {o} [look|seem|appear] {p}",
    "does {o} look like it is {p}",
    "[i think|i believe|i'd say|it seems] {o} is {p}[. am i right|, is that right|, correct|]",
    "do you think {o} is {p}",
    "is that {p}, {o}",
    "[check|verify|confirm] [if|that|whether] {o} is {p}",
    "{p}: is {o}",
    "[is it|are we sure it's] {p}, {o}",
    "whether {o} is {p}, can you [say|tell]",
    "my [brother|friend|teacher|sister] says {o} is {p}. [is it|is that so|true]",
    "so {o} is {p}[, is it|, huh|, yes]",
    "could {o} be {p}",
    "am i right that {o} is {p}",
    "{o} [looks|seems] {p}[, agreed|, right|. is it]",
    "is it so that {o} is {p}",
    "does {o} happen to be {p}",
)
_IS_VALUE: Final = {
    "color": Patterns(
        "is the {name} of {o} {v}",
        "does {o} have [a|the] {v} {name}",
        "is {o} {v} in {name}",
        "is {o} [coloured|colored|painted] {v}",
        "is {v} the {name} of {o}",
    ),
    "material": Patterns(
        "is {o} made [out of|of|from] {m}",
        "is {o} {m}",
        "is the {name} of {o} {m}",
        "does {o} have a {v} [finish|surface|look]",
        "is {o} [a|of the] {v} kind",
    ),
    "size": Patterns(
        "is the size of {o} {v}",
        "is {o} {v} in size",
        "is {o} of [a|] {v} size",
        "is {o} on the {v} side",
    ),
    "shape": Patterns(
        "is the shape of {o} {pv}",
        "does {o} have the shape of {a}",
        "is {o} [actually|really|indeed|] {a}",
        "is {o} [shaped like|in the shape of] {a}",
        "is {o} [some|any] kind of {s}",
    ),
}
_IS_RELATED: Final = Patterns(
    ("is {o} {where}", 8),
    "does {o} [stand|sit|lie|appear] {where}",
    "{o} is {where}[,| -] [right|correct|yes|isn't it|true|no]",
    "is {o} [located|positioned|placed|situated|sitting|standing|found] {where}",
    "is it [true|correct|the case] that {o} is {where}",
    "<tell> [if|whether] {o} is {where}",
    "{o}[:| -|,] is it {where}",
    "{where}[,| -] is that where {o} is",
    "can {o} be found {where}",
    "would you say {o} is {where}",
    "isn't {o} {where}",
    "is {o} {where} or not",
    "do you see {o} {where}",
)

_IS_ONE: Final = Patterns(
    ("is {o} {p}", 6),
    "{o} is {p}[,| -] <sure>",
    "<tell> [if|whether] {o} is {p}",
    "is it true that {o} is {p}",
    "would you say {o} is {p}",
    "{o}[:|,| -] is it {p}",
    "isn't {o} {p}",
)
_EVERY: Final = Patterns(
    ("are all [the|of the|] {ps} {p}", 5),
    ("are all {ps} {p}", 2),
    ("is [every|each] {s} {p_s}", 2),
    "are {the_ps} all {p}",
    "all [the|] {ps} are {p}[,| -] <sure>",
    "all {ps} {p}",
    "do all [the|] {ps} happen to be {p}",
    "<tell> [if|whether] all [the|] {ps} are {p}",
    "is it true that all [the|] {ps} are {p}",
    "are {the_ps} {p}[,| -] all of them",
    "are {the_ps} [exclusively|without exception] {p}",
    "would you say that [every|each] {s} is {p_s}",
    "are all of {the_ps} {p}",
    "does every {s} [look|seem|appear] {p_s}",
)
_EVERYTHING: Final = Patterns(
    ("is everything {p_s} [<here>||]", 4),
    ("are all [of the|the|] [things|objects|items] {p}", 3),
    "is [every|each] [thing|object|item] {p_s}",
    "is it all {p_s}",
    "everything is {p_s}[,| -] <sure>",
    "<tell> [if|whether] everything is {p_s}",
    "are they all {p}",
    "are all the [things|objects] [you see|in the <picture>|on the table] {p}",
    "are the [things|objects|items] all {p}",
)

_EVERYTHING_WHERE: Final = Patterns(
    ("is everything {where} {p_s}", 3),
    ("are all [the|of the|] [things|objects|items] {where} {p}", 2),
    "is [each|every] [thing|object] {where} {p_s}",
    "{where}[,|] is everything {p_s}",
    "everything {where} is {p_s}[,| -] <sure>",
)
_BOTH: Final = Patterns(
    ("are both {a} and {b} {p}", 3),
    ("are {a} and {b} both {p}", 3),
    "are {a} and {b} {p}",
    "{a} and {b}[:| -|,] are [both|they|they both] {p}",
    "<tell> [if|whether] {a} and {b} are [both|] {p}",
    "are {a} and {b} {p}, both of them",
    "is it true that both {a} and {b} are {p}",
)
_NONE_PREDICATE: Final = Patterns(
    "[are|is] none of {the_rest} {pred}",
    "none of {the_rest} are {pred}[,| -] <sure>",
    "not [a single|one] {rest_s} is {pred_s}[,| -] <sure>",
    "no {rest_s} is {pred_s}[,| -] <sure>",
    "is it true that no {rest_s} is {pred_s}",
)
_NOTHING: Final = Patterns(
    ("is nothing {where}", 2),
    "is there nothing {where}",
    "[there is|there's|theres] nothing {where}[,| -] <sure>",
    "nothing {where}[, right|, correct|, yes|]",
    "is it true that nothing is {where}",
    "is the [space|spot|area] {where} empty",
)
_NONE: Final = Patterns(
    ("are there no {ps} [<here>||]", 4),
    ("is there no {s} [<here>||]", 2),
    "there are no {ps}[,| -] <sure>",
    "is it true that there are no {ps}",
    "is the <picture> [free of|without|missing|lacking] {ps}",
    "no {ps} [<here>||]",
    "does the <picture> [have|contain|show] no {ps}",
    "are {ps} [absent|missing] [<here>||from the <picture>]",
    "<tell> [if|whether] there are no {ps}",
    "am i [blind|wrong] or [is there no {s}|are there no {ps}]",
    "not [even one|a single|one] {s} [<here>|anywhere|]",
    "[zero|no] {ps}[, right|, correct|, yes|]",
    "the picture [lacks|has no] {ps}[,| -] <sure>",
    "are there zero {ps}",
    "there isn't {a}[,| -] <sure>",
    "there aren't {any}[,| -] <sure>",
)


def ask_exist(rng: Random, program: Call) -> str:
    """`exist`: is there any; of one named object, is it so."""
    subject = program.args[0]
    if subject.function == "intersect" and is_object(subject.args[1]):
        return _ask_related(rng, subject)
    values, base = split_filters(subject)
    if is_object(base):
        return _ask_value(rng, values, base)
    roll = rng.random()
    if "shape" not in values and base.function not in ("union", "minus") and roll < 0.2:
        return _ANYTHING.draw(rng, {"what": lambda: _what(rng, values, base)})
    roll = rng.random()
    if subject.function == "minus" and is_object(subject.args[1]) and roll < 0.6:
        fillers = besides_fillers(rng, subject)
        kept = subject.args[0]
        fillers["c"] = lambda: set_phrase(rng, kept, "one", "")
        return _EXIST_BESIDES.draw(rng, fillers)
    if base.function.startswith("same_") and roll < 0.4:
        table = _EXIST_SAME if values else _EXIST_SAME_ANY
        return table.draw(rng, same_fillers(rng, subject))
    if has_where(subject):
        if roll < 0.1 and can_say_it(subject):
            return _EXIST_IT.draw(rng, it_fillers(rng, subject))
        if roll < 0.6:
            return _EXIST_WHERE.draw(rng, where_fillers(rng, subject))
    elif roll < 0.15 and can_predicate(subject):
        return _EXIST_PREDICATE.draw(rng, predicate_fillers(rng, subject))
    return _EXIST.draw(rng, set_fillers(rng, subject, either=True))


def _what(rng: Random, values: dict[str, str], base: Call) -> str:
    words = [predicate(rng, name, values[name]) for name in ATTRIBUTES if name in values]
    text = (" " if rng.random() < 0.6 else " and ").join(words)
    if base.function == "scene":
        return text
    where = where_predicate(rng, base)
    joint = (" ", " that is ", " and ")[int(rng.random() * 3)]
    return f"{text}{joint}{where}" if text else where


def _ask_value(rng: Random, values: dict[str, str], o: Call) -> str:
    fillers = {"o": lambda: object_phrase(rng, o)}
    if len(values) == 1:
        name, value = next(iter(values.items()))
        if rng.random() < 0.2:
            fillers |= {
                "v": lambda: adjective(rng, value),
                "m": lambda: value,
                "name": lambda: attribute_word(rng, name),
                "a": lambda: noun_phrase(rng, values, "one", "a"),
                "s": lambda: noun(rng, value),
                "pv": lambda: predicate(rng, name, value),
            }
            return _IS_VALUE[name].draw(rng, fillers)
        return _IS.draw(rng, {**fillers, "p": lambda: predicate(rng, name, value)})
    return _IS.draw(rng, {**fillers, "p": lambda: _predicates(rng, values, "one")})


def _predicates(rng: Random, values: dict[str, str], number: str) -> str:
    many = "many" if number == "many" else "one"
    if "shape" in values or (len(values) > 1 and many == "one" and rng.random() < 0.2):
        return noun_phrase(rng, values, many, "" if many == "many" else "a")
    words = [predicate(rng, name, values[name], many) for name in ATTRIBUTES if name in values]
    return " and ".join(words)


def _ask_related(rng: Random, subject: Call) -> str:
    relate, o = subject.args
    if is_object(relate):
        return _IS_ONE.draw(
            rng, {"o": lambda: object_phrase(rng, o), "p": lambda: _the_one(rng, relate)}
        )
    return _IS_RELATED.draw(
        rng,
        {"o": lambda: object_phrase(rng, o), "where": lambda: where_predicate(rng, relate)},
    )


def ask_and(rng: Random, program: Call) -> str:
    """`and` of two `exist`."""
    first, second = (arg.args[0] for arg in program.args)
    a, b = set_fillers(rng, first), set_fillers(rng, second)
    return _AND.draw(
        rng,
        {"a": a["a"], "b": b["a"], "ps": a["ps"], "qs": b["ps"], "any": a["any"], "any_b": b["ps"]},
    )


def _the_one(rng: Random, o: Call) -> str:
    whole = o.function == "extreme" and o.args[0].function == "scene"
    if whole and rng.random() < 0.5:
        return superlative_predicate(rng, str(o.value))
    return object_phrase(rng, o)


def ask_every(rng: Random, program: Call) -> str:
    """`every`: are all of these so."""
    members, wanted = program.args
    extra = beyond(members, wanted)
    if members.function == "union":
        extra = split_filters(wanted)[0]

    def said(number: str) -> str:
        if extra is not None:
            return _predicates(rng, extra, number)
        return where_predicate(rng, split_filters(wanted)[1])

    fillers = {"p": lambda: said("many"), "p_s": lambda: said("one")}
    if members.function == "scene":
        return _EVERYTHING.draw(rng, fillers)
    if members.function == "union":
        a, b = (object_phrase(rng, arg) for arg in members.args)
        return _BOTH.draw(rng, {**fillers, "a": a, "b": b})
    base = split_filters(members)[1]
    if members == base and rng.random() < 0.6:
        where = where_predicate(rng, base)
        return _EVERYTHING_WHERE.draw(rng, {**fillers, "where": where})
    fillers |= set_fillers(rng, members)  # type: ignore[arg-type]
    return _EVERY.draw(rng, fillers)


def ask_none(rng: Random, program: Call) -> str:
    """`not` of `exist`: is there none."""
    inner = program.args[0]
    subject = inner.args[0]
    values, base = split_filters(subject)
    if not values and base.function == "relate" and rng.random() < 0.6:
        return _NOTHING.draw(rng, {"where": lambda: where_predicate(rng, base)})
    if can_predicate(subject) and rng.random() < 0.2:
        return _NONE_PREDICATE.draw(rng, predicate_fillers(rng, subject))
    return _NONE.draw(rng, set_fillers(rng, subject))


ASKERS: Final = {"exist": ask_exist, "every": ask_every, "and": ask_and}
