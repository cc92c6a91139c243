"""Overlap of boxes, and one-to-one matches between two sets of them."""

from collections.abc import Sequence

BoxXYXY = tuple[float, float, float, float]


def iou(a: BoxXYXY, b: BoxXYXY) -> float:
    """Intersection over union of two boxes (x0, y0, x1, y1)."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    inter = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union


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
