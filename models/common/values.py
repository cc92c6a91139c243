"""Figures and dates in printed text: found by shape, parsed exactly, never guessed.

Money is `Decimal`, so that sums come out as printed figures do. Both "1,234.50" and "1.234,50"
are understood: the last separator before one or two final digits is the decimal one.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

CURRENCY = r"(?:RM|MYR|US\$|USD|EUR|GBP|CHF|SGD|S\$|AUD|CAD|NOK|SEK|DKK|PLN|kr\.?|zł|Rs\.?|[$€£¥₹])"

AMOUNT = re.compile(
    rf"(?<![\w.,/:-])(?P<lead>[-+(]?\s?{CURRENCY}?\s?[-+]?)"
    r"(?P<figure>\d{1,3}(?:[ ,.'’]\d{3})+[.,]\d{2}|\d+[.,]\d{2})"
    rf"(?P<tail>\s?(?:{CURRENCY}(?!\w)|-(?!\w)|\)))?(?![\d%]|[.,/:]\d)",
    re.IGNORECASE,
)
"""Amounts with two decimals, with a sign or a currency on either side."""

NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|[-+]?\d+(?:[.,]\d+)?")

_MONTH = (
    r"(?:jan|feb|mar|apr|may|mei|jun|jul|aug|ogos|sep|sept|oct|okt|nov|dec|dis|dez|mai|mär|"
    r"januar|februar|märz|juni|juli|oktober|dezember|january|february|march|april|june|july|"
    r"august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|"
    r"août|septembre|octobre|novembre|décembre)"
)
# OCR often drops the space between a date and a time: a year may run into "18:05".
_YEAR = r"(?:(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}(?=\d{1,2}:\d\d)|\d{2}(?=\d{1,2}:\d\d)|\d{2}(?!\d))"
DATE = re.compile(
    r"(?<![\d/])(?:"
    rf"(?:0?[1-9]|[12]\d|3[01])(?P<sep>\s?[./-]\s?)(?:0?[1-9]|[12]\d|3[01])(?P=sep){_YEAR}(?![/-]\d)"
    r"|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?=\d{1,2}:\d\d)"
    r"|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?(?:\s?[./,-]?\s?|\s+de\s+|\s+of\s+){_MONTH}\.?"
    rf"(?:\s?[./,' -]?\s?|\s+de\s+){_YEAR}"
    rf"|{_MONTH}\.?[ -]?\d{{1,2}}(?:st|nd|rd|th)?,?[ -]?\d{{4}}(?!\d)"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20[0-3]\d(?!\d)"
    r")",
    re.IGNORECASE,
)
TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?(?!\d)", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d.])\(?\+?\d[\d ()/-]{6,18}\d(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|www\.\w|https?:", re.IGNORECASE)
POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


def parse_number(text: str) -> Decimal | None:
    """The single figure in `text` ("RM 1,234.50", "-5", "(3.00)", "7.00-"), or None.

    Currency signs, words and percent signs around it are ignored; two figures are None, because
    choosing one of them would be a guess.
    """
    found = NUMBER.findall(text)
    if len(found) != 1:
        return None
    figure = re.sub(r"[ '’]", "", found[0])
    negative = figure.startswith("-") or bool(
        re.search(r"\(\s*\D*\d[^)]*\)|\d-\s*$|-\s*\D{1,4}\d", text)
    )
    figure = figure.lstrip("+-")
    comma, point = figure.rfind(","), figure.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if point > comma else "."
        figure = figure.replace(thousands, "").replace(",", ".")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        head, _, last = figure.rpartition(mark)
        grouped = figure.count(mark) > 1 or (len(last) == 3 and mark == "," and len(head) <= 3)
        figure = figure.replace(mark, "" if grouped else ".")
    try:
        value = Decimal(figure)
    except InvalidOperation:
        return None
    return -value if negative else value


def amounts(text: str) -> list[tuple[int, int, Decimal]]:
    """Amounts with decimals in `text`: (start, end, value) with the sign and currency inside."""
    found = []
    for match in AMOUNT.finditer(text):
        value = parse_number(match.group().strip())
        if value is not None:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            found.append((start, start + len(match.group().strip()), value))
    return found


def dates(text: str) -> list[tuple[int, int]]:
    """Character ranges of the dates printed in `text`."""
    return [match.span() for match in DATE.finditer(text)]


_MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "abr": 4, "avr": 4, "may": 5,
    "mai": 5, "mei": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "ago": 8, "aou": 8,
    "ogo": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12, "dis": 12, "dic": 12,
}  # fmt: skip


def parse_date(text: str) -> date | None:
    """The first date in `text` ("15/03/2018", "2018-03-15", "15 March 2018"), or None.

    Days stand before months ("03/04/2018" is the third of April) unless that is no date; years of
    two digits are 1970 to 2069.
    """
    match = DATE.search(text)
    if match is None:
        return None
    flat = unicodedata.normalize("NFKD", match.group().lower()).encode("ascii", "ignore").decode()
    numbers = [int(each) for each in re.findall(r"\d+", flat)]
    names = [word for word in re.findall(r"[a-z]+", flat) if word[:3] in (*_MONTHS, "jui")]
    if len(numbers) == 1:  # 20180315 or 15032018
        run = f"{numbers[0]:08d}"
        year_first = run[:2] in ("19", "20") and int(run[4:6]) <= 12
        cut = (run[:4], run[4:6], run[6:]) if year_first else (run[4:], run[2:4], run[:2])
        orders = [tuple(map(int, cut))]
    elif names:
        month = _MONTHS.get(names[0][:4]) or _MONTHS[names[0][:3]]
        orders = [(numbers[-1], month, numbers[0])]
    elif numbers[0] > 31:
        orders = [(numbers[0], numbers[1], numbers[2])]
    else:
        orders = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
    for year, month, day in orders:
        if year < 100:
            year += 2000 if year < 70 else 1900
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def plain(value: Decimal) -> str:
    """A figure as people write it: no exponent, cents kept when there are any ("12.40", "3")."""
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return str(int(value))
    return format(value, "f")


def total_of(values: Iterable[Decimal]) -> Decimal:
    """Exact sum; as many decimals as the figure with most of them."""
    return sum(values, Decimal(0))
