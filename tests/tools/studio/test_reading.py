"""Reading: from kind and marked words to numbers, for every kept-out instruction and some edges."""

from typing import Any

import pytest
from sightline.data.edits import Instruction, load_instructions
from sightline.tools.studio.areas import area_of, without
from sightline.tools.studio.mending import all_but, is_place, widened
from sightline.tools.studio.reading import Heard, operation_of


def _heard(item: Instruction) -> Heard:
    words: dict[str, Any] = {name: item.text[start:end] for name, start, end in item.spans}
    return Heard(kind=item.kind, **words)


@pytest.mark.parametrize("item", load_instructions("heldout"), ids=lambda item: item.text)
def test_kept_out_instructions_are_read_rightly_when_heard_rightly(item: Instruction) -> None:
    assert str(operation_of(_heard(item), item.text)) == item.spelling


def test_every_training_instruction_amounts_to_something() -> None:
    for item in load_instructions("train"):
        read = operation_of(_heard(item), item.text)
        assert (str(read) == "other") == (item.kind == "other"), item.text


@pytest.mark.parametrize(
    ("words", "spelled"),
    [("the top left corner", "0 0 0.333 0.333"), ("the middle", "0.25 0.25 0.75 0.75"),
     ("bottom right quarter", "0.5 0.5 1 1"), ("left 40 px", "0 0 40px 1"),
     ("20,30 to 120,90", "20px 30px 120px 90px"), ("the dog", "None")],
)  # fmt: skip
def test_areas(words: str, spelled: str) -> None:
    assert str(area_of(words)) == spelled


def test_what_stays_after_a_cut() -> None:
    assert str(without("the bottom third", None, None)) == "0 0 1 0.667"
    assert str(without("all sides", 0.1, None)) == "0.1 0.1 0.9 0.9"
    assert str(without("the left", None, 50)) == "50px 0 1 1"


def test_words_are_made_whole() -> None:
    assert widened("the upper two", "keep the upper two thirds", "place") == "the upper two thirds"
    assert widened("16 by", "16 by 9 crop", "value") == "16 by 9"
    assert is_place("the bottom left corner") and not is_place("the left cube")


def test_wanting_just_a_part_is_no_cut() -> None:
    heard = Heard(kind="cut", place="the bottom third")
    assert str(operation_of(heard, "i just want the bottom third")) == "crop 0 0.667 1 1"
    assert str(operation_of(heard, "cut off the bottom third")) == "crop 0 0 1 0.667"


@pytest.mark.parametrize(
    ("heard", "text", "spelled"),
    [
        (Heard(kind="rotate", value="one quarter turn counterclockwise"), "", "rotate -90"),
        (Heard(kind="rotate", value="three quarters of a turn"), "", "rotate 270"),
        (Heard(kind="rotate", value="1 degree"), "", "rotate 1"),
        (Heard(kind="darken", value="by a third"), "reduce the brightness", "brightness 0.6667"),
        (Heard(kind="crop", place="the middle", value="2x"), "zoom 2x into the middle",
         "crop 0.25 0.25 0.75 0.75"),
    ],
)  # fmt: skip
def test_amounts_in_words(heard: Heard, text: str, spelled: str) -> None:
    assert str(operation_of(heard, text or heard.value)) == spelled


@pytest.mark.parametrize(
    ("text", "marked", "thing"),
    [
        ("remove everything but the ball", "the ball", "everything but the ball"),
        ("paint all but the small ball green", "the small ball", "all but the small ball"),
        ("delete all cubes except for the red one", "the red one",
         "all cubes except for the red one"),
        ("take everything away, then the ball", "the ball", "the ball"),
        ("remove all the cubes", "all the cubes", "all the cubes"),
    ],
)  # fmt: skip
def test_all_but_one_thing_is_not_that_thing(text: str, marked: str, thing: str) -> None:
    assert all_but(marked, text) == thing
    assert str(operation_of(Heard(kind="remove", thing=marked), text)) == f"remove {thing}"
