"""Materials of the tabletop: matte rubber and mirror-like metal under a studio's light.

Metal reflects the table, a studio with bright panels, and the other objects; rubber only scatters
light. Only correctly rounded operations are used (see `raycast`).
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from .camera import FloatArray, IntArray
from .raycast import Hits, as_columns, ragged
from .scene import Scene
from .shadows import object_shadows, to_frame
from .solids import Triple, by_shape, crossing, normals
from .vocabulary import COLOR_RGB, COLORS

# Linear albedo: CLEVR's base colours squared into linear light.
_ALBEDO = np.array([[(c / 255) ** 2 for c in COLOR_RGB[name]] for name in COLORS])
_RUBBER_GAIN = 1.3
_DOME = 0.22
_TABLE_TONE = 0.62


def table_brightness(x: Tensor, y: Tensor) -> Tensor:
    """Brightness of the lit table at (x, y): a soft pool around the middle."""
    return 0.34 + 0.66 / (1 + (x * x + y * y) * 0.009)


def shade_objects(
    hits: Hits, scenes: Sequence[Scene], key: FloatArray, fill: FloatArray, powers: FloatArray
) -> Tensor:
    """Linear colour (3, K) of every hit.

    Args:
        hits: what the pictures see.
        key, fill: unit vectors to the lights, (N, 3).
        powers: (N, 3) key, fill and ambient intensities.
    """
    table, device = hits.table, hits.flat.device
    items = [scenes[int(s)].objects[int(i)] for s, i in zip(table.scene, table.index, strict=True)]
    albedo = as_columns(_ALBEDO[[COLORS.index(item.color) for item in items]], device)
    metal = torch.tensor([item.material == "metal" for item in items], device=device)
    cos, sin, radius = as_columns(np.stack([table.cos, table.sin, table.radius], -1), device)
    c, s, size = cos[hits.owner], sin[hits.owner], radius[hits.owner]
    sizes = torch.bincount(hits.owner, minlength=len(table)).cpu().numpy()
    normal = _turn(_local_normals(hits, hits.local, sizes), c, s)
    centre = as_columns(table.centre, device)
    offset = _turn(hits.local, c, s)
    world = (
        centre[0][hits.owner] + size * offset[0],
        centre[1][hits.owner] + size * offset[1],
        centre[2][hits.owner] + size * offset[2],
    )
    lit = object_shadows(hits, key, world)
    keys = as_columns(key[table.scene], device)
    fills = as_columns(fill[table.scene], device)
    power = as_columns(powers[table.scene], device)
    to_key = (keys[0][hits.owner], keys[1][hits.owner], keys[2][hits.owner])
    to_fill = (fills[0][hits.owner], fills[1][hits.owner], fills[2][hits.owner])
    facing = _dot(normal, to_key).clamp(min=0) * lit * power[0][hits.owner]
    low = (world[2] * (1 / 0.5)).clamp(0, 1) * 0.4 + 0.6
    ambient = power[2][hits.owner] * (0.58 + 0.42 * normal[2]) * low
    side = _dot(normal, to_fill).clamp(min=0) * power[1][hits.owner]
    diffuse = (facing + side + ambient) * _RUBBER_GAIN
    base = [a[hits.owner] for a in albedo]
    colour = torch.stack([a * diffuse for a in base])
    shiny = metal[hits.owner].nonzero().squeeze(1)
    if len(shiny):
        ray = _turn(hits.ray, c, s)
        length = 1 / torch.sqrt(_dot(ray, ray))
        view = _pick((ray[0] * length, ray[1] * length, ray[2] * length), shiny)
        colour[:, shiny] = _metal(
            view=view,
            normal=_domed(_pick(normal, shiny), _pick(offset, shiny)),
            world=_pick(world, shiny),
            to_key=_pick(to_key, shiny),
            to_fill=_pick(to_fill, shiny),
            lit=lit[shiny],
            colour=colour[:, shiny],
            base=[a[shiny] for a in base],
            mirrored=_Mirror(hits, shiny, albedo, key, powers),
        )
    return colour


def _dot(a: Triple, b: Triple) -> Tensor:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _domed(normal: Triple, offset: Triple) -> Triple:
    """Unit normals of slightly domed faces, so that flat metal shows a moving reflection too."""
    x, y, z = (n + _DOME * o for n, o in zip(normal, offset, strict=True))
    length = 1 / torch.sqrt(x * x + y * y + z * z)
    return x * length, y * length, z * length


def _pick(vectors: Triple, where: Tensor) -> Triple:
    return vectors[0][where], vectors[1][where], vectors[2][where]


def _turn(vectors: Triple, cos: Tensor, sin: Tensor) -> Triple:
    x, y, z = vectors
    return cos * x - sin * y, sin * x + cos * y, z


def _local_normals(hits: Hits, local: Triple, sizes: IntArray) -> Triple:
    x, y, z = by_shape(hits.table.group, sizes, normals, local)
    return x, y, z


class _Mirror:
    """Finds what the metal samples reflect among the other objects."""

    def __init__(
        self, hits: Hits, shiny: Tensor, albedo: Triple, key: FloatArray, powers: FloatArray
    ) -> None:
        self.hits, self.shiny, self.albedo = hits, shiny, albedo
        self.key, self.powers = key, powers

    def __call__(self, world: Triple, ray: Triple, studio: list[Tensor]) -> list[Tensor]:
        """Replace the studio's light (three of (S,)) where a ray meets an object."""
        hits, device = self.hits, self.shiny.device
        table = hits.table
        receiver, mirrored = _mirror_pairs(hits)
        if not len(mirrored):
            return studio
        mine = hits.owner[self.shiny]
        sizes = torch.bincount(mine, minlength=len(table))
        first = torch.cumsum(sizes, 0) - sizes
        receivers = torch.from_numpy(receiver).to(device)
        pair, place = ragged(sizes[receivers])
        hit = first[receivers][pair] + place
        owner = torch.from_numpy(mirrored).to(device)[pair]
        near_ray = self._aims(world, ray, owner, hit)
        hit, owner = hit[near_ray], owner[near_ray]
        origin = to_frame(hits, world, owner, hit)
        scale, cos, sin = as_columns(np.stack([1 / table.radius, table.cos, table.sin], -1), device)
        c, s, unit = cos[owner], sin[owner], scale[owner]
        rx, ry = ray[0][hit] * unit, ray[1][hit] * unit
        local = (c * rx + s * ry, c * ry - s * rx, ray[2][hit] * unit)
        counts = torch.bincount(owner, minlength=len(table)).cpu().numpy()
        near, far = by_shape(table.group, counts, crossing, origin, local)
        seen = ((near < far) & (near > 0)).nonzero().squeeze(1)
        if not len(seen):
            return studio
        hit, owner, near = hit[seen], owner[seen], near[seen]
        closest = torch.full((len(mine),), torch.inf, device=device)
        closest.scatter_reduce_(0, hit, near, "amin")
        front = (near == closest[hit]).nonzero().squeeze(1)
        hit, owner, near, seen = hit[front], owner[front], near[front], seen[front]
        point = (
            origin[0][seen] + near * local[0][seen],
            origin[1][seen] + near * local[1][seen],
            origin[2][seen] + near * local[2][seen],
        )
        counts = torch.bincount(owner, minlength=len(table)).cpu().numpy()
        normal = _turn(_local_normals(hits, point, counts), c[seen], s[seen])
        keys = as_columns(self.key[table.scene], device)
        power = as_columns(self.powers[table.scene], device)
        to_key = (keys[0][owner], keys[1][owner], keys[2][owner])
        light = _dot(normal, to_key).clamp(min=0) * power[0][owner]
        light = (light + power[2][owner] * (0.8 + 0.3 * normal[2])) * _RUBBER_GAIN
        for axis in range(3):
            studio[axis] = studio[axis].clone()
            studio[axis][hit] = self.albedo[axis][owner] * light
        return studio

    def _aims(self, world: Triple, ray: Triple, owner: Tensor, hit: Tensor) -> Tensor:
        """Which (sample, object) pairs have the ray pass through the object's bounding ball."""
        table = self.hits.table
        cx, cy, cz = as_columns(table.centre, owner.device)
        (ball, *_) = as_columns(np.tile(3.01 * table.radius[:, None] ** 2, 3), owner.device)
        dx, dy, dz = cx[owner] - world[0][hit], cy[owner] - world[1][hit], cz[owner] - world[2][hit]
        along = dx * ray[0][hit] + dy * ray[1][hit] + dz * ray[2][hit]
        square, reach = dx * dx + dy * dy + dz * dz, ball[owner]
        ahead = (along > 0) | (square < reach)
        return (ahead & (square - along * along < reach)).nonzero().squeeze(1)


def _mirror_pairs(hits: Hits) -> tuple[IntArray, IntArray]:
    """Rows of every ordered pair of objects of one scene, by the second."""
    table = hits.table
    same = table.scene[:, None] == table.scene[None, :]
    np.fill_diagonal(same, False)
    mirrored, receiver = np.nonzero(same)
    return receiver, mirrored


def _metal(
    *,
    view: Triple,
    normal: Triple,
    world: Triple,
    to_key: Triple,
    to_fill: Triple,
    lit: Tensor,
    colour: Tensor,
    base: list[Tensor],
    mirrored: _Mirror,
) -> Tensor:
    """Colour (3, S) of metal samples: tinted mirror, sharp highlights, a trace of diffuse."""
    turn = 2 * _dot(view, normal)
    ray = (view[0] - turn * normal[0], view[1] - turn * normal[1], view[2] - turn * normal[2])
    studio = _studio(ray, world, to_key, to_fill)
    surround = mirrored(world, ray, [studio, studio, studio])
    glint = _power(_dot(ray, to_key).clamp(min=0), 5) * lit * 3.0
    glint = glint + _power(_dot(ray, to_fill).clamp(min=0), 5) * 0.5
    graze = 1 - (turn * -0.5).clamp(0, 1)
    fresnel = graze * graze
    fresnel = fresnel * fresnel * graze
    out = []
    for axis in range(3):
        tint = base[axis] * 0.9 + 0.03
        tint = tint + (1 - tint) * fresnel * 0.45
        out.append(colour[axis] * 0.18 + tint * surround[axis] * 1.7 + glint * (0.4 + 0.6 * tint))
    return torch.stack(out)


def _power(value: Tensor, doublings: int) -> Tensor:
    for _ in range(doublings):
        value = value * value
    return value


def _studio(ray: Triple, world: Triple, to_key: Triple, to_fill: Triple) -> Tensor:
    """Light that arrives along `ray`: table below, a studio with bright panels above."""
    x, y, z = ray
    reach = world[2] / (-z).clamp(min=0.02)
    floor = table_brightness(world[0] + reach * x, world[1] + reach * y) * _TABLE_TONE
    floor = floor * (0.35 + 0.65 * (reach * (1 / 0.7)).clamp(0, 1))
    level = 1 / torch.sqrt((x * x + y * y).clamp(min=1e-6))
    toward_key = (x * to_key[0] + y * to_key[1]) * level
    toward_fill = (x * to_fill[0] + y * to_fill[1]) * level
    panel = _power(toward_key.clamp(min=0), 3) * 0.9 + _power(toward_fill.clamp(min=0), 4) * 0.55
    height = z.clamp(0, 1)
    sky = 0.95 - 1.35 * height
    # A bright strip of lamps overhead, with crisp edges.
    lamp = ((0.15 - (z - 0.62).abs()) * 14).clamp(0, 1)
    sky = sky.clamp(min=0.10) + lamp * 0.75 + panel * (1 - height) * 0.9
    floor = floor * (0.42 + panel * 1.7)
    blend = (z * 14 + 0.5).clamp(0, 1)
    return floor + (sky - floor) * blend
