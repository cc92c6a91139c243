"""The losses against values worked out by hand."""

import math

import torch
from sightline.models.document_reader.loss import kind_loss, marginal_pointer_loss, masked_tag_loss


def test_any_right_line_will_do() -> None:
    logits = torch.zeros(1, 4)
    one = torch.tensor([[True, False, False, False]])
    two = torch.tensor([[True, False, False, True]])
    assert math.isclose(float(marginal_pointer_loss(logits, one)), math.log(4), rel_tol=1e-5)
    assert math.isclose(float(marginal_pointer_loss(logits, two)), math.log(2), rel_tol=1e-5)


def test_rows_without_truth_do_not_count() -> None:
    logits = torch.randn(2, 3, requires_grad=True)
    positive = torch.tensor([[True, False, False], [False, False, False]])
    marginal_pointer_loss(logits, positive).backward()
    assert logits.grad is not None and bool((logits.grad[1] == 0).all())
    none = torch.zeros(2, 3, dtype=torch.bool)
    assert float(marginal_pointer_loss(logits.detach(), none)) == 0


def test_tags_under_the_mask() -> None:
    logits = torch.tensor([[0.0, 0.0, 50.0]])
    tags = torch.tensor([[True, False, False]])
    mask = torch.tensor([[True, True, False]])
    # Two unsure tags of log 2 each, over one positive and one.
    assert math.isclose(float(masked_tag_loss(logits, tags, mask)), math.log(2), rel_tol=1e-5)
    assert float(masked_tag_loss(logits, tags, torch.zeros_like(mask))) == 0


def test_kind_loss_skips_unknown() -> None:
    logits = torch.zeros(2, 4)
    assert math.isclose(
        float(kind_loss(logits, torch.tensor([1, -100]))), math.log(4), rel_tol=1e-5
    )
    assert float(kind_loss(logits, torch.tensor([-100, -100]))) == 0
