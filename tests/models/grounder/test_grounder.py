"""The grounder's detector learns from boxes alone."""

import torch
from sightline.models.common.boxes import iou as overlap
from sightline.models.grounder import GrounderConfig, GrounderModel


def test_detection_reaches_every_part_of_the_detector_but_the_attribute_heads() -> None:
    torch.manual_seed(0)
    model = GrounderModel(GrounderConfig.tiny()).train()
    heatmap = torch.zeros(2, 12, 16)
    heatmap[:, 3, 4] = 1
    targets = {
        "heatmap": heatmap,
        "centres": torch.tensor([18.0, 14.0]).expand(2, 6, 2).clone(),
        "mask": (torch.arange(6) < 1)[None].expand(2, 6).clone(),
        "boxes": torch.tensor([10.0, 8.0, 26.0, 20.0]).expand(2, 6, 4).clone(),
    }
    loss, slots = model.detection_loss(torch.rand(2, 3, 48, 64), targets)
    assert slots.shape == (2, 6, 16 + 7)
    loss.backward()
    for name, parameter in model.eyes.named_parameters():
        if name.startswith(("attribute", "place")):
            continue
        assert parameter.grad is not None, name
        assert torch.isfinite(parameter.grad).all(), name


def test_overlap_is_intersection_over_union() -> None:
    assert overlap((0, 0, 10, 10), (0, 0, 10, 10)) == 1.0
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == 50 / 150
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0.0
