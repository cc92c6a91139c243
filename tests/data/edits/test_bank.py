"""The bank of edit instructions: enough, whole, and nothing of the kept-out part in training."""

import pytest
from sightline.data.edits import KINDS, Area, Crop, Where, load_instructions
from sightline.data.edits.bank import read_line


def test_the_bank_is_large_and_knows_every_kind() -> None:
    train, kept = load_instructions("train"), load_instructions("heldout")
    assert len(train) >= 400 and len(kept) >= 80
    assert {item.kind for item in train} == set(KINDS)
    assert not {item.text.lower() for item in train} & {item.text.lower() for item in kept}
    assert all(item.spelling for item in kept)


def test_marks_become_spans() -> None:
    item = read_line("make {t:the cube} {v:blue} => recolour | recolour the cube > blue")
    assert item.text == "make the cube blue" and item.kind == "recolour"
    words = {name: item.text[start:end] for name, start, end in item.spans}
    assert words == {"thing": "the cube", "value": "blue"}
    assert item.spelling == "recolour the cube > blue"


@pytest.mark.parametrize("line", ["no arrow", "text => no_such_kind", "a {t:b => crop"])
def test_malformed_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_line(line)


def test_areas_are_exact_and_stay_in_the_picture() -> None:
    third = Area(x1=(1 / 3, 0))
    assert third.pixels(300, 100) == (0, 0, 100, 100)
    assert Area(x0=(0.0, 60), y1=(1.0, -10)).pixels(200, 100) == (60, 0, 200, 90)
    assert Area(x0=(0.0, 900), x1=(0.0, 901)).pixels(200, 100) == (199, 0, 200, 100)
    assert str(Crop(area=third)) == "crop 0 0 0.333 1"
    assert str(Where(area=third, thing="the text")) == "the text at 0 0 0.333 1"
