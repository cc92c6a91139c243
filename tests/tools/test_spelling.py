"""Slips are mended towards the world's words, and English words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightline.tools.spelling import respelled, slips


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the ledt cube", "the left cube"),
        ("how many tiyn balls?", "how many tiny balls?"),
        ("Locate the reflrctive sphere", "Locate the reflective sphere"),
        ("a smll metalic cilinder", "a small metallic cylinder"),
        ("the shiyn orb", "the shiny orb"),
    ],
)
def test_slips_are_mended(said: str, meant: str) -> None:
    assert respelled(said) == meant


@pytest.mark.parametrize(
    "said",
    ["is there a bell?", "the rod behind the doll", "a cone and a bowl", "mini cube", "Größe 42!"],
)
def test_english_words_and_all_else_stay(said: str) -> None:
    assert respelled(said) == said


@given(st.text("abc", min_size=1, max_size=5), st.text("abc", min_size=1, max_size=5))
def test_distance_is_symmetric_and_zero_for_equals(one: str, other: str) -> None:
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)


def test_a_transposition_is_one_slip() -> None:
    assert slips("tiyn", "tiny", 2) == 1
    assert slips("cuube", "cube", 2) == 1
    assert slips("sphere", "cylinder", 2) == 3
