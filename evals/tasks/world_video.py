"""world-video: questions of every type about clips of the tabletop, asked through the assistant.

Clips are written as MP4 files and sent as people send them. Published figures on CLEVRER (other
data): NS-DR 88.1 descriptive, 79.6 explanatory, 68.7 predictive, 42.2 counterfactual; Aloe 94.0,
96.0, 87.5, 75.6.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.video.clip import sample_clips
from ...data.world.video.drawing import draw_clip, write_mp4
from ...data.world.video.questions import VideoQuestion, same_answer, sample_questions
from ...data.world.video.story import MOMENT
from ...tools.results import Span
from ..metrics.shares import accuracy, premise_shares, share_by
from ..task import Sample, Task

_EACH = 10
_OVERLAP = 0.5


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Ten questions a clip, the five types in turn."""
    for index in range(-(-limit // _EACH)):
        clip = sample_clips(seed, 1, index)[0]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / clip.filename
            write_mp4(draw_clip(clip), path)
            sent = (clip.filename, path.read_bytes())
        asked = sample_questions(clip, Random(f"{seed}/{index}"), _EACH)
        for number, question in enumerate(asked[: limit - index * _EACH]):
            spans = [] if question.group in ("predictive", "counterfactual") else moments(
                question, clip.seconds
            )  # fmt: skip
            yield Sample(id=f"{index}-{number}", data=(sent, question, spans))


def moments(question: VideoQuestion, seconds: float) -> list[tuple[float, float]]:
    """Start and end of what the answer rests on."""
    return [
        (max(0.0, event.time - MOMENT), min(seconds, event.time + MOMENT))
        for event in question.outcome.events
        if event.time <= seconds
    ]


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one clip."""
    sent, question, spans = sample.data
    reply = assistant.ask(question.text, attachments=[sent], user="eval", keep=False)
    given = [(e.start, e.end) for e in reply.evidence if isinstance(e, Span)]
    found = [max((overlap(span, other) for other in given), default=0.0) for span in spans]
    return {
        "question": question.text,
        "type": question.group,
        "family": question.family,
        "premise": question.premise,
        "answer": question.answer,
        "given": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "checked": [claim.status for claim in reply.claims],
        "spans": [round(value, 3) for value in found],
        "right": same_answer(reply.answer, question.answer),
    }


def overlap(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Intersection over union of two spans, in [0, 1]."""
    shared = max(0.0, min(first[1], second[1]) - max(first[0], second[0]))
    whole = max(first[1], second[1]) - min(first[0], second[0])
    return shared / whole if whole > 0 else 0.0


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all, by type and by family, and how many true spans are found."""
    spans = [value for record in records for value in record["spans"]]
    return {
        **accuracy(records),
        **premise_shares(records),
        "span_iou_half": sum(v >= _OVERLAP for v in spans) / len(spans) if spans else 0.0,
        "by_type": share_by(records, lambda r: r["type"]),
        "by_family": share_by(records, lambda r: r["family"]),
        "by_check": share_by(records, lambda r: ",".join(r["checked"]) or "none"),
    }


TASK = Task(
    name="world-video",
    description="questions of every type about clips of the tabletop",
    limit=500,
    samples=samples,
    run=run,
    score=score,
)
