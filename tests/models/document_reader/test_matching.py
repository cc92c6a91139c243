"""Names said against names printed; ordinals."""

import re

import numpy as np
import pytest
from sightline.models.document_reader.labels import mark_names
from sightline.models.document_reader.matching import best_match, likeness, marked_names, ordinal
from sightline.models.document_reader.processor import QuestionInputs


@pytest.mark.parametrize(
    ("name", "printed", "alike"),
    [
        ("milk", "Fresh Milk 1L", True),
        ("orange juice", "ORANGEJUICE 1.5L", True),
        ("sunflower oil", "Sunflowcr Oil 2L", True),
        ("tea", "Steak", False),
        ("coffee", "Toffee", False),
    ],
)
def test_likeness(name: str, printed: str, alike: bool) -> None:
    assert (likeness(name, printed) > 0.7) is alike


def test_of_equals_the_shorter_name() -> None:
    assert best_match("coffee", ["Coffee machine", "Coffee", "Tea"])[0] == 1
    assert best_match("coffee", []) == (-1, 0.0)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("what is the third item?", 2),
        ("the last one?", -1),
        ("agenda item 2?", 1),
        ("what's the secnod entry", 1),
        ("what is the total?", None),
    ],
)
def test_ordinal(question: str, place: int | None) -> None:
    assert ordinal(question) == place


def test_names_are_marked_and_cut_out_again() -> None:
    text = "what do eggs and corn flakes cost?"
    offsets = tuple(_words(text))
    marks = mark_names(text, offsets, ("eggs", "Corn Flakes"))
    assert marks is not None and marks.count(1) == 2 and marks.count(2) == 1
    question = QuestionInputs(text=text, states=np.zeros((1, 384)), offsets=offsets)
    assert marked_names(question, marks) == ["eggs", "corn flakes"]
    assert mark_names(text, offsets, ("umbrella",)) is None


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|\S", text)]
