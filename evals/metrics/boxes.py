"""Overlap of boxes, and one-to-one matches between two sets of them."""

from collections.abc import Sequence

from ...models.common.boxes import BoxXYXY, iou


def matched(given: Sequence[BoxXYXY], truth: Sequence[BoxXYXY], least: float = 0.5) -> int:
    """How many true boxes have a given box of their own, greedily from the best overlap."""
    pairs = sorted(
        ((iou(g, t), i, j) for i, g in enumerate(given) for j, t in enumerate(truth)), reverse=True
    )
    used: set[tuple[str, int]] = set()
    hits = 0
    for overlap, i, j in pairs:
        if overlap < least:
            break
        if ("g", i) in used or ("t", j) in used:
            continue
        used |= {("g", i), ("t", j)}
        hits += 1
    return hits


def all_matched(given: Sequence[BoxXYXY], truth: Sequence[BoxXYXY], least: float = 0.5) -> bool:
    """Whether both sets have the same number and every box has its counterpart."""
    return len(given) == len(truth) == matched(given, truth, least)
