"""Recall of triplets, by hand."""

from sightline.evals.metrics.scene_graph import (
    Node,
    Triplet,
    constrained,
    found,
    matching,
    mean_recall,
    recall,
)

A, B, C = Node("a", (0, 0, 10, 10)), Node("b", (20, 0, 30, 10)), Node("c", (40, 0, 50, 10))


def test_a_triplet_needs_names_boxes_and_predicate() -> None:
    truth = [Triplet(A, "left", B), Triplet(B, "left", C)]
    moved = Node("a", (1, 0, 11, 10))
    far = Node("a", (6, 0, 16, 10))
    assert found([Triplet(moved, "left", B)], truth, 50) == [True, False]
    assert found([Triplet(far, "left", B)], truth, 50) == [False, False]
    assert found([Triplet(A, "right", B), Triplet(Node("x", A.box), "left", B)], truth, 50) == [
        False,
        False,
    ]
    assert found([Triplet(A, "right", B), Triplet(A, "left", B)], truth, 1) == [False, False]


def test_a_prediction_counts_once_and_the_constraint_keeps_one_predicate() -> None:
    twice = [Triplet(A, "left", B), Triplet(A, "left", B)]
    assert found([Triplet(A, "left", B)], twice, 50) == [True, False]
    kept = constrained([Triplet(A, "left", B), Triplet(A, "right", B), Triplet(B, "left", A)])
    assert kept == [Triplet(A, "left", B), Triplet(B, "left", A)]


def test_recall_is_the_mean_over_pictures_and_then_over_predicates() -> None:
    assert recall([[True, True], [True, False], []]) == 0.75
    assert recall([]) == 0.0
    pictures = [[("left", True), ("left", False)], [("behind", True)], [("left", True)]]
    assert mean_recall(pictures) == (0.75 + 1.0) / 2


def test_matching_is_one_to_one() -> None:
    assert matching([B, A], [A, B]) == {0: 1, 1: 0}
    assert matching([A, B, C], [A, B]) is None
    assert matching([A, Node("x", B.box)], [A, B]) is None
