"""Tickets: train, bus, plane, concert, cinema, parking, ferry."""
# ruff: noqa: E501 - tables of phrases, one row per thing

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from ..lexicon.companies import company
from ..lexicon.labels import label
from ..lexicon.people import person
from ..lexicon.places import AIRPORTS, TRAIN_CITIES, VENUES
from ..lexicon.prose import EVENTS
from ..page import Page
from ..values import Locale, digits, pick_day
from .base import ACCENTS, PALE, WHITE, Layout, separator, start


@dataclass(kw_only=True)
class _Ticket:
    page: Page
    loc: Locale
    facts: dict[str, str]
    company: str
    head: str

    def shown(self, key: str) -> str:
        if key == "price" and "event" in self.facts:
            key = "admission"
        return self.page.case(label(self.page.rng, key, self.loc.lang))


def _code(rng: Random, count: int = 6) -> str:
    return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(count))


def _hour(rng: Random, low: int, high: int) -> tuple[str, int]:
    minutes = rng.randint(low * 60, high * 60 - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}", minutes


def _later(rng: Random, minutes: int, low: int, high: int) -> str:
    total = (minutes + rng.randint(low, high)) % (24 * 60)
    return f"{total // 60:02}:{total % 60:02}"


def _keep(rng: Random, facts: dict[str, str], always: tuple[str, ...]) -> dict[str, str]:
    return {k: v for k, v in facts.items() if k in always or rng.random() < 0.68}


def _train(rng: Random, loc: Locale) -> dict[str, str]:
    origin, destination = rng.sample(TRAIN_CITIES, 2)
    leaves, minutes = _hour(rng, 5, 20)
    return _keep(rng, {
        "origin": origin, "destination": destination, "travel_date": loc.date(pick_day(rng)),
        "departure_time": leaves, "arrival_time": _later(rng, minutes, 35, 400),
        "train_number": rng.choice(("IC ", "RE ", "TGV ", "EC ", "ICE ", "R", "")) + digits(rng, 3),
        "coach": str(rng.randint(1, 22)), "seat": f"{rng.randint(1, 99)}{rng.choice(('', '', 'A', 'D'))}",
        "platform": str(rng.randint(1, 18)), "class": rng.choice(("2", "1", "Second", "First", "Standard", "2nd")),
        "passenger": person(rng), "price": loc.money(loc.price(rng, 8, 160)),
        "booking_reference": _code(rng), "ticket_number": digits(rng, 9),
    }, ("origin", "destination", "travel_date", "price"))  # fmt: skip


def _bus(rng: Random, loc: Locale) -> dict[str, str]:
    facts = _train(rng, loc)
    for key in ("coach", "train_number", "class"):
        facts.pop(key, None)
    facts["departure_time"] = _hour(rng, 5, 22)[0]
    return facts


def _plane(rng: Random, loc: Locale) -> dict[str, str]:
    origin, destination = rng.sample(AIRPORTS, 2)
    leaves, minutes = _hour(rng, 6, 22)
    name = person(rng)
    first, last = name.rsplit(" ", 1)
    shown = f"{last.upper()}/{first.upper()}" if rng.random() < 0.5 else name
    return _keep(rng, {
        "passenger": shown, "origin": origin, "destination": destination,
        "flight_number": rng.choice(("BA", "LH", "MH", "AF", "KL", "SQ", "UA", "DL", "EK")) + rng.choice(("", " ")) + digits(rng, 3),
        "travel_date": loc.date(pick_day(rng), rng.choice((None, "{d:02} {mon}", "{d:02} {mon} {y}"))),
        "departure_time": leaves, "boarding_time": _later(rng, minutes, -60, -30),
        "gate": f"{rng.choice('ABCDE')}{rng.randint(1, 59)}", "seat": f"{rng.randint(1, 42)}{rng.choice('ABCDEF')}",
        "class": rng.choice(("Economy", "Business", "Y", "Premium Economy", "First")),
        "booking_reference": _code(rng), "ticket_number": digits(rng, 13), "arrival_time": _later(rng, minutes, 70, 500),
    }, ("passenger", "origin", "destination", "flight_number"))  # fmt: skip


def _show(rng: Random, loc: Locale) -> dict[str, str]:
    starts, minutes = _hour(rng, 16, 22)
    return _keep(rng, {
        "event": rng.choice(EVENTS), "venue": rng.choice(VENUES), "event_date": loc.date(pick_day(rng)),
        "event_time": starts, "doors": _later(rng, minutes, -90, -30),
        "section": rng.choice(("A", "B", "Stalls", "Balcony", "North", "Circle", "112", "C4")),
        "row": rng.choice((str(rng.randint(1, 40)), rng.choice("ABCDEFGHKLM"))), "seat": str(rng.randint(1, 60)),
        "price": loc.money(loc.price(rng, 9, 140)), "ticket_number": digits(rng, 8), "booking_reference": _code(rng, 8),
        "organizer": company(rng, loc.region, "services"),
    }, ("event", "venue", "event_date"))  # fmt: skip


def _parking(rng: Random, loc: Locale) -> dict[str, str]:
    arrives, minutes = _hour(rng, 6, 20)
    plate = f"{''.join(rng.choice('ABCDEFGHKLMPRSTVWX') for _ in range(3))} {digits(rng, rng.choice((3, 4)))}"
    return _keep(rng, {
        "plate": plate, "travel_date": loc.date(pick_day(rng)), "arrival_time": arrives,
        "valid_until": _later(rng, minutes, 60, 600), "price": loc.money(loc.price(rng, 1, 25)),
        "ticket_number": digits(rng, 7), "section": rng.choice(("A", "B2", "Level 3", "P4", "North")),
    }, ("travel_date", "price", "valid_until"))  # fmt: skip


def _build(
    style: Callable[[_Ticket], None], facts: Callable[[Random, Locale], dict[str, str]], trade: str,
    heads: tuple[str, ...], width: tuple[int, int], rng: Random,
) -> Page:  # fmt: skip
    page, loc = start(rng, width=width, size=(15.5, 19.5), margin=(26, 44))
    page.upper = rng.random() < 0.2
    if rng.random() < 0.35:
        page.paper = rng.choice(PALE)
    ticket = _Ticket(page=page, loc=loc, facts=facts(rng, loc), company=company(rng, loc.region, trade), head=rng.choice(heads))  # fmt: skip
    style(ticket)
    page.height = max(page.y + page.margin, page.width * 0.34)
    return page


def _head(ticket: _Ticket, band: bool) -> None:
    page, rng = ticket.page, ticket.page.rng
    size = page.size * 1.25
    if band:
        page.fill(0, 0, page.width, page.size * 3.0, rng.choice(ACCENTS))
        page.y = page.size * 0.8
    colour = WHITE if band else None
    room = (page.right - page.margin) * 0.5
    line = page.text(ticket.company, page.margin, bold=True, size=size, colour=colour, fit=room)
    page.field("company", ticket.company, line)
    mark = page.text(ticket.head, page.right, align="r", size=size, colour=colour, fit=room * 0.9)
    page.title_lines = (mark,)
    page.y = page.size * 3.6 if band else page.y + page.size * 2.2


def _cells(ticket: _Ticket, keys: list[str], x0: float, x1: float, across: int) -> None:
    """Facts as cells, label above value, `across` to a row."""
    page = ticket.page
    room = (x1 - x0) / across
    for i, key in enumerate(keys):
        page.pair(
            key, ticket.shown(key), ticket.facts[key], x0 + (i % across) * room, mode="below",
            fit=room - 12, value_bold=True, advance=False,
        )  # fmt: skip
        if i % across == across - 1 or i == len(keys) - 1:
            page.y += page.size * 3.0


def _grid(ticket: _Ticket) -> None:
    """A band, then cells; a code block right."""
    page, rng = ticket.page, ticket.page.rng
    _head(ticket, True)
    side = 130.0 if rng.random() < 0.7 else 0.0
    top = page.y
    _cells(ticket, list(ticket.facts), page.margin, page.right - side - 10, rng.choice((3, 4)))
    if side:
        page.bars(page.right - side + 14, top, page.right, top + side - 14, square=True)
        page.y = max(page.y, top + side)


def _rows(ticket: _Ticket) -> None:
    """Label and value side by side, one fact per row."""
    page, rng = ticket.page, ticket.page.rng
    _head(ticket, False)
    page.rule(page.y - 4)
    x2 = page.margin + (page.right - page.margin) * 0.42
    for key, value in ticket.facts.items():
        page.pair(key, ticket.shown(key), value, page.margin, mode="apart", x2=x2,
                  separator=rng.choice((":", "")), value_bold=True)  # fmt: skip
    page.y += page.size * 0.6
    page.bars(page.margin, page.y, page.right, page.y + 44)
    page.y += 52


def _route(ticket: _Ticket) -> None:
    """Origin and destination large with their times, the rest in cells below."""
    page, facts = ticket.page, ticket.facts
    _head(ticket, page.rng.random() < 0.4)
    middle = page.width / 2
    big = page.size * 1.5
    for key, when, x, align in (
        ("origin", "departure_time", page.margin, "l"), ("destination", "arrival_time", page.right, "r"),
    ):  # fmt: skip
        top = page.y
        page.text(ticket.shown(key), x, align=align, size=page.size * 0.8)
        page.y += page.size * 1.2
        line = page.text(
            facts[key], x, align=align, bold=True, size=big, fit=middle - page.margin - 40
        )
        page.field(key, facts[key], line)
        page.y += big * 1.3
        if when in facts:
            page.pair(when, ticket.shown(when), facts[when], x, align=align, separator=" ")
        page.y = top
    arrow = page.y + page.size * 2.1
    page.rule(arrow, middle - 24, middle + 24, 2.0)
    page.y += page.size * 5.6
    page.rule(dash=True)
    page.y += page.size * 0.6
    rest = [
        k for k in facts if k not in ("origin", "destination", "departure_time", "arrival_time")
    ]
    _cells(ticket, rest, page.margin, page.right, 4)


def _stub(ticket: _Ticket) -> None:
    """A main part and a torn-off stub that repeats some of it."""
    page, facts = ticket.page, ticket.facts
    edge = page.margin + (page.right - page.margin) * 0.70
    _head(ticket, True)
    top = page.y
    _cells(ticket, list(facts), page.margin, edge - 10, 3)
    low = page.y
    for step in range(int(top), int(low), 12):
        page.column_rule(edge, step, step + 6, (120, 120, 120))
    page.y = top
    for key in ("passenger", "event", "seat", "gate", "flight_number", "row"):
        if key in facts:
            page.pair("", ticket.shown(key), facts[key], edge + 14, mode="below",
                      fit=page.right - edge - 16)  # fmt: skip
            page.y += page.size * 0.2
    page.y = max(page.y, low)


def _poster(ticket: _Ticket) -> None:
    """The event large in the middle, the rest in short lines beneath."""
    page, facts, rng = ticket.page, ticket.facts, ticket.page.rng
    middle = page.width / 2
    page.field("company", ticket.company, page.line(ticket.company, "c", size=page.size * 0.9))
    page.y += page.size * 0.4
    size = page.size * 1.9
    lines = page.paragraph(facts["event"], page.margin, None, bold=True, size=size, align="c",
                           colour=rng.choice(ACCENTS))  # fmt: skip
    page.field("event", facts["event"], lines)
    page.field("venue", facts["venue"], page.line(facts["venue"], "c"))
    joint = separator(rng)
    for key, value in facts.items():
        if key not in ("event", "venue"):
            page.pair(key, ticket.shown(key), value, middle, align="c", separator=joint,
                      fit=page.right - page.margin)  # fmt: skip
    page.y += page.size * 0.4
    page.bars(middle - 110, page.y, middle + 110, page.y + 48)
    page.y += 56


def _sentence(ticket: _Ticket) -> None:
    """Values in a frame, each with its label behind it in brackets."""
    page, facts = ticket.page, ticket.facts
    _head(ticket, False)
    top = page.y
    page.y += page.size * 0.7
    middle = page.width / 2
    column = 0
    for key, value in facts.items():
        x = page.margin + 12 if not column else middle + 8
        room = middle - page.margin - 24
        shown = ticket.shown(key)
        line = page.text(f"{value} ({shown})", x, fit=room)
        page.field(key, value, line, shown)
        column = 1 - column
        if not column:
            page.y += page.step * 1.3
    if column:
        page.y += page.step * 1.3
    page.frame(page.margin, top, page.right, page.y, 1.4)
    page.y += page.size


_TRAIN = (_train, "transport", ("TICKET", "Rail Ticket", "Train ticket", "E-Ticket"))
_PLANE = (_plane, "transport", ("BOARDING PASS", "Boarding Pass", "Boarding card"))
_EVENT = (_show, "services", ("ADMIT ONE", "TICKET", "Entrance ticket", "Admission"))
_LIST: dict[str, tuple[Callable[[_Ticket], None], tuple, tuple[int, int]]] = {
    "ticket_train_grid": (_grid, _TRAIN, (760, 900)),
    "ticket_train_route": (_route, _TRAIN, (700, 860)),
    "ticket_bus_rows": (_rows, (_bus, "transport", ("BUS TICKET", "Coach ticket", "TICKET")), (420, 560)),
    "ticket_boarding_pass": (_stub, _PLANE, (860, 980)),
    "ticket_boarding_mobile": (_grid, _PLANE, (520, 640)),
    "ticket_concert_stub": (_stub, _EVENT, (840, 960)),
    "ticket_cinema": (_poster, _EVENT, (480, 600)),
    "ticket_parking": (_rows, (_parking, "services", ("PARKING TICKET", "Parking", "Pay & Display")), (400, 520)),
    "ticket_ferry_framed": (_sentence, (_bus, "transport", ("FERRY TICKET", "Crossing", "TICKET")), (640, 780)),
}  # fmt: skip
LAYOUTS = tuple(
    Layout(
        name=name, kind="ticket", build=partial(_build, style, *content, width),
        kept_out=name == "ticket_ferry_framed",
    )
    for name, (style, content, width) in _LIST.items()
)  # fmt: skip
