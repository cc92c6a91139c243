"""Charts by the thousand."""

import io
from random import Random

import numpy as np
from PIL import Image

from .content import TRAIN_STYLES, ChartKind, ChartTruth, sample_truth
from .drawing import draw_chart

_KINDS: tuple[ChartKind, ...] = ("bar", "bar", "barh", "line", "line")


def sample_chart(
    rng: np.random.Generator,
    styles: tuple[str, ...] = TRAIN_STYLES,
    kinds: tuple[ChartKind, ...] = _KINDS,
) -> tuple[ChartTruth, Image.Image]:
    """A chart's numbers and its picture (RGB), now and then with a JPEG's marks.

    Args:
        styles: names in `STYLES` to draw from.
        kinds: kinds to draw from.
    """
    r = Random(int(rng.integers(2**63)))
    truth = sample_truth(r, kinds, styles)
    image = draw_chart(truth, r.uniform(13.5, 17.0))
    if r.random() < 0.5:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=r.randint(70, 95))
        image = Image.open(buffer).convert("RGB")
    return truth, image
