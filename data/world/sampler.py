"""Scenes for the tabletop world: objects that do not touch, hide or leave the frame.

CLEVR's rules: attributes drawn evenly, a margin between footprints, no pair whose left/right or
front/behind is close to a tie, and every object visible enough to be recognised.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from .camera import Camera, FloatArray, Lights, sample_camera, sample_lights
from .raycast import Hits, cast
from .scene import Scene, SceneObject, derive_relationships
from .vocabulary import COLORS, MATERIALS, SHAPES, SIZE_RADIUS, SIZES

_TABLE = 3.0
_GAP = 0.25
_DIRECTION_MARGIN = 0.4
_VISIBLE_SHARE = 0.45
# Least visible area, as a share of the picture: 60 pixels of 320 x 240.
_VISIBLE_AREA = 60 / (320 * 240)
_PLACE_TRIES = 64
_FRAME_MARGIN = 1.0
# A quick look at overlaps before rays are cast: 32 points of each object's disc (sunflower).
_DISC = np.array(
    [[math.sqrt((k + 0.5) / 32) * f(k * 2.399963) for f in (math.cos, math.sin)] for k in range(32)]
)


@dataclass(frozen=True, kw_only=True)
class Visibility:
    """How much of each object of a scene can be seen.

    Attributes:
        pixels: visible pixels per object.
        share: visible share of the object's own silhouette within the frame.
        inside: whether the whole silhouette lies within the frame.
    """

    pixels: tuple[int, ...]
    share: tuple[float, ...]
    inside: tuple[bool, ...]

    def acceptable(self, width: int, height: int) -> bool:
        """Whether every object is whole, large enough and not hidden."""
        return (
            all(self.inside)
            and min(self.share, default=1.0) >= _VISIBLE_SHARE
            and min(self.pixels, default=width * height) >= _VISIBLE_AREA * width * height
        )


def sample_scene(
    rng: np.random.Generator,
    *,
    width: int = 320,
    height: int = 240,
    min_objects: int = 3,
    max_objects: int = 10,
) -> Scene:
    """Draw one scene.

    Args:
        width, height: pixels of the picture that boxes and visibility refer to.
        min_objects, max_objects: inclusive range of the object count.

    Returns:
        a scene whose `extra` holds camera and light, enough to draw it again.

    Raises:
        ValueError: the range of object counts is empty or below one.
    """
    return _settle([rng], width, height, min_objects, max_objects)[0]


def sample_scenes(
    seed: int,
    n: int,
    *,
    width: int = 320,
    height: int = 240,
    min_objects: int = 3,
    max_objects: int = 10,
    first: int = 0,
    batch: int = 64,
) -> list[Scene]:
    """Scenes `first` to `first + n - 1` of `seed`; the i-th depends on (seed, i) alone.

    `image_index` and `image_filename` are filled. `batch` sets only how many scenes are checked
    together.
    """
    scenes: list[Scene] = []
    for start in range(first, first + n, batch):
        indices = range(start, min(start + batch, first + n))
        rngs = [np.random.default_rng([seed, i]) for i in indices]
        drawn = _settle(rngs, width, height, min_objects, max_objects)
        scenes += [
            replace(scene, image_index=i, image_filename=f"world_{seed}_{i:06d}.png")
            for i, scene in zip(indices, drawn, strict=True)
        ]
    return scenes


def finish_scene(
    objects: Sequence[SceneObject],
    camera: Camera,
    lights: Lights,
    *,
    width: int = 320,
    height: int = 240,
) -> Scene:
    """Make a scene of placed objects: pixels, boxes, directions and relationships anew.

    Nothing is checked; an object that cannot be seen gets an empty box. `finish_scenes` tells
    how much of each object is visible.
    """
    return finish_scenes([(objects, camera, lights)], width=width, height=height)[0][0]


def finish_scenes(
    drafts: Sequence[tuple[Sequence[SceneObject], Camera, Lights]],
    *,
    width: int = 320,
    height: int = 240,
) -> list[tuple[Scene, Visibility]]:
    """`finish_scene` for many drafts in one pass of the ray caster, with their visibility."""
    if not drafts:
        return []
    scenes = [_bare(objects, camera, lights, width, height) for objects, camera, lights in drafts]
    with torch.inference_mode():
        hits = cast(scenes, width, height)
        boxes, pixels = _extents(hits)
        alone = hits.silhouette.tolist()
    where = {
        (int(s), int(i)): row
        for row, (s, i) in enumerate(zip(hits.table.scene, hits.table.index, strict=True))
    }
    edge = np.array([width, height]) - _FRAME_MARGIN
    within = (hits.rectangles[:, :2] >= _FRAME_MARGIN) & (hits.rectangles[:, 2:] <= edge)
    fits: list[bool] = np.all(within, axis=1).tolist()
    finished = []
    for s, scene in enumerate(scenes):
        rows = [where[s, i] for i in range(len(scene.objects))]
        items = tuple(
            replace(item, box=boxes[row]) for item, row in zip(scene.objects, rows, strict=True)
        )
        visibility = Visibility(
            pixels=tuple(pixels[row] for row in rows),
            share=tuple(pixels[row] / max(alone[row], 1) for row in rows),
            inside=tuple(fits[row] for row in rows),
        )
        finished.append((replace(scene, objects=items), visibility))
    return finished


def _bare(
    objects: Sequence[SceneObject], camera: Camera, lights: Lights, width: int, height: int
) -> Scene:
    centres = np.array([item.position for item in objects], np.float64).reshape(-1, 3)
    seen = np.round(camera.project(centres, width, height), 4).tolist()
    items = tuple(
        replace(item, pixel=(x, y, depth))
        for item, (x, y, depth) in zip(objects, seen, strict=True)
    )
    directions = camera.directions()
    return Scene(
        objects=items,
        directions=directions,
        relationships=derive_relationships(items, directions),
        width=width,
        height=height,
        extra={"camera": camera.to_json(), "light": lights.to_json()},
    )


def _extents(hits: Hits) -> tuple[list[tuple[float, float, float, float]], list[int]]:
    """Tight boxes (x1, y1 exclusive) and pixel counts of the visible parts, per table row."""
    count = len(hits.table)
    column = hits.flat % hits.columns
    row = (hits.flat // hits.columns) % hits.rows

    def extreme(values: Tensor, start: int, how: str) -> list[int]:
        out = torch.full((count,), start, dtype=torch.int64)
        return out.scatter_reduce_(0, hits.owner, values, how).tolist()

    x0, x1 = extreme(column, hits.columns, "amin"), extreme(column, -1, "amax")
    y0, y1 = extreme(row, hits.rows, "amin"), extreme(row, -1, "amax")
    pixels = torch.bincount(hits.owner, minlength=count).tolist()
    boxes = [
        (float(a), float(b), float(c + 1), float(d + 1)) if n else (0.0, 0.0, 0.0, 0.0)
        for a, b, c, d, n in zip(x0, y0, x1, y1, pixels, strict=True)
    ]
    return boxes, pixels


def _settle(
    rngs: Sequence[np.random.Generator],
    width: int,
    height: int,
    min_objects: int,
    max_objects: int,
) -> list[Scene]:
    """One acceptable scene per generator; unfinished ones are checked together."""
    if not 1 <= min_objects <= max_objects:
        raise ValueError(f"no object count between {min_objects} and {max_objects}")
    drafts = [_drafts(rng, width, height, min_objects, max_objects) for rng in rngs]
    settled: dict[int, Scene] = {}
    while len(settled) < len(rngs):
        waiting = [i for i in range(len(rngs)) if i not in settled]
        made = finish_scenes([next(drafts[i]) for i in waiting], width=width, height=height)
        for i, (scene, visibility) in zip(waiting, made, strict=True):
            if visibility.acceptable(width, height):
                settled[i] = scene
    return [settled[i] for i in range(len(rngs))]


def _drafts(
    rng: np.random.Generator, width: int, height: int, min_objects: int, max_objects: int
) -> Iterator[tuple[list[SceneObject], Camera, Lights]]:
    """Endless drafts of one scene that pass the quick checks; the object count is kept."""
    count = int(rng.integers(min_objects, max_objects + 1))
    while True:
        camera, lights = sample_camera(rng), sample_lights(rng)
        objects = _place(rng, count, camera, width, height)
        if objects is not None and not _crowded(objects, camera, width, height):
            yield objects, camera, lights


def _place(
    rng: np.random.Generator, count: int, camera: Camera, width: int, height: int
) -> list[SceneObject] | None:
    """Place objects one by one, or None when one finds no room."""
    directions = camera.directions()
    axes = np.array([directions["right"][:2], directions["behind"][:2]])
    limit = np.array([width, height])
    spots = np.empty((0, 2))
    reaches = np.empty(0)
    objects: list[SceneObject] = []
    picks = rng.integers(0, [len(SHAPES), len(COLORS), len(SIZES), len(MATERIALS)], (count, 4))
    for shape, color, size, material in picks.tolist():
        radius = SIZE_RADIUS[SIZES[size]]
        reach = radius * (math.sqrt(2) if SHAPES[shape] == "cube" else 1.0)
        tries = np.round(rng.uniform(-_TABLE, _TABLE, (_PLACE_TRIES, 2)), 4)
        rotation = round(float(rng.uniform(0, 360)), 3)
        offset = tries[:, None] - spots
        free = (np.sqrt((offset**2).sum(-1)) > reaches + reach + _GAP).all(1)
        free &= (np.abs(offset @ axes.T) > _DIRECTION_MARGIN).all((1, 2))
        middle = np.concatenate([tries, np.full((_PLACE_TRIES, 1), radius)], 1)
        seen = camera.project(middle, width, height)
        extent = _disc_radius(camera, seen[:, 2], radius, height, width)[:, None]
        free &= ((seen[:, :2] > extent) & (seen[:, :2] < limit - extent)).all(1)
        found = np.nonzero(free)[0]
        if not len(found):
            return None
        x, y = tries[found[0]].tolist()
        spots = np.concatenate([spots, [[x, y]]])
        reaches = np.append(reaches, reach)
        objects.append(
            SceneObject(
                shape=SHAPES[shape],
                color=COLORS[color],
                size=SIZES[size],
                material=MATERIALS[material],
                position=(x, y, radius),
                rotation=rotation,
            )
        )
    return objects


def _disc_radius(
    camera: Camera, depth: FloatArray, radius: float, height: int, width: int
) -> FloatArray:
    """Pixel radius of a ball of `radius` at `depth`."""
    return radius / depth / camera.half_extent(width, height)[1] * height / 2


def _crowded(objects: Sequence[SceneObject], camera: Camera, width: int, height: int) -> bool:
    """Whether some object's disc is mostly behind nearer discs (a quick, lenient look)."""
    centres = np.array([item.position for item in objects])
    seen = camera.project(centres, width, height)
    radii = np.array([SIZE_RADIUS[item.size] for item in objects])
    extent = radii / seen[:, 2] / camera.half_extent(width, height)[1] * height / 2
    points = seen[:, None, :2] + _DISC * extent[:, None, None]
    apart = ((points[:, :, None] - seen[:, :2]) ** 2).sum(-1)
    nearer = seen[:, 2] < seen[:, None, 2]
    hidden = ((apart < extent**2) & nearer[:, None]).any(-1).mean(1)
    return bool((hidden > 1 - _VISIBLE_SHARE).any())
