"""Timetables: departures, bus stops, school weeks, programmes."""

from functools import partial
from random import Random

from ..lexicon.companies import company
from ..lexicon.labels import label
from ..lexicon.people import person
from ..lexicon.places import ROOMS, STATIONS, TRAIN_CITIES
from ..lexicon.prose import CLASSES, SUBJECTS, TALKS
from ..page import Page
from ..values import Locale, digits, pick_day
from .base import ACCENTS, PALE, WHITE, Layout, start

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def _page(rng: Random, width: tuple[int, int]) -> tuple[Page, Locale]:
    return start(rng, width=width, size=(15.0, 18.5), margin=(34, 60),
                 region=rng.choice(("uk", "us", "my", "in")))  # fmt: skip


def _heading(page: Page, text: str, firm: str) -> None:
    rng = page.rng
    align = rng.choice("lc")
    if rng.random() < 0.7:
        page.field("company", firm, page.line(firm, align, colour=rng.choice(ACCENTS), bold=True))
    page.title_lines = (page.line(text, align, bold=True, size=page.size * 1.5),)
    page.y += page.size * 0.5


def _end(page: Page, loc: Locale) -> Page:
    rng = page.rng
    page.y += page.size
    if rng.random() < 0.5:
        page.pair("valid_from", label(rng, "timetable_from"), loc.date(pick_day(rng)), page.margin,
                  size=page.size * 0.85)  # fmt: skip
    if rng.random() < 0.3:
        page.line(
            rng.choice(
                ("Subject to change.", "No service on public holidays.", "Please be there in time.")
            ),
            size=page.size * 0.85,
        )
    page.height = max(page.y + page.margin, page.width * 0.45)
    return page


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _grid(
    page: Page,
    name: str,
    columns: tuple[str, ...],
    heads: tuple[str, ...] | None,
    rows: list[tuple[str, ...]],
    shares: tuple[float, ...],
    *,
    band: bool,
    ruled: str,
    gap: float = 1.25,
    right: tuple[str, ...] = (),
) -> None:
    """Set a table of texts at the cursor; `shares` are the columns' parts of the width."""
    rng = page.rng
    width = page.right - page.margin
    edges = [page.margin + width * sum(shares[:i]) for i in range(len(shares) + 1)]
    accent, tint = rng.choice(ACCENTS), rng.choice(PALE)
    top = page.y

    def cell(i: int, text: str, **style: object) -> int | None:
        if not text:
            return None
        room = edges[i + 1] - edges[i] - 10
        if columns[i] in right:
            return page.text(text, edges[i + 1] - 5, align="r", fit=room, **style)  # type: ignore[arg-type]
        return page.text(text, edges[i] + 5, fit=room, **style)  # type: ignore[arg-type]

    head_lines: tuple[int | None, ...] = (None,) * len(columns)
    if heads is not None:
        if band:
            page.fill(page.margin, page.y - 4, page.right, page.y + page.step, accent)
        colour = WHITE if band else page.ink
        head_lines = tuple(cell(i, text, bold=True, colour=colour) for i, text in enumerate(heads))
        page.y += page.step * 1.25
        if not band:
            page.rule(page.y - 6)
    lines: list[tuple[int | None, ...]] = []
    for number, row in enumerate(rows):
        if ruled == "stripes" and number % 2 == 0:
            page.fill(page.margin, page.y - 4, page.right, page.y + page.step * gap - 4, tint)
        lines.append(tuple(cell(i, text) for i, text in enumerate(row)))
        page.y += page.step * gap
        if ruled in ("rows", "grid"):
            page.rule(page.y - 5, weight=0.8, colour=(160, 160, 165))
    if ruled == "grid":
        page.frame(page.margin, top - 5, page.right, page.y - 5)
        for edge in edges[1:-1]:
            page.column_rule(edge, top - 5, page.y - 5, (160, 160, 165))
    page.table(name, columns, head_lines, lines)


def _departures(style: str, rng: Random) -> Page:
    """A departure board of a station."""
    page, loc = _page(rng, (600, 760))
    station = rng.choice(STATIONS)
    dark = style == "board"
    if dark:
        page.paper, page.ink = (24, 28, 36), (240, 220, 120)
    _heading(
        page,
        rng.choice((f"Departures from {station}", f"{station}: Departures", "DEPARTURES")),
        company(rng, loc.region, "transport"),
    )
    minute = rng.randint(5 * 60, 18 * 60)
    rows = []
    for city in rng.sample(TRAIN_CITIES, rng.randint(4, 9)):
        minute += rng.randint(3, 48)
        number = rng.choice(("IC ", "RE ", "S", "R ", "EC ", "")) + digits(rng, 3)
        rows.append((_clock(minute), city, number, str(rng.randint(1, 16))))
    columns: tuple[str, ...] = ("time", "destination", "number", "platform")
    heads: tuple[str, ...] = (
        rng.choice(("Time", "Departs", "Dep.")), rng.choice(("Destination", "To")),
        rng.choice(("Train", "Service", "Line")), rng.choice(("Platform", "Track", "Plat.")),
    )  # fmt: skip
    shares: tuple[float, ...] = (0.18, 0.42, 0.22, 0.18)
    order = (0, 1, 2, 3) if style != "destination_first" else (1, 2, 0, 3)
    if rng.random() < 0.3:
        order = order[:3] if style != "destination_first" else (1, 0, 3)
    total = sum(shares[i] for i in order)
    _grid(
        page,
        "departure",
        tuple(columns[i] for i in order),
        tuple(heads[i] for i in order),
        [tuple(row[i] for i in order) for row in rows],
        tuple(shares[i] / total for i in order),
        band=not dark and rng.random() < 0.5,
        ruled="" if dark else rng.choice(("rows", "stripes", "")),
    )
    return _end(page, loc)


def _bus(rng: Random) -> Page:
    """Stops in rows, runs in columns."""
    page, loc = _page(rng, (620, 760))
    route = rng.choice(("Line ", "Route ", "Bus ")) + str(rng.randint(1, 240))
    _heading(page, route, company(rng, loc.region, "transport"))
    page.field("route", route.split(" ")[1], page.title_lines)
    stops = rng.sample(STATIONS, rng.randint(4, 9))
    runs = rng.randint(3, 5)
    minutes = sorted(rng.randint(5 * 60, 21 * 60) for _ in range(runs))
    rows, offset = [], 0
    for stop in stops:
        rows.append((stop, *(_clock(minute + offset) for minute in minutes)))
        offset += rng.randint(2, 9)
    columns = ("stop", "t1", "t2", *(f"t{i}" for i in range(3, runs)), "last")
    heads = None if rng.random() < 0.5 else ("Stop", *(str(i + 1) for i in range(runs)))
    _grid(
        page,
        "stop",
        columns,
        heads,
        rows,
        (0.4, *([0.6 / runs] * runs)),
        band=rng.random() < 0.5,
        ruled=rng.choice(("rows", "stripes", "grid")),
    )
    return _end(page, loc)


def _school(rng: Random) -> Page:
    """A school week."""
    page, loc = _page(rng, (760, 900))
    grade = f"{rng.randint(1, 12)}{rng.choice('ABC')}"
    _heading(page, rng.choice((f"Timetable Class {grade}", f"Class {grade}", "Weekly timetable")),
             company(rng, loc.region, "school"))  # fmt: skip
    minute = 8 * 60 + rng.choice((0, 15, 30))
    rows = []
    for _ in range(rng.randint(4, 7)):
        rows.append((_clock(minute), *(rng.choice(SUBJECTS) for _ in _DAYS)))
        minute += rng.choice((45, 50, 55, 60))
    _grid(page, "period", ("time", *_DAYS), ("Time", *(day.title() for day in _DAYS)), rows,
          (0.12, *([0.176] * 5)), band=rng.random() < 0.5, ruled="grid")  # fmt: skip
    return _end(page, loc)


def _programme(style: str, rng: Random) -> Page:
    """A conference programme or a gym plan: time, title, room, person."""
    page, loc = _page(rng, (640, 780))
    gym = style == "gym" or rng.random() < 0.3
    pool = CLASSES if gym else TALKS
    names = rng.sample(pool, rng.randint(4, 9))
    head = (
        ("Class schedule", "Courses today", "Weekly classes")
        if gym
        else ("Programme", "Conference schedule", "AGENDA OF THE DAY", "Schedule")
    )
    firm = company(rng, loc.region, "school" if gym else "services")
    _heading(page, rng.choice(head), firm)
    if rng.random() < 0.6:
        page.field("event_date", day := loc.date(pick_day(rng)), page.line(day))
        page.y += 4
    minute = rng.randint(7, 10) * 60
    rows = []
    for name in names:
        rows.append((_clock(minute), name, rng.choice(ROOMS), person(rng)))
        minute += rng.choice((15, 30, 45, 60, 90))
    if style == "stacked":
        _stacked(page, rows)
    else:
        with_person = rng.random() < 0.7
        columns: tuple[str, ...] = ("time", "title", "room", "person")
        heads: tuple[str, ...] | None = (
            "Time",
            "Class" if gym else "Session",
            "Room",
            "Trainer" if gym else "Speaker",
        )
        shares: tuple[float, ...] = (0.13, 0.41, 0.2, 0.26)
        if not with_person:
            columns, heads, shares = columns[:3], heads[:3], (0.16, 0.54, 0.3)
            rows = [row[:3] for row in rows]
        if rng.random() < 0.3:
            heads = None
        _grid(page, "session", columns, heads, rows, shares, band=rng.random() < 0.5,
              ruled=rng.choice(("rows", "stripes", "")))  # fmt: skip
    return _end(page, loc)


def _stacked(page: Page, rows: list[tuple[str, ...]]) -> None:
    """Time on the left; title with room and speaker on two lines beside it."""
    accent = page.rng.choice(ACCENTS)
    lines: list[tuple[int | None, ...]] = []
    x = page.margin + 96
    for time, name, room, who in rows:
        first = page.text(time, page.margin, bold=True, size=page.size * 1.2, colour=accent)
        title = page.text(name, x, bold=True, fit=page.right - x)
        page.y += page.step
        where = page.text(room, x, size=page.size * 0.9)
        by = page.text(who, page.right, align="r", size=page.size * 0.9)
        page.y += page.step * 1.3
        lines.append((first, title, where, by))
    page.table("session", ("time", "title", "room", "person"), (None,) * 4, lines)


_LIST = {
    "timetable_departures": partial(_departures, "list"),
    "timetable_board": partial(_departures, "board"),
    "timetable_destination_first": partial(_departures, "destination_first"),
    "timetable_bus": _bus,
    "timetable_school": _school,
    "timetable_programme": partial(_programme, "table"),
    "timetable_gym": partial(_programme, "gym"),
    "timetable_stacked": partial(_programme, "stacked"),
}
_KEPT_OUT = {"timetable_stacked", "timetable_destination_first"}
LAYOUTS = tuple(
    Layout(name=name, kind="timetable", build=build, kept_out=name in _KEPT_OUT)
    for name, build in _LIST.items()
)
