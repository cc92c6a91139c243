"""How composed phrases are asked about: what the heads share, and counts and existence.

`composed_numbers.py`, `composed_asks.py` and `composed_lists.py` hold the other heads.

A head takes a `Composer` and returns the plain text (lower case, no end mark) and the program.
"""

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from .composed_groups import Group, Where, restrict
from .composed_phrases import Composer
from .functions import Call, call
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import DIRECTIONS
from .wording import superlative_predicate

Head = Callable[[Composer], tuple[str, Call]]

TAG: Final = (
    "[, right|, correct|, yeah|, yes|, true|, agreed|, is that right|, am i right|, true or false"
    "|, isn't that so|, would you agree| - true| i'd say| i think|, or am i wrong|, eh|, confirm]"
)
OF: Final = (
    "[of [all|] {the_cores},|of {the_cores},|as for {the_cores},|among {the_cores},"
    "|out of {the_cores},|looking only at {the_cores},|{the_cores}:|regarding {the_cores}:"
    "|speaking of {the_cores},|take {the_cores}.|when it comes to {the_cores},"
    "|considering just {the_cores},]"
)


def words(rng: Random, group: Group, where: Where | None = None) -> dict[str, Filler]:
    """The slots that a group and a condition on it can fill."""
    # "is the ball behind the cube left of the can": two places side by side run into one.
    runs = where is not None and (where.place or where.kind == "same")
    end = END if runs and (group.wheres or group.out) else ""
    slots: dict[str, Filler] = {
        "ps": lambda: group.said("many"),
        "the_ps": lambda: group.said("many", "the"),
        "p": lambda: group.said("one"),
        "a_p": lambda: group.said("one", "a"),
        "any_p": lambda: group.said("one", "any"),
        "cores": lambda: group.said("many") + end,
        "the_cores": lambda: group.said("many", "the") + end,
        "core": lambda: group.said("one") + end,
        "a_core": lambda: group.said("one", "a") + end,
    }
    if where is not None:
        slots |= {
            "are": lambda: START + where.said("many"),
            "is": lambda: START + where.said("one"),
        }
    return slots


END: Final = "\x01"  # of a phrase that ends in a place
START: Final = "\x02"  # of what is asked of it
_RUN_ON: Final = re.compile(f"{END},? ?{START}")


def apart(rng: Random, patterns: Patterns, slots: Mapping[str, Filler]) -> str:
    """A text of `patterns` in which something stands between the phrase and what is asked."""
    while True:
        text = patterns.draw(rng, slots)
        if not _RUN_ON.search(text):
            return text.replace(END, "").replace(START, "")


def subject(c: Composer) -> tuple[Group, Where]:
    """A simple or conditioned set and a condition asked of it."""
    rng = c.rng
    group = c.group(
        conditions=None if c.budget > 1 and rng.random() < 0.4 else 0, plain=rng.random() < 0.5
    )
    return group, condition(c, group.taken)


def condition(c: Composer, taken: set[str], kinds: tuple[str, ...] = ()) -> Where:
    """A value, a choice of two, or a place."""
    rng = c.rng
    kind = rng.choice(
        kinds or ("value", "value", "value", "relate", "relate", "side", "both", "same")
    )
    if c.known is not None and not c.used:
        kind = rng.choice(("relate", "relate", "same"))
    if kind == "value" and len(taken) < 4:
        return c.value(taken, either=0.2)
    return c.where("relate" if kind == "value" else kind)


_COUNT: Final = Patterns(
    ("how many {ps} [are there|are here|can you see|do you see|do we have|exist||]", 4),
    "[count|please count|count up|tally|total up] [all|] {the_ps}",
    "[number|amount|quantity|qty|count] of {ps}",
    "{ps}[,| -|:] how many",
    "{ps}[,| -] [what's the count|count them|how many of those|number]",
    "what [number|quantity] of {ps} [is there|do you see|can you find]",
    "[give me|i need|state] the [number|count|total] of {ps}",
    "[give me|need] [a|the] [headcount|count|qty] of {ps}",
    "what is the [total|] number of {ps}",
    "kindly determine how many {ps} there are",
    "[tell me|say] how many {ps} [there are|you see]",
    "in this <picture>, {ps} number how many",
    "i'm looking for {ps}; how many",
    "{ps}, how many [we talkin|have we got|in total]",
)
_COUNT_OF: Final = Patterns(
    ("how many {cores} are {are}", 3),
    ("how many of {the_cores} are {are}", 3),
    (OF + " how many are {are}", 5),
    OF + " how many of them are {are}",
    OF + " [count|tell me the number of|give me the number of] those that are {are}",
    "what number of {cores} [is|are] {are}",
    "{the_cores}, how many of them are {are}",
    "[count|find out] how many of {the_cores} are {are}",
    "{cores}, must be {are}, how many",
    "need qty of {cores}, must be {are}",
)


def count(c: Composer) -> tuple[str, Call]:
    """How many of a set there are, or are so, and the program."""
    rng = c.rng
    if rng.random() < 0.55:
        group = c.group()
        return _COUNT.draw(rng, words(rng, group)), call("count", group.program)
    group, where = subject(c)
    if rng.random() < 0.1 and where.kind == "value":
        text = apart(rng, _COUNT_OF, words(rng, group, negated(where)))
        return text, call("count", call("minus", group.program, where.chosen))
    return apart(rng, _COUNT_OF, words(rng, group, where)), call(
        "count", restrict(group.program, where.chosen)
    )


def negated(where: Where) -> Where:
    """The same condition with "not" before it; it chooses the same, which the caller takes away."""
    return Where(kind="not", one=f"not {where.one}", many=f"not {where.many}", chosen=where.chosen)


_EXIST: Final = Patterns(
    ("[is there|do you see|can you see|can you spot|have we got|is there possibly] {a_p}", 5),
    ("are there any {ps}", 2),
    "[any|got any] {ps}",
    "{any_p} [here|around|present|in sight|]",
    "isn't there {a_p}",
    "there's {a_p}" + TAG,
    "[tell me if|check whether|i wonder if|let me know if] there [is|'s] {a_p}",
    "{a_p} - is there [one|such a thing]",
    "could there be {a_p} [somewhere|here|]",
    "would there be {a_p}",
    "does the <picture> [show|contain|have] {a_p}",
    "{a_p}, yes or no",
    "yes or no: is there {a_p}",
)
_EXIST_OF: Final = Patterns(
    "are any of {the_cores} {are}",
    "is any of {the_cores} {is}",
    (OF + " is any of them {is}", 2),
    OF + " are any {are}",
    OF + " is at least one {is}",
    "is {a_core} {is}",
    "is at least one of {the_cores} {is}",
    "does any of {the_cores} happen to be {is}",
    "are some of {the_cores} {are}",
    "{the_cores}, is one of them {is}",
    "one of {the_cores} is {is}" + TAG,
    "i believe that one of {the_cores} is {is}, is that so",
)
_NONE: Final = Patterns(
    "there [is|are] no {ps}" + TAG,
    "no {ps} [at all|anywhere|here|]" + TAG,
    "are there no {ps}",
    "is it true that there are no {ps}",
    "so there isn't {a_p}" + TAG,
    "am i right that there are no {ps}",
    "the <picture> has no {ps}, [right|correct]",
    "can i assume there are no {ps}",
)
_NONE_OF: Final = Patterns(
    "none of {the_cores} [is|are] {are}" + TAG,
    "not one of {the_cores} is {is}" + TAG,
    OF + " none of them is {is}" + TAG,
    "{the_cores}: is none of them {is}",
    "are none of {the_cores} {are}",
    "is it true that none of {the_cores} are {are}",
    "am i right that none of {the_cores} is {is}",
)


def existence(c: Composer) -> tuple[str, Call]:
    """Whether there is any, or none, of a set, and the program."""
    rng = c.rng
    none = rng.random() < 0.2
    if rng.random() < 0.55:
        group = c.group()
        text = (_NONE if none else _EXIST).draw(rng, words(rng, group))
        program = call("exist", group.program)
    else:
        group, where = subject(c)
        text = apart(rng, _NONE_OF if none else _EXIST_OF, words(rng, group, where))
        program = call("exist", restrict(group.program, where.chosen))
    return text, call("not", program) if none else program


_FRONT: Final = Patterns(
    "of {the_ps},", "among {the_ps},", "out of {the_ps},", "looking only at {the_ps},",
    "as for {the_ps},", "{the_ps}:", "talking just about {the_ps},", "considering {the_ps} alone,",
    "take {the_ps}.", "if we look at {the_ps},", "regarding {the_ps},", "just {the_ps}:",
)  # fmt: skip


def fronted(rng: Random, group: Group) -> str:
    """The set named before what is asked of it: "of the cubes that are not red"."""
    return _FRONT.draw(rng, {**words(rng, group), "the_ps": lambda: group.said("many", "the")})


def extreme_of(c: Composer, group: Group) -> tuple[str, Call]:
    """ "the leftmost", of a set: what follows "is", and the object."""
    direction = c.rng.choice(DIRECTIONS)
    return superlative_predicate(c.rng, direction), call("extreme", group.program, value=direction)
