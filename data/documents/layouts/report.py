"""Notices, minutes of meetings, and short reports with figures."""

from collections.abc import Sequence
from functools import partial
from random import Random

from ..content import make_seller
from ..fonts import DISPLAY_FACES
from ..lexicon.companies import company
from ..lexicon.labels import label
from ..lexicon.people import DEPARTMENTS, person
from ..lexicon.places import VENUES, phone
from ..lexicon.prose import AGENDA, NOTICE_BODIES, NOTICE_TITLES
from ..page import Page
from ..values import Locale, clock, pick_day, serial
from .base import ACCENTS, PALE, WHITE, Layout, address_block, separator, start

_FIGURES = (
    "Revenue",
    "Operating costs",
    "New customers",
    "Employees",
    "Net profit",
    "Sick days",
    "Orders shipped",
    "Complaints",
    "Energy use",
    "Visitors",
    "Members",
    "Returns",
    "Web visits",
    "Average rating",
)
_FINDINGS = (
    "All targets of the quarter were met.",
    "The delays of spring have been made up.",
    "Costs rose more slowly than expected.",
    "Further measures are under way.",
    "The second site opened on time.",
    "A follow-up audit is planned.",
    "Customer satisfaction improved again.",
    "The new supplier has proved reliable.",
    "No accidents were reported.",
)
_REPORTS = (
    "Quarterly Report",
    "Annual Report",
    "Inspection Report",
    "Site Visit Report",
    "Progress Report",
    "Sales Report",
    "Safety Report",
    "Project Status",
)


def _page(rng: Random, width: tuple[int, int] = (660, 800)) -> tuple[Page, Locale]:
    page, loc = start(
        rng,
        width=width,
        size=(15.5, 19.0),
        margin=(48, 80),
        region=rng.choice(("uk", "us", "my", "in")),
    )
    page.leading = max(page.leading, 1.35)
    return page, loc


def _finish(page: Page, low: float = 0.8, high: float = 1.25) -> Page:
    page.height = max(page.y + page.margin, page.width * page.rng.uniform(low, high))
    return page


def _notice_facts(rng: Random, loc: Locale) -> list[tuple[str, str]]:
    facts = [("event_date", loc.date(pick_day(rng), rng.choice((None, "{d} {month} {y}"))))]
    start_hour = rng.randint(7, 17)
    if rng.random() < 0.8:
        facts.append(("event_time", f"{start_hour}:{rng.choice(('00', '30', '15'))}"))
    if rng.random() < 0.75:
        facts.append(("venue", rng.choice(VENUES)))
    if rng.random() < 0.45:
        facts.append(("organizer", company(rng, loc.region, rng.choice(("school", "services")))))
    if rng.random() < 0.35:
        facts.append(
            ("price", rng.choice(("free", "free of charge", loc.money(loc.price(rng, 2, 30)))))
        )
    if rng.random() < 0.6:
        facts.append(("contact", person(rng)))
    if rng.random() < 0.55:
        facts.append(("phone", phone(rng, loc.region)))
    return facts


def _notice(style: str, rng: Random) -> Page:
    """A notice: centred poster, framed sheet, or a band with rows."""
    page, loc = _page(rng, (560, 740))
    facts = _notice_facts(rng, loc)
    heading = rng.choice(NOTICE_TITLES)
    accent = rng.choice(ACCENTS)
    align = "c" if style in ("centred", "poster") else "l"
    x = page.width / 2 if align == "c" else page.margin
    face = rng.choice(DISPLAY_FACES) if rng.random() < 0.7 else page.family.bold
    size = page.size * rng.uniform(1.8, 2.6)
    if style == "band":
        height = size * 2.6
        page.fill(0, 0, page.width, height, accent)
        page.y = size * 0.7
        page.title_lines = (page.line(heading, "l", face=face, size=size, colour=WHITE),)
        page.y = height + page.size
    else:
        page.y += page.size
        page.title_lines = page.paragraph(heading, page.margin, None, face=face, size=size,
                                          align=align, colour=accent)  # fmt: skip
        page.y += page.size * 0.6
    body = rng.sample(NOTICE_BODIES, rng.randint(1, 3))
    first = rng.random() < 0.5
    if first:
        page.paragraph(body[0], page.margin, None, align=align)
        page.y += page.size * 0.8
    joint = separator(rng)
    if style == "poster":
        for key, value in facts:
            line = page.line(value, "c", bold=key in ("event_date", "venue"), size=page.size * 1.35)
            page.field(key, value, line)
    else:
        mode = "apart" if style == "band" else "inline"
        for key, value in facts:
            page.pair(
                key,
                label(rng, "admission" if key == "price" else key),
                value,
                x,
                mode=mode,
                x2=page.margin + 190,
                align=align if mode == "inline" else "l",
                separator=joint,
                value_bold=True,
                fit=page.right - page.margin - (190 if mode == "apart" else 0),
            )
    page.y += page.size * 0.8
    for text in body[1 if first else 0 :]:
        page.paragraph(text, page.margin, None, align=align)
        page.y += page.size * 0.5
    if rng.random() < 0.4:
        page.y += page.size
        who = rng.choice(
            ("The Management", "Your housing association", "City Council", "The organising team")
        )
        page.line(who, align, face=page.family.italic)
    if style == "framed":
        page.frame(
            page.margin * 0.4,
            page.margin * 0.4,
            page.width - page.margin * 0.4,
            page.y + page.margin * 0.5,
            3.0,
            accent,
        )
        page.y += page.margin * 0.3
    return _finish(page)


def _minutes(rng: Random) -> Page:
    """Minutes: facts on top, a numbered agenda with who and when."""
    page, loc = _page(rng, (700, 820))
    group = rng.choice(
        (
            company(rng, loc.region, "school"),
            f"{rng.choice(DEPARTMENTS)} team",
            company(rng, "uk", "services"),
        )
    )
    head = rng.choice(("Minutes of the meeting", "MEETING MINUTES", "Minutes", "Record of meeting"))
    page.title_lines = (page.line(head, bold=True, size=page.size * 1.6),)
    page.field("company", group, page.line(group))
    page.y += page.size * 0.6
    people = [person(rng) for _ in range(rng.randint(3, 5))]
    facts = [("event_date", loc.date(pick_day(rng))), ("event_time", clock(rng, loc.lang, 8, 18))]
    if rng.random() < 0.7:
        facts.append(("venue", rng.choice(VENUES)))
    if rng.random() < 0.8:
        facts.append(("chair", people[0]))
    if rng.random() < 0.7:
        facts.append(("minutes_by", people[1]))
    facts.append(("attendees", ", ".join(people[:3])))
    x2 = page.margin + (page.right - page.margin) * 0.3
    for key, value in facts:
        page.pair(key, label(rng, key), value, page.margin, mode="apart", x2=x2, separator=":",
                  fit=page.right - x2)  # fmt: skip
    page.y += page.size
    timed, owned = rng.random() < 0.5, rng.random() < 0.8
    spots = {
        "topic": page.margin + 34,
        "person": page.margin + (page.right - page.margin) * 0.62,
        "time": page.right - 60,
    }
    columns = ("topic", *(("person",) if owned else ()), *(("time",) if timed else ()))
    heads: list[int | None] = [None] * len(columns)
    if owned and rng.random() < 0.7:
        names = {
            "topic": rng.choice(("Agenda item", "Topic", "Point")),
            "person": rng.choice(("Who", "Responsible", "Lead")),
            "time": rng.choice(("Time", "At")),
        }
        heads = [page.text(names[c], spots[c], bold=True) for c in columns]
        page.y += page.step * 1.1
        page.rule(page.y - 2)
        page.y += 4
    rows: list[tuple[int | None, ...]] = []
    minute = rng.randint(8, 16) * 60
    for number, topic in enumerate(rng.sample(AGENDA, rng.randint(3, 7)), start=1):
        page.text(f"{number}.", page.margin)
        texts = {
            "topic": topic,
            "person": rng.choice(people),
            "time": f"{minute // 60:02}:{minute % 60:02}",
        }
        room = {
            "topic": spots["person"] - spots["topic"] - 8,
            "person": spots["time"] - spots["person"] - 8,
            "time": 60,
        }
        rows.append(tuple(page.text(texts[c], spots[c], fit=room[c]) for c in columns))
        minute += rng.choice((5, 10, 15, 30))
        page.y += page.step * 1.25
    page.table("agenda", columns, tuple(heads), rows)
    page.y += page.size * 0.6
    if rng.random() < 0.6:
        page.pair("next_meeting", label(rng, "next_meeting"), loc.date(pick_day(rng)), page.margin,
                  separator=": ", value_bold=True)  # fmt: skip
    return _finish(page)


def _figures(rng: Random, boxed: bool = False) -> Page:
    """A report with a table of figures for two years, or with the figures in boxes."""
    page, loc = _page(rng, (680, 820))
    seller = make_seller(rng, loc, "services", 0.4)
    page.field(
        "company", seller.name, page.line(seller.name, rng.choice("lr"), size=page.size * 0.95)
    )
    year = rng.randint(2013, 2026)
    page.title_lines = (
        page.line(
            f"{rng.choice(_REPORTS)} {year}",
            bold=True,
            size=page.size * 1.7,
            colour=rng.choice(ACCENTS),
        ),
    )
    x2 = page.margin + 170
    facts = [
        ("prepared_by", person(rng)),
        ("date", loc.date(pick_day(rng))),
        ("reference", serial(rng, "R|REP|QA")),
    ]
    for key, value in rng.sample(facts, rng.randint(2, 3)):
        shown = label(rng, "plain_date" if key == "date" else key)
        page.pair(key, shown, value, page.margin, mode="apart", x2=x2, separator=":")
    page.y += page.size * 0.8
    page.paragraph(" ".join(rng.sample(_FINDINGS, 2)))
    page.y += page.size
    names = rng.sample(_FIGURES, rng.randint(3, 6))
    values = [
        (loc.number(rng.randint(20, 9000), 0), loc.number(rng.randint(20, 9000), 0)) for _ in names
    ]
    if boxed:
        _figure_boxes(page, names, values)
    else:
        right, middle = page.right, page.margin + (page.right - page.margin) * 0.72
        heads = (
            page.text(rng.choice(("Figure", "Key figure", "Indicator")), page.margin, bold=True),
            page.text(str(year), middle, align="r", bold=True),
            page.text(str(year - 1), right, align="r", bold=True),
        )
        page.y += page.step * 1.1
        page.rule(page.y - 2)
        rows: list[tuple[int | None, ...]] = []
        for name, (now, before) in zip(names, values, strict=True):
            page.y += 4
            rows.append(
                (
                    page.text(name, page.margin),
                    page.text(now, middle, align="r"),
                    page.text(before, right, align="r"),
                )
            )
            page.y += page.step
            page.rule(page.y, weight=0.7, colour=(180, 180, 180))
        page.table("figure", ("name", "value", "previous"), heads, rows)
    page.y += page.size
    page.paragraph(" ".join(rng.sample(_FINDINGS, 2)))
    if rng.random() < 0.4:
        page.y += page.size
        who = person(rng)
        page.pair("signature", label(rng, "signature"), who, page.margin)
    if rng.random() < 0.4:
        page.y += page.size * 0.6
        address_block(
            page, "address", seller.address, page.width / 2, align="c", size=page.size * 0.8
        )
    return _finish(page, 1.0, 1.3)


def _figure_boxes(page: Page, names: Sequence[str], values: list[tuple[str, str]]) -> None:
    """Each figure large in a tinted box, its name under it."""
    tint = page.rng.choice(PALE)
    room = (page.right - page.margin) / 3
    height = page.size * 4.2
    rows: list[tuple[int | None, ...]] = []
    for i, (name, (now, _)) in enumerate(zip(names, values, strict=True)):
        x = page.margin + (i % 3) * room
        page.fill(x, page.y, x + room - 12, page.y + height, tint)
        value = page.text(
            now,
            x + (room - 12) / 2,
            page.y + page.size * 0.6,
            align="c",
            bold=True,
            size=page.size * 1.5,
        )
        title = page.text(
            name, x + (room - 12) / 2, page.y + page.size * 2.6, align="c", fit=room - 20
        )
        rows.append((title, value))
        if i % 3 == 2 or i == len(names) - 1:
            page.y += height + 12
    page.table("figure", ("name", "value"), (None, None), rows)


_LIST = {
    "notice_centred": partial(_notice, "centred"),
    "notice_framed": partial(_notice, "framed"),
    "notice_band": partial(_notice, "band"),
    "notice_poster": partial(_notice, "poster"),
    "report_minutes": _minutes,
    "report_figures": _figures,
    "report_figure_boxes": partial(_figures, boxed=True),
}
_KEPT_OUT = {"notice_poster", "report_figure_boxes"}
LAYOUTS = tuple(
    Layout(
        name=name,
        kind="report",
        build=build,
        kept_out=name in _KEPT_OUT,
        word="notice" if name.startswith("notice") else "minutes" if "minutes" in name else "",
    )
    for name, build in _LIST.items()
)
