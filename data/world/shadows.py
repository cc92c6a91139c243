"""Shadows and contact shade of the tabletop.

A shadow's darkness follows how far the light would travel through the casting solid, which gives
soft edges from one light sample, softer away from the object.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from .camera import Camera, FloatArray, IntArray
from .raycast import Hits, as_columns, ragged, rectangle_samples
from .solids import Triple, by_shape, crossing
from .vocabulary import SHAPES

# Contact shade reaches this many radii beyond the footprint and takes this share of the sky.
_CONTACT_REACH = 0.9
_CONTACT_DEPTH = 0.55
# Path length (in radii) that blocks the light fully: next to the object, and per unit away.
_EDGE, _EDGE_GROWTH = 0.12, 0.10


def soft_shade(kind: str, origin: Triple, ray: Triple) -> Tensor:
    """Share of a distant light that the unit solid takes from points `origin`, in [0, 1].

    `ray` points to the light in the solid's frame; its length sets the unit of distance.
    """
    near, far = crossing(kind, origin, ray)
    near = near.clamp(min=0)
    path = far - near
    return (path / (_EDGE + _EDGE_GROWTH * near)).clamp(0, 1)


def _blocked(kind: str, origin: Triple, ray: Triple) -> tuple[Tensor]:
    return (soft_shade(kind, origin, ray),)


def _table_shade(kind: str, origin: Triple, ray: Triple) -> tuple[Tensor, Tensor]:
    x, y, _ = origin
    if kind == "cube":
        beside, beyond = (x.abs() - 0.9).clamp(min=0), (y.abs() - 0.9).clamp(min=0)
        gap = torch.sqrt(beside * beside + beyond * beyond) - 0.1
    else:
        gap = torch.sqrt(x * x + y * y) - (1.0 if kind == "cylinder" else 0.5)
    near = (1 - gap.clamp(min=0) * (1 / _CONTACT_REACH)).clamp(min=0)
    return soft_shade(kind, origin, ray), near * near * _CONTACT_DEPTH


def table_shadows(
    hits: Hits, cameras: Sequence[Camera], key: FloatArray, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """How much key light and how much sky each table sample gets.

    Args:
        hits: what hides the table.
        key: unit vectors to the key light, (N, 3).
        x, y: the table point of every sample, (N, rows, columns).

    Returns:
        two tensors (N, rows, columns) in [0, 1].
    """
    table, device = hits.table, x.device
    lit, sky = torch.ones_like(x), torch.ones_like(x)
    if not len(table):
        return lit, sky
    rectangles = _shadow_rectangles(hits, cameras, key)
    samples = rectangle_samples(rectangles, table.scene, hits.columns, hits.rows, device)
    bare = torch.ones(x.numel(), dtype=torch.bool, device=device)
    bare[hits.flat] = False
    keep = bare[samples.flat].nonzero().squeeze(1)
    owner, flat = samples.owner[keep], samples.flat[keep]
    centre = as_columns(table.centre, device)
    scale, cos, sin = as_columns(np.stack([1 / table.radius, table.cos, table.sin], -1), device)
    dx = (x.view(-1)[flat] - centre[0][owner]) * scale[owner]
    dy = (y.view(-1)[flat] - centre[1][owner]) * scale[owner]
    c, s = cos[owner], sin[owner]
    local = (c * dx + s * dy, c * dy - s * dx, (-centre[2] * scale)[owner])
    k0, k1, k2 = as_columns(table.to_local(key[table.scene] * table.radius[:, None]), device)
    sizes = torch.bincount(owner, minlength=len(table)).cpu().numpy()
    ray = (k0[owner], k1[owner], k2[owner])
    shade, contact = by_shape(table.group, sizes, _table_shade, local, ray)
    lit.view(-1).scatter_reduce_(0, flat, 1 - shade, "amin")
    sky.view(-1).scatter_reduce_(0, flat, 1 - contact, "amin")
    return lit, sky


def _shadow_rectangles(hits: Hits, cameras: Sequence[Camera], key: FloatArray) -> FloatArray:
    """Screen bounds (M, 4) of each object's shadow and contact shade, in samples."""
    table = hits.table
    corners = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], float)
    out = np.zeros((len(table), 4))
    for m in range(len(table)):
        camera, light = cameras[int(table.scene[m])], key[int(table.scene[m])]
        radius, centre = table.radius[m], table.centre[m]
        cube = SHAPES[int(table.shape[m])] == "cube"
        c, s = (table.cos[m], table.sin[m]) if cube else (1.0, 0.0)
        turned = corners @ np.array([[c, s], [-s, c]])
        base = centre[:2] + radius * (1 + _CONTACT_REACH) * turned
        top = centre[2] + radius
        thrown = centre[:2] + radius * turned - light[:2] * (top / max(light[2], 0.05))
        ground = np.concatenate([base, thrown])
        points = np.concatenate([ground, np.zeros((len(ground), 1))], 1)
        pixels = camera.project(points, hits.columns, hits.rows)
        if pixels[:, 2].min() < 0.1:
            out[m] = (0, 0, hits.columns, hits.rows)
        else:
            out[m] = (*pixels[:, :2].min(0), *pixels[:, :2].max(0))
    return out


def object_shadows(hits: Hits, key: FloatArray, world: Triple) -> Tensor:
    """How much key light each hit gets past the other objects, (K,) in [0, 1]."""
    device = hits.flat.device
    lit = torch.ones_like(hits.depth)
    receiver, caster = _shadow_pairs(hits, key)
    if not len(caster):
        return lit
    table = hits.table
    sizes = torch.bincount(hits.owner, minlength=len(table))
    first = torch.cumsum(sizes, 0) - sizes
    receivers = torch.from_numpy(receiver).to(device)
    pair, place = ragged(sizes[receivers])
    hit = first[receivers][pair] + place
    owner = torch.from_numpy(caster).to(device)[pair]
    local = to_frame(hits, world, owner, hit)
    k0, k1, k2 = as_columns(table.to_local(key[table.scene] * table.radius[:, None]), device)
    counts = torch.bincount(owner, minlength=len(table)).cpu().numpy()
    ray = (k0[owner], k1[owner], k2[owner])

    (shade,) = by_shape(table.group, counts, _blocked, local, ray)
    return lit.scatter_reduce_(0, hit, 1 - shade, "amin")


def to_frame(hits: Hits, world: Triple, owner: Tensor, hit: Tensor) -> Triple:
    """World points `world[hit]` in the unit frames of the objects `owner`."""
    table, device = hits.table, hits.flat.device
    centre = as_columns(table.centre, device)
    scale, cos, sin = as_columns(np.stack([1 / table.radius, table.cos, table.sin], -1), device)
    unit = scale[owner]
    x = (world[0][hit] - centre[0][owner]) * unit
    y = (world[1][hit] - centre[1][owner]) * unit
    c, s = cos[owner], sin[owner]
    return c * x + s * y, c * y - s * x, (world[2][hit] - centre[2][owner]) * unit


def _shadow_pairs(hits: Hits, key: FloatArray) -> tuple[IntArray, IntArray]:
    """Receiver and caster rows whose bounding spheres line up with the light, by caster."""
    table = hits.table
    spread = np.array([1.0, 1.7321, 1.4143])
    names = np.array([("sphere", "cube", "cylinder").index(name) for name in SHAPES])
    reach = table.radius * spread[names][table.shape]
    receivers, casters = [], []
    for caster in range(len(table)):
        offset = table.centre[caster] - table.centre
        light = key[int(table.scene[caster])]
        along = offset @ light
        aside = np.sqrt(np.maximum((offset**2).sum(1) - along**2, 0))
        touch = reach + reach[caster]
        near = (table.scene == table.scene[caster]) & (along > -touch) & (aside < touch)
        near[caster] = False
        rows = np.nonzero(near)[0]
        receivers.append(rows)
        casters.append(np.full(len(rows), caster))
    return np.concatenate(receivers), np.concatenate(casters)
