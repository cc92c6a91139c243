"""Answers read off documents as values that can be compared: money, numbers and dates."""

from datetime import date
from decimal import Decimal

from ..models.common.values import parse_date, parse_number


def comparable(text: str) -> Decimal | date | None:
    """What `text` is worth, for comparing it with another answer; None where that would be a guess.

    A date where one is printed ("15/03/2018 18:05", "15 March 2018": days before months), else the
    single figure that there is ("RM 1,234.50", "12,40", "(3.00)", "3 items"). Two figures, a time
    of day and plain words are None. Currencies are not told apart: whoever compares says both.
    """
    printed = parse_date(text)
    return printed if printed is not None else parse_number(text)
