"""How far two boxes cover each other."""

BoxXYXY = tuple[float, float, float, float]


def iou(a: BoxXYXY, b: BoxXYXY) -> float:
    """Intersection over union of two boxes (x0, y0, x1, y1), in [0, 1]."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    inter = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union
