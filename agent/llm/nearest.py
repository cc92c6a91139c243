"""Nearest example requests: what stands in a served planner's prompt.

Every tool brings example requests; the sentence encoder finds those closest to what was said.
"""

import threading
from dataclasses import dataclass

import numpy as np

from ..language import embed
from ..planning import Tools


@dataclass(frozen=True, kw_only=True)
class Example:
    """A request in people's words, and the tool it needs ("" for small talk)."""

    text: str
    tool: str


# Without a tool: what a planner must learn not to call one for.
_NO_TOOL = ("hi there!", "thanks a lot", "who are you?", "what can you do?", "good bye")


class Examples:
    """The tools' examples, searchable by meaning; embedded once per set of tools."""

    def __init__(self) -> None:
        self._key: tuple[str, ...] = ()
        self._examples: list[Example] = []
        self._vectors = np.zeros((0, 1), dtype=np.float32)
        self._lock = threading.Lock()

    def nearest(self, text: str, tools: Tools, count: int = 8) -> list[Example]:
        """The `count` examples closest in meaning to `text`, closest first."""
        with self._lock:
            self._refresh(tools)
            query = embed([text])[0]
            order = np.argsort(-(self._vectors @ query))[:count]
            return [self._examples[i] for i in order]

    def _refresh(self, tools: Tools) -> None:
        key = tuple(sorted(tools))
        if key == self._key:
            return
        self._examples = [Example(text=t, tool=n) for n in key for t in tools[n].examples]
        self._examples += [Example(text=text, tool="") for text in _NO_TOOL]
        self._vectors = embed([e.text for e in self._examples])
        self._key = key
