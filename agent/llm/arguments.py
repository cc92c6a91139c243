"""Typed arguments out of a person's words, by the tool's schema alone.

Numbers go to the number fields they stand next to ("20-sided" to `sides`: a field's name and
description say which words are its own), else in order; choices and patterns are looked for in the
words; what is not said keeps its default.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

_LONGEST_SPAN = 4
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_OTHERS = {"pair": 2, "couple": 2, "dozen": 12, "half": 0.5, "once": 1, "twice": 2, "thrice": 3}
_NUMBER = re.compile(
    r"(?P<over>\d+)\s?/\s?(?P<under>\d+)|(?P<digits>(?<![\w.])-?\d[\d,]*(?:\.\d+)?|\d+(?:\.\d+)?)|"
    rf"\b(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<unit>{'|'.join(_UNITS[1:10])}))?\b|"
    rf"\b(?P<word>{'|'.join([*_UNITS, *_OTHERS])})\b(?P<hundred> hundred\b)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"the|and|how|many|much|for|with|that|its|which|from|into|what")
_EDGES = ".,;:?!\"'()[]“”‘’`"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Arguments found, and the required fields that were not."""

    args: dict[str, Any]
    missing: tuple[str, ...]


def fill(schema: type[BaseModel], argument: str, words: str) -> Filled:
    """Arguments for `schema` out of `words`.

    Args:
        argument: the field that takes the person's words ("" where there is none).
    """
    fields = {name: field for name, field in schema.model_fields.items() if name != "artifact"}
    args: dict[str, Any] = {}
    numeric = {name: field for name, field in fields.items() if _kind(field) in (int, float)}
    args.update(_numbers(schema, numeric, words))
    for name, field in fields.items():
        kind = _kind(field)
        value = None
        if name == argument and _has_no_form(field):
            longest = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), None)
            value = words.strip()[:longest] or None
        elif kind is bool:
            value = _flag(name, words)
        elif get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
            value = _choice(kind, words)
        elif name not in numeric and not (kind is str and _has_no_form(field)):
            value = next((span for span in _spans(words) if _valid(schema, name, span)), None)
        if value is not None:
            args[name] = value
    missing = [n for n, field in fields.items() if field.is_required() and n not in args]
    return Filled(args=args, missing=tuple(missing))


def demanding(schema: type[BaseModel], argument: str) -> bool:
    """Whether words may lack what `schema` requires: any words are enough for a free text."""
    return any(
        field.is_required() and not (name == argument and _has_no_form(field))
        for name, field in schema.model_fields.items()
    )


def _kind(field: FieldInfo) -> Any:
    """The field's type, without None."""
    kind = field.annotation
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        inner = [part for part in get_args(kind) if part is not NoneType]
        kind = inner[0] if len(inner) == 1 else kind
    return kind


def _has_no_form(field: FieldInfo) -> bool:
    """Whether any words will do: a string without a pattern."""
    return _kind(field) is str and not any(getattr(m, "pattern", None) for m in field.metadata)


@cache
def _validator(schema: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = schema.model_fields[name]
    annotation: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else (
        field.annotation
    )  # fmt: skip
    return TypeAdapter(annotation)


def _valid(schema: type[BaseModel], name: str, value: Any) -> bool:
    try:
        _validator(schema, name).validate_python(value)
    except ValidationError:
        return False
    return True


def _numbers(schema: type[BaseModel], fields: dict[str, FieldInfo], words: str) -> dict[str, Any]:
    """Numbers of `words` by field: those next to a field's own words first, then in order."""
    found = [(_value(match), match.start(), match.end()) for match in _NUMBER.finditer(words)]
    wishes = sorted(
        (
            (-_closeness(_own_words(name, field), words, start, end), number, name)
            for number, (value, start, end) in enumerate(found)
            for name, field in fields.items()
            if _valid(schema, name, _cast(field, value))
        ),
    )
    given: dict[str, Any] = {}
    used: set[int] = set()
    for wish, number, name in wishes:
        if wish < 0 and name not in given and number not in used:
            given[name] = _cast(fields[name], found[number][0])
            used.add(number)
    required = [name for name, field in fields.items() if field.is_required()]
    left = [number for number in range(len(found)) if number not in used]
    wanting = [name for name in fields if name not in given]
    # A number that nothing points to is no reason to overrule a default, unless all are there.
    names = wanting if len(left) >= len(wanting) else [n for n in wanting if n in required]
    for name in names:
        for number in left:
            value = _cast(fields[name], found[number][0])
            if number not in used and _valid(schema, name, value):
                given[name] = value
                used.add(number)
                break
    return given


def _value(match: re.Match[str]) -> float:
    if match["over"]:
        return int(match["over"]) / max(1, int(match["under"]))
    if match["digits"]:
        return float(match["digits"].replace(",", "") or 0)
    if match["tens"]:
        return _WORTH[match["tens"].lower()] + _WORTH.get((match["unit"] or "").lower(), 0)
    word = match["word"].lower()
    return _OTHERS.get(word, _WORTH.get(word, 0)) * (100 if match["hundred"] else 1)


def _cast(field: FieldInfo, value: float) -> Any:
    return int(value) if _kind(field) is int and value == int(value) else value


def _own_words(name: str, field: FieldInfo) -> frozenset[str]:
    """Beginnings of the words that speak of a field; the letter before a digit ("d6") is one."""
    text = f"{name.replace('_', ' ')} {field.description or ''}".lower()
    glued = re.findall(r"\b([a-z])\d", text)
    return frozenset(
        _stem(w) for w in _WORD.findall(text) if len(w) > 2 and not _STOP.fullmatch(w)
    ) | {*glued}


def _stem(word: str) -> str:
    return word.lower()[:4]


def _closeness(own: frozenset[str], words: str, start: int, end: int) -> int:
    """How near a field's own words stand to a number: behind it first, then before it."""
    glued = re.search(r"([a-z])$", words[:start].lower())
    if glued and glued[1] in own:
        return 5
    following = [_stem(word) for word in _WORD.findall(words[end : end + 40])[:3]]
    leading = [_stem(word) for word in _WORD.findall(words[max(0, start - 40) : start])[-2:]]
    for distance, word in enumerate(following):
        if word in own:
            return 4 - distance
    return 1 if any(word in own for word in leading) else 0


def _flag(name: str, words: str) -> bool | None:
    """True where the field's name is said, False where it is denied."""
    stems = {_stem(word) for word in _WORD.findall(name.replace("_", " "))}
    heard = [_stem(word) for word in _WORD.findall(words)]
    for place, word in enumerate(heard):
        if word in stems:
            return not {"no", "not", "with", "dont"} & set(heard[max(0, place - 2) : place]) or (
                "with" in heard[max(0, place - 2) : place] and "without" not in words.lower()
            )
    return None


def _choice(kind: Any, words: str) -> Any:
    """The option that is named in the words, the first of several."""
    options = [o.value for o in kind] if get_origin(kind) is not Literal else list(get_args(kind))
    text = words.lower()
    found: list[tuple[int, int, Any]] = []
    for option in options:
        spelt = str(option).replace("_", " ").lower()
        # "meter" is named by "meters", "kilometres" by "kilometre".
        place = re.search(rf"\b{re.escape(spelt.rstrip('s'))}(?:s|es)?\b", text)
        if place:
            found.append((place.start(), -len(spelt), option))
    return min(found)[2] if found else None


def _spans(words: str) -> Sequence[str]:
    """Stretches of up to four words, longer ones first."""
    pieces = [piece.strip(_EDGES) for piece in words.split()]
    return [
        " ".join(pieces[start : start + size])
        for size in range(_LONGEST_SPAN, 0, -1)
        for start in range(len(pieces) - size + 1)
    ]
