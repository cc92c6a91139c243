"""Loss of the relation head, a pure function of tensors."""

import torch
import torch.nn.functional as F
from torch import Tensor

UNSCORED = -100


def relation_loss(
    told: Tensor, holds: Tensor, told_target: Tensor, holds_target: Tensor, mask: Tensor
) -> Tensor:
    """Cross-entropy of the edge told plus binary cross-entropy of what holds, over real pairs.

    Args:
        told: (N, K, K, P + 1) logits; told_target: (N, K, K) classes, -100 unscored.
        holds: (N, K, K, P) logits; holds_target: same shape, in {0, 1}.
        mask: (N, K) bool, True where there is an object.
    """
    pairs = mask[:, :, None] & mask[:, None]
    pairs = pairs & ~torch.eye(mask.shape[1], dtype=torch.bool, device=mask.device)
    edge = F.cross_entropy(told[pairs], told_target[pairs], ignore_index=UNSCORED)
    return edge + F.binary_cross_entropy_with_logits(holds[pairs], holds_target[pairs].float())
