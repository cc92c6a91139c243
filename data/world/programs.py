"""Running functional programs (`functions.py`) on scenes, and what a turn leaves for the next.

`execute(program, scene)` gives the answer, the objects it is about and those passed on
the way; it raises `FalsePremise` where the program takes for granted what is not there.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from .functions import (
    FUNCTIONS,
    NUMBERS,
    ORDINALS,
    SCENE,
    Answer,
    Call,
    Signature,
    call,
    filters,
    from_clevr,
    from_tokens,
    split_token,
    to_clevr,
    to_tokens,
    token_vocabulary,
)
from .outcomes import DialogState, Execution, FalsePremise, answer_text
from .places import between, distance, farthest_first, on_side, where_in_picture
from .scene import Scene
from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, VALUES

__all__ = [
    "FUNCTIONS",
    "NUMBERS",
    "ORDINALS",
    "SCENE",
    "Answer",
    "Call",
    "DialogState",
    "Execution",
    "FalsePremise",
    "Signature",
    "answer_text",
    "call",
    "execute",
    "filters",
    "from_clevr",
    "from_tokens",
    "split_token",
    "to_clevr",
    "to_tokens",
    "token_vocabulary",
]


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
        if program.function == "not":
            inner = self._finish(program.args[0])
            return replace(inner, answer=not inner.answer)
        if program.function == "every":
            members = self._as_set(self.run(program.args[0]))
            answer = self._apply(program, [members, self.run(program.args[1])])
            return self._done(answer, members, program.args[0], None)
        # Comparisons: what they compare stays in mind, its first side as the topic.
        inputs: list[Any] = []
        compared: list[int] = []
        for arg in program.args:
            before = len(self.anchors)
            inputs.append(self.run(arg))
            compared.extend(self.anchors[before:][-1:])
        answer = self._apply(program, inputs)
        done = self._done(answer, tuple(dict.fromkeys(compared)), None, None)
        return replace(done, objects=tuple(dict.fromkeys(self._evidence(program))))

    def _evidence(self, node: Call) -> list[int]:
        """Every object that a comparison counts or looks at."""
        if FUNCTIONS[node.function].output in ("set", "object"):
            return list(self._as_set(self.run(node)))
        return [i for arg in node.args for i in self._evidence(arg)]

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
            case "nothing":
                return ()
            case "relate":
                return tuple(self.scene.relationships[str(value)][inputs[0]])
            case "between":
                return between(self.scene, *inputs)
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
            case "number":
                return int(str(value))
            case "difference":
                return abs(inputs[0] - inputs[1])
            case "not":
                return not inputs[0]
            case "and":
                return inputs[0] and inputs[1]
            case "every":
                return self._every(node, *(self._as_set(v) for v in inputs))
            case "side":
                return on_side(self.scene, str(value), self._as_set(inputs[0]))
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
            return tuple(sorted(set(values), key=VALUES[attribute].index))
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
            return next(iter(ids))
        if node.function == "nearest":
            others = [i for i in ids if i != inputs[1]]
            if not others:
                raise FalsePremise("absent", node.args[0])
            return min(others, key=lambda i: distance(self.scene, i, inputs[1]))
        rank, direction = 1, str(node.value)
        if node.function == "ordinal":
            first, direction = direction.split()
            rank = int(first)
        if rank > len(ids):
            raise FalsePremise("absent", node, ids)
        return farthest_first(self.scene, direction, ids)[rank - 1]

    @staticmethod
    def _every(node: Call, members: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
        if not members:
            raise FalsePremise("absent", node.args[0])
        return set(members) <= set(wanted)

    def _refer(self, node: Call) -> Any:
        state = self.state
        if node.function == "it":
            if state.it is None:
                raise FalsePremise("dialogue", node)
            self.anchors.append(state.it)
            return state.it
        if node.function == "them":
            if state == DialogState():
                # Nothing was asked yet: a description was given, or the picture itself is meant.
                return tuple(range(len(self.scene.objects)))
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
