"""Questions answered by a number, and those that compare numbers."""

from random import Random
from typing import Final

from ..functions import SCENE, Call, filters, split_filters
from ..phrases import beyond, is_object, set_phrase, union_predicate, where_predicate
from ..wording import attribute_word, number_word
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

_COUNT: Final = Patterns(
    ("how many {ps} <see>", 6),
    ("how many {ps} are there [<here>||||]", 5),
    ("how many {ps}", 2),
    "[what is|what's] the [total|exact|||] [number|amount|count|quantity] of {ps} [<here>||]",
    "[total|] [number|amount|count|nr] of {ps} [<here>||||]",
    "{ps}[:| -|,] [how many|count|number|total]",
    "{ps} [count|tally|total]",
    "[count|please count|can you count|could you count|count up|tally|go ahead and count|add up]"
    " [all|] [{the_ps}|{ps}] [for me|please|<here>||||]",
    "<tell> how many {ps} [there are|are there|you see|you can see|are <here>|exist|we have]",
    "<give> the [total|] [number|amount|count] of {ps} [<here>||||]",
    "how many {ps} in total",
    "how many {ps} can you [find|count|spot|see|make out]",
    "how many {ps} does the <picture> [show|have|contain|include]",
    "[what number|which number] of {ps} [is there|are there|do you see]",
    "there are how many {ps} [<here>||]",
    "you see how many {ps}",
    "how many of {the_ps} are there",
    "how many are there of {the_ps}",
    "in total[,|] how many {ps} are there",
    "<here>[,|] how many {ps} are there",
    "how many are {the_ps}",
    "how much {ps} are there",
    "do you know how many {ps} there are",
    "of {ps}[,|] how many are there",
    "as for {ps}, how many are there",
    "if you count {the_ps}, how many do you get",
    "i need a count of {the_ps}",
    "how many {ps} did you [see|find|count]",
    "{ps} - how many [of them|] are there",
    "could you give me a count of {the_ps}",
)
_COUNT_RARE: Final = Patterns(
    "[headcount|tally|sum|grand total] of {ps}",
    "how [often|many times] does {a} [appear|occur] [<here>||]",
    "how many {ps} could [i|you|one] [find|spot|grab|see]",
    "[whats|what's|what is] the [headcount|grand total|tally|score] of {ps}",
    "how many {ps} have [you|we|i] [got|here|in view]",
    "[i lost|i've lost] count. how many {ps} [are there|]",
    "i see [some|several|lots of] {ps}. how many [exactly|are there|]",
    "{ps}[,|:| =|] [nr|num|number|how many exactly|# please|qty]",
    "how many {ps} [would you say|do you reckon|do you think] there are",
    "can you [work out|figure out|see] how many {ps} [there are|we have]",
    "how many [different|separate|individual] {ps} [are there|do you see]",
    "how many {ps} [sit|stand|lie|rest] [on the table|there|here]",
)
_COUNT_AMONG: Final = Patterns(
    (
        "[ignoring|leaving out|if you skip|if we skip|not counting|excluding|without] {x}[,|]"
        " how many {cs} are there",
        2,
    ),
    "take away {x}, how many {cs} [remain|are left]",
    "[apart from|besides|other than|except] {x}, how many {cs} are there",
    "how many {cs} if [you leave out|we skip|you ignore|you don't count] {x}",
)
_COUNT_WHERE: Final = Patterns(
    ("how many {cs} are {where}", 7),
    "how many {cs} are there {where}",
    "how many {cs} are there that are {where}",
    "how many of {the_cs} are {where}",
    "what number of {cs} are {where}",
    "how many {cs} [do you see|can you see|can i see|lie|stand|sit|can be found] {where}",
    "{where}[,|] how many {cs} are there",
    "{where} there are how many {cs}",
    "count the {cs} {where}",
    "<tell> how many {cs} are {where}",
    "<give> the number of {cs} {where}",
    "of {the_cs}, how many are {where}",
    "[number of|#] {cs} {where}",
)
_COUNT_IT: Final = Patterns(
    ("[there is|there's|i see] {intro}[;|,|.] how many {cs} are {where_it}", 2),
    "{anchor}[:| -|,] how many {cs} are {where_it}",
    "[look at|consider|take|find|see] {anchor}[.|;|,] how many {cs} are {where_it}",
    "you see {anchor}? how many {cs} are {where_it}",
)
_COUNT_SAME: Final = Patterns(
    ("how many [other|] {cs} have the same {name} as {o}", 3),
    "how many [other|] {cs} share [the|a|their] {name} [of|with] {o}",
    "how many [other|] {cs} match {o} in {name}",
    "how many [other|] {cs} are [of|in] the same {name} as {o}",
    "how many {cs} [are there|] with the {name} of {o}",
    "{o} [shares|has] its {name} [with|in common with] how many [other|] {cs}",
    "with how many [other|] {cs} does {o} share its {name}",
)
_COUNT_UNION: Final = Patterns(
    ("how many {rest} are {either}", 3),
    "how many of {the_rest} are {either}",
    "of {the_rest}, how many are {either}",
    "<tell> how many {rest} are {either}",
)
_COUNT_TOGETHER: Final = Patterns(
    ("how many {ps} are there [together|combined|in total|altogether|in all|all in all]", 2),
    "[what is|what's] the [total|combined|overall] number of {ps}",
    "{ps} [together|combined]: how many",
    "how many {ps} [are there|] [if you add them up|counting both|summed up]",
)
_COUNT_BESIDES: Final = Patterns(
    (
        "[besides|apart from|other than|not counting|aside from|except] {o}, how many {cs}"
        " [are there|do you see|can you see]",
        3,
    ),
    "how many other {cs} are there [besides|apart from|other than|aside from] {o}",
    "[without|leaving out|excluding|ignoring] {o}, how many {cs} are there",
    "how many [more|other] {cs} are there [besides|than|in addition to|beyond] {o}",
    "how many {cs} remain [if you take away|without|if i remove] {o}",
)
_COUNT_PREDICATE: Final = Patterns(
    ("how many {rest} are {pred}", 5),
    "how many of {the_rest} are {pred}",
    "of {the_rest}[,|] how many are {pred}",
    "what number of {rest} are {pred}",
    "how many {rest} are there that are {pred}",
    "among {the_rest}, how many are {pred}",
    "<tell> how many [of {the_rest}|{rest}] are {pred}",
    "[from|out of] {the_rest}, how many are {pred}",
    "{the_rest}: how many are {pred}",
    "how many {rest} [happen to be|would you call|look] {pred}",
)

_SAME_NUMBER: Final = Patterns(
    ("are there [as many|just as many|exactly as many] {a} as {b}", 3),
    "are there [the same|an equal|a equal] [number|amount] of {a} [and|as] {b}",
    "is the [number|amount|count] of {a} [the same as|equal to|identical to]"
    " [the number of|that of|the amount of] {b}",
    "is there [the same|an equal] [number|amount|count] of {a} [and|as] {b}",
    "do we have as many {a} as {b}",
    "are {a} as [numerous|common|many] as {b}",
    "[equal|same] number of {a} and {b}",
    "as many {a} as {b}",
    "does the <picture> [have|show|contain] as many {a} as {b}",
    "<tell> [if|whether] there are as many {a} as {b}",
    "is it the same number for {a} and {b}",
    "do the number of {a} and the number of {b} match",
    "are {a} and {b} equal in number",
    "[are there|do we have] equal [numbers|amounts] of {a} and {b}",
    "same [amount|number|count] of {a} as {b}[ or not||]",
    "do {a} and {b} occur equally often",
)
_MORE: Final = Patterns(
    ("are there more {a} than {b}", 5),
    "is the [number|amount|count] of {a} [greater|larger|higher|bigger|more] than [the number of"
    "|that of|the amount of] {b}",
    "are there [a greater number of|a larger number of] {a} than {b}",
    "do {a} outnumber {b}",
    "are {a} more [numerous|common|frequent] than {b}",
    "[do you see|do we have|can you see|does the <picture> show|have we got] more {a} than {b}",
    "more {a} than {b}",
    "<tell> [if|whether] there are more {a} than {b}",
    "is there more {a} than {b}",
    "would you say there are more {a} than {b}",
    "do {a} [outnumber|exceed] {b} in number",
    "do we count more {a} than {b}",
    "is it true that there are more {a} than {b}",
    "there are more {a} than {b}[,| -] <sure>",
)
_FEWER: Final = Patterns(
    ("are there [fewer|less] {a} than {b}", 5),
    "is the [number|amount|count] of {a} [less|smaller|lower|fewer] than [the number of|that of"
    "|the amount of] {b}",
    "are there [a smaller number of|a lower number of] {a} than {b}",
    "are {a} outnumbered by {b}",
    "are {a} [less numerous|less common|rarer] than {b}",
    "[do you see|do we have|can you see|does the <picture> show] [fewer|less] {a} than {b}",
    "[fewer|less] {a} than {b}",
    "<tell> [if|whether] there are fewer {a} than {b}",
    "is there less {a} than {b}",
    "do {a} number fewer than {b}",
    "do {a} occur less often than {b}",
    "are {a} in the minority compared to {b}",
    "there are [fewer|less] {a} than {b}[,| -] <sure>",
)
_DIFFERENCE: Final = Patterns(
    ("how many more {a} [are there|do you see|do we have|] than {b}", 4),
    ("how many more {a} than {b} [are there|do you see|]", 3),
    ("how many [fewer|less] {a} [are there|do you see|] than {b}", 2),
    "how many [fewer|less] {a} than {b} [are there|]",
    "[what is|what's|<give>] the difference between the number of {a} and [the number of|] {b}",
    "by how many do {a} outnumber {b}",
    "difference [in number|in count|] between {a} and {b}",
    "how much more {a} than {b} are there",
    "the number of {a} minus the number of {b}",
    "[what is|what's] the gap between the number of {a} and the number of {b}",
    "if i subtract the number of {b} from the number of {a}, what do i get",
    "how many {a} are there [in excess of|beyond] the number of {b}",
    "how many more {a} do [you|we] [count|get|have] than {b}",
    "difference in [count|number][,|:] {a} [vs|versus|and|against] {b}",
)
_EXACTLY: Final = Patterns(
    ("are there [exactly|precisely||||] {n} {ps} [<here>||]", 4),
    "are there only {n} {ps}",
    "is the number of {ps} [equal to|] {n}",
    "do you see [exactly|just|] {n} {ps}",
    "does the <picture> [show|contain|have] [exactly|] {n} {ps}",
    "there are {n} {ps}[,| -] <sure>",
    "{n} {ps}[, right| - correct|, is that right|, yes]",
    "is it true that there are {n} {ps}",
    "<tell> [if|whether] there are [exactly|] {n} {ps}",
    "[are there|is it] [just|only] {n} {ps}",
    "precisely {n} {ps}[, yes|, right|]",
    "does the number of {ps} equal {n}",
    "i count {n} {ps}[,|. am i|, is that] right",
)
_EXACTLY_ONE: Final = Patterns(
    ("is there [exactly|only|just] [one|1|a single] {s} [<here>||]", 3),
    "is there [only|just] one {s}",
    "do you see [only|just|exactly] [one|a single] {s}",
    "there is only one {s}[,| -] <sure>",
    "<tell> [if|whether] there is [only|exactly|just] one {s}",
    "is the number of {ps} [one|1|equal to one]",
)
_MORE_THAN: Final = Patterns(
    ("are there more than {n} {ps} [<here>||]", 3),
    ("are there at least {n1} {ps} [<here>||]", 2),
    "are there {n1} or more {ps}",
    "do you see [more than {n}|at least {n1}] {ps}",
    "does the <picture> [contain|show|have] [more than {n}|at least {n1}] {ps}",
    "is the number of {ps} [greater than|more than|above|over|larger than] {n}",
    "[more than|over] {n} {ps}",
    "<tell> [if|whether] there are [more than {n}|at least {n1}] {ps}",
    "are there [over {n}|upwards of {n}|a minimum of {n1}] {ps}",
    "do we count [at least {n1}|more than {n}] {ps}",
    "[at least {n1}|{n1} or more|{n1} plus] {ps}",
)
_MORE_THAN_ONE: Final = Patterns(
    ("is there more than [one|1|a single] {s} [<here>||]", 3),
    "do you see more than one {s}",
    "are there [several|multiple|two or more|at least two] {ps}",
    "is the number of {ps} [greater than|more than|above] [one|1]",
    "more than one {s}",
)
_LESS_THAN: Final = Patterns(
    ("are there [fewer|less] than {n} {ps} [<here>||]", 3),
    ("are there at most {n1} {ps} [<here>||]", 1.5),
    "are there no more than {n1} {ps}",
    "are there {n1} or fewer {ps}",
    "is the number of {ps} [less than|below|smaller than|under] {n}",
    "do you see [fewer|less] than {n} {ps}",
    "[fewer|less] than {n} {ps}",
    "[under|below] {n} {ps}",
    "are there [under|below] {n} {ps}",
    "[at most|no more than|not more than] {n1} {ps}",
)

_DISTINCT: Final = Patterns(
    ("how many [different|distinct|unique|various|separate|kinds of] {names} are there{among}", 4),
    "how many [different|distinct|unique|] {names} do {the_ps} have",
    "how many [different|distinct|unique|] {names} [do you see|can you see|can be seen]{among}",
    "how many {names} are there{among}",
    "[number|count] of [different|distinct|unique] {names}{among}",
    "count the [different|distinct|] {names}{among}",
    "<tell> how many [different|distinct|] {names} there are{among}",
    "in how many [different|] {names} do {the_ps} come",
    "what is the number of [different|distinct] {names}{among}",
)


def ask_count(rng: Random, program: Call) -> str:
    """`count`: how many."""
    subject = program.args[0]
    roll = rng.random()
    if subject.function == "minus" and is_object(subject.args[1]) and roll < 0.6:
        return _COUNT_BESIDES.draw(rng, besides_fillers(rng, subject))
    if subject.function == "minus" and beyond(*subject.args) and roll < 0.2:
        return _COUNT_AMONG.draw(rng, besides_fillers(rng, subject))
    if subject.function == "union" and roll < 0.4:
        parts = union_predicate(rng, subject, "many")
        if parts is None or roll < 0.15:
            return _COUNT_TOGETHER.draw(rng, set_fillers(rng, subject))
        rest, either = parts
        fillers = set_fillers(rng, filters(SCENE, **rest))
        both = {"rest": fillers["ps"], "the_rest": fillers["the_ps"], "either": either}
        return _COUNT_UNION.draw(rng, both)
    if split_filters(subject)[1].function.startswith("same_") and roll < 0.4:
        return _COUNT_SAME.draw(rng, same_fillers(rng, subject))
    if has_where(subject):
        if roll < 0.1 and can_say_it(subject):
            return _COUNT_IT.draw(rng, it_fillers(rng, subject))
        if roll < 0.65:
            return _COUNT_WHERE.draw(rng, where_fillers(rng, subject))
    elif roll < 0.35 and can_predicate(subject):
        return _COUNT_PREDICATE.draw(rng, predicate_fillers(rng, subject))
    table = _COUNT_RARE if rng.random() < 0.12 else _COUNT
    return table.draw(rng, set_fillers(rng, subject))


def ask_comparison(rng: Random, program: Call) -> str:
    """`equal_integer`, `greater_than`, `less_than`, `difference`, of counts or a constant."""
    name = program.function
    left, right = (arg.args[0] if arg.args else arg for arg in program.args)
    if right.function == "number":
        return _ask_constant(rng, name, left, int(str(right.value)))
    table = {
        "equal_integer": _SAME_NUMBER,
        "greater_than": _MORE,
        "less_than": _FEWER,
        "difference": _DIFFERENCE,
    }[name]
    opposite = _opposite(rng, left, right) if rng.random() < 0.8 else None
    if opposite is not None:
        return table.draw(rng, opposite)
    a, b = set_fillers(rng, left)["ps"], set_fillers(rng, right)["ps"]
    return table.draw(rng, {"a": a, "b": b})


def _opposite(rng: Random, left: Call, right: Call) -> dict[str, str] | None:
    """Two sides of one object: "things left of the cube", "right of it"."""
    (values, base), (others, other) = split_filters(left), split_filters(right)
    if values != others or {base.function, other.function} != {"relate"}:
        return None
    if base.args != other.args:
        return None
    it = where_predicate(rng, other, it=True)
    return {"a": set_phrase(rng, left, "many", ""), "b": it}


def _ask_constant(rng: Random, name: str, subject: Call, n: int) -> str:
    fillers = set_fillers(rng, subject)
    fillers["n"] = lambda: number_word(rng, n)
    if name == "equal_integer":
        table = _EXACTLY_ONE if n == 1 else _EXACTLY
    elif name == "greater_than":
        table = _MORE_THAN_ONE if n == 1 else _MORE_THAN
        fillers["n1"] = lambda: number_word(rng, n + 1)
    else:
        table = _LESS_THAN
        fillers["n1"] = lambda: number_word(rng, n - 1)
    return table.draw(rng, fillers)


def ask_distinct(rng: Random, program: Call) -> str:
    """`distinct_*`: how many different values."""
    attribute = program.function[9:]
    subject = program.args[0]
    fillers = set_fillers(rng, subject)
    whole = subject.function == "scene"
    the_ps = fillers["the_ps"]
    assert callable(the_ps)

    def among() -> str:
        if whole:
            return ""
        return f" {('among', 'for', 'of', 'among', 'in')[int(rng.random() * 5)]} {the_ps()}"

    fillers["among"] = among
    fillers["names"] = lambda: attribute_word(rng, attribute, "many")
    return _DISTINCT.draw(rng, fillers)


ASKERS: Final = {
    "count": ask_count,
    "equal_integer": ask_comparison,
    "greater_than": ask_comparison,
    "less_than": ask_comparison,
    "difference": ask_comparison,
    **{f"distinct_{name}": ask_distinct for name in ("size", "color", "material", "shape")},
}
