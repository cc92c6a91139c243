"""world-dialog: ten rounds in one conversation; the assistant's own answers are what it goes on."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.adapters.clevr_dialog import RecordedTurn
from ...data.world.dialogs import DialogTurn, sample_dialog
from ..metrics.shares import accuracy, premise_shares, same_answer, share, share_by
from ..task import Sample, Task
from .world import drawn_scenes


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One dialogue a picture."""
    for index, scene, picture, rng in drawn_scenes(seed, limit):
        dialog = sample_dialog(scene, rng)
        yield Sample(id=f"{index}", data=(picture, dialog))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Hold one dialogue; the picture comes with the first round."""
    picture, dialog = sample.data
    turns = held(assistant, dialog.turns, files=[picture])
    return {"turns": turns, "right": all(turn["right"] for turn in turns)}


def held(
    assistant: Assistant,
    rounds: Sequence[DialogTurn | RecordedTurn],
    files: Sequence[Any] = (),
    before: Sequence[Mapping[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """A record of each round of one conversation.

    Args:
        files: come with the first round.
        before: turns of the conversation before it, in the batch layout.
    """
    session = f"dialog-{uuid.uuid4().hex}"
    turns = []
    for number, turn in enumerate(rounds, start=1):
        first = {"attachments": files, "history": before} if number == 1 else {}
        reply = assistant.ask(turn.question, user="eval", session=session, **first)
        turns.append(
            {
                "round": number,
                "question": turn.question,
                "template": turn.template,
                "premise": turn.premise,
                "answer": turn.answer,
                "given": reply.answer,
                "text": reply.text,
                "tools": [step.tool for step in reply.steps],
                "right": same_answer(reply.answer, turn.answer),
            }
        )
    return turns


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over turns, by round and kind of turn, and dialogues without a mistake."""
    turns = [turn for record in records for turn in record["turns"]]
    return {
        **accuracy(turns),
        "faultless_dialogs": round(share(r["right"] for r in records), 4),
        "turns": float(len(turns)),
        **premise_shares(turns),
        "by_round": {str(n): round(share(t["right"] for t in turns if t["round"] == n), 4)
                     for n in range(1, 11)},
        "by_template": share_by(turns, lambda t: t["template"]),
    }  # fmt: skip


TASK = Task(
    name="world-dialog",
    description="ten-round dialogues with coreference, own answers fed back",
    limit=100,
    samples=samples,
    run=run,
    score=score,
)
