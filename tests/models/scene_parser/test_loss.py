"""The centre loss prefers the right map, and the slot losses look at true objects only."""

import torch
from sightline.models.scene_parser.loss import centre_focal_loss, slot_losses


def test_the_right_map_costs_least() -> None:
    target = torch.zeros(1, 5, 5)
    target[0, 2, 2] = 1
    right = torch.full((1, 5, 5), -6.0)
    right[0, 2, 2] = 6.0
    wrong = torch.full((1, 5, 5), -6.0)
    wrong[0, 0, 0] = 6.0
    flat = torch.zeros(1, 5, 5)
    assert centre_focal_loss(right, target) < 0.01
    assert centre_focal_loss(right, target) < centre_focal_loss(flat, target)
    assert centre_focal_loss(right, target) < centre_focal_loss(wrong, target)


def test_padding_slots_cost_nothing() -> None:
    targets = {
        "mask": torch.tensor([[True, False]]),
        "boxes": torch.tensor([[[0.0, 0, 8, 8], [0, 0, 0, 0]]]),
        "places": torch.zeros(1, 2, 3),
        "color": torch.tensor([[1, -100]]),
    }
    boxes = torch.tensor([[[0.0, 0, 1, 1], [99, 99, 99, 99]]])
    places = torch.tensor([[[0.0, 0, 0], [9, 9, 9]]])
    logits = {"color": torch.tensor([[[-20.0, 20.0], [5.0, 5.0]]])}
    loss = slot_losses(boxes, places, logits, targets, box_scale=8.0)
    assert float(loss) < 1e-6
