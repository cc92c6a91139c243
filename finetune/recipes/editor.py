"""Train the editor on drawn edits: `sightline finetune editor --out runs/editor`.

Every scene is drawn three ways (see `data/world/edit_pairs.py`), which gives six edits of each
chosen object. Places and boxes are as wrong as a scene parser's, and the regions are laid out
from them as they will be when a person asks.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from rich.progress import track
from torch import Tensor

from ...data.world.edit_pairs import Area, variants
from ...data.world.pool import load_dataset
from ...data.world.render import render
from ...data.world.scene import Scene, SceneObject
from ...data.world.vocabulary import ATTRIBUTES
from ...models.editor import EditorConfig, EditorModel
from ...models.editor.canvas import condition_of, layout
from ...models.editor.config import MODES
from ...models.editor.sketch import sketch
from ...models.editor.view import TableView, Thing
from ..common.fit import FitConfig, fit, own_loss, step_seed

_CHUNK = 16
# What a scene parser is off by: places in world units, box edges as a share of the box.
_PLACE_ERROR = 0.06
_BOX_ERROR = 0.025
# Working size, share of the run, share of the learning rate: small squares first, which a CPU
# gets through twice as fast, then the size that is used.
_STAGES = ((64, 0.4, 1.0), (96, 0.6, 0.5))
# One edit of an object: mode, which of (full, bare, repainted) before and after.
_EDITS = (
    ("erase", 0, 1), ("erase", 2, 1), ("insert", 1, 0), ("insert", 1, 2), ("repaint", 0, 2),
    ("repaint", 2, 0),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DrawnEdits:
    """N drawn edits, on their squares.

    Attributes:
        before, after: (N, S, S, 3) uint8; hints: (N, 4, S, S) uint8; told: (N, C) float.
        mode: (N,) index of the edit's mode.
    """

    before: Tensor
    after: Tensor
    hints: Tensor
    told: Tensor
    mode: Tensor

    def __len__(self) -> int:
        return len(self.told)

    def batch(self, index: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Inputs and targets of `EditorModel.forward`."""
        before, after = (
            x[index].permute(0, 3, 1, 2).float() / 255 for x in (self.before, self.after)
        )
        return before, self.hints[index].float() / 255, self.told[index], after


def seen_as(item: SceneObject, scene: Scene, rng: Random | None = None) -> Thing:
    """`item` as the editor takes it; `rng` adds the errors of a scene parser."""
    axes = (scene.directions["right"], scene.directions["front"])
    right, front = (sum(p * d for p, d in zip(item.position, a, strict=True)) for a in axes)
    angle = math.radians(item.rotation)
    facing = [math.cos(angle) * axis[0] + math.sin(angle) * axis[1] for axis in axes]
    box = list(item.box)
    if rng is not None:
        side = max(box[2] - box[0], box[3] - box[1])
        box = [edge + rng.gauss(0, _BOX_ERROR * side) for edge in box]
        right, front = right + rng.gauss(0, _PLACE_ERROR), front + rng.gauss(0, _PLACE_ERROR)
    return Thing(
        attributes={name: item.value(name) for name in ATTRIBUTES},
        place=(right, front),
        box=(box[0], box[1], box[2], box[3]),
        turn=math.atan2(facing[1], facing[0]),
    )


def touched_in(scene: Scene) -> Callable[[SceneObject], Area]:
    """The area that an edit of an object of `scene` may touch, in pixels."""
    things = [seen_as(item, scene) for item in scene.objects]
    view = TableView.fit(things, scene.width, scene.height)

    def area(item: SceneObject) -> Area:
        thing = seen_as(item, scene)
        points = np.array([*view.silhouette(thing), *view.shadow(thing)])
        (x0, y0), (x1, y1) = points.min(0) - 3, points.max(0) + 3
        return float(x0), float(y0), float(x1), float(y1)

    return area


def draw_edits(
    scenes: list[Scene], images: np.ndarray, config: EditorConfig, seed: int
) -> DrawnEdits:
    """Draw the edits of `scenes`, whose pictures are `images` (M, H, W, 3)."""
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray, Tensor, int]] = []
    for first in track(range(0, len(scenes), _CHUNK), description="drawing edits"):
        chunk = scenes[first : first + _CHUNK]
        made = [
            variants(scene, Random(f"{seed}/{first + i}"), touched_in(scene))
            for i, scene in enumerate(chunk)
        ]
        others = [scene for v in made for scene in (v.bare, v.repainted)]
        drawn = render(others, width=chunk[0].width, height=chunk[0].height).numpy()
        for i, variant in enumerate(made):
            rng = Random(f"{seed}/{first + i}/seen")
            pictures = [
                Image.fromarray(np.ascontiguousarray(picture))
                for picture in (images[first + i], drawn[2 * i], drawn[2 * i + 1])
            ]
            scene = variant.full
            seen = [seen_as(item, scene, rng) for item in scene.objects]
            # A thing to come stands where it is told to; only what is there is misread.
            exact = [seen_as(item, scene) for item in scene.objects]
            whole = TableView.fit(seen, scene.width, scene.height)
            free = TableView.fit(exact, scene.width, scene.height)
            for k in variant.chosen:
                neighbours = [thing for j, thing in enumerate(seen) if j != k]
                looks = [
                    {name: of.objects[k].value(name) for name in ATTRIBUTES}
                    for of in (scene, scene, variant.repainted)
                ]
                for mode, a, b in _EDITS:
                    # What is wanted; when erasing, what is there.
                    wanted, is_now = looks[a if mode == "erase" else b], looks[a]
                    base = exact[k] if mode == "insert" else seen[k]
                    thing, was = replace(base, attributes=wanted), replace(base, attributes=is_now)
                    view = free if mode == "insert" else whole
                    canvas = layout(mode, thing, neighbours, view, config)
                    cut = canvas.cut(pictures[a], config.side)
                    parts.append((
                        sketch(mode, cut, canvas, thing, was, view),
                        canvas.cut(pictures[b], config.side),
                        canvas.hints,
                        condition_of(mode, thing, config),
                        MODES.index(mode),
                    ))  # fmt: skip
    before, after, hints, told, mode = zip(*parts, strict=True)
    return DrawnEdits(
        before=torch.from_numpy(np.stack(before)),
        after=torch.from_numpy(np.stack(after)),
        hints=torch.from_numpy(np.stack(hints)),
        told=torch.stack(told),
        mode=torch.tensor(mode),
    )


def score(model: torch.nn.Module, edits: DrawnEdits) -> dict[str, float]:
    """Mean error inside the region in grey levels of 255, by mode, and of leaving it as it is."""
    totals: dict[str, list[float]] = {name: [] for name in (*MODES, "as_is")}
    for start in range(0, len(edits), 64):
        index = torch.arange(start, min(start + 64, len(edits)))
        before, hints, told, after = edits.batch(index)
        region = hints[:, 1:2]
        with torch.inference_mode():
            pixels = model(before, hints, told).pixels
        area = 3 * region.sum((1, 2, 3)).clamp(min=1)
        error = 255 * ((pixels - after).abs() * region).sum((1, 2, 3)) / area
        as_is = 255 * ((before - after).abs() * region).sum((1, 2, 3)) / area
        totals["as_is"] += as_is.tolist()
        for name, value in zip(edits.mode[index].tolist(), error.tolist(), strict=True):
            totals[MODES[name]].append(value)
    return {name: float(np.mean(values)) for name, values in totals.items() if values}


def train_editor(
    pool: Path,
    dev: Path,
    out: Path,
    *,
    config: FitConfig,
    scenes: int = 250,
    batch_size: int = 16,
    cache: Path | None = None,
    resume: bool = False,
) -> tuple[EditorModel, dict[str, float]]:
    """Train on edits of the first `scenes` pictures of a pool, score on another pool's.

    Args:
        cache: folder where drawn edits are kept and taken from; None draws them anew.
    """
    torch.manual_seed(config.seed)
    model = EditorModel(EditorConfig()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    sizes = model.config
    edits = _drawn(pool, scenes, sizes, config.seed, cache)  # pyright: ignore[reportArgumentType]
    kept = _drawn(dev, 25, sizes, 0, cache)  # pyright: ignore[reportArgumentType]

    figures: dict[str, float] = {}
    for stage, (side, share, rate) in enumerate(_STAGES):

        def batch(step: int, side: int = side, stage: int = stage) -> tuple[Tensor, ...]:
            rng = torch.Generator().manual_seed(step_seed(config.seed + 50 * stage, step))
            index = torch.randint(len(edits), (batch_size,), generator=rng)
            before, hints, told, after = edits.batch(index)
            if side != sizes.side:
                before, hints, after = (
                    F.interpolate(x, size=(side, side), mode="area") for x in (before, hints, after)
                )
                hints = (hints > 0.5).float()
            # Other cameras, other brightness: both pictures alike; the noise is the first's alone.
            gain = 1 + 0.2 * (torch.rand(batch_size, 1, 1, 1, generator=rng) - 0.5)
            noise = 0.006 * torch.randn(before.shape, generator=rng)
            return (before * gain + noise).clamp(0, 1), hints, told, (after * gain).clamp(0, 1)

        part = replace(
            config,
            steps=max(1, round(config.steps * share)),
            minutes=config.minutes and config.minutes * share,
            learning_rate=config.learning_rate * rate,
        )
        figures = fit(
            model,
            batch,
            own_loss,
            part,
            out / f"at-{side}",
            resume=resume,
            evaluate=lambda m: score(m, kept),
            evaluate_every=500,
            title=f"editor at {side} pixels",
        )
    return model, figures


def _drawn(pool: Path, n: int, config: EditorConfig, seed: int, cache: Path | None) -> DrawnEdits:
    file = cache / f"{pool.name}-{n}-{seed}.pt" if cache is not None else None
    if file is not None and file.is_file():
        return DrawnEdits(**torch.load(file, weights_only=True))
    scenes, images = load_dataset(pool)
    edits = draw_edits(scenes[:n], images, config, seed)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        torch.save(vars(edits), file)
    return edits
