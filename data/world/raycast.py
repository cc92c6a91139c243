"""Ray casting of the tabletop's solids: which object each sample of a picture sees.

Work is done on ragged lists: every object contributes the samples of its own screen rectangle,
objects of a batch are grouped by shape, and a depth buffer picks the nearest hit. Each sample is
computed from its own object and ray with correctly rounded operations only (+ - * / sqrt min max,
no powers, no reductions over a batch), so a scene's bytes do not depend on its batch.

Objects are intersected in their own frame, scaled so that each solid is the unit sphere, the cube
[-1, 1]^3 or the cylinder of radius and half height one. Rays are not normalised: the ray
parameter `t` is the depth along the camera's axis.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .camera import Camera, FloatArray, IntArray, Lights
from .scene import Scene
from .solids import Triple, by_shape, crossing
from .vocabulary import SHAPES, SIZE_RADIUS

_RING = 16
# Objects nearer to the camera's plane than this are not drawn.
_NEAREST = 0.05


def scene_camera(scene: Scene) -> Camera:
    """The scene's own camera, or CLEVR's mean one where its file names none."""
    entry = scene.extra.get("camera")
    return Camera.from_json(entry) if entry else Camera()


def scene_lights(scene: Scene) -> Lights:
    """The scene's own lights, or the defaults."""
    entry = scene.extra.get("light")
    return Lights.from_json(entry) if entry else Lights()


@dataclass(frozen=True, kw_only=True)
class ObjectTable:
    """All objects of a batch, sorted by shape, then scene, then index.

    Attributes:
        scene, index, shape: (M,) int64; `shape` indexes `SHAPES`.
        centre: (M, 3) world; radius, cos, sin: (M,).
        group: first row of each shape, with the total at the end.
    """

    scene: IntArray
    index: IntArray
    shape: IntArray
    centre: FloatArray
    radius: FloatArray
    cos: FloatArray
    sin: FloatArray
    group: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.radius)

    def to_local(self, vectors: FloatArray) -> FloatArray:
        """Rotate world vectors (M, 3) into each object's frame and scale by 1 / radius."""
        x, y, z = vectors.T
        local = [self.cos * x + self.sin * y, self.cos * y - self.sin * x, z]
        return np.stack(local, -1) / self.radius[:, None]


def object_table(scenes: Sequence[Scene]) -> ObjectTable:
    """Gather the objects of `scenes` (float64 and int64 columns)."""
    rows = sorted(
        (SHAPES.index(item.shape), s, i)
        for s, c in enumerate(scenes)
        for i, item in enumerate(c.objects)
    )
    items = [scenes[s].objects[i] for _, s, i in rows]
    shape, scene, index = np.array(rows, np.int64).reshape(-1, 3).T
    angle = np.radians([item.rotation for item in items])
    starts = np.searchsorted(shape, np.arange(len(SHAPES) + 1))
    return ObjectTable(
        scene=scene,
        index=index,
        shape=shape,
        centre=np.array([item.position for item in items], np.float64).reshape(-1, 3),
        radius=np.array([SIZE_RADIUS[item.size] for item in items], np.float64),
        cos=np.cos(angle),
        sin=np.sin(angle),
        group=tuple(int(v) for v in starts),
    )


def screen_rectangles(
    table: ObjectTable, cameras: Sequence[Camera], width: int, height: int
) -> FloatArray:
    """Conservative (x0, y0, x1, y1) of every object in pixels, not clipped: (M, 4) float.

    An object that reaches the camera's plane gets an empty one.
    """
    ring = np.arange(_RING) * (2 * math.pi / _RING)
    wide = 1 / math.cos(math.pi / _RING)
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    tube = np.concatenate(
        [np.stack([wide * np.cos(ring), wide * np.sin(ring), 0 * ring + z], -1) for z in (-1, 1)]
    )
    out = np.zeros((len(table), 4))
    for m in range(len(table)):
        camera = cameras[int(table.scene[m])]
        radius, centre = table.radius[m], table.centre[m]
        depth = float(camera.basis()[0] @ (centre - np.asarray(camera.position)))
        if depth < radius * 1.7321 + _NEAREST:
            continue
        if SHAPES[int(table.shape[m])] == "sphere":
            out[m] = _sphere_rectangle(camera, centre, float(radius), width, height)
            continue
        points = corners if SHAPES[int(table.shape[m])] == "cube" else tube
        c, s = table.cos[m], table.sin[m]
        x, y, z = points.T
        world = centre + radius * np.stack([c * x - s * y, s * x + c * y, z], -1)
        pixels = camera.project(world, width, height)[:, :2]
        out[m] = (*pixels.min(0), *pixels.max(0))
    return out


def _sphere_rectangle(
    camera: Camera, centre: FloatArray, radius: float, width: int, height: int
) -> tuple[float, float, float, float]:
    depth, right, up = camera.basis() @ (centre - np.asarray(camera.position))
    half_w, half_h = camera.half_extent(width, height)
    room = depth**2 - radius**2
    spread_x = radius * math.sqrt(max(right**2 + room, 0.0))
    spread_y = radius * math.sqrt(max(up**2 + room, 0.0))
    x0, x1 = (right * depth - spread_x) / room, (right * depth + spread_x) / room
    y0, y1 = (up * depth - spread_y) / room, (up * depth + spread_y) / room
    return (
        (x0 / half_w + 1) * width / 2,
        (1 - y1 / half_h) * height / 2,
        (x1 / half_w + 1) * width / 2,
        (1 - y0 / half_h) * height / 2,
    )


@dataclass(frozen=True, kw_only=True)
class Samples:
    """A ragged list of picture samples, each belonging to one rectangle.

    Attributes:
        owner: (K,) which rectangle; row: (K,) which line of `row_owner` and `row_y`.
        x: (K,) column; flat: (K,) index into (scenes, rows, columns).
        row_owner, row_y: (R,) the rectangles' lines.
    """

    owner: Tensor
    row: Tensor
    x: Tensor
    flat: Tensor
    row_owner: Tensor
    row_y: Tensor


def rectangle_samples(
    rectangles: FloatArray, scene: IntArray, columns: int, rows: int, device: torch.device
) -> Samples:
    """Enumerate the samples inside rectangles (M, 4) of a columns x rows picture, clipped."""
    limit = np.array([columns, rows, columns, rows])
    whole = np.floor(rectangles) + np.array([0, 0, 1, 1])
    clipped = np.clip(whole, 0, limit).astype(np.int64)
    x0, y0, x1, y1 = torch.from_numpy(clipped).to(device).unbind(1)
    where = torch.from_numpy(scene).to(device)
    row_owner, line = ragged((y1 - y0).clamp(min=0))
    row_y = y0[row_owner] + line
    row, column = ragged((x1 - x0).clamp(min=0)[row_owner])
    x = column + x0[row_owner][row]
    base = (where[row_owner] * rows + row_y) * columns
    return Samples(
        owner=row_owner[row], row=row, x=x, flat=base[row] + x, row_owner=row_owner, row_y=row_y
    )


def ragged(counts: Tensor) -> tuple[Tensor, Tensor]:
    """For counts (n,): the owner of every item and its place within its owner."""
    owner = torch.repeat_interleave(counts)
    first = torch.cumsum(counts, 0) - counts
    return owner, torch.arange(len(owner), device=counts.device) - first[owner]


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What a batch of pictures sees, one entry per sample that shows an object.

    Attributes:
        table: the objects; rectangles: (M, 4) unclipped screen bounds in samples.
        owner: (K,) table row; flat: (K,) sample index into (scenes, rows, columns).
        depth: (K,) float32; local: the hit in the object's unit frame; ray: its direction there.
        silhouette: (M,) samples each object would cover alone.
        columns, rows: samples per picture.
    """

    table: ObjectTable
    rectangles: FloatArray
    owner: Tensor
    flat: Tensor
    depth: Tensor
    local: Triple
    ray: Triple
    silhouette: Tensor
    columns: int
    rows: int

    def ids(self, scenes: int) -> Tensor:
        """Object index per sample, -1 for the table: (scenes, rows, columns) int64."""
        buffer = torch.full((scenes * self.rows * self.columns,), -1, device=self.flat.device)
        index = torch.from_numpy(self.table.index).to(self.flat.device)
        buffer[self.flat] = index[self.owner]
        return buffer.view(scenes, self.rows, self.columns)


def cast(
    scenes: Sequence[Scene], columns: int, rows: int, device: str | torch.device = "cpu"
) -> Hits:
    """Find the nearest object of every sample of columns x rows pictures of `scenes`.

    Raises:
        ValueError: no scenes.
    """
    device = torch.device(device)
    if not scenes:
        raise ValueError("no scenes to cast rays into")
    table = object_table(scenes)
    cameras = [scene_camera(scene) for scene in scenes]
    rectangles = screen_rectangles(table, cameras, columns, rows)
    samples = rectangle_samples(rectangles, table.scene, columns, rows, device)

    basis = np.stack([camera.basis() for camera in cameras])[table.scene]
    half = np.array([camera.half_extent(columns, rows) for camera in cameras])[table.scene]
    eye = np.array([camera.position for camera in cameras])[table.scene]
    origin = as_columns(table.to_local(eye - table.centre), device)
    forward = as_columns(table.to_local(basis[:, 0]), device)
    right = as_columns(table.to_local(basis[:, 1] * half[:, :1]), device)
    up = as_columns(table.to_local(basis[:, 2] * half[:, 1:]), device)

    u = (samples.x + 0.5) * (2 / columns) - 1
    v = 1 - (samples.row_y + 0.5) * (2 / rows)
    line = [
        f[samples.row_owner] + v * w[samples.row_owner] for f, w in zip(forward, up, strict=True)
    ]
    r0, r1, r2 = (r[samples.owner] for r in right)
    ray = (
        line[0][samples.row] + u * r0,
        line[1][samples.row] + u * r1,
        line[2][samples.row] + u * r2,
    )
    start = (origin[0][samples.owner], origin[1][samples.owner], origin[2][samples.owner])

    sizes = torch.bincount(samples.owner, minlength=len(table)).cpu().numpy()
    depth, exit_ = by_shape(table.group, sizes, crossing, start, ray)
    keep = (depth < exit_).nonzero().squeeze(1)
    owner, flat, depth = samples.owner[keep], samples.flat[keep], depth[keep]
    silhouette = torch.bincount(owner, minlength=len(table))
    nearest = torch.full((len(scenes) * rows * columns,), math.inf, device=device)
    nearest.scatter_reduce_(0, flat, depth, "amin")
    front = (depth == nearest[flat]).nonzero().squeeze(1)
    keep, depth = keep[front], depth[front]
    x, y, z = (d[keep] for d in ray)
    return Hits(
        table=table,
        rectangles=rectangles,
        owner=owner[front],
        flat=flat[front],
        depth=depth,
        local=(start[0][keep] + depth * x, start[1][keep] + depth * y, start[2][keep] + depth * z),
        ray=(x, y, z),
        silhouette=silhouette,
        columns=columns,
        rows=rows,
    )


def as_columns(vectors: FloatArray, device: torch.device) -> Triple:
    """Vectors (M, 3) as three float32 tensors (M,)."""
    x, y, z = torch.from_numpy(np.ascontiguousarray(vectors.T, np.float32)).to(device)
    return x, y, z
