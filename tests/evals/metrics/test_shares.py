"""Shares, intervals, answers and premises."""

import pytest
from sightline.evals.metrics.boxes import all_matched, matched
from sightline.evals.metrics.shares import (
    accuracy,
    premise_shares,
    same_answer,
    share_by,
    wilson_interval,
)
from sightline.models.common.boxes import iou


def test_wilson_interval_holds_known_values() -> None:
    low, high = wilson_interval(95, 100)
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_answers_agree_in_any_order_and_case() -> None:
    assert same_answer("Red, blue", "blue,red")
    assert not same_answer("red", "red, blue")
    assert not same_answer(None, "none")


def test_accuracy_and_groups() -> None:
    records = [{"f": "a", "right": True}, {"f": "a", "right": False}, {"f": "b", "right": True}]
    assert accuracy(records)["accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert share_by(records, lambda r: r["f"]) == {"a": 0.5, "b": 1.0}


def test_premises() -> None:
    records = [
        {"premise": "absent", "answer": "none", "given": "none"},
        {"premise": "ambiguous", "answer": "none", "given": "red"},
        {"premise": "holds", "answer": "3", "given": "none"},
        {"premise": "holds", "answer": "3", "given": "4"},
        {"premise": "holds", "answer": "none", "given": "none"},
    ]
    found = premise_shares(records)
    assert found["premise_recall"] == 0.5
    assert found["premise_not_claimed"] == 0.5


def test_iou_and_matches() -> None:
    assert iou((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert iou((0, 0, 1, 1), (2, 2, 3, 3)) == 0
    one, other = (0.0, 0.0, 10.0, 10.0), (20.0, 20.0, 30.0, 30.0)
    near = (1.0, 0.0, 11.0, 10.0)
    assert matched([one, near], [one]) == 1
    assert all_matched([near, other], [other, one])
    assert not all_matched([one, near], [one, other])
    assert all_matched([], [])
