"""What words state of a clip, by the shipped parser, held against a story whose truth is known."""

import numpy as np
import pytest
from sightline.data.world.scene import SceneObject
from sightline.data.world.video.story import Event, Story
from sightline.tools.clip_facts import ClipFacts, judge_clips, speaks_of_events, statements
from sightline.tools.toolbox import Toolbox


def _story() -> Story:
    """A red cube comes in and hits a blue ball, which leaves; a gray cylinder stands still."""
    looks = (("cube", "red"), ("sphere", "blue"), ("cylinder", "gray"))
    return Story(
        objects=tuple(
            SceneObject(
                shape=shape, color=color, size="small", material="metal", position=(0.0, 0.0, 0.0)
            )
            for shape, color in looks
        ),
        seconds=4.0,
        events=(Event("enter", (0,), 0.5), Event("collision", (0, 1), 1.5),
                Event("start", (1,), 1.5), Event("leave", (1,), 3.0)),
        moving=np.array([[0, 1, 1, 1, 1], [0, 0, 1, 1, 0], [0, 0, 0, 0, 0]], bool),
        inside=np.array([[0, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], bool),
        place=np.zeros((3, 5, 2)),
        ahead=tuple,
        without=lambda _: (),
    )  # fmt: skip


STORY = _story()


@pytest.fixture(scope="module", name="toolbox")
def _toolbox() -> Toolbox:
    return Toolbox("embedded")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("the clip where the ball hits the cube", ["the ball hits the cube"]),
        (
            "a red cube comes in and hits the ball, then it leaves.",
            ["a red cube comes in", "a red cube hits the ball", "a red cube leaves"],
        ),
        ("a red cube and a blue ball collide", ["a red cube and a blue ball collide"]),
        (
            "In this video, there is a tiny, gray can; two things enter",
            ["a tiny, gray can", "two things enter"],
        ),
        ("film: a ball that is gray stops", ["a ball that is gray stops"]),
    ],
)
def test_descriptions_come_apart_into_statements(words: str, parts: list[str]) -> None:
    assert statements(words) == parts


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("the clip where the red cube hits the ball", 1.0),
        ("a blue ball leaves", 1.0),
        ("the gray cylinder stays where it is", 1.0),
        ("one collision", 1.0),
        ("the red cube enters and hits the blue sphere, then the blue sphere leaves", 1.0),
        ("the gray cylinder is hit", 0.0),
        ("two collisions", 0.0),
        ("nothing leaves", 0.0),
        ("a green cube comes in", 0.0),
        ("a red cube enters, and the gray cylinder leaves", 0.5),
    ],
)
def test_shares_of_what_is_true(toolbox: Toolbox, words: str, share: float) -> None:
    assert ClipFacts(words, toolbox).share(STORY) == share


def test_moments_are_those_that_are_spoken_of(toolbox: Toolbox) -> None:
    facts = ClipFacts("a blue ball leaves", toolbox)
    assert facts.moments(STORY) == (Event("leave", (1,), 3.0),)
    both = ClipFacts("the red cube comes in and bumps into the ball", toolbox)
    assert [event.kind for event in both.moments(STORY)] == ["enter", "collision"]
    assert ClipFacts("a green cube comes in", toolbox).moments(STORY) == ()


def test_truth_outweighs_likeness(toolbox: Toolbox) -> None:
    facts = ClipFacts("a blue ball leaves", toolbox)
    other = Story.from_json({**STORY.to_json(), "events": []})
    scores = judge_clips(np.array([0.4, 0.7, 0.6], np.float32), [STORY, other, None], facts)
    assert scores.argmax() == 0
    assert scores[2] > scores[1]  # what was not watched may be so


def test_a_story_is_kept_as_it_was() -> None:
    again = Story.from_json(STORY.to_json())
    assert again.events == STORY.events
    assert [o.name for o in again.objects] == [o.name for o in STORY.objects]
    assert (again.moving == STORY.moving).all() and (again.inside == STORY.inside).all()
    assert again.seconds == STORY.seconds and again.ahead() == ()


def test_what_only_clips_show() -> None:
    assert speaks_of_events("the ball hits the cube")
    assert speaks_of_events("two collisions")
    assert not speaks_of_events("two red cubes and a ball")
