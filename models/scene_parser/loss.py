"""Losses of the scene parser, pure functions of tensors."""

import torch
import torch.nn.functional as F
from torch import Tensor


def centre_focal_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Penalty-reduced focal loss on a Gaussian centre map (CornerNet, arXiv:1808.01244).

    Args:
        logits: (N, h, w).
        target: (N, h, w) in [0, 1]; exactly 1 at each centre cell.

    Returns:
        Scalar: the sum over cells divided by the number of centres.
    """
    positive = target.eq(1).float()
    log_p, log_q = F.logsigmoid(logits), F.logsigmoid(-logits)
    p = logits.sigmoid()
    hit = (1 - p).square() * log_p * positive
    miss = (1 - target).pow(4) * p.square() * log_q * (1 - positive)
    return -(hit + miss).sum() / positive.sum().clamp(min=1)


def slot_losses(
    boxes: Tensor,
    places: Tensor,
    attributes: dict[str, Tensor],
    targets: dict[str, Tensor],
    *,
    box_scale: float,
) -> Tensor:
    """Box and place L1 plus attribute cross-entropy, over the true objects only.

    Args:
        boxes: (N, K, 4) divided by `box_scale`.
        places: (N, K, 3) world units.
        attributes: name -> logits (N, K, values); a target of -100 is not scored.
        targets: see `SceneParserModel.forward`.
        box_scale: pixels of one unit of `boxes`.
    """
    mask = targets["mask"]
    box = F.smooth_l1_loss(boxes[mask], targets["boxes"][mask] / box_scale, beta=0.05)
    place = F.smooth_l1_loss(places[mask], targets["places"][mask], beta=0.1)
    names = torch.stack(
        [
            F.cross_entropy(logits[mask], targets[name][mask], ignore_index=-100)
            for name, logits in attributes.items()
        ]
    )
    return 4.0 * box + place + names.sum()
