"""clevr-ref: referring expressions of CLEVR-Ref+'s validation files, boxes compared.

    SIGHTLINE_CLEVR_REF=clevr_ref+_1.0 sightline eval clevr-ref --limit 500

Expressions that mean several objects want a box for each of them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.adapters.clevr_ref import ReferringExpression, load_refexps
from ...tools.results import Box
from ..metrics.boxes import all_matched
from ..metrics.shares import accuracy, share_by
from ..task import Sample, Task
from .official import data_folder, drawn


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Expressions of the validation split, drawn by the seed."""
    return drawn(load_refexps(data_folder("SIGHTLINE_CLEVR_REF", "CLEVR-Ref+")), seed, limit)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask to be shown one expression; right with a box at IoU 0.5 for each object, and no other."""
    item: ReferringExpression = sample.data
    request = item.request or f"show me {item.text[:1].lower()}{item.text[1:]}"
    reply = assistant.ask(request, attachments=[item.image], user="eval", keep=False)
    boxes = [(e.x0, e.y0, e.x1, e.y1) for e in reply.evidence if isinstance(e, Box)]
    given = list(dict.fromkeys(boxes))
    return {
        "request": request,
        "picture": item.image.name,
        "objects": len(item.boxes),
        "boxes": item.boxes,
        "given": given,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": all_matched(given, item.boxes),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all, and by how many objects are meant."""
    return {**accuracy(records), "by_objects": share_by(records, lambda r: r["objects"])}


TASK = Task(
    name="clevr-ref",
    description="referring expressions of CLEVR-Ref+'s own files ($SIGHTLINE_CLEVR_REF)",
    limit=500,
    samples=samples,
    run=run,
    score=score,
)
