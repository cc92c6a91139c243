"""The tabletop's three solids in their unit frames: where lines cross them, and their normals.

The sphere has radius one, the cube is [-1, 1]^3, the cylinder has radius and half height one.
Vectors are three tensors of one length, so that every operation runs along one component.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from .camera import IntArray
from .vocabulary import SHAPES

# Keeps slab tests free of 0/0; far below what a pixel can show.
_TINY = 1e-9
# Edges are shaded as if rounded over this share of the radius: metal glints there.
_BEVEL = 0.09

Triple = tuple[Tensor, Tensor, Tensor]


def crossing(kind: str, origin: Triple, ray: Triple) -> tuple[Tensor, Tensor]:
    """Entry and exit parameters of lines through the unit solid; a miss has entry >= exit."""
    (ox, oy, oz), (dx, dy, dz) = origin, ray
    if kind == "cube":
        x0, x1 = _slab(ox, dx)
        y0, y1 = _slab(oy, dy)
        z0, z1 = _slab(oz, dz)
        near = torch.maximum(torch.maximum(x0, y0), z0)
        return near, torch.minimum(torch.minimum(x1, y1), z1)
    a = dx * dx + dy * dy
    b = ox * dx + oy * dy
    c = ox * ox + oy * oy - 1
    if kind == "sphere":
        a, b, c = a + dz * dz, b + oz * dz, c + oz * oz
    a = a.clamp(min=_TINY)
    inside = b * b - a * c
    root = torch.sqrt(inside.clamp(min=0))
    near, far = (-b - root) / a, (root - b) / a
    if kind == "cylinder":
        z0, z1 = _slab(oz, dz)
        near, far = torch.maximum(near, z0), torch.minimum(far, z1)
    # A line that misses the round wall has a zero root: make its interval empty.
    return torch.where(inside > 0, near, far), far


def _slab(origin: Tensor, ray: Tensor) -> tuple[Tensor, Tensor]:
    inverse = 1 / torch.where(ray.abs() < _TINY, torch.full_like(ray, _TINY), ray)
    middle, half = -origin * inverse, inverse.abs()
    return middle - half, middle + half


def normals(kind: str, point: Triple) -> Triple:
    """Unit normals at surface points, bent towards the neighbouring face at edges."""
    x, y, z = point
    if kind == "cube":
        x, y, z = _rim(x), _rim(y), _rim(z)
    elif kind == "cylinder":
        round_ = torch.sqrt((x * x + y * y).clamp(min=1e-12))
        share = (round_ - (1 - _BEVEL)).clamp(min=0) / round_
        x, y, z = x * share, y * share, _rim(z)
    length = 1 / torch.sqrt((x * x + y * y + z * z).clamp(min=1e-12))
    return x * length, y * length, z * length


def _rim(v: Tensor) -> Tensor:
    outside = (v.abs() - (1 - _BEVEL)).clamp(min=0)
    return torch.where(v < 0, -outside, outside)


def by_shape(
    groups: Sequence[int],
    sizes: IntArray,
    work: Callable[..., tuple[Tensor, ...]],
    *vectors: Triple,
) -> tuple[Tensor, ...]:
    """Apply `work(kind, *vectors)` to the stretch of samples of each shape and join the results.

    Args:
        groups: first owner of each shape, and the number of owners.
        sizes: samples per owner; samples are in owner order.
    """
    ends = np.concatenate([[0], np.cumsum(sizes)])
    parts: list[tuple[Tensor, ...]] = []
    for kind, first, last in zip(SHAPES, groups[:-1], groups[1:], strict=True):
        cut = slice(int(ends[first]), int(ends[last]))
        parts.append(work(kind, *((x[cut], y[cut], z[cut]) for x, y, z in vectors)))
    return tuple(torch.cat(part) for part in zip(*parts, strict=True))
