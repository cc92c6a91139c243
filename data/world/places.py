"""Where objects of a scene are: in the picture, along a direction, and to each other."""

from collections.abc import Iterable

from .scene import Scene


def where_in_picture(scene: Scene, index: int) -> str:
    """Where the object stands in the picture (see `place`)."""
    x, y, _ = scene.objects[index].pixel
    return place(x / scene.width, y / scene.height)


def place(x: float, y: float) -> str:
    """A point of the picture, as shares of its width and height, in a 3 x 3 grid: "front left"."""
    side = ("left", "centre", "right")[min(2, max(0, int(3 * x)))]
    depth = ("back", "middle", "front")[min(2, max(0, int(3 * y)))]
    if depth == "middle":
        return side
    return depth if side == "centre" else f"{depth} {side}"


def on_side(scene: Scene, direction: str, ids: Iterable[int]) -> tuple[int, ...]:
    """Those of `ids` in that half of the picture, not of the table: "on the left side"."""
    axis, end = (0, scene.width) if direction in ("left", "right") else (1, scene.height)
    near = direction in ("left", "behind")
    return tuple(i for i in ids if (scene.objects[i].pixel[axis] < end / 2) == near)


def along(scene: Scene, index: int, direction: str) -> float:
    """How far an object lies in a direction of the table, in world units."""
    position, axis = scene.objects[index].position, scene.directions[direction]
    return sum(p * d for p, d in zip(position, axis, strict=True))


def farthest_first(scene: Scene, direction: str, ids: Iterable[int]) -> list[int]:
    """`ids` by how far they lie in a direction of the table."""
    return sorted(ids, key=lambda i: -along(scene, i, direction))


def distance(scene: Scene, i: int, j: int) -> float:
    """World units between two objects' footprints' centres."""
    a, b = scene.objects[i].position, scene.objects[j].position
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def between(scene: Scene, i: int, j: int) -> tuple[int, ...]:
    """Objects whose foot on the segment i-j lies inside it, near the line (1.2 units)."""
    a, b = scene.objects[i].position, scene.objects[j].position
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy or 1e-9
    found = []
    for k, item in enumerate(scene.objects):
        if k in (i, j):
            continue
        ex, ey = item.position[0] - a[0], item.position[1] - a[1]
        share = (ex * dx + ey * dy) / squared
        across = abs(ex * dy - ey * dx) / squared**0.5
        if 0.1 < share < 0.9 and across < 1.2:
            found.append(k)
    return tuple(found)
