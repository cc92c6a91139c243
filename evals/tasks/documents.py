"""documents: questions about generated documents of layouts that are kept out of training."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from PIL.Image import Image

from ...agent.assistant import Assistant
from ...data.documents import TEST_LAYOUTS, DocQuestion, sample_document
from ..metrics.documents import anls, similarity
from ..metrics.shares import accuracy, share, share_by
from ..task import Sample, Task

_EACH = 4


def drawn_documents(seed: int, n: int) -> Iterator[tuple[int, Image, tuple[DocQuestion, ...]]]:
    """Yield (index, picture, questions) of `n` documents of kept-out layouts."""
    for index in range(n):
        rng = np.random.default_rng((seed, index))
        document = sample_document(rng, layouts=TEST_LAYOUTS, n_questions=_EACH)
        assert document.image is not None
        yield index, document.image, document.questions


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Some questions per document."""
    made = 0
    for index, picture, questions in drawn_documents(seed, limit):
        buffer = BytesIO()
        picture.save(buffer, "PNG", compress_level=1)
        for number, question in enumerate(questions):
            if made == limit:
                return
            made += 1
            name = f"document-{seed}-{index}.png"
            yield Sample(id=f"{index}-{number}", data=((name, buffer.getvalue()), question))


def record(question: DocQuestion, given: str) -> dict[str, Any]:
    """One answered question; `right` is a similarity of 0.9 or more, or absence recognised."""
    truth = question.answer if question.found else "none"
    return {
        "question": question.text,
        "kind": question.kind,
        "key": question.key,
        "truth": truth,
        "given": given,
        "there": question.found,
        "right": similarity(given, truth) >= 0.9,
    }


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one page."""
    picture, question = sample.data
    reply = assistant.ask(question.text, attachments=[picture], user="eval", keep=False)
    given = reply.answer or reply.text
    return {
        **record(question, given),
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """ANLS of what is there, absence recognised, presence kept, and shares by kind of question."""
    there = [r for r in records if r["there"]]
    absent = [r for r in records if not r["there"]]
    return {
        **accuracy(records),
        "anls": round(anls([r["given"] for r in there], [[r["truth"]] for r in there]), 4),
        "not_there": round(share(r["given"] == "none" for r in absent), 4),
        "there_kept": round(share(r["given"] != "none" for r in there), 4),
        "absent": float(len(absent)),
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


TASK = Task(
    name="documents",
    description="questions about documents of kept-out layouts, read from their pictures",
    limit=400,
    samples=samples,
    run=run,
    score=score,
)
