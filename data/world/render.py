"""The ray caster's pictures: shading, shadows and reflections of the tabletop, in torch.

`render` returns display-ready bytes, `render_ids` which object each pixel shows. Both run on the
CPU or a GPU, at any size, and give the same bytes on the CPU whatever the batch (see `raycast`).
Display encoding is a square root, close to sRGB's curve and correctly rounded.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from .camera import Camera, FloatArray
from .raycast import Hits, as_columns, cast, scene_camera, scene_lights
from .scene import Scene
from .shading import shade_objects, table_brightness
from .shadows import table_shadows

# Samples shaded together: enough to hide the cost of a call, little enough for memory.
_CHUNK_SAMPLES = 800_000

_GROUND = (0.70, 0.695, 0.685)
# Rays above this slope are drawn as far table, so that no picture shows a horizon.
_HORIZON = -0.03


def render(
    scenes: Sequence[Scene],
    *,
    width: int = 320,
    height: int = 240,
    antialias: int = 2,
    device: str = "cpu",
) -> Tensor:
    """Draw scenes.

    Args:
        scenes: any number; each is drawn with its own camera and lights (`Scene.extra`).
        width, height: pixels, any; the vertical field of view is the camera's.
        antialias: samples per pixel along each axis (1, 2, 3 ...).

    Returns:
        uint8 (N, height, width, 3), RGB, on the CPU.

    Raises:
        ValueError: a size or `antialias` below one.
    """
    if min(width, height, antialias) < 1:
        raise ValueError("width, height and antialias must be at least 1")
    columns, rows = width * antialias, height * antialias
    step = max(1, _CHUNK_SAMPLES // (columns * rows))
    out = torch.empty((len(scenes), height, width, 3), dtype=torch.uint8)
    for first in range(0, len(scenes), step):
        chunk = scenes[first : first + step]
        with torch.inference_mode():
            light = _shade(chunk, columns, rows, torch.device(device))
            out[first : first + step] = _develop(light, antialias).cpu()
    return out


def render_ids(
    scenes: Sequence[Scene], *, width: int = 320, height: int = 240, device: str = "cpu"
) -> Tensor:
    """Index of the object at every pixel centre, -1 for the table: (N, height, width) int64."""
    if not scenes:
        return torch.empty((0, height, width), dtype=torch.int64)
    with torch.inference_mode():
        return cast(scenes, width, height, device).ids(len(scenes)).cpu()


def _develop(light: Tensor, antialias: int) -> Tensor:
    """Linear light (3, N, H * a, W * a) to bytes (N, H, W, 3)."""
    total = light[:, :, ::antialias, ::antialias]
    for k in range(1, antialias * antialias):
        total = total + light[:, :, k // antialias :: antialias, k % antialias :: antialias]
    mean = total * (1 / (antialias * antialias))
    shown = torch.sqrt((mean * 1.12 / (1 + 0.2 * mean)).clamp(0, 1))
    return (shown * 255 + 0.5).to(torch.uint8).permute(1, 2, 3, 0)


def _unit(vector: Sequence[float]) -> FloatArray:
    values = np.asarray(vector, np.float64)
    return values / math.sqrt(float(values @ values))


def _shade(scenes: Sequence[Scene], columns: int, rows: int, device: torch.device) -> Tensor:
    """Linear light (3, N, rows, columns)."""
    lights = [scene_lights(scene) for scene in scenes]
    key = np.stack([_unit(light.key) for light in lights])
    powers = np.array([[light.key_power, light.fill_power, light.ambient] for light in lights])
    fill = np.stack([_unit(light.fill) for light in lights])
    hits = cast(scenes, columns, rows, device)
    cameras = [scene_camera(scene) for scene in scenes]
    image = _ground(cameras, hits, key, powers, device)
    if len(hits.owner):
        flat = image.view(3, -1)
        flat[:, hits.flat] = shade_objects(hits, scenes, key, fill, powers)
    return image


def _ground(
    cameras: Sequence[Camera],
    hits: Hits,
    key: FloatArray,
    powers: FloatArray,
    device: torch.device,
) -> Tensor:
    """The bare table with shadows, for all samples: (3, N, rows, columns)."""
    columns, rows = hits.columns, hits.rows
    u = ((torch.arange(columns, device=device) + 0.5) * (2 / columns) - 1).view(1, 1, -1)
    v = 1 - (torch.arange(rows, device=device) + 0.5) * (2 / rows)
    basis = np.stack([camera.basis() for camera in cameras])
    half = np.array([camera.half_extent(columns, rows) for camera in cameras])
    eye = as_columns(np.array([camera.position for camera in cameras]), device)
    forward = as_columns(basis[:, 0], device)
    right = as_columns(basis[:, 1] * half[:, :1], device)
    up = as_columns(basis[:, 2] * half[:, 1:], device)
    drop = (forward[2][:, None] + up[2][:, None] * v).clamp(max=_HORIZON)
    reach = eye[2][:, None] / -drop
    planar = []
    for axis in (0, 1):
        start = eye[axis][:, None] + reach * (forward[axis][:, None] + up[axis][:, None] * v)
        planar.append(start[:, :, None] + (reach * right[axis][:, None])[:, :, None] * u)
    x, y = planar
    vignette = 1 - 0.10 * (u * u) - 0.08 * (v * v).view(1, -1, 1)
    shown = table_brightness(x, y) * vignette
    lit, sky = table_shadows(hits, cameras, key, x, y)
    key_part, ambient = (
        torch.from_numpy(np.ascontiguousarray(c, np.float32)).to(device).view(-1, 1, 1)
        for c in (powers[:, 0] * key[:, 2] * 0.72 + powers[:, 1] * 0.25, powers[:, 2])
    )
    shown = shown * (key_part * lit + ambient * sky)
    return torch.stack([shown * tone for tone in _GROUND])
