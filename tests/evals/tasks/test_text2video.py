"""The measure of text-to-video search: captions that are true of one clip, and its recalls."""

from random import Random

from sightline.data.world.video.clip import sample_clips
from sightline.evals.task import find_task
from sightline.evals.tasks import world_text2video

TASK = find_task("world-text2video")


def test_a_caption_is_true_of_its_clip_alone() -> None:
    clips = sample_clips(8123, 4)
    truth = [clip.story for clip in clips]
    for i, clip in enumerate(clips):
        caption = world_text2video._caption(clip, truth, i, Random(f"8123/{i}"))
        assert [world_text2video.fits(caption, story) for story in truth] == [
            k == i for k in range(len(truth))
        ]


def test_recalls_of_the_ranking_and_of_the_space_alone() -> None:
    records = [
        {
            "text_to_video": a, "video_to_text": b, "text_to_video_space": c,
            "video_to_text_space": 20, "seen": a == 0, "heard": 1.0, "stated": 2, "right": a == 0,
        }
        for a, b, c in ((0, 0, 3), (0, 4, 0), (12, 0, 12), (7, 0, 0))
    ]  # fmt: skip
    records[0]["chat_right"] = False
    scored = TASK.score(records)
    assert scored["accuracy"] == scored["text_to_video_r1"] == 0.5
    assert scored["text_to_video_r5"] == 0.5 and scored["text_to_video_r10"] == 0.75
    assert scored["video_to_text_r1"] == 0.75 and scored["video_to_text_r5"] == 1.0
    assert scored["text_to_video_r1_space"] == 0.5 and scored["video_to_text_r10_space"] == 0
    assert (scored["seen"], scored["heard"], scored["stated"]) == (0.5, 1.0, 2.0)
    assert (scored["chat"], scored["chats"]) == (0.0, 1.0)
