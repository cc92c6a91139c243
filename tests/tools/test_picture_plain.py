"""What is plain of any picture is told without looking at it; the rest is not."""

import pytest
from sightline.tools.artifacts import Artifact
from sightline.tools.picture_plain import told_plainly

SENT = Artifact(id="1", name="a.jpg", kind="picture", width=200, height=133)
RESIZED = Artifact(
    id="2", name="a-edited.png", kind="picture", width=64, height=48, parent="1",
    operation="resize 64x48",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many pixels wide and high is it now?", "200 x 133"),
        ("what's the resolution?", "200 x 133"),
        ("what size is this image", "200 x 133"),
        ("which file format is it?", "JPG"),
        ("tell me its size", None),
        ("what size is the red cube?", None),
        ("how big is the ball in the picture", None),
        ("what is the size of the largest thing", None),
    ],
)
def test_of_a_picture_as_sent(question: str, answer: str | None) -> None:
    told = told_plainly(question, SENT)
    assert (told[1] if told else None) == answer


def test_after_a_change_of_size_its_size_is_the_pictures() -> None:
    told = told_plainly("tell me its size", RESIZED)
    assert told is not None and told[1] == "64 x 48"
