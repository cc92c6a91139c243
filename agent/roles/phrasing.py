"""Functional programs as English: noun phrases of what they speak of, and sentences of answers."""

from collections.abc import Sequence

from ...data.world.programs import FUNCTIONS, Call, from_tokens
from ...data.world.vocabulary import ATTRIBUTE_OF, ATTRIBUTES
from ...tools.base import joined

_BESIDE = {
    "left": "to the left of",
    "right": "to the right of",
    "front": "in front of",
    "behind": "behind",
}
_MOST = {"left": "leftmost", "right": "rightmost", "front": "frontmost", "behind": "rearmost"}
_FROM = {"left": "from the left", "right": "from the right", "front": "from the front",
         "behind": "from the back"}  # fmt: skip
_SIDE = {"left": "on the left", "right": "on the right", "front": "at the front",
         "behind": "at the back"}  # fmt: skip
_ORDINAL = {"2": "second", "3": "third", "4": "fourth", "5": "fifth"}
_ATTRIBUTE_WORD = {"color": "colour", "size": "size", "material": "material", "shape": "shape"}
_WONDER = {
    "query_color": "what colour it is",
    "query_size": "how big it is",
    "query_material": "what it is made of",
    "query_shape": "what shape it is",
    "locate": "where it is",
}


def program_of(tokens: Sequence[str]) -> Call | None:
    """The program that `tokens` spell, or None where they spell none."""
    try:
        return from_tokens(list(tokens)) if tokens else None
    except ValueError:
        return None


def noun(node: Call, many: bool = False) -> str:
    """What `node`, a set or an object, speaks of: "red cube behind the ball" (no article)."""
    values: dict[str, str] = {}
    base = node
    lead = ""
    while True:
        head, _, attribute = base.function.partition("_")
        if head == "filter" and base.value is not None:
            values.setdefault(attribute, base.value)
            base = base.args[0]
        elif base.function == "unique":
            base = base.args[0]
        elif base.function == "extreme":
            lead, base = _MOST[str(base.value)], base.args[0]
        else:
            break
    match base.function:
        case "nearest":
            return f"{noun(base.args[0])} nearest to {the(base.args[1])}"
        case "ordinal":
            rank, _, side = str(base.value).partition(" ")
            return f"{_ORDINAL[rank]} {noun(base.args[0])} {_FROM[side]}"
        case "union":
            return f"{noun(base.args[0], many)} or {noun(base.args[1], many)}"
        case "minus":
            return f"{noun(base.args[0], many)} other than {the(base.args[1])}"
        case "swap":
            values.setdefault(ATTRIBUTE_OF[str(base.value)], str(base.value))
        case "it" | "them" if not values:
            return "of them" if many else "one"
        case "other":
            lead = "other"
    tail = _where(base)
    shape = values.get("shape")
    word = shape or ("object" if base.function not in ("swap", "other") else "one")
    adjectives = [values[name] for name in ATTRIBUTES if name != "shape" and name in values]
    head_words = [lead, *adjectives, f"{word}s" if many else word]
    return " ".join(part for part in (*head_words, tail) if part)


def _where(base: Call) -> str:
    """Where the things of a set stand, as it follows a noun: "behind the red cube"."""
    match base.function:
        case "relate":
            return f"{_BESIDE[str(base.value)]} {the(base.args[0])}"
        case "side":
            return _SIDE[str(base.value)]
        case "same_color" | "same_size" | "same_material" | "same_shape":
            word = _ATTRIBUTE_WORD[base.function.removeprefix("same_")]
            return f"of the same {word} as {the(base.args[0])}"
        case "between":
            return f"between {the(base.args[0])} and {the(base.args[1])}"
        case "intersect":
            return " and ".join(filter(None, (_where(arg) for arg in base.args)))
    return ""


def the(node: Call) -> str:
    """A noun phrase with its article; "it" where the dialogue speaks of one thing already."""
    if node.function == "it":
        return "it"
    if node.function == "them":
        return "them"
    return f"the {noun(node, many=FUNCTIONS[node.function].output == 'set')}"


def sentence(program: Call, answer: str, shown: int = 0) -> str:
    """The answer as a sentence.

    Args:
        program: the question's program.
        answer: its canonical answer.
        shown: how many objects the answer is about, 0 where that is not known.
    """
    name = program.function
    args = program.args
    head, _, attribute = name.partition("_")
    yes = answer == "yes"
    said = "Yes" if yes else "No"
    match name:
        case "count":
            return _count(args[0], answer)
        case "exist":
            return _exist(args[0], yes, shown)
        case "equal_integer" | "less_than" | "greater_than":
            return f"{said}, {_compare(name, yes, args)}."
        case "greater_size" | "less_size":
            word = "bigger" if name == "greater_size" else "smaller"
            first, second = (the(arg.args[0]) for arg in args)
            return f"{said}, {first} is {'' if yes else 'not '}{word} than {second}."
        case "difference" if answer.isdigit():
            return _difference(args, answer)
        case "every":
            first, second = noun(args[0], many=True), noun(args[1], many=True)
            return f"{said}, {'all' if yes else 'not all'} {first} are {second}."
        case "again":
            return _again(args[0], answer)
        case "describe":
            names = [_an(text) for text in answer.split(", ")]
            return "Nothing." if answer == "none" else f"I see {joined(names)}."
        case "locate":
            places = [_place(place) for place in answer.split(", ")]
            who = "they" if args[0].function == "them" else the(args[0])
            return f"{_capital(who)} {_is(args[0], len(places))} {joined(places)}."
    if FUNCTIONS[name].output in ("set", "object"):  # a bare "the red cubes?"
        names = [_an(text) for text in answer.split(", ")]
        return f"There is no {noun(program)}." if answer == "none" else f"I see {joined(names)}."
    if head == "query":
        return _query(attribute, args[0], answer)
    word = _ATTRIBUTE_WORD.get(attribute, attribute)
    if head == "equal":
        return f"{said}, they {'have the same' if yes else 'differ in'} {word}."
    if head == "agree":
        return f"{said}, they {'all have' if yes else 'do not all have'} the same {word}."
    if head == "distinct":
        plural = word if answer == "1" else f"{word}s"
        return f"They come in {answer} {plural}."
    if head == "each":
        return f"{_capital(joined(answer.split(', ')))}."
    if head == "mode":
        return f"Most of them are {answer}."
    return plain(answer)


def plain(answer: str) -> str:
    """An answer as a sentence where nothing is known of the question."""
    if answer in ("yes", "no"):
        return f"{answer.capitalize()}."
    if answer.isdigit():
        return f"I count {answer}."
    return f"{_capital(answer)}."


def absent(program: Call | None, described: Call | None) -> str:
    """What to say when the question takes something for granted that is not there."""
    while described is not None and described.function in ("extreme", "unique"):
        described = described.args[0]  # "no leftmost cube" means that there is no cube
    missing = noun(described) if described is not None else "such object"
    unable = _WONDER.get(program.function, "") if program is not None else ""
    if not unable:
        return f"There is no {missing} in this picture, so I can't answer that."
    return f"There is no {missing} in this picture, so I can't say {unable}."


def ambiguous(names: Sequence[str]) -> str:
    """What to say when several things fit; `names` are their full names."""
    if len(names) < 2:
        return "There are several of those. Which do you mean?"
    number = _number(len(names))
    shapes = {name.split()[-1] for name in names}
    kind = f"{shapes.pop()}s" if len(shapes) == 1 else "objects"
    shorter = tell_apart(names)
    if len(set(shorter)) < len(names):
        return f"There are {number} {kind} like that. Which do you mean?"
    return (
        f"There are {number} {kind}: {joined([_an(text) for text in shorter])}. Which do you mean?"
    )


def tell_apart(names: Sequence[str]) -> list[str]:
    """The shortest words that tell objects apart: "red one", "small metal sphere"."""
    split = [name.split() for name in names]
    if any(len(words) != len(ATTRIBUTES) for words in split):
        return list(names)
    alike = len({words[3] for words in split}) == 1
    for keep in ((1,), (0,), (2,), (3,), (0, 1), (1, 2), (0, 2), (1, 3), (0, 3), (0, 1, 2)):
        texts = [_short(words, keep, alike) for words in split]
        if len(set(texts)) == len(texts):
            return texts
    return list(names)


def _short(words: list[str], keep: tuple[int, ...], alike: bool) -> str:
    adjectives = [words[i] for i in keep if i != 3]
    return " ".join([*adjectives, "one" if alike else words[3]])


def _count(node: Call, answer: str) -> str:
    if node.function == "them":
        return f"There are {answer} of them." if answer != "1" else "There is 1."
    if answer == "0":
        return f"There are no {noun(node, many=True)}."
    if answer == "1":
        return f"There is 1 {noun(node)}."
    return f"There are {answer} {noun(node, many=True)}."


def _exist(node: Call, yes: bool, shown: int) -> str:
    if not yes:
        return f"No, there is no {noun(node)}."
    if shown > 1:
        return f"Yes, there are {shown} {noun(node, many=True)}."
    return f"Yes, there is {_an(noun(node))}."


def _compare(name: str, yes: bool, args: Sequence[Call]) -> str:
    first, second = (noun(arg.args[0], many=True) if arg.args else str(arg.value) for arg in args)
    if args[1].function == "number":
        word = {"equal_integer": "exactly", "less_than": "fewer than", "greater_than": "more than"}
        verb = "is" if second == "1" else "are"
        if second == "1":
            first = noun(args[0].args[0]) if args[0].args else first
        return f"there {verb} {'' if yes else 'not '}{word[name]} {second} {first}"
    middle = {
        "equal_integer": ("as many", "as"),
        "less_than": ("fewer", "than"),
        "greater_than": ("more", "than"),
    }[name]
    return f"there are {'' if yes else 'not '}{middle[0]} {first} {middle[1]} {second}"


def _difference(args: Sequence[Call], answer: str) -> str:
    first, second = (noun(arg.args[0], many=True) if arg.args else "those" for arg in args)
    if answer == "0":
        return f"None: there are as many {first} as {second}."
    return f"{answer} more {first} than {second}."


def _again(node: Call, answer: str) -> str:
    """An answer to "and the blue one?": what was asked stands in an earlier turn."""
    if answer.isdigit():
        return _count(node, answer)
    attribute = ATTRIBUTE_OF.get(answer)
    return _query(attribute, node, answer) if attribute else plain(answer)


def _query(attribute: str, node: Call, answer: str) -> str:
    subject = _capital(f"the {noun(node)}" if node.function not in ("it", "them") else "it")
    if attribute == "material":
        return f"{subject} is made of {answer}."
    if attribute == "shape":
        return f"{'It' if subject.endswith('object') else subject} is {_an(answer)}."
    return f"{subject} is {answer}."


def _is(node: Call, count: int) -> str:
    many = FUNCTIONS[node.function].output == "set" and node.function != "unique"
    return "are" if many or count > 1 else "is"


def _place(place: str) -> str:
    if place == "centre":
        return "in the middle of the picture"
    return f"at the {place} of the picture" if " " not in place else f"at the {place}"


def _an(text: str) -> str:
    if text.split(" ")[0].endswith("s") and not text.split(" ")[0].endswith("ss"):
        return text
    return f"an {text}" if text[:1].lower() in "aeiou" and text != "one" else f"a {text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else str(count)
