"""world-ground: "where is the red block behind the ball?" through the assistant, boxes compared."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...agent.planning import PlannedCall
from ...agent.reply import Gave
from ...data.world.refexps import sample_refexps
from ...tools.results import Box
from ..attribution import Truth, failure
from ..metrics.boxes import all_matched, matched
from ..metrics.shares import accuracy, share, share_by
from ..task import Sample, Task
from .world import drawn_scenes

_EACH = 2
_LEAST_IOU = 0.5


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Two expressions a picture, as people ask for them."""
    for index, scene, picture, rng in drawn_scenes(seed, -(-limit // _EACH)):
        for number, item in enumerate(sample_refexps(scene, rng, _EACH)[: limit - index * _EACH]):
            yield Sample(id=f"{index}-{number}", data=(picture, item, scene))


def truth(sample: Sample) -> Truth:
    """The phrase is put to the grounder as it stands in the request."""
    _, item, scene = sample.data

    def holds(gave: Gave) -> bool:
        # A step keeps the first few boxes of all that there were.
        kept = [(e.x0, e.y0, e.x1, e.y1) for e in gave.evidence if isinstance(e, Box)]
        return gave.pieces == len(item.boxes) and matched(kept, item.boxes) == len(kept)

    call = PlannedCall(tool="ground", args={"phrase": item.text})
    return Truth(calls=(call,), scene=scene, holds=holds)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask for one expression; right when the boxes and no others are shown."""
    picture, item, _ = sample.data
    reply = assistant.ask(item.request, attachments=[picture], user="eval", keep=False)
    boxes = list(
        dict.fromkeys((e.x0, e.y0, e.x1, e.y1) for e in reply.evidence if isinstance(e, Box))
    )
    right = all_matched(boxes, item.boxes, _LEAST_IOU)
    return {
        "request": item.request,
        "kind": item.kind,
        "boxes": item.boxes,
        "given": boxes,
        "answer": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "failure": failure(reply, truth(sample), right),
        "right": right,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over expressions that mean something; those that mean nothing apart."""
    there = [r for r in records if r["kind"] != "absent"]
    absent = [r for r in records if r["kind"] == "absent"]
    return {
        **accuracy(there),
        "absent_recognised": round(share(r["right"] for r in absent), 4),
        "absent": float(len(absent)),
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


TASK = Task(
    name="world-ground",
    description="boxes of what people ask to be shown, IoU 0.5 or more",
    limit=500,
    samples=samples,
    run=run,
    score=score,
    truth=truth,
)
