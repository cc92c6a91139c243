"""Comparisons, extremes and follow-ups, taken apart by their words."""

from decimal import Decimal

import pytest
from sightline.models.document_reader.wording import (
    bare,
    parse_limit,
    parse_versus,
    resolve,
)


@pytest.mark.parametrize(
    ("question", "above", "figure"),
    [
        ("is the total more than 20?", True, "20"),
        ("was it under 30", False, "30"),
        ("Hi, did it cost less than 5.50?", False, "5.50"),
        ("did I spend more than RM 50??", True, "50"),
    ],
)
def test_limits_on_the_total(question: str, above: bool, figure: str) -> None:
    limit = parse_limit(question)
    assert limit is not None
    assert limit.subject == "what is the total?"
    assert (limit.above, limit.figure) == (above, Decimal(figure))


def test_limit_on_something_else() -> None:
    limit = parse_limit("is the tax over 3?")
    assert limit is not None and limit.subject == "how much is the tax?"


@pytest.mark.parametrize(
    ("question", "first", "second", "more", "yes_no"),
    [
        ("which costs more, latte or tea?", "latte", "tea", True, False),
        ("what is cheaper: tea or the bun", "tea", "bun", False, False),
        ("tea or bun, which is dearer?", "tea", "bun", True, False),
        ("is the tea more expensive than the bun?", "tea", "bun", True, True),
    ],
)
def test_versus(question: str, first: str, second: str, more: bool, yes_no: bool) -> None:
    found = parse_versus(question)
    assert found is not None
    assert (found.first, found.second, found.more, found.yes_no) == (first, second, more, yes_no)


@pytest.mark.parametrize("question", ["what is the total?", "is there a phone number?", "date"])
def test_plain_questions_are_left_to_the_model(question: str) -> None:
    assert parse_limit(question) is None
    assert parse_versus(question) is None


@pytest.mark.parametrize(
    ("question", "history", "resolved"),
    [
        ("and the date?", ["what is the total?"], "what is the date?"),
        ("and the tea?", ["how much was the coffee?"], "how much was the tea?"),
        ("what about the phone number", ["who sold it?"], "what is the phone number?"),
        ("and how much tax was that?", ["what's the total"], "how much tax was that"),
        ("and the tea?", [], "and the tea?"),
        ("and the date?", ["how much was the coffee?"], "what is the date?"),
    ],
)
def test_follow_ups(question: str, history: list[str], resolved: str) -> None:
    assert resolve(question, history) == resolved


def test_bare() -> None:
    assert bare("Hey, what is the date please??") == "what is the date"
