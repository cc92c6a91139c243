"""Functional programs over scenes: CLEVR's functions, ours beside them, and three spellings.

A program is a tree of `Call`s. Three spellings are kept in step:
the tree, CLEVR's public list of nodes (`questions.json`), and a flat prefix
sequence of tokens, which is what a semantic parser learns to write: every
function has a fixed arity, so the sequence needs no brackets. `programs.py` runs them.

CLEVR: Johnson et al. 2017, https://arxiv.org/abs/1612.06890.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, DIRECTIONS, VALUES

Answer = bool | int | str | tuple[str, ...]


class Signature(NamedTuple):
    """Argument types, result type and bound values of a function.

    Types: `set` (object ids), `object` (one id; accepted where a set is), `int`,
    `bool`, `list`, and the attribute names for their values.
    """

    inputs: tuple[str, ...]
    output: str
    values: tuple[str, ...] = ()


NUMBERS: Final[tuple[str, ...]] = tuple(str(n) for n in range(11))
ORDINALS: Final[tuple[str, ...]] = tuple(f"{n} {d}" for n in range(2, 6) for d in DIRECTIONS)


def _signatures() -> dict[str, Signature]:
    table = {
        "scene": Signature((), "set"),
        "unique": Signature(("set",), "object"),
        "relate": Signature(("object",), "set", DIRECTIONS),
        "union": Signature(("set", "set"), "set"),
        "intersect": Signature(("set", "set"), "set"),
        "count": Signature(("set",), "int"),
        "exist": Signature(("set",), "bool"),
        "equal_integer": Signature(("int", "int"), "bool"),
        "less_than": Signature(("int", "int"), "bool"),
        "greater_than": Signature(("int", "int"), "bool"),
        # Beyond CLEVR: what people ask and CLEVR's templates do not.
        "number": Signature((), "int", NUMBERS),
        "difference": Signature(("int", "int"), "int"),
        "every": Signature(("set", "set"), "bool"),
        "not": Signature(("bool",), "bool"),
        "and": Signature(("bool", "bool"), "bool"),
        "side": Signature(("set",), "set", DIRECTIONS),
        "minus": Signature(("set", "set"), "set"),
        "extreme": Signature(("set",), "object", DIRECTIONS),
        "ordinal": Signature(("set",), "object", ORDINALS),
        "nearest": Signature(("set", "object"), "object"),
        "between": Signature(("object", "object"), "set"),
        "describe": Signature(("set",), "list"),
        "locate": Signature(("set",), "list"),
        "greater_size": Signature(("size", "size"), "bool"),
        "less_size": Signature(("size", "size"), "bool"),
        # Dialogue: what earlier turns left behind.
        "it": Signature((), "object"),
        "them": Signature((), "set"),
        "other": Signature((), "set"),
        "swap": Signature((), "set", tuple(ATTRIBUTE_OF)),
        "again": Signature(("set",), "any"),
    }
    for name in ATTRIBUTES:
        table[f"filter_{name}"] = Signature(("set",), "set", VALUES[name])
        table[f"query_{name}"] = Signature(("object",), name)
        table[f"same_{name}"] = Signature(("object",), "set")
        table[f"equal_{name}"] = Signature((name, name), "bool")
        table[f"each_{name}"] = Signature(("set",), "list")
        table[f"distinct_{name}"] = Signature(("set",), "int")
        table[f"agree_{name}"] = Signature(("set",), "bool")
        table[f"mode_{name}"] = Signature(("set",), name)
    # Things that no tabletop holds ("the dog", "pink balls"). Last: it joined the language last.
    table["nothing"] = Signature((), "set")
    return table


FUNCTIONS: Final[dict[str, Signature]] = _signatures()
WIDENS: Final[dict[str, tuple[str, ...]]] = {"set": ("object",)}


@dataclass(frozen=True)
class Call:
    """One function applied to its arguments; `value` is bound where the function takes one."""

    function: str
    args: tuple["Call", ...] = ()
    value: str | None = None

    @property
    def token(self) -> str:
        """The call's own token: `count`, `filter_color[red]`, `ordinal[2 left]`."""
        return self.function if self.value is None else f"{self.function}[{self.value}]"

    def walk(self) -> Iterable["Call"]:
        """This call and every call below it, arguments first."""
        for arg in self.args:
            yield from arg.walk()
        yield self


def build(
    table: Mapping[str, Signature],
    widens: Mapping[str, Sequence[str]],
    function: str,
    args: Sequence[Call],
    value: str | None,
) -> Call:
    """A `Call` in the language of `table`, its name, arity, value and argument types checked.

    Args:
        widens: type -> the types that may stand in its place.

    Raises:
        ValueError: the call is not well typed.
    """
    signature = table.get(function)
    if signature is None:
        raise ValueError(f"unknown function {function!r}")
    if len(args) != len(signature.inputs):
        raise ValueError(f"{function} takes {len(signature.inputs)} arguments, got {len(args)}")
    if bool(signature.values) != (value is not None) or (
        value is not None and value not in signature.values
    ):
        raise ValueError(f"{function} cannot take the value {value!r}")
    for wanted, arg in zip(signature.inputs, args, strict=True):
        given = table[arg.function].output
        if wanted != given and given not in widens.get(wanted, ()):
            raise ValueError(f"{function} takes a {wanted}, {arg.function} gives a {given}")
    return Call(function, tuple(args), value)


def call(function: str, *args: Call, value: str | None = None) -> Call:
    """Build a `Call`, checking name, arity, value and argument types.

    Raises:
        ValueError: the call is not well typed.
    """
    return build(FUNCTIONS, WIDENS, function, args, value)


def filters(base: Call, **values: str | None) -> Call:
    """Stack `filter_*` calls over `base`; `filters(scene, color="red", shape="cube")`."""
    node = base
    for name in ATTRIBUTES:
        value = values.get(name)
        if value is not None:
            node = call(f"filter_{name}", node, value=value)
    return node


SCENE: Final = Call("scene")
NOTHING: Final = Call("nothing")


def tokens_of(table: Mapping[str, Signature]) -> tuple[str, ...]:
    """Every token of the flat spelling of a language, in a fixed order."""
    return tuple(
        token
        for name, signature in table.items()
        for token in ([f"{name}[{value}]" for value in signature.values] or [name])
    )


def token_vocabulary() -> tuple[str, ...]:
    """Every token of the flat spelling, in a fixed order."""
    return tokens_of(FUNCTIONS)


def split_token(token: str) -> tuple[str, str | None]:
    """`filter_color[red]` -> (`filter_color`, `red`)."""
    name, bracket, rest = token.partition("[")
    return name, rest[:-1] if bracket else None


def to_tokens(program: Call) -> list[str]:
    """The prefix spelling: the call's token, then its arguments' tokens."""
    tokens = [program.token]
    for arg in program.args:
        tokens.extend(to_tokens(arg))
    return tokens


def read_tokens(
    table: Mapping[str, Signature], widens: Mapping[str, Sequence[str]], tokens: Sequence[str]
) -> Call:
    """Parse the prefix spelling of a program in the language of `table`.

    Raises:
        ValueError: the sequence is not exactly one well-typed program.
    """

    def parse(position: int) -> tuple[Call, int]:
        if position >= len(tokens):
            raise ValueError("the program ends too early")
        name, value = split_token(tokens[position])
        if name not in table:
            raise ValueError(f"unknown function {name!r}")
        position += 1
        args = []
        for _ in table[name].inputs:
            arg, position = parse(position)
            args.append(arg)
        return build(table, widens, name, args, value), position

    program, end = parse(0)
    if end != len(tokens):
        raise ValueError("the program has tokens left over")
    return program


def from_tokens(tokens: Sequence[str]) -> Call:
    """Parse the prefix spelling.

    Raises:
        ValueError: the sequence is not exactly one well-typed program.
    """
    return read_tokens(FUNCTIONS, WIDENS, tokens)


def to_clevr(program: Call) -> list[dict[str, Any]]:
    """The program as CLEVR's list of nodes, inputs before users."""
    nodes: list[dict[str, Any]] = []

    def emit(node: Call) -> int:
        inputs = [emit(arg) for arg in node.args]
        values = [] if node.value is None else [node.value]
        nodes.append({"function": node.function, "inputs": inputs, "value_inputs": values})
        return len(nodes) - 1

    emit(program)
    return nodes


def from_clevr(nodes: Sequence[Mapping[str, Any]]) -> Call:
    """Read CLEVR's list of nodes (either release: `function` or `type` names the function)."""
    built: list[Call] = []
    for node in nodes:
        values = node.get("value_inputs") or node.get("side_inputs") or []
        args = [built[i] for i in node["inputs"]]
        name = node.get("function") or node["type"]
        built.append(call(name, *args, value=values[0] if values else None))
    return built[-1]


def split_filters(node: Call) -> tuple[dict[str, str], Call]:
    """The filter values on top of a set (attribute -> value), and the base they stand on."""
    values: dict[str, str] = {}
    while node.function.startswith("filter_") and node.value is not None:
        values.setdefault(node.function[7:], node.value)
        node = node.args[0]
    return values, node


def canonical(program: Call) -> Call:
    """The one spelling of a meaning that a semantic parser is taught.

    Filters stand in `ATTRIBUTES` order; those inside `side` or shared by an `intersect`
    move outside, those over a `union` or `minus` inside; what `minus` takes away and what
    `every` demands repeat the first set's own description.
    """
    name = program.function
    if name.startswith("filter_"):
        return _canonical_filters(program)
    if not program.args:
        return program
    node = Call(name, tuple([canonical(arg) for arg in program.args]), program.value)
    if name == "side":
        values, base = split_filters(node.args[0])
        return filters(Call("side", (base,), node.value), **values)
    if name in ("minus", "every"):
        return Call(name, (node.args[0], _restated(*node.args)))
    if name == "intersect":
        first, second = node.args
        if _rank(first) > _rank(second):
            return Call(name, (second, first))
        (left, left_base), (right, right_base) = split_filters(first), split_filters(second)
        movable = FUNCTIONS[second.function].output == "set"
        agree = all(right.get(a, v) == v for a, v in left.items())
        if (left or right) and movable and agree:
            return filters(Call(name, (left_base, right_base)), **{**left, **right})
    if name == "equal_integer" and node.args[0].function == "number":
        return Call(name, (node.args[1], node.args[0]))
    return node


def _rank(node: Call) -> int:
    # Sets before objects; "the leftmost thing" before "the red ball".
    return (node.function == "unique") + (FUNCTIONS[node.function].output == "object")


def _canonical_filters(node: Call) -> Call:
    stack: list[tuple[str, str]] = []
    while node.function.startswith("filter_") and node.value is not None:
        stack.append((node.function[7:], node.value))
        node = node.args[0]
    inner, base = split_filters(canonical(node))
    if base == NOTHING:
        return base
    values = {**inner, **dict(stack)}
    pairs = {*stack, *inner.items()}
    if len(pairs) > len(values):  # "red blue things": nothing fits, but it can be said
        for name, value in sorted(pairs, key=lambda pair: (ATTRIBUTES.index(pair[0]), pair[1])):
            base = call(f"filter_{name}", base, value=value)
        return base
    if base.function == "minus":
        kept, dropped = base.args
        return canonical(Call("minus", (filters(kept, **values), dropped)))
    if base.function == "union" and all(
        FUNCTIONS[arg.function].output == "set"
        and not any(split_filters(arg)[0].get(a, v) != v for a, v in values.items())
        for arg in base.args
    ):
        return Call("union", tuple([canonical(filters(arg, **values)) for arg in base.args]))
    return filters(base, **values)


def _restated(first: Call, second: Call) -> Call:
    """`second` with the description of `first` added, which changes neither difference nor test."""
    if FUNCTIONS[second.function].output == "object":
        return second
    values, base = split_filters(first)
    wanted, other = split_filters(second)
    if base == NOTHING or any(wanted.get(a, v) != v for a, v in values.items()):
        return second
    if other == base and base.function == "union":
        return filters(SCENE, **wanted)
    if other in (SCENE, base) and base.function not in ("union", "minus"):
        other = base
    elif other.function in ("scene", "nothing", "union", "minus", "it", "them", "other", "swap"):
        return second
    return filters(other, **{**values, **wanted})
