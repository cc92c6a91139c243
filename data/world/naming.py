"""Which attribute values pick out objects of a scene, and the program that says so.

Shared by captions, referring expressions and dialogues: each of them names objects and
must know whether a name fits exactly the ones meant.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from random import Random

from .programs import SCENE, Call, call, filters
from .scene import Scene
from .vocabulary import ATTRIBUTES

Values = dict[str, str]


def matching(
    scene: Scene, values: Mapping[str, str], among: Iterable[int] | None = None
) -> tuple[int, ...]:
    """Objects (of `among`, by default all) that have every one of `values`, in order."""
    ids = range(len(scene.objects)) if among is None else among
    return tuple(
        i for i in ids if all(scene.objects[i].value(name) == v for name, v in values.items())
    )


def all_names(scene: Scene, index: int, among: Iterable[int] | None = None) -> list[Values]:
    """Every attribute subset that only object `index` has (among `among`), shortest first.

    Empty where an object looks exactly alike.
    """
    pool = tuple(range(len(scene.objects))) if among is None else tuple(among)
    item = scene.objects[index]
    found: list[Values] = []
    for size in range(1, len(ATTRIBUTES) + 1):
        for names in combinations(ATTRIBUTES, size):
            values = {name: item.value(name) for name in names}
            if matching(scene, values, pool) == (index,):
                found.append(values)
    return found


def unique_name(
    scene: Scene,
    rng: Random,
    index: int,
    among: Iterable[int] | None = None,
    *,
    wordy: float = 0.3,
) -> Values | None:
    """One attribute subset that picks out `index`; None where there is none.

    Args:
        wordy: chance of a longer name than needed. Names with a shape come first, as in
            people's speech.
    """
    names = all_names(scene, index, among)
    if not names:
        return None
    if rng.random() >= wordy:
        shortest = len(names[0])
        names = [values for values in names if len(values) <= shortest + (rng.random() < 0.3)]
    shaped = [values for values in names if "shape" in values]
    pool = shaped if shaped and rng.random() < 0.8 else names
    return pool[int(rng.random() * len(pool))]


def named(values: Mapping[str, str], base: Call = SCENE) -> Call:
    """The set of objects of `base` with `values`, as a program."""
    return filters(base, **values)


def one(values: Mapping[str, str], base: Call = SCENE) -> Call:
    """The one object of `base` with `values`, as a program."""
    return call("unique", named(values, base))
