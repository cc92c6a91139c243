"""The parts of a till receipt: header, meta rows, items in five styles, totals, payment."""

from dataclasses import dataclass
from random import Random

from ..content import Item, Purchase, Seller, tendered
from ..lexicon.labels import label, title
from ..lexicon.people import FIRST
from ..lexicon.prose import LOCAL_FOOTERS, RECEIPT_FOOTERS
from ..page import Page
from ..values import Locale, clock, digits, pick_day, serial
from .base import short_tag, tag


@dataclass(kw_only=True)
class Till:
    """What one receipt keeps the same from top to bottom."""

    page: Page
    loc: Locale
    seller: Seller
    purchase: Purchase
    joint: str
    marked: str

    def amount(self, value: float, main: bool = False) -> str:
        """An amount, with the currency sign where this receipt prints it."""
        if self.marked == "all" or (self.marked == "total" and main):
            return self.loc.money(value)
        return self.loc.number(value)


def header(till: Till, align: str, logo: bool, owner: bool = False) -> None:
    """Company, registration, address, contact."""
    page, loc, seller, rng = till.page, till.loc, till.seller, till.page.rng
    if logo:
        x = {"l": page.margin, "c": page.width / 2 - 34, "r": page.right - 68}[align]
        page.blob(x, page.y, x + 68, page.y + 52, page.ink)
        page.y += 62
    if owner:
        page.line(f"{rng.choice(FIRST)} {rng.choice(FIRST)} {rng.choice(FIRST)}", align)
    big = page.size * rng.choice((1.0, 1.15, 1.3, 1.5))
    lines = page.paragraph(seller.name, page.margin, None, bold=True, size=big, align=align)
    page.field("company", seller.name, lines)
    if seller.company_number:
        if rng.random() < 0.5:
            line = page.line(f"({seller.company_number})", align)
            page.field("company_number", seller.company_number, line)
        else:
            _centred(till, "company_number", seller.company_number, align)
    small = page.size * rng.choice((1.0, 1.0, 0.92))
    where = []
    for row in _rows_of(rng, seller.address):
        where.append(page.line(row, align, size=small))
    page.field("address", " ".join(page.runs[i].text for i in where), tuple(where))
    if seller.phone and seller.fax and rng.random() < 0.4:
        first, second = tag(rng, page, "phone", loc), tag(rng, page, "fax", loc)
        text = f"{first}{till.joint}{seller.phone} {second}{till.joint}{seller.fax}"
        line = page.line(text, align)
        page.field("phone", seller.phone, line, first)
        page.field("fax", seller.fax, line, second)
    else:
        for key in ("phone", "fax"):
            if getattr(seller, key):
                _centred(till, key, getattr(seller, key), align)
    for key in ("tax_number", "website", "email"):
        value = getattr(seller, key)
        if not value:
            continue
        if key == "tax_number":
            _centred(till, key, value, align)
        else:
            page.field(key, value, page.line(value, align))
    page.y += page.size * 0.5


def _rows_of(rng: Random, rows: tuple[str, ...]) -> list[str]:
    """An address with two of its rows joined now and then."""
    if len(rows) > 2 and rng.random() < 0.4:
        return [f"{rows[0]} {rows[1]}", *rows[2:]]
    if len(rows) == 2 and rng.random() < 0.25:
        return [f"{rows[0].rstrip(',')}, {rows[1]}"]
    return list(rows)


def _centred(till: Till, key: str, value: str, align: str) -> None:
    page = till.page
    shown = tag(page.rng, page, key, till.loc)
    line = page.line(f"{shown}{till.joint}{value}", align)
    page.field(key, value, line, shown)


def heading(till: Till, align: str) -> None:
    """The title of the slip, if it has one."""
    page = till.page
    if page.rng.random() < 0.7:
        line = page.line(title(page.rng, "receipt", till.loc.lang), align, bold=True)
        page.title_lines = (line,)
        page.y += page.size * 0.3


def meta(till: Till, keys: list[str], style: str) -> None:
    """Numbers, date, time, cashier and the like: one per row, in columns, or two to a row."""
    page, loc, rng = till.page, till.loc, till.page.rng
    day, hour = loc.date(pick_day(rng)), clock(rng, loc.lang)
    till_values = {
        "receipt_number": serial(rng, "CS|R|TD|INV|A|T|#"),
        "date": day,
        "time": hour,
        "cashier": rng.choice(FIRST)
        if rng.random() < 0.7
        else f"{rng.choice('ABC')}{digits(rng, 3)}",
        "table_number": str(rng.randint(1, 48)),
        "guests": str(rng.randint(1, 9)),
        "member_number": digits(rng, 8),
        "pump": str(rng.randint(1, 12)),
        "order_number": str(rng.randint(1, 399)),
    }
    keys = list(keys)
    joined = "date" in keys and "time" in keys and rng.random() < 0.45
    if joined:
        keys.remove("time")
    bare = rng.random() < 0.15
    x2 = page.margin + (page.right - page.margin) * rng.uniform(0.36, 0.46)
    half = page.margin + (page.right - page.margin) * 0.54
    column = 0
    for key in keys:
        value = till_values[key]
        shown = tag(rng, page, key, loc)
        both = key == "date" and joined
        text = f"{value} {hour}" if both else value
        if key == "date" and bare:
            if column % 2:
                page.y += page.step
                column += 1
            line = page.text(text, page.margin)
            page.field("date", value, line)
            if both:
                page.field("time", hour, line)
            page.y += page.step
            continue
        x = page.margin
        advance = True
        if style == "halves" and not both:
            x = half if column % 2 else page.margin
            advance = bool(column % 2)
            column += 1
        if style == "columns":
            line = page.pair(
                "", shown, text, x, mode="apart", x2=x2, separator=rng.choice((":", " :", ""))
            )
        else:
            room = (page.right - page.margin) * (0.45 if style == "halves" and not both else 1.0)
            if both and column % 2:
                page.y += page.step
                column += 1
            line = page.pair("", shown, text, x, separator=till.joint, fit=room, advance=advance)
        page.field(key, value, line, shown)
        if both:
            page.field("time", hour, line, shown)
    if column % 2:
        page.y += page.step
    page.y += page.size * 0.3


def items(till: Till, style: str, headed: bool) -> None:
    """The things bought, in one of five printed styles."""
    page, loc, purchase, rng = till.page, till.loc, till.purchase, till.page.rng
    left, right = page.margin, page.right
    width = right - left
    flag = rng.choice(("", "", "", " S", " T", " A", " SR"))
    if style == "columns":
        columns, order = ("description", "quantity", "price", "amount"), (0.0, 0.58, 0.77, 1.0)
        rooms = (0.44, 0.11, 0.16, 0.20)
    elif style == "quantity_first":
        columns, order = ("quantity", "description", "amount"), (0.0, 0.10, 1.0)
        rooms = (0.09, 0.6, 0.25)
    elif style == "name_amount":
        columns, order = ("description", "amount"), (0.0, 1.0)
        rooms = (0.6, 0.35)
    else:
        columns, order = ("description", "quantity", "price", "amount"), (0.0, 0.30, 0.58, 1.0)
        rooms = (0.18, 0.11, 0.25, 0.36)
    heads: list[int | None] = [None] * len(columns)
    if headed:
        for i, (key, at) in enumerate(zip(columns, order, strict=True)):
            mark = ""
            if key == "amount" and not till.marked and rng.random() < 0.4:
                mark = f" ({loc.symbol})"
            text = short_tag(page, "col_" + key, loc, width * rooms[i], mark)
            heads[i] = page.text(
                text, left + width * at, align="l" if at < 0.2 else "r", fit=width * rooms[i]
            )
        page.y += page.step
        page.rule(page.y - 2, dash=rng.random() < 0.6)
        page.y += page.size * 0.3
    rows = []
    for item in purchase.items:
        rows.append(_item_row(till, item, style, flag, left, width))
    page.table("item", columns, tuple(heads), rows, [item.spoken for item in purchase.items])
    page.y += page.size * 0.2


def _quantity(loc: Locale, item: Item) -> str:
    whole = item.quantity == int(item.quantity)
    return str(int(item.quantity)) if whole else loc.number(item.quantity)


def _item_row(
    till: Till, item: Item, style: str, flag: str, left: float, width: float
) -> tuple[int | None, ...]:
    page, loc, rng = till.page, till.loc, till.page.rng
    right = left + width
    count, amount = _quantity(loc, item), till.amount(item.amount) + flag
    if style == "columns":
        row = (
            page.text(item.name, left, fit=width * 0.48),
            page.text(count, left + width * 0.58, align="r"),
            page.text(till.amount(item.price), left + width * 0.77, align="r", fit=width * 0.16),
            page.text(amount, right, align="r", fit=width * 0.20),
        )
    elif style == "quantity_first":
        row = (
            page.text(count, left),
            page.text(item.name, left + width * 0.10, fit=width * 0.64),
            page.text(amount, right, align="r", fit=width * 0.24),
        )
    elif style == "name_amount":
        row = (
            page.text(item.name, left, fit=width * 0.72),
            page.text(amount, right, align="r", fit=width * 0.26),
        )
        if item.quantity != 1:
            page.y += page.step
            times = rng.choice((" x ", " @ ", "x"))
            page.text(f"{count}{times}{till.amount(item.price)}", left + width * 0.08)
    else:
        code = style == "code_above"
        if code:
            page.text(item.code, left, fit=width * 0.36)
            name = page.text(item.name, left + width * 0.40, fit=width * 0.6)
        else:
            name = page.text(item.name, left, fit=width)
        page.y += page.step
        row = (
            name,
            page.text(count, left + width * 0.30, align="r"),
            page.text(till.amount(item.price), left + width * 0.58, align="r", fit=width * 0.24),
            page.text(amount, right, align="r", fit=width * 0.3),
        )
        if rng.random() < 0.5 and page.runs[row[2]].width < width * 0.2:
            page.text("x", left + width * 0.335, align="c")
    page.y += page.step
    return row


def totals(till: Till, style: str, rule: bool) -> None:
    """The figures below the items: the total stands among look-alikes."""
    page, loc, p, rng = till.page, till.loc, till.purchase, till.page.rng
    if rule:
        page.rule(page.y, dash=rng.random() < 0.5)
        page.y += page.size * 0.5
    if rng.random() < 0.35:
        count = sum(
            int(item.quantity) if item.quantity == int(item.quantity) else 1 for item in p.items
        )
        _sum_row(till, "quantity_total", str(count), style)
    many = bool(p.discount or p.service or (p.tax and not p.inclusive))
    if many or rng.random() < 0.5:
        _sum_row(till, "subtotal", till.amount(p.subtotal), style)
    if p.discount:
        _sum_row(till, "discount", till.amount(-p.discount), style)
    if p.service:
        _sum_row(till, "service_charge", till.amount(p.service), style)
    if p.tax and not p.inclusive:
        if loc.region == "in" and rng.random() < 0.6:
            half = f"{loc.tax_rate / 2:g}%"
            for name in ("CGST", "SGST"):
                _sum_row(till, "", till.amount(p.tax / 2), style, f"{name} @ {half}")
            page.blocked.add("tax")
        else:
            _sum_row(till, "tax", till.amount(p.tax), style)
    elif p.tax and rng.random() < 0.25:
        _sum_row(till, "", till.amount(p.net), style, "Total Excl. Tax")
        page.blocked |= {"subtotal"}
        _sum_row(till, "tax", till.amount(p.tax), style)
    if p.rounding or (loc.region == "my" and rng.random() < 0.5):
        _sum_row(
            till,
            "",
            till.amount(p.gross),
            style,
            rng.choice(("Total Sales", "Total incl. GST", "Bill Amount")),
        )
        _sum_row(till, "rounding", till.amount(p.rounding), style)
        shown = rng.choice(
            (
                "Rounded Total",
                "Total Amt Rounded",
                "Total Payable",
                "Net Total",
                "TOTAL",
                "Amount Due",
            )
        )
        _sum_row(till, "total", till.amount(p.total, True), style, shown)
    else:
        _sum_row(till, "total", till.amount(p.total, True), style)


def _sum_row(till: Till, key: str, value: str, style: str, shown: str = "") -> None:
    page, rng = till.page, till.page.rng
    text = shown or tag(rng, page, key, till.loc)
    main = key == "total"
    if main and not till.marked and rng.random() < 0.4:
        text = f"{text} ({till.loc.symbol})"
    width = page.right - page.margin
    size = page.size * (rng.choice((1.0, 1.15, 1.35)) if main else 1.0)
    bold = main and rng.random() < 0.6
    joint = ":" if till.joint.strip() == ":" and rng.random() < 0.7 else ""
    if style == "right":
        edge = page.margin + width * 0.66
        page.text(text + joint, edge, align="r", bold=bold, size=size, fit=width * 0.62)
        line = page.text(value, page.right, align="r", bold=bold, size=size, fit=width * 0.32)
    elif style == "middle":
        page.text(text + joint, page.margin + width * 0.28, bold=bold, size=size, fit=width * 0.40)
        line = page.text(value, page.right, align="r", bold=bold, size=size, fit=width * 0.28)
    else:
        page.text(text + joint, page.margin, bold=bold, size=size, fit=width * 0.62)
        line = page.text(value, page.right, align="r", bold=bold, size=size, fit=width * 0.34)
    if key:
        page.field(key, value, line, text)
    page.y += size * page.leading


def payment(till: Till, style: str, tip: bool = False) -> None:
    """Cash and change, or a card."""
    page, loc, rng = till.page, till.loc, till.page.rng
    total = till.purchase.total
    if tip:
        extra = round(total * rng.choice((0.1, 0.15, 0.18, 0.2)), 2)
        _sum_row(till, "tip", till.amount(extra), style)
        page.blocked.add("change")
    if rng.random() < 0.6 and not tip:
        given = tendered(rng, total)
        shown = tag(rng, page, "cash", loc)
        page.y += page.size * 0.2
        _sum_row(till, "cash", till.amount(given), style, shown)
        page.field("payment_method", shown, len(page.runs) - 2, "")
        if given > total or rng.random() < 0.7:
            _sum_row(till, "change", till.amount(round(given - total, 2)), style)
    elif rng.random() < 0.85:
        card = rng.choice(
            ("VISA", "Mastercard", "Debit Card", "AMEX", "Maestro", "Credit Card", "Contactless")
        )
        _sum_row(till, "", till.amount(total, True), style, card)
        page.field("payment_method", card, len(page.runs) - 2, "")
        if rng.random() < 0.6:
            number = rng.choice(("**** **** **** ", "XXXX XXXX XXXX ", "************")) + digits(
                rng, 4
            )
            shown = label(rng, "card_number", loc.lang)
            page.pair("card_number", shown, number, page.margin, separator=till.joint)
        page.y += page.size * 0.2


def tax_summary(till: Till) -> None:
    """A small table of tax by rate: more look-alike amounts."""
    page, loc, p, rng = till.page, till.loc, till.purchase, till.page.rng
    if not p.tax:
        return
    page.y += page.size * 0.4
    name = {"my": "GST", "in": "GST", "us": "Tax", "de": "MwSt", "fr": "TVA", "es": "IVA",
            "it": "IVA", "nl": "BTW"}.get(loc.region, "VAT")  # fmt: skip
    page.line(f"{name} {rng.choice(('Summary', 'Analysis', 'Breakdown'))}", rng.choice("lc"))
    width = page.right - page.margin
    at = (0.0, 0.52, 1.0)
    heads = (f"{name} %", f"Net ({loc.symbol})", f"Tax ({loc.symbol})")
    cells = (f"{loc.tax_rate:g}%", loc.number(p.net), loc.number(p.tax))
    for texts in (heads, cells):
        for text, share in zip(texts, at, strict=True):
            page.text(text, page.margin + width * share, align="l" if share == 0 else "r")
        page.y += page.step
    page.y += page.size * 0.2


def footer(till: Till) -> None:
    """Thanks, rules of exchange, a bar code."""
    page, rng = till.page, till.page.rng
    page.y += page.size * 0.6
    pool = LOCAL_FOOTERS.get(till.loc.lang) or tuple(RECEIPT_FOOTERS)
    for text in rng.sample(pool, rng.randint(1, 3)):
        page.paragraph(text, page.margin, None, align="c")
    if rng.random() < 0.3:
        page.y += 8
        page.bars(page.width * 0.2, page.y, page.width * 0.8, page.y + 46)
        page.y += 58
