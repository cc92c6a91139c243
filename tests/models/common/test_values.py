"""Figures and dates in print."""

from decimal import Decimal

import pytest
from sightline.models.common.values import amounts, dates, parse_number, plain, total_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RM 1,234.50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("1 139,40", "1139.40"),
        ("(3.00)", "-3.00"),
        ("7.00-", "-7.00"),
        ("-RM5.00", "-5.00"),
        ("12", "12"),
        ("1,000", "1000"),
        ("9.000", "9.000"),
    ],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["no figure", "2 x 3.50", ""])
def test_no_single_number(text: str) -> None:
    assert parse_number(text) is None


def test_amounts_carry_their_place() -> None:
    text = "Total: RM 9.00 of 10.00"
    found = amounts(text)
    assert [text[a:b] for a, b, _ in found] == ["RM 9.00", "10.00"]
    assert [value for *_, value in found] == [Decimal("9.00"), Decimal("10.00")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Date: 10/03/20185:41:06", "10/03/2018"),
        ("28-03-1818:05 SH01", "28-03-18"),
        ("ORD #19-18/03/201823:02:16", "18/03/2018"),
        ("18 APR 2018", "18 APR 2018"),
        ("25/FEB/2017", "25/FEB/2017"),
        ("March 5, 2019", "March 5, 2019"),
        ("20180304", "20180304"),
        ("5. März 2019", "5. März 2019"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert [text[a:b] for a, b in dates(text)] == [date]


@pytest.mark.parametrize("text", ["03-3279 1851", "NO 43-45-47G", "9556939040118", "12.50"])
def test_not_dates(text: str) -> None:
    assert dates(text) == []


def test_sums_keep_cents() -> None:
    assert plain(total_of([Decimal("1.10"), Decimal("2.30")])) == "3.40"
    assert plain(total_of([Decimal(1), Decimal(2)])) == "3"
