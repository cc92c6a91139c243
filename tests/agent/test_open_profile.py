"""A photograph in a chat with a published checkpoint: told by it, not verified, not declined."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from PIL import Image
from sightline import Assistant
from sightline.agent.planning import Plan, PlannedCall
from sightline.data.world.video.drawing import write_mp4
from sightline.models.tasks import Answer, Box, Caption, Clip, ClipAnswer

from .conftest import FakePlanner, picture


class Published:
    """Stands in for a checkpoint: says the same of every picture and clip."""

    name, weights = "published", "abc"

    def caption(self, images: Sequence[Image.Image], style: str = "normal") -> list[Caption]:
        return [Caption(text="A dog on the grass.", confidence=0.8, style=style) for _ in images]

    def answer(self, images: Any, questions: Any, history: Any = None) -> list[Answer]:
        return [Answer(text="brown", confidence=0.7)]

    def ground(self, images: Any, phrases: Any, history: Any = None) -> list[list[Box]]:
        return [[Box(xyxy=(1, 2, 30, 40), confidence=0.6, label=phrases[0])]]

    def answer_clips(self, clips: Sequence[Clip], questions: Sequence[str]) -> list[ClipAnswer]:
        return [ClipAnswer(text="two", sentence="Two dogs.", confidence=0.6)]

    def edit(self, images: Sequence[Image.Image], instructions: Any) -> list[Image.Image]:
        return [Image.new("RGB", image.size, "blue") for image in images]


def open_assistant(make: Any) -> Assistant:
    one = Published()
    roles = ("caption", "vqa", "ground", "video_qa")
    return make({f"others.{role}": one for role in roles})


def test_a_photograph_is_described_by_it(make: Any) -> None:
    photo = picture("green")  # what `FakeDomain` calls other
    assistant = open_assistant(make)
    reply = assistant.ask("describe this", [photo])
    assert reply.text == "A dog on the grass." and not reply.abstained
    assert [claim.status for claim in reply.claims] == ["unverified"]
    assert "published@abc" in [step.model for step in reply.steps]
    reply = assistant.ask("what colour is the dog?", [photo])
    assert reply.answer == "brown" and not reply.abstained
    assert {claim.status for claim in reply.claims} == {"unverified"}
    reply = assistant.ask("show me the dog", [photo])
    assert [(b.x0, b.y1) for b in reply.evidence if b.type == "box"] == [(1, 40)]
    assert {claim.status for claim in reply.claims} == {"unverified"}


def test_a_tabletop_picture_is_still_read_exactly(make: Any) -> None:
    reply = open_assistant(make).ask("how many cubes?", [picture()])
    assert reply.answer == "2" and [claim.status for claim in reply.claims] == ["verified"]
    assert "published@abc" not in [step.model for step in reply.steps]


def test_a_photograph_is_edited_by_it(make: Any) -> None:
    said = Operation(kind="recolour", words={"thing": "the dog", "value": "blue"})
    models = {"others.edit": Published(), "parts.instruction": said}
    assistant = make(models)
    reply = assistant.ask("paint the dog blue", [picture("green")])
    (made,) = reply.made
    assert assistant.store().image(made).getpixel((5, 5)) == (0, 0, 255)
    assert "I can't check it" in reply.text and not reply.abstained


class Operation:
    """Hears the same instruction in everything."""

    def __init__(self, kind: str, words: dict[str, str]) -> None:
        self.heard = SimpleNamespace(kind=kind, words=words, confidence=1.0)

    def parse(self, texts: Sequence[str]) -> list[SimpleNamespace]:
        return [self.heard for _ in texts]


def test_what_no_checkpoint_serves_is_declined(make: Any) -> None:
    assistant = make({"others.caption": Published()})
    assert assistant.ask("what colour is the dog?", [picture("green")]).abstained
    assert not assistant.ask("describe this", [picture("green")]).abstained


def test_a_clip_of_anything_is_answered(make: Any, tmp_path: Path) -> None:
    rows = np.zeros((10, 48, 64, 3), np.uint8)
    rows[..., 1] = 128
    write_mp4(rows, tmp_path / "a.mp4")
    planner = FakePlanner()
    call = PlannedCall(tool="video_qa", args={"question": "how many dogs?"})
    planner.script["how many dogs?"] = Plan(calls=(call,), model="fake")
    models = {"others.video_qa": Published(), "senses.domain": Other()}
    reply = make(models, planner=planner).ask("how many dogs?", [tmp_path / "a.mp4"])
    assert reply.text == "Two dogs." and reply.answer == "two"
    (span,) = reply.evidence
    assert span.type == "span" and (span.start, span.label) == (0, "the whole clip")


class Other:
    """Calls everything other."""

    def classify(self, images: Sequence[Image.Image]) -> list[Any]:
        return [SimpleNamespace(kind="other", confidence=0.9) for _ in images]
