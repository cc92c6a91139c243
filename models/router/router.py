"""The router as an object: talks with attachments in, routes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..common.loading import load_model
from ..spec import weights_folder, weights_hash
from .inputs import WHOLE, TalkBatch, encode_talks
from .model import RouterModel, Step

_CHUNK = 32


@dataclass(frozen=True, kw_only=True)
class RoutedCall:
    """One tool call.

    Attributes:
        argument: the user's words that go to the tool, "" for tools that take none.
        option: the caption's style, `short` or `long`.
        picks: attachments meant, from 1, oldest first; None is the newest.
        confidence: probability the model gives to this call, in [0, 1].
    """

    tool: str
    argument: str = ""
    option: str | None = None
    picks: tuple[int, ...] | None = None
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Route:
    """What a user's turn asks for: calls in order, or none and a reply, `smalltalk` or `scope`."""

    calls: tuple[RoutedCall, ...] = ()
    reply: str = ""
    confidence: float = 1.0

    @property
    def tools(self) -> tuple[str, ...]:
        """What is to be called, in order; a reply is spelt `reply:smalltalk`, `reply:scope`."""
        return (f"reply:{self.reply}",) if self.reply else tuple(c.tool for c in self.calls)


class Router:
    """Routes requests; batched and safe to share between threads."""

    def __init__(self, model: RouterModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "Router":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("router", path)
        model = load_model(RouterModel, folder)
        return cls(model, weights_hash(folder))

    def route(self, turns: Sequence[Sequence[str]], kinds: Sequence[Sequence[str]]) -> list[Route]:
        """Routes of N talks.

        Args:
            turns: user and assistant in turn, the last one the user's, for each talk.
            kinds: `picture`, `document` or `video` of each attachment in view, oldest first.

        Raises:
            ValueError: a talk does not start and end with the user's turn.
        """
        routes: list[Route] = []
        for first in range(0, len(turns), _CHUNK):
            some, seen = turns[first : first + _CHUNK], kinds[first : first + _CHUNK]
            batch = encode_talks(some, seen, self.model.config.longest)
            plans = self.model.decode(batch, seen)
            routes += [
                self._route(plan, batch, row, some[row], len(seen[row]))
                for row, plan in enumerate(plans)
            ]
        return routes

    def _route(
        self, plan: list[Step], batch: TalkBatch, row: int, turns: Sequence[str], views: int
    ) -> Route:
        config = self.model.config
        confidence = 1.0
        calls = []
        for step in plan:
            tool, _, option = config.acts[step.act].partition(":")
            confidence *= step.confidence
            if tool == "reply":
                return Route(reply=option, confidence=confidence)
            picks = None
            if step.pick > config.max_picks:
                picks = tuple(range(1, views + 1))
            elif 0 < step.pick < views:
                # The last attachment is the newest, which needs no number.
                picks = (step.pick,)
            argument = ""
            if tool not in config.without_argument:
                argument = turns[-1]
                if step.start != WHOLE:
                    turn, start, _ = batch.places[row][step.start]
                    argument = turns[turn][start : batch.places[row][step.end][2]]
            calls.append(
                RoutedCall(
                    tool=tool,
                    argument=argument,
                    option=option or None,
                    picks=picks,
                    confidence=step.confidence,
                )
            )
        return Route(calls=tuple(calls), confidence=confidence)
