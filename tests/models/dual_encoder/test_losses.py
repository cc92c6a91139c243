"""Losses of the joint space and of composed search, on cases whose values are known."""

import torch
from sightline.models.combiner.loss import change_loss
from sightline.models.common.tally import kinds_of
from sightline.models.dual_encoder.loss import info_nce, inventory_loss, marginals


def test_info_nce_is_least_for_the_right_pairs() -> None:
    images = torch.eye(4)
    scale = torch.tensor(10.0)
    right = info_nce(images, images, scale)
    wrong = info_nce(images, images.roll(1, 0), scale)
    assert right < 0.01 < wrong
    assert torch.isclose(info_nce(images, images, torch.tensor(0.0)), torch.tensor(4.0).log())


def test_inventory_counts_only_what_is_told() -> None:
    said = torch.tensor([[1.0, 2.0], [5.0, 5.0]])
    true = torch.tensor([[1.0, 0.0], [0.0, 0.0]])
    assert inventory_loss(said, true, torch.tensor([1.0, 0.0])) == 4.0
    assert inventory_loss(said, true, torch.zeros(2)) == 0.0


def test_marginals_add_up_by_value() -> None:
    counts = torch.tensor([[1.0, 2.0, 0.0, 0.0, 3.0, 0.0]])  # (2 sizes, 3 shapes)
    assert marginals(counts, (2, 3)).tolist() == [[3.0, 3.0, 1.0, 5.0, 0.0]]


def test_kinds_are_products_of_values() -> None:
    values = torch.tensor([[0.0, 50.0, 0.0, 0.0, 50.0]])
    assert kinds_of(values, (2, 3))[0].round().tolist() == [0, 0, 0, 0, 0, 1]
    assert torch.isclose(kinds_of(torch.randn(7, 5), (2, 3)).sum(-1), torch.ones(7)).all()


def test_change_loss_is_small_for_the_true_change() -> None:
    kinds = torch.eye(3)[torch.tensor([[0, 1, 2]])].clamp(1e-4)
    new = torch.eye(3)[torch.tensor([1])].clamp(1e-4)
    after, there = torch.tensor([[0, -1, -1]]), torch.tensor([[True, True, False]])
    stays = torch.tensor([[9.0, -9.0, 0.0]])
    more, added = torch.tensor([9.0]), torch.tensor([1])
    right = change_loss(kinds, stays, new, more, after, there, added)
    assert right < 0.01
    for wrong in (
        change_loss(kinds, -stays, new, more, after, there, added),
        change_loss(kinds, stays, new, -more, after, there, added),
        change_loss(kinds, stays, new, more, torch.tensor([[2, -1, -1]]), there, added),
        change_loss(kinds, stays, new, more, after, there, torch.tensor([0])),
    ):
        assert wrong > right + 1
