"""Whether a picture was edited as asked: the change itself, and that nothing else changed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...models.common.boxes import BoxXYXY, iou

# How far an object's shadow and the shade around its foot reach past its box, in its own widths
# and heights: left, up, right, down. Light comes from the right and the front.
_REACH = (1.4, 0.6, 0.8, 0.6)
_EDGE = 4


def allowed(boxes: Sequence[BoxXYXY], width: int, height: int) -> NDArray[np.bool_]:
    """Pixels (height, width) that an edit of the objects in `boxes` may touch."""
    mask = np.zeros((height, width), bool)
    for x0, y0, x1, y1 in boxes:
        w, h = x1 - x0, y1 - y0
        left, top = max(0, int(x0 - _REACH[0] * w - _EDGE)), max(0, int(y0 - _REACH[1] * h - _EDGE))
        mask[top : int(y1 + _REACH[3] * h + _EDGE), left : int(x1 + _REACH[2] * w + _EDGE)] = True
    return mask


def untouched_outside(
    before: NDArray[np.uint8], after: NDArray[np.uint8], boxes: Sequence[BoxXYXY]
) -> bool:
    """Whether two pictures (H, W, 3) are equal, to the last bit, outside what may change."""
    if before.shape != after.shape:
        return False
    outside = ~allowed(boxes, before.shape[1], before.shape[0])
    return bool((before[outside] == after[outside]).all())


def leftover(
    kept: Sequence[tuple[str, BoxXYXY]], seen: Sequence[tuple[str, BoxXYXY]], least: float = 0.5
) -> list[int] | None:
    """Indices of `seen` that are none of the objects to be kept; None where one of those is gone.

    Args:
        kept, seen: (name, box) of each object.
    """
    free = list(range(len(seen)))
    for name, box in kept:
        match = max(free, key=lambda i: iou(seen[i][1], box), default=None)
        if match is None or seen[match][0] != name or iou(seen[match][1], box) < least:
            return None
        free.remove(match)
    return free
