"""Filled-in forms: applications, patient sheets, leave requests, registrations, questionnaires."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from ..content import make_seller
from ..fonts import SIGNATURE_FACES, Face, text_width
from ..lexicon.companies import company
from ..lexicon.labels import label
from ..lexicon.people import DEPARTMENTS, NATIONALITIES, OCCUPATIONS, handle, person
from ..lexicon.places import address, phone
from ..page import Colour, Page
from ..values import Locale, digits, pick_day
from .base import ACCENTS, PALE, Layout, start

_ALLERGIES = (
    "none known",
    "penicillin",
    "peanuts",
    "pollen",
    "latex",
    "cat hair",
    "shellfish",
    "aspirin",
    "house dust",
)
_REASONS = {
    "medical": (
        "back pain",
        "annual check-up",
        "persistent cough",
        "vaccination",
        "headaches",
        "knee injury",
        "skin rash",
    ),
    "leave": (
        "family wedding",
        "holiday abroad",
        "moving house",
        "medical treatment",
        "further training",
        "child care",
    ),
    "general": (
        "change of address",
        "lost card",
        "new membership",
        "name change",
        "first application",
        "renewal",
    ),
}
_TITLES = {
    "medical": (
        "PATIENT REGISTRATION FORM",
        "Patient Intake",
        "Medical History Form",
        "New Patient Form",
    ),
    "leave": (
        "LEAVE REQUEST FORM",
        "Application for Leave",
        "Absence Request",
        "Holiday Request Form",
    ),
    "general": (
        "APPLICATION FORM",
        "Membership Application",
        "Registration Form",
        "Request Form",
        "Change of Details",
    ),
    "course": ("COURSE REGISTRATION", "Enrolment Form", "Workshop Sign-up", "Event Registration"),
}
_CHOICES = {
    "gender": ("female", "male", "other"),
    "marital_status": ("single", "married", "divorced", "widowed"),
}
_INKS: tuple[Colour, ...] = ((20, 40, 130), (15, 30, 90), (30, 30, 30), (40, 60, 160))
_HANDS = (*SIGNATURE_FACES, Face("roboto-italic"), Face("fredoka"), Face("hanken"))


@dataclass(kw_only=True)
class _Filled:
    page: Page
    loc: Locale
    facts: list[tuple[str, str]]
    ticks: list[str]
    hand: Face
    ink: Colour
    topic: str
    signer: str


def _facts(rng: Random, loc: Locale, topic: str) -> tuple[list[tuple[str, str]], str]:
    """What the form holds, in order, and who signs it."""
    name = person(rng)
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(365 * 66))
    day = pick_day(rng)
    facts: list[tuple[str, str]] = []
    if rng.random() < 0.6:
        facts.append(("name", name))
    else:
        first, last = name.rsplit(" ", 1)
        facts += [("last_name", last), ("first_name", first)]
        if rng.random() < 0.5:
            facts.reverse()

    def add(key: str, value: str, chance: float) -> None:
        if rng.random() < chance:
            facts.append((key, value))

    add("birth_date", loc.date(born), 0.75)
    add("home_address", ", ".join(row.strip(",") for row in address(rng, loc.region)), 0.8)
    add("phone", phone(rng, loc.region), 0.75)
    add("email", f"{handle(name)}@{rng.choice(('mail', 'post', 'web'))}.example", 0.55)
    add("nationality", rng.choice(NATIONALITIES), 0.35)
    if topic == "medical":
        add("doctor", f"Dr. {person(rng)}", 0.6)
        add("allergies", rng.choice(_ALLERGIES), 0.7)
        add("emergency_contact", person(rng), 0.6)
        add("reason", rng.choice(_REASONS["medical"]), 0.7)
    elif topic == "leave":
        facts = [fact for fact in facts if fact[0] in ("name", "first_name", "last_name", "email")]
        add("department", rng.choice(DEPARTMENTS), 0.9)
        add("employee_id", digits(rng, 5), 0.7)
        facts.append(("start_date", loc.date(day)))
        facts.append(("end_date", loc.date(day + timedelta(days=rng.randint(1, 24)))))
        add("reason", rng.choice(_REASONS["leave"]), 0.8)
    else:
        add("occupation", rng.choice(OCCUPATIONS), 0.6)
        add("employee_id", digits(rng, 6), 0.25)
        add("reason", rng.choice(_REASONS["general"]), 0.4)
    add("date", loc.date(day + timedelta(days=rng.randint(-20, -1))), 0.8)
    return facts, name


def _shown(rng: Random, key: str) -> str:
    return label(rng, {"home_address": "address", "date": "plain_date"}.get(key, key))


def _build(style: Callable[[_Filled], None], topics: tuple[str, ...], rng: Random) -> Page:
    page, loc = start(
        rng, width=(640, 800), size=(15.0, 18.5), margin=(36, 62),
        region=rng.choice(("my", "us", "uk", "in", "uk", "us", "se")),
    )  # fmt: skip
    topic = rng.choice(topics)
    facts, name = _facts(rng, loc, topic)
    ticks = [key for key in _CHOICES if rng.random() < 0.45 and topic != "leave"]
    typed = rng.random() < 0.35
    form = _Filled(
        page=page, loc=loc, facts=facts, ticks=ticks, topic=topic, signer=name,
        hand=page.family.regular if typed else rng.choice(_HANDS),
        ink=page.ink if typed else rng.choice(_INKS),
    )  # fmt: skip
    _heading(form)
    style(form)
    _sign(form)
    page.height = max(page.y + page.margin, page.width * rng.uniform(0.7, 1.2))
    return page


def _heading(form: _Filled) -> None:
    page, rng = form.page, form.page.rng
    if rng.random() < 0.7:
        trade = {"medical": "pharmacy", "course": "school"}.get(form.topic, "services")
        seller = make_seller(rng, form.loc, trade, 0.3)
        name = seller.name if trade != "pharmacy" else company(rng, "uk", "pharmacy")
        align = rng.choice("lcr")
        page.field("company", name, page.line(name, align, bold=rng.random() < 0.5))
        if rng.random() < 0.5:
            row = ", ".join(part.strip(",") for part in seller.address)
            page.field("address", row, page.line(row, align, size=page.size * 0.85))
    size = page.size * rng.uniform(1.3, 1.8)
    line = page.line(rng.choice(_TITLES[form.topic]), rng.choice("lc"), bold=True, size=size)
    page.title_lines = (line,)
    if rng.random() < 0.5:
        page.line("Please fill in with block letters", size=page.size * 0.8)
    page.y += page.size * 0.8


def _value(form: _Filled, key: str, text: str, x: float, y: float, fit: float, shown: str) -> None:
    line = form.page.text(text, x, y, face=form.hand, colour=form.ink, fit=fit,
                          size=form.page.size * 1.05)  # fmt: skip
    form.page.field(key, text, line, shown)


def _tick_row(form: _Filled, key: str, x: float, room: float, label_room: float) -> None:
    """A label and tick boxes, one of them crossed; the field is the crossed option."""
    page, rng = form.page, form.page.rng
    shown = _shown(rng, key)
    page.text(shown + ":", x, fit=label_room - 8)
    options = _CHOICES[key]
    chosen = rng.choice(options)
    at, side = x + label_room, page.size * 0.9
    step = (room - label_room) / len(options)
    for option in options:
        page.frame(at, page.y + 2, at + side, page.y + 2 + side)
        if option == chosen:
            page.text("X", at + side / 2, page.y + 1, align="c", face=form.hand, colour=form.ink)
        line = page.text(option, at + side * 1.35, fit=step - side * 1.6)
        if option == chosen:
            page.field(key, option, line, shown)
        at += step
    page.y += page.step * 1.5


def _sign(form: _Filled) -> None:
    page, rng = form.page, form.page.rng
    if rng.random() < 0.3:
        page.blocked.add("signature")
        return
    page.y += page.size * 1.5
    x = page.margin if rng.random() < 0.5 else page.width * 0.52
    shown = label(rng, "signature")
    hand = rng.choice(SIGNATURE_FACES)
    if rng.random() < 0.5:
        wide = text_width(page.family.regular, page.size, shown) + 14
        page.text(shown + ":", x)
        line = page.text(form.signer, x + wide, page.y - 3, face=hand, size=page.size * 1.2,
                         colour=form.ink, fit=page.right - x - wide)  # fmt: skip
        page.rule(page.y + page.size * 1.3, x + wide, min(page.right, x + 330), 1.0)
    else:
        line = page.text(form.signer, x, face=hand, size=page.size * 1.3, colour=form.ink)
        page.y += page.size * 1.7
        page.rule(page.y, x, min(page.right, x + 260), 1.0)
        page.text(shown, x, page.y + 3, size=page.size * 0.8)
    page.field("signature", form.signer, line, shown)
    page.y += page.step * 1.5


def _underlined(form: _Filled) -> None:
    page, rng = form.page, form.page.rng
    x2 = page.margin + (page.right - page.margin) * rng.uniform(0.28, 0.4)
    for key, text in form.facts:
        shown = _shown(rng, key)
        page.text(shown + rng.choice((":", "")), page.margin, fit=x2 - page.margin - 10)
        _value(form, key, text, x2, page.y - 2, page.right - x2, shown)
        page.rule(page.y + page.size * 1.25, x2 - 4, page.right, 0.9, (120, 120, 125))
        page.y += page.step * 1.4
    for key in form.ticks:
        _tick_row(form, key, page.margin, page.right - page.margin, x2 - page.margin)


def _boxed(form: _Filled) -> None:
    """Cells two to a row with a small label in each corner."""
    page, rng = form.page, form.page.rng
    height, column = page.size * 2.9, 0
    middle = page.width / 2
    for key, text in form.facts:
        wide = key in ("home_address", "email", "reason")
        if wide and column:
            column = 0
            page.y += height
        x0 = middle if column else page.margin
        x1 = page.right if (wide or column) else middle
        page.frame(x0, page.y, x1, page.y + height)
        shown = _shown(rng, key)
        page.text(shown, x0 + 6, page.y + 2, size=page.size * 0.72, fit=x1 - x0 - 12)
        _value(form, key, text, x0 + 10, page.y + page.size * 1.3, x1 - x0 - 18, shown)
        column = 0 if wide else 1 - column
        if not column:
            page.y += height
    page.y += height + page.size if column else page.size
    for key in form.ticks:
        _tick_row(form, key, page.margin, page.right - page.margin, (middle - page.margin) * 0.7)


def _above(form: _Filled) -> None:
    """Label above, value in a grey bar."""
    page, rng = form.page, form.page.rng
    tint = rng.choice(PALE)
    for key, text in form.facts:
        shown = _shown(rng, key)
        page.text(shown, page.margin, bold=True, size=page.size * 0.85)
        page.y += page.size * 1.2
        page.fill(page.margin, page.y - 1, page.right, page.y + page.size * 1.6, tint)
        _value(form, key, text, page.margin + 8, page.y + 2, page.right - page.margin - 16, shown)
        page.y += page.size * 2.1
    for key in form.ticks:
        _tick_row(form, key, page.margin, page.right - page.margin, 150)


def _sections(form: _Filled) -> None:
    """Numbered sections under coloured bars, ticks first."""
    page, rng = form.page, form.page.rng
    accent = rng.choice(ACCENTS)
    x2 = page.margin + (page.right - page.margin) * 0.36
    half = (len(form.facts) + 1) // 2
    for number, facts in enumerate((form.facts[:half], form.facts[half:]), start=1):
        page.fill(page.margin, page.y, page.right, page.y + page.size * 1.5, accent)
        names = ("Personal details", "Further information", "About you", "To be completed")
        page.text(f"{number}. {names[number - 1 if rng.random() < 0.6 else number + 1]}",
                  page.margin + 8, page.y + 1, bold=True, colour=(255, 255, 255))  # fmt: skip
        page.y += page.size * 2.1
        if number == 1:
            for key in form.ticks:
                _tick_row(form, key, page.margin, page.right - page.margin, x2 - page.margin)
        for key, text in facts:
            shown = _shown(rng, key)
            page.text(shown + ":", page.margin + 6, fit=x2 - page.margin - 16)
            _value(form, key, text, x2, page.y - 1, page.right - x2, shown)
            page.y += page.step * 1.25
        page.y += page.size * 0.7


def _two_columns(form: _Filled) -> None:
    """Label and value inline, in two columns."""
    page, rng = form.page, form.page.rng
    middle = page.width / 2 + 6
    room = middle - page.margin - 16
    column = 0
    for key, text in form.facts:
        shown = _shown(rng, key)
        wide = key in ("home_address", "email")
        if wide and column:
            column = 0
            page.y += page.step * 1.5
        x = middle if column else page.margin
        space = page.right - x if wide else room
        used = min(text_width(page.family.bold, page.size, shown + ":") + 18, space * 0.5)
        page.text(shown + ":", x, bold=True, fit=used - 12)
        _value(form, key, text, x + used, page.y, space - used, shown)
        column = 0 if wide else 1 - column
        if not column:
            page.y += page.step * 1.5
    page.y += page.step * 1.5 if column else 0
    for key in form.ticks:
        _tick_row(form, key, page.margin, page.right - page.margin, 170)


def _questionnaire(form: _Filled) -> None:
    """Numbered questions, each answered on the next line behind a mark."""
    page, rng = form.page, form.page.rng
    mark = rng.choice((">", "-", "A:", "*"))
    for number, (key, text) in enumerate(form.facts, start=1):
        shown = _shown(rng, key)
        page.text(f"{number}) {shown}", page.margin, bold=rng.random() < 0.3)
        page.y += page.step
        page.text(mark, page.margin + 18)
        _value(form, key, text, page.margin + 44, page.y - 1, page.right - page.margin - 50, shown)
        page.rule(page.y + page.size * 1.3, page.margin + 40, page.right, 0.8, dash=True)
        page.y += page.step * 1.35
    for key in form.ticks:
        _tick_row(form, key, page.margin, page.right - page.margin, 180)


_STYLES: dict[str, tuple[Callable[[_Filled], None], tuple[str, ...]]] = {
    "form_underlined": (_underlined, ("general", "course")),
    "form_boxed": (_boxed, ("general", "medical")),
    "form_label_above": (_above, ("course", "general")),
    "form_sections": (_sections, ("medical", "general")),
    "form_leave": (_underlined, ("leave",)),
    "form_two_columns": (_two_columns, ("course", "medical", "leave")),
    "form_questionnaire": (_questionnaire, ("medical", "general", "leave")),
}
LAYOUTS = tuple(
    Layout(
        name=name, kind="form", build=partial(_build, style, topics),
        kept_out=name == "form_questionnaire",
    )
    for name, (style, topics) in _STYLES.items()
)  # fmt: skip
