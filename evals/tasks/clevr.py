"""clevr: questions of CLEVR's validation files, asked through the assistant.

    SIGHTLINE_CLEVR=CLEVR_v1.0 sightline eval clevr --limit 500

Published accuracy on CLEVR's test split: humans 92.6, NS-VQA 99.8 (Yi et al. 2018,
https://arxiv.org/abs/1810.02338). The shipped models were taught on pictures of our own.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.adapters.clevr import ClevrQuestion, load_questions
from ..metrics.shares import accuracy, same_answer, share_by
from ..task import Sample, Task
from .official import data_folder, drawn


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Questions of the validation split, drawn by the seed."""
    folder = data_folder("SIGHTLINE_CLEVR", "CLEVR v1.0")
    return drawn([q for q in load_questions(folder) if q.answer is not None], seed, limit)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one picture."""
    asked: ClevrQuestion = sample.data
    reply = assistant.ask(asked.question, attachments=[asked.image], user="eval", keep=False)
    return {
        "question": asked.question,
        "picture": asked.image.name,
        "type": kind_of(asked),
        "answer": asked.answer,
        "given": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": same_answer(reply.answer, asked.answer or ""),
    }


def kind_of(asked: ClevrQuestion) -> str:
    """The type of a question as papers report it: exist, count, query, or one of two to compare."""
    if asked.program is None:
        return "unknown"
    name = asked.program.function
    if name in ("equal_integer", "less_than", "greater_than"):
        return "compare numbers"
    return {"equal": "compare attributes", "query": "query"}.get(name.split("_")[0], name)


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all and by type of question."""
    return {**accuracy(records), "by_type": share_by(records, lambda r: r["type"])}


TASK = Task(
    name="clevr",
    description="questions of CLEVR's own files ($SIGHTLINE_CLEVR)",
    limit=500,
    samples=samples,
    run=run,
    score=score,
)
