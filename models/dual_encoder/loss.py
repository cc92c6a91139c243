"""The losses of the dual encoder, pure functions."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor


def info_nce(images: Tensor, texts: Tensor, scale: Tensor) -> Tensor:
    """Symmetric InfoNCE over a batch (CLIP, Radford et al. 2021, arXiv:2103.00020).

    Args:
        images, texts: (N, D) unit rows; row i of one belongs to row i of the other.
        scale: inverse temperature, scalar.

    Returns:
        Scalar: mean of both directions' cross-entropies.
    """
    logits = scale * images @ texts.T
    target = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def inventory_loss(counted: Tensor, inventory: Tensor, weight: Tensor) -> Tensor:
    """Squared error of counted things, added up over kinds and averaged over weighted rows.

    Args:
        counted, inventory: (N, I) numbers of things of each kind, said and true.
        weight: (N,) how much each row counts; all zero gives zero.
    """
    wrong = (counted - inventory).square().sum(-1)
    return (wrong * weight).sum() / weight.sum().clamp(min=1.0)


def marginals(counts: Tensor, attributes: Sequence[int]) -> Tensor:
    """Numbers of things by each value of each attribute: (N, I) kinds -> (N, values)."""
    grid = counts.unflatten(-1, tuple(attributes))
    axes = range(1, 1 + len(attributes))
    sums = [grid.sum([a for a in axes if a != axis]) for axis in axes]
    return torch.cat(sums, dim=-1)
