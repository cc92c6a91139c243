"""One thing about a scene changed, and how people say it: "like this one, but the ball is red".

    change = sample_change(scene, Random(0))
    change.scene                     # the scene after it, ready to be drawn
    word_change(scene, change, Random(1))

Camera and light stay; every object of the changed scene is still well in view.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal, TypeVar

import numpy as np

from .naming import Values, unique_name
from .raycast import scene_camera, scene_lights
from .sampler import finish_scenes
from .scene import Scene, SceneObject
from .vocabulary import ATTRIBUTES, SIZE_RADIUS, VALUES
from .wording import adjective, noun, noun_phrase, predicate

_T = TypeVar("_T")
ChangeKind = Literal["size", "color", "material", "shape", "remove", "add"]
_KINDS: Final[tuple[ChangeKind, ...]] = (
    "color", "color", "color", "shape", "shape", "material", "size", "remove", "remove",
    "add", "add", "add",
)  # fmt: skip
_TRIES: Final = 12
_FEWEST, _MOST = 2, 10
# Half the table that new objects are put on, and the least gap between footprints.
_TABLE: Final = 2.8
_GAP: Final = 0.25

_LIKE: Final = (
    "like this one but {}", "like this one, but {}", "like this but {}", "the same but {}",
    "same picture but {}", "one like this but {}", "similar to this one but {}",
    "a picture like this but {}", "this one but {}", "same scene but {}",
    "something like this but {}",
    "as here but {}", "find one like this but {}", "show me one like this, only {}", "{}", "{}",
)  # fmt: skip
_REMOVED: Final = (
    "without {the}", "without {the}", "with {the} gone", "minus {the}", "with {the} removed",
    "with no {bare}", "where {the} is missing", "{the} is not there", "without {the} in it",
)  # fmt: skip
_ADDED: Final = (
    "with {a}", "with {a}", "with {a} too", "with {a} as well", "with {a} added", "plus {a}",
    "and also {a}", "with {a} on top of that", "where there is also {a}", "with an extra {bare}",
)  # fmt: skip
_BECOMES: Final = (
    "{the} is {pred}", "{the} is {pred}", "with {the} {pred}", "{the} is {pred} instead",
    "{the} should be {pred}", "where {the} is {pred}", "{the} has become {pred}",
)  # fmt: skip
_SWAPPED: Final = (
    "with {a} instead of {the}", "with {a} instead of {the}", "with {a} in place of {the}",
    "{the} is swapped for {a}", "{a} where {the} is", "with {a} rather than {the}",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was changed.

    Attributes:
        kind: the attribute that has another value now, `remove`, or `add`.
        index: of the object, in the scene before (in the one after, for `add`).
        value: the attribute's new value; "" for `remove` and `add`.
        scene: the scene after the change.
    """

    kind: ChangeKind
    index: int
    value: str
    scene: Scene


def sample_change(scene: Scene, rng: Random) -> Change | None:
    """Draw one change of `scene`; None where none of a dozen tries could be seen well.

    Args:
        scene: with camera and light in `extra`, as the sampler makes them.
    """
    camera, lights = scene_camera(scene), scene_lights(scene)
    drafts = [draft for _ in range(_TRIES) if (draft := _draft(scene, rng)) is not None]
    # Looked at a few at a time: the first is nearly always good.
    for first in range(0, len(drafts), 3):
        part = drafts[first : first + 3]
        made = finish_scenes(
            [(objects, camera, lights) for _, _, _, objects in part],
            width=scene.width,
            height=scene.height,
        )
        for (kind, index, value, _), (after, seen) in zip(part, made, strict=True):
            if seen.acceptable(scene.width, scene.height):
                return Change(kind=kind, index=index, value=value, scene=after)
    return None


def word_change(before: Scene, change: Change, rng: Random) -> str:
    """The change in a person's words; `before` is the picture they point at."""
    like = _pick(rng, _LIKE)
    if change.kind == "add":
        item = change.scene.objects[change.index]
        values = _some_values(item, rng)
        text = _pick(rng, _ADDED)
        words = text.format(a=noun_phrase(rng, values, article="a"), bare=_bare(rng, values))
        return like.format(words)
    values = unique_name(before, rng, change.index)
    assert values is not None  # `sample_change` asked
    the = noun_phrase(rng, values)
    if change.kind == "remove":
        return like.format(_pick(rng, _REMOVED).format(the=the, bare=_bare(rng, values)))
    item = change.scene.objects[change.index]
    new = {**values, change.kind: change.value, "shape": item.shape}
    new = {name: new[name] for name in ATTRIBUTES if name in new}
    a = noun_phrase(rng, new, article="a")
    roll = rng.random()
    if roll < 0.2 and change.kind == "color":
        return like.format(f"with {a}")
    if roll < 0.5 or change.kind == "shape":
        return like.format(_pick(rng, _SWAPPED).format(a=a, the=the))
    if roll < 0.6:
        verb = "turn" if change.kind == "color" and rng.random() < 0.3 else "make"
        return f"{verb} {the} {adjective(rng, change.value)}"
    pred = predicate(rng, change.kind, change.value)
    return like.format(_pick(rng, _BECOMES).format(the=the, pred=pred))


def _draft(scene: Scene, rng: Random) -> tuple[ChangeKind, int, str, list[SceneObject]] | None:
    kind = _pick(rng, _KINDS)
    objects = list(scene.objects)
    if kind == "add":
        item = _newcomer(objects, rng) if len(objects) < _MOST else None
        return None if item is None else (kind, len(objects), "", [*objects, item])
    index = int(rng.random() * len(objects))
    if unique_name(scene, rng, index) is None:
        return None
    if kind == "remove":
        del objects[index]
        return (kind, index, "", objects) if len(objects) >= _FEWEST else None
    old = objects[index]
    value = _pick(rng, [v for v in VALUES[kind] if v != old.value(kind)])
    new = replace(old, **{kind: value})
    x, y, _ = old.position
    new = replace(new, position=(x, y, SIZE_RADIUS[new.size]))
    if kind in ("size", "shape") and not _free(new, [o for o in objects if o is not old]):
        return None
    objects[index] = new
    return kind, index, value, objects


def _newcomer(objects: Sequence[SceneObject], rng: Random) -> SceneObject | None:
    """An object that stands clear of the others; None when a few places were all taken."""
    picked = {name: _pick(rng, VALUES[name]) for name in ATTRIBUTES}
    for _ in range(16):
        x, y = (round(rng.uniform(-_TABLE, _TABLE), 4) for _ in range(2))
        item = SceneObject(
            shape=picked["shape"],
            color=picked["color"],
            size=picked["size"],
            material=picked["material"],
            position=(x, y, SIZE_RADIUS[picked["size"]]),
            rotation=round(rng.uniform(0, 360), 3),
        )
        if _free(item, objects):
            return item
    return None


def _free(item: SceneObject, others: Sequence[SceneObject]) -> bool:
    own = _reach(item)
    away = [np.hypot(*np.subtract(item.position[:2], o.position[:2])) for o in others]
    return all(d > own + _reach(o) + _GAP for d, o in zip(away, others, strict=True))


def _reach(item: SceneObject) -> float:
    return SIZE_RADIUS[item.size] * (math.sqrt(2) if item.shape == "cube" else 1.0)


def _some_values(item: SceneObject, rng: Random) -> Values:
    """The shape and at least one more value of a new object, more often most of them."""
    kept = [name for name in ATTRIBUTES[:3] if rng.random() < 0.7] or ["color"]
    return {name: item.value(name) for name in [*kept, "shape"]}


def _bare(rng: Random, values: Values) -> str:
    words = [adjective(rng, values[name]) for name in ATTRIBUTES[:3] if name in values]
    return " ".join([*words, noun(rng, values.get("shape", ""), bare=not words)])


def _pick(rng: Random, ways: Sequence[_T]) -> _T:
    return ways[int(rng.random() * len(ways))]
