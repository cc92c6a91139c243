"""Printed answers become values that compare."""

from datetime import date
from decimal import Decimal

import pytest
from sightline.tools.values import comparable


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RM 1,234.50", Decimal("1234.50")),
        ("12,40 EUR", Decimal("12.40")),
        ("(3.00)", Decimal("-3.00")),
        ("7", Decimal(7)),
        ("3 items", Decimal(3)),
        ("6%", Decimal(6)),
        ("15/03/2018", date(2018, 3, 15)),
        ("03/15/2018", date(2018, 3, 15)),
        ("15/03/18 18:05", date(2018, 3, 15)),
        ("2018-03-15", date(2018, 3, 15)),
        ("20180315", date(2018, 3, 15)),
        ("15032018", date(2018, 3, 15)),
        ("15 March 2018", date(2018, 3, 15)),
        ("March 15, 2018", date(2018, 3, 15)),
        ("3. Juli 2024", date(2024, 7, 3)),
        ("3 juin 2024", date(2024, 6, 3)),
        ("3 juillet 2024", date(2024, 7, 3)),
        ("14 août 2023", date(2023, 8, 14)),
        ("1 de enero de 2022", date(2022, 1, 1)),
        ("1 Dis 99", date(1999, 12, 1)),
    ],
)
def test_a_value(text: str, value: Decimal | date) -> None:
    assert comparable(text) == value


@pytest.mark.parametrize("text", ["", "none", "Tea House", "18:05", "2 x 3.50", "31/02/2018 0"])
def test_no_value(text: str) -> None:
    assert comparable(text) is None
