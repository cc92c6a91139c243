"""The contrastive loss, a pure function."""

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
