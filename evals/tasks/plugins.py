"""plugins: are tools that no planner was trained on routed by their examples alone?

Requests written apart from the examples, for six tools (`plugin_tools`) and several at once, go
through the whole team, with a picture in view every second time; what counts is the trace. Requests
for the built-in tools, of which none may be captured, go to the planner alone: look-alikes written
by hand, and kept-out requests of the bank that need no plug-in. All tools are there at once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ...agent.assistant import Assistant
from ...agent.planning import PlannerUnavailable, Turn
from ...data.requests import load_requests
from ...tools.registry import find_tools
from ..metrics.shares import share_by
from ..task import Sample, Task
from .injection_files import scene
from .plugin_tools import PLUGINS
from .routing import HELDOUT

FOLDER = HELDOUT.parent / "plugins"
_OTHERS = 200
_SCENES = 9000
_Call = tuple[str, Mapping[str, Any]]
_LEFT_OUT = ("reply:scope",)  # what nothing built in can do, a plug-in may


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A request and what it needs.

    Attributes:
        group: `plugin`, `several` (more than one call), `look-alike` or `bank`.
        tools: to be called, in order.
        args: what must be among the first call's arguments.
    """

    group: str
    turns: tuple[str, ...]
    kinds: tuple[str, ...]
    tools: tuple[str, ...]
    args: Mapping[str, Any]


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """All requests written by hand, then others of the bank, drawn with `seed`."""
    wanted = [*_written("requests"), *_written("contrast"), *_bank(seed)][:limit]
    for number, one in enumerate(wanted):
        yield Sample(id=str(number), data=one)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Do one request, or plan it, with all tools there."""
    wanted: Wanted = sample.data
    assistant.tools = {**find_tools(), **PLUGINS}
    own = wanted.group in ("plugin", "several")
    given = _done(assistant, wanted, int(sample.id)) if own else _planned(assistant, wanted)
    tools = tuple(tool for tool, _ in given)
    captured = [tool for tool in tools if tool in PLUGINS and tool not in wanted.tools]
    record: dict[str, Any] = {
        "turns": list(wanted.turns),
        "group": wanted.group,
        "wanted": list(wanted.tools),
        "given": list(tools),
        "args": json.loads(json.dumps(dict(given[0][1]) if given else {}, default=str)),
        # What the built-in tools make of their own requests is for `routing` to measure.
        "right": tools == wanted.tools if own else not captured,
    }
    if own and record["right"]:
        first = given[0][1]
        record["arguments"] = all(first.get(key) == value for key, value in wanted.args.items())
    return record


def _done(assistant: Assistant, wanted: Wanted, number: int) -> list[_Call]:
    """The calls that were made for a request."""
    files = [scene(_SCENES + number)] if wanted.kinds else []
    reply = assistant.ask(wanted.turns[-1], attachments=files, user="eval", keep=False)
    return [(step.tool, step.args) for step in reply.steps if step.tool in assistant.tools]


def _planned(assistant: Assistant, wanted: Wanted) -> list[_Call]:
    """The calls that are planned for a request."""
    talk = [
        Turn(
            role="assistant" if i % 2 else "user",
            text=text,
            attachments=() if i else wanted.kinds,
        )
        for i, text in enumerate(wanted.turns)
    ]
    try:
        plan = assistant.planner.plan(talk, assistant.tools)
    except PlannerUnavailable:
        return []
    return [(call.tool, call.args) for call in plan.calls]


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares of plug-in requests routed, and of others left alone."""

    def share(flags: Sequence[bool]) -> float:
        return round(sum(flags) / len(flags), 4) if flags else 0.0

    own = [r for r in records if r["group"] in ("plugin", "several")]
    others = [r for r in records if r["group"] not in ("plugin", "several")]
    return {
        "accuracy": share([r["right"] for r in records]),
        "routed": share([r["right"] for r in own]),
        "arguments": share([r["arguments"] for r in own if "arguments" in r]),
        "left_alone": share([r["right"] for r in others]),
        "by_group": share_by(records, lambda r: r["group"], "right"),
        "by_tool": share_by(own, lambda r: r["wanted"][0], "right"),
    }


def _written(name: str) -> list[Wanted]:
    """Lines `request => tool ; tool {arguments}` of a file; every second has a picture in view."""
    found = []
    for index, line in enumerate((FOLDER / f"{name}.txt").read_text("utf-8").splitlines()):
        text, _, plan = line.partition(" => ")
        calls, brace, args = plan.partition(" {")
        tools = tuple(calls.split(" ; "))
        group = "several" if len(tools) > 1 else "plugin" if name == "requests" else "look-alike"
        # What looks at something has it in view.
        wants = [w for w in (_wanted_kind(tool) for tool in tools) if w]
        kinds = tuple(wants[:1]) or (("picture",) if index % 2 else ())
        found.append(
            Wanted(
                group=group,
                turns=(text,),
                kinds=kinds,
                tools=tools,
                args=json.loads(f"{{{args}") if brace else {},
            )
        )
    return found


def _wanted_kind(tool: str) -> str:
    return {**find_tools(), **PLUGINS}[tool].wants


def _bank(seed: int) -> list[Wanted]:
    requests = [r for r in load_requests(HELDOUT) if r.tools[0] not in _LEFT_OUT]
    return [
        Wanted(group="bank", turns=r.turns, kinds=r.kinds, tools=r.tools, args={})
        for r in Random(seed).sample(requests, _OTHERS)
    ]


TASK = Task(
    name="plugins",
    description="requests for tools known by their examples alone, and requests for the others",
    limit=100_000,
    samples=samples,
    run=run,
    score=score,
)
