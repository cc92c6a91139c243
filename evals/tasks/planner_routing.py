"""routing: kept-out requests through the assistant's planner, in process or on a server."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from ...agent.assistant import Assistant
from ...agent.planning import PlannerUnavailable
from ...data.requests import Request, load_requests
from ..metrics.shares import share_by
from ..task import Sample, Task
from .routing import HELDOUT, PlannerRoutes, Route, compare, spell, summarize


class Unplanned:
    """What stands for a plan where the planner gave none."""

    calls = ()
    tools = ("unavailable",)


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
    behind = getattr(assistant.planner, "behind", assistant.planner)
    planner = getattr(behind, "first", assistant.planner)
    try:
        route: Route = PlannerRoutes(planner).route([request.turns], [request.kinds])[0]
    except PlannerUnavailable:
        route = Unplanned()
    right = compare(route, request)
    held = bool(right["sequence"] and right.get("arguments"))
    return {
        "turns": list(request.turns),
        "wanted": spell(request),
        "given": spell(route),
        "calls": len(request.calls),
        "first": request.tools[0],
        **right,
        "failure": "" if held else "arguments" if right["sequence"] else "plan",
        "right": held,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares of right sequences, and of right arguments among those."""
    figures = {name: round(value, 4) for name, value in summarize(records).items() if name != "n"}
    return {
        "accuracy": figures["sequence"],
        **figures,
        "by_calls": share_by(records, lambda r: r["calls"], "sequence"),
        "by_first_tool": share_by(records, lambda r: r["first"], "sequence"),
    }


TASK = Task(
    name="routing",
    description="requests in free words to tool calls, sequence and arguments",
    limit=100_000,
    samples=samples,
    run=run,
    score=score,
)
