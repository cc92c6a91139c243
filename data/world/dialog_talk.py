"""A dialogue under way: what the next turn may take up, and what was said already.

`Talk` is the bookkeeping that keeps turns clear to a person; the state that gives a
turn its meaning is `programs.DialogState`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal

from . import dialog_patterns as said
from .patterns import Filler, draw
from .programs import FUNCTIONS, Call, DialogState, FalsePremise, answer_text, execute
from .scene import Scene
from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, VALUES
from .wording import attribute_word, relation

Focus = Literal["one", "many", "none"]

COMPARISONS: Final = frozenset(
    {"greater_size", "less_size", *(f"equal_{name}" for name in ATTRIBUTES)}
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A proposed turn.

    Attributes:
        text: lower case, without frame and end mark.
        program: what it means.
        template: name of the kind of turn.
        short: it hangs on the turn before, so no long frame goes around it.
        may_fail: a false premise is meant, not an accident.
        dressed: frame, punctuation and slips are in `text` already.
    """

    text: str
    program: Call
    template: str
    short: bool = True
    may_fail: bool = False
    dressed: bool = False


@dataclass(frozen=True, kw_only=True)
class Last:
    """What a person would hold of the turn before.

    Attributes:
        focus: one clear object, several, or none.
        spatial: "behind it" would be understood of the focus.
        pool: "the other one" would be understood.
        alone: it was asked whether such a thing exists, and just one does.
        predicate: it asked whether one object has a property ("is it red?").
    """

    program: Call
    answer: str
    premise: str
    focus: Focus
    spatial: bool = True
    pool: bool = False
    alone: bool = False
    predicate: bool = False


@dataclass
class Talk:
    """A dialogue as far as it has got."""

    scene: Scene
    rng: Random
    state: DialogState = field(default_factory=DialogState)
    last: Last | None = None
    asked: set[str] = field(default_factory=set)
    known: set[tuple[int, str]] = field(default_factory=set)

    @property
    def focus(self) -> Focus:
        """What the turn before was about."""
        return self.last.focus if self.last else "none"

    @property
    def it(self) -> int:
        """The object in focus; only where `focus` is `one`."""
        assert self.state.it is not None
        return self.state.it

    @property
    def query(self) -> str:
        """The function that `again` would repeat, if the last turn asked one; else ""."""
        if self.last is None or self.state.query is None or self.last.predicate:
            return ""
        program = self.last.program
        outer = self.state.query.function if program.function == "again" else program.function
        return outer if outer == self.state.query.function else ""

    @property
    def repeats_one(self) -> bool:
        """Whether the last question was about one object, so that "the red one" repeats it."""
        return self.query.startswith("query_") or self.query == "locate"

    @property
    def repeats_set(self) -> bool:
        """Whether the last question was about a described set: "and the red ones?"."""
        return self.query in ("count", "exist") or self.query.startswith("each_")

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.rng.random() < share

    def pick(self, items: Sequence):
        """One of `items`, evenly."""
        return items[int(self.rng.random() * len(items))]

    def value(self, attribute: str, index: int | None = None, truth: float = 0.5) -> str:
        """A value of `attribute`: that of object `index` with chance `truth`, else any."""
        if index is not None and self.chance(truth):
            return self.scene.objects[index].value(attribute)
        return self.pick(VALUES[attribute])

    def say(self, patterns: Sequence[str], fillers: Mapping[str, Filler] | None = None) -> str:
        """One text of one of the patterns, pronouns and small nouns filled in."""
        rng = self.rng
        common: dict[str, Filler] = {
            "it": lambda: draw(rng, said.IT_SUBJECT),
            "that": lambda: draw(rng, said.IT_OBJECT),
            "its": lambda: self.pick(("its",) * 8 + ("that one's", "it's")),
            "they": lambda: draw(rng, said.THEY),
            "them": lambda: draw(rng, said.THEM),
            "thing": lambda: draw(rng, said.THING),
            "things": lambda: draw(rng, said.THINGS),
            "bare": lambda: draw(rng, "[thing|object|item]"),
        }
        return draw(rng, self.pick(patterns), {**common, **(fillers or {})})

    def beside_it(self, direction: str) -> str:
        """ "behind it", "to its left", "left of that one"."""
        if direction in ("left", "right") and self.chance(0.3):
            side = f"{self.pick(('to', 'on', 'to', 'at'))} its {direction}"
            return side + self.pick(("", "", "", " side", "-hand side"))
        return f"{relation(self.rng, direction)} {draw(self.rng, said.IT_OBJECT)}"

    def attribute(self, name: str, number: Literal["one", "many"] = "one") -> str:
        """What people call an attribute: "colour", "material"."""
        return attribute_word(self.rng, name, number)

    def take(self, text: str, program: Call) -> tuple[str, str]:
        """Run a turn and move on; returns (answer, premise).

        `premise` is `holds`, or the kind of `FalsePremise`.
        """
        try:
            done = execute(program, self.scene, self.state)
        except FalsePremise as error:
            self.state = error.state or DialogState()
            self.last = Last(program=program, answer="none", premise=error.kind, focus="none")
            return "none", error.kind
        before = self.last
        self.state = done.state
        answer = answer_text(done.answer)
        self.last = self._held(program, done.objects, answer, before)
        self._learn(program)
        self.asked.add(text)
        return answer, "holds"

    def _held(
        self, program: Call, objects: tuple[int, ...], answer: str, before: Last | None
    ) -> Last:
        outer, subject = program.function, program.args[0] if program.args else program
        if outer == "again" and self.state.query is not None:
            outer = self.state.query.function
        if outer in COMPARISONS:
            topic = subject.args[0].function == "it"
            focus: Focus = "one" if topic else "none"
            pool = topic and before is not None and before.pool
            return Last(program=program, answer=answer, premise="holds", focus=focus, pool=pool)
        takes_set = FUNCTIONS[outer].inputs[:1] in (("set",), ("object",))
        if not takes_set:
            return Last(program=program, answer=answer, premise="holds", focus="none")
        root = subject
        while root.function.startswith("filter_"):
            root = root.args[0]
        single = FUNCTIONS[root.function].output == "object"
        several: Focus = "many" if len(objects) > 1 else "none"
        focus = "one" if single or len(objects) == 1 else several
        related = any(
            node.function in ("relate", "nearest", "between", "side", "other", "them")
            or node.function.startswith("same_")
            for node in subject.walk()
        )
        return Last(
            program=program,
            answer=answer,
            premise="holds",
            focus=focus,
            spatial=single or not related,
            pool=self._pool_is_clear(root, before),
            alone=outer == "exist" and len(objects) == 1 and _is_plain(subject),
            predicate=outer == "exist" and single and root is not subject,
        )

    def _pool_is_clear(self, root: Call, before: Last | None) -> bool:
        state = self.state
        if len(state.them) < 2 or state.it not in state.them:
            return False
        if root.function == "it":
            return before is not None and before.pool
        if root.function == "extreme":
            return True
        if root.function == "unique":
            inner = root.args[0]
            if inner.function == "other":
                return True
            shaped = any(ATTRIBUTE_OF[v] == "shape" for v in state.values)
            while inner.function.startswith("filter_"):
                inner = inner.args[0]
            return shaped and inner.function in ("scene", "swap")
        return False

    def _learn(self, program: Call) -> None:
        """Remember which attributes of the focus were named or answered."""
        if self.focus != "one" or self.state.it is None:
            return
        names = {ATTRIBUTE_OF[v] for v in self.state.values} if self.state.base else set()
        for node in program.walk():
            name = node.function.partition("_")[2]
            if node.function.startswith(("query_", "filter_")):
                names.add(name)
        if self.query.startswith("query_"):
            names.add(self.query.partition("_")[2])
        if program.function == "describe":
            names.update(ATTRIBUTES)
        self.known.update((self.state.it, name) for name in names)


def _is_plain(subject: Call) -> bool:
    return all(n.function == "scene" or n.function.startswith("filter_") for n in subject.walk())


def by(direction: str, anchor: Call) -> Call:
    """The objects that lie `direction` of `anchor`, as a program."""
    return Call("relate", (anchor,), direction)


IT: Final = Call("it")
THEM: Final = Call("them")
OTHER: Final = Call("other")
