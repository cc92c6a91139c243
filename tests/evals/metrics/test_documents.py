"""ANLS and entity F1."""

import math

from sightline.evals.metrics.documents import (
    anls,
    edit_distance,
    entity_f1,
    normalised,
    similarity,
    strict,
)


def test_edit_distance() -> None:
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == 3


def test_similarity_ignores_case_and_spaces() -> None:
    assert similarity("Grand  TOTAL", "grand total") == 1
    assert math.isclose(similarity("9.00", "9.80"), 0.75)


def test_anls_takes_the_nearest_truth_and_cuts_at_a_half() -> None:
    assert anls(["9.00"], [["12.50", "9.00"]]) == 1
    assert anls(["abcd"], [["wxyz"]]) == 0
    assert anls([], []) == 0


def test_normalised_entities() -> None:
    assert normalised("total", "RM 1,234.50") == normalised("total", "1234.5")
    assert normalised("company", "Book Ta.K SDN BHD") == normalised("company", "BOOK TA .K SDN BHD")
    assert strict("company", "Book  ta") == "BOOK TA"
    assert strict("company", "TA.K") != strict("company", "TA .K")


def test_entity_f1_counts_missing_and_wrong() -> None:
    truth = [{"company": "A", "total": "9.00"}, {"company": "B", "total": ""}]
    given = [{"company": "A", "total": "8.00"}, {"company": "B"}]
    found = entity_f1(given, truth)
    assert math.isclose(found["precision"], 2 / 3) and math.isclose(found["recall"], 2 / 3)
    assert found["recall_company"] == 1 and found["recall_total"] == 0
    assert entity_f1([{}], [{"company": "A"}])["f1"] == 0
