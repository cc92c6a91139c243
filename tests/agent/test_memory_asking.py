"""Questions about the past taken apart, facts told from requests, and times in words."""

from datetime import datetime

import pytest
from sightline.agent.memory.asking import read_ask, terms
from sightline.agent.memory.facts import stated
from sightline.agent.memory.when import span_of

NOW = datetime(2026, 11, 25, 15, 0)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "topic", "kinds", "order", "talk", "about"),
    [
        ("do you remember the receipt I showed you on Monday?", "", {"receipt"}, 0, None, "shown"),
        ("what was the first thing I ever showed you?", "", set(), 1, None, "shown"),
        ("what did we talk about three sessions ago?", "", set(), 0, 3, "said"),
        ("in which picture were there three spheres?", "three spheres", {"picture"}, 0, None,
         "shown"),
        ("what was the second picture I sent you this week?", "", {"picture"}, 2, None, "shown"),
        ("what did I ask you first in our last conversation?", "", set(), 1, 1, "said"),
        ("what did I tell you about my sister?", "my sister", set(), 0, None, "told"),
        ("what was the last thing I sent you in our first conversation?", "", set(), -1, -1,
         "shown"),
        ("when did I show you the train timetable?", "the train timetable", set(), 0, None,
         "shown"),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart(
    words: str, topic: str, kinds: set[str], order: int, talk: int | None, about: str
) -> None:
    ask = read_ask(words, NOW)
    assert (ask.topic, ask.kinds, ask.order, ask.talk, ask.about) == (
        topic, frozenset(kinds), order, talk, about,
    )  # fmt: skip


def test_words_of_one_meaning_are_one_term() -> None:
    assert terms("two tiny shiny balls") == ("two", "small", "metal", "sphere")
    assert set(terms("what's my sister's name?")) <= set(terms("my sister is called Nora"))
    assert terms("my locker's number is 12") == ("locker", "number", "12")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("By the way, my bike is the red one. How many cubes are there?",
         ["my bike is the red one"]),
        ("remember that the blue mug is Anna's", ["the blue mug is Anna's"]),
        ("Call me Sam. I live in Oslo!", ["Call me Sam", "I live in Oslo"]),
        ("can you remember that my shift starts at nine?", ["my shift starts at nine"]),
        ("the small cube is my daughter's, remember that", ["the small cube is my daughter's"]),
        ("make a note: the spare key is under the pot", ["the spare key is under the pot"]),
        ("remember that it is Tom's and tell me how many cubes there are", ["it is Tom's"]),
        ("is my bike the red one?", []),
        ("do you remember that the mug is blue?", []),
        ("can you remember which bike is mine?", []),
        ("remember the receipt I showed you?", []),
        ("my question is how many cubes there are", []),
        ("the red cube is on the left", []),
        ("I like this picture", []),
        ("I want to know the total", []),
        ("if my bike is red, show it", []),
        ("the page says \"my bike is the red one\"", []),
        ("I think my dog is brown", []),
    ],
)  # fmt: skip
def test_facts_are_told_from_everything_else(text: str, facts: list[str]) -> None:
    assert stated(text) == facts


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the day before yesterday", (23, 0), (24, 0)),
        ("what I sent yesterday morning", (24, 0), (24, 12)),
        ("last night", (24, 18), (25, 0)),
        ("on the 12th", (12, 0), (13, 0)),
        ("on 3 November", (3, 0), (4, 0)),
        ("on November 3rd", (3, 0), (4, 0)),
        ("monday last week", (16, 0), (17, 0)),
        ("last weekend", (21, 0), (23, 0)),
        ("in the last two hours", (25, 13), (25, 15)),
        ("since Monday", (23, 0), (25, 15)),
    ],
)
def test_more_times_in_words(words: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    span = span_of(words, NOW)
    assert span is not None
    given = [datetime.fromtimestamp(moment) for moment in span]
    assert given == [datetime(2026, 11, *start), datetime(2026, 11, *end)]


def test_what_is_no_time() -> None:
    assert span_of("you may 3 cubes", NOW) is None
    assert span_of("the last picture", NOW) is None
    assert span_of("the first thing before today", NOW) == (0.0, datetime(2026, 11, 25).timestamp())
