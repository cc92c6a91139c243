"""What the event head sees of tracks and of pairs of tracks, frame by frame.

Shapes: N tracks, T frames, P pairs (i < j), K appearance values. Features are scaled to about one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .geometry import Floats

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Paths:
    """Tracks as arrays.

    Attributes:
        point: (N, T, 2) fractions of the picture; place: (N, T, 2) on the table. Between sightings
            both run straight, before the first and after the last they stand.
        seen: (N, T) whether there was a detection.
        looks: (N, K) appearance, one-hot.
        radius: (N,) half heights.
    """

    point: Floats
    place: Floats
    seen: Bools
    looks: Floats
    radius: Floats


def filled(values: Floats, seen: Bools) -> Floats:
    """(N, T, D) with frames that are not `seen` (N, T) filled in as `Paths` says."""
    out = values.copy()
    frames = np.arange(values.shape[1])
    for i, flags in enumerate(seen):
        if flags.any():
            for d in range(values.shape[2]):
                out[i, :, d] = np.interp(frames, frames[flags], values[i, flags, d])
    return out


def _rates(place: Floats, rate: float, reach: int) -> Floats:
    """Velocity by differences over `reach` frames to either side (T is the second axis)."""
    padded = np.pad(place, ((0, 0), (reach, reach), (0, 0)), mode="edge")
    moved = padded[:, 2 * reach :] - padded[:, : -2 * reach]
    span = np.minimum(np.arange(place.shape[1]), reach)
    span = span + span[::-1]
    return moved * rate / np.maximum(span, 1)[None, :, None]


def track_features(paths: Paths, rate: float) -> Floats:
    """(N, T, F + K) of every track."""
    quick, slow = (_rates(paths.place, rate, reach) for reach in (1, 3))
    x, y = paths.point[..., 0], paths.point[..., 1]
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    before = np.maximum.accumulate(paths.seen, axis=1)
    columns = [
        quick[..., 0] / 2, quick[..., 1] / 2, np.linalg.norm(quick, axis=-1),
        np.linalg.norm(slow, axis=-1), paths.seen, 2 * x - 1, 2 * y - 1,
        np.clip(8 * edge, -2, 2), before,
    ]  # fmt: skip
    looks = np.broadcast_to(paths.looks[:, None], (*x.shape, paths.looks.shape[1]))
    return np.concatenate([np.stack(columns, -1), looks], -1)


def pairs_of(n: int) -> tuple[Indices, Indices]:
    """All pairs i < j."""
    first, second = np.triu_indices(n, 1)
    return first, second


def pair_features(paths: Paths, rate: float) -> Floats:
    """(P, 2, T, F' + 2 K): each pair seen from its first and from its second track."""
    first, second = pairs_of(len(paths.place))
    speed = _rates(paths.place, rate, 1)
    jolt = _rates(_rates(paths.place, rate, 2), rate, 2) / rate
    sides = []
    for i, j in ((first, second), (second, first)):
        away = paths.place[j] - paths.place[i]
        distance = np.linalg.norm(away, axis=-1)
        normal = away / np.maximum(distance, 1e-6)[..., None]
        gap = distance - (paths.radius[i] + paths.radius[j])[:, None]
        relative = speed[i] - speed[j]
        closing = (relative * normal).sum(-1)
        across = relative[..., 0] * normal[..., 1] - relative[..., 1] * normal[..., 0]
        columns = [
            np.clip(gap, -1, 2), np.clip(4 * gap, -2, 2), closing / 2, np.abs(across) / 2,
            (jolt[i] * normal).sum(-1), np.linalg.norm(jolt[i], axis=-1),
            (jolt[j] * normal).sum(-1), np.linalg.norm(jolt[j], axis=-1),
            paths.seen[i] & paths.seen[j],
        ]  # fmt: skip
        shape = (*gap.shape, paths.looks.shape[1])
        looks = [np.broadcast_to(paths.looks[k][:, None], shape) for k in (i, j)]
        sides.append(np.concatenate([np.stack(columns, -1), *looks], -1))
    return np.stack(sides, 1)
