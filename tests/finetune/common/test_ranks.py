"""Ranks in a joint space: each row's own column among all of them."""

import torch
from sightline.finetune.common.ranks import own_ranks, recall_at

# Row 1's own column is beaten by one, row 2's by two; a tie does not beat.
SCORES = torch.tensor([[0.9, 0.9, 0.1], [0.5, 0.4, 0.1], [0.3, 0.2, 0.1]])


def test_ranks_from_either_side() -> None:
    assert own_ranks(SCORES).tolist() == [0, 1, 2]
    assert own_ranks(SCORES.T).tolist() == [0, 1, 0]


def test_recall() -> None:
    ranks = own_ranks(SCORES)
    assert [round(recall_at(ranks, k), 4) for k in (1, 2, 3)] == [0.3333, 0.6667, 1.0]
