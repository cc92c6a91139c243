"""Courses that were not filmed: what comes after the clip, and the clip without one object.

Without an object, everything else keeps to what was filmed until that changes: until the time at
which it met the missing object, or something that had already left its course. From there on the
dynamics model rolls it forward (after the re-anchoring of NS-DR).
"""

from dataclasses import dataclass

import numpy as np
import torch

from ..tasks import Course
from .features import Bools, Paths
from .geometry import Floats, Table
from .model import TrackReaderModel

Touch = tuple[float, int, int]
AHEAD = 2.5
_WINDOW = 7
_RESTS = 0.1
_LEAST_IMPACT = 0.08
_ONE_TOUCH = 0.4


@dataclass(frozen=True, kw_only=True)
class Filmed:
    """What was read of a clip, as the roll needs it; shapes as in `Paths`."""

    paths: Paths
    touches: tuple[Touch, ...]
    moving: Bools
    inside: Bools
    rate: float


class Roll:
    """Rolls courses of one clip forward.

    Args:
        model: its dynamics are used.
        filmed: the clip.
    """

    def __init__(self, model: TrackReaderModel, filmed: Filmed, table: Table) -> None:
        self.model, self.filmed, self.table = model.eval(), filmed, table
        self.steps = max(1, round(1 / (model.dynamics.dt * filmed.rate)))
        self.looks = torch.from_numpy(filmed.paths.looks.astype(np.float32))[None]
        with torch.inference_mode():
            self.braking = (
                torch.nn.functional.softplus(model.dynamics.body(self.looks[0])[:, 0])
            ).numpy()

    def state(self, i: int, frame: int) -> tuple[Floats, Floats]:
        """Place and velocity of object i at `frame`, from what was seen up to it."""
        paths, rate = self.filmed.paths, self.filmed.rate
        since = 0
        for time, *pair in self.filmed.touches:
            if i in pair and time * rate < frame - 0.5:
                since = max(since, int(np.ceil(time * rate)))
        window = [f for f in range(max(since, frame - _WINDOW), frame + 1) if paths.seen[i, f]]
        if len(window) < 2 or not self.filmed.moving[i, max(0, frame - 1) : frame + 1].any():
            near = window or [frame]
            return paths.place[i, near].mean(0), np.zeros(2)
        t = (np.array(window) - frame) / rate
        place = paths.place[i, window]
        speed = np.zeros(2)
        for _ in range(3):
            # What braking bends is taken out, so that a line fits.
            pace = float(np.linalg.norm(speed))
            bend = 0.5 * self.braking[i] * t[:, None] ** 2 * (speed / pace if pace > 1e-6 else 0.0)
            design = np.stack([np.ones_like(t), t], 1)
            fit, *_ = np.linalg.lstsq(design, place + bend, rcond=None)
            speed = fit[1]
        return fit[0], speed

    def ahead(self) -> Course:
        """What comes after the last frame."""
        filmed = self.filmed
        last = filmed.inside.shape[1] - 1
        n = len(filmed.inside)
        here = filmed.inside[:, last].copy()
        place, speed = (
            np.stack(v) for v in zip(*(self.state(i, last) for i in range(n)), strict=True)
        )
        speed[~filmed.moving[:, last]] = 0.0
        frames = round(AHEAD * filmed.rate)
        moving, inside = np.zeros((n, frames + 1), bool), np.zeros((n, frames + 1), bool)
        moving[:, 0], inside[:, 0] = filmed.moving[:, last], here
        touches: list[Touch] = []
        free = np.ones(n, bool)
        for frame in range(1, frames + 1):
            start = (last + frame - 1) / filmed.rate
            place, speed, _ = self._frame(place, speed, here, free, start, touches)
            inside[:, frame] = self._in_view(place) & here
            moving[:, frame] = (np.linalg.norm(speed, axis=-1) > _RESTS) & inside[:, frame]
        return Course(
            touches=tuple(touches), moving=moving, inside=inside, rate=filmed.rate,
            offset=last / filmed.rate,
        )  # fmt: skip

    def without(self, missing: int) -> Course:
        """The clip had object `missing` not been there."""
        filmed, paths, rate = self.filmed, self.filmed.paths, self.filmed.rate
        n, frames = filmed.inside.shape
        free = np.zeros(n, bool)  # has left its filmed course
        gone = free.copy()
        gone[missing] = True
        place, speed = paths.place[:, 0].copy(), np.zeros((n, 2))
        moving, inside = filmed.moving.copy(), filmed.inside.copy()
        moving[missing] = inside[missing] = False
        touches: list[Touch] = []
        for frame in range(frames):
            filmed_here = filmed.inside[:, frame]
            for time, i, j in filmed.touches:
                if frame <= time * rate < frame + 1:
                    for one, other in ((i, j), (j, i)):
                        if (gone | free)[other] and not (gone | free)[one]:
                            place[one], speed[one] = self.state(one, frame)
                            free[one] = True
            for i in np.nonzero(~free)[0]:
                place[i] = paths.place[i, frame]
                if filmed.moving[i, frame]:
                    speed[i] = self.state(int(i), frame)[1]
                else:
                    speed[i] = 0.0
            if free.any():
                inside[free, frame] = self._in_view(place)[free]
                pace = np.linalg.norm(speed, axis=-1) > _RESTS
                moving[free, frame] = (pace & inside[:, frame])[free]
            if frame + 1 < frames and free.any():
                here = (filmed_here | free) & ~gone
                place, speed, met = self._frame(place, speed, here, free, frame / rate, touches)
                free |= met & ~gone
        kept = [
            (time, i, j)
            for time, i, j in filmed.touches
            if not {i, j} & {missing} and not self._left(time, (i, j), touches, missing)
        ]
        return Course(
            touches=tuple(sorted({*kept, *touches})), moving=moving, inside=inside, rate=rate
        )

    def _left(self, time: float, pair: tuple[int, int], made: list[Touch], missing: int) -> bool:
        """Whether one of a filmed pair had left its course by then."""
        off = {missing}
        for event in sorted([*self.filmed.touches, *made]):
            if event[0] > time - 1e-6:
                break
            if off & set(event[1:]):
                off |= set(event[1:])
        return bool((off - {missing}) & set(pair))

    def _frame(
        self,
        place: Floats,
        speed: Floats,
        here: Bools,
        free: Bools,
        start: float,
        touches: list[Touch],
    ) -> tuple[Floats, Floats, Bools]:
        """One frame further; also which objects a free one met."""
        p = torch.from_numpy(place.astype(np.float32))[None]
        v = torch.from_numpy(speed.astype(np.float32))[None]
        present = torch.from_numpy(here)[None]
        met = np.zeros(len(here), bool)
        with torch.inference_mode():
            for step in range(self.steps):
                away = p[0, None] - p[0, :, None]
                normal = away / (away.norm(dim=-1, keepdim=True) + 1e-6)
                closing = ((v[0, :, None] - v[0, None]) * normal).sum(-1).numpy()
                p, v, contact = self.model.dynamics(p, v, self.looks, present)
                hit = (contact[0].numpy() > 0) & (closing > _LEAST_IMPACT)
                for i, j in zip(*np.nonzero(np.triu(hit)), strict=True):
                    if free[i] or free[j]:
                        _note(touches, (start + step * self.model.dynamics.dt, int(i), int(j)))
                        met[[i, j]] = True
        return p[0].numpy().astype(float), v[0].numpy().astype(float), met

    def _in_view(self, place: Floats) -> Bools:
        points = self.table.points(place, self.filmed.paths.radius)
        return np.asarray(((points > 0) & (points < 1)).all(-1))


def _note(found: list[Touch], touch: Touch) -> None:
    if any(old[1:] == touch[1:] and touch[0] - old[0] < _ONE_TOUCH for old in found):
        return
    found.append(touch)
