"""Discs that slide on the table: friction, collisions, and when each one touches, many at once.

A body is a disc on the table plane. It slides with a constant braking (Coulomb friction); two that
touch exchange an impulse along the line of their centres, with a restitution and masses that go
by material and size. Worlds of a batch have as many bodies; those that a world lacks are masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..scene import SceneObject
from ..vocabulary import SIZE_RADIUS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STEPS_PER_SECOND: Final = 120
# World units per second squared; metal slides further.
BRAKING: Final = {"rubber": 0.6, "metal": 0.3}
DENSITY: Final = {"rubber": 1.0, "metal": 2.0}
_RESTITUTION: Final = {"rubber": 0.55, "metal": 0.9}
# A cube's footprint as a disc: between its half side and its half diagonal.
_FOOTPRINT: Final = {"cube": 1.18, "sphere": 1.0, "cylinder": 1.0}
# Softer touches, and touches of a pair that has only just touched, are no events.
_LEAST_IMPACT: Final = 0.08
_ONE_TOUCH: Final = 0.4


class Touch(NamedTuple):
    """Bodies `first` < `second` of one world met at `time` seconds."""

    time: float
    first: int
    second: int


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What decides how bodies move, (N,) each: radius, mass, braking and bounce."""

    radius: Floats
    mass: Floats
    braking: Floats
    bounce: Floats


@dataclass(frozen=True, kw_only=True)
class Motion:
    """What became of a batch of worlds.

    Attributes:
        position, velocity: (B, T, N, 2) world units, world units per second, every step.
        touches: of each world, in order of time.
    """

    position: Floats
    velocity: Floats
    touches: tuple[tuple[Touch, ...], ...]


def footprint(item: SceneObject) -> float:
    """Radius of the disc that an object is on the table."""
    return SIZE_RADIUS[item.size] * _FOOTPRINT[item.shape]


def matter_of(objects: Sequence[SceneObject]) -> Matter:
    """The matter of `objects`."""
    radius = np.array([footprint(item) for item in objects])
    return Matter(
        radius=radius,
        mass=np.array([DENSITY[o.material] * SIZE_RADIUS[o.size] ** 2 for o in objects]),
        braking=np.array([BRAKING[o.material] for o in objects]),
        bounce=np.array([_RESTITUTION[o.material] for o in objects]),
    )


def simulate(
    matter: Matter,
    position: Floats,
    velocity: Floats,
    seconds: float,
    *,
    present: Bools | None = None,
    begins: Floats | None = None,
) -> Motion:
    """Let B worlds of the same N bodies run.

    Args:
        position, velocity: (B, N, 2) at the start.
        seconds: how long.
        present: (B, N), False where a world lacks a body; it neither moves nor is touched.
        begins: (N,) seconds at which each body is set free; it stands and is not touched before.
    """
    batch, n, _ = position.shape
    steps = max(1, round(seconds * STEPS_PER_SECOND))
    dt = 1 / STEPS_PER_SECOND
    here = np.ones((batch, n), bool) if present is None else present
    start = np.zeros(n) if begins is None else begins
    place, speed = position.copy(), velocity.copy()
    first, second = np.triu_indices(n, 1)
    reach = matter.radius[first] + matter.radius[second]
    places = np.empty((batch, steps + 1, n, 2))
    speeds = np.empty_like(places)
    touches: list[list[Touch]] = [[] for _ in range(batch)]
    for step in range(steps + 1):
        time = step * dt
        free = here & (start <= time)
        gap = place[:, first] - place[:, second]
        near = (gap[..., 0] ** 2 + gap[..., 1] ** 2 < reach**2) & free[:, first] & free[:, second]
        for world, pair in zip(*np.nonzero(near), strict=True):
            i, j = int(first[pair]), int(second[pair])
            hard = _bounce(matter, place[world], speed[world], i, j)
            if hard > _LEAST_IMPACT:
                _note(touches[world], Touch(time, i, j))
        places[:, step] = place
        speeds[:, step] = speed * free[..., None]
        pace = np.sqrt((speed**2).sum(-1))
        slower = np.maximum(0.0, 1 - matter.braking * dt / np.maximum(pace, 1e-9))
        speed = np.where(free[..., None], speed * slower[..., None], speed)
        place = place + speed * dt * free[..., None]
    return Motion(
        position=places, velocity=speeds, touches=tuple(tuple(found) for found in touches)
    )


def _bounce(matter: Matter, place: Floats, speed: Floats, i: int, j: int) -> float:
    """Part two bodies that overlap; how fast they came together (0 where they did not)."""
    away = place[j] - place[i]
    distance = max(float(np.hypot(away[0], away[1])), 1e-9)
    normal = away / distance
    closing = float((speed[i] - speed[j]) @ normal)
    heavy = matter.mass[i] + matter.mass[j]
    overlap = matter.radius[i] + matter.radius[j] - distance
    place[i] -= normal * overlap * matter.mass[j] / heavy
    place[j] += normal * overlap * matter.mass[i] / heavy
    if closing <= 0:
        return 0.0
    bounce = (matter.bounce[i] + matter.bounce[j]) / 2
    impulse = (1 + bounce) * closing / heavy
    speed[i] -= normal * impulse * matter.mass[j]
    speed[j] += normal * impulse * matter.mass[i]
    return closing


def _note(found: list[Touch], touch: Touch) -> None:
    for old in reversed(found):
        if (old.first, old.second) == (touch.first, touch.second):
            if touch.time - old.time < _ONE_TOUCH:
                return
            break
    found.append(touch)
