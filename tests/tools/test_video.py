"""Clips that people send: decoded in a child, told from other files, watched or declined."""

import itertools
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import av
import numpy as np
import pytest
from PIL import Image
from sightline.data.world.video.drawing import write_mp4
from sightline.models.program_parser.model import Parsed
from sightline.models.tasks import ClipReading, Course
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.clips import is_clip
from sightline.tools.limits import Limits
from sightline.tools.pictures import InputError
from sightline.tools.results import Span, ToolError
from sightline.tools.toolbox import Toolbox
from sightline.tools.video_qa import VideoTool
from sightline.tools.watching import WatchAndExecute


def frames(n: int, width: int = 64, height: int = 48) -> np.ndarray:
    rows = np.zeros((n, height, width, 3), np.uint8)
    rows[:] = np.linspace(10, 240, n).astype(np.uint8)[:, None, None, None]
    return rows


def mp4(path: Path, n: int = 25, rate: int = 12) -> Path:
    write_mp4(frames(n), path, rate)
    return path


def webm(path: Path) -> Path:
    with av.open(str(path), "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for picture in frames(20):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        file.mux(stream.encode())
    return path


def gif(path: Path) -> Path:
    first, *rest = [Image.fromarray(picture) for picture in frames(8)]
    first.save(path, save_all=True, append_images=rest, duration=100, loop=0)
    return path


def test_an_mp4_is_stored_with_its_facts(tmp_path: Path):
    clip = ArtifactStore(tmp_path / "s", "me").add(mp4(tmp_path / "a.mp4"))
    assert (clip.kind, clip.width, clip.height) == ("video", 64, 48)
    assert (clip.frames, clip.pages) == (25, 25)
    assert clip.fps == pytest.approx(12, rel=0.01)
    assert clip.seconds == pytest.approx(25 / 12, rel=0.01)
    assert clip.span == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(("make", "name"), [(webm, "a.webm"), (gif, "a.gif")])
def test_other_clips_decode_too(make: Any, name: str, tmp_path: Path):
    store = ArtifactStore(tmp_path / "s", "me")
    clip = store.add(make(tmp_path / name))
    assert clip.kind == "video" and clip.pages >= 8
    light = [np.asarray(page).mean() for page in store.pages(clip.id)]
    assert all(a < b + 3 for a, b in itertools.pairwise(light)) and light[-1] > light[0] + 100


def test_a_gif_that_stands_still_is_a_picture(tmp_path: Path):
    path = tmp_path / "still.gif"
    Image.new("RGB", (20, 20), "red").save(path)
    assert not is_clip(path.read_bytes())
    assert ArtifactStore(tmp_path / "s", "me").add(path).kind == "picture"


def test_frames_are_sampled_evenly_and_capped(tmp_path: Path):
    limits = Limits(clip_frames=9)
    store = ArtifactStore(tmp_path / "s", "me", limits)
    clip = store.add(mp4(tmp_path / "a.mp4", n=49))
    assert clip.pages == 9 and clip.frames == 49
    light = [np.asarray(page).mean() for page in store.pages(clip.id)]
    steps = np.diff(light)
    assert np.abs(steps - steps.mean()).max() < 6


@pytest.mark.parametrize(
    ("change", "says"),
    [({"clip_seconds": 1.0}, "long; I take clips of up to 1 s"), ({"pixels": 1000}, "megapixels"),
     ({"clip_bytes": 100}, "I take clips"), ({"render_seconds": 0.01}, "too long to decode")],
)  # fmt: skip
def test_limits_are_refusals_of_one_sentence(change: dict[str, Any], says: str, tmp_path: Path):
    data = mp4(tmp_path / "a.mp4").read_bytes()
    with pytest.raises(InputError, match=says) as refused:
        ArtifactStore(tmp_path / "s", "me", Limits(**change)).add(("a.mp4", data))
    assert str(refused.value).count(". ") == 0


@pytest.mark.parametrize("keep", [60, 300])
def test_a_damaged_clip_is_refused(keep: int, tmp_path: Path):
    data = mp4(tmp_path / "a.mp4").read_bytes()
    with pytest.raises(InputError, match=r"a\.mp4"):
        ArtifactStore(tmp_path / "s", "me").add(("a.mp4", data[:keep]))


class FakeDomain:
    name, weights = "domain", "d"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def classify(self, images: list[Image.Image]) -> list[Any]:
        return [SimpleNamespace(kind=self.kind, confidence=0.9) for _ in images]


class FakeReader:
    """A clip in which a red ball comes in and meets a blue cube, which then starts to move."""

    weights = "r"
    reads = 0

    def read(self, frames: Sequence[Image.Image], seconds: float) -> ClipReading:
        self.reads += 1
        inside, moving = np.ones((2, 25), bool), np.zeros((2, 25), bool)
        inside[0, :4] = False
        moving[0, 4:] = moving[1, 12:] = True
        names = ("size", "color", "material", "shape")
        things = (("small", "red", "metal", "sphere"), ("large", "blue", "rubber", "cube"))
        course = Course(touches=((1.0, 0, 1),), moving=moving, inside=inside, rate=12.0)
        return ClipReading(
            attributes=tuple(dict(zip(names, thing, strict=True)) for thing in things),
            confidences=tuple(dict.fromkeys(names, 0.9) for _ in things),
            course=course, point=np.full((2, 25, 2), 0.3), near=((1.05, 0, 1),),
            confidence=0.9, seconds=seconds,
        )  # fmt: skip

    def ahead(self, reading: ClipReading) -> Course:
        flags = np.ones((2, 3), bool)
        return Course(touches=(), moving=flags, inside=flags, rate=12.0, offset=2.0)

    def without(self, reading: ClipReading, index: int) -> Course:
        flags = np.zeros((2, 25), bool)
        return Course(touches=(), moving=flags, inside=~flags, rate=12.0)


HITS = "happen[collision]"
PROGRAMS = {
    "what hits the cube?": f"describe partner {HITS} clip unique filter_shape[cube] objects",
    "how many collisions?": f"count_events {HITS} clip",
    "without the ball?": f"count_events {HITS} without unique filter_shape[sphere] objects",
    "the can?": "query_color unique filter_shape[cylinder] objects",
    "describe": "tell happen[any] clip",
}


class FakeWords:
    weights = "w"

    def parse(self, texts: list[str], earlier: Any = None) -> list[Parsed]:
        return [Parsed(tuple(PROGRAMS[text].split()), 0.9) for text in texts]


def tool(tmp_path: Path, kind: str = "tabletop") -> tuple[VideoTool, FakeReader]:
    store = ArtifactStore(tmp_path / "s", "me")
    clip = store.add(mp4(tmp_path / "a.mp4"))
    reader = FakeReader()
    models = {
        "senses.domain": FakeDomain(kind),
        "tools.video_qa": WatchAndExecute(cast(Any, FakeWords()), reader),
    }
    context = ToolContext(
        user="me", store=store, toolbox=Toolbox(models=models), attachments=(clip,)
    )
    return VideoTool.given(context), reader


def test_answers_carry_the_moments_they_rest_on(tmp_path: Path):
    watch, reader = tool(tmp_path)
    told = watch.use(question="what hits the cube?")
    assert told.answer == "small red metal sphere" and told.text == "The sphere."
    (span,) = told.evidence
    assert isinstance(span, Span) and span.start <= 1.0 <= span.end
    assert told.detail["other"] == told.answer
    assert watch.use(question="how many collisions?").answer == "1"
    assert reader.reads == 1


def test_what_would_be_comes_from_another_course(tmp_path: Path):
    told = tool(tmp_path)[0].use(question="without the ball?")
    assert told.answer == "0" and told.detail["world"] == "without" and not told.detail["other"]


def test_a_description_tells_events_in_order(tmp_path: Path):
    text = tool(tmp_path)[0].use(question="describe").text
    assert text.index("comes in") < text.index("collide")


def test_what_is_not_there_is_said(tmp_path: Path):
    told = tool(tmp_path)[0].use(question="the can?")
    assert (told.answer, told.premise) == ("none", "absent")
    assert told.text == "I see no cylinder in this clip."


def test_a_clip_of_another_world_is_declined_with_true_facts(tmp_path: Path):
    watch, reader = tool(tmp_path, kind="other")
    told = watch.use(question="describe")
    assert told.abstained and not reader.reads
    assert "2.1 s long, 64 x 48 pixels, 25 frames at 12 a second" in told.text


def test_things_of_another_world_are_not_there(tmp_path: Path):
    told = tool(tmp_path)[0].use(question="how many cats come in?")
    assert (told.answer, told.premise) == ("none", "absent") and "cats" in told.text


def test_a_picture_is_no_clip(tmp_path: Path):
    store = ArtifactStore(tmp_path / "s", "me")
    picture = store.add(("a.png", _png()))
    context = ToolContext(
        user="me", store=store, toolbox=Toolbox(models={}), attachments=(picture,)
    )
    with pytest.raises(ToolError, match="no clip"):
        VideoTool.given(context).use(question="describe")


def _png() -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    Image.new("RGB", (20, 20)).save(buffer, "PNG")
    return buffer.getvalue()
