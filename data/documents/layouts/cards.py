"""Business cards and badges."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from ..content import Seller, make_seller
from ..lexicon.companies import company, domain
from ..lexicon.labels import label
from ..lexicon.people import DEPARTMENTS, JOBS, NATIONALITIES, handle, person
from ..lexicon.places import phone
from ..lexicon.prose import TALKS
from ..page import Page
from ..values import Locale, digits, pick_day
from .base import ACCENTS, PALE, WHITE, Layout, address_block, start


@dataclass(kw_only=True)
class _Person:
    page: Page
    loc: Locale
    seller: Seller
    name: str
    facts: list[tuple[str, str]]
    accent: tuple[int, int, int]


def _contact(rng: Random, loc: Locale, name: str, firm: str) -> list[tuple[str, str]]:
    site = domain(rng, firm, loc.region)
    facts = [("phone", phone(rng, loc.region))]
    if rng.random() < 0.5:
        facts.append(("mobile", phone(rng, loc.region)))
    if rng.random() < 0.25:
        facts.append(("fax", phone(rng, loc.region)))
    if rng.random() < 0.85:
        facts.append(("email", f"{handle(name)}@{site}"))
    if rng.random() < 0.65:
        facts.append(("website", f"www.{site}"))
    return facts


def _card(style: Callable[[_Person], None], rng: Random) -> Page:
    page, loc = start(rng, width=(560, 660), size=(16.0, 19.0), margin=(30, 48))
    if rng.random() < 0.35:
        page.paper = rng.choice(PALE)
    seller = make_seller(
        rng, loc, rng.choice(("services", "services", "electronics", "restaurant", "bank")), 0.3
    )
    name = person(rng)
    one = _Person(page=page, loc=loc, seller=seller, name=name, accent=rng.choice(ACCENTS),
                  facts=_contact(rng, loc, name, seller.name))  # fmt: skip
    style(one)
    page.height = max(page.y + page.margin * 0.8, page.width * 0.56)
    return page


def _lines(one: _Person, x: float, align: str, fit: float) -> None:
    """Phone, mail and web, with or without labels."""
    page, rng = one.page, one.page.rng
    style = rng.choice(("label", "letter", "bare"))
    for key, value in one.facts:
        if style == "bare" or (key in ("email", "website") and rng.random() < 0.6):
            page.field(key, value, page.text(value, x, align=align, fit=fit, size=page.size * 0.95))
            page.y += page.step
        else:
            shown = label(rng, key)
            if style == "letter":
                shown = shown[0].upper()
            page.pair(key, shown, value, x, align=align, fit=fit, size=page.size * 0.95,
                      separator=rng.choice((": ", " ", ". ")))  # fmt: skip


def _who(
    one: _Person, x: float, align: str, fit: float, colour: tuple[int, int, int] | None = None
) -> None:
    page, rng = one.page, one.page.rng
    line = page.text(
        one.name, x, align=align, bold=True, size=page.size * 1.45, fit=fit, colour=colour
    )
    page.field("name", one.name, line)
    page.y += page.size * 1.95
    if rng.random() < 0.85:
        job = rng.choice(JOBS)
        page.field("job_title", job, page.text(job, x, align=align, fit=fit, colour=colour))
        page.y += page.step


def _firm(
    one: _Person, x: float, align: str, fit: float, colour: tuple[int, int, int] | None = None
) -> None:
    page = one.page
    line = page.text(one.seller.name, x, align=align, bold=True, size=page.size * 1.15, fit=fit,
                     colour=colour or one.accent)  # fmt: skip
    page.field("company", one.seller.name, line)
    page.y += page.size * 1.7


def _card_left(one: _Person) -> None:
    page = one.page
    fit = page.right - page.margin
    _firm(one, page.margin, "l", fit)
    page.y += page.size * 0.8
    _who(one, page.margin, "l", fit)
    page.y += page.size * 0.6
    if page.rng.random() < 0.7:
        address_block(
            page, "address", one.seller.address, page.margin, fit=fit, size=page.size * 0.9
        )
    _lines(one, page.margin, "l", fit)


def _card_centred(one: _Person) -> None:
    page = one.page
    middle, fit = page.width / 2, page.right - page.margin
    _who(one, middle, "c", fit)
    page.rule(page.y + 4, middle - 60, middle + 60, colour=one.accent)
    page.y += page.size
    _firm(one, middle, "c", fit)
    _lines(one, middle, "c", fit)
    if page.rng.random() < 0.6:
        address_block(
            page, "address", one.seller.address, middle, align="c", fit=fit, size=page.size * 0.9
        )


def _card_split(one: _Person) -> None:
    """A coloured half with the person, contact on the other half."""
    page = one.page
    edge = page.width * 0.42
    page.fill(0, 0, edge, page.width * 0.56, one.accent)
    page.y = page.width * 0.16
    _who(one, edge / 2, "c", edge - 24, WHITE)
    page.y = page.margin
    _firm(one, edge + 20, "l", page.right - edge - 20)
    page.y += page.size * 0.6
    _lines(one, edge + 20, "l", page.right - edge - 20)
    if page.rng.random() < 0.7:
        page.y += page.size * 0.4
        address_block(
            page,
            "address",
            one.seller.address,
            edge + 20,
            fit=page.right - edge - 20,
            size=page.size * 0.9,
        )
    page.strokes[0].y1 = max(page.y + page.margin * 0.8, page.width * 0.56)


def _card_corner(one: _Person) -> None:
    """Company in one corner, person bottom left, contact bottom right."""
    page = one.page
    _firm(one, page.right, "r", (page.right - page.margin) * 0.7)
    page.y += page.size * 2.4
    top, middle = page.y, page.width * 0.46
    _who(one, page.margin, "l", middle - page.margin - 16)
    low = page.y
    page.y = top
    _lines(one, page.right, "r", page.right - middle)
    page.y = max(page.y, low)


def _badge_facts(rng: Random, loc: Locale, topic: str) -> list[tuple[str, str]]:
    day = pick_day(rng)
    born = date(1955, 1, 1) + timedelta(days=rng.randrange(365 * 50))
    facts: list[tuple[str, str]] = []

    def add(key: str, value: str, chance: float) -> None:
        if rng.random() < chance:
            facts.append((key, value))

    if topic == "staff":
        add("job_title", rng.choice(JOBS), 0.8)
        add("department", rng.choice(DEPARTMENTS), 0.7)
    add("employee_id", rng.choice(("", "E", "ID-", "S")) + digits(rng, 6), 0.9)
    if topic != "visitor":
        add("birth_date", loc.date(born), 0.45)
        add("issue_date", loc.date(day), 0.45)
        add("nationality", rng.choice(NATIONALITIES), 0.25)
        add("blood_group", rng.choice(("A+", "B+", "0+", "AB-", "0-", "A-")), 0.25)
    add("valid_until", loc.date(day + timedelta(days=rng.choice((1, 365, 730, 1460)))), 0.8)
    if topic == "visitor":
        add("event", rng.choice(TALKS), 0.5)
    return facts


def _badge(
    style: Callable[[_Person, str], None],
    topics: tuple[str, ...],
    width: tuple[int, int],
    rng: Random,
) -> Page:
    page, loc = start(rng, width=width, size=(16.0, 19.5), margin=(24, 36))
    topic = rng.choice(topics)
    trade = (
        "school"
        if topic == "student"
        else rng.choice(("services", "bank", "transport", "electronics"))
    )
    seller = make_seller(rng, loc, trade, 0.0)
    one = _Person(page=page, loc=loc, seller=seller, name=person(rng), accent=rng.choice(ACCENTS),
                  facts=_badge_facts(rng, loc, topic))  # fmt: skip
    head = rng.choice({
        "staff": ("STAFF", "EMPLOYEE CARD", "Staff Pass", "IDENTITY CARD"),
        "student": ("STUDENT CARD", "Student ID", "Library card"),
        "visitor": ("VISITOR", "GUEST", "Conference Pass", "SPEAKER", "PARTICIPANT"),
    }[topic])  # fmt: skip
    style(one, head)
    page.height = page.y + page.margin * 0.8
    return page


def _badge_upright(one: _Person, head: str) -> None:
    page = one.page
    middle, fit = page.width / 2, page.right - page.margin
    page.fill(0, 0, page.width, page.size * 3.2, one.accent)
    page.y = page.size * 0.9
    _firm(one, middle, "c", fit, WHITE)
    page.y = page.size * 4.0
    page.blob(middle - 62, page.y, middle + 62, page.y + 140, (150, 150, 160))
    page.y += 152
    line = page.text(one.name, middle, align="c", bold=True, size=page.size * 1.5, fit=fit)
    page.field("name", one.name, line)
    page.y += page.size * 2
    for key, value in one.facts:
        if key in ("job_title", "department") and page.rng.random() < 0.7:
            page.field(key, value, page.line(value, "c"))
        else:
            page.pair(key, label(page.rng, key), value, middle, align="c", fit=fit)
    page.title_lines = (page.line(head, "c", bold=True, size=page.size * 1.3, colour=one.accent),)


def _badge_wide(one: _Person, head: str) -> None:
    page = one.page
    page.title_lines = (page.line(head, "r", bold=True, size=page.size * 1.2, colour=one.accent),)
    page.y = page.margin
    _firm(one, page.margin, "l", (page.right - page.margin) * 0.6)
    page.rule(page.y, colour=one.accent, weight=3)
    page.y += page.size * 0.8
    top = page.y
    page.blob(page.margin, top, page.margin + 120, top + 150, (150, 150, 160))
    x = page.margin + 142
    page.pair(
        "name",
        label(page.rng, "name"),
        one.name,
        x,
        mode="below",
        value_bold=True,
        fit=page.right - x,
    )
    page.y += page.size * 0.4
    for key, value in one.facts:
        page.pair(key, label(page.rng, key), value, x, mode="apart", x2=x + (page.right - x) * 0.44,
                  separator=":", fit=(page.right - x) * 0.55)  # fmt: skip
    page.y = max(page.y, top + 160)


def _badge_name_tag(one: _Person, head: str) -> None:
    page = one.page
    middle, fit = page.width / 2, page.right - page.margin
    page.title_lines = (page.line(head, "c", bold=True, size=page.size * 1.2, colour=one.accent),)
    page.y += page.size * 0.8
    size = page.size * 2.2
    page.field(
        "name", one.name, page.text(one.name, middle, align="c", bold=True, size=size, fit=fit)
    )
    page.y += size * 1.5
    firm = company(page.rng, one.loc.region, "services")
    page.field("company", firm, page.line(firm, "c"))
    page.rule(page.y + 6, colour=one.accent)
    page.y += page.size
    for key, value in one.facts:
        page.pair(key, label(page.rng, key), value, middle, align="c", fit=fit)


def _badge_back(one: _Person, head: str) -> None:
    """Facts left in cells, portrait right, name at the foot."""
    page = one.page
    page.title_lines = (page.line(head, "l", bold=True, colour=one.accent),)
    page.y += page.size * 0.4
    top = page.y
    page.blob(page.right - 120, top, page.right, top + 150, (150, 150, 160))
    room = (page.right - page.margin - 140) / 2
    for i, (key, value) in enumerate(one.facts):
        page.pair(key, label(page.rng, key), value, page.margin + (i % 2) * room, mode="below",
                  fit=room - 10, advance=False)  # fmt: skip
        if i % 2 or i == len(one.facts) - 1:
            page.y += page.size * 3
    page.y = max(page.y, top + 160)
    page.rule(colour=one.accent)
    page.y += page.size * 0.5
    page.field("name", one.name, page.line(one.name, "r", bold=True, size=page.size * 1.3))
    page.field("company", one.seller.name, page.line(one.seller.name, "r"))


_CARDS = {
    "card_left": _card_left,
    "card_centred": _card_centred,
    "card_split": _card_split,
    "card_corner": _card_corner,
}
_BADGES: dict[str, tuple[Callable[[_Person, str], None], tuple[str, ...], tuple[int, int]]] = {
    "badge_upright": (_badge_upright, ("staff", "student"), (400, 480)),
    "badge_wide": (_badge_wide, ("staff", "student"), (580, 680)),
    "badge_name_tag": (_badge_name_tag, ("visitor",), (520, 620)),
    "badge_back": (_badge_back, ("staff", "student"), (580, 680)),
}
_KEPT_OUT = {"card_corner", "badge_back"}
LAYOUTS = tuple(
    Layout(name=name, kind="card", build=partial(_card, style), kept_out=name in _KEPT_OUT)
    for name, style in _CARDS.items()
) + tuple(
    Layout(name=name, kind="badge", build=partial(_badge, *parts), kept_out=name in _KEPT_OUT)
    for name, parts in _BADGES.items()
)  # fmt: skip
