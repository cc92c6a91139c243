"""Before and after pictures: one scene drawn with some objects, without them, and repainted.

All three share camera, light and everything else, so that their difference is the edit alone.
`chosen` objects are far enough apart that each can be looked at by itself: any ordered pair of
the three pictures is one edit of each (erase, insert, repaint).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from .scene import Scene, SceneObject
from .vocabulary import COLORS, MATERIALS

Area = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Variants:
    """A scene three ways.

    Attributes:
        full: the scene.
        bare: without the chosen objects.
        repainted: the chosen objects in other colours or of another material.
        chosen: indices in `full` and `repainted`.
    """

    full: Scene
    bare: Scene
    repainted: Scene
    chosen: tuple[int, ...]


def variants(scene: Scene, rng: Random, area: Callable[[SceneObject], Area]) -> Variants:
    """Choose objects of `scene` whose areas do not meet, and make the three scenes.

    Args:
        area: x0, y0, x1, y1 in pixels that an edit of an object may touch.
    """
    order = list(range(len(scene.objects)))
    rng.shuffle(order)
    chosen: list[int] = []
    taken: list[Area] = []
    for i in order:
        here = area(scene.objects[i])
        if all(_apart(here, other) for other in taken):
            chosen.append(i)
            taken.append(here)
    kept = tuple(item for i, item in enumerate(scene.objects) if i not in chosen)
    painted = tuple(
        repainted(item, rng) if i in chosen else item for i, item in enumerate(scene.objects)
    )
    return Variants(
        full=scene,
        bare=replace(scene, objects=kept),
        repainted=replace(scene, objects=painted),
        chosen=tuple(sorted(chosen)),
    )


def repainted(item: SceneObject, rng: Random) -> SceneObject:
    """`item` in another colour, of another material, or both."""
    color, material = item.color, item.material
    while (color, material) == (item.color, item.material):
        color = rng.choice(COLORS) if rng.random() < 0.8 else item.color
        material = rng.choice(MATERIALS) if rng.random() < 0.6 else item.material
    return replace(item, color=color, material=material)


def _apart(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
