"""Utility bills: electricity, water, gas, telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random

from ..content import Seller, make_seller
from ..lexicon.labels import title
from ..lexicon.people import person
from ..lexicon.places import address
from ..page import Page
from ..values import Locale, digits, iban, pick_day, serial
from .base import ACCENTS, PALE, WHITE, Layout, address_block, seller_contact, separator, start, tag

_CHARGES = {
    "energy": (
        "Energy charge",
        "Standing charge",
        "Grid fee",
        "Meter rental",
        "Renewables levy",
        "Night tariff",
    ),
    "water": ("Fresh water", "Waste water", "Standing charge", "Meter service", "Rain water"),
    "telecom": (
        "Monthly plan",
        "Calls abroad",
        "Data package",
        "Line rental",
        "Text messages",
        "Roaming",
    ),
}
_UNITS = {"energy": "kWh", "water": "m3", "telecom": "GB"}


@dataclass(kw_only=True)
class _Bill:
    page: Page
    loc: Locale
    seller: Seller
    facts: list[tuple[str, str]]
    meter: list[tuple[str, str]]
    charges: list[tuple[str, float]]
    arrears: float
    tax: float
    total: float
    holder: str
    place: tuple[str, ...]
    joint: str

    def amount(self, value: float) -> str:
        return self.loc.money(value)


def _make(rng: Random) -> _Bill:
    page, loc = start(rng, width=(680, 820), size=(14.5, 17.5), margin=(42, 70))
    topic = rng.choice(tuple(_CHARGES))
    seller = make_seller(rng, loc, "utility", 0.6)
    day = pick_day(rng)
    first, last = day - timedelta(days=rng.choice((30, 31, 60, 90, 365))), day - timedelta(days=1)
    facts = [
        ("account_number", rng.choice(("", "A-", "10")) + digits(rng, 8)),
        ("invoice_date", loc.date(day)),
    ]
    if rng.random() < 0.7:
        facts.append(("invoice_number", serial(rng, "E|B|UT|R")))
    if rng.random() < 0.75:
        facts.append(("period", f"{loc.date(first)} - {loc.date(last)}"))
    if rng.random() < 0.8:
        facts.append(("due_date", loc.date(day + timedelta(days=rng.randint(10, 30)))))
    if rng.random() < 0.3:
        rng.shuffle(facts)
    meter: list[tuple[str, str]] = []
    if topic != "telecom" and rng.random() < 0.8:
        old, used = rng.randint(1000, 60000), rng.randint(20, 900)
        if rng.random() < 0.7:
            meter.append(("meter_number", rng.choice(("M", "EL-", "W", "")) + digits(rng, 7)))
        meter += [("previous_reading", str(old)), ("current_reading", str(old + used))]
        meter.append(("consumption", f"{used} {_UNITS[topic]}"))
    elif topic == "telecom" and rng.random() < 0.6:
        meter.append(("consumption", f"{rng.randint(1, 90)} GB"))
    names = rng.sample(_CHARGES[topic], rng.randint(2, 4))
    charges = [(name, loc.price(rng, 3, 120)) for name in names]
    net = sum(value for _, value in charges)
    tax = round(net * loc.tax_rate / 100, 2)
    arrears = loc.price(rng, 5, 60) if rng.random() < 0.3 else 0.0
    return _Bill(
        page=page, loc=loc, seller=seller, facts=facts, meter=meter, charges=charges, tax=tax,
        arrears=arrears, total=round(net + tax + arrears, 2), holder=person(rng),
        place=tuple(address(rng, loc.region)), joint=separator(rng),
    )  # fmt: skip


def _build(style: Callable[[_Bill], None], rng: Random) -> Page:
    bill = _make(rng)
    style(bill)
    bill.page.height = max(bill.page.y + bill.page.margin, bill.page.width * rng.uniform(0.9, 1.25))
    return bill.page


def _head(bill: _Bill, align: str) -> None:
    page, seller, rng = bill.page, bill.seller, bill.page.rng
    x = page.margin if align == "l" else page.right
    line = page.line(
        seller.name,
        align,
        bold=True,
        size=page.size * 1.5,
        colour=rng.choice(ACCENTS),
        fit=(page.right - page.margin) * 0.55,
    )
    page.field("company", seller.name, line)
    address_block(page, "address", seller.address, x, align=align, size=page.size * 0.9)
    seller_contact(page, bill.loc, seller, x, align=align, size=page.size * 0.9)


def _title(bill: _Bill, x: float, align: str) -> None:
    page = bill.page
    size = page.size * 1.7
    line = page.text(title(page.rng, "bill", bill.loc.lang), x, align=align, bold=True, size=size,
                     fit=(page.right - page.margin) * 0.42)  # fmt: skip
    page.title_lines = (line,)
    page.y += size * 1.4


def _holder(bill: _Bill, x: float, fit: float) -> None:
    page = bill.page
    page.field("customer", bill.holder, page.text(bill.holder, x, fit=fit))
    page.y += page.step
    address_block(page, "customer_address", bill.place, x, fit=fit)


def _pairs(bill: _Bill, facts: list[tuple[str, str]], x: float, x2: float, align: str) -> None:
    page = bill.page
    for key, value in facts:
        page.pair(
            key,
            tag(page.rng, page, key, bill.loc),
            value,
            x,
            mode="apart",
            x2=x2,
            align=align,
            separator=bill.joint,
            fit=None if align == "l" else (x2 - x) * 0.44,
        )


def _charges(bill: _Bill, left: float, right: float, ruled: bool) -> None:
    page, loc, rng = bill.page, bill.loc, bill.page.rng
    rows: list[tuple[int | None, ...]] = []
    for name, value in bill.charges:
        first = page.text(name, left, fit=(right - left) * 0.6)
        second = page.text(bill.amount(value), right, align="r")
        rows.append((first, second))
        page.y += page.step * 1.1
        if ruled:
            page.rule(page.y - 3, left, right, 0.7, (180, 180, 180))
    page.table("charge", ("description", "amount"), (None, None), rows)
    for key, value in (("arrears", bill.arrears), ("tax", bill.tax)):
        if value:
            page.pair(key, tag(rng, page, key, loc), bill.amount(value), left, mode="apart",
                      x2=right, align="r", separator="")  # fmt: skip
    page.rule(page.y, left, right)
    page.y += page.size * 0.4
    page.pair("total", tag(rng, page, "total", loc), bill.amount(bill.total), left, mode="apart",
              x2=right, align="r", separator="", bold=True, size=page.size * 1.2)  # fmt: skip


def _section(bill: _Bill, text: str) -> None:
    page = bill.page
    page.y += page.size * 0.8
    page.line(text, bold=True, size=page.size * 1.1)


def _classic(bill: _Bill) -> None:
    """Company left, facts right, meter and charges in sections below."""
    page = bill.page
    _head(bill, "l")
    page.y += page.size
    top = page.y
    _holder(bill, page.margin, (page.right - page.margin) * 0.42)
    low = page.y
    page.y = top
    middle = page.margin + (page.right - page.margin) * 0.48
    _pairs(bill, bill.facts, middle, page.right, "r")
    page.y = max(page.y, low) + page.size
    _title(bill, page.margin, "l")
    if bill.meter:
        _section(bill, page.rng.choice(("Your meter", "Meter readings", "Usage details")))
        _pairs(bill, bill.meter, page.margin, page.margin + (page.right - page.margin) * 0.5, "r")
    _section(bill, page.rng.choice(("Charges", "Your charges", "How we worked it out", "Details")))
    _charges(bill, page.margin, page.right, True)
    _foot(bill)


def _foot(bill: _Bill) -> None:
    page, rng = bill.page, bill.page.rng
    page.y += page.size * 1.2
    if rng.random() < 0.5:
        page.pair("iban", tag(rng, page, "iban", bill.loc), iban(rng, bill.loc.region), page.margin,
                  separator=bill.joint)  # fmt: skip
    if rng.random() < 0.5:
        page.paragraph(
            rng.choice(
                (
                    "Thank you for paying on time.",
                    "Report a fault at any hour.",
                    "Paying late may lead to a fee.",
                )
            ),
            size=page.size * 0.9,
        )


def _summary_box(bill: _Bill) -> None:
    """What to pay in a coloured box on top, details under it."""
    page, loc, rng = bill.page, bill.loc, bill.page.rng
    _title(bill, page.right, "r")
    page.y = page.margin
    _head(bill, "l")
    page.y += page.size
    _holder(bill, page.margin, (page.right - page.margin) * 0.6)
    page.y += page.size
    top, accent = page.y, rng.choice(ACCENTS)
    height = page.size * 4.8
    page.fill(page.margin, top, page.right, top + height, accent)
    page.y += page.size * 0.7
    middle = page.width / 2
    page.pair("total", tag(rng, page, "total", loc), bill.amount(bill.total), page.margin + 18,
              mode="below", size=page.size * 1.5, colour=WHITE, value_bold=True, advance=False,
              fit=middle - page.margin - 24)  # fmt: skip
    rest = dict(bill.facts)
    if "due_date" in rest:
        page.pair("due_date", tag(rng, page, "due_date", loc), rest.pop("due_date"), middle + 10,
                  mode="below", size=page.size * 1.3, colour=WHITE, advance=False)  # fmt: skip
    page.y = top + height + page.size
    x2 = page.margin + (page.right - page.margin) * 0.45
    _pairs(bill, list(rest.items()) + bill.meter, page.margin, x2, "l")
    page.y += page.size
    rows: list[tuple[int | None, ...]] = []
    for name, value in bill.charges:
        rows.append(
            (page.text(name, page.margin), page.text(bill.amount(value), page.right, align="r"))
        )
        page.y += page.step
    page.table("charge", ("description", "amount"), (None, None), rows)
    page.pair("tax", tag(rng, page, "tax", loc), bill.amount(bill.tax), page.margin, mode="apart",
              align="r", separator="")  # fmt: skip
    if bill.arrears:
        page.pair("arrears", tag(rng, page, "arrears", loc), bill.amount(bill.arrears), page.margin,
                  mode="apart", align="r", separator="")  # fmt: skip
    _foot(bill)


def _columns(bill: _Bill) -> None:
    """Facts and meter in a tinted left column, charges on the right."""
    page, rng = bill.page, bill.page.rng
    edge = page.margin + (page.right - page.margin) * 0.42
    _head(bill, "l")
    page.y += page.size * 0.8
    top = page.y
    page.fill(0, top - 6, edge, top + page.width, rng.choice(PALE))
    page.y += page.size * 0.5
    for key, value in bill.facts + bill.meter:
        page.pair(key, tag(rng, page, key, bill.loc), value, page.margin * 0.6, mode="below",
                  fit=edge - page.margin * 0.7, value_bold=True)  # fmt: skip
        page.y += page.size * 0.4
    low = page.y
    page.y = top
    _title(bill, edge + 20, "l")
    _holder(bill, edge + 20, page.right - edge - 24)
    page.y += page.size
    _charges(bill, edge + 20, page.right, False)
    page.y = max(page.y, low)
    for stroke in page.strokes:
        if stroke.kind == "fill" and stroke.x0 == 0:
            stroke.y1 = page.y + 10
    _foot(bill)


def _slip(bill: _Bill) -> None:
    """Everything right-aligned on top, and a payment slip behind a cutting line."""
    page, loc, rng = bill.page, bill.loc, bill.page.rng
    _head(bill, "r")
    page.y += page.size * 0.5
    _title(bill, page.margin, "l")
    for key, value in bill.facts:
        page.pair(key, tag(rng, page, key, loc), value, page.margin, separator=bill.joint)
    page.y += page.size * 0.5
    for key, value in bill.meter:
        page.pair(key, tag(rng, page, key, loc), value, page.margin, separator=bill.joint)
    page.y += page.size * 0.5
    _charges(bill, page.margin, page.margin + (page.right - page.margin) * 0.7, False)
    page.y += page.size * 2
    page.rule(dash=True)
    page.y += page.size
    page.line(
        rng.choice(("Payment slip", "Please return with payment", "Remittance advice")), bold=True
    )
    _holder(bill, page.margin, (page.right - page.margin) * 0.5)
    page.text(bill.amount(bill.total), page.right, page.y - page.step, align="r", bold=True)
    page.bars(page.width * 0.4, page.y + 10, page.right, page.y + 56)
    page.y += 66


_STYLES = {
    "bill_classic": _classic,
    "bill_summary_box": _summary_box,
    "bill_columns": _columns,
    "bill_slip": _slip,
}
LAYOUTS = tuple(
    Layout(name=name, kind="bill", build=partial(_build, style), kept_out=name == "bill_slip")
    for name, style in _STYLES.items()
)
