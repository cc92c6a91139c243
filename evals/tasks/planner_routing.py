"""routing: kept-out requests through the assistant's planner, in process or on a server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ...agent.assistant import Assistant
from ...agent.planning import Plan, PlannedCall, PlannerUnavailable, Tools, Turn
from ...data.requests import Request, load_requests
from ..metrics.shares import share_by
from ..task import Sample, Task
from .routing import HELDOUT, compare, spell, summarize


@dataclass(frozen=True, kw_only=True)
class _Call:
    tool: str
    argument: str
    option: str | None
    picks: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class _Route:
    calls: tuple[_Call, ...]
    tools: tuple[str, ...]


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Kept-out requests, `limit` of them drawn with `seed`."""
    requests = load_requests(HELDOUT)
    if limit < len(requests):
        requests = Random(seed).sample(requests, limit)
    for request in requests:
        yield Sample(id=request.source, data=request)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Plan one request and compare the calls."""
    request: Request = sample.data
    # A fallback would hide what the server does.
    planner = getattr(assistant.planner, "first", assistant.planner)
    try:
        route = as_route(planner.plan(_turns(request), assistant.tools), assistant.tools, request)
    except PlannerUnavailable:
        route = _Route(calls=(), tools=("unavailable",))
    right = compare(route, request)
    return {
        "turns": list(request.turns),
        "wanted": spell(request),
        "given": spell(route),
        "calls": len(request.calls),
        "first": request.tools[0],
        **right,
        "right": bool(right["sequence"] and right.get("arguments")),
    }


def as_route(plan: Plan, tools: Tools, request: Request) -> _Route:
    """A plan in the bank's terms: one call a tool, its attachments together."""
    if not plan.calls:
        return _Route(calls=(), tools=(f"reply:{plan.reply}",))
    calls: list[_Call] = []
    for call in plan.calls:
        argument = str(call.args.get(tools[call.tool].argument, ""))
        option = call.args.get("style")
        made = _Call(
            tool=call.tool,
            argument=argument,
            option=option if option in ("short", "long") else None,
            picks=_picks(call),
        )
        before = calls[-1] if calls else None
        same = before and (before.tool, before.argument) == (made.tool, made.argument)
        if before and same and before.picks and made.picks:
            # One request about several attachments is several calls of a plan.
            made = _Call(tool=made.tool, argument=argument, option=made.option,
                         picks=(*before.picks, *made.picks))  # fmt: skip
            calls[-1] = made
        else:
            calls.append(made)
    return _Route(calls=tuple(calls), tools=tuple(call.tool for call in calls))


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares of right sequences, and of right arguments among those."""
    figures = {name: round(value, 4) for name, value in summarize(records).items() if name != "n"}
    return {
        "accuracy": figures["sequence"],
        **figures,
        "by_calls": share_by(records, lambda r: r["calls"], "sequence"),
        "by_first_tool": share_by(records, lambda r: r["first"], "sequence"),
    }


def _turns(request: Request) -> list[Turn]:
    turns = [
        Turn(role="user" if i % 2 == 0 else "assistant", text=text)
        for i, text in enumerate(request.turns)
    ]
    # The bank tells which attachments are in view, not when they came.
    turns[0] = Turn(role="user", text=turns[0].text, attachments=request.kinds)
    return turns


def _picks(call: PlannedCall) -> tuple[int, ...] | None:
    number = str(call.args.get("artifact", "")).removeprefix("a")
    return (int(number),) if number.isdigit() else None


TASK = Task(
    name="routing",
    description="requests in free words to tool calls, sequence and arguments",
    limit=100_000,
    samples=samples,
    run=run,
    score=score,
)
