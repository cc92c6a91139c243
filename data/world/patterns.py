"""A small pattern language for surface text.

`[a|b|]` is a free choice (one side may be empty), `<name>` a shared choice kept in
a table, `{slot}` a place that the caller fills. A pattern is compiled once; drawing
from it costs a few microseconds.

    Pattern("[how many|what number of] {ones} [are there|do you see]")
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random
from typing import Final

_PIECE: Final = re.compile(r"[\[\]|]|\{\w+\}|<\w+>|[^\[\]|{}<>]+")

# A node is a literal, ("slot", name), or ("any", branches); a branch is a tuple of nodes.
Node = str | tuple[str, object]
Branch = tuple[Node, ...]
Filler = str | Callable[[], str]


class Pattern:
    """One compiled pattern.

    Args:
        source: the pattern.
        shared: `<name>` -> pattern source.

    Raises:
        ValueError: unbalanced brackets or an unknown `<name>`.
    """

    def __init__(self, source: str, shared: Mapping[str, str] | None = None) -> None:
        self.source = source
        pieces: list[str] = _PIECE.findall(source)
        if "".join(pieces) != source:
            raise ValueError(f"stray character in pattern {source!r}")
        branches, end = _branches(pieces, 0, shared or {})
        if end != len(pieces):
            raise ValueError(f"unbalanced brackets in pattern {source!r}")
        self.root: tuple[Branch, ...] = branches
        self.slots: frozenset[str] = frozenset(_slots(branches))

    def draw(self, rng: Random, fillers: Mapping[str, Filler] | None = None) -> str:
        """One text. Only the slots that the draw keeps are filled."""
        parts: list[str] = []
        _expand(self.root, rng, fillers or {}, parts)
        return tidy("".join(parts))


def _branches(
    pieces: list[str], position: int, shared: Mapping[str, str]
) -> tuple[tuple[Branch, ...], int]:
    done: list[Branch] = []
    current: list[Node] = []
    while position < len(pieces):
        piece = pieces[position]
        if piece == "]":
            break
        if piece == "|":
            done.append(tuple(current))
            current = []
        elif piece == "[":
            inner, position = _branches(pieces, position + 1, shared)
            if position >= len(pieces):
                raise ValueError("a '[' is never closed")
            current.append(("any", inner))
        elif piece[0] == "{":
            current.append(("slot", piece[1:-1]))
        elif piece[0] == "<":
            if piece[1:-1] not in shared:
                raise ValueError(f"unknown shared pattern {piece}")
            current.append(("any", Pattern(shared[piece[1:-1]], shared).root))
        else:
            current.append(piece)
        position += 1
    done.append(tuple(current))
    return tuple(done), position


def _slots(branches: tuple[Branch, ...]) -> set[str]:
    found: set[str] = set()
    for branch in branches:
        for node in branch:
            if not isinstance(node, str):
                kind, inner = node
                found |= {str(inner)} if kind == "slot" else _slots(inner)  # type: ignore[arg-type]
    return found


def _expand(
    branches: tuple[Branch, ...], rng: Random, fillers: Mapping[str, Filler], parts: list[str]
) -> None:
    branch = branches[int(rng.random() * len(branches))]
    for node in branch:
        if isinstance(node, str):
            parts.append(node)
        elif node[0] == "slot":
            filler = fillers[str(node[1])]
            parts.append(filler if isinstance(filler, str) else filler())
        else:
            _expand(node[1], rng, fillers, parts)  # type: ignore[arg-type]


def tidy(text: str) -> str:
    """Single spaces, none before a comma or a question mark."""
    text = " ".join(text.split())
    for mark in (",", "?", ":", "!"):
        if " " + mark in text:
            text = text.replace(" " + mark, mark)
    return text


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Pattern:
    return Pattern(source)


def draw(rng: Random, source: str, fillers: Mapping[str, Filler] | None = None) -> str:
    """Draw from a pattern given as text (compiled once, then kept)."""
    return _compiled(source).draw(rng, fillers)
