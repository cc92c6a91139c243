"""What is asked about composed phrases: each head draws what it needs and words the question.

A head takes a `Composer` and returns the plain text (lower case, no end mark) and the program.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from .composed_phrases import Composer, Group, Where, restrict
from .functions import SCENE, Call, call, filters
from .lexicon import NUMBER_WORDS
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES
from .wording import adjective, attribute_word, noun, superlative_predicate

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
    slots: dict[str, Filler] = {
        "ps": lambda: group.said("many"),
        "the_ps": lambda: group.said("many", "the"),
        "p": lambda: group.said("one"),
        "a_p": lambda: group.said("one", "a"),
        "any_p": lambda: group.said("one", "any"),
        "any_ps": lambda: group.said("many", "any"),
        "cores": lambda: group.said("many"),
        "the_cores": lambda: group.name or group.said("many", "the"),
        "core": lambda: group.said("one"),
        "a_core": lambda: group.said("one", "a"),
    }
    if where is not None:
        slots |= {"are": lambda: where.said("many"), "is": lambda: where.said("one")}
    return slots


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
    rng = c.rng
    if rng.random() < 0.55:
        group = c.group()
        return _COUNT.draw(rng, words(rng, group)), call("count", group.program)
    group, where = subject(c)
    if rng.random() < 0.1 and where.kind == "value":
        text = _COUNT_OF.draw(rng, words(rng, group, negated(where)))
        return text, call("count", call("minus", group.program, where.chosen))
    return _COUNT_OF.draw(rng, words(rng, group, where)), call(
        "count", restrict(group.program, where.chosen)
    )


def negated(where: Where) -> Where:
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
    rng = c.rng
    none = rng.random() < 0.2
    if rng.random() < 0.55:
        group = c.group()
        text = (_NONE if none else _EXIST).draw(rng, words(rng, group))
        program = call("exist", group.program)
    else:
        group, where = subject(c)
        text = (_NONE_OF if none else _EXIST_OF).draw(rng, words(rng, group, where))
        program = call("exist", restrict(group.program, where.chosen))
    return text, call("not", program) if none else program


_THRESHOLDS: Final[Mapping[str, tuple[str, ...]]] = {
    "at least": ("at least {n} {x}", "{n} or more {x}", "no fewer than {n} {x}", "{n} {x} or more",
                 "{n} {x} at least", "a minimum of {n} {x}", "not fewer than {n} {x}"),
    "more": ("more than {n} {x}", "over {n} {x}", "upwards of {n} {x}", "more than {n} {x}"),
    "at most": ("at most {n} {x}", "no more than {n} {x}", "{n} {x} at most", "{n} or fewer {x}",
                "a maximum of {n} {x}", "not more than {n} {x}", "{n} {x} max", "up to {n} {x}"),
    "fewer": ("fewer than {n} {x}", "less than {n} {x}", "under {n} {x}"),
    "exactly": ("exactly {n} {x}", "precisely {n} {x}", "just {n} {x}", "only {n} {x}",
                "exactly {n} {x}", "{n} {x} exactly"),
}  # fmt: skip
_THRESHOLD: Final = Patterns(
    ("[are there|do you see|do we have|can you count|have we got|would there be] {q}", 3),
    "{q}",
    "{q}, [yes or no|right|true|is that so|yeah|correct]",
    "there are {q}" + TAG,
    "[is it true|would you say|can you confirm|is it the case|do you agree] that there are {q}",
    "i count {q}, [is that right|correct|do you too]",
    "[my bet is|my guess is|i claim|i bet] {q}, [am i right|right|true]",
    "does the <picture> [show|contain|hold|have] {q}",
    "{q} [in view|in sight|on this table|here], is this accurate",
    "there should be {q}. [is that so|correct|does the <picture> comply]",
    "[verify|check]: {q}",
    "tell me whether there are {q}",
)
_THRESHOLD_OF: Final = Patterns(
    "are {q_of} {the_cores} {are}",
    "{q_of} {the_cores} are {are}" + TAG,
    OF + " are {q_none} {are}",
    "do {q_of} {the_cores} happen to be {are}",
    "is it true that {q_of} {the_cores} are {are}",
    "{the_cores}: are {q_none} of them {are}",
    "{q_of} {the_cores} should be {are}, is that so",
    "would you say that {q_of} {the_cores} are {are}",
)


def _compared(number: Call, kind: str, n: int) -> Call:
    name, bound = {
        "at least": ("greater_than", n - 1),
        "more": ("greater_than", n),
        "at most": ("less_than", n + 1),
        "fewer": ("less_than", n),
        "exactly": ("equal_integer", n),
    }[kind]
    return call(name, number, call("number", value=str(bound)))


def threshold(c: Composer) -> tuple[str, Call]:
    rng = c.rng
    kind = rng.choice(tuple(_THRESHOLDS))
    n = rng.choice(
        (2, 2, 2, 3, 3, 3, 4, 4, 5, 6) if kind in ("at least", "fewer") else (1, 2, 2, 3, 3, 4, 5)
    )
    said = str(n) if rng.random() < 0.3 else NUMBER_WORDS[n]
    number = "one" if n == 1 else "many"
    ways = _THRESHOLDS[kind]
    if n == 1:
        ways = [w for w in ways if "or fewer" not in w]
    way = rng.choice(ways)

    def quantity(x: str) -> str:
        return way.replace("{n}", said).replace("{x}", x)

    if rng.random() < 0.25 and n > 1:
        group, where = subject(c)
        front = next(w for w in ways if w.endswith("{n} {x}"))
        bare = front.replace("{n}", said).replace(" {x}", "")
        slots = {**words(rng, group, where), "q_of": f"{bare} of", "q_none": bare}
        number_of = call("count", restrict(group.program, where.chosen))
        return _THRESHOLD_OF.draw(rng, slots), _compared(number_of, kind, n)
    group = c.group()
    if rng.random() < 0.12 and n > 1:
        name = rng.choice([a for a in ATTRIBUTES if a not in group.taken] or ["color"])
        x = f"[different|distinct|] {attribute_word(rng, name, 'many')} [among|in|for]"
        x = Patterns(x).draw(rng, {})
        q = f"{quantity(x)} {group.said('many', 'the')}" if way[-3:] == "{x}" else None
        if q is not None:
            return (
                _THRESHOLD.draw(rng, {"q": q}),
                _compared(call(f"distinct_{name}", group.program), kind, n),
            )
    x = group.said(number)
    # What stands after the words would seem to belong to the last of them.
    if not way.endswith("{x}") and (group.wheres or group.out):
        q = f"{quantity(group.core(number))} {_linked(group, number)}"
    else:
        q = quantity(x)
    text = _THRESHOLD.draw(rng, {"q": q})
    if n == 1:
        text = text.replace("are there ", "is there ", 1).replace("there are ", "there is ", 1)
    return text, _compared(call("count", group.program), kind, n)


def _linked(group: Group, number: str) -> str:
    tail = group.tail("one" if number == "one" else "many")
    if tail.startswith(
        ("that ", "other than", "except", "besides", "apart", "not", "but", "leav", "excl", "aside")
    ):
        return tail
    return f"{'that is' if number == 'one' else 'that are'} {tail}"


_COMPARE: Final = {
    "greater_than": Patterns(
        ("are there more {a} than {b}", 3), "do {a} outnumber {b}", "more {a} than {b}",
        "there are more {a} than {b}" + TAG, "is the number of {a} greater than the number of {b}",
        "do we have more {a} than {b}", "would you say there are more {a} than {b}",
        "{a} outnumber {b}" + TAG, "are {a} more numerous than {b}",
        "can you see more {a} than {b}",
        "is it true that there are more {a} than {b}", "i see more {a} than {b}, do you",
    ),
    "less_than": Patterns(
        ("are there fewer {a} than {b}", 3), "are {a} outnumbered by {b}", "fewer {a} than {b}",
        "there are fewer {a} than {b}" + TAG, "is the number of {a} smaller than the number of {b}",
        "less {a} than {b}", "do we have fewer {a} than {b}", "are there less {a} than {b}",
        "are {a} less numerous than {b}", "claim: fewer {a} than {b}. true",
        "is it true that there are fewer {a} than {b}", "i count fewer {a} than {b}, right",
    ),
    "equal_integer": Patterns(
        ("are there as many {a} as {b}", 3), "are there equally many {a} and {b}",
        "is the number of {a} the same as the number of {b}", "same number of {a} and {b}",
        "there are as many {a} as {b}" + TAG, "do we have the same number of {a} and {b}",
        "{a} and {b}: same count", "does the count of {a} equal the count of {b}",
        "are {a} as numerous as {b}", "as many {a} as {b}, yes or no",
        "is it true that there are just as many {a} as {b}", "equal numbers of {a} and {b}",
    ),
    "difference": Patterns(
        ("how many more {a} than {b} are there", 3), "how many fewer {a} than {b} are there",
        "what's the difference between the number of {a} and the number of {b}",
        "by how many do {a} outnumber {b}", "how many more {a} are there than {b}",
        "subtract the number of {b} from the number of {a}", "how many more {a} than {b}",
        "[give me|tell me] the gap between the count of {a} and the count of {b}",
        "number of {a} minus number of {b}", "how many more {a} do we have than {b}",
        "what's the difference in number between {a} and {b}",
        "i want to know how many more {a} there are than {b}",
    ),
}  # fmt: skip


def compare(c: Composer) -> tuple[str, Call]:
    rng = c.rng
    name = rng.choice(("greater_than", "less_than", "equal_integer", "difference"))
    if rng.random() < 0.3:  # one kind of thing in two places, or of two colours
        group = Group(rng=rng, values=c.values())
        one, two = c.where(rng.choice(("relate", "side")), last=False), c.where("relate")
        first = Group(rng=rng, values=group.values, wheres=(one,))
        programs = [first.program, restrict(group.program, two.chosen)]
        slots: dict[str, Filler] = {"a": first.said(), "b": f"{noun(rng, '', 'many')} {two.many}"}
        if group.values:
            slots["b"] = Group(rng=rng, values=group.values, wheres=(two,)).said()
    else:
        first, second = c.group(plain=True, least=1), c.group(plain=True, least=1)
        programs = [first.program, second.program]
        slots = {"a": first.said(), "b": second.said()}
    return _COMPARE[name].draw(rng, slots), call(name, *(call("count", p) for p in programs))


_NUMEROUS: Final = Patterns(
    "which [is|are] more numerous, {a} or {b}",
    "{a} versus {b}: whose number is higher",
    "{a} or {b}, which have we got more of",
    "more numerous: {a} or {b}",
    "what are there more of, {a} or {b}",
    "are there more {a} or more {b}",
    "which do you see more of, {a} or {b}",
    "who wins by number, {a} or {b}",
    "which group is bigger, {a} or {b}",
    "are {a} in the majority or {b}",
    "[tell me|say] which there are more of: {a} or {b}",
    "{a} vs {b}, which are there more of",
    "do we have more {a} or more {b}",
)


def numerous(c: Composer) -> tuple[str, Call]:
    rng = c.rng
    name = rng.choice(("shape", "shape", "color"))
    one, two = rng.sample(VALUES[name], 2)
    slots: dict[str, Filler]
    if name == "shape":
        slots = {"a": noun(rng, one, "many"), "b": noun(rng, two, "many")}
    else:
        word = noun(rng, "", "many")
        slots = {"a": f"{adjective(rng, one)} {word}", "b": f"{adjective(rng, two)} {word}"}
    text = _NUMEROUS.draw(rng, slots)
    chosen = call("union", *(filters(SCENE, **{name: v}) for v in (one, two)))
    if c.spend(0.5):
        group = c.group(hide=name, conditions=1, plain=True)
        if name in group.taken or group.wheres[0].kind == "same":
            return text, call(f"mode_{name}", chosen)
        text = f"{fronted(rng, group)} {text}"
        chosen = restrict(group.program, chosen)
    return text, call(f"mode_{name}", chosen)


_FRONT: Final = Patterns(
    "of {the_ps},", "among {the_ps},", "out of {the_ps},", "looking only at {the_ps},",
    "as for {the_ps},", "{the_ps}:", "talking just about {the_ps},", "considering {the_ps} alone,",
    "take {the_ps}.", "if we look at {the_ps},", "regarding {the_ps},", "just {the_ps}:",
)  # fmt: skip


def fronted(rng: Random, group: Group) -> str:
    return _FRONT.draw(
        rng, {**words(rng, group), "the_ps": lambda: group.name or group.said("many", "the")}
    )


def extreme_of(c: Composer, group: Group) -> tuple[str, Call]:
    """ "the leftmost", of a set: what follows "is", and the object."""
    direction = c.rng.choice(DIRECTIONS)
    return superlative_predicate(c.rng, direction), call("extreme", group.program, value=direction)
