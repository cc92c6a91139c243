"""Captions survive the way to words and back."""

from sightline.models.captioner.captioner import to_text, to_words


def test_words_and_marks_are_tokens() -> None:
    assert to_words("A red cube, and two balls.") == [
        "a",
        "red",
        "cube",
        ",",
        "and",
        "two",
        "balls",
        ".",
    ]


def test_text_comes_back_with_capitals() -> None:
    text = "There are two balls: a red one and a blue one. The cube is left of them."
    assert to_text(to_words(text)) == text
