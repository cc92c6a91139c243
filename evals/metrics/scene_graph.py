"""Figures of scene graph generation: recall at K and mean recall, SGDet, and whole graphs.

After Lu et al. 2016 (https://arxiv.org/abs/1608.00187) and, for mean recall, Tang et al. 2019
(https://arxiv.org/abs/1812.01880). A triplet is found when both boxes overlap the true ones by
`least` and subject, predicate and object are named rightly (SGDet: nothing is given).
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from ...models.common.boxes import BoxXYXY, iou


class Node(NamedTuple):
    """An object: its class and its box."""

    name: str
    box: BoxXYXY


class Triplet(NamedTuple):
    """`subject` is `predicate` of `object`."""

    subject: Node
    predicate: str
    object: Node


def constrained(predicted: Sequence[Triplet]) -> list[Triplet]:
    """At most one predicate for each ordered pair of objects: the first in order."""
    seen: set[Hashable] = set()
    kept = []
    for triplet in predicted:
        pair = (triplet.subject, triplet.object)
        if pair not in seen:
            seen.add(pair)
            kept.append(triplet)
    return kept


def found(
    predicted: Sequence[Triplet], truth: Sequence[Triplet], k: int, least: float = 0.5
) -> list[bool]:
    """For each true triplet, whether one of the first `k` predicted ones is it.

    Each prediction counts for one true triplet at most.
    """
    free = list(predicted[:k])
    hits = []
    for wanted in truth:
        match = next((p for p in free if _same(p, wanted, least)), None)
        hits.append(match is not None)
        if match is not None:
            free.remove(match)
    return hits


def recall(pictures: Iterable[Sequence[bool]]) -> float:
    """Recall at K: the mean over pictures of the share of true triplets found (as the field does).

    Pictures without a true triplet do not count.
    """
    shares = [sum(hits) / len(hits) for hits in pictures if hits]
    return sum(shares) / len(shares) if shares else 0.0


def mean_recall(pictures: Iterable[Sequence[tuple[str, bool]]]) -> float:
    """Mean recall at K: `recall` predicate by predicate, then the mean over predicates.

    Args:
        pictures: (predicate, found) of every true triplet of each picture.
    """
    by_name: dict[str, list[float]] = {}
    for picture in pictures:
        own: dict[str, list[bool]] = {}
        for name, hit in picture:
            own.setdefault(name, []).append(hit)
        for name, hits in own.items():
            by_name.setdefault(name, []).append(sum(hits) / len(hits))
    means = [sum(shares) / len(shares) for shares in by_name.values()]
    return sum(means) / len(means) if means else 0.0


def matching(
    given: Sequence[Node], truth: Sequence[Node], least: float = 0.5
) -> dict[int, int] | None:
    """True index -> given index when every object has its counterpart and none is left over."""
    if len(given) != len(truth):
        return None
    pairs: dict[int, int] = {}
    for j, wanted in enumerate(truth):
        free = [i for i in range(len(given)) if i not in pairs.values()]
        best = max(free, key=lambda i: iou(given[i].box, wanted.box))
        if given[best].name != wanted.name or iou(given[best].box, wanted.box) < least:
            return None
        pairs[j] = best
    return pairs


def _same(a: Triplet, b: Triplet, least: float) -> bool:
    return (
        a.predicate == b.predicate
        and a.subject.name == b.subject.name
        and a.object.name == b.object.name
        and iou(a.subject.box, b.subject.box) >= least
        and iou(a.object.box, b.object.box) >= least
    )
