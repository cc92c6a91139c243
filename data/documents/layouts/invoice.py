"""Invoices on A4 or letter paper: ten layouts that differ in where each block stands."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random

from ..content import Purchase, Seller, make_purchase, make_seller
from ..lexicon.labels import title
from ..lexicon.people import JOBS, person
from ..lexicon.places import address
from ..lexicon.prose import PAYMENT_NOTES
from ..page import Colour, Page
from ..values import Locale, digits, iban, pick_day, serial
from .base import (
    ACCENTS,
    PALE,
    WHITE,
    Layout,
    address_block,
    item_table,
    seller_contact,
    separator,
    spread,
    start,
    tag,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one invoice layout is put together.

    Attributes:
        head: split (seller left, title right), band, centre, mirrored, letter or sidebar.
        meta: right (apart), inline, row (labels above values), boxed.
        ruled: rules of the item table, see `item_table`.
        totals: right, boxed, wide or band.
        payment: foot, left (beside the totals) or line.
    """

    head: str = "split"
    meta: str = "right"
    ruled: str = "head"
    totals: str = "right"
    payment: str = "foot"
    columns: tuple[tuple[str, ...], ...] = (("description", "quantity", "price", "amount"),)
    banded: bool = False
    striped: bool = False
    trades: tuple[str, ...] = ("services", "office")
    count: tuple[int, int] = (2, 9)


_BANKS = ("Deutsche Stadtbank", "First National", "Barlow Bank", "Crédit du Nord", "Maybright Bank",
          "Rabobank West", "Banco Sol", "Unity Trust", "Sparkasse", "Northern Savings")  # fmt: skip
_TERMS = (
    "30 days net",
    "14 days",
    "Net 30",
    "Due on receipt",
    "Net 15",
    "60 days",
    "7 days",
    "10 days 2%",
)


@dataclass(kw_only=True)
class _Job:
    page: Page
    loc: Locale
    seller: Seller
    purchase: Purchase
    accent: Colour
    plan: Plan
    marked: bool
    joint: str
    facts: list[tuple[str, str]]


def build(plan: Plan, rng: Random) -> Page:
    """Set one invoice after a plan."""
    page, loc = start(rng, width=(740, 880), size=(14.0, 17.0), margin=(44, 74))
    trade = rng.choice(plan.trades)
    seller = make_seller(rng, loc, "services" if trade == "services" else "electronics", 0.7)
    purchase = make_purchase(
        rng, loc, [trade], rng.randint(*plan.count), inclusive=False, most=12,
        delivery=trade != "services" and rng.random() < 0.35, taxed=rng.random() < 0.85,
    )  # fmt: skip
    job = _Job(
        page=page, loc=loc, seller=seller, purchase=purchase, accent=rng.choice(ACCENTS), plan=plan,
        marked=rng.random() < 0.5, joint=separator(rng), facts=_facts(rng, loc),
    )  # fmt: skip
    left, right = page.margin, page.right
    if plan.head == "sidebar":
        left = page.margin + 190
        page.fill(0, 0, page.margin + 168, 1200, rng.choice(PALE))
        side = page.y
        _seller(job, page.margin * 0.5, "l", 150 + page.margin * 0.4)
        page.y = side
        _title(job, left, "l")
    else:
        _head(job)
    if plan.meta == "row":
        _customer(job, left, (right - left) * 0.6)
        page.y += page.size
        _meta_row(job, left, right)
    else:
        top = page.y
        _meta(job, left, right)
        low = page.y
        page.y = top
        if plan.meta == "inline":
            page.y = low + page.size
        _customer(job, left, (right - left) * 0.46)
        page.y = max(page.y, low)
    page.y += page.size * 1.2
    if plan.head == "letter":
        page.paragraph(_opening(rng), left, right - left)
        page.y += page.size * 0.6
    _items(job, left, right)
    top = page.y
    _totals(job, left, right)
    low = page.y
    if plan.payment == "left":
        page.y = top + page.size
        _payment(job, left, (right - left) * 0.44)
        page.y = max(page.y, low)
    elif plan.payment == "foot":
        page.y += page.size * 1.6
        _payment(job, left, right - left)
    if rng.random() < 0.6:
        page.y += page.size
        page.paragraph(rng.choice(PAYMENT_NOTES), left, right - left, size=page.size * 0.9)
    if plan.head == "letter":
        _signed(job, left)
    if rng.random() < 0.3:
        page.y += page.size
        page.line(f"Page 1 of {rng.randint(1, 3)}", "c", size=page.size * 0.8)
    page.height = max(page.y + page.margin, page.width * rng.uniform(1.0, 1.3))
    for stroke in page.strokes:
        if stroke.y1 == 1200 and stroke.kind == "fill":
            stroke.y1 = page.height
    return page


def _opening(rng: Random) -> str:
    return rng.choice((
        "Thank you for your order. We charge you for the following goods and services.",
        "For the work carried out we take the liberty of invoicing as follows:",
        "Please find below the charges for the services of the past month.",
    ))  # fmt: skip


def _facts(rng: Random, loc: Locale) -> list[tuple[str, str]]:
    day = pick_day(rng)
    facts = [("invoice_number", serial(rng)), ("invoice_date", loc.date(day))]
    if rng.random() < 0.7:
        facts.append(
            ("due_date", loc.date(day + timedelta(days=rng.choice((7, 14, 15, 30, 45, 60)))))
        )
    if rng.random() < 0.35:
        facts.append(("delivery_date", loc.date(day - timedelta(days=rng.randint(1, 12)))))
    if rng.random() < 0.45:
        facts.append(("order_number", serial(rng, "PO|SO|ORD|W")))
    if rng.random() < 0.45:
        facts.append(("customer_number", rng.choice(("C", "K-", "", "10")) + digits(rng, 5)))
    if rng.random() < 0.3:
        facts.append(("payment_terms", rng.choice(_TERMS)))
    if rng.random() < 0.4:
        rng.shuffle(facts)
    return facts


def _seller(job: _Job, x: float, align: str, fit: float, logo: float = 0.4) -> None:
    page, seller, rng = job.page, job.seller, job.page.rng
    if rng.random() < logo:
        at = {"l": x, "c": x - 28, "r": x - 56}[align]
        page.blob(at, page.y, at + 56, page.y + 48, job.accent)
        page.y += 58
    size = page.size * rng.choice((1.1, 1.3, 1.5))
    start_x = {"l": x, "c": x - fit / 2, "r": x - fit}[align]
    lines = page.paragraph(
        seller.name, start_x, fit, bold=True, size=size, align=align, colour=job.accent
    )
    page.field("company", seller.name, lines)
    small = page.size * 0.95
    address_block(page, "address", seller.address, x, align=align, size=small, fit=fit)
    seller_contact(page, job.loc, seller, x, align=align, size=small, fit=fit)


def _title(job: _Job, x: float, align: str, colour: Colour | None = None) -> None:
    page, rng = job.page, job.page.rng
    size = page.size * rng.uniform(1.7, 2.5)
    line = page.text(
        title(rng, "invoice", job.loc.lang), x, align=align, bold=True, size=size,
        colour=colour or job.accent, fit=(page.right - page.margin) * 0.45,
    )  # fmt: skip
    page.title_lines = (line,)
    page.y += size * 1.4


def _head(job: _Job) -> None:
    page, head = job.page, job.plan.head
    left, right = page.margin, page.right
    half = (right - left) * 0.5
    if head == "band":
        height = page.size * 4.2
        page.fill(0, 0, page.width, height, job.accent)
        page.y = page.size * 1.2
        _title(job, right, "r", WHITE)
        line = page.text(job.seller.name, left, page.size * 1.4, bold=True, size=page.size * 1.35,
                         colour=WHITE, fit=half)  # fmt: skip
        page.field("company", job.seller.name, line)
        page.y = height + page.size
        address_block(page, "address", job.seller.address, left, fit=half, size=page.size * 0.95)
        seller_contact(page, job.loc, job.seller, left, fit=half, size=page.size * 0.95)
    elif head in ("centre", "letter"):
        middle = page.width / 2
        _seller(job, middle, "c", right - left)
        page.rule(page.y + 4, colour=job.accent)
        page.y += page.size
        _title(job, middle if head == "centre" else left, "c" if head == "centre" else "l")
    elif head == "mirrored":
        top = page.y
        _title(job, left, "l")
        low = page.y
        page.y = top
        _seller(job, right, "r", half)
        page.y = max(page.y, low)
    else:
        top = page.y
        _title(job, right, "r")
        low = page.y
        page.y = top
        _seller(job, left, "l", half)
        page.y = max(page.y, low)
    page.y += page.size


def _customer(job: _Job, x: float, fit: float) -> None:
    page, loc, rng = job.page, job.loc, job.page.rng
    shown = tag(rng, page, "customer", loc)
    if rng.random() < 0.8:
        page.text(shown, x, bold=True, size=page.size * 0.9, colour=job.accent, fit=fit)
        page.y += page.step
    else:
        shown = ""
    name = person(rng) if rng.random() < 0.45 else make_seller(rng, loc, "services", 0).name
    if name == job.seller.name:
        name = person(rng)
    line = page.text(name, x, fit=fit, bold=rng.random() < 0.3)
    page.field("customer", name, line, shown)
    page.y += page.step
    address_block(page, "customer_address", tuple(address(rng, loc.region)), x, fit=fit)


def _meta(job: _Job, left: float, right: float) -> None:
    page, rng, plan = job.page, job.page.rng, job.plan
    start_x = left + (right - left) * 0.54
    if plan.meta == "boxed":
        top = page.y
        for key, value in job.facts:
            page.y += page.size * 0.25
            page.pair(key, tag(rng, page, key, job.loc), value, start_x + 8, mode="apart",
                      x2=right - 8, align="r", separator=" ")  # fmt: skip
            page.rule(page.y, start_x, right, 0.8, (150, 150, 155))
        page.frame(start_x, top, right, page.y)
        return
    if plan.meta == "inline":
        for key, value in job.facts:
            page.pair(key, tag(rng, page, key, job.loc), value, left, separator=job.joint,
                      fit=right - left)  # fmt: skip
        return
    align = rng.choice("lr")
    joint = rng.choice((":", "", ": "))
    for key, value in job.facts:
        page.pair(
            key, tag(rng, page, key, job.loc), value, start_x, mode="apart", separator=joint,
            x2=right if align == "r" else start_x + (right - start_x) * 0.52, align=align,
            fit=(right - start_x) * 0.46,
        )  # fmt: skip


def _meta_row(job: _Job, left: float, right: float) -> None:
    page, rng = job.page, job.page.rng
    facts = job.facts[:5]
    room = (right - left) / len(facts)
    top = page.y
    page.fill(left, top, right, top + page.size * 3.3, rng.choice(PALE))
    page.y += page.size * 0.5
    for i, (key, value) in enumerate(facts):
        page.pair(key, tag(rng, page, key, job.loc), value, left + i * room + 8, mode="below",
                  fit=room - 14, value_bold=True, advance=False)  # fmt: skip
    page.y = top + page.size * 3.3


def _items(job: _Job, left: float, right: float) -> None:
    page, rng, plan = job.page, job.page.rng, job.plan
    keys = rng.choice(plan.columns)
    pad = 6.0 if plan.ruled == "grid" or plan.banded else 0.0
    item_table(
        page,
        job.loc,
        job.purchase.items,
        spread(keys, left + pad, right - pad),
        marked=job.marked,
        ruled=plan.ruled,
        band=job.accent if plan.banded else None,
        head_colour=WHITE if plan.banded else None,
        stripe=rng.choice(PALE) if plan.striped else None,
        gap=rng.uniform(1.1, 1.45),
        pad=pad,
    )


def _totals(job: _Job, left: float, right: float) -> None:
    page, loc, p, rng, plan = job.page, job.loc, job.purchase, job.page.rng, job.plan
    rows: list[tuple[str, str, float]] = []
    if p.tax or p.discount or p.delivery:
        rows.append(("subtotal", "", p.subtotal))
    if p.discount:
        rows.append(("discount", "", -p.discount))
    if p.delivery:
        rows.append(("delivery_fee", "", p.delivery))
    if p.tax:
        shown = tag(rng, page, "tax", loc)
        if not any(char.isdigit() for char in shown) and rng.random() < 0.6:
            shown = f"{shown} {loc.tax_rate:g}%"
        rows.append(("tax", shown, p.tax))
    rows.append(("total", "", p.total))
    start_x = left + (right - left) * (0.0 if plan.totals == "wide" else 0.54)
    top = page.y
    for key, shown, amount in rows:
        main = key == "total"
        shown = shown or tag(rng, page, key, loc)
        marked = job.marked or (main and rng.random() < 0.6)
        size = page.size * (1.2 if main else 1.0)
        colour = None
        if main and plan.totals == "band":
            page.fill(start_x - 6, page.y - 3, right + 6, page.y + size * 1.45, job.accent)
            colour = WHITE
        elif main and rng.random() < 0.6:
            page.rule(page.y - 2, start_x, right)
        page.pair(
            key, shown, loc.money(amount) if marked else loc.number(amount), start_x + 4,
            mode="apart", x2=right - 4, align="r", separator=rng.choice((":", "")), bold=main,
            size=size, colour=colour,
        )  # fmt: skip
    if plan.totals == "boxed":
        page.frame(start_x - 4, top - 6, right + 4, page.y + 2)


def _payment(job: _Job, x: float, fit: float) -> None:
    page, loc, rng = job.page, job.loc, job.page.rng
    if rng.random() < 0.65:
        page.pair("bank", tag(rng, page, "bank", loc), rng.choice(_BANKS), x,
                  separator=job.joint, fit=fit)  # fmt: skip
        page.pair("iban", tag(rng, page, "iban", loc), iban(rng, loc.region), x,
                  separator=job.joint, fit=fit)  # fmt: skip


def _signed(job: _Job, x: float) -> None:
    page, rng = job.page, job.page.rng
    page.y += page.size
    page.text(rng.choice(("Kind regards,", "Yours sincerely,", "Best regards,")), x)
    page.y += page.step * 1.4
    name = person(rng)
    page.field("signature", name, page.text(name, x))
    page.y += page.step
    page.text(rng.choice(JOBS), x)
    page.y += page.step


_FULL = (
    ("description", "quantity", "price", "amount"),
    ("position", "description", "quantity", "price", "amount"),
)
_CODED = (
    ("code", "description", "quantity", "price", "amount"),
    ("position", "code", "description", "quantity", "amount"),
)
_PLANS: dict[str, Plan] = {
    "invoice_classic": Plan(head="split", meta="right", columns=_FULL),
    "invoice_band": Plan(head="band", banded=True, totals="band", payment="left", striped=True),
    "invoice_meta_row": Plan(head="split", meta="row", ruled="rows", columns=_CODED),
    "invoice_centred": Plan(
        head="centre", meta="inline", ruled="head", totals="wide", columns=_FULL
    ),
    "invoice_freelancer": Plan(
        head="mirrored",
        meta="right",
        ruled="",
        trades=("services",),
        count=(1, 5),
        columns=(("description", "amount"), ("description", "quantity", "price", "amount")),
    ),
    "invoice_grid": Plan(head="split", meta="boxed", ruled="grid", totals="boxed", columns=_CODED),
    "invoice_mirrored": Plan(
        head="mirrored", meta="boxed", striped=True, totals="right", payment="left"
    ),
    "invoice_quantity_first": Plan(
        head="centre",
        meta="right",
        ruled="rows",
        totals="band",
        columns=(
            ("quantity", "description", "price", "amount"),
            ("quantity", "code", "description", "amount"),
        ),
    ),
    "invoice_sidebar": Plan(head="sidebar", meta="row", ruled="rows", totals="right"),
    "invoice_letter": Plan(
        head="letter",
        meta="inline",
        ruled="",
        totals="wide",
        payment="foot",
        trades=("services",),
        columns=(("position", "description", "amount"), ("description", "quantity", "amount")),
        count=(1, 6),
    ),
}
_KEPT_OUT = {"invoice_sidebar", "invoice_letter"}

LAYOUTS = tuple(
    Layout(name=name, kind="invoice", build=partial(build, plan), kept_out=name in _KEPT_OUT)
    for name, plan in _PLANS.items()
)
