"""Where questions take their descriptions from: thin air (`FreeSource`) or a scene.

A source hands out sets and objects as program trees. `SceneSource` describes what is in
its scene: objects are unique, relations matter (without them the description would fit
something else), and on demand one description is false.
"""

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Final

from .functions import NUMBERS, SCENE, Call, call, filters
from .programs import execute
from .scene import Scene
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES

_SIZES: Final = (0.52, 0.85, 0.97)  # chances of at most one, two, three attributes
_MARGIN: Final = 0.15  # world units by which an extreme must lead
_PAIRS: Final = tuple((a, b) for a in DIRECTIONS for b in DIRECTIONS if a != b)


class Retry(Exception):
    """This draw led nowhere; draw again."""


class FreeSource:
    """Descriptions of no scene in particular.

    Raises:
        Retry: whatever is drawn may lead nowhere (two descriptions that should differ are alike).
    """

    scene: Scene | None = None

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def pick(self, items: tuple[str, ...]) -> str:
        """One of `items`."""
        return items[int(self.rng.random() * len(items))]

    def attribute(self) -> str:
        """One of the four attributes."""
        return self.pick(ATTRIBUTES)

    def direction(self) -> str:
        """One of the four directions."""
        return self.pick(DIRECTIONS)

    def number(self, low: int, high: int) -> Call:
        """A constant."""
        return call("number", value=NUMBERS[self.rng.randint(low, high)])

    def names(self, hide: str | None = None) -> list[str]:
        """One to four attribute names to describe something by; shape and colour first."""
        roll = self.rng.random()
        size = 1 + sum(roll > edge for edge in _SIZES)
        weights = [(self.rng.random() * w, n) for n, w in _LIKED if n != hide]
        weights.sort(reverse=True)
        return [name for _, name in weights[:size]]

    def values(self, hide: str | None = None) -> dict[str, str]:
        """Attribute values to describe something by."""
        return {name: self.pick(VALUES[name]) for name in self.names(hide)}

    def base(self, hops: int) -> Call:
        """The scene, or what stands in a relation to an object `hops - 1` relations deep."""
        if hops == 0:
            return SCENE
        return call("relate", self.object(hops - 1), value=self.direction())

    def related(self) -> Call:
        """Any base that is a relation: `relate`, `same_*`, `intersect`, `between`, `side`."""
        roll = self.rng.random()
        if roll < 0.6:
            return self.base(1 if self.rng.random() < 0.8 else 2)
        if roll < 0.78:
            return self.same()
        if roll < 0.86:
            return self.both()
        if roll < 0.93:
            return self.between()
        return self.side()

    def side(self) -> Call:
        """What is in one half of the picture."""
        return call("side", SCENE, value=self.direction())

    def same(self) -> Call:
        """What shares an attribute with an object."""
        attribute = self.attribute()
        deep = 0 if self.rng.random() < 0.75 else 1
        return call(f"same_{attribute}", self.object(deep, hide=attribute))

    def both(self) -> Call:
        """What stands in two relations at once."""
        first, second = self.objects(2)
        a, b = _PAIRS[int(self.rng.random() * len(_PAIRS))]
        if self.rng.random() < 0.15:  # "behind both the ball and the cube"
            b = a
        return call("intersect", call("relate", first, value=a), call("relate", second, value=b))

    def between(self) -> Call:
        """What is between two objects."""
        return call("between", *self.objects(2))

    def set(self, base: Call, least: int = 1, hide: str | None = None) -> Call:
        """Filters over a base; `least` 0 may leave the base as it is."""
        if least == 0 and self.rng.random() < 0.3:
            return base
        return filters(base, **self.values(hide))

    def described(self, base: Call, hide: str | None = None) -> Call:
        """The one object of a base that fits some values."""
        return call("unique", self.set(base, hide=hide))

    def object(self, hops: int = 0, hide: str | None = None) -> Call:
        """One object by its attributes and `hops` relations."""
        return self.described(self.base(hops), hide)

    def objects(self, n: int, hops: int = 0) -> list[Call]:
        """Several different objects."""
        found = [self.object(hops) for _ in range(n)]
        if len(set(found)) < n:
            raise Retry
        return found

    def any_object(self, hide: str | None = None) -> Call:
        """One object by whatever means people use."""
        roll = self.rng.random()
        if roll < 0.55:
            return self.object(0, hide)
        if roll < 0.72:
            return self.object(1, hide)
        if roll < 0.84:
            return self.extreme(hide)
        return self.ordinal(hide) if roll < 0.9 else self.nearest(hide)

    def extreme(self, hide: str | None = None) -> Call:
        """The leftmost, ... of a set."""
        roll = self.rng.random()
        base = SCENE if roll < 0.9 else self.base(1)
        return call("extreme", self.set(base, least=0, hide=hide), value=self.direction())

    def ordinal(self, hide: str | None = None) -> Call:
        """The second from the left, ... of a set."""
        roll = self.rng.random()
        rank = 2 if roll < 0.5 else 3 if roll < 0.8 else 4 if roll < 0.95 else 5
        subject = self.set(SCENE, least=0, hide=hide)
        return call("ordinal", subject, value=f"{rank} {self.direction()}")

    def nearest(self, hide: str | None = None) -> Call:
        """The one of a set that is nearest to an object."""
        return call("nearest", self.set(SCENE, least=0, hide=hide), self.object(0))

    def two_sets(self) -> tuple[Call, Call]:
        """Two different sets of the whole scene, often alike but for one attribute."""
        values = self.values()
        other = dict(values)
        if self.rng.random() < 0.6:
            name = self.pick(tuple(values))
            other[name] = self.pick(VALUES[name])
        else:
            other = self.values()
        if other == values:
            raise Retry
        return filters(SCENE, **values), filters(SCENE, **other)

    def contrast(self) -> tuple[str, Call, Call]:
        """Two sets that differ in the value of one attribute, and that attribute."""
        values = self.values()
        name = self.pick(tuple(values))
        other = {**values, name: self.pick(VALUES[name])}
        if other == values:
            raise Retry
        return name, filters(SCENE, **values), filters(SCENE, **other)


# How readily people name an attribute.
_LIKED: Final = (("shape", 2.2), ("color", 1.8), ("size", 1.1), ("material", 1.1))


class SceneSource(FreeSource):
    """Descriptions of a scene.

    Args:
        fault: `absent` or `ambiguous` makes one object description false in that way.

    Raises:
        Retry: as `FreeSource`, and where nothing in the scene fits.
    """

    def __init__(self, rng: Random, scene: Scene, fault: str | None = None) -> None:
        super().__init__(rng)
        self.scene = scene
        self.fault = fault
        self.rows = [{name: item.value(name) for name in ATTRIBUTES} for item in scene.objects]
        self.everything = tuple(range(len(self.rows)))
        self._having = {
            value: frozenset(i for i, row in enumerate(self.rows) if row[name] == value)
            for name in ATTRIBUTES
            for value in VALUES[name]
        }
        self.empty = False
        # What each handed-out base or object stands for; None below a false description.
        # Keyed by identity (hashing a tree walks it); the nodes are kept so that ids stay theirs.
        self._members: dict[int, tuple[int, ...] | None] = {}
        self._kept: list[Call] = []
        self.restart(fault)

    def restart(self, fault: str | None, empty: bool = False) -> None:
        """Forget what was handed out.

        Args:
            empty: prefer sets that turn out empty, though they nearly fit.
        """
        self.fault = fault
        self.empty = empty
        self._members = {id(SCENE): self.everything}
        self._kept = []

    def _note(self, node: Call, ids: tuple[int, ...] | None) -> None:
        self._members[id(node)] = ids
        self._kept.append(node)

    def _ids(self, node: Call) -> tuple[int, ...] | None:
        return self._members.get(id(node))

    def fitting(self, values: dict[str, str], ids: tuple[int, ...]) -> frozenset[int]:
        """The objects among `ids` that have all of `values`."""
        return frozenset(ids).intersection(*(self._having[v] for v in values.values()))

    def base(self, hops: int) -> Call:
        if hops == 0:
            return SCENE
        direction = self.direction()
        anchor = self.object(hops - 1)
        node = call("relate", anchor, value=direction)
        return self._remember(node, anchor, lambda i: self._related(direction, i))

    def _related(self, direction: str, i: int) -> tuple[int, ...]:
        assert self.scene is not None
        return self.scene.relationships[direction][i]

    def _remember(
        self, node: Call, anchor: Call, members: Callable[[int], tuple[int, ...]]
    ) -> Call:
        ids = self._ids(anchor)
        found = None if ids is None else members(ids[0])
        if found == ():
            raise Retry
        self._note(node, found)
        return node

    def same(self) -> Call:
        node = super().same()
        name = node.function[5:]
        anchor = node.args[0]
        return self._remember(
            node,
            anchor,
            lambda i: tuple(
                j for j in self.everything if j != i and self.rows[j][name] == self.rows[i][name]
            ),
        )

    def both(self) -> Call:
        node = super().both()
        members: list[tuple[int, ...]] = []
        for arg in node.args:
            anchor = self._ids(arg.args[0])
            if anchor is None:
                self._note(node, None)
                return node
            members.append(self._related(str(arg.value), anchor[0]))
        found = tuple(i for i in members[0] if i in members[1])
        if not found or found in members:
            raise Retry
        self._note(node, found)
        return node

    def values(self, hide: str | None = None) -> dict[str, str]:
        if self.rng.random() < 0.3:
            return super().values(hide)
        row = self.rows[int(self.rng.random() * len(self.rows))]
        return {name: row[name] for name in self.names(hide)}

    def set(self, base: Call, least: int = 1, hide: str | None = None) -> Call:
        if least == 0 and self.rng.random() < 0.3:
            return base
        members = self._ids(base)
        if not members or self.rng.random() < 0.15:
            return filters(base, **self.values(hide))
        if self.empty:
            return filters(base, **self._missing(base, members, hide))
        row = self.rows[members[int(self.rng.random() * len(members))]]
        for _ in range(3):
            values = {name: row[name] for name in self.names(hide)}
            # A relation matters where the values alone would fit more.
            if base is SCENE or self.fitting(values, members) != self.fitting(
                values, self.everything
            ):
                return filters(base, **values)
        if self.rng.random() < 0.7:
            raise Retry
        return filters(base, **values)

    def _missing(self, base: Call, members: tuple[int, ...], hide: str | None) -> dict[str, str]:
        """Values that no member has: of an object elsewhere, or of one but for an attribute."""
        for _ in range(6):
            row = self.rows[int(self.rng.random() * len(self.rows))]
            values = {name: row[name] for name in self.names(hide)}
            if base is SCENE or self.rng.random() < 0.4:
                name = self.pick(tuple(values))
                values[name] = self.pick(VALUES[name])
            if not self.fitting(values, members):
                return values
        raise Retry

    def between(self) -> Call:
        return self._executed(super().between())

    def side(self) -> Call:
        return self._executed(super().side())

    def _executed(self, node: Call) -> Call:
        assert self.scene is not None
        self._note(node, None)
        if all(self._ids(arg) for arg in node.args):
            found = execute(node, self.scene).objects
            if not found and self.rng.random() < 0.8:
                raise Retry
            self._note(node, found)
        return node

    def described(self, base: Call, hide: str | None = None) -> Call:
        members = self._ids(base)
        if members is None:
            return super().described(base, hide)
        if not members:
            raise Retry
        if self.fault is not None and self.rng.random() < 0.6:
            return self._false(base, members, hide)
        target = members[int(self.rng.random() * len(members))]
        row = self.rows[target]
        for _ in range(6):
            values = {name: row[name] for name in self.names(hide)}
            if len(self.fitting(values, members)) != 1:
                continue
            needless = base is not SCENE and len(self.fitting(values, self.everything)) == 1
            if needless and self.rng.random() < 0.95:
                continue
            node = call("unique", filters(base, **values))
            self._note(node, (target,))
            return node
        raise Retry

    def _false(self, base: Call, members: tuple[int, ...], hide: str | None) -> Call:
        row = self.rows[members[int(self.rng.random() * len(members))]]
        for _ in range(6):
            values = {name: row[name] for name in self.names(hide)}
            if self.fault == "absent":
                name = self.pick(tuple(values))
                values[name] = self.pick(VALUES[name])
            count = len(self.fitting(values, members))
            if (count == 0) if self.fault == "absent" else (count > 1):
                self.fault = None
                node = call("unique", filters(base, **values))
                self._note(node, None)
                return node
        raise Retry

    def objects(self, n: int, hops: int = 0) -> list[Call]:
        found = super().objects(n, hops)
        ids = [self._ids(node) for node in found]
        if len({i for i in ids if i is not None}) < sum(i is not None for i in ids):
            raise Retry
        return found


def is_clear(scene: Scene, node: Call, ids: tuple[int, ...], anchors: tuple[int, ...]) -> bool:
    """Whether a choice by position in `scene` is clear to the eye, not a matter of a hair.

    Args:
        node: an `extreme`, `ordinal`, `nearest`, `between` or `side` call, or `locate`.
        ids: the objects chosen among.
        anchors: the objects that `nearest` or `between` measures from.
    """
    name = node.function
    spots = [scene.objects[i].position for i in ids if i not in anchors]
    if name in ("extreme", "ordinal"):
        *rest, direction = str(node.value).split()
        rank = int(rest[0]) if rest else 1
        axis = scene.directions[direction]
        along = sorted(-sum(p * a for p, a in zip(s, axis, strict=True)) for s in spots)
        gaps = [b - a for a, b in pairwise(along)]
        return all(gap >= _MARGIN for gap in gaps[:rank])
    if name == "nearest":
        x, y, _ = scene.objects[anchors[0]].position
        far = sorted(((s[0] - x) ** 2 + (s[1] - y) ** 2) ** 0.5 for s in spots)
        return len(far) < 2 or far[1] - far[0] >= 2 * _MARGIN
    if name == "between":
        (ax, ay, _), (bx, by, _) = (scene.objects[i].position for i in anchors)
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5 or 1e-9
        for x, y, _ in spots:
            along = ((x - ax) * dx + (y - ay) * dy) / length**2
            across = abs((x - ax) * dy - (y - ay) * dx) / length
            if min(abs(along - 0.1), abs(along - 0.9)) < 0.04 and across < 1.4:
                return False
            if abs(across - 1.2) < 0.2 and 0 < along < 1:
                return False
        return length > 1.5
    thirds = (1 / 3, 2 / 3) if name == "locate" else (1 / 2,)
    for i in ids:
        x, y, _ = scene.objects[i].pixel
        u, v = x / max(scene.width, 1), y / max(scene.height, 1)
        axes = (u, v)
        if name == "side":
            axes = (u,) if node.value in ("left", "right") else (v,)
        if any(abs(w - edge) < 0.03 for w in axes for edge in thirds):
            return False
    return True
