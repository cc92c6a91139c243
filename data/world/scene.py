"""Typed scenes of the tabletop world, and CLEVR's public `scenes.json` layout for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .vocabulary import DIRECTIONS

Vector = tuple[float, float, float]
BoxXYXY = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class SceneObject:
    """One object on the table.

    Attributes:
        shape, color, size, material: canonical values of `vocabulary`.
        position: centre in world units (x, y on the table, z up).
        rotation: about the z axis, degrees.
        pixel: (x, y, depth) of the centre; x, y in pixels, depth in world units.
        box: tight visible extent, (x0, y0, x1, y1) in pixels, x1 and y1 exclusive.
    """

    shape: str
    color: str
    size: str
    material: str
    position: Vector
    rotation: float = 0.0
    pixel: Vector = (0.0, 0.0, 0.0)
    box: BoxXYXY = (0.0, 0.0, 0.0, 0.0)

    def value(self, attribute: str) -> str:
        """The value of `attribute` (size, color, material or shape)."""
        return {
            "shape": self.shape,
            "color": self.color,
            "size": self.size,
            "material": self.material,
        }[attribute]

    @property
    def name(self) -> str:
        """Full canonical name: "small red rubber cube"."""
        return f"{self.size} {self.color} {self.material} {self.shape}"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A scene: objects, image directions on the table plane, and the picture's size.

    Attributes:
        directions: unit vectors on the table for left, right, front, behind.
        relationships: `relationships["left"][i]` are the objects left of object i
            (CLEVR's convention).
        width, height: pixels of the picture the pixel fields refer to.
        extra: fields of the source file that have no place above (camera, light).
    """

    objects: tuple[SceneObject, ...]
    directions: Mapping[str, Vector]
    relationships: Mapping[str, tuple[tuple[int, ...], ...]]
    width: int
    height: int
    image_index: int = 0
    image_filename: str = ""
    split: str = "new"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_clevr(self) -> dict[str, Any]:
        """The scene as one entry of CLEVR's `scenes.json` (plus `bbox` and `image_size`)."""
        return {
            "image_index": self.image_index,
            "image_filename": self.image_filename,
            "split": self.split,
            "image_size": [self.width, self.height],
            "directions": {name: list(vector) for name, vector in self.directions.items()},
            "objects": [
                {
                    "shape": item.shape,
                    "color": item.color,
                    "size": item.size,
                    "material": item.material,
                    "3d_coords": list(item.position),
                    "pixel_coords": list(item.pixel),
                    "rotation": item.rotation,
                    "bbox": list(item.box),
                }
                for item in self.objects
            ],
            "relationships": {
                name: [list(row) for row in rows] for name, rows in self.relationships.items()
            },
            **self.extra,
        }

    @classmethod
    def from_clevr(cls, entry: Mapping[str, Any]) -> "Scene":
        """Read one entry of `scenes.json`; CLEVR v1.0 has no boxes (they stay zero).

        Raises:
            ValueError: the entry lacks `objects`.
        """
        if "objects" not in entry:
            raise ValueError("not a CLEVR scene: no 'objects'")
        width, height = entry.get("image_size", (480, 320))
        objects = tuple(
            SceneObject(
                shape=item["shape"],
                color=item["color"],
                size=item["size"],
                material=item["material"],
                position=_vector(item["3d_coords"]),
                rotation=float(item.get("rotation", 0.0)),
                pixel=_vector(item["pixel_coords"]),
                box=_box(item.get("bbox", (0, 0, 0, 0))),
            )
            for item in entry["objects"]
        )
        directions = {
            name: _vector(vector)
            for name, vector in entry.get("directions", {}).items()
            if name in DIRECTIONS
        }
        relationships = entry.get("relationships") or derive_relationships(objects, directions)
        known = {"image_index", "image_filename", "split", "image_size", "directions"}
        known |= {"objects", "relationships"}
        return cls(
            objects=objects,
            directions=directions,
            relationships={
                name: tuple(tuple(row) for row in rows) for name, rows in relationships.items()
            },
            width=int(width),
            height=int(height),
            image_index=int(entry.get("image_index", 0)),
            image_filename=str(entry.get("image_filename", "")),
            split=str(entry.get("split", "new")),
            extra={key: value for key, value in entry.items() if key not in known},
        )


def derive_relationships(
    objects: tuple[SceneObject, ...], directions: Mapping[str, Vector], eps: float = 0.2
) -> dict[str, tuple[tuple[int, ...], ...]]:
    """CLEVR's rule: j is `direction` of i when (p_j - p_i) . direction > eps."""
    related: dict[str, tuple[tuple[int, ...], ...]] = {}
    for name in DIRECTIONS:
        axis = directions[name]
        rows = []
        for i, anchor in enumerate(objects):
            row = tuple(
                j
                for j, other in enumerate(objects)
                if j != i
                and sum(
                    (b - a) * d
                    for a, b, d in zip(anchor.position, other.position, axis, strict=True)
                )
                > eps
            )
            rows.append(row)
        related[name] = tuple(rows)
    return related


def _vector(values: Any) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)


def _box(values: Any) -> BoxXYXY:
    x0, y0, x1, y1 = (float(v) for v in values)
    return (x0, y0, x1, y1)
