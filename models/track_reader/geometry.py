"""Between the picture and the table, for the usual camera: pixels to places and back.

Places are (right, front) in world units along the camera's axes, picture points are fractions of
its width and height. The true camera stands a little elsewhere in each clip; that bends all places
of a clip alike, and what moves and meets is read from differences.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .config import TrackReaderConfig

Floats = NDArray[np.float64]
_NARROWEST = 4 / 3


class Table:
    """The table as the usual camera sees it, in a picture of `aspect` (width over height)."""

    def __init__(self, config: TrackReaderConfig, aspect: float = _NARROWEST) -> None:
        self.eye = np.array(config.eye)
        self.aim = np.array(config.target) - self.eye
        self.aspect = aspect
        # A picture narrower than 4:3 sees more vertically, not less horizontally.
        wider = max(1.0, _NARROWEST / aspect)
        self.up_extent = float(np.tan(np.radians(config.fov) / 2)) * wider

    @cached_property
    def basis(self) -> Floats:
        """Unit rows: forward, right, up."""
        forward = self.aim / np.linalg.norm(self.aim)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        return np.stack([forward, right, np.cross(right, forward)])

    @cached_property
    def axes(self) -> Floats:
        """Unit rows on the table: right, front."""
        forward, right, _ = self.basis
        front = -forward[:2] / np.linalg.norm(forward[:2])
        return np.stack([right[:2], front])

    def places(self, points: Floats, height: Floats) -> Floats:
        """Places (..., 2) of picture points (..., 2) of things `height` (...) above the table."""
        u = (points[..., 0] * 2 - 1) * self.up_extent * self.aspect
        v = (1 - points[..., 1] * 2) * self.up_extent
        forward, right, up = self.basis
        ray = forward + u[..., None] * right + v[..., None] * up
        reach = (height - self.eye[2]) / np.minimum(ray[..., 2], -1e-3)
        world = self.eye[:2] + reach[..., None] * ray[..., :2]
        return world @ self.axes.T

    def points(self, places: Floats, height: Floats) -> Floats:
        """Picture points (..., 2) of places (..., 2); inverse of `places`."""
        flat = places @ self.axes
        world = np.concatenate([flat, np.broadcast_to(height, flat.shape[:-1])[..., None]], -1)
        seen = (world - self.eye) @ self.basis.T
        depth = np.maximum(seen[..., 0], 0.3)
        x = (seen[..., 1] / depth / (self.up_extent * self.aspect) + 1) / 2
        y = (1 - seen[..., 2] / depth / self.up_extent) / 2
        return np.stack([x, y], -1)
