"""How well stated confidence fits what turns out right.

Guo et al. 2017, On Calibration of Modern Neural Networks, https://arxiv.org/abs/1706.04599
"""

from collections.abc import Sequence

from .shares import share

_BINS = 10


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """The mean distance of confidence and accuracy over ten equal bins, weighted by their size.

    Args:
        confidences: in [0, 1].
        right: whether each came out right.

    Returns:
        In [0, 1]; 0 of none.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, came_out in zip(confidences, right, strict=True):
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, came_out))
    apart = sum(
        len(held) * abs(share(c for c, _ in held) - share(r for _, r in held)) for held in bins
    )
    return apart / len(confidences) if confidences else 0.0


def accuracy_at_coverage(
    confidences: Sequence[float], right: Sequence[bool], coverage: float
) -> float:
    """The accuracy of the most confident share `coverage` in [0, 1] of the answers; 1 of none."""
    kept = round(coverage * len(confidences))
    order = sorted(range(len(confidences)), key=lambda i: -confidences[i])[:kept]
    return share(right[i] for i in order) if order else 1.0
