"""Things of another world are noticed, and people who merely ask are not."""

import pytest
from sightline.tools.elsewhere import foreign_noun


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("how many people are there?", "people"),
        ("is there a dog", "dog"),
        ("show me the red car", "car"),
        ("My mum asked: how many cubes?", ""),
        ("my boy wants to know how many balls there are", ""),
        ("what colour is the ball on the left-hand side?", ""),
        ("how many cubes are there", ""),
    ],
)
def test_what_is_asked_for(text: str, noun: str) -> None:
    assert foreign_noun(text) == noun
