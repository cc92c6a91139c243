"""A rough drawing of the edit, made by hand-set rules, that the network finishes.

A network that a CPU trains in minutes learns shapes and colours slowly; told roughly what to
paint, it only has to put right what the rules do not know: the light, the shadows, what stands
before, and what was hidden. Erased ground is filled from the table around it, a thing to come is
drawn as a lit solid with a plain shadow, and a repainted one has its colour exchanged.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFilter

from .canvas import Canvas, region_mask
from .view import TableView, Thing

Floats = NDArray[Any]
_PAINT = {
    "gray": (87, 87, 87), "red": (173, 35, 35), "blue": (42, 75, 215), "green": (29, 105, 20),
    "brown": (129, 74, 25), "purple": (129, 38, 192), "cyan": (41, 208, 208),
    "yellow": (255, 238, 51),
}  # fmt: skip
# Camera-aligned directions (right, front, up) to the two lights, and their powers.
_KEY, _FILL = np.array([0.476, 0.415, 0.775]), np.array([-0.834, -0.093, 0.544])
_AMBIENT, _FILL_POWER, _GAIN = 0.36, 0.25, 1.3
_SHADOW, _CONTACT = 0.62, 0.8
_DOME = 0.22


def sketch(
    mode: str, pixels: NDArray[np.uint8], canvas: Canvas, thing: Thing, was: Thing, view: TableView
) -> NDArray[np.uint8]:
    """The square (S, S, 3) with `mode` of `thing` drawn roughly.

    Args:
        was: the thing as it is, for `repaint`.
    """
    image = pixels.astype(np.float32)
    own, region, before, behind = (canvas.hints > 127).astype(np.float32)
    if mode == "erase":
        drawn = filled(image, (1 - region) * (1 - before) * (1 - behind))
        # Neighbours behind stay where the thing itself did not hide them.
        changed = region * (1 - before) * (1 - behind * (1 - own))
    elif mode == "insert":
        drawn, changed = _inserted(image, canvas, thing, view), region
    else:
        drawn, changed = _repainted(image, canvas, thing, was, view)
        changed = changed * region * (1 - before * (changed < 0.4))
    out = image + changed[..., None] * (drawn - image)
    return out.round().clip(0, 255).astype(np.uint8)


def filled(image: Floats, known: Floats) -> Floats:
    """(S, S, 3) with unknown pixels filled from known ones, by push and pull over halved sizes."""
    weights, values = [known], [image * known[..., None]]
    while len(weights[-1]) > 2:
        w, v = weights[-1], values[-1]
        if len(w) % 2:
            w, v = np.pad(w, (0, 1)), np.pad(v, ((0, 1), (0, 1), (0, 0)))
        half = len(w) // 2
        weights.append(w.reshape(half, 2, half, 2).sum((1, 3)).clip(max=1e6))
        values.append(v.reshape(half, 2, half, 2, 3).sum((1, 3)))
    total = values[-1].sum((0, 1)) / max(1e-6, float(weights[-1].sum()))
    guess = np.broadcast_to(total, values[-1].shape).astype(np.float32)
    for w, v in zip(weights[::-1], values[::-1], strict=True):
        size = len(w)
        up = guess.repeat(2, 0).repeat(2, 1)[:size, :size] if len(guess) != size else guess
        up = _smooth(up)
        share = w.clip(max=1)[..., None]
        guess = share * v / w.clip(min=1e-6)[..., None] + (1 - share) * up
    return guess


def _smooth(image: Floats) -> Floats:
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)), mode="edge")
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (across[:-2] + 2 * across[1:-1] + across[2:]) / 16


def _inserted(image: Floats, canvas: Canvas, thing: Thing, view: TableView) -> Floats:
    side = len(image)
    size = (side, side)
    scale = side / (canvas.square[2] - canvas.square[0])
    thrown, foot = view.cast_shadow(thing)
    blur = ImageFilter.GaussianBlur(max(1.0, 0.012 * view.height * scale))
    dark = np.asarray(region_mask([thrown], 0, canvas.square, size).filter(blur)) / 255
    near = np.asarray(region_mask([foot], 0, canvas.square, size).filter(blur)) / 255
    ground = image * (1 - (1 - _SHADOW) * dark)[..., None]
    ground = ground * (1 - (1 - _CONTACT) * near * (1 - dark))[..., None]
    mask, normals = cast(thing, canvas.square, side, view)
    # What stands before stays before; the network mends the rim of this rough guess.
    mask = mask * (1 - (canvas.hints[2] > 127))
    return ground + mask[..., None] * (shade(normals, thing, view) - ground)


def _repainted(
    image: Floats, canvas: Canvas, thing: Thing, was: Thing, view: TableView
) -> tuple[Floats, Floats]:
    """The thing in its new paint, and where it is seen."""
    drawn, near = _exchanged(image, was, thing), _like(image, was)
    if was.attributes["shape"] == "cube":  # how it is turned is not known: its hue tells it
        return drawn, near * (near > 0.15)
    square = _aligned(canvas.square, was, view)
    shape, normals = cast(thing, square, len(image), view)
    if thing.attributes["material"] != was.attributes["material"]:
        lit = shade(normals, thing, view)
        drawn = np.where(shape[..., None] > 0.5, 0.3 * drawn + 0.7 * lit, drawn)
        return drawn, np.maximum(shape * (near > 0.15), near * (near > 0.5))
    gray = was.attributes["color"] == "gray"  # as the table is
    return drawn, shape if gray else near * (near > 0.15)


def _aligned(
    square: tuple[int, int, int, int], thing: Thing, view: TableView
) -> tuple[float, float, float, float]:
    """`square` moved so that the thing is drawn in the middle of the box it is seen in."""
    a, b = view.box_of(thing), thing.box
    sizes = [(a[2] - a[0], b[2] - b[0]), (a[3] - a[1], b[3] - b[1])]
    if any(abs(x - y) > 0.2 * x for x, y in sizes):  # something hides a part of it
        return square
    dx, dy = (b[0] + b[2] - a[0] - a[2]) / 2, (b[1] + b[3] - a[1] - a[3]) / 2
    return square[0] - dx, square[1] - dy, square[2] - dx, square[3] - dy


def _exchanged(image: Floats, was: Thing, thing: Thing) -> Floats:
    """The picture with one paint for another: what is lit alike stays lit alike."""
    old, new = (np.array(_PAINT[t.attributes["color"]], np.float32) for t in (was, thing))
    lit = (image @ old) / (old @ old)
    return image + lit[..., None] * (new - old)


def _like(image: Floats, thing: Thing) -> Floats:
    """How much each pixel's hue is that of the thing's paint, in [0, 1]."""
    paint = np.array(_PAINT[thing.attributes["color"]], np.float32)
    lit = (image @ paint) / (paint @ paint)
    off = np.linalg.norm(image - lit[..., None] * paint, axis=-1)
    return np.exp(-((off / (0.28 * np.linalg.norm(image, axis=-1) + 12)) ** 2)).astype(np.float32)


def cast(
    thing: Thing, square: tuple[float, float, float, float], side: int, view: TableView
) -> tuple[Floats, Floats]:
    """Where rays meet `thing`: coverage (S, S) and unit normals (S, S, 3) (right, front, up)."""
    fine = 2 * side
    steps = (np.arange(fine) + 0.5) / fine
    x0, y0, x1, y1 = square
    pixels = np.stack(np.meshgrid(x0 + steps * (x1 - x0), y0 + steps * (y1 - y0)), axis=-1)
    origin, rays = view.rays(pixels - view.offset(thing.place))
    r = thing.radius
    start = (origin - np.array([*thing.place, r])) / r
    rays = rays / r
    cos, sin = math.cos(thing.turn), math.sin(thing.turn)
    spin = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
    if thing.attributes["shape"] == "cube":
        start, rays = spin @ start, rays @ spin.T
    depth, normals = _SOLIDS[thing.attributes["shape"]](start, rays)
    if thing.attributes["shape"] == "cube":
        normals = normals @ spin
    if thing.attributes["material"] == "metal":
        where = start + np.where(np.isfinite(depth), depth, 0)[..., None] * rays
        normals = normals + _DOME * (where @ spin if thing.attributes["shape"] == "cube" else where)
    hit = np.isfinite(depth).astype(np.float32)
    normals = normals * hit[..., None]
    coverage = hit.reshape(side, 2, side, 2).mean((1, 3))
    mean = normals.reshape(side, 2, side, 2, 3).sum((1, 3))
    length = np.linalg.norm(mean, axis=-1, keepdims=True)
    return coverage.astype(np.float32), (mean / np.maximum(length, 1e-6)).astype(np.float32)


def shade(normals: Floats, thing: Thing, view: TableView) -> Floats:
    """Display colours (S, S, 3) in 0-255 of a surface of the thing's paint and material."""
    paint = (np.array(_PAINT[thing.attributes["color"]], np.float32) / 255) ** 2
    up = normals[..., 2]
    light = np.maximum(normals @ _KEY, 0) + _FILL_POWER * np.maximum(normals @ _FILL, 0)
    light = light + _AMBIENT * (0.58 + 0.42 * up) * 0.9
    colour = paint * (light * _GAIN)[..., None]
    if thing.attributes["material"] == "metal":
        ahead = view.rays(np.array([[view.width / 2, view.height / 2]]))[1][0]
        ahead = ahead / np.linalg.norm(ahead)
        away = ahead - 2 * (normals @ ahead)[..., None] * normals
        high = away[..., 2]
        lamp = np.clip((0.15 - np.abs(high - 0.62)) * 14, 0, 1)
        sky = np.clip(0.95 - 1.35 * high, 0.1, None) + 0.75 * lamp
        world = np.where(high > 0, sky, 0.3)
        glint = 3.0 * np.maximum(away @ _KEY, 0) ** 32
        tint = paint * 0.9 + 0.03
        colour = colour * 0.18 + tint * (world * 1.7)[..., None]
        colour = colour + glint[..., None] * (0.4 + 0.6 * tint)
    return (np.sqrt(np.clip(colour * 1.12 / (1 + 0.2 * colour), 0, 1)) * 255).astype(np.float32)


def _sphere(start: NDArray, rays: NDArray) -> tuple[NDArray, NDArray]:
    a, b, c = (rays**2).sum(-1), rays @ start, start @ start - 1
    root = b * b - a * c
    depth = np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)
    return depth, start + np.where(np.isfinite(depth), depth, 0)[..., None] * rays


def _cube(start: NDArray, rays: NDArray) -> tuple[NDArray, NDArray]:
    safe = np.where(np.abs(rays) < 1e-9, 1e-9, rays)
    near = np.minimum((-1 - start) / safe, (1 - start) / safe)
    far = np.maximum((-1 - start) / safe, (1 - start) / safe)
    enter, face = near.max(-1), near.argmax(-1)
    depth = np.where(enter < far.min(-1), enter, np.inf)
    return depth, -np.eye(3)[face] * np.take_along_axis(np.sign(safe), face[..., None], -1)


def _cylinder(start: NDArray, rays: NDArray) -> tuple[NDArray, NDArray]:
    flat = rays[..., :2]
    a, b, c = (flat**2).sum(-1), flat @ start[:2], start[:2] @ start[:2] - 1
    root = np.sqrt(np.maximum(b * b - a * c, 0))
    enter, leave = (-b - root) / np.maximum(a, 1e-9), (-b + root) / np.maximum(a, 1e-9)
    drop = np.where(np.abs(rays[..., 2]) < 1e-9, 1e-9, rays[..., 2])
    top, bottom = (1 - start[2]) / drop, (-1 - start[2]) / drop
    cap = np.minimum(top, bottom)
    depth = np.maximum(enter, cap)
    good = (depth < np.minimum(leave, np.maximum(top, bottom))) & (b * b > a * c)
    depth = np.where(good, depth, np.inf)
    where = start + np.where(good, depth, 0)[..., None] * rays
    round_ = np.concatenate([where[..., :2], np.zeros_like(where[..., :1])], -1)
    flat_top = np.broadcast_to(np.array([0.0, 0.0, 1.0]), where.shape)
    return depth, np.where((cap > enter)[..., None], flat_top, round_)


_SOLIDS = {"sphere": _sphere, "cube": _cube, "cylinder": _cylinder}
