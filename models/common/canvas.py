"""Pictures in, tensors out, and boxes back to the picture's own pixels."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from PIL.Image import Image, Resampling
from torch import Tensor


class Placement(NamedTuple):
    """How a picture was laid on the model's canvas: canvas = picture * scale + offset."""

    scale: float
    left: float
    top: float
    width: int
    height: int

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """A canvas point in the picture's own pixels, kept inside the picture."""
        px, py = (x - self.left) / self.scale, (y - self.top) / self.scale
        return min(max(px, 0.0), float(self.width)), min(max(py, 0.0), float(self.height))


def to_canvas(image: Image, width: int, height: int) -> tuple[np.ndarray, Placement]:
    """Fit `image` inside (height, width), keeping its shape; bars repeat its edge.

    Returns:
        uint8 array (height, width, 3) and the placement.
    """
    image = image.convert("RGB")
    scale = min(width / image.width, height / image.height)
    w, h = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = np.asarray(image.resize((w, h), Resampling.BOX if scale < 1 else Resampling.BICUBIC))
    left, top = (width - w) // 2, (height - h) // 2
    bars = ((top, height - h - top), (left, width - w - left), (0, 0))
    return np.pad(small, bars, mode="edge"), Placement(scale, left, top, image.width, image.height)


def to_tensor(arrays: Sequence[np.ndarray]) -> Tensor:
    """uint8 arrays (H, W, 3) -> float tensor (N, 3, H, W) in [0, 1]."""
    return torch.from_numpy(np.stack(arrays)).permute(0, 3, 1, 2).float().div_(255)
