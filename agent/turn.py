"""What one turn carries through the graph: its context (models, files, events) and its state.

The state holds ids and small records only; pictures stay in the artifact store.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Annotated, Any, TypedDict

from ..tools.artifacts import Artifact
from ..tools.base import ToolContext
from ..tools.limits import Limits
from ..tools.results import ToolResult
from .events import Event, StepFinished, StepStarted
from .planning import Plan, PlannedCall, Planner, Tools, Turn
from .reply import Reply, Status, Step
from .tape import Tape


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of the call of that index: a result, or one sentence on why there is none.

    Attributes:
        call: as it was made, what it named written in.
        mendable: the problem is of a kind that another plan may get round.
    """

    index: int
    call: PlannedCall
    artifact: str = ""
    result: ToolResult | None = None
    problem: str = ""
    mendable: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """What another route said about an outcome.

    Attributes:
        status: see `reply.Claim`; `contradicted` sends the claim back once.
        other: what the other route came to, in words fit for a sentence.
        sentences: for a description, the status of each of its sentences.
    """

    status: Status
    other: str = ""
    sentences: tuple[Status, ...] = ()


def _merged(old: Mapping[int, Any], new: Mapping[int, Any]) -> dict[int, Any]:
    return {**old, **new}


class TurnState(TypedDict):
    """The graph's state; calls are named by their index in the plan.

    Nodes return the keys they change (`Update`).
    """

    plan: Plan
    outcomes: Annotated[dict[int, Outcome], _merged]
    checks: Annotated[dict[int, Check], _merged]
    planned_again: bool
    looked_again: bool
    reply: Reply


Update = dict[str, Any]


@dataclass(kw_only=True)
class TurnContext:
    """What the nodes of a turn share; made anew for each turn.

    Attributes:
        text: the user's message.
        turns: the conversation up to and with this turn, for the planner.
        fresh: how many attachments came with this very turn.
        last_reply: what the assistant said last, for "what did you just say?".
        notices: what the person should know beside the answer.
        deadline: `time.monotonic()` after which no tool is started.
        tokens: what planners' models have read and written in this turn.
        began: `time.perf_counter()` at the turn's beginning.
        tape: what the turn is recorded on, or replayed from (see `taped`).
    """

    text: str
    turns: Sequence[Turn]
    tools: Tools
    planner: Planner
    tool_context: ToolContext
    limits: Limits
    fresh: int = 0
    last_reply: str = ""
    notices: list[str] = field(default_factory=list)
    emit: Callable[[Event], None] = lambda event: None
    deadline: float = float("inf")
    tokens: int = 0
    began: float = field(default_factory=time.perf_counter)
    tape: Tape | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    steps: list[tuple[int, Step]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=count)

    @property
    def attachments(self) -> tuple[Artifact, ...]:
        """Artifacts in view, oldest first."""
        return self.tool_context.attachments

    def out_of_time(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() > self.deadline

    @contextmanager
    def step(
        self, role: str, tool: str, args: Mapping[str, Any] | None = None, order: int = 10**6
    ) -> Iterator[Step]:
        """Record a step and announce it; fill in `ok`, `model` and `note` on the way.

        `order` sorts the steps that ran side by side.
        """
        step = Step(role=role, tool=tool, args=dict(args or {}))
        number = next(self._ids)
        self.emit(StepStarted(id=number, role=role, tool=tool, args=step.args))
        began = time.perf_counter()
        step.began = round((began - self.began) * 1000, 1)
        try:
            yield step
        finally:
            step.ms = round((time.perf_counter() - began) * 1000, 1)
            self.steps.append((order, step))
            self.emit(StepFinished(id=number, step=step))

    def ordered_steps(self) -> list[Step]:
        """The steps so far: the planner's, the calls in the plan's order, then the rest."""
        return [step for _, step in sorted(self.steps, key=lambda pair: pair[0])]
