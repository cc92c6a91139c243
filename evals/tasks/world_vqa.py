"""world-vqa: questions of every family about tabletop pictures, asked through the assistant."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.questions import FAMILY_NAMES, sample_questions
from ..metrics.shares import accuracy, premise_shares, same_answer, share_by
from ..task import Sample, Task
from .world import drawn_scenes

_EACH = 4
_FALSE_PREMISES = 0.1


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Four questions a picture, families drawn evenly."""
    for index, scene, picture, rng in drawn_scenes(seed, -(-limit // _EACH)):
        asked = sample_questions(scene, rng, _EACH, FAMILY_NAMES, _FALSE_PREMISES)
        for number, question in enumerate(asked[: limit - index * _EACH]):
            yield Sample(id=f"{index}-{number}", data=(picture, question))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one picture."""
    picture, question = sample.data
    reply = assistant.ask(question.text, attachments=[picture], user="eval", keep=False)
    return {
        "question": question.text,
        "family": question.family,
        "premise": question.premise,
        "answer": question.answer,
        "given": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "checked": [claim.status for claim in reply.claims],
        "right": same_answer(reply.answer, question.answer),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all and by family, and how premises are judged."""
    return {
        **accuracy(records),
        **premise_shares(records),
        "by_family": share_by(records, lambda r: r["family"]),
        "by_premise": share_by(records, lambda r: r["premise"]),
        "by_check": share_by(records, lambda r: ",".join(r["checked"]) or "none"),
    }


TASK = Task(
    name="world-vqa",
    description="questions of every family about tabletop pictures",
    limit=1000,
    samples=samples,
    run=run,
    score=score,
)
