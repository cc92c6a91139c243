"""Compositional questions and requests with their programs, to train the program parser.

Every pair is drawn from a grammar that writes the words and the program side by side: noun
phrases with any conditions, nested in one another, stand in any question. They are about no
scene in particular. `sample_pairs` of `finetune/recipes/program_parser.py` draws them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final

from .asking import finish
from .composed_asks import boolean, equal, every, query
from .composed_groups import Group, Thing, Where, restrict
from .composed_heads import Head, count, existence, extreme_of
from .composed_lists import listing, pointing, spread, two
from .composed_numbers import compare, numerous, threshold
from .composed_phrases import Composer
from .functions import FUNCTIONS, SCENE, Call, call, canonical, filters, to_tokens
from .lexicon import NUMBER_WORDS, Choice
from .patterns import draw
from .vocabulary import ATTRIBUTES, VALUES, check_training_seed
from .wording import adjective, attribute_word, noun_phrase

LONGEST: Final = 40  # tokens of a program; the parser writes no longer ones
_BUDGETS: Final = Choice(tuple(range(5)), (10, 38, 32, 14, 6))
_HEADS: Final[Choice] = Choice(
    (count, existence, threshold, compare, numerous, every, boolean, query, equal, spread,
     listing, pointing, two),
    (17, 10, 9, 6, 3, 8, 12, 12, 6, 9, 12, 11, 2),
)  # fmt: skip
_WITH_ANCHOR: Final[Choice] = Choice(
    (count, existence, threshold, every, boolean, query, spread, listing, pointing),
    (20, 16, 6, 5, 10, 12, 8, 10, 6),
)
_INTRODUCED: Final = (
    "[i see|i can see|there is|there's|i spot|we have|here's|look,] {a}[,|;|.] {q}",
    "[there is|there's] {a} [here|in the picture|on the table|there][,|;|.] {q}",
    "[you see|see|do you see] {a}? {q}",
    "there is this {n}[;|,|.] {q}",
    "[take|look at|consider|find|focus on] {the}[.|;|:] {q}",
    "[my grandson|my kid|my friend|someone] points at {a}. {q}",
    "{a}[.|, see it?| - got it?| is visible to me.] {q}",
    "[so|ok|right], there's {a} [, right|]. {q}",
)
_TWICE: Final = re.compile(
    r"\bit\b.*\b(it|its|it's)\b|^(it|that)\b[^a-z]*[,:-]|\bit[:.]|\bof them\b.*\bit\b"
)


def composed_pairs(seed: int, n: int) -> Iterator[tuple[str, str, Sequence[str]]]:
    """`n` pairs; the same seed gives the same.

    Yields:
        the user's earlier turn ("" for none), the text, the program's tokens (canonical).

    Raises:
        ValueError: `seed` is kept for testing.
    """
    rng = Random(f"composed/{check_training_seed(seed)}")
    made = 0
    while made < n:
        before, text, program = _drawn(rng)
        tokens = to_tokens(canonical(program))
        if len(tokens) <= LONGEST:
            made += 1
            phrase = FUNCTIONS[program.function].output in ("set", "object")
            yield before, finish(rng, text, phrase), tokens


def _drawn(rng: Random) -> tuple[str, str, Call]:
    roll = rng.random()
    if roll < 0.74:
        text, program = _ask(rng)
        return "", text, program
    if roll < 0.88:
        return "", *_introduced(rng)
    return _FOLLOWS.draw(rng)(rng)


def _ask(rng: Random) -> tuple[str, Call]:
    head: Head = _HEADS.draw(rng)
    return head(Composer(rng, _BUDGETS.draw(rng)))


def _anchored(rng: Random, known: Call) -> tuple[str, Call]:
    """A question that names `known` once, as "it"."""
    while True:
        head: Head = _WITH_ANCHOR.draw(rng)
        c = Composer(rng, 1 + (rng.random() < 0.35))
        c.known = known
        text, program = head(c)
        if known in program.walk() and not _TWICE.search(text):
            return text, program


def _introduced(rng: Random) -> tuple[str, Call]:
    values = Composer(rng, 0).values(1)
    if set(values) <= {"size", "material"}:
        values["color"] = rng.choice(VALUES["color"])
    said = {
        "a": noun_phrase(rng, values, "one", "a", plain=True),
        "the": noun_phrase(rng, values, "one", "the", plain=True),
        "n": noun_phrase(rng, values, "one", "", plain=True),
    }
    text, program = _anchored(rng, call("unique", filters(SCENE, **values)))
    return draw(rng, rng.choice(_INTRODUCED), {**said, "q": text}), program


Follow = Callable[[Random], tuple[str, str, Call]]
_OF_ONE: Final = (
    "[what|which] {n} is {o}", "what is the {n} of {o}", "where is {o}", "what's {o}",
    "describe {o}", "find {o}", "show me {o}", "is {o} {v}", "point at {o}", "{o}: {n}",
    "is there {a}", "i see {a}",
)  # fmt: skip
_OF_MANY: Final = (
    "how many {ps} are there", "list {the_ps}", "what are {the_ps}", "are there any {ps}",
    "where are {the_ps}", "show me {the_ps}", "count {the_ps}", "which {ps} do you see",
    "what {n} are {the_ps}", "find all {ps}", "how many {ps}", "describe {the_ps}",
)  # fmt: skip


def _of_one(rng: Random) -> tuple[str, Thing]:
    c = Composer(rng, int(rng.random() < 0.3))
    name = rng.choice(ATTRIBUTES)
    thing = c.thing(hide=name)
    source = rng.choice(_OF_ONE[:10])
    a = ""
    if thing.text.startswith("the ") and thing.program.function == "unique":
        source, a = rng.choice(_OF_ONE), f"a {thing.text[4:]}"
    value = adjective(rng, rng.choice([v for v in VALUES[name] if name != "shape"] or ["red"]))
    slots = {"o": thing.text, "n": attribute_word(rng, name), "v": value, "a": a}
    return draw(rng, source, slots), thing


def _of_many(rng: Random) -> tuple[str, Group]:
    c = Composer(rng, int(rng.random() < 0.4))
    group = c.group(plain=True, least=1)
    name = rng.choice([n for n in ATTRIBUTES if n not in group.taken] or ["color"])
    slots = {
        "ps": group.said("many"),
        "the_ps": group.said("many", "the"),
        "n": attribute_word(rng, name),
    }
    return draw(rng, rng.choice(_OF_MANY), slots), group


def _it(rng: Random) -> tuple[str, str, Call]:
    before, _ = _of_one(rng)
    text, program = _anchored(rng, Call("it"))
    return before, draw(rng, "[||||and |ok, |now |hmm, ]{q}", {"q": text}), program


_THEM: Final = Call("them")
_THEY: Final = "[them|those|these]"
_COUNTED: Final = (
    f"how many of {_THEY} are {{are}}", "how many are {are}", f"of {_THEY}, how many are {{are}}",
    f"[and|so] how many of {_THEY} would be {{are}}", f"the number of {_THEY} that are {{are}}",
)  # fmt: skip
_LISTED: Final = (
    f"which of {_THEY} are {{are}}",
    "which are {are}", f"list the ones of {_THEY} that are {{are}}",
    f"name {_THEY} that are {{are}}", f"which ones of {_THEY} are {{are}}",
)  # fmt: skip
_FOUND: Final = (
    f"is any of {_THEY} {{is}}", f"are any of {_THEY} {{are}}", f"any of {_THEY} {{is}}",
    f"is at least one of {_THEY} {{is}}", f"one of {_THEY} is {{is}}, right",
)  # fmt: skip
_ALL: Final = (
    "are they all {are}", "are all of them {are}", "is every one of them {is}", "all {are}",
    "they are all {are}, right", "is each of these {is}", "are those all {are}",
)  # fmt: skip
_SOME: Final = (
    "are {q} of them {are}", "{q} of them are {are}, right", "are {q} of these {are}",
    "would you say {q} of those are {are}",
)  # fmt: skip
_LESS: Final = (
    "take away the {adj} ones", "without the {adj} ones", "not the {adj} ones",
    "drop the {adj} ones",
    "all but the {adj} ones", "leave out the {adj} ones", "except the {adj} ones",
)  # fmt: skip
_ONLY: Final = (
    "only the {adj} ones", "just the {adj} ones", "now only the {adj} ones of these",
    "keep the {adj} ones", "the {adj} ones among them", "of those show the {adj} ones",
)  # fmt: skip


def _them(rng: Random) -> tuple[str, str, Call]:
    before, group = _of_many(rng)
    c = Composer(rng, int(rng.random() < 0.4))
    roll = rng.random()
    free = [n for n in ATTRIBUTES if n not in group.taken] or ["color"]
    name = rng.choice(free)
    if roll < 0.16:
        name = rng.choice([n for n in free if n != "shape"] or ["color"])
        value = rng.choice(VALUES[name])
        chosen = restrict(_THEM, filters(SCENE, **{name: value}))
        text = draw(
            rng, rng.choice(_LESS if roll < 0.08 else _ONLY), {"adj": adjective(rng, value)}
        )
        return before, text, call("minus", _THEM, chosen) if roll < 0.08 else chosen
    if roll < 0.28:
        most, chosen = extreme_of(c, Group(rng=rng, values={}, base=_THEM))
        word = attribute_word(rng, name)
        if rng.random() < 0.5:
            text = draw(rng, "[which|which one] of " + _THEY + " is {m}", {"m": most})
            return before, text, call("describe", chosen)
        the = most if most.startswith("the ") else f"the one {most}"
        text = draw(
            rng, "{m} of these[, what {w} is it| is what {w}|: what {w}]", {"m": the, "w": word}
        )
        return before, text, call(f"query_{name}", chosen)
    if roll < 0.42:
        kind = rng.choice(("agree", "each", "distinct", "mode"))
        source = {
            "agree": "[are they all the same {n}|do they share one {n}|same {n} for all of them]",
            "each": "[what {s} are they|which {s} do they have|{s} of these|their {s}]",
            "distinct": "[how many different {s} is that|how many {s} do they come in"
            "|how many different {s} among them]",
            "mode": "[most of them, what {n} are they|what's the most common {n} among them"
            "|which {n} do most of those have]",
        }[kind]
        words = {"n": attribute_word(rng, name), "s": attribute_word(rng, name, "many")}
        return before, draw(rng, source, words), call(f"{kind}_{name}", _THEM)
    where = _condition(rng, c, group.taken)
    chosen = restrict(_THEM, where.chosen)
    said = {"are": where.many, "is": where.one}
    if roll < 0.58:
        return before, draw(rng, rng.choice(_COUNTED), said), call("count", chosen)
    if roll < 0.7:
        return before, draw(rng, rng.choice(_LISTED), said), call("describe", chosen)
    if roll < 0.8:
        return before, draw(rng, rng.choice(_FOUND), said), call("exist", chosen)
    if roll < 0.9:
        wanted = chosen if where.kind in ("value", "either") else where.chosen
        return before, draw(rng, rng.choice(_ALL), said), call("every", _THEM, wanted)
    n = rng.choice((2, 3, 4))
    phrase, function, bound = rng.choice(
        (("at least", "greater_than", n - 1), ("at most", "less_than", n + 1),
         ("more than", "greater_than", n), ("fewer than", "less_than", n),
         ("exactly", "equal_integer", n))
    )  # fmt: skip
    text = draw(rng, rng.choice(_SOME), {**said, "q": f"{phrase} {NUMBER_WORDS[n]}"})
    return before, text, call(function, call("count", chosen), call("number", value=str(bound)))


def _condition(rng: Random, c: Composer, taken: set[str]) -> Where:
    if len(taken) < len(ATTRIBUTES) and rng.random() < 0.6:
        return c.value(taken, either=0.15)
    return c.where(rng.choice(("relate", "relate", "side", "both")))


def _other(rng: Random) -> tuple[str, str, Call]:
    before, _ = _of_one(rng)
    where = _condition(rng, Composer(rng, 0), set())
    other = Call("other")
    said = {"are": where.many, "is": where.one}
    roll = rng.random()
    if roll < 0.4:
        source = "[are the others {are}|are the others {are}, every one of them|are all the others"
        source += " {are}|and the others, are they all {are}|is every other one {is}]"
        wanted = where.chosen
        if where.kind in ("value", "either"):
            wanted = restrict(other, wanted)
        return before, draw(rng, source, said), call("every", other, wanted)
    source, head = (
        ("[how many of the others are {are}|of the other ones how many are {are}"
         "|and of the others, how many are {are}]", "count"),
        ("[is any of the others {is}|are any of the other ones {are}|is one of the others {is}]",
         "exist"),
        ("[which of the others are {are}|of the others, which are {are}]", "describe"),
    )[int(rng.random() * 3)]  # fmt: skip
    return before, draw(rng, source, said), call(head, restrict(other, where.chosen))


def _again(rng: Random) -> tuple[str, str, Call]:
    source = "[and {x}|what about {x}|how about {x}|and what about {x}|same for {x}|{x} then|{x}"
    source += "|i meant {x}|now {x}|no, {x}|do the same for {x}]"
    c = Composer(rng, 1)
    if rng.random() < 0.5:
        before, _ = _of_one(rng)
        thing = c.thing()
        # Asking again picks the one of a set by itself: the parser is taught the set.
        program = thing.program.args[0] if thing.program.function == "unique" else thing.program
        return before, draw(rng, source, {"x": thing.text}), call("again", program)
    before, group = _of_many(rng)
    if not group.wheres and rng.random() < 0.3:
        where = c.where(rng.choice(("side", "relate")))
        program = restrict(group.program, where.chosen)
        text = draw(rng, source, {"x": f"the ones {where.many}"})
        return before, text, call("again", program)
    again = c.group(least=1)
    return before, draw(rng, source, {"x": again.said("many", "the")}), call("again", again.program)


_FOLLOWS: Final[Choice] = Choice((_it, _them, _other, _again), (35, 35, 12, 18))
