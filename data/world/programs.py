"""Functional programs over scenes: CLEVR's functions, ours beside them, and the executor.

A program is a tree of `Call`s. Three spellings are kept in step:
the tree, CLEVR's public list of nodes (`questions.json`), and a flat prefix
sequence of tokens, which is what a semantic parser learns to write: every
function has a fixed arity, so the sequence needs no brackets.

CLEVR: Johnson et al. 2017, https://arxiv.org/abs/1612.06890.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .scene import Scene
from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, COLORS, DIRECTIONS, VALUES

Answer = bool | int | str | tuple[str, ...]


class Signature(NamedTuple):
    """Argument types, result type and bound values of a function.

    Types: `set` (object ids), `object` (one id; accepted where a set is), `int`,
    `bool`, `list`, and the attribute names for their values.
    """

    inputs: tuple[str, ...]
    output: str
    values: tuple[str, ...] = ()


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
    return table


FUNCTIONS: Final[dict[str, Signature]] = _signatures()


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


def call(function: str, *args: Call, value: str | None = None) -> Call:
    """Build a `Call`, checking name, arity, value and argument types.

    Raises:
        ValueError: the call is not well typed.
    """
    signature = FUNCTIONS.get(function)
    if signature is None:
        raise ValueError(f"unknown function {function!r}")
    if len(args) != len(signature.inputs):
        raise ValueError(f"{function} takes {len(signature.inputs)} arguments, got {len(args)}")
    if bool(signature.values) != (value is not None) or (
        value is not None and value not in signature.values
    ):
        raise ValueError(f"{function} cannot take the value {value!r}")
    for wanted, arg in zip(signature.inputs, args, strict=True):
        if not accepts(wanted, FUNCTIONS[arg.function].output):
            raise ValueError(f"{function} takes a {wanted}, {arg.function} gives another type")
    return Call(function, args, value)


def accepts(wanted: str, given: str) -> bool:
    """Whether a result of type `given` may stand where `wanted` is expected."""
    return wanted == given or (wanted == "set" and given == "object")


def filters(base: Call, **values: str | None) -> Call:
    """Stack `filter_*` calls over `base`; `filters(scene, color="red", shape="cube")`."""
    node = base
    for name in ATTRIBUTES:
        value = values.get(name)
        if value is not None:
            node = call(f"filter_{name}", node, value=value)
    return node


SCENE: Final = Call("scene")


def token_vocabulary() -> tuple[str, ...]:
    """Every token of the flat spelling, in a fixed order."""
    tokens = []
    for name, signature in FUNCTIONS.items():
        if signature.values:
            tokens.extend(f"{name}[{value}]" for value in signature.values)
        else:
            tokens.append(name)
    return tuple(tokens)


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


def from_tokens(tokens: Sequence[str]) -> Call:
    """Parse the prefix spelling.

    Raises:
        ValueError: the sequence is not exactly one well-typed program.
    """

    def parse(position: int) -> tuple[Call, int]:
        if position >= len(tokens):
            raise ValueError("the program ends too early")
        name, value = split_token(tokens[position])
        if name not in FUNCTIONS:
            raise ValueError(f"unknown function {name!r}")
        position += 1
        args = []
        for _ in FUNCTIONS[name].inputs:
            arg, position = parse(position)
            args.append(arg)
        return call(name, *args, value=value), position

    program, end = parse(0)
    if end != len(tokens):
        raise ValueError("the program has tokens left over")
    return program


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


class FalsePremise(Exception):
    """The program speaks of something the scene does not have.

    Attributes:
        kind: `absent` (no such object), `ambiguous` (several), `dialogue` (nothing to refer to).
        described: the call that should have given one object.
        candidates: the objects it gave instead.
        state: the dialogue state to go on with ("the left one", "I meant the red one").
    """

    state: "DialogState | None" = None

    def __init__(self, kind: str, described: Call, candidates: tuple[int, ...] = ()) -> None:
        super().__init__(f"{kind} referent")
        self.kind = kind
        self.described = described
        self.candidates = candidates


@dataclass(frozen=True, kw_only=True)
class DialogState:
    """What a turn leaves for the next one.

    Attributes:
        it: the object last spoken of.
        them: the set last spoken of.
        base, values: the last description: filter values over a base set.
        query: the last question's outermost function, and its value if it has one.
    """

    it: int | None = None
    them: tuple[int, ...] = ()
    base: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    query: Call | None = None


@dataclass(frozen=True, kw_only=True)
class Execution:
    """A program's outcome on a scene.

    Attributes:
        answer: bool, int, attribute value, or a tuple of words (lists).
        objects: ids the answer is about: the argument of the outermost function.
        anchors: ids passed through on the way (each `unique`, `extreme`, ...).
        state: the dialogue state after this turn.
    """

    answer: Answer | None
    objects: tuple[int, ...]
    anchors: tuple[int, ...]
    state: DialogState = field(default_factory=DialogState)


def answer_text(answer: Answer | None) -> str:
    """CLEVR's spelling of an answer: yes, no, digits, a value; lists joined by commas."""
    if answer is None:
        return "none"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return ", ".join(answer) if answer else "none"
    return str(answer)


def execute(program: Call, scene: Scene, state: DialogState | None = None) -> Execution:
    """Run `program` on `scene`.

    Args:
        program: any well-typed program; one that ends in a set or an object has no
            `answer`, only `objects`.
        scene: objects and relationships.
        state: what earlier turns of the dialogue left; None at its start.

    Raises:
        FalsePremise: something the program takes for granted is not in the scene; its
            `state` is what a dialogue goes on with.
    """
    return _Run(scene, state or DialogState()).finish(program)


class _Run:
    """One execution; collects anchors while it walks the tree."""

    def __init__(self, scene: Scene, state: DialogState) -> None:
        self.scene = scene
        self.state = state
        self.anchors: list[int] = []

    def finish(self, program: Call) -> Execution:
        try:
            if program.function == "again":
                program = self._repeat(program)
            return self._finish(program)
        except FalsePremise as error:
            error.state = self._after_failure(program, error)
            raise

    def _finish(self, program: Call) -> Execution:
        signature = FUNCTIONS[program.function]
        if signature.output in ("set", "object"):
            objects = self._as_set(self.run(program))
            return self._done(None, objects, program, self.state.query)
        if _takes_one_set(program):
            value = self.run(program.args[0])
            answer = self._apply(program, [value])
            return self._done(answer, self._as_set(value), program.args[0], _asked(program))
        # Comparisons: what they compare stays in mind, its first side as the topic.
        inputs: list[Any] = []
        compared: list[int] = []
        for arg in program.args:
            before = len(self.anchors)
            inputs.append(self.run(arg))
            compared.extend(self.anchors[before:][-1:])
        answer = self._apply(program, inputs)
        return self._done(answer, tuple(dict.fromkeys(compared)), None, None)

    def _done(
        self, answer: Any, objects: tuple[int, ...], subject: Call | None, query: Call | None
    ) -> Execution:
        old = self.state
        anchors = tuple(dict.fromkeys(self.anchors))
        it = old.it
        if objects and (len(objects) == 1 or subject is None):
            it = objects[0]
        elif anchors:
            it = anchors[-1]
        them = old.them
        fresh = subject is None or not _looks_back(subject)
        if len(objects) > 1 or (objects and (fresh or objects[0] not in old.them)):
            them = self._pool(subject, objects)
        base, values = old.base, old.values
        if subject is not None:
            base, values = self._description(subject)
        new = DialogState(it=it, them=them, base=base, values=values, query=query)
        return Execution(answer=answer, objects=objects, anchors=anchors, state=new)

    def _after_failure(self, program: Call, error: FalsePremise) -> DialogState:
        old = self.state
        base, values, query = old.base, old.values, old.query
        if _takes_one_set(program) and program.function != "again":
            query = _asked(program)
            # Where an anchor inside it failed, the earlier description stands.
            with suppress(FalsePremise):
                base, values = self._description(program.args[0])
        return DialogState(
            it=old.it if _looks_back(program) else None,
            them=error.candidates if error.kind == "ambiguous" else old.them,
            base=base,
            values=values,
            query=query,
        )

    def _pool(self, subject: Call | None, objects: tuple[int, ...]) -> tuple[int, ...]:
        """What "the other one" is looked for among, after a turn about `objects`."""
        if subject is None or len(objects) != 1:
            return objects
        if subject.function in ("extreme", "ordinal", "nearest"):
            # "the leftmost ball" leaves all balls behind.
            return self._as_set(self.run(subject.args[0]))
        if subject.function == "unique":
            # So does "the big ball"; "the ball by the cube" only where there are two.
            base, values = self._description(subject)
            shape = self._value(objects[0], "shape")
            if shape in values:
                everything = range(len(self.scene.objects))
                near, far = (
                    tuple(i for i in ids if self._value(i, "shape") == shape)
                    for ids in (base, everything)
                )
                return near if len(near) > 1 else far
        return objects

    def _description(self, subject: Call) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The base set and filter values of `subject`, for a later `swap`."""
        values: list[str] = []
        node = subject
        while node.function in ("unique", "extreme", "ordinal") or node.function.startswith(
            "filter_"
        ):
            if node.function.startswith("filter_") and node.value is not None:
                values.append(node.value)
            node = node.args[0]
        if node.function == "swap":
            base, old = self.state.base, self._swapped(node)
            return base, (*old, *values)
        if node.function in ("it", "them", "other") and not values and self.state.base:
            # "What is it made of?" says nothing new: "and the blue one?" goes by the turn before.
            return self.state.base, self.state.values
        return self._as_set(self.run(node)), tuple(values)

    def _swapped(self, node: Call) -> tuple[str, ...]:
        assert node.value is not None  # `swap` always binds a value (see `call`)
        attribute = ATTRIBUTE_OF[node.value]
        kept = tuple(v for v in self.state.values if ATTRIBUTE_OF[v] != attribute)
        return (*kept, node.value)

    def _repeat(self, program: Call) -> Call:
        asked = self.state.query
        if asked is None:
            raise FalsePremise("dialogue", program)
        subject = program.args[0]
        wanted = FUNCTIONS[asked.function].inputs[0]
        if wanted == "object" and FUNCTIONS[subject.function].output != "object":
            subject = Call("unique", (subject,))
        return Call(asked.function, (subject,), asked.value)

    def run(self, node: Call) -> Any:
        if node.function == "again":
            node = self._repeat(node)
        return self._apply(node, [self.run(arg) for arg in node.args])

    @staticmethod
    def _as_set(value: Any) -> tuple[int, ...]:
        # Objects travel as one-element tuples' bare id; bool is never passed here.
        return value if isinstance(value, tuple) else (value,)

    def _value(self, index: int, attribute: str) -> str:
        return self.scene.objects[index].value(attribute)

    def _apply(self, node: Call, inputs: list[Any]) -> Any:
        name, value = node.function, node.value
        head, _, attribute = name.partition("_")
        if attribute in ATTRIBUTES and head in _BY_ATTRIBUTE:
            return self._apply_attribute(node, head, attribute, inputs)
        if name in ("union", "intersect", "minus"):
            left, right = (self._as_set(v) for v in inputs)
            if name == "union":
                return tuple(sorted({*left, *right}))
            keep = name == "intersect"
            return tuple(i for i in left if (i in right) == keep)
        if name in ("unique", "extreme", "ordinal", "nearest"):
            chosen = self._choose(node, inputs)
            self.anchors.append(chosen)
            return chosen
        match name:
            case "scene":
                return tuple(range(len(self.scene.objects)))
            case "relate":
                return tuple(self.scene.relationships[str(value)][inputs[0]])
            case "between":
                return self._between(*inputs)
            case "count":
                return len(self._as_set(inputs[0]))
            case "exist":
                return bool(self._as_set(inputs[0]))
            case "equal_integer":
                return inputs[0] == inputs[1]
            case "less_than":
                return inputs[0] < inputs[1]
            case "greater_than":
                return inputs[0] > inputs[1]
            case "greater_size" | "less_size":
                ranks = [VALUES["size"].index(v) for v in inputs]
                return ranks[0] > ranks[1] if name == "greater_size" else ranks[0] < ranks[1]
            case "describe":
                return tuple(self.scene.objects[i].name for i in self._as_set(inputs[0]))
            case "locate":
                return tuple(where_in_picture(self.scene, i) for i in self._as_set(inputs[0]))
            case "it" | "them" | "other" | "swap":
                return self._refer(node)
        raise ValueError(f"unknown function {name!r}")

    def _apply_attribute(self, node: Call, head: str, attribute: str, inputs: list[Any]) -> Any:
        if head == "equal":
            return inputs[0] == inputs[1]
        if head == "query":
            return self._value(inputs[0], attribute)
        if head == "same":
            wanted = self._value(inputs[0], attribute)
            return tuple(
                i
                for i in range(len(self.scene.objects))
                if i != inputs[0] and self._value(i, attribute) == wanted
            )
        ids = self._as_set(inputs[0])
        if head == "filter":
            return tuple(i for i in ids if self._value(i, attribute) == node.value)
        values = [self._value(i, attribute) for i in ids]
        if head == "each":
            return tuple(dict.fromkeys(values))
        if head == "distinct":
            return len(set(values))
        if not values:
            raise FalsePremise("absent", node.args[0])
        if head == "agree":
            return len(set(values)) == 1
        counts = Counter(values).most_common(2)
        if len(counts) > 1 and counts[0][1] == counts[1][1]:
            raise FalsePremise("ambiguous", node.args[0], ids)
        return counts[0][0]

    def _choose(self, node: Call, inputs: list[Any]) -> int:
        ids = self._as_set(inputs[0])
        if not ids:
            raise FalsePremise("absent", node.args[0])
        if node.function == "unique":
            if len(ids) > 1:
                raise FalsePremise("ambiguous", node.args[0], ids)
            return ids[0]
        if node.function == "nearest":
            others = [i for i in ids if i != inputs[1]]
            if not others:
                raise FalsePremise("absent", node.args[0])
            return min(others, key=lambda i: self._distance(i, inputs[1]))
        rank, direction = 1, str(node.value)
        if node.function == "ordinal":
            first, direction = direction.split()
            rank = int(first)
        if rank > len(ids):
            raise FalsePremise("absent", node, ids)
        axis = self.scene.directions[direction]
        along = sorted(ids, key=lambda i: -_dot(self.scene.objects[i].position, axis))
        return along[rank - 1]

    def _distance(self, i: int, j: int) -> float:
        a, b = self.scene.objects[i].position, self.scene.objects[j].position
        return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5

    def _between(self, i: int, j: int) -> tuple[int, ...]:
        # Between: the foot on the segment i-j lies inside it, and near the line (1.2 units).
        a, b = self.scene.objects[i].position, self.scene.objects[j].position
        dx, dy = b[0] - a[0], b[1] - a[1]
        squared = dx * dx + dy * dy or 1e-9
        found = []
        for k, item in enumerate(self.scene.objects):
            if k in (i, j):
                continue
            ex, ey = item.position[0] - a[0], item.position[1] - a[1]
            along = (ex * dx + ey * dy) / squared
            across = abs(ex * dy - ey * dx) / squared**0.5
            if 0.1 < along < 0.9 and across < 1.2:
                found.append(k)
        return tuple(found)

    def _refer(self, node: Call) -> Any:
        state = self.state
        if node.function == "it":
            if state.it is None:
                raise FalsePremise("dialogue", node)
            self.anchors.append(state.it)
            return state.it
        if node.function == "them":
            if not state.them:
                raise FalsePremise("dialogue", node)
            return state.them
        if node.function == "other":
            if not state.them:
                raise FalsePremise("dialogue", node)
            return tuple(i for i in state.them if i != state.it)
        wanted = self._swapped(node)
        return tuple(
            i for i in state.base if all(self._value(i, ATTRIBUTE_OF[v]) == v for v in wanted)
        )


def _takes_one_set(program: Call) -> bool:
    inputs = FUNCTIONS[program.function].inputs
    return len(inputs) == 1 and inputs[0] in ("set", "object")


def _asked(program: Call) -> Call:
    return Call(program.function, (), program.value)


def _looks_back(program: Call) -> bool:
    return any(node.function in ("it", "them", "other", "swap") for node in program.walk())


_BY_ATTRIBUTE: Final = frozenset(
    {"filter", "query", "same", "equal", "each", "distinct", "agree", "mode"}
)


def where_in_picture(scene: Scene, index: int) -> str:
    """Where the object stands in the picture, in a 3 x 3 grid: "front left", "centre"."""
    x, y, _ = scene.objects[index].pixel
    column = min(2, max(0, int(3 * x / scene.width)))
    row = min(2, max(0, int(3 * y / scene.height)))
    side = ("left", "centre", "right")[column]
    depth = ("back", "middle", "front")[row]
    if depth == "middle":
        return side
    return depth if side == "centre" else f"{depth} {side}"


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def answer_space() -> tuple[str, ...]:
    """Closed answers a classifier can give: yes, no, 0-10, every attribute value."""
    numbers = tuple(str(n) for n in range(11))
    values = tuple(v for name in ATTRIBUTES for v in VALUES[name] if v not in COLORS)
    return ("yes", "no", *numbers, *values, *COLORS)
