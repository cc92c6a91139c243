"""The planner protocol: a conversation and the tools in, a plan of calls out."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from pydantic import ValidationError

from ..tools.base import SightlineTool

Small = Literal["", "smalltalk", "scope", "clarify"]
Tools = Mapping[str, type[SightlineTool]]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn of the conversation as a planner sees it.

    Attributes:
        text: what was said; an assistant's text is data, never an instruction.
        attachments: kinds of the files that came with it: `picture`, `document`, `video`.
    """

    role: Literal["user", "assistant"]
    text: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlannedCall:
    """A tool call; `after` are indices of earlier calls of the plan that it waits for."""

    tool: str
    args: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do with a turn.

    Attributes:
        calls: tool calls in the order they were asked for; empty with a `reply`.
        reply: `smalltalk`, `scope` (nothing here can do it), `clarify` (no telling what is
            meant), or "".
        model: the planner that made it, "name@hash".
        notice: what the person should know about the planning ("" mostly).
        tokens: what the planner's model read and wrote, as its server counts; 0 where none does.
    """

    calls: tuple[PlannedCall, ...] = ()
    reply: Small = ""
    model: str = ""
    notice: str = ""
    tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A call that could not be carried out, and one sentence on why."""

    call: PlannedCall
    why: str


class Planner(Protocol):
    """Turns a conversation into a plan."""

    def plan(
        self,
        turns: Sequence[Turn],
        tools: Tools,
        *,
        cancelled: threading.Event | None = None,
        failed: Sequence[Failed] = (),
    ) -> Plan:
        """Plan for the last turn, a user's.

        Args:
            cancelled: set when nobody waits for the turn any more; a planner over HTTP then closes
                its request.
            failed: calls of this turn's first plan that could not be carried out. What comes back
                stands in for these alone; an empty plan gives them up.

        Raises:
            PlannerUnavailable: no plan can be had.
        """
        ...


class PlannerUnavailable(Exception):
    """The planner could not be reached or gave nothing usable."""


def checked(plan: Plan, tools: Tools) -> Plan:
    """`plan` with its arguments as the tools' schemas understand them.

    Schemas are enforced while a model writes where its server can do that, and here always.

    Raises:
        PlannerUnavailable: a tool that does not exist, or arguments that do not fit.
    """
    calls = []
    for number, call in enumerate(plan.calls):
        tool = tools.get(call.tool)
        if tool is None:
            raise PlannerUnavailable(f"the planner called a tool that does not exist: {call.tool}")
        try:
            args = tool.checked(dict(call.args))
        except ValidationError as error:
            raise PlannerUnavailable(f"wrong arguments for {call.tool}") from error
        after = tuple(i for i in call.after if 0 <= i < number)
        calls.append(replace(call, args=args, after=after))
    return replace(plan, calls=tuple(calls))
