"""Composed questions that weigh numbers: thresholds, two counts, which is more numerous."""

from collections.abc import Mapping
from typing import Final

from .composed_groups import Group, restrict
from .composed_heads import OF, TAG, apart, fronted, subject, words
from .composed_phrases import Composer
from .functions import SCENE, Call, call, filters
from .lexicon import NUMBER_WORDS
from .patterns import Filler
from .question_families.shared import Patterns
from .vocabulary import ATTRIBUTES, VALUES
from .wording import adjective, attribute_word, noun

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
    """Whether a set has at least, at most or just so many, and the program."""
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
        return apart(rng, _THRESHOLD_OF, slots), _compared(number_of, kind, n)
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
    """Which of two sets has more, whether they have as many, or by how many they differ."""
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
    """Of which of two values there are more, and the program."""
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
