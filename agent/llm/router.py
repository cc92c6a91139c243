"""The in-process planner: the router model chooses tools and points at the person's words."""

import re
import textwrap
from collections import OrderedDict
from collections.abc import Sequence
from threading import Event, Lock
from typing import Any

from ...models import spec
from ...tools.startup import loading
from ..planning import Failed, Plan, PlannedCall, Tools, Turn, checked
from .repair import repaired

_REMEMBERED = 4096
# Texts of a conversation that are read: the last turn and two exchanges before it, as long as the
# talks of the request bank. What is older distracts the router, and hardly ever matters.
_RECENT = 5
# Characters of an assistant's reply that are read: its long ones are unlike the bank's short ones.
_REPLY = 40
_NAMING = ("ground", "vqa")
_WHOLE = ("vqa", "document_qa", "video_qa")
_PRONOUN = re.compile(r"\b(it|its|them|their|they|that|those|these|ones?|others?)\b", re.IGNORECASE)


class RouterPlanner:
    """Plans with `models/router` (an encoder that points; see its card for why).

    Args:
        router: an object with `route(turns, kinds)`; None loads the shipped weights when the
            first turn comes.
    """

    def __init__(self, router: Any | None = None) -> None:
        self._router = router
        self._routes: OrderedDict[tuple[tuple[str, ...], tuple[str, ...]], Any] = OrderedDict()
        self._lock = Lock()

    @property
    def router(self) -> Any:
        """The loaded router model."""
        if self._router is None:
            with loading():
                self._router = self._router or spec("router").load(None)
        return self._router

    def plan(
        self,
        turns: Sequence[Turn],
        tools: Tools,
        *,
        cancelled: Event | None = None,
        failed: Sequence[Failed] = (),
    ) -> Plan:
        """Plan for the last turn; what failed is mended by rule."""
        if failed:
            return checked(repaired(failed, turns, tools), tools)
        return self.plan_all([turns], tools)[0]

    def plan_all(self, talks: Sequence[Sequence[Turn]], tools: Tools) -> list[Plan]:
        """Plan for the last turn of each of several conversations, in one batch."""
        keys = [
            (
                tuple(_recent(alternating(turns))),
                tuple(k for turn in turns for k in turn.attachments),
            )
            for turns in talks
        ]
        with self._lock:
            # A conversation that is handed in turn by turn is routed turn by turn, each once.
            known = {key: self._routes[key] for key in keys if key in self._routes}
        missing = list(dict.fromkeys(key for key in keys if key not in known))
        routes = self.router.route([key[0] for key in missing], [key[1] for key in missing])
        known.update(zip(missing, routes, strict=True))
        with self._lock:
            self._routes.update(known)
            while len(self._routes) > _REMEMBERED:
                self._routes.popitem(last=False)
        return [
            self._plan(known[key], turns[-1].text, len(key[1]), tools)
            for key, turns in zip(keys, talks, strict=True)
        ]

    def _plan(self, route: Any, text: str, attachments: int, tools: Tools) -> Plan:
        calls: list[PlannedCall] = []
        for routed in route.calls:
            if routed.tool not in tools:
                continue
            # What is asked of a changed picture waits for the change, and "it" for its noun.
            refers = bool(_PRONOUN.search(routed.argument or ""))
            after = tuple(
                i
                for i, made in enumerate(calls)
                if tools[made.tool].changes or (refers and made.tool in _NAMING)
            )
            for artifact in _artifacts(routed.picks, attachments):
                args = _arguments(tools, routed, text, artifact, len(route.calls) == 1)
                calls.append(PlannedCall(tool=routed.tool, args=args, after=after))
        model = f"router@{getattr(self.router, 'weights', '')}".rstrip("@")
        plan = Plan(calls=tuple(calls), reply="" if calls else route.reply or "clarify",
                    model=model)  # fmt: skip
        return checked(plan, tools)


def alternating(turns: Sequence[Turn]) -> list[str]:
    """Texts with user and assistant taking turns, the user first and last."""
    texts: list[str] = []
    for turn in turns:
        users_place = len(texts) % 2 == 0
        if (turn.role == "user") == users_place:
            texts.append(turn.text)
        elif texts:
            texts[-1] = f"{texts[-1]}\n{turn.text}"
    return texts


def _recent(texts: list[str]) -> list[str]:
    """The texts that are read; every second one from the last is the user's own."""
    texts = texts[-_RECENT:]
    return [
        text if i % 2 == 0 else textwrap.shorten(text, _REPLY, placeholder="")
        for i, text in enumerate(texts)
    ]


def _artifacts(picks: tuple[int, ...] | None, count: int) -> list[str]:
    if picks is None:
        return [""]
    return [f"a{number}" for number in picks if 1 <= number <= count] or [""]


def _arguments(tools: Tools, routed: Any, turn: str, artifact: str, alone: bool) -> dict[str, Any]:
    tool = tools[routed.tool]
    words = routed.argument or turn
    if alone and routed.tool in _WHOLE and words in turn and _PRONOUN.search(words):
        # "There is a cube; is anything behind it?": the pronoun's noun stands outside the span.
        words = turn
    fields = tool.model_fields["args_schema"].default.model_fields
    args: dict[str, Any] = {}
    if tool.argument:
        args[tool.argument] = words.strip()[:2000] or "?"
    if artifact and "artifact" in fields:
        args["artifact"] = artifact
    if routed.option and "style" in fields:
        args["style"] = routed.option
    return args
