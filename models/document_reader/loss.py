"""Losses of the document reader: pure functions of logits and labels."""

import torch
from torch import Tensor
from torch.nn import functional as F


def marginal_pointer_loss(logits: Tensor, positive: Tensor) -> Tensor:
    """Negative log of the probability that the pointer falls on any right line.

    A total may be printed three times; each of them is right, and the model may choose.

    Args:
        logits: (Q, L), -inf (or very low) at padding.
        positive: (Q, L) bool; rows without a positive do not count.

    Returns:
        The mean over rows with a positive; zero if there is none.
    """
    wanted = positive.any(-1)
    if not bool(wanted.any()):
        return logits.sum() * 0
    logits, positive = logits[wanted], positive[wanted]
    right = logits.masked_fill(~positive, torch.finfo(logits.dtype).min).logsumexp(-1)
    return (logits.logsumexp(-1) - right).mean()


def masked_tag_loss(logits: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Binary cross-entropy where the mask holds, summed over a row and divided by one more than
    its positives: few positives are not drowned, and the logits stay calibrated.

    Args:
        logits, tags, mask: (Q, N); `tags` and `mask` bool.
    """
    rows = mask.any(-1)
    if not bool(rows.any()):
        return logits.sum() * 0
    raw = F.binary_cross_entropy_with_logits(logits, tags.to(logits.dtype), reduction="none")
    positives = (tags & mask).sum(-1).to(logits.dtype)
    return ((raw * mask).sum(-1) / (1 + positives))[rows].mean()


def kind_loss(logits: Tensor, kinds: Tensor) -> Tensor:
    """Cross-entropy over the kinds of answer; -100 marks rows without a label."""
    if not bool((kinds >= 0).any()):
        return logits.sum() * 0
    return F.cross_entropy(logits, kinds, ignore_index=-100)
