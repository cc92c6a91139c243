"""Referring expressions: phrases that pick out objects of a scene, and how people ask for them.

    sample_refexps(scene, Random(0), 10)[0].text  # "the red block behind the small ball"

A phrase that says "the ball" fits one ball of the scene; phrases in the plural mean all
that fit; `absent` ones fit nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any, Final

from .functions import Call, call, canonical, to_clevr
from .naming import Values, all_names, matching, named, one, unique_name
from .patterns import draw
from .phrases import object_phrase, set_phrase
from .places import along, distance
from .programs import FalsePremise, execute
from .scene import BoxXYXY, Scene
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES
from .wording import frame, typos

# Gaps that keep a phrase clear to a person: along a direction, in world units, and between
# the nearest and the next nearest, as a ratio.
_CLEAR_GAP: Final = 0.3
_CLEAR_RATIO: Final = 1.25
_TRIES: Final = 30

_REQUESTS: Final[dict[str, tuple[str, ...]]] = {
    "one": (
        "where is {p}",
        "where's {p}",
        "where can i find {p}",
        "which one is {p}",
        "point at {p}",
        "point to {p}",
        "find [me|] {p}",
        "find {p} for me",
        "show me {p}",
        "show me where {p} is",
        "highlight {p}",
        "mark {p}",
        "circle {p}",
        "locate {p}",
        "spot {p}",
        "outline {p}",
        "box {p}",
        "draw a box around {p}",
        "put a box [around|on] {p}",
        "can you [find|see|point out|show me|highlight] {p}",
        "could you [find|mark|point at|locate] {p}",
        "i'm looking for {p}",
        "i want to see {p}",
        "i need {p}",
        "give me the [position|location|box] of {p}",
        "tell me where {p} is",
        "select {p}",
        "pick out {p}",
        "single out {p}",
        "do you see {p}",
        "whereabouts is {p}",
        "indicate {p}",
        "get me {p}",
    ),
    "many": (
        "where are {p}",
        "where can i find {p}",
        "which ones are {p}",
        "point at {p}",
        "point out {p}",
        "find [me|] {p}",
        "show me {p}",
        "show me where {p} are",
        "highlight {p}",
        "mark {p}",
        "circle {p}",
        "locate {p}",
        "outline {p}",
        "box {p}",
        "draw boxes around {p}",
        "put a box around each of {p}",
        "can you [find|see|point out|show me|highlight] {p}",
        "could you [find|mark|locate] {p}",
        "i'm looking for {p}",
        "i want to see {p}",
        "give me the [positions|boxes] of {p}",
        "tell me where {p} are",
        "select {p}",
        "pick out {p}",
        "indicate {p}",
    ),
}


@dataclass(frozen=True, kw_only=True)
class RefExp:
    """A phrase and what it means in its scene.

    Attributes:
        text: the phrase, with the odd typing error.
        program: ends in a set or an object.
        objects: indices of the objects meant, ascending; empty where there is no such thing.
        boxes: their boxes, (x0, y0, x1, y1) in pixels, same order.
        kind: `attributes`, `relation-1` to `-3`, `extreme`, `ordinal`, `same`, `nearest`,
            `between`, `plural`, `plural-relation`, `plural-same`, `union`, or `absent`.
        request: the phrase inside what a person would type ("where is ...?").
    """

    text: str
    program: Call
    objects: tuple[int, ...]
    boxes: tuple[BoxXYXY, ...]
    kind: str
    request: str

    def to_clevr(self, scene: Scene, index: int) -> dict[str, Any]:
        """One entry of CLEVR-Ref+'s list, with `box` (x0, y0, x1, y1), `kind` and `request`."""
        nodes = to_clevr(self.program)
        nodes[-1]["_output"] = list(self.objects)
        return {
            "refexp_index": index,
            "refexp": self.text,
            "program": nodes,
            "image_index": scene.image_index,
            "image_filename": scene.image_filename,
            "split": scene.split,
            "refexp_family_index": _KIND_NAMES.index(self.kind),
            "kind": self.kind,
            "request": self.request,
            "box": [list(box) for box in self.boxes],
        }


def sample_refexps(scene: Scene, rng: Random, n: int) -> list[RefExp]:
    """Up to `n` different expressions about `scene` (fewer only where it has too little to say).

    Args:
        scene: with one object or more, and boxes.
    """
    made: list[RefExp] = []
    seen: set[Call] = set()
    for _ in range(n):
        for _ in range(_TRIES):
            kind, build = _draw_kind(rng)
            program = build(scene, rng)
            if program is None:
                continue
            program = canonical(program)
            objects = _meant(scene, program)
            if program in seen or objects is None or bool(objects) == (kind == "absent"):
                continue
            seen.add(program)
            made.append(_worded(scene, rng, kind, program, objects))
            break
    return made


def _meant(scene: Scene, program: Call) -> tuple[int, ...] | None:
    """Objects of the program; () where there are none; None where it is ambiguous."""
    try:
        return tuple(sorted(execute(program, scene).objects))
    except FalsePremise as error:
        # Only the thing itself may be missing, not what it is described by.
        inner = program.args[0] if program.args else program
        return () if error.kind == "absent" and error.described == inner else None


def _worded(
    scene: Scene, rng: Random, kind: str, program: Call, objects: tuple[int, ...]
) -> RefExp:
    single = program.function in ("unique", "extreme", "ordinal", "nearest")
    if single:
        text = object_phrase(rng, program)
        if rng.random() < 0.12:
            text = text.removeprefix("the ")
    elif program.function == "union" and all(arg.function == "unique" for arg in program.args):
        text = " and ".join(object_phrase(rng, arg) for arg in program.args)
    else:
        text = _plural(rng, program, len(objects))
    template = _REQUESTS["one" if single else "many"]
    request = draw(rng, template[int(rng.random() * len(template))], {"p": text})
    mark = "?" if request.startswith(("where", "which", "can", "could", "do")) else ""
    return RefExp(
        text=typos(rng, text) if rng.random() < 0.4 else text,
        program=program,
        objects=objects,
        boxes=tuple(scene.objects[i].box for i in objects),
        kind=kind,
        request=typos(rng, frame(rng, request, mark)),
    )


def _plural(rng: Random, program: Call, number: int) -> str:
    roll = rng.random()
    if program.function == "union":
        return set_phrase(rng, program, "many", "the" if roll < 0.4 else "")
    if number == 2 and roll < 0.2:
        return f"both {set_phrase(rng, program, 'many', '')}"
    if roll < 0.45:
        return f"all {set_phrase(rng, program, 'many', 'the' if roll < 0.33 else '')}"
    if roll < 0.5:
        return f"every {set_phrase(rng, program, 'one', '')}"
    return set_phrase(rng, program, "many", "the" if roll < 0.75 else "")


def _any(scene: Scene, rng: Random) -> int:
    return int(rng.random() * len(scene.objects))


def _pick(rng: Random, items: Sequence[Any]) -> Any:
    return items[int(rng.random() * len(items))]


def _attributes(scene: Scene, rng: Random) -> Call | None:
    values = unique_name(scene, rng, _any(scene, rng), wordy=0.45)
    return None if values is None else one(values)


def _related(hops: int) -> Callable[[Scene, Random], Call | None]:
    return lambda scene, rng: _chain(scene, rng, _any(scene, rng), hops)


def _chain(scene: Scene, rng: Random, index: int, hops: int) -> Call | None:
    """Name `index` by `hops` relations, each of which the phrase needs."""
    if hops == 0:
        values = unique_name(scene, rng, index, wordy=0.2)
        return None if values is None else one(values)
    pairs = [
        (d, j) for d in DIRECTIONS for j, row in enumerate(scene.relationships[d]) if index in row
    ]
    if not pairs:
        return None
    direction, anchor = _pick(rng, pairs)
    among = scene.relationships[direction][anchor]
    names = [
        values
        for values in [{}, *all_names(scene, index, among)]
        if matching(scene, values, among) == (index,) and len(matching(scene, values)) > 1
    ]
    inner = _chain(scene, rng, anchor, hops - 1)
    if not names or inner is None:
        return None
    shaped = [values for values in names if "shape" in values]
    values = _pick(rng, shaped if shaped and rng.random() < 0.7 else names)
    return one(values, call("relate", inner, value=direction))


def _extreme(scene: Scene, rng: Random) -> Call | None:
    values, ids = _several(scene, rng)
    direction = _pick(rng, DIRECTIONS)
    along = _along(scene, ids, direction)
    if len(ids) < 2 or along[0] - along[1] < _CLEAR_GAP:
        return None
    return call("extreme", named(values), value=direction)


def _ordinal(scene: Scene, rng: Random) -> Call | None:
    values, ids = _several(scene, rng)
    direction = _pick(rng, DIRECTIONS)
    along = _along(scene, ids, direction)
    if len(ids) < 3:
        return None
    rank = 2 + int(rng.random() * (min(len(ids), 5) - 1))
    if min(a - b for a, b in pairwise(along[: rank + 1])) < _CLEAR_GAP:
        return None
    return call("ordinal", named(values), value=f"{rank} {direction}")


def _several(scene: Scene, rng: Random) -> tuple[Values, tuple[int, ...]]:
    """A description of several objects, and those."""
    item = scene.objects[_any(scene, rng)]
    names = list(ATTRIBUTES)
    rng.shuffle(names)
    values = {name: item.value(name) for name in names[: 1 + (rng.random() < 0.35)]}
    if rng.random() < 0.1:
        values = {}
    return values, matching(scene, values)


def _along(scene: Scene, ids: Sequence[int], direction: str) -> list[float]:
    return sorted((along(scene, i, direction) for i in ids), reverse=True)


def _same(scene: Scene, rng: Random) -> Call | None:
    """ "The ball of the same colour as the cube"."""
    anchor = _any(scene, rng)
    name = _pick(rng, ATTRIBUTES)
    values = unique_name(scene, rng, anchor, wordy=0.1)
    value = scene.objects[anchor].value(name)
    among = tuple(i for i in matching(scene, {name: value}) if i != anchor)
    if values is None or name in values or not among:
        return None
    index = _pick(rng, among)
    names = [v for v in [{}, *all_names(scene, index, among)] if name not in v]
    fitting = [v for v in names if matching(scene, v, among) == (index,)]
    needed = [v for v in fitting if len(matching(scene, v)) > 1]
    if not needed:
        return None
    return one(_pick(rng, needed), call(f"same_{name}", one(values)))


def _nearest(scene: Scene, rng: Random) -> Call | None:
    anchor = _any(scene, rng)
    values = unique_name(scene, rng, anchor, wordy=0.1)
    kept, ids = _several(scene, rng)
    others = [i for i in ids if i != anchor]
    if values is None or len(others) < 2:
        return None
    away = sorted(distance(scene, anchor, i) for i in others)
    if away[1] < _CLEAR_RATIO * away[0]:
        return None
    return call("nearest", named(kept), one(values))


def _between(scene: Scene, rng: Random) -> Call | None:
    first, second = _any(scene, rng), _any(scene, rng)
    names = [unique_name(scene, rng, i, wordy=0.1) for i in (first, second)]
    if first == second or names[0] is None or names[1] is None:
        return None
    base = call("between", one(names[0]), one(names[1]))
    found = execute(base, scene).objects
    if len(found) != 1:
        return None
    item = scene.objects[found[0]]
    values = {"shape": item.shape} if rng.random() < 0.5 else {}
    return one(values, base)


def _plurals(scene: Scene, rng: Random) -> Call | None:
    values, ids = _several(scene, rng)
    return named(values) if len(ids) > 1 and values else None


def _plurals_related(scene: Scene, rng: Random) -> Call | None:
    anchor = _any(scene, rng)
    values = unique_name(scene, rng, anchor, wordy=0.1)
    direction = _pick(rng, DIRECTIONS)
    kept, ids = _several(scene, rng)
    if values is None or not set(ids) & set(scene.relationships[direction][anchor]):
        return None
    return named(kept, call("relate", one(values), value=direction))


def _plurals_same(scene: Scene, rng: Random) -> Call | None:
    values = unique_name(scene, rng, _any(scene, rng), wordy=0.1)
    name = _pick(rng, ATTRIBUTES)
    if values is None or name in values:
        return None
    return call(f"same_{name}", one(values))


def _union(scene: Scene, rng: Random) -> Call | None:
    if rng.random() < 0.6:
        first, second = _any(scene, rng), _any(scene, rng)
        names = [unique_name(scene, rng, i, wordy=0.1) for i in (first, second)]
        if first == second or names[0] is None or names[1] is None:
            return None
        return call("union", one(names[0]), one(names[1]))
    (first_values, ids), (second_values, others) = _several(scene, rng), _several(scene, rng)
    if not first_values or not second_values or set(ids) & set(others):
        return None
    return call("union", named(first_values), named(second_values))


def _absent(scene: Scene, rng: Random) -> Call | None:
    """Something like an object of the scene that is not there."""
    item = scene.objects[_any(scene, rng)]
    names = [name for name in ATTRIBUTES if rng.random() < 0.55]
    if not names:
        return None
    values = {name: item.value(name) for name in names}
    changed = _pick(rng, names)
    values[changed] = _pick(rng, VALUES[changed])
    if matching(scene, values):
        return None
    roll = rng.random()
    if roll < 0.2:
        return named(values)
    if roll < 0.35:
        anchor = unique_name(scene, rng, _any(scene, rng), wordy=0.1)
        if anchor is None:
            return None
        return one(values, call("relate", one(anchor), value=_pick(rng, DIRECTIONS)))
    return one(values)


def _absent_side(scene: Scene, rng: Random) -> Call | None:
    """ "The ball left of the cube", where no ball is left of it."""
    anchor = _any(scene, rng)
    values = unique_name(scene, rng, anchor, wordy=0.1)
    kept = {"shape": scene.objects[_any(scene, rng)].shape}
    direction = _pick(rng, DIRECTIONS)
    if values is None or matching(scene, kept, scene.relationships[direction][anchor]):
        return None
    near = named(kept, call("relate", one(values), value=direction))
    return call("unique", near) if rng.random() < 0.7 else near


_KINDS: Final[tuple[tuple[str, float, Callable[[Scene, Random], Call | None]], ...]] = (
    ("attributes", 28, _attributes),
    ("relation-1", 14, _related(1)),
    ("relation-2", 8, _related(2)),
    ("relation-3", 4, _related(3)),
    ("extreme", 9, _extreme),
    ("ordinal", 6, _ordinal),
    ("same", 5, _same),
    ("nearest", 4, _nearest),
    ("between", 2, _between),
    ("plural", 12, _plurals),
    ("plural-relation", 6, _plurals_related),
    ("plural-same", 2, _plurals_same),
    ("union", 4, _union),
    ("absent", 5, _absent),
    ("absent", 3, _absent_side),
)
_KIND_NAMES: Final = tuple(dict.fromkeys(name for name, _, _ in _KINDS))
_WEIGHTS: Final = tuple(weight for _, weight, _ in _KINDS)


def _draw_kind(rng: Random) -> tuple[str, Callable[[Scene, Random], Call | None]]:
    name, _, build = rng.choices(_KINDS, _WEIGHTS)[0]
    return name, build
