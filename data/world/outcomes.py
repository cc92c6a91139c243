"""What running a program comes to: an answer, the objects it is about, or a false premise."""

from dataclasses import dataclass, field

from .functions import Answer, Call
from .vocabulary import ATTRIBUTES, COLORS, VALUES


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


def answer_space() -> tuple[str, ...]:
    """Closed answers a classifier can give: yes, no, 0-10, every attribute value."""
    numbers = tuple(str(n) for n in range(11))
    values = tuple(v for name in ATTRIBUTES for v in VALUES[name] if v not in COLORS)
    return ("yes", "no", *numbers, *values, *COLORS)
