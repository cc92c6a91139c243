"""What `Assistant.stream` yields while a turn runs."""

from dataclasses import dataclass, field
from typing import Any, Literal

from .reply import Reply, Step


@dataclass(frozen=True, kw_only=True)
class StepStarted:
    """A role has begun; the matching `StepFinished` carries the same `id`."""

    id: int
    role: str
    tool: str
    args: dict[str, Any] = field(default_factory=dict)
    type: Literal["step_started"] = "step_started"


@dataclass(frozen=True, kw_only=True)
class StepFinished:
    """A role has done its step."""

    id: int
    step: Step
    type: Literal["step_finished"] = "step_finished"


@dataclass(frozen=True, kw_only=True)
class TextDelta:
    """The next piece of the reply's text."""

    text: str
    type: Literal["text_delta"] = "text_delta"


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The turn is over; always the last event."""

    reply: Reply
    type: Literal["finished"] = "finished"


Event = StepStarted | StepFinished | TextDelta | Finished
