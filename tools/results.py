"""What tools return: evidence types, artifacts and `ToolResult`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Frozen):
    """A rectangle on a picture: pixels of the picture as displayed (EXIF applied)."""

    type: Literal["box"] = "box"
    artifact: str
    x0: float
    y0: float
    x1: float
    y1: float
    label: str = ""


class Region(_Frozen):
    """A rectangle on a page (from 1) of a document, in pixels of the page as rendered."""

    type: Literal["region"] = "region"
    artifact: str
    page: int = Field(ge=1)
    x0: float
    y0: float
    x1: float
    y1: float
    label: str = ""


class Span(_Frozen):
    """A stretch of a clip, in seconds."""

    type: Literal["span"] = "span"
    artifact: str
    start: float
    end: float
    label: str = ""


class Edge(_Frozen):
    """A relation between two things of a picture."""

    type: Literal["edge"] = "edge"
    artifact: str
    subject: str
    predicate: str
    object: str


class Memory(_Frozen):
    """Something remembered from an earlier turn or session."""

    type: Literal["memory"] = "memory"
    id: str
    label: str = ""


Evidence = Annotated[Box | Region | Span | Edge | Memory, Field(discriminator="type")]


class ModelRef(_Frozen):
    """Which model answered: its name and the first 12 digits of its weights' SHA-256."""

    name: str
    weights: str = ""


class ToolResult(_Frozen):
    """What one tool call gives back.

    Attributes:
        text: what the planner and the person read.
        answer: the short answer where there is one (`yes`, `3`, `red`, a date; `none` for a
            false premise or what a document lacks), else None.
        evidence: what the text rests on.
        artifacts: ids of files the call made.
        confidence: in [0, 1].
        abstained: the model does not know this kind of input.
        program: the functional program behind an answer, if there is one (its flat tokens).
        premise: `holds`, `absent`, `ambiguous` or `dialogue`, as in `models.tasks.Answer`.
        detail: model-specific facts worth keeping, JSON-able.
    """

    text: str
    answer: str | None = None
    evidence: tuple[Evidence, ...] = ()
    artifacts: tuple[str, ...] = ()
    model: ModelRef = ModelRef(name="none")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    abstained: bool = False
    program: tuple[str, ...] = ()
    premise: str = "holds"
    detail: dict[str, Any] = Field(default_factory=dict)


class ToolError(Exception):
    """A problem the planner and the person may see and mend; one clear sentence."""
