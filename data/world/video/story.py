"""What happens in a clip: events in order, and when things move. Truth and perception share it.

A `Story` answers for three worlds: the clip itself, what comes after its end, and what would have
happened without one of its objects.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from ..scene import SceneObject
from ..vocabulary import ATTRIBUTES
from .physics import Bools, Floats

KINDS: Final = ("collision", "enter", "leave", "start", "stop")
# A clip's events happen in a moment; this much of it on either side is shown.
MOMENT: Final = 0.4


class Event(NamedTuple):
    """`kind` (of `KINDS`) happened to `objects` (two in a collision, ascending) at `time` s."""

    kind: str
    objects: tuple[int, ...]
    time: float


@dataclass(frozen=True, kw_only=True)
class Story:
    """One clip, understood.

    Attributes:
        objects: what there is, in any order; attributes alone count.
        seconds: how long the clip is.
        events: in order of time.
        moving: (N, T) whether each object moves, at T moments evenly from start to end.
        inside: (N, T) whether it is in view.
        place: (N, T, 2) where in the picture it is, 0 to 1 from the left and from the top.
        ahead: what happens after the end, asked for when needed.
        without: object -> what would have happened without it.
    """

    objects: tuple[SceneObject, ...]
    seconds: float
    events: tuple[Event, ...]
    moving: Bools
    inside: Bools
    place: Floats
    ahead: Callable[[], tuple[Event, ...]]
    without: Callable[[int], tuple[Event, ...]]

    def at(self, time: float) -> int:
        """The moment's column in `moving` and `inside`."""
        last = self.moving.shape[1] - 1
        return min(last, max(0, round(time / max(self.seconds, 1e-6) * last)))

    def to_json(self) -> dict[str, Any]:
        """What was seen, to be kept; not what is imagined."""
        return {
            "objects": [{name: item.value(name) for name in ATTRIBUTES} for item in self.objects],
            "seconds": self.seconds,
            "events": [[e.kind, list(e.objects), round(e.time, 3)] for e in self.events],
            "moving": _flags(self.moving),
            "inside": _flags(self.inside),
            "place": np.round(self.place, 3).tolist(),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Story":
        """Inverse of `to_json`; nothing comes next, and nothing would have been."""
        objects = tuple(SceneObject(**a, position=(0.0, 0.0, 0.0)) for a in kept["objects"])
        shape = (len(objects), -1)
        return cls(
            objects=objects,
            seconds=kept["seconds"],
            events=tuple(Event(kind, tuple(ids), at) for kind, ids, at in kept["events"]),
            moving=np.array([list(map(int, row)) for row in kept["moving"]], bool).reshape(shape),
            inside=np.array([list(map(int, row)) for row in kept["inside"]], bool).reshape(shape),
            place=np.array(kept["place"], float).reshape(len(objects), -1, 2),
            ahead=tuple,
            without=lambda _: (),
        )


def _flags(flags: Bools) -> list[str]:
    return ["".join(str(int(flag)) for flag in row) for row in flags]


def events_of(
    touches: Sequence[tuple[float, int, int]],
    moving: Bools,
    inside: Bools,
    rate: float,
    offset: float = 0.0,
) -> tuple[Event, ...]:
    """Events in order.

    Args:
        touches: (seconds, object, object).
        moving, inside: (N, T) at `rate` moments a second, the first at `offset` seconds.
    """
    columns = moving.shape[1]

    def seen(i: int, time: float) -> bool:
        return bool(inside[i, min(columns - 1, max(0, round((time - offset) * rate)))])

    found = [
        Event("collision", (min(i, j), max(i, j)), time)
        for time, i, j in touches
        if seen(i, time) and seen(j, time)
    ]
    for i in range(len(moving)):
        found += [
            Event(kind, (i,), offset + column / rate)
            for kind, column in _changes(moving[i], inside[i])
        ]
    return tuple(sorted(found, key=lambda event: event.time))


def _changes(moving: Bools, inside: Bools) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    change = np.diff(inside.astype(int))
    found += [("enter", int(c) + 1) for c in np.nonzero(change > 0)[0]]
    found += [("leave", int(c) + 1) for c in np.nonzero(change < 0)[0]]
    both = inside[1:] & inside[:-1]
    change = np.diff(moving.astype(int))
    found += [("start", int(c) + 1) for c in np.nonzero((change > 0) & both)[0]]
    found += [("stop", int(c) + 1) for c in np.nonzero((change < 0) & both)[0]]
    return found


def causes(events: Sequence[Event], effect: Event) -> tuple[Event, ...]:
    """Collisions and entrances that led to `effect`: what touched its objects before, and so on."""
    involved = set(effect.objects)
    found: list[Event] = []
    for event in sorted((e for e in events if e.time <= effect.time), key=lambda e: -e.time):
        if event == effect or event.kind not in ("collision", "enter"):
            continue
        if involved & set(event.objects):
            involved |= set(event.objects)
            found.append(event)
    return tuple(reversed(found))
