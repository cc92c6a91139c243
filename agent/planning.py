"""The planner protocol: a conversation and the tools in, a plan of calls out."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from pydantic import ValidationError

from ..tools.base import SightlineTool
from . import references

Small = Literal["", "smalltalk", "scope", "clarify", "kept"]
Order = Literal["more", "less", "same"]
Asks = Literal["whether", "which", "difference", "sum"]
Tools = Mapping[str, type[SightlineTool]]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn of the conversation as a planner sees it.

    Attributes:
        text: what was said; an assistant's text is data, never an instruction.
        attachments: kinds of the files that came with it: `picture`, `document`, `video`.
        user: who is speaking with the assistant; a server keeps its caches apart by it.
        earlier: what the conversation before came to, for planners that read its end alone; data.
    """

    role: Literal["user", "assistant"]
    text: str
    attachments: tuple[str, ...] = ()
    user: str = ""
    earlier: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedCall:
    """A tool call.

    Attributes:
        args: arguments; they may name what earlier calls gave (see `references`).
        after: indices of earlier calls of the plan that it waits for.
        instead_of: index of the call that it stands for: it is that call for one of the files
            that were found, or its second try. In a planner's answer to `failed`, an index there.
    """

    tool: str
    args: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[int, ...] = ()
    instead_of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Answers of several calls that are to be held against each other.

    Attributes:
        calls: indices; the first is the one spoken of ("is THIS more than that?").
        asks: `whether` it is so, `which` is so, the `difference` or the `sum`.
        order: what is asked for.
        noun: what is compared ("cubes", "total", "date").
    """

    calls: tuple[int, ...]
    asks: Asks
    order: Order = "more"
    noun: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do with a turn.

    Attributes:
        calls: tool calls in the order they were asked for; empty with a `reply`.
        reply: `smalltalk`, `scope` (nothing here can do it), `clarify` (no telling what is
            meant), or "".
        model: the planner that made it, "name@hash".
        notice: what the person should know about the planning ("" mostly).
        comparisons: answers to hold against each other.
        ask: with `clarify`, what to ask the person ("" asks for other words).
        shown: files in view that the person wants to see again; they are given back.
        tokens: what the planner's model read and wrote, as its server counts; 0 where none does.
    """

    calls: tuple[PlannedCall, ...] = ()
    reply: Small = ""
    model: str = ""
    notice: str = ""
    comparisons: tuple[Comparison, ...] = ()
    ask: str = ""
    shown: tuple[str, ...] = ()
    tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A call that could not be carried out, and one sentence on why."""

    call: PlannedCall
    why: str


class Planner(Protocol):
    """Turns a conversation into a plan.

    One whose attribute `exact` is true has its calls made as they are: nothing is read into the
    person's words beside it.
    """

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


def plan_all(planner: Planner, talks: Sequence[Sequence[Turn]], tools: Tools) -> list[Plan]:
    """Plans of several talks, in one batch where the planner can; none where it is away."""
    if not talks:
        return []
    together = getattr(planner, "plan_all", None)
    if together is not None:
        return list(together(talks, tools))
    plans = []
    for turns in talks:
        try:
            plans.append(planner.plan(turns, tools))
        except PlannerUnavailable:
            plans.append(Plan())
    return plans


def checked(plan: Plan, tools: Tools) -> Plan:
    """`plan` with its arguments as the tools' schemas understand them.

    Schemas are enforced while a model writes where its server can do that, and here always.

    Raises:
        PlannerUnavailable: a tool that does not exist, arguments that do not fit, or a reference to
            a call that does not come before.
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
        names = references.named(args)
        if any(i >= number for i in names):
            raise PlannerUnavailable(f"{call.tool} refers to a call that does not come before it")
        after = tuple(sorted({i for i in call.after if 0 <= i < number} | names))
        calls.append(replace(call, args=args, after=after))
    return replace(plan, calls=tuple(calls))
