"""The losses against values worked out by hand."""

import math

import torch
from sightline.models.document_reader.loss import class_loss, row_loss, tag_loss


def test_tags_count_where_they_are_known() -> None:
    logits = torch.zeros(1, 2, 3)
    tags = torch.zeros(1, 2, 3, dtype=torch.bool)
    mask = torch.ones(1, 2, dtype=torch.bool)
    known = torch.tensor([[True, True, False]])
    # Two words, two known tags each at log 2, over two words.
    assert math.isclose(float(tag_loss(logits, tags, mask, known)), 2 * math.log(2), rel_tol=1e-5)
    padded = torch.tensor([[True, False]])
    assert math.isclose(float(tag_loss(logits, tags, padded, known)), 2 * math.log(2), rel_tol=1e-5)
    sure = torch.full((1, 2, 3), -50.0)
    assert float(tag_loss(sure, tags, mask, known)) < 1e-6


def test_words_outside_tables_have_no_row() -> None:
    logits = torch.randn(1, 2, 2, requires_grad=True)
    row_loss(logits, torch.tensor([[1, -100]])).backward()
    assert logits.grad is not None
    assert bool((logits.grad[0, 1] == 0).all()) and bool((logits.grad[0, 0] != 0).any())


def test_class_loss_skips_unknown() -> None:
    logits = torch.zeros(2, 4)
    some, none = torch.tensor([1, -100]), torch.tensor([-100, -100])
    assert math.isclose(float(class_loss(logits, some)), math.log(4), rel_tol=1e-5)
    assert float(class_loss(logits, none)) == 0
