"""Searches in people's words: topic, kinds, times, and whether a picture at hand is meant."""

from datetime import datetime

import pytest
from sightline.agent.memory.when import TIMES, span_of
from sightline.agent.memory.wish import changes_picture, points_at_picture, read_wish

NOW = datetime(2026, 11, 25, 15, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "topic", "kinds"),
    [
        ("find my pictures with a red cube", "a red cube", {"picture"}),
        ("which of my photos show two cylinders?", "two cylinders", {"picture"}),
        ("any photos w/ 2 yellow balls pls", "2 yellow balls", {"picture"}),
        ("only receipts", "", {"receipt"}),
        ("do i still have one with a purple ball? which?", "a purple ball", set()),
        ("in which of my pics is a green ball?", "a green ball", {"picture"}),
        ("the invoice from Acme", "Acme", {"invoice"}),
        ("find the picture of the receipt with the coffee", "coffee", {"receipt"}),
        ("search my album for a cube and a ball", "a cube and a ball", set()),
        ("show me everything in my album", "", set()),
        ("do I own a picture of a blue cube?", "a blue cube", {"picture"}),
        ("how many of my pictures have a gray cube in them?", "a gray cube", {"picture"}),
        ("clips without cubes", "without cubes", {"clip"}),
        ("open my train ticket", "train ticket", set()),
        ("clips with a blue ball", "a blue ball", {"clip"}),
        ("the video from before with two collisions", "two collisions", {"clip"}),
        ("the clip where the ball hits the cube", "ball hits the cube", {"clip"}),
    ],
)
def test_topic_and_kinds(words: str, topic: str, kinds: set[str]) -> None:
    wish = read_wish(words, NOW)
    assert topic in wish.topic and len(wish.topic) <= len(topic) + 16
    assert wish.kinds == kinds


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("pictures from last week with a ball", (2026, 11, 16), (2026, 11, 23)),
        ("this week's receipts", (2026, 11, 23), None),
        ("photos from yesterday", (2026, 11, 24), (2026, 11, 25)),
        ("receipts in march", (2026, 3, 1), (2026, 4, 1)),
        ("receipts in december 2024", (2024, 12, 1), (2025, 1, 1)),
        ("last month", (2026, 10, 1), (2026, 11, 1)),
        ("the receipt from a few days back", (2026, 11, 18), (2026, 11, 25)),
        ("what I sent the other day", (2026, 11, 18), (2026, 11, 25)),
        ("yesterday's picture", (2026, 11, 24), (2026, 11, 25)),
    ],
)
def test_times(words: str, start: tuple[int, int, int], end: tuple[int, int, int] | None) -> None:
    span = span_of(words, NOW)
    assert span is not None and TIMES.search(words)
    assert datetime.fromtimestamp(span[0]) == datetime(*start)
    assert datetime.fromtimestamp(span[1]) == (datetime(*end) if end else NOW)
    assert read_wish(words, NOW).span == span
    assert "'" not in TIMES.sub(" ", words)


def test_time_words_are_no_topic() -> None:
    wish = read_wish("find my pictures from last week with two red cubes", NOW)
    assert wish.topic == "two red cubes" and wish.time == "from last week"
    assert wish.allows("picture", datetime(2026, 11, 18).timestamp())
    assert not wish.allows("picture", NOW.timestamp())
    assert not wish.allows("page", datetime(2026, 11, 18).timestamp())


def test_a_picture_at_hand() -> None:
    assert points_at_picture("find one like this") and not changes_picture("find one like this")
    assert changes_picture("like this one but with a red ball")
    assert changes_picture("the same without the cube")
    assert not points_at_picture("pictures with three balls")
