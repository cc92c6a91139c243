"""photos: pictures that no embedded model knows must not be answered, tabletop pictures must.

The photographs are any folder of pictures, $SIGHTLINE_PHOTOS or ../shared/data/photos/images.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.questions import sample_questions
from ..metrics.shares import share
from ..task import Sample, Task
from .world import drawn_scenes

REQUESTS = (
    "What is in this picture?",
    "How many people are there?",
    "What colour is the dog?",
    "Describe this photo in detail.",
    "Where is the ball?",
    "Is there a man in a red shirt?",
    "What is the total?",
    "How many red things are there?",
)
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "photos" / "images"


def photo_folder() -> Path:
    """Where the photographs are.

    Raises:
        FileNotFoundError: there are none.
    """
    folder = Path(os.environ.get("SIGHTLINE_PHOTOS", _SHARED))
    if not any(folder.glob("*.jpg")):
        raise FileNotFoundError(
            f"There are no .jpg photographs in {folder}; set SIGHTLINE_PHOTOS to a folder of some."
        )
    return folder


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Half photographs, half tabletop pictures."""
    rng = Random(seed)
    # Every fifth, which the training of the domain gate leaves out.
    files = sorted(photo_folder().glob("*.jpg"))[4::5]
    for path in rng.sample(files, min(limit // 2, len(files))):
        data = (str(path), rng.choice(REQUESTS), True)
        yield Sample(id=path.stem, data=data)
    for index, scene, picture, own in drawn_scenes(seed, limit - limit // 2):
        question = sample_questions(scene, own, 1)[0]
        yield Sample(id=f"tabletop-{index}", data=(picture, question.text, False))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one ordinary question; right when it abstains from photographs alone."""
    picture, request, strange = sample.data
    reply = assistant.ask(request, attachments=[picture], user="eval", keep=False)
    return {
        "request": request,
        "photo": strange,
        "abstained": reply.abstained,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": reply.abstained == strange,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares that abstain, of each kind."""
    photos = [r for r in records if r["photo"]]
    known = [r for r in records if not r["photo"]]
    return {
        "accuracy": round(share(r["right"] for r in records), 4),
        "photos_abstain": round(share(r["abstained"] for r in photos), 4),
        "tabletop_answered": round(share(not r["abstained"] for r in known), 4),
        "photos": float(len(photos)),
    }


TASK = Task(
    name="photos",
    description="abstains from photographs, answers tabletop pictures",
    limit=600,
    samples=samples,
    run=run,
    score=score,
)
