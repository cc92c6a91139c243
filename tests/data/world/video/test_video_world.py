"""Clips: the physics, what is true of them, their files, and the questions asked about them."""

import json
from itertools import islice
from pathlib import Path
from random import Random

import av
import numpy as np
import pytest
from sightline.data.adapters.clevrer import load_annotations, load_clip_questions
from sightline.data.world.freeform import compile_shorthand
from sightline.data.world.functions import to_tokens
from sightline.data.world.programs import FalsePremise
from sightline.data.world.scene import SceneObject
from sightline.data.world.video.clip import AHEAD, sample_clips
from sightline.data.world.video.drawing import write_mp4
from sightline.data.world.video.executor import execute
from sightline.data.world.video.freeform import VIDEO, freeform
from sightline.data.world.video.language import canonical, from_tokens
from sightline.data.world.video.physics import BRAKING, matter_of, simulate
from sightline.data.world.video.questions import (
    answered,
    parser_pairs,
    same_answer,
    sample_questions,
)
from sightline.data.world.video.story import Event, Story, causes
from sightline.data.world.video.writer import write_videos


def ball(color: str, material: str = "metal", size: str = "small") -> SceneObject:
    return SceneObject(
        shape="sphere", color=color, size=size, material=material, position=(0, 0, 0)
    )


def test_a_sliding_body_brakes_evenly():
    speed = 1.2
    motion = simulate(
        matter_of([ball("red", "rubber")]), np.zeros((1, 1, 2)), np.array([[[speed, 0.0]]]), 4.0
    )
    assert motion.position[0, -1, 0, 0] == pytest.approx(speed**2 / 2 / BRAKING["rubber"], rel=0.02)
    assert not motion.velocity[0, -1].any()


def test_momentum_is_kept_and_the_touch_is_noted_once():
    matter = matter_of([ball("red"), ball("blue", size="large")])
    start = np.array([[[-1.5, 0.0], [0.0, 0.1]]])
    motion = simulate(matter, start, np.array([[[3.0, 0.0], [0.0, 0.0]]]), 1.0)
    (touch,) = motion.touches[0]
    step = round(touch.time * 120)
    before, after = motion.velocity[0, step - 1], motion.velocity[0, step]
    lost = matter.mass @ (before - after)
    assert np.abs(lost).max() < 0.02 * matter.mass[0] * 3
    assert after[1, 0] > 0.3


def test_a_missing_body_is_not_touched():
    start = np.repeat(np.array([[[-1.5, 0.0], [0.0, 0.0]]]), 2, 0)
    speed = np.repeat(np.array([[[3.0, 0.0], [0.0, 0.0]]]), 2, 0)
    present = np.array([[True, True], [True, False]])
    motion = simulate(matter_of([ball("red"), ball("blue")]), start, speed, 1.0, present=present)
    assert len(motion.touches[0]) == 1 and not motion.touches[1]


def test_clips_depend_on_seed_and_index_alone():
    one, two = sample_clips(3, 2)
    again = sample_clips(3, 1, first=1)[0]
    assert again.objects == two.objects and again.story.events == two.story.events
    assert one.objects != two.objects


def test_stories_are_in_order_and_leave_out_what_is_missing():
    for clip in sample_clips(4, 4):
        story = clip.story
        times = [event.time for event in story.events]
        assert times == sorted(times) and all(0 <= t <= clip.seconds for t in times)
        assert all(clip.seconds < e.time <= clip.seconds + AHEAD + 1e-6 for e in story.ahead())
        for i in range(len(clip.objects)):
            assert all(i not in event.objects for event in story.without(i))


def story_of(events: list[Event], count: int = 3) -> Story:
    colors = ("red", "blue", "green")
    flags = np.zeros((count, 11), bool)
    moving = flags.copy()
    moving[0, :6] = True
    return Story(
        objects=tuple(ball(color) for color in colors[:count]),
        seconds=5.0,
        events=tuple(events),
        moving=moving,
        inside=~flags,
        place=np.full((count, 11, 2), 0.2),
        ahead=lambda: (Event("collision", (1, 2), 6.0),),
        without=lambda i: tuple(e for e in events if i not in e.objects),
    )


EVENTS = [
    Event("enter", (0,), 0.5),
    Event("collision", (0, 1), 1.0),
    Event("start", (1,), 1.0),
    Event("collision", (1, 2), 2.0),
    Event("leave", (2,), 3.0),
]


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("count_events(coll)", "2"),
        ("describe(partner(pick[first](with(coll, !{blue})), !{blue}))", "small red metal sphere"),
        ("describe(partner(pick[last](with(coll, !{blue})), !{blue}))", "small green metal sphere"),
        ("exist_events(hit(!{red}, !{green}))", "no"),
        ("exist_events(hit_next(!{blue}, !{green}))", "yes"),
        ("count_events(coll_if(!{red}))", "1"),
        (
            "describe(responsible(leave(!{green})))",
            "small red metal sphere, small blue metal sphere",
        ),
        ("describe(who(after(leaves, enter(!{red}))))", "small green metal sphere"),
        ("earlier(enter(!{red}), leave(!{green}))", "yes"),
        ("count(moving({thing}, start))", "1"),
        ("count(moving({thing}, end))", "0"),
        ("when(meet(!{red}, !{blue}))", "1.0"),
        ("side(enter(!{red}))", "left"),
        ("count_events(lost(coll, coll_if(!{red})))", "1"),
    ],
)
def test_programs_run_on_a_story(source: str, answer: str):
    assert execute(compile_shorthand(source, VIDEO), story_of(EVENTS)).answer == answer


def test_false_premises_are_told():
    with pytest.raises(FalsePremise):
        execute(compile_shorthand("query_size(!{sphere})", VIDEO), story_of(EVENTS))
    assert answered(compile_shorthand("when(stop(!{red}))", VIDEO), story_of(EVENTS))[1] == "absent"


def test_causes_are_followed_back_through_shared_things():
    found = causes(EVENTS, EVENTS[4])
    assert [event.kind for event in found] == ["enter", "collision", "collision"]
    assert not causes(EVENTS, EVENTS[0])


def test_every_worded_program_reads_back():
    for text, tokens in islice(parser_pairs(5, 300), 300):
        assert text.strip() and "{" not in text and "|" not in text
        assert tuple(to_tokens(canonical(from_tokens(tokens)))) == tokens


def test_hand_written_questions_are_many_and_kept_apart():
    train, kept = freeform("train"), freeform("heldout")
    assert len(train) >= 350 and len(kept) >= 60
    assert not {item.text.lower() for item in train} & {item.text.lower() for item in kept}


def test_questions_have_the_answers_of_their_story():
    clip = sample_clips(6, 1)[0]
    asked = sample_questions(clip, Random(1), 10)
    assert len(asked) == 10 and len({question.group for question in asked}) == 5
    for question in asked:
        assert answered(question.program, clip.story)[0].answer == question.answer


def test_answers_agree_by_meaning():
    assert same_answer("a b, c d", "c d, a b") and not same_answer("a b", "c d, a b")
    assert same_answer("1.2", "1.4") and not same_answer("1.0", "1.9")
    assert not same_answer(None, "yes")


def test_clips_are_written_and_read_back(tmp_path: Path):
    out = write_videos(tmp_path, 1, 12, width=64, height=48)
    (recorded,) = load_annotations(out)
    clip = sample_clips(12, 1)[0]
    assert [o.color for o in recorded.objects] == [o.color for o in clip.objects]
    kinds = sorted(event.kind for event in clip.story.events if event.kind == "collision")
    assert sorted(e.kind for e in recorded.story().events if e.kind == "collision") == kinds
    questions = load_clip_questions(out)
    assert all(question.program is not None for question in questions)
    with av.open(str(out / "videos" / recorded.filename)) as file:
        frames = sum(1 for _ in file.decode(video=0))
    assert frames == clip.frames


def test_an_odd_size_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="even"):
        write_mp4(np.zeros((2, 33, 32, 3), np.uint8), tmp_path / "odd.mp4")


def test_clevrer_files_load(tmp_path: Path):
    frame = {"object_id": 7, "location": [0.1, 0.2, 0.2], "velocity": [1.0, 0.0, 0.0],
             "orientation": [0, 0, 0], "angular_velocity": [0, 0, 0],
             "inside_camera_view": True}  # fmt: skip
    annotation = {
        "scene_index": 3, "video_filename": "video_00003.mp4",
        "object_property": [
            {"object_id": 7, "color": "gray", "material": "rubber", "shape": "cube"},
            {"object_id": 9, "color": "cyan", "material": "metal", "shape": "sphere"},
        ],
        "motion_trajectory": [
            {"frame_id": t, "objects": [frame, {**frame, "object_id": 9}]} for t in range(3)
        ],
        "collision": [{"frame_id": 1, "object_ids": [9, 7], "location": [0, 0, 0]}],
    }  # fmt: skip
    (tmp_path / "annotation_00003.json").write_text(json.dumps(annotation))
    asked = [{
        "scene_index": 3, "video_filename": "video_00003.mp4",
        "questions": [
            {"question_id": 0, "question": "Is there a cube?", "question_type": "descriptive",
             "question_subtype": "exist", "program": ["objects", "cube", "filter_shape", "exist"],
             "answer": "yes"},
            {"question_id": 1, "question": "What will happen next?", "question_type": "predictive",
             "program": ["unseen_events"],
             "choices": [{"choice_id": 0, "choice": "They collide", "program": [],
                          "answer": "wrong"}]},
        ],
    }]  # fmt: skip
    (tmp_path / "validation.json").write_text(json.dumps(asked))
    (recorded,) = load_annotations(tmp_path)
    assert recorded.collisions == ((1, 0, 1),) and recorded.rate == 25
    first, second = load_clip_questions(tmp_path)
    assert first.answer == "yes" and first.tokens[-1] == "exist"
    assert second.choices[0].right is False and second.answer is None
