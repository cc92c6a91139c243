"""What a turn gives back: the text, what each sentence rests on, and the steps that led there."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..tools.results import Evidence, ToolResult

Status = Literal["verified", "unverified", "contradicted"]
_LONGEST = 300
_PIECES = 4


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Claim(_Record):
    """One sentence, what it rests on, and whether another route came to the same.

    Attributes:
        status: `verified` when another route agrees, `contradicted` when it does not after a
            second look, `unverified` when there was no other route.
    """

    text: str
    evidence: list[Evidence] = Field(default_factory=list)
    status: Status = "unverified"


class Gave(_Record):
    """What a tool gave, cut short: the reply tells it in full.

    Attributes:
        text: its first 300 characters.
        answer: the short answer, cut likewise.
        evidence: the first 4 pieces of what it rests on, of `pieces`.
        artifacts: ids of the first 4 files it found or made.
    """

    text: str = ""
    answer: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    pieces: int = 0
    artifacts: list[str] = Field(default_factory=list)
    confidence: float = 1.0


class Step(_Record):
    """What one role did.

    Attributes:
        ok: False when a tool could not do it (the reply says why).
        began: milliseconds after the turn's beginning.
        ms: milliseconds it took.
        model: name and weights of the model, "name@hash".
        gave: what came of it, where it is a tool's call that could be done, or a check that came
            to something else.
    """

    role: str
    tool: str
    args: dict[str, Any] = Field(default_factory=dict)
    ok: bool = True
    began: float = 0.0
    ms: float = 0.0
    model: str = ""
    note: str = ""
    gave: Gave | None = None


def gave(result: ToolResult) -> Gave:
    """What a step keeps of a tool's result."""
    return Gave(
        text=shortened(result.text),
        answer=None if result.answer is None else shortened(result.answer),
        evidence=list(result.evidence[:_PIECES]),
        pieces=len(result.evidence),
        artifacts=list(result.artifacts[:_PIECES]),
        confidence=round(result.confidence, 3),
    )


def shortened(text: str) -> str:
    """`text`, or its beginning and an ellipsis: at most 300 characters."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class Reply(_Record):
    """The assistant's reply to one turn; JSON-able with `model_dump_json`.

    Attributes:
        text: what the person reads.
        answer: the short answer where the question has one (`yes`, `3`, `red`, a date; `none`
            for a false premise or what a document lacks), else None.
        claims: the sentences of `text` that say something about what was sent.
        evidence: everything the claims rest on, in order.
        artifacts: ids of the files the turn looked at or made.
        made: ids of the files the turn made, or gave back; they are in view from now on.
        steps: what each role did, in order.
        abstained: nothing was answered because the models do not know such input.
        session: id of the conversation; pass it on to continue.
        notices: what a person should know beside the answer (a page limit, a planner away).
    """

    text: str
    answer: str | None = None
    claims: list[Claim] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    artifacts: list[str] = Field(default_factory=list)
    made: list[str] = Field(default_factory=list)
    steps: list[Step] = Field(default_factory=list)
    abstained: bool = False
    session: str = ""
    notices: list[str] = Field(default_factory=list)
