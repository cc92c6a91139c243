"""Clips of the tabletop: what stands, slides in, meets and leaves; sampled so that things happen.

    clip = sample_clip(np.random.default_rng([seed, index]))
    clip.story          # what is true
    clip.variants       # what would be true of clips that look nearly the same

A question is only asked where all variants answer it alike: nothing hangs on a hair's breadth.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from ..camera import Camera, Lights, sample_camera, sample_lights
from ..scene import SceneObject, Vector
from ..vocabulary import COLORS, MATERIALS, SHAPES, SIZE_RADIUS, SIZES
from .physics import STEPS_PER_SECOND, Bools, Floats, Motion, footprint, matter_of, simulate
from .story import Event, Story, events_of

FRAMES_PER_SECOND: Final = 12
# Seconds after a clip's end that "what happens next?" looks at.
AHEAD: Final = 2.5
# Slower than this, in world units per second, is standing still.
RESTS: Final = 0.1
_LONGEST, _SHORTEST = 5.0, 3.0
_TABLE: Final = 2.3
_GAP: Final = 0.35
# Objects further back than this, in world units, are too small to be told.
_FARTHEST: Final = -5.0
_VARIANTS: Final = 6
# How much nearly alike clips differ: place, speed (a share), and the rim of the view (a share).
_PLACE, _SPEED, _RIM = 0.035, 0.025, 0.03
_TIME: Final = 0.07
_HIDDEN_SHARE, _HIDDEN_FRAMES = 0.55, 4
_ASPECT = (320, 240)


@dataclass(frozen=True, kw_only=True)
class Clip:
    """One clip, before it is drawn.

    Attributes:
        objects: attributes, rotation, and position at the start.
        camera, lights: as in a scene.
        seconds: how long the clip is.
        start: (N, 2) positions, (N, 2) velocities and (N,) seconds of release.
        seed: of the variants.
    """

    objects: tuple[SceneObject, ...]
    camera: Camera
    lights: Lights
    seconds: float
    start: tuple[Floats, Floats, Floats]
    seed: int = 0
    index: int = 0
    filename: str = ""

    @property
    def frames(self) -> int:
        """Frames of the clip, first and last included."""
        return round(self.seconds * FRAMES_PER_SECOND) + 1

    @cached_property
    def motion(self) -> Motion:
        """The clip and what comes after it, and the same without each object; see `_worlds`."""
        return self._worlds(*self.start[:2])

    def track(self, frames: int | None = None) -> tuple[Floats, Floats]:
        """Positions and velocities at the frames: (T, N, 2) each."""
        count = self.frames if frames is None else frames
        steps = np.arange(count) * (STEPS_PER_SECOND // FRAMES_PER_SECOND)
        return self.motion.position[0, steps], self.motion.velocity[0, steps]

    @cached_property
    def story(self) -> Story:
        """What is true of the clip."""
        return self._story(self.motion, rim=0.0)

    @cached_property
    def variants(self) -> tuple[Story, ...]:
        """What is true of clips that nobody could tell from this one."""
        rng = np.random.default_rng([self.seed, self.index, 7])
        place, speed, _ = self.start
        told = []
        for number in range(_VARIANTS):
            shifted = place + rng.normal(0, _PLACE, place.shape)
            faster = speed * (1 + rng.normal(0, _SPEED, (len(speed), 1)))
            turned = _turned(faster, rng.normal(0, _SPEED, len(speed)))
            motion = self._worlds(shifted, turned)
            story = self._story(motion, rim=_RIM * (1 if number % 2 else -1), pace=0.5 + number % 3)
            told.append(_jittered(story, rng))
        return tuple(told)

    def seen(self, position: Floats) -> Floats:
        """Where in the picture centres (T, N, 2) lie: x, y in 0 to 1, and depth, (T, N, 3)."""
        high = np.array([SIZE_RADIUS[item.size] for item in self.objects])
        points = np.concatenate(
            [position, np.broadcast_to(high[:, None], (*position.shape[:2], 1))], -1
        )
        return self.camera.project(points, *_ASPECT) / np.array([*_ASPECT, 1.0])

    def inside(self, position: Floats, rim: float = 0.0) -> Bools:
        """Whether centres (T, N, 2) lie in the picture, widened by `rim` of its size: (N, T)."""
        x, y, depth = np.moveaxis(self.seen(position), -1, 0)
        within = (x > -rim) & (x < 1 + rim) & (y > -rim) & (y < 1 + rim) & (depth > 0.5)
        return within.T

    def _worlds(self, place: Floats, speed: Floats) -> Motion:
        """World 0 is the clip; world 1 + i lacks object i."""
        n = len(self.objects)
        present = np.ones((n + 1, n), bool)
        present[1:][np.eye(n, dtype=bool)] = False
        return simulate(
            matter_of(self.objects),
            np.repeat(place[None], n + 1, 0),
            np.repeat(speed[None], n + 1, 0),
            self.seconds + AHEAD,
            present=present,
            begins=self.start[2],
        )

    def _story(self, motion: Motion, rim: float, pace: float = 1.0) -> Story:
        rate = float(STEPS_PER_SECOND)
        last = round(self.seconds * STEPS_PER_SECOND) + 1
        moving = (np.sqrt((motion.velocity**2).sum(-1)) > RESTS * pace).transpose(0, 2, 1)
        inside = np.stack([self.inside(world, rim) for world in motion.position])
        moving &= inside
        told = [
            events_of(touches, moving[w], inside[w], rate)
            for w, touches in enumerate(motion.touches)
        ]
        # What left does not come back, and what is missing was never there.
        told = [_once(events) for events in told]

        def without(i: int) -> tuple[Event, ...]:
            return tuple(e for e in told[1 + i] if e.time <= self.seconds and i not in e.objects)

        return Story(
            objects=self.objects,
            seconds=self.seconds,
            events=tuple(e for e in told[0] if e.time <= self.seconds),
            moving=moving[0, :, :last],
            inside=inside[0, :, :last],
            place=self.seen(motion.position[0, :last])[..., :2].transpose(1, 0, 2),
            ahead=lambda: tuple(e for e in told[0] if e.time > self.seconds),
            without=without,
        )


def _once(events: Sequence[Event]) -> tuple[Event, ...]:
    kept: list[Event] = []
    gone: set[int] = set()
    for event in events:
        if gone & set(event.objects):
            continue
        if event.kind == "leave":
            gone.update(event.objects)
        kept.append(event)
    return tuple(kept)


def _turned(speed: Floats, angle: Floats) -> Floats:
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * speed[:, 0] - s * speed[:, 1], s * speed[:, 0] + c * speed[:, 1]], -1)


def _jittered(story: Story, rng: np.random.Generator) -> Story:
    """The same story with its events told a moment early or late."""

    def shifted(events: Sequence[Event]) -> tuple[Event, ...]:
        moved = [e._replace(time=e.time + float(rng.normal(0, _TIME))) for e in events]
        return tuple(sorted(moved, key=lambda e: e.time))

    ahead, without = story.ahead, story.without
    return replace(
        story,
        events=shifted(story.events),
        ahead=lambda: shifted(ahead()),
        without=lambda i: shifted(without(i)),
    )


def sample_clip(rng: np.random.Generator, *, seed: int = 0, index: int = 0) -> Clip:
    """Draw a clip in which things happen; every object can be told by colour, shape, material."""
    while True:
        clip = draft_clip(rng, seed, index)
        if clip is None:
            continue
        clip = _cut(rng, clip)
        if _worth_seeing(clip):
            return clip


def sample_clips(seed: int, n: int, first: int = 0) -> list[Clip]:
    """Clips `first` to `first + n - 1` of `seed`; the i-th depends on (seed, i) alone."""
    return [
        replace(
            sample_clip(np.random.default_rng([seed, i, 5]), seed=seed, index=i),
            filename=f"video_{seed}_{i:05d}.mp4",
        )
        for i in range(first, first + n)
    ]


def draft_clip(rng: np.random.Generator, seed: int = 0, index: int = 0) -> Clip | None:
    """A clip of full length in which anything may happen; None where things found no room."""
    camera, lights = sample_camera(rng), sample_lights(rng)
    count = int(rng.integers(3, 7))
    comers = int(rng.integers(1, 3)) if rng.random() < 0.85 else 0
    looks = _looks(rng, count)
    axes = np.array([camera.directions()[name][:2] for name in ("right", "front")])
    place = np.zeros((count, 2))
    speed = np.zeros((count, 2))
    begins = np.zeros(count)
    for i in range(count - comers):
        spot = _free_spot(rng, looks, place, i)
        if spot is None:
            return None
        place[i] = spot
    standing = count - comers
    if rng.random() < (0.35 if comers else 1.0):
        # Something inside is already under way when the clip begins.
        mover = int(rng.integers(standing))
        speed[mover] = _aimed(rng, looks, place, mover, standing, float(rng.uniform(1.5, 3.5)))
    for i in range(standing, count):
        target = place[int(rng.integers(standing))] + rng.uniform(-0.5, 0.5, 2)
        begins[i] = float(rng.uniform(0.0, 1.0 if i == standing else 2.6))
        # From the left, the right or the front: the far edge of the table is not in sight.
        angle = float(
            rng.choice([rng.uniform(-35, 35), rng.uniform(145, 215), rng.uniform(55, 125)])
        )
        way = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))]) @ axes
        place[i] = _outside(camera, target, way, looks[i])
        speed[i] = -way * rng.uniform(2.4, 4.2)
    objects = tuple(
        replace(item, position=(*_rounded(spot), SIZE_RADIUS[item.size]))
        for item, spot in zip(looks, place, strict=True)
    )
    return Clip(
        objects=objects,
        camera=camera,
        lights=lights,
        seconds=_LONGEST,
        start=(np.round(place, 4), np.round(speed, 4), np.round(begins, 4)),
        seed=seed,
        index=index,
    )


def _rounded(spot: Floats) -> tuple[float, float]:
    return round(float(spot[0]), 4), round(float(spot[1]), 4)


def _cut(rng: np.random.Generator, clip: Clip) -> Clip:
    """Choose where the clip ends; half the time just before something happens."""
    later = [e.time for e in clip.story.events if e.kind in ("collision", "leave")]
    later = [t for t in later if t > _SHORTEST + 0.2]
    if later and rng.random() < 0.6:
        end = rng.choice(later) - rng.uniform(0.2, 0.7)
    else:
        end = rng.uniform(_SHORTEST, _LONGEST)
    frames = round(min(_LONGEST, max(_SHORTEST, float(end))) * FRAMES_PER_SECOND)
    return replace(clip, seconds=frames / FRAMES_PER_SECOND)


def _looks(rng: np.random.Generator, count: int) -> list[SceneObject]:
    looks: list[SceneObject] = []
    told: set[tuple[str, str, str]] = set()
    while len(looks) < count:
        shape, color = str(rng.choice(SHAPES)), str(rng.choice(COLORS))
        size, material = str(rng.choice(SIZES)), str(rng.choice(MATERIALS))
        if (shape, color, material) in told:
            continue
        told.add((shape, color, material))
        nowhere: Vector = (0.0, 0.0, 0.0)
        turn = round(float(rng.uniform(0, 360)), 3)
        looks.append(
            SceneObject(shape=shape, color=color, size=size, material=material,
                        position=nowhere, rotation=turn)
        )  # fmt: skip
    return looks


def _free_spot(
    rng: np.random.Generator, looks: Sequence[SceneObject], place: Floats, i: int
) -> Floats | None:
    for _ in range(60):
        spot = rng.uniform(-_TABLE, _TABLE, 2)
        if all(
            math.dist(spot, place[j]) > footprint(looks[i]) + footprint(looks[j]) + _GAP
            for j in range(i)
        ):
            return spot
    return None


def _aimed(
    rng: np.random.Generator,
    looks: Sequence[SceneObject],
    place: Floats,
    mover: int,
    standing: int,
    pace: float,
) -> Floats:
    others = [j for j in range(standing) if j != mover]
    if not others or rng.random() < 0.25:
        angle = rng.uniform(0, 2 * math.pi)
        return pace * np.array([math.cos(angle), math.sin(angle)])
    target = int(rng.choice(others))
    aim = place[target] - place[mover] + rng.uniform(-1, 1, 2) * footprint(looks[target])
    return pace * aim / max(float(np.hypot(*aim)), 1e-6)


def _outside(camera: Camera, target: Floats, way: Floats, item: SceneObject) -> Floats:
    """The first place along `way` from `target` from which nothing of the object is seen."""
    width, height = _ASPECT
    radius = SIZE_RADIUS[item.size]
    for far in np.arange(1.0, 12.0, 0.1):
        x, y = target + way * far
        px, py, depth = camera.project(np.array([x, y, radius]), width, height)
        extent = 1.5 * radius / max(depth, 0.3) / camera.half_extent(width, height)[1] * height / 2
        if depth < 1.5 or not (-extent < px < width + extent and -extent < py < height + extent):
            break
    return target + way * far


def _worth_seeing(clip: Clip) -> bool:
    """Whether enough happens, in sight, and not behind something else."""
    story = clip.story
    kinds = [e.kind for e in story.events]
    if "collision" not in kinds and (clip.index % 7 or len(kinds) < 2):
        return False
    position, _ = clip.track()
    back = clip.camera.directions()["front"]
    inside = clip.inside(position)
    depth = (position @ np.array(back[:2])).T
    if (depth[inside] < _FARTHEST).any() or (inside.sum(1) < 5).any():
        return False
    return not _hidden(clip, position, inside)


def _hidden(clip: Clip, position: Floats, inside: Bools) -> bool:
    """Whether some object stands mostly behind nearer ones for long."""
    width, height = _ASPECT
    radius = np.array([SIZE_RADIUS[item.size] for item in clip.objects])
    points = np.concatenate(
        [position, np.broadcast_to(radius[:, None], (*position.shape[:2], 1))], -1
    )
    seen = clip.camera.project(points, width, height)
    size = radius / np.maximum(seen[..., 2], 0.5) / clip.camera.half_extent(width, height)[1]
    size = size * height / 2
    apart = np.sqrt(((seen[:, :, None, :2] - seen[:, None, :, :2]) ** 2).sum(-1))
    nearer = seen[:, None, :, 2] < seen[:, :, None, 2]
    # The share of disc i that lies under disc j, roughly: how deep the two overlap.
    cover = (size[:, :, None] + size[:, None] - apart) / (2 * np.maximum(size[:, :, None], 1e-6))
    hidden = ((cover > _HIDDEN_SHARE) & nearer).any(-1).T & inside
    run = np.zeros(len(hidden), int)
    for frame in range(hidden.shape[1]):
        run = np.where(hidden[:, frame], run + 1, 0)
        if (run > _HIDDEN_FRAMES).any():
            return True
    return False
