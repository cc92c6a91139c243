"""Routing: does a request in free words become the right tool calls with the right arguments?

Measured on requests written by hand by people who wrote none of the training requests
(`data/requests/heldout`). A request's *sequence* is right when the same tools stand in the same
order. Its *arguments* are right when every call has the right attachments, option and words; they
are counted over the requests whose sequence is right. It is *exact* when both are right.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from ...agent.planning import Plan, Planner, Turn
from ...agent.roles.hearing_memory import offered
from ...data.requests import Request, RequestCall
from ...tools.registry import find_tools

HELDOUT = Path(__file__).parents[2] / "data" / "requests" / "heldout"
SAME_WORDS = 0.8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ARTICLES = frozenset({"a", "an", "the", "teh"})
_POLITE = frozenset({"please", "pls", "plz", "thanks", "thx", "ta", "cheers"})
_LEADING = _POLITE | {
    *("show", "tell", "give", "find", "locate", "point", "mark", "box", "highlight", "circle"),
    *("me", "us", "to", "at", "out", "can", "could", "would", "you", "u", "and", "then", "also"),
    *("now", "just", "ok", "so"),
}


class RoutedCall(Protocol):
    """What the measure needs of a call; see `models.router.RoutedCall`."""

    @property
    def tool(self) -> str: ...
    @property
    def argument(self) -> str: ...
    @property
    def option(self) -> str | None: ...
    @property
    def picks(self) -> tuple[int, ...] | None: ...


class Route(Protocol):
    """What the measure needs of a route; see `models.router.Route`."""

    @property
    def calls(self) -> Sequence[RoutedCall]: ...
    @property
    def tools(self) -> tuple[str, ...]: ...


class Routes(Protocol):
    """Anything that routes: the router, or a planner of its shape."""

    def route(
        self, turns: Sequence[Sequence[str]], kinds: Sequence[Sequence[str]]
    ) -> Sequence[Route]: ...


@dataclass(frozen=True, kw_only=True)
class _Route:
    """A plan read as a route."""

    calls: tuple[RequestCall, ...]
    reply: str

    @property
    def tools(self) -> tuple[str, ...]:
        return tuple(c.tool for c in self.calls) or (f"reply:{self.reply}",)


class PlannerRoutes:
    """A planner of the assistant, offered the tools that it is offered there."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.tools = find_tools()

    def route(self, turns: Sequence[Sequence[str]], kinds: Sequence[Sequence[str]]) -> list[Route]:
        """Routes of talks whose attachments all came with the first turn."""
        routes: list[Route] = []
        for talk, seen in zip(turns, kinds, strict=True):
            said = [
                Turn(
                    role="assistant" if i % 2 else "user",
                    text=text,
                    attachments=() if i else tuple(seen),
                )
                for i, text in enumerate(talk)
            ]
            plan = self.planner.plan(said, offered(talk[-1], self.tools))
            routes.append(self._route(plan, len(seen)))
        return routes

    def _route(self, plan: Plan, views: int) -> _Route:
        calls: list[RequestCall] = []
        for call in plan.calls:
            artifact = str(call.args.get("artifact") or "")
            number = int(artifact[1:]) if artifact[1:].isdigit() else views
            style = call.args.get("style", "normal")
            read = RequestCall(
                tool=call.tool,
                argument=str(call.args.get(self.tools[call.tool].argument, "")),
                option=None if style == "normal" else str(style),
                picks=None if number == views else (number,),
            )
            # The same call on several attachments is one call that picks them.
            if calls and _but_picks(calls[-1]) == _but_picks(read) and views > 1:
                picks = (*(calls[-1].picks or (views,)), number)
                read = replace(read, picks=tuple(sorted(set(picks))))
                calls.pop()
            calls.append(read)
        return _Route(calls=tuple(calls), reply=plan.reply)


def _but_picks(call: RequestCall) -> RequestCall:
    return replace(call, picks=None)


def content_words(text: str) -> list[str]:
    """Words in lower case without articles, punctuation, pleas and leading verbs ("show me")."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    words = [word for word in words if word not in _ARTICLES]
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    while len(words) > 1 and words[-1] in _POLITE:
        words.pop()
    return words


def word_f1(one: str, other: str) -> float:
    """F1 of the content words that two texts share, in [0, 1]."""
    a, b = content_words(one), content_words(other)
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if a or b else 1.0


def same_argument(given: str, call: RequestCall, last_turn: str) -> bool:
    """Whether the words given to a tool are the ones it should get.

    The same content words are right. Where one side is the whole turn and the other leaves out
    chatter, a word F1 of 0.8 is enough.
    """
    if content_words(given) == content_words(call.argument):
        return True
    whole = call.span is None or given.strip() == last_turn.strip()
    return whole and word_f1(given, call.argument) >= SAME_WORDS


def compare(route: Route, request: Request) -> dict[str, bool]:
    """What is right of a route: `sequence`; then `picks`, `options`, `words`, `arguments`."""
    right = {"sequence": route.tools == request.tools}
    if right["sequence"]:
        pairs = list(zip(route.calls, request.calls, strict=True))
        right["picks"] = all(given.picks == call.picks for given, call in pairs)
        right["options"] = all(given.option == call.option for given, call in pairs)
        last = request.turns[-1]
        right["words"] = all(same_argument(given.argument, call, last) for given, call in pairs)
        right["arguments"] = right["picks"] and right["options"] and right["words"]
    return right


def route_all(
    router: Routes, requests: Sequence[Request], batch_size: int = 32
) -> tuple[list[Route], float]:
    """Routes of all requests, and the milliseconds spent on each."""
    started = time.perf_counter()
    routes: list[Route] = []
    for first in range(0, len(requests), batch_size):
        some = requests[first : first + batch_size]
        routes += router.route([r.turns for r in some], [r.kinds for r in some])
    return routes, 1000 * (time.perf_counter() - started) / max(1, len(requests))


def summarize(compared: Sequence[Mapping[str, bool]]) -> dict[str, float]:
    """Shares of what is right: `sequence`, `arguments` and its parts, `exact`; and `n`."""

    def share(values: Iterable[bool]) -> float:
        known = list(values)
        return sum(known) / len(known) if known else 0.0

    figures = {"sequence": share(c["sequence"] for c in compared)}
    for name in ("arguments", "words", "picks", "options"):
        figures[name] = share(c[name] for c in compared if name in c)
    figures["exact"] = share(c.get("arguments", False) for c in compared)
    return {**figures, "n": float(len(compared))}


def by_group(
    requests: Sequence[Request],
    compared: Sequence[Mapping[str, bool]],
    group: Callable[[Request], str],
) -> dict[str, dict[str, float]]:
    """`summarize` for each group of requests, groups in order of their names."""
    members: dict[str, list[Mapping[str, bool]]] = {}
    for request, right in zip(requests, compared, strict=True):
        members.setdefault(group(request), []).append(right)
    return {name: summarize(members[name]) for name in sorted(members)}


def tool_scores(routes: Sequence[Route], requests: Sequence[Request]) -> dict[str, float]:
    """F1 of each tool or reply over all calls, wherever they stand in their plan."""
    hits: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for route, request in zip(routes, requests, strict=True):
        hits += Counter(route.tools) & Counter(request.tools)
        given.update(route.tools)
        wanted.update(request.tools)
    return {name: 2 * hits[name] / (given[name] + wanted[name]) for name in sorted(wanted)}


def evaluate(
    router: Routes, requests: Sequence[Request], batch_size: int = 32
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Figures on `requests`, and one line for each of them.

    Returns:
        Shares over all requests; the same `by_calls`, `by_turns` and `by_first_tool`; F1 of
        each tool (`tools`); `ms` for a request. Samples carry the request, what was wanted,
        what was given and what of it is right.
    """
    routes, ms = route_all(router, requests, batch_size)
    compared = [compare(route, request) for route, request in zip(routes, requests, strict=True)]
    figures: dict[str, Any] = dict(summarize(compared))
    figures["by_calls"] = by_group(requests, compared, lambda r: str(len(r.calls)))
    figures["by_turns"] = by_group(requests, compared, lambda r: str((len(r.turns) + 1) // 2))
    figures["by_first_tool"] = by_group(requests, compared, lambda r: r.tools[0])
    figures["tools"] = tool_scores(routes, requests)
    figures["ms"] = ms
    samples = [
        {
            "source": request.source,
            "kinds": list(request.kinds),
            "turns": list(request.turns),
            "wanted": spell(request),
            "given": spell(route),
            **right,
        }
        for request, route, right in zip(requests, routes, compared, strict=True)
    ]
    return figures, samples


def spell(plan: Request | Route) -> str:
    """A plan on one line: `ground(red cube) ; caption:short@1`."""
    if not plan.calls:
        return " ; ".join(plan.tools)
    return " ; ".join(
        call.tool
        + (f":{call.option}" if call.option else "")
        + (f"@{','.join(map(str, call.picks))}" if call.picks else "")
        + (f"({call.argument})" if call.argument else "")
        for call in plan.calls
    )
