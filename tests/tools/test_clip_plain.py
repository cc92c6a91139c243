"""What is plain of any clip: its facts, that nobody listens, stills; and what must be watched."""

import numpy as np
import pytest
from sightline.data.world.video.drawing import write_mp4
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.clip_plain import DEAF, FIXED, is_plain, told_plainly
from sightline.tools.results import ToolError


@pytest.fixture(scope="module", name="shown")
def _shown(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("clips")
    store = ArtifactStore(folder / "store", "me")
    frames = np.repeat(np.arange(0, 240, 10, dtype=np.uint8), 48 * 64 * 3).reshape(24, 48, 64, 3)
    write_mp4(frames, folder / "run.mp4", 12)
    return store, store.add(folder / "run.mp4")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how long does it last", "2.0"),
        ("duration?", "2.0"),
        ("how many frames per second", "12"),
        ("how long is it and how many frames", "2.0, 24"),
        ("and what's the resolution", "64 x 48"),
    ],
)
def test_facts(shown, question: str, answer: str) -> None:
    store, clip = shown
    told = told_plainly(question, clip, store)
    assert told is not None and told.answer == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what music is playing in it?", DEAF),
        ("and can you hear anything?", DEAF),
        ("who is speaking in the video?", DEAF),
        ("make it black and white", FIXED),
        ("please rotate this clip", FIXED),
    ],
)
def test_what_is_not_done(shown, question: str, text: str) -> None:
    store, clip = shown
    told = told_plainly(question, clip, store)
    assert told is not None and told.text == text and told.answer is None


def test_a_still_is_the_frame_of_that_moment(shown) -> None:
    store, clip = shown
    told = told_plainly("take a still at 1 second", clip, store)
    assert told is not None and told.made
    assert abs(float(np.asarray(store.image(told.made)).mean()) - 120) < 15
    with pytest.raises(ToolError, match="only 2"):
        told_plainly("give me a screenshot at 9 s", clip, store)


@pytest.mark.parametrize(
    "question",
    [
        "how long does the ball move?",
        "what happens first?",
        "I've heard that you are good: which ball moves?",
        "I should like to hear how many colours there are",
        "sounds like fun, what hits the cube?",
        "when does the cube come in?",
        "what bangs into the yellow cube?",
    ],
)
def test_the_rest_is_watched(question: str) -> None:
    assert not is_plain(question)
