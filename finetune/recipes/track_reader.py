"""Train the track reader on simulated clips: `sightline finetune track_reader --out runs/tracks`.

Nothing is drawn: places come from the physics, points from each clip's own camera, and both get
the errors that the scene parser makes (jitter, misses near the rim and behind other things).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from rich.progress import track
from torch import Tensor

from ...data.world.video.clip import FRAMES_PER_SECOND, RESTS, Clip, draft_clip
from ...data.world.video.physics import STEPS_PER_SECOND, matter_of, simulate
from ...data.world.vocabulary import SIZE_RADIUS
from ...models.track_reader import TrackReaderConfig, TrackReaderModel
from ...models.track_reader.features import Paths, filled, pair_features, pairs_of, track_features
from ...models.track_reader.geometry import Table
from ..common.fit import FitConfig, fit

_SECONDS = 5.0
_FRAMES = round(_SECONDS * FRAMES_PER_SECOND) + 1
# How the scene parser errs, as a share of the picture's width: most of the time, and now and then.
_JITTER, _SLIP, _SLIPS = 0.0019, 0.008, 0.06
_MISSED, _MISSED_HIDDEN, _HIDDEN = 0.006, 0.55, 0.6
# A collision's mark is this many frames wide on either side.
_SPREAD = 0.8
_WORLDS = 8


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A simulated clip: its true course at the frames, and its states for the dynamics model."""

    clip: Clip
    place: np.ndarray  # (N, T, 2) camera-aligned
    point: np.ndarray  # (N, T, 2)
    depth: np.ndarray  # (N, T)
    inside: np.ndarray  # (N, T)
    moving: np.ndarray  # (N, T)
    touches: tuple[tuple[float, int, int], ...]
    states: np.ndarray  # (S, N, 4) place and velocity at the dynamics model's steps


def sample_courses(seed: int, n: int, config: TrackReaderConfig) -> list[Sample]:
    """`n` simulated clips of `seed`."""
    rng = np.random.default_rng([seed, 11])
    made = []
    for _ in track(range(n), description="simulating"):
        clip = None
        while clip is None:
            clip = draft_clip(rng)
        place, speed, begins = clip.start
        motion = simulate(
            matter_of(clip.objects), place[None], speed[None], _SECONDS, begins=begins
        )
        axes = np.array([clip.camera.directions()[name][:2] for name in ("right", "front")])
        every = STEPS_PER_SECOND // FRAMES_PER_SECOND
        at_frames = motion.position[0, ::every][:_FRAMES]
        pace = np.linalg.norm(motion.velocity[0, ::every][:_FRAMES], axis=-1)
        seen = clip.seen(at_frames)
        steps = np.arange(
            0, motion.position.shape[1], STEPS_PER_SECOND // (config.rate * config.steps)
        )
        states = np.concatenate(
            [motion.position[0, steps] @ axes.T, motion.velocity[0, steps] @ axes.T], -1
        )
        inside = clip.inside(at_frames)
        made.append(
            Sample(
                clip=clip,
                place=(at_frames @ axes.T).transpose(1, 0, 2),
                point=seen[..., :2].transpose(1, 0, 2),
                depth=seen[..., 2].T,
                inside=inside,
                moving=(pace > RESTS).T & inside,
                touches=tuple(motion.touches[0]),
                states=states,
            )
        )
    return made


def looks_of(objects: Sequence, config: TrackReaderConfig) -> np.ndarray:
    """(N, K) one-hot appearance of scene objects."""
    return np.array(
        [[float(kind in (o.size, o.material, o.shape)) for kind in config.kinds] for o in objects]
    )


def seen_badly(
    sample: Sample, table: Table, config: TrackReaderConfig, rng: np.random.Generator
) -> Paths:
    """What the scene parser and the tracker would make of a clip."""
    objects = sample.clip.objects
    radius = np.array([SIZE_RADIUS[item.size] for item in objects])
    # How much larger than the rim's distance an object is decides whether its half is detected.
    extent = radius[:, None] / np.maximum(sample.depth, 0.5) / table.up_extent / 2
    x, y = sample.point[..., 0], sample.point[..., 1]
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)) / extent
    noise = rng.normal(0, _JITTER, sample.point.shape)
    slips = rng.random(sample.point.shape[:2]) < _SLIPS
    noise += slips[..., None] * rng.normal(0, _SLIP, sample.point.shape)
    hidden = _hidden(sample, extent)
    noise *= 1 + 2 * hidden[..., None]
    point = sample.point + noise
    # Half an object is found where its visible half is.
    within = np.clip(point, 0.35 * extent[..., None] * [0.75, 1.0], 1 - 0.35 * extent[..., None])
    point = np.where((edge < 0.9)[..., None], 0.5 * point + 0.5 * within, point)
    rim = rng.normal(-0.25, 0.2, (len(objects), 1))
    missed = rng.random(edge.shape) < np.where(hidden, _MISSED_HIDDEN, _MISSED)
    missed |= rng.random(edge.shape) < 0.2 * (edge < 0.4)
    seen = (edge > rim) & ~missed
    point = filled(point, seen)
    height = np.broadcast_to(radius[:, None], seen.shape)
    return Paths(
        point=point,
        place=filled(table.places(point, height), seen),
        seen=seen,
        looks=looks_of(objects, config),
        radius=radius,
    )


def _hidden(sample: Sample, extent: np.ndarray) -> np.ndarray:
    """(N, T) whether an object is mostly behind nearer ones."""
    wide = sample.point * [4 / 3, 1.0]
    apart = np.linalg.norm(wide[:, None] - wide[None], axis=-1)
    cover = (extent[:, None] + extent[None] - apart) / (2 * extent[:, None])
    nearer = sample.depth[None] < sample.depth[:, None]
    return ((cover > _HIDDEN) & nearer).any(1)


def event_batch(
    samples: Sequence[Sample], table: Table, config: TrackReaderConfig, rng: np.random.Generator
) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Features and targets of the event head for a few clips, each seen anew."""
    frames = np.arange(_FRAMES)
    tracks, pairs, wanted = [], [], {k: [] for k in ("inside", "moving", "touch", "pair_mask")}
    for sample in samples:
        paths = seen_badly(sample, table, config, rng)
        kept = np.asarray(paths.seen.any(1))
        tracks.append(track_features(paths, config.rate)[kept])
        wanted["inside"].append(sample.inside[kept])
        wanted["moving"].append(sample.moving[kept])
        both = pair_features(paths, config.rate)
        first, second = pairs_of(len(kept))
        marks = np.zeros((len(first), _FRAMES))
        for time, i, j in sample.touches:
            at = time * FRAMES_PER_SECOND
            column = min(_FRAMES - 1, round(at))
            if not (sample.inside[i, column] and sample.inside[j, column]):
                continue
            row = np.nonzero((first == i) & (second == j))[0][0]
            marks[row] = np.maximum(marks[row], np.exp(-(((frames - at) / _SPREAD) ** 2) / 2))
        # Pairs that never come near teach little: most are left out.
        near = np.asarray(both[:, 0, :, 0].min(1) < 0.8)
        use = near | (rng.random(len(near)) < 0.15)
        use &= kept[first] & kept[second]
        pairs.append(both[use])
        wanted["touch"].append(marks[use])
        wanted["pair_mask"].append(
            (sample.inside[first] & sample.inside[second])[use].astype(float) + 0.05
        )
    targets = {
        key: torch.from_numpy(np.concatenate(rows).astype(np.float32))
        for key, rows in wanted.items()
    }
    targets["track_mask"] = torch.ones_like(targets["inside"])
    return (
        torch.from_numpy(np.concatenate(tracks).astype(np.float32)),
        torch.from_numpy(np.concatenate(pairs).astype(np.float32)),
        targets,
    )


def dynamics_loss(
    model: TrackReaderModel, samples: Sequence[Sample], rng: np.random.Generator
) -> Tensor:
    """Squared error of short rolls from true states, half of them about a collision."""
    rolled = 6
    step = 1 / (model.config.rate * model.config.steps)
    starts, looks, most = [], [], max(len(s.clip.objects) for s in samples)
    courses = []
    for sample in samples:
        n = len(sample.clip.objects)
        kind = np.pad(looks_of(sample.clip.objects, model.config), ((0, most - n), (0, 0)))
        for k in range(_WORLDS):
            last = len(sample.states) - rolled - 1
            at = int(rng.integers(last))
            if sample.touches and k % 2:
                time = sample.touches[int(rng.integers(len(sample.touches)))][0]
                at = min(last, max(0, math.floor(time / step) - int(rng.integers(0, rolled))))
            course = sample.states[at : at + rolled + 1]
            free = sample.clip.start[2] <= at * step
            courses.append(np.pad(course, ((0, 0), (0, most - n), (0, 0))))
            starts.append(np.pad(free, (0, most - n)))
            looks.append(kind)
    course = torch.from_numpy(np.stack(courses).astype(np.float32))
    here = torch.from_numpy(np.stack(starts))
    kinds = torch.from_numpy(np.stack(looks).astype(np.float32))
    place, speed = course[:, 0, :, :2], course[:, 0, :, 2:]
    loss = place.new_zeros(())
    for k in range(rolled):
        place, speed, _ = model.dynamics(place, speed, kinds, here)
        wanted = course[:, k + 1]
        loss = loss + (
            F.smooth_l1_loss(speed[here], wanted[..., 2:][here], beta=0.1)
            + 20 * F.mse_loss(place[here], wanted[..., :2][here])
        )
    return loss / rolled


def train_track_reader(
    out: Path,
    *,
    config: FitConfig,
    clips: int = 1500,
    batch_size: int = 6,
    model: TrackReaderModel | None = None,
    resume: bool = False,
) -> tuple[TrackReaderModel, dict[str, float]]:
    """Train event head and dynamics together; scored on other clips seen as badly."""
    torch.manual_seed(config.seed)
    model = model or TrackReaderModel(TrackReaderConfig())
    settings: TrackReaderConfig = model.config
    table = Table(settings)
    samples = sample_courses(config.seed, clips, settings)
    dev = sample_courses(8000 + config.seed, max(6, clips // 20), settings)

    def batch(step: int) -> tuple[tuple[Tensor, Tensor, dict[str, Tensor]], list[Sample], int]:
        rng = np.random.default_rng([config.seed, step])
        picked = [samples[int(i)] for i in rng.integers(len(samples), size=batch_size)]
        return event_batch(picked, table, settings, rng), picked, step

    def loss(model: torch.nn.Module, given) -> Tensor:
        events, picked, step = given
        rolled = dynamics_loss(model, picked, np.random.default_rng([step, 3]))  # type: ignore[arg-type]
        return model(*events).loss + rolled

    def evaluate(model: torch.nn.Module) -> dict[str, float]:
        rng = np.random.default_rng(5)
        right, total, hits, made, true = 0, 0, 0, 0, 0
        error = 0.0
        with torch.inference_mode():
            for sample in dev:
                tracks, pairs, wanted = event_batch([sample], table, settings, rng)
                output = model(tracks, pairs)
                for name in ("inside", "moving"):
                    right += int(((output[name] > 0) == (wanted[name] > 0.5)).sum())
                    total += wanted[name].numel()
                found = output.touch.sigmoid() > settings.threshold
                peaks = wanted["touch"] > 0.6
                true += int((peaks.any(1)).sum())
                made += int(found.any(1).sum())
                hits += int((found.any(1) & peaks.any(1)).sum())
                error += float(dynamics_loss(model, [sample], rng))  # type: ignore[arg-type]
        return {
            "states": right / max(total, 1),
            "touch_recall": hits / max(true, 1),
            "touch_precision": hits / max(made, 1),
            "roll_error": error / len(dev),
        }

    figures = fit(
        model, batch, loss, config, out, resume=resume, evaluate=evaluate, evaluate_every=500,
        title="track reader",
    )  # fmt: skip
    return model, figures
