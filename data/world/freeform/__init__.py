"""Questions about tabletop pictures written by hand, with their programs, and their notation.

The `.txt` files beside this one hold a pair a line, `text => program`, in a shorthand:

    {small red ball}            filters over the whole scene (any of size, colour, material, shape)
    {metal cube | X}            the same filters over the set X; {thing} stacks none
    !X                          unique(X)
    count({cube | relate[left](!{red sphere})})

Everything else is spelled as the functions of `functions.py`.
"""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

from ..functions import SCENE, Call, call, filters
from ..vocabulary import ATTRIBUTE_OF

_TOKEN = re.compile(r"\s*(?:([a-z_]+)(?:\[([^\]]+)\])?|([{}|!(),]))")


class Freeform(NamedTuple):
    """A hand-written text, what the user said before it ("" for nothing), and its program."""

    text: str
    program: Call
    before: str = ""


class Language(NamedTuple):
    """What a shorthand compiles to: how calls are built, a set is filtered, and all there is."""

    call: Callable[..., Call]
    filters: Callable[..., Call]
    everything: Call


PICTURES = Language(call, filters, SCENE)


def compile_shorthand(source: str, language: Language = PICTURES) -> Call:
    """The program that a line's shorthand spells.

    Raises:
        ValueError: the shorthand is not a well-typed program.
    """
    tokens: list[tuple[str, str]] = []
    position = 0
    source = source.strip()
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise ValueError(f"cannot read {source[position:]!r}")
        word, value, mark = match.groups()
        tokens.append((word or mark, value or ""))
        position = match.end()
    program, end = _read(tokens, 0, language)
    if end != len(tokens):
        raise ValueError(f"left over after the program: {tokens[end:]}")
    return program


def _read(tokens: list[tuple[str, str]], at: int, language: Language) -> tuple[Call, int]:
    if at >= len(tokens):
        raise ValueError("the program ends too early")
    name, value = tokens[at]
    if name == "!":
        inner, at = _read(tokens, at + 1, language)
        return language.call("unique", inner), at
    if name == "{":
        return _read_description(tokens, at + 1, language)
    args = []
    at += 1
    if at < len(tokens) and tokens[at][0] == "(":
        at += 1
        while tokens[at][0] != ")":
            arg, at = _read(tokens, at, language)
            args.append(arg)
            if tokens[at][0] == ",":
                at += 1
        at += 1
    return language.call(name, *args, value=value or None), at


def _read_description(
    tokens: list[tuple[str, str]], at: int, language: Language
) -> tuple[Call, int]:
    values: dict[str, str | None] = {}
    while tokens[at][0] not in ("|", "}"):
        word = tokens[at][0]
        if word != "thing":
            if word not in ATTRIBUTE_OF:
                raise ValueError(f"{word!r} is no value of the tabletop world")
            values[ATTRIBUTE_OF[word]] = word
        at += 1
    base = language.everything
    if tokens[at][0] == "|":
        base, at = _read(tokens, at + 1, language)
    if tokens[at][0] != "}":
        raise ValueError("a description is not closed with }")
    return language.filters(base, **values), at + 1


def read_lines(text: str, name: str = "text", language: Language = PICTURES) -> Iterator[Freeform]:
    """Pairs of a file; `before || text => program` gives what was said before.

    Raises:
        ValueError: a line cannot be read; the message names file and line.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            words, source = line.rsplit("=>", 1)
            before, bars, current = words.rpartition("||")
            yield Freeform(
                (current if bars else words).strip(),
                compile_shorthand(source, language),
                before.strip(),
            )
        except (ValueError, IndexError) as error:
            raise ValueError(f"{name}:{number}: {error}") from error


def freeform(part: str) -> list[Freeform]:
    """All hand-written pairs of `part`: "train", "dev" or "heldout" (never trained on)."""
    found: list[Freeform] = []
    for file in sorted(files(__name__).joinpath(part).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            found.extend(read_lines(file.read_text(encoding="utf-8"), f"{part}/{file.name}"))
    return found
