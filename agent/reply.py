"""What a turn gives back: the text, what each sentence rests on, and the steps that led there."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..tools.results import Evidence

Status = Literal["verified", "unverified", "contradicted"]


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


class Step(_Record):
    """What one role did.

    Attributes:
        ok: False when a tool could not do it (the reply says why).
        ms: milliseconds it took.
        model: name and weights of the model, "name@hash".
    """

    role: str
    tool: str
    args: dict[str, Any] = Field(default_factory=dict)
    ok: bool = True
    ms: float = 0.0
    model: str = ""
    note: str = ""


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
