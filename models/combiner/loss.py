"""The loss of the combiner, a pure function."""

import torch.nn.functional as F
from torch import Tensor

_LEAST = 1e-6


def change_loss(
    kinds: Tensor,
    stays: Tensor,
    new: Tensor,
    more: Tensor,
    after: Tensor,
    there: Tensor,
    added: Tensor,
) -> Tensor:
    """How far a change as read is from the true one.

    Args:
        kinds: (N, K, I) probabilities of what each thing is afterwards.
        stays: (N, K) logits that it is still there.
        new, more: (N, I) probabilities of what comes, (N,) logits that something does.
        after: (N, K) true kinds afterwards, -1 where gone or none; there: (N, K) bool, things
            before; added: (N,) true kind of what came, -1 for nothing.

    Returns:
        Scalar: the sum of the cross-entropies of what becomes, what stays, and what comes.
    """
    kept = after >= 0
    came = added >= 0
    loss = F.binary_cross_entropy_with_logits(stays[there], kept[there].to(stays))
    loss = loss + F.binary_cross_entropy_with_logits(more, came.to(more))
    told = kinds[kept].gather(1, after[kept][:, None]).clamp(min=_LEAST).log()
    # One thing of many changes: the sum over a picture's things, not their mean.
    loss = loss - told.sum() / len(added)
    if bool(came.any()):
        said = new[came].gather(1, added[came][:, None]).clamp(min=_LEAST).log()
        loss = loss - said.sum() / len(added)
    return loss
