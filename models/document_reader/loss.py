"""Losses of the document reader: pure functions of logits and labels."""

from torch import Tensor
from torch.nn import functional as F


def tag_loss(logits: Tensor, tags: Tensor, mask: Tensor, known: Tensor) -> Tensor:
    """Binary cross-entropy of the tags of words, summed over what is known of a page and divided
    by its number of words: a page's few right tags are not drowned by its size.

    Args:
        logits, tags: (B, W, K); `tags` bool.
        mask: (B, W) bool, True at words.
        known: (B, K) bool, the tags that the page's truth speaks of.
    """
    raw = F.binary_cross_entropy_with_logits(logits, tags.to(logits.dtype), reduction="none")
    counted = raw * (mask[..., None] & known[:, None])
    return (counted.sum((1, 2)) / mask.sum(1).clamp(min=1)).mean()


def row_loss(logits: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of the word that begins the row's name, over words of tables.

    Args:
        logits: (B, W, W). rows: (B, W) int64, -100 for words outside tables.
    """
    return class_loss(logits.flatten(0, 1), rows.flatten())


def class_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Cross-entropy of (N, C) logits; -100 marks rows without a label, zero when all are."""
    if not bool((classes >= 0).any()):
        return logits.sum() * 0
    return F.cross_entropy(logits, classes, ignore_index=-100)
