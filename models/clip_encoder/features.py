"""What the clip encoder reads of a clip: its things, what became of each, and who met whom.

Shapes: N clips, K things, M meetings, V one-hot values, L looks (see `ClipEncoderConfig`), R roles.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..tasks import ClipReading
from .config import ClipEncoderConfig

# What a thing can do in a clip.
ROLES: Final = ("there", "collision", "enter", "leave", "moves", "still", "stop")
COUNTS: Final = ("there", "collision", "enter", "leave")
_LONGEST = 5.0
# Of a thing: seconds of its entering and leaving as shares, and whether it is in view at the end.
TIMES: Final = 3


class Clips(NamedTuple):
    """A batch of clips.

    Attributes:
        looks: (N, K, L) one-hot attributes, single and paired; zero where there is no thing.
        roles: (N, K, R) whether each thing plays each role; times: (N, K, `TIMES`).
        meetings: (N, M, 2) indices of two things, 0 where there is no meeting.
        met: (N, M) seconds as a share, -1 where there is no meeting.
        counts: (N, 4) how many there are of each of `COUNTS`.
    """

    looks: Tensor
    roles: Tensor
    times: Tensor
    meetings: Tensor
    met: Tensor
    counts: Tensor


def clip_batch(readings: Sequence[ClipReading], config: ClipEncoderConfig) -> Clips:
    """Readings as a batch; one without things has a row of nothing."""
    n = len(readings)
    things = max(1, *(len(r.attributes) for r in readings))
    meetings = max(1, *(len(r.course.touches) for r in readings))
    looks = np.zeros((n, things, config.looks), np.float32)
    roles = np.zeros((n, things, len(ROLES)), np.float32)
    times = np.zeros((n, things, TIMES), np.float32)
    pairs = np.zeros((n, meetings, 2), np.int64)
    met = np.full((n, meetings), -1.0, np.float32)
    counts = np.zeros((n, len(COUNTS)), np.int64)
    for row, reading in enumerate(readings):
        here = len(reading.attributes)
        if not here:
            continue
        looks[row, :here] = [look_of(values, config) for values in reading.attributes]
        roles[row, :here], times[row, :here] = _lives(reading)
        for column, (time, i, j) in enumerate(reading.course.touches):
            pairs[row, column] = i, j
            met[row, column] = max(0.0, time) / _LONGEST
        played = roles[row].sum(0)
        counts[row] = [played[ROLES.index(name)] for name in COUNTS]
        counts[row, COUNTS.index("collision")] = len(reading.course.touches)
    counts = counts.clip(0, config.most)
    return Clips(*(torch.from_numpy(a) for a in (looks, roles, times, pairs, met, counts)))


def look_of(values: Mapping[str, str], config: ClipEncoderConfig) -> list[float]:
    """The (L,) code of a thing, or of words about one: attributes that are not said are 0."""
    code = [float(values.get(name) == v) for name in config.names for v in config.values[name]]
    first, second = config.paired
    return code + [
        float(values.get(first) == a and values.get(second) == b)
        for a in config.values[first]
        for b in config.values[second]
    ]


def _lives(reading: ClipReading) -> tuple[np.ndarray, np.ndarray]:
    """Roles (K, R) and times (K, `TIMES`) of the things of a clip."""
    course = reading.course
    inside, moving = course.inside.astype(bool), course.moving.astype(bool)
    both = inside[:, 1:] & inside[:, :-1]
    comes, goes = inside[:, 1:] & ~inside[:, :-1], inside[:, :-1] & ~inside[:, 1:]
    hit = np.isin(np.arange(len(inside)), [i for _, *two in course.touches for i in two])
    stops = (moving[:, :-1] & ~moving[:, 1:] & both).any(1)
    moves = moving.any(1)
    played = {
        "there": np.ones(len(inside), bool), "collision": hit, "enter": comes.any(1),
        "leave": goes.any(1), "moves": moves, "still": ~moves, "stop": stops,
    }  # fmt: skip
    rate = max(course.rate, 1e-6) * _LONGEST
    first = np.where(comes.any(1), (comes.argmax(1) + 1) / rate, 0.0)
    last = np.where(goes.any(1), (goes.shape[1] - goes[:, ::-1].argmax(1)) / rate, 1.0)
    return (
        np.stack([played[name] for name in ROLES], -1).astype(np.float32),
        np.stack([first, last, inside[:, -1]], -1).astype(np.float32),
    )
