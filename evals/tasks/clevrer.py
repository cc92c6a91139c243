"""clevrer: descriptive questions of CLEVRER's validation file about its own clips.

    SIGHTLINE_CLEVRER=CLEVRER sightline eval clevrer --limit 200

Multiple-choice questions (explanatory, predictive, counterfactual) are not put to the assistant: it
answers questions, it does not judge given statements. Published on the descriptive ones: NS-DR
88.1, Aloe 94.0.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.adapters.clevrer import load_clip_questions
from ..metrics.shares import accuracy, same_answer, share_by
from ..task import Sample, Task
from .official import data_folder, drawn


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Descriptive questions whose clip is there, drawn by the seed."""
    folder = data_folder("SIGHTLINE_CLEVRER", "CLEVRER")
    clips = {path.name: path for path in folder.rglob("*.mp4")}
    if not clips:
        raise FileNotFoundError(f"There are no clips (*.mp4) below {folder}.")
    asked = [
        (clips[item.filename.rpartition("/")[2]], item)
        for item in load_clip_questions(folder)
        if item.kind == "descriptive" and item.answer is not None
        and item.filename.rpartition("/")[2] in clips
    ]  # fmt: skip
    return drawn(asked, seed, limit)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one clip."""
    clip, item = sample.data
    reply = assistant.ask(item.question, attachments=[clip], user="eval", keep=False)
    return {
        "question": item.question,
        "clip": clip.name,
        "type": item.question.split()[0].lower() if item.question else "",
        "answer": item.answer,
        "given": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": same_answer(reply.answer, item.answer),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all, and by the question's first word."""
    return {**accuracy(records), "by_type": share_by(records, lambda r: r["type"])}


TASK = Task(
    name="clevrer",
    description="descriptive questions of CLEVRER's own files ($SIGHTLINE_CLEVRER)",
    limit=200,
    samples=samples,
    run=run,
    score=score,
)
