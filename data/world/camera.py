"""The camera that looks at the table: where it stands, its rays, and projection to pixels.

World units throughout; pixel x runs right, pixel y down, pixel centres at +0.5.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .scene import Vector

# The picture shape the field of view is stated for; narrower pictures see more vertically.
REFERENCE_ASPECT = 4 / 3

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@lru_cache(maxsize=1024)
def _basis(position: Vector, look_at: Vector) -> FloatArray:
    (px, py, pz), (lx, ly, lz) = position, look_at
    fx, fy, fz = lx - px, ly - py, lz - pz
    length = math.sqrt(fx * fx + fy * fy + fz * fz)
    fx, fy, fz = fx / length, fy / length, fz / length
    level = math.sqrt(fx * fx + fy * fy)
    rx, ry = fy / level, -fx / level
    rows = np.array([[fx, fy, fz], [rx, ry, 0.0], [ry * fz, -rx * fz, rx * fy - ry * fx]])
    rows.flags.writeable = False
    return rows


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A level pinhole camera.

    Attributes:
        position, look_at: world points.
        fov: vertical field of view in degrees, of a 4:3 or wider picture.
    """

    position: Vector = (7.36, -6.93, 4.96)
    look_at: Vector = (0.0, 0.0, 0.4)
    fov: float = 35.0

    def to_json(self) -> dict[str, Any]:
        """JSON form, as kept under `Scene.extra["camera"]`."""
        return {
            "position": list(self.position),
            "look_at": list(self.look_at),
            "fov": self.fov,
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Camera":
        """Inverse of `to_json`."""
        px, py, pz = (float(v) for v in entry["position"])
        lx, ly, lz = (float(v) for v in entry["look_at"])
        return cls(position=(px, py, pz), look_at=(lx, ly, lz), fov=float(entry["fov"]))

    def basis(self) -> FloatArray:
        """Unit vectors (3, 3): rows are forward, right, up."""
        return _basis(self.position, self.look_at)

    def half_extent(self, width: int, height: int) -> tuple[float, float]:
        """Half width and half height of the picture at depth one."""
        vertical = math.tan(math.radians(self.fov) / 2)
        aspect = width / height
        if aspect < REFERENCE_ASPECT:
            vertical *= REFERENCE_ASPECT / aspect
        return vertical * aspect, vertical

    def project(self, points: FloatArray | Sequence[Vector], width: int, height: int) -> FloatArray:
        """Pixel x, pixel y and depth (..., 3) of world points (..., 3)."""
        offset = np.asarray(points, np.float64) - np.asarray(self.position, np.float64)
        seen = offset @ self.basis().T
        half_w, half_h = self.half_extent(width, height)
        out = np.empty_like(seen)
        out[..., 0] = (seen[..., 1] / seen[..., 0] / half_w + 1) * width / 2
        out[..., 1] = (1 - seen[..., 2] / seen[..., 0] / half_h) * height / 2
        out[..., 2] = seen[..., 0]
        return out

    def directions(self) -> dict[str, Vector]:
        """CLEVR's directions: camera axes laid on the table, unit length."""
        forward, right, _ = self.basis()
        scale = math.hypot(forward[0], forward[1])
        behind = (float(forward[0] / scale), float(forward[1] / scale), 0.0)
        rightward = (float(right[0]), float(right[1]), 0.0)
        return {
            "left": (-rightward[0], -rightward[1], 0.0),
            "right": rightward,
            "front": (-behind[0], -behind[1], 0.0),
            "behind": behind,
        }


@dataclass(frozen=True, kw_only=True)
class Lights:
    """Two distant lights and the ambient level.

    Attributes:
        key, fill: world points the light comes from (only their direction matters).
        key_power, fill_power, ambient: linear intensities.
    """

    key: Vector = (6.0, 0.6, 7.4)
    fill: Vector = (-4.7, -4.0, 4.0)
    key_power: float = 1.0
    fill_power: float = 0.25
    ambient: float = 0.36

    def to_json(self) -> dict[str, Any]:
        """JSON form, as kept under `Scene.extra["light"]`."""
        return {
            "key": list(self.key),
            "fill": list(self.fill),
            "key_power": self.key_power,
            "fill_power": self.fill_power,
            "ambient": self.ambient,
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Lights":
        """Inverse of `to_json`."""
        kx, ky, kz = (float(v) for v in entry["key"])
        fx, fy, fz = (float(v) for v in entry["fill"])
        return cls(
            key=(kx, ky, kz),
            fill=(fx, fy, fz),
            key_power=float(entry["key_power"]),
            fill_power=float(entry["fill_power"]),
            ambient=float(entry["ambient"]),
        )


def sample_camera(rng: np.random.Generator) -> Camera:
    """CLEVR's camera with its position jittered by ±0.5 and its aim slightly."""
    position = np.array([7.36, -6.93, 4.96]) + rng.uniform(-0.5, 0.5, 3)
    look_at = np.array([0.15, -0.15, 0.1]) + rng.uniform(-0.12, 0.12, 3)
    px, py, pz = (round(float(v), 4) for v in position)
    lx, ly, lz = (round(float(v), 4) for v in look_at)
    fov = round(float(rng.uniform(31.5, 33.5)), 4)
    return Camera(position=(px, py, pz), look_at=(lx, ly, lz), fov=fov)


def sample_lights(rng: np.random.Generator) -> Lights:
    """The default lights with direction and power jittered."""
    base = Lights()
    key = np.asarray(base.key) + rng.uniform(-1.0, 1.0, 3)
    fill = np.asarray(base.fill) + rng.uniform(-0.8, 0.8, 3)
    gains = rng.uniform(0.92, 1.08, 3)
    kx, ky, kz = (round(float(v), 4) for v in key)
    fx, fy, fz = (round(float(v), 4) for v in fill)
    return Lights(
        key=(kx, ky, kz),
        fill=(fx, fy, fz),
        key_power=round(base.key_power * float(gains[0]), 4),
        fill_power=round(base.fill_power * float(gains[1]), 4),
        ambient=round(base.ambient * float(gains[2]), 4),
    )
