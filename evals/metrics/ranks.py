"""Ranks and recalls of searches."""

from collections.abc import Sequence

import numpy as np


def rank_of(scores: np.ndarray, right: int) -> int:
    """How many of `scores` (N,) are not below that of `right`, itself left out: 0 is first."""
    others = np.delete(scores, right)
    return int((others >= scores[right]).sum())


def recall_at(ranks: Sequence[int], k: int) -> float:
    """The share of `ranks` (from 0) among the first `k`; 0 of none."""
    return round(sum(rank < k for rank in ranks) / len(ranks), 4) if ranks else 0.0
