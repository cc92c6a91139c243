"""How the table is seen: where a thing at some place would appear, and where its shadow falls.

A level pinhole camera over camera-aligned table coordinates (right, front, up; world units), with
the world's mean camera as prior, fitted to the places and boxes that a scene parser reads. What
the fit leaves over near a place is added to what is predicted there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Place = tuple[float, float]  # right, front
Polygon = list[tuple[float, float]]

RADIUS = {"large": 0.7, "small": 0.35}
# Camera right, front and up, the height it aims at, tangent of half the vertical field of view.
_MEAN = np.array([0.0, 10.1, 4.96, 0.10, math.tan(math.radians(32.5 / 2))])
_SPREAD = np.array([0.15, 0.45, 0.35, 0.20, 0.006])
_AIM_FRONT = 0.21
_ASPECT = 4 / 3
# How far the mean light moves a shadow per unit of height, and how much lights differ.
_THROW = (-0.615, -0.535)
_THROW_SPREAD = 0.14
_CONTACT = 1.8
# How far, in world units, what a fit leaves over reaches.
_NEAR = 1.5
_RING = np.arange(16) * (2 * math.pi / 16)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """An object as the editor needs it.

    Attributes:
        attributes: size, color, material and shape.
        place: right and front on the table, world units.
        box: x0, y0, x1, y1 in pixels of the picture.
        turn: of a cube, radians about the vertical, against the camera's axes.
    """

    attributes: dict[str, str]
    place: Place
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: float = 0.4

    @property
    def radius(self) -> float:
        """World units."""
        return RADIUS[self.attributes["size"]]


@dataclass(frozen=True, kw_only=True)
class TableView:
    """A fitted camera and what it leaves over.

    Attributes:
        width, height: of the picture.
        camera: see `_MEAN`.
        anchors, offsets: places (M, 2) and what to add to predicted pixels there (M, 2).
    """

    width: int
    height: int
    camera: Array = field(default_factory=lambda: _MEAN.copy())
    anchors: Array = field(default_factory=lambda: np.zeros((0, 2)))
    offsets: Array = field(default_factory=lambda: np.zeros((0, 2)))

    @classmethod
    def fit(cls, things: Sequence[Thing], width: int, height: int) -> "TableView":
        """The likeliest camera given what is seen (Gauss-Newton with the world's prior)."""
        if not things:
            return cls(width=width, height=height)
        places = np.array([[*thing.place, thing.radius] for thing in things])
        seen = np.array([[(t.box[0] + t.box[2]) / 2, (t.box[1] + t.box[3]) / 2] for t in things])
        camera = _MEAN.copy()
        for _ in range(4):
            guess = cls(width=width, height=height, camera=camera)
            here = guess._project(places)[:, :2]
            columns = []
            for k in range(len(camera)):
                moved = camera.copy()
                moved[k] += 0.02 * _SPREAD[k]
                there = cls(width=width, height=height, camera=moved)._project(places)[:, :2]
                columns.append(((there - here) / (0.02 * _SPREAD[k])).ravel())
            jacobian = np.stack(columns, axis=1)
            error = (seen - here).ravel()
            # Pixels of a place error, and a box that something hides counts less (Huber).
            scale = 0.015 * height
            weight = np.minimum(1.0, 2 * scale / np.maximum(np.abs(error), 1e-6)) / scale**2
            normal = (jacobian.T * weight) @ jacobian + np.diag(1 / _SPREAD**2)
            pull = (jacobian.T * weight) @ error - (camera - _MEAN) / _SPREAD**2
            camera = camera + np.linalg.solve(normal, pull)
        fitted = cls(width=width, height=height, camera=camera)
        left = seen - fitted._project(places)[:, :2]
        return cls(width=width, height=height, camera=camera, anchors=places[:, :2], offsets=left)

    def box_of(self, thing: Thing) -> tuple[float, float, float, float]:
        """Where `thing` would be seen: x0, y0, x1, y1 in pixels, not clipped."""
        points = np.array(self.silhouette(thing))
        x0, y0 = points.min(0)
        x1, y1 = points.max(0)
        return float(x0), float(y0), float(x1), float(y1)

    def silhouette(self, thing: Thing) -> Polygon:
        """Outline of `thing` where it would be seen, in pixels."""
        r = thing.radius
        right, front = thing.place
        match thing.attributes["shape"]:
            case "cube":
                corners = [
                    (math.sqrt(2) * math.cos(a), math.sqrt(2) * math.sin(a))
                    for a in (thing.turn + math.pi / 4 + k * math.pi / 2 for k in range(4))
                ]
                points = [(right + r * x, front + r * y, z) for x, y in corners for z in (0, 2 * r)]
            case "cylinder":
                points = [
                    (right + r * math.cos(a), front + r * math.sin(a), z)
                    for a in _RING
                    for z in (0, 2 * r)
                ]
            case _:
                # Rings of latitude: their outline is the sphere's within a pixel.
                points = [
                    (right + s * r * math.cos(a), front + s * r * math.sin(a), r + h * r)
                    for h, s in ((math.sin(b), math.cos(b)) for b in np.linspace(-1.5, 1.5, 9))
                    for a in _RING
                ]
        pixels = self._project(np.array(points))[:, :2] + self.offset(thing.place)
        return hull(pixels)

    def shadow(self, thing: Thing) -> Polygon:
        """Outline of the ground that `thing` may darken, in pixels."""
        r = thing.radius
        right, front = thing.place
        wide = r * (math.sqrt(2) if thing.attributes["shape"] == "cube" else 1.0)
        ring = [(math.cos(a), math.sin(a)) for a in _RING]
        points = [(right + _CONTACT * r * x, front + _CONTACT * r * y, 0.0) for x, y in ring]
        for ox, oy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            sx = (_THROW[0] + ox * _THROW_SPREAD) * 2 * r
            sy = (_THROW[1] + oy * _THROW_SPREAD) * 2 * r
            points += [(right + wide * x + sx, front + wide * y + sy, 0.0) for x, y in ring]
        return hull(self._project(np.array(points))[:, :2] + self.offset(thing.place))

    def cast_shadow(self, thing: Thing) -> tuple[Polygon, Polygon]:
        """Outlines of the shadow that the mean light throws, and of the shade at the foot."""
        r = thing.radius
        right, front = thing.place
        wide = r * (1.2 if thing.attributes["shape"] == "cube" else 1.0)
        ring = [(wide * math.cos(a), wide * math.sin(a)) for a in _RING]
        sx, sy = _THROW[0] * 2 * r, _THROW[1] * 2 * r
        points = [(right + x, front + y, 0.0) for x, y in ring]
        thrown = [(x + sx, y + sy, 0.0) for x, y, _ in points]
        foot = [(right + 1.35 * x, front + 1.35 * y, 0.0) for x, y in ring]
        shift = self.offset(thing.place)
        shadow, shade = (self._project(np.array(p))[:, :2] + shift for p in (points + thrown, foot))
        return hull(shadow), hull(shade)

    def rays(self, pixels: Array) -> tuple[Array, Array]:
        """The camera's place (3,) and the directions (..., 3) through pixels (..., 2)."""
        right, front, up, aim, half = self.camera
        pitch = math.atan2(up - aim, front - _AIM_FRONT)
        cos, sin = math.cos(pitch), math.sin(pitch)
        aspect = self.width / self.height
        tall = half * max(1.0, _ASPECT / aspect)
        a = (pixels[..., 0] / self.width * 2 - 1) * tall * aspect
        b = (1 - pixels[..., 1] / self.height * 2) * tall
        directions = np.stack([a, -cos - b * sin, -sin + b * cos], axis=-1)
        return np.array([right, front, up]), directions

    def _project(self, points: Array) -> Array:
        """(M, 3) right, front, up -> (M, 3) pixel x, pixel y, depth."""
        right, front, up, aim, half = self.camera
        pitch = math.atan2(up - aim, front - _AIM_FRONT)
        cos, sin = math.cos(pitch), math.sin(pitch)
        away, rise = front - points[:, 1], points[:, 2] - up
        depth = np.maximum(away * cos - rise * sin, 0.1)
        lifted = away * sin + rise * cos
        aspect = self.width / self.height
        tall = half * max(1.0, _ASPECT / aspect)
        x = ((points[:, 0] - right) / depth / (tall * aspect) + 1) * self.width / 2
        y = (1 - lifted / depth / tall) * self.height / 2
        return np.stack([x, y, depth], axis=1)

    def depth_of(self, place: Place) -> float:
        """Distance from the camera along its axis, world units."""
        return float(self._project(np.array([[*place, 0.0]]))[0, 2])

    def offset(self, place: Place) -> Array:
        """What the fit leaves over near a place, in pixels (2,)."""
        if not len(self.anchors):
            return np.zeros(2)
        away = ((self.anchors - np.array(place)) ** 2).sum(1)
        weight = np.exp(-away / (2 * _NEAR**2))
        # Far from everything the fit alone is trusted.
        return (weight[:, None] * self.offsets).sum(0) / (weight.sum() + 0.3)


def hull(points: Array) -> Polygon:
    """Convex hull of (M, 2) points, in order around it (Andrew's monotone chain)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return ordered

    def chain(line: Sequence[tuple[float, float]]) -> Polygon:
        kept: Polygon = []
        for p in line:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], p) <= 0:
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
