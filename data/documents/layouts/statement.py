"""Bank and card statements."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from ..lexicon.companies import company
from ..lexicon.labels import title
from ..lexicon.people import person
from ..lexicon.places import address, phone
from ..lexicon.prose import TRANSACTIONS
from ..page import Page
from ..values import Locale, digits, iban, pick_day
from .base import ACCENTS, PALE, WHITE, Layout, address_block, separator, start, tag


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one statement layout is put together.

    Attributes:
        head: left, band or right.
        facts: apart, row or inline.
        balance: whether a running balance column is printed.
        dense: passbook style, no rules, date last.
    """

    head: str = "left"
    facts: str = "apart"
    balance: bool = True
    card: bool = False
    dense: bool = False
    striped: bool = False


def build(plan: Plan, rng: Random) -> Page:
    """Set one statement after a plan."""
    page, loc = start(rng, width=(680, 820), size=(14.5, 17.5), margin=(42, 68))
    bank = company(rng, loc.region, "bank")
    accent = rng.choice(ACCENTS)
    _head(page, loc, plan, bank, accent)
    count = rng.randint(4, 11)
    day = pick_day(rng)
    days = [day + timedelta(days=d) for d in sorted(rng.sample(range(30), count))]
    names = rng.sample(TRANSACTIONS, count)
    start_balance = round(rng.uniform(80, 6000) * loc.scale, 2)
    balance, rows = start_balance, []
    shape = (
        rng.choice((None, None, "{d:02}/{m:02}", "{d:02} {mon}")) if loc.region != "us" else None
    )
    for when, name in zip(days, names, strict=True):
        amount = loc.price(rng, 3, 900)
        if name not in (
            "Salary",
            "Refund",
            "Interest",
            "Cash deposit",
            "Cheque deposit",
            "Tax refund",
            "Child benefit",
        ):
            amount = -amount
        balance = round(balance + amount, 2)
        rows.append((loc.date(when, shape), name, _signed(loc, amount), loc.number(balance)))
    facts = _facts(page, loc, plan, days[0].replace(day=1), start_balance, balance)
    _write_facts(page, loc, plan, facts)
    page.y += page.size
    _transactions(page, plan, rows, accent)
    if rng.random() < 0.5 and plan.facts != "row":
        page.rule(page.y)
        page.y += 6
        page.pair("closing_balance", tag(rng, page, "closing_balance", loc), loc.money(balance),
                  page.margin, mode="apart", align="r", bold=True)  # fmt: skip
    page.height = max(page.y + page.margin, page.width * rng.uniform(0.8, 1.2))
    return page


def _signed(loc: Locale, amount: float) -> str:
    return f"{'+' if amount > 0 and loc.lang == 'de' else ''}{loc.number(amount)}"


def _head(page: Page, loc: Locale, plan: Plan, bank: str, accent: tuple[int, int, int]) -> None:
    rng = page.rng
    align = "r" if plan.head == "right" else "l"
    x = page.right if align == "r" else page.margin
    colour = accent
    if plan.head == "band":
        page.fill(0, 0, page.width, page.size * 3.6, accent)
        page.y, colour = page.size * 1.1, WHITE
    line = page.line(bank, align, bold=True, size=page.size * 1.4, colour=colour)
    page.field("bank_name", bank, line)
    if plan.head == "band":
        page.y = page.size * 4.4
    page.blocked |= {"company", "bank"}
    if rng.random() < 0.5:
        address_block(
            page, "address", tuple(address(rng, loc.region)), x, align=align, size=page.size * 0.9
        )
    if rng.random() < 0.5:
        page.pair("phone", tag(rng, page, "phone", loc), phone(rng, loc.region), x, align=align,
                  size=page.size * 0.9)  # fmt: skip
    page.y += page.size * 0.6
    heading = (
        title(rng, "statement", loc.lang)
        if not plan.card
        else rng.choice(("Credit Card Statement", "Card Statement"))
    )
    page.title_lines = (page.line(heading, bold=True, size=page.size * 1.5),)
    page.y += page.size * 0.4
    holder = person(rng)
    if rng.random() < 0.5:
        page.field("account_holder", holder, page.line(holder))
        address_block(page, "customer_address", tuple(address(rng, loc.region)), page.margin)
        page.y += page.size * 0.6
    else:
        page.pair("account_holder", tag(rng, page, "account_holder", loc), holder, page.margin)


def _facts(
    page: Page, loc: Locale, plan: Plan, first: date, start_balance: float, end_balance: float
) -> list[tuple[str, str]]:
    rng = page.rng
    facts = [("account_number", digits(rng, 10))]
    if plan.card:
        facts = [("card_number", "**** **** **** " + digits(rng, 4))]
        facts.append(("credit_limit", loc.money(rng.choice((500, 1000, 2500, 5000)) * loc.scale)))
        facts.append(("minimum_payment", loc.money(loc.price(rng, 5, 60))))
        facts.append(("due_date", loc.date(first + timedelta(days=50))))
    elif rng.random() < 0.5:
        facts = [("iban", iban(rng, loc.region))]
    if rng.random() < 0.7:
        facts.append(("period", f"{loc.date(first)} - {loc.date(first + timedelta(days=59))}"))
    facts.append(("opening_balance", loc.money(start_balance)))
    if plan.facts == "row" or rng.random() < 0.6:
        facts.append(("closing_balance", loc.money(end_balance)))
    return facts


def _write_facts(page: Page, loc: Locale, plan: Plan, facts: list[tuple[str, str]]) -> None:
    rng = page.rng
    joint = separator(rng)
    if plan.facts == "row":
        page.y += page.size * 0.5
        across = min(3, len(facts))
        room = (page.right - page.margin) / across
        rows = -(-len(facts) // across)
        page.fill(
            page.margin, page.y - 4, page.right, page.y + rows * page.size * 3 + 2, rng.choice(PALE)
        )
        for i, (key, value) in enumerate(facts):
            page.pair(key, tag(rng, page, key, loc), value, page.margin + (i % across) * room + 8,
                      mode="below", fit=room - 14, advance=False, value_bold=True)  # fmt: skip
            if i % across == across - 1 or i == len(facts) - 1:
                page.y += page.size * 3
        return
    x2 = page.margin + (page.right - page.margin) * 0.42
    for key, value in facts:
        mode = "apart" if plan.facts == "apart" else "inline"
        page.pair(
            key, tag(rng, page, key, loc), value, page.margin, mode=mode, x2=x2, separator=joint
        )


def _transactions(
    page: Page, plan: Plan, rows: list[tuple[str, ...]], accent: tuple[int, int, int]
) -> None:
    rng = page.rng
    left, right = page.margin, page.right
    width = right - left
    columns: tuple[str, ...] = ("date", "description", "amount", "balance")
    spots = (
        (left + 4, "l", 0.18),
        (left + width * 0.22, "l", 0.38),
        (left + width * 0.80, "r", 0.18),
        (right - 4, "r", 0.17),
    )
    heads: tuple[str, ...] = (
        rng.choice(("Date", "Booked", "Day")),
        rng.choice(("Description", "Details", "Transaction")),
        rng.choice(("Amount", "In/Out", "Value")),
        rng.choice(("Balance", "Saldo", "Running balance")),
    )
    order = [0, 1, 2, 3] if plan.balance else [0, 1, 2]
    if not plan.balance:
        spots = (*spots[:2], (right - 4, "r", 0.25), spots[3])
    if plan.dense:
        order = [1, 2, 0]
        spots = ((right - 4, "r", 0.2), (left, "l", 0.4), (left + width * 0.66, "r", 0.2), spots[3])
    head_lines: tuple[int | None, ...] = (None,) * len(order)
    if not plan.dense or rng.random() < 0.5:
        colour = None
        if plan.striped:
            page.fill(left, page.y - 4, right, page.y + page.step, accent)
            colour = WHITE
        head_lines = tuple(
            page.text(
                heads[i],
                spots[i][0],
                align=spots[i][1],
                bold=True,
                fit=width * spots[i][2],
                colour=colour,
            )
            for i in order
        )
        page.y += page.step * 1.2
        if not plan.dense:
            page.rule(page.y - 5)
    tint = rng.choice(PALE)
    lines: list[tuple[int | None, ...]] = []
    for number, row in enumerate(rows):
        if plan.striped and number % 2:
            page.fill(left, page.y - 3, right, page.y + page.step * 1.1, tint)
        lines.append(
            tuple(
                page.text(row[i], spots[i][0], align=spots[i][1], fit=width * spots[i][2])
                for i in order
            )
        )
        page.y += page.step * (1.05 if plan.dense else 1.2)
    page.table("transaction", tuple(columns[i] for i in order), head_lines, lines)
    page.y += 4


_PLANS = {
    "statement_classic": Plan(),
    "statement_band": Plan(head="band", facts="row", striped=True),
    "statement_card": Plan(head="right", facts="apart", balance=False, card=True),
    "statement_simple": Plan(head="left", facts="inline", balance=False, striped=True),
    "statement_passbook": Plan(head="right", facts="inline", dense=True),
}
LAYOUTS = tuple(
    Layout(
        name=name,
        kind="statement",
        build=partial(build, plan),
        kept_out=name == "statement_passbook",
    )
    for name, plan in _PLANS.items()
)
