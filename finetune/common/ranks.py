"""How well two sides of a joint space find each other, while a model is trained."""

from torch import Tensor


def own_ranks(scores: Tensor) -> Tensor:
    """How many columns beat each row's own, (N,): 0 is first.

    Args:
        scores: (N, N) likeness of row i to column j; column i belongs to row i.
    """
    return (scores > scores.diagonal()[:, None]).sum(1)


def recall_at(ranks: Tensor, k: int) -> float:
    """The share of `ranks` (N,) among the first `k`."""
    return float((ranks < k).float().mean())
