"""The loss of the clip encoder, a pure function."""

import torch
import torch.nn.functional as F
from torch import Tensor


def ranked_nce(clips: Tensor, texts: Tensor, scale: Tensor) -> Tensor:
    """InfoNCE (CLIP, arXiv:2103.00020) where some clips have no text: they only lie in the way.

    Args:
        clips: (N + X, D) unit rows; the first N belong to `texts`, the X others to none.
        texts: (N, D) unit rows.
        scale: inverse temperature, scalar.

    Returns:
        Scalar: mean of both directions' cross-entropies.
    """
    logits = scale * texts @ clips.T
    target = torch.arange(len(texts), device=logits.device)
    by_clip = logits[:, : len(texts)].T
    return (F.cross_entropy(logits, target) + F.cross_entropy(by_clip, target)) / 2
