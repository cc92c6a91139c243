"""Pictures of any shape land whole on the canvas, and points come back to where they were."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sightline.models.common.canvas import to_canvas, to_tensor


@settings(max_examples=30, deadline=None)
@given(width=st.integers(1, 600), height=st.integers(1, 600))
def test_any_shape_fits_the_canvas(width: int, height: int) -> None:
    array, laid = to_canvas(Image.new("RGB", (width, height), (10, 20, 30)), 240, 180)
    assert array.shape == (180, 240, 3)
    assert (array == (10, 20, 30)).all()
    assert 0 <= laid.left < 240
    assert 0 <= laid.top < 180


def test_a_point_on_the_canvas_goes_back_to_the_picture() -> None:
    image = Image.new("RGB", (320, 240))
    image.putpixel((160, 120), (255, 255, 255))
    _, laid = to_canvas(image, 240, 180)
    assert laid.to_picture(120.0, 90.0) == pytest.approx((160.0, 120.0))
    assert laid.to_picture(-50.0, 900.0) == (0.0, 240.0)


def test_grey_and_transparent_pictures_are_read_as_rgb() -> None:
    for mode in ("L", "LA", "RGBA", "P"):
        array, _ = to_canvas(Image.new(mode, (8, 8)), 16, 12)
        assert array.shape == (12, 16, 3)


def test_tensors_are_channels_first_in_unit_range() -> None:
    tensor = to_tensor([np.full((4, 6, 3), 255, np.uint8)])
    assert tensor.shape == (1, 3, 4, 6)
    assert float(tensor.max()) == 1.0
