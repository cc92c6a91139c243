"""Where a new thing can stand: free places on the table that hold what was asked for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...models.common.boxes import BoxXYXY
from ...models.editor.view import Place, TableView, Thing
from ..results import ToolError

# Camera-aligned axes on the table: a place is (right, front).
AXES: dict[str, Place] = {"left": (-1, 0), "right": (1, 0), "front": (0, 1), "behind": (0, -1)}
_STEP = 0.15
_REACH = 4.2
_TABLE = 2.9
# The world's axes as the mean camera sees them: right and front of the unit vectors x and y.
_WORLD = ((0.685, 0.7285), (0.7285, -0.685))
_GAP = 0.25
_MARGIN = 0.5
_BESIDE = 1.5
_EDGE = 3.0
_SIDE = 0.58


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a new place must hold.

    Attributes:
        direction: left, right, front or behind; "" where that is open.
        anchors: the things it is told by: one to stand beside, two to stand between.
        origin: where the thing stood, to be left in `direction`.
        middle: the middle of the picture is meant.
    """

    direction: str = ""
    anchors: tuple[Place, ...] = ()
    origin: Place | None = None
    middle: bool = False


def spots(
    thing: Thing, others: Sequence[Thing], view: TableView, goal: Goal, most: int = 3
) -> list[Place]:
    """The best places for `thing`, well apart, best first.

    Raises:
        ToolError: there is none.
    """
    scored: list[tuple[float, Place]] = []
    steps = np.arange(-_REACH, _REACH + _STEP, _STEP)
    for right in steps:
        for front in steps:
            place = (float(right), float(front))
            if not _on_table(place) or not _free(thing, place, others):
                continue
            worth = _worth(place, goal)
            if worth is None:
                continue
            box = view.box_of(replace(thing, place=place))
            inside = _inside(box, view)
            side = _side_of(box, view, goal)
            if not inside or side is None:
                continue
            hidden = sum(_overlap(box, other.box) for other in others)
            scored.append((worth + side - 3 * hidden, place))
    scored.sort(reverse=True)
    chosen: list[Place] = []
    for _, place in scored:
        if all(math.dist(place, other) > 0.5 for other in chosen):
            chosen.append(place)
        if len(chosen) == most:
            break
    if not chosen:
        raise ToolError("There is no free place for it there; shall I put it somewhere else?")
    return chosen


def fits(thing: Thing, others: Sequence[Thing]) -> bool:
    """Whether `thing` can stand where it says without touching the others."""
    return all(
        math.dist(thing.place, other.place) > _footprint(thing) + _footprint(other)
        for other in others
    )


def _worth(place: Place, goal: Goal) -> float | None:
    """How well a place suits the goal; None where it does not."""
    if len(goal.anchors) == 2:
        a, b = goal.anchors
        return -2 * math.dist(place, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
    start = goal.anchors[0] if goal.anchors else goal.origin
    if start is None:
        return -0.15 * math.hypot(*place)
    if not goal.direction:
        return -abs(math.dist(place, start) - _BESIDE) if goal.anchors else None
    axis = AXES[goal.direction]
    offset = (place[0] - start[0], place[1] - start[1])
    gone = offset[0] * axis[0] + offset[1] * axis[1]
    if gone < _MARGIN:
        return None
    ideal = (start[0] + _BESIDE * axis[0], start[1] + _BESIDE * axis[1])
    return -math.dist(place, ideal)


def _side_of(box: BoxXYXY, view: TableView, goal: Goal) -> float | None:
    """For "on the left" and "in the middle", told by the picture and not by a thing."""
    if goal.anchors or goal.origin is not None:
        return 0.0
    x = (box[0] + box[2]) / 2 / view.width
    y = (box[1] + box[3]) / 2 / view.height
    if goal.middle:
        return -6 * math.hypot(x - 0.5, y - 0.5)
    if not goal.direction:
        return 0.0
    share = {"left": 1 - x, "right": x, "front": y, "behind": 1 - y}[goal.direction]
    return -2 * abs(share - 0.72) if share >= _SIDE else None


def _on_table(place: Place) -> bool:
    return all(abs(place[0] * a + place[1] * b) <= _TABLE for a, b in _WORLD)


def _free(thing: Thing, place: Place, others: Sequence[Thing]) -> bool:
    own = _footprint(thing)
    return all(math.dist(place, other.place) > own + _footprint(other) + _GAP for other in others)


def _footprint(thing: Thing) -> float:
    return thing.radius * (math.sqrt(2) if thing.attributes["shape"] == "cube" else 1.0)


def _inside(box: BoxXYXY, view: TableView) -> bool:
    return (
        min(box[0], box[1]) > _EDGE and box[2] < view.width - _EDGE and box[3] < view.height - _EDGE
    )


def _overlap(a: BoxXYXY, b: BoxXYXY) -> float:
    """How much of the smaller of two boxes the other covers."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    least = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / max(1.0, least)
