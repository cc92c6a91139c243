"""Functional programs over clips: objects, events, moments and worlds, in the pictures' notation.

A program is a tree of `functions.Call`s with a flat prefix spelling of its own tokens. Events come
from a world: the clip itself, what comes after it (`next`), or the clip `without` one object.

After CLEVRER's functions: Yi et al. 2020, https://arxiv.org/abs/1910.01442.
"""

from collections.abc import Sequence
from typing import Final

from ..functions import Call, Signature, build, read_tokens, split_filters, tokens_of
from ..vocabulary import ATTRIBUTES, VALUES
from .story import KINDS

NUMBERS: Final = tuple(str(n) for n in range(8))
# Types beside the pictures' own: `world`, `moment`, `events`, `event`, `time`.
WIDENS: Final = {"set": ("object",), "events": ("event",)}


def _signatures() -> dict[str, Signature]:
    table = {
        "clip": Signature((), "world"),
        "next": Signature((), "world"),
        "without": Signature(("object",), "world"),
        "start": Signature((), "moment"),
        "end": Signature((), "moment"),
        "ever": Signature((), "moment"),
        "at": Signature(("event",), "moment"),
        "objects": Signature((), "set"),
        "unique": Signature(("set",), "object"),
        "union": Signature(("set", "set"), "set"),
        "minus": Signature(("set", "set"), "set"),
        "moving": Signature(("set", "moment"), "set"),
        "still": Signature(("set", "moment"), "set"),
        "inside": Signature(("set", "moment"), "set"),
        "happen": Signature(("world",), "events", ("any", *KINDS)),
        "with": Signature(("events", "set"), "events"),
        "within": Signature(("events", "set"), "events"),
        "before": Signature(("events", "event"), "events"),
        "after": Signature(("events", "event"), "events"),
        "pick": Signature(("events",), "event", ("first", "last", "second", "third")),
        "causes": Signature(("event",), "events"),
        "lost": Signature(("events", "events"), "events"),
        "who": Signature(("events",), "set"),
        "partner": Signature(("events", "object"), "set"),
        "responsible": Signature(("event",), "set"),
        "count": Signature(("set",), "int"),
        "exist": Signature(("set",), "bool"),
        "count_events": Signature(("events",), "int"),
        "exist_events": Signature(("events",), "bool"),
        "describe": Signature(("set",), "list"),
        "tell": Signature(("events",), "list"),
        "when": Signature(("event",), "time"),
        "side": Signature(("event",), "list"),
        "earlier": Signature(("event", "event"), "bool"),
        "number": Signature((), "int", NUMBERS),
        "equal_integer": Signature(("int", "int"), "bool"),
        "less_than": Signature(("int", "int"), "bool"),
        "greater_than": Signature(("int", "int"), "bool"),
        "not": Signature(("bool",), "bool"),
    }
    for name in ATTRIBUTES:
        table[f"filter_{name}"] = Signature(("set",), "set", VALUES[name])
        table[f"query_{name}"] = Signature(("object",), name)
        table[f"equal_{name}"] = Signature((name, name), "bool")
    return table


FUNCTIONS: Final[dict[str, Signature]] = _signatures()
OBJECTS: Final = Call("objects")
CLIP: Final = Call("clip")
NEXT: Final = Call("next")


def call(function: str, *args: Call, value: str | None = None) -> Call:
    """Build a `Call`, checking name, arity, value and argument types.

    Raises:
        ValueError: the call is not well typed.
    """
    return build(FUNCTIONS, WIDENS, function, args, value)


def happen(kind: str, world: Call = CLIP) -> Call:
    """The events of `kind` ("any" for all) in `world`."""
    return call("happen", world, value=kind)


def described(base: Call = OBJECTS, /, **values: str | None) -> Call:
    """The objects of `base` that have all `values`."""
    node = base
    for name in ATTRIBUTES:
        value = values.get(name)
        if value is not None:
            node = call(f"filter_{name}", node, value=value)
    return node


def canonical(program: Call) -> Call:
    """The one spelling of a meaning that a parser is taught: filters in `ATTRIBUTES` order."""
    values, base = split_filters(program)
    inner = Call(base.function, tuple(canonical(arg) for arg in base.args), base.value)
    return described(inner, **values)


def token_vocabulary() -> tuple[str, ...]:
    """Every token of the flat spelling, in a fixed order."""
    return tokens_of(FUNCTIONS)


def from_tokens(tokens: Sequence[str]) -> Call:
    """Parse the prefix spelling.

    Raises:
        ValueError: the sequence is not exactly one well-typed program.
    """
    return read_tokens(FUNCTIONS, WIDENS, tokens)
