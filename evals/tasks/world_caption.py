"""world-caption: descriptions in three lengths, every stated fact held against the scene."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.captions import check_caption
from ..metrics.shares import share
from ..task import Sample, Task
from .world import drawn_scenes

REQUESTS = {
    "short": ("Describe this picture in one short sentence.", "A one-line caption, please."),
    "normal": ("What is in this picture?", "Describe the picture."),
    "long": (
        "Describe this picture in detail, every object.",
        "Give me a long, detailed description of everything you see.",
    ),
}


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """The three styles in turn, half of them the long one."""
    styles = ("long", "short", "long", "normal")
    for index, scene, picture, rng in drawn_scenes(seed, limit):
        style = styles[index % len(styles)]
        data = (picture, scene, style, rng.choice(REQUESTS[style]))
        yield Sample(id=f"{index}", data=data)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask for one description and read it back."""
    picture, scene, style, request = sample.data
    reply = assistant.ask(request, attachments=[picture], user="eval", keep=False)
    check = check_caption(reply.text, scene)
    return {
        "request": request,
        "style": style,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "facts": check.facts,
        "true_facts": check.true_facts,
        "untrue": [f"{fact.kind}: {fact.sentence}" for fact in check.stated if not fact.true],
        "objects": check.objects,
        "covered": check.objects_covered,
        "right": check.facts > 0 and check.true_facts == check.facts,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares of true facts and of objects covered; `accuracy` counts faultless captions."""
    long = [r for r in records if r["style"] == "long"]
    return {
        "accuracy": round(share(r["right"] for r in records), 4),
        "facts_true": _ratio(records, "true_facts", "facts"),
        "objects_covered": _ratio(long, "covered", "objects"),
        "facts_true_by_style": {
            style: _ratio([r for r in records if r["style"] == style], "true_facts", "facts")
            for style in REQUESTS
        },
        "facts_per_caption": round(share(r["facts"] for r in records), 2),
    }


def _ratio(records: Sequence[dict[str, Any]], part: str, whole: str) -> float:
    total = sum(r[whole] for r in records)
    return round(sum(r[part] for r in records) / total, 4) if total else 0.0


TASK = Task(
    name="world-caption",
    description="stated facts that are true, objects that the long style covers",
    limit=300,
    samples=samples,
    run=run,
    score=score,
)
