"""Exact edits against arithmetic of their own."""

import numpy as np
import pytest
from PIL import Image
from sightline.data.edits import (
    WHOLE,
    Adjust,
    Area,
    Blur,
    Crop,
    Flip,
    Hide,
    Label,
    Mark,
    Operation,
    Resize,
    Rotate,
    Where,
    WorldEdit,
)
from sightline.tools.results import ToolError
from sightline.tools.studio.exact import apply

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (60, 90, 3), dtype=np.uint8)
IMAGE = Image.fromarray(PIXELS)
LEFT = Where(area=Area(x1=(0.5, 0)))


def pixels(operation: Operation) -> np.ndarray:
    return np.asarray(apply(IMAGE, operation))


def test_geometry_moves_pixels_and_makes_none_up() -> None:
    assert np.array_equal(pixels(Flip(axis="horizontal")), PIXELS[:, ::-1])
    assert np.array_equal(pixels(Flip(axis="vertical")), PIXELS[::-1])
    assert np.array_equal(pixels(Rotate(degrees=90)), np.rot90(PIXELS, -1))
    assert np.array_equal(pixels(Rotate(degrees=-90)), np.rot90(PIXELS, 1))
    assert np.array_equal(pixels(Rotate(degrees=180)), PIXELS[::-1, ::-1])
    cut = pixels(Crop(area=Area(x0=(0.0, 10), x1=(0.0, 40))))
    assert np.array_equal(cut, PIXELS[:, 10:40])
    assert apply(IMAGE, Crop(ratio=(1, 1))).size == (60, 60)


def test_sizes() -> None:
    assert apply(IMAGE, Resize(width=45)).size == (45, 30)
    assert apply(IMAGE, Resize(scale=2.0)).size == (180, 120)
    with pytest.raises(ToolError):
        apply(IMAGE, Resize(width=100_000))
    with pytest.raises(ToolError):
        apply(IMAGE, Crop(area=Area(x1=(0.0, 2))))


def test_qualities() -> None:
    brighter = np.asarray(apply(IMAGE, Adjust(quality="brightness", factor=1.5)), float)
    assert np.abs(brighter - np.clip(PIXELS * 1.5, 0, 255)).max() <= 1
    grey = np.asarray(apply(IMAGE, Adjust(quality="saturation", factor=0.0)))
    assert (grey[..., 0] == grey[..., 1]).all() and (grey[..., 1] == grey[..., 2]).all()
    warm = np.asarray(apply(IMAGE, Adjust(quality="warmth", factor=1.4)), float)
    assert (
        warm[..., 0].mean() > PIXELS[..., 0].mean() and warm[..., 2].mean() < PIXELS[..., 2].mean()
    )
    same = apply(IMAGE, Adjust(quality="contrast", factor=1.0))
    assert np.abs(np.asarray(same, float) - PIXELS).max() <= 1


@pytest.mark.parametrize(
    "operation", [Blur(where=LEFT), Hide(where=LEFT), Hide(where=LEFT, how="black")]
)
def test_what_is_outside_a_part_stays(operation: Blur | Hide) -> None:
    changed = np.asarray(apply(IMAGE, operation))
    assert np.array_equal(changed[:, 45:], PIXELS[:, 45:])
    assert not np.array_equal(changed[:, :45], PIXELS[:, :45])
    if isinstance(operation, Hide) and operation.how == "black":
        assert (changed[:, :45] == 0).all()


def test_boxes_of_things_are_used_and_clipped() -> None:
    thing = Where(thing="the ball")
    hidden = np.asarray(apply(IMAGE, Hide(where=thing, how="white"), [(80, 50, 120, 90)]))
    assert (hidden[50:, 80:] == 255).all() and np.array_equal(hidden[:50], PIXELS[:50])
    marked = np.asarray(apply(IMAGE, Mark(where=thing), [(10, 10, 30, 30)]))
    assert (marked[10, 10:30] == (255, 0, 0)).all() and np.array_equal(
        marked[15:25, 15:25], PIXELS[15:25, 15:25]
    )
    around = apply(IMAGE, Crop(thing="the ball"), [(20, 20, 40, 40)])
    assert 20 <= around.width <= 24


def test_letters_are_put_on() -> None:
    lettered = np.asarray(apply(IMAGE, Label(text="Hi", where=Where(area=WHOLE))))
    assert lettered.shape == PIXELS.shape and (lettered == 255).all(-1).sum() > 40


def test_world_edits_are_not_exact() -> None:
    with pytest.raises(TypeError):
        apply(IMAGE, WorldEdit(kind="remove", thing="the ball"))


def test_a_line_of_writing_does_not_stay_legible() -> None:
    columns = np.where(np.arange(200) // 4 % 2, 0, 255).astype(np.uint8)  # strokes 4 px wide
    image = Image.fromarray(np.broadcast_to(columns[None, :, None], (60, 200, 3)).copy())
    where, box = Where(thing="the text"), (10, 20, 190, 44)
    for operation in (Blur(where=where), Hide(where=where)):
        inside = np.asarray(apply(image, operation, [box]))[22:42, 30:170].astype(int)
        assert np.abs(np.diff(inside, axis=1)).max() < 60
        assert inside.max() - inside.min() < 120
