"""The judge of exact edits: what stays of a photograph, to the pixel."""

from random import Random

import numpy as np
import pytest
from sightline.evals.tasks.photo_edit import _WISHES, _without


def _numbered(height: int, width: int) -> np.ndarray:
    return np.arange(height * width, dtype=np.int64).reshape(height, width)


@pytest.mark.parametrize(
    ("side", "first", "last"),
    [("left", 20, 99), ("right", 0, 79), ("top", 1000, 4999), ("bottom", 0, 3999)],
)
def test_a_cut_leaves_the_other_side(side: str, first: int, last: int) -> None:
    (left,) = _without(_numbered(50, 100), side, 20)
    assert left[0, 0] == first
    assert left.size == 4000
    assert left[0, -1] == last or left[-1, -1] == last


def test_half_a_pixel_may_go_or_stay() -> None:
    kept = _without(_numbered(4, 75), "left", 10)  # 7.5 columns
    assert sorted(part.shape[1] for part in kept) == [67, 68]
    assert all(part[0, -1] == 74 for part in kept)


@pytest.mark.parametrize("kind", sorted(_WISHES))
def test_an_untouched_picture_fulfils_no_wish(kind: str) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (60, 84, 3)).astype(np.uint8)
    for seed in range(5):
        assert not _WISHES[kind](Random(seed)).holds(picture, picture, "jpeg")
