"""Detections of frames joined to tracks: an assignment by place and looks, frame after frame.

Each detection goes to the track whose predicted place and gathered looks it fits best (Hungarian
assignment). Pieces of one thing that was hidden for a while are joined afterwards by their looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from .geometry import Floats, Table

# A detection this far (world units) from where a track should be is not of it.
_REACH = 0.9
_REACH_PER_FRAME = 0.12
_LOOKS = 0.35
_UNLIKE = 2.2
_LEAST_SEEN = 4
# Tracks of fewer sightings than this must be sure of themselves.
_BRIEF, _SURE = 7, 0.6
# A box this near to the picture's rim is cut off by it; what it shows counts this much.
_RIM = 0.012
_CUT_OFF = 0.15
# A track of which this share is cut off may be a piece of something, this near to it.
_MOSTLY_CUT, _NEARBY = 0.75, 0.28
_LEAST_SCORE = 0.3


@dataclass(frozen=True, kw_only=True)
class Detection:
    """One object in one frame.

    Attributes:
        point: (2,) centre as fractions of the picture.
        score: in [0, 1].
        looks: attribute -> log-probabilities of its values.
        box: (4,) fractions of the picture.
    """

    point: Floats
    score: float
    looks: dict[str, Floats]
    box: Floats

    @property
    def whole(self) -> bool:
        """Whether the picture's rim cuts nothing off."""
        return bool((self.box > _RIM).all() and (self.box < 1 - _RIM).all())


@dataclass(kw_only=True)
class Track:
    """One object through the clip: frame -> detection."""

    seen: dict[int, Detection] = field(default_factory=dict)
    looks: dict[str, Floats] = field(default_factory=dict)
    place: Floats = field(default_factory=lambda: np.zeros(2))
    speed: Floats = field(default_factory=lambda: np.zeros(2))

    @property
    def last(self) -> int:
        """The frame it was seen in last."""
        return max(self.seen)

    def value(self, attribute: str) -> int:
        """Index of the likeliest value."""
        return int(self.looks[attribute].argmax())

    def sure(self, attribute: str) -> float:
        """How likely that value is, in [0, 1]."""
        shifted = np.exp(self.looks[attribute] - self.looks[attribute].max())
        return float(1 / shifted.sum())

    def add(self, frame: int, found: Detection, place: Floats) -> None:
        """Take `found` as what the track looks like at `frame`."""
        if self.seen:
            gone = frame - self.last
            self.speed = 0.5 * self.speed + 0.5 * (place - self.place) / gone
        self.place = place
        self.seen[frame] = found
        for name, scores in found.looks.items():
            # Objects half out of sight or half hidden are told badly; the score knows.
            weight = found.score * (1.0 if found.whole else _CUT_OFF)
            self.looks[name] = self.looks.get(name, 0.0) + weight * np.maximum(scores, -6.0)


def unlike(first: dict[str, Floats], second: dict[str, Floats]) -> float:
    """How badly two looks fit: 0 for the same."""
    cost = 0.0
    for name, scores in first.items():
        a, b = np.exp(scores - scores.max()), np.exp(second[name] - second[name].max())
        cost -= float(np.log(max((a / a.sum()) @ (b / b.sum()), 1e-3)))
    return cost


def follow(frames: Sequence[Sequence[Detection]], table: Table, heights: Floats) -> list[Track]:
    """Tracks of a clip.

    Args:
        heights: half height of an object by the index of its size.
    """
    tracks: list[Track] = []
    for number, found in enumerate(frames):
        found = [item for item in found if item.score >= _LEAST_SCORE]
        if not found:
            continue
        places = [
            table.places(item.point, np.asarray(heights[int(item.looks["size"].argmax())]))
            for item in found
        ]
        cost = np.full((len(tracks), len(found)), 1e3)
        for i, track in enumerate(tracks):
            gone = number - track.last
            expected = track.place + track.speed * min(gone, 6)
            reach = _REACH + _REACH_PER_FRAME * min(gone, 12)
            for j, item in enumerate(found):
                away = float(np.linalg.norm(places[j] - expected))
                mean = {
                    name: scores / max(len(track.seen), 1) for name, scores in track.looks.items()
                }
                odd = unlike(mean, item.looks)
                if away < reach and odd < _UNLIKE * 4:
                    cost[i, j] = away / reach + _LOOKS * odd
        taken: set[int] = set()
        if tracks:
            for i, j in zip(*linear_sum_assignment(cost), strict=True):
                if cost[i, j] < _UNLIKE:
                    tracks[i].add(number, found[j], places[j])
                    taken.add(int(j))
        for j, item in enumerate(found):
            if j not in taken:
                track = Track()
                track.add(number, item, places[j])
                tracks.append(track)
    return _joined(tracks)


def _joined(tracks: list[Track]) -> list[Track]:
    """Pieces that look alike and were never seen together are one thing; flickers are none."""
    kept: list[Track] = []
    for track in sorted(tracks, key=lambda t: -len(t.seen)):
        for other in kept:
            same = all(other.value(name) == track.value(name) for name in track.looks)
            together = len(other.seen.keys() & track.seen.keys())
            if same and together <= 1:
                for frame, item in track.seen.items():
                    other.seen.setdefault(frame, item)
                for name in other.looks:
                    other.looks[name] = other.looks[name] + track.looks[name]
                break
        else:
            kept.append(track)
    kept = [track for track in kept if _lasting(track)]
    solid = [track for track in kept if not _cut_off(track)]
    pieces = [t for t in kept if _cut_off(t) and not any(_beside(t, other) for other in solid)]
    found: list[Track] = []
    for piece in sorted(pieces, key=lambda t: -len(t.seen)):
        if not any(_beside(piece, other) for other in found):
            found.append(piece)
    return sorted([*solid, *found], key=lambda t: min(t.seen))


def _lasting(track: Track) -> bool:
    """Whether a track is more than a flicker."""
    if len(track.seen) < _BRIEF:
        score = sum(item.score for item in track.seen.values()) / len(track.seen)
        return len(track.seen) >= _LEAST_SEEN and score >= _SURE
    return True


def _cut_off(track: Track) -> bool:
    """Whether the rim cuts most of its sightings."""
    return sum(not item.whole for item in track.seen.values()) >= _MOSTLY_CUT * len(track.seen)


def _beside(piece: Track, other: Track) -> bool:
    """Whether a cut-off track is a piece of another of its colour: what the rim cuts through is
    now and then found twice, or as something smaller."""
    if piece.value("color") != other.value("color"):
        return False
    for frame, item in piece.seen.items():
        for near in range(frame - 2, frame + 3):
            twin = other.seen.get(near)
            if twin is not None and np.linalg.norm(twin.point - item.point) < _NEARBY:
                return True
    return False
