"""Business letters and memos."""

from dataclasses import dataclass
from functools import partial
from random import Random

from ..content import Seller, make_seller
from ..fonts import SIGNATURE_FACES
from ..lexicon.labels import label
from ..lexicon.people import DEPARTMENTS, JOBS, person
from ..lexicon.places import address
from ..lexicon.prose import LETTER_BODIES, LETTER_CLOSINGS, LETTER_OPENINGS, LETTER_SUBJECTS
from ..page import Page
from ..values import Locale, pick_day, serial
from .base import ACCENTS, Layout, address_block, seller_contact, separator, start


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where head, date and signature stand.

    Attributes:
        head: left, centre, right, foot (contact at the bottom) or memo.
        date: left, right or inline (under the recipient with its label).
        sign: left or right.
    """

    head: str
    date: str
    sign: str = "left"
    references: float = 0.4


def build(plan: Plan, rng: Random) -> Page:
    """Set one letter after a plan."""
    page, loc = start(
        rng, width=(700, 820), size=(15.0, 18.0), margin=(58, 90),
        region=rng.choice(("uk", "us", "my", "in", "de", "fr", "se", "nl")),
    )  # fmt: skip
    page.leading = max(page.leading, 1.35)
    seller = make_seller(rng, loc, rng.choice(("services", "utility", "bank", "school")), 0.6)
    sender, recipient = person(rng), person(rng, title=rng.random() < 0.5)
    joint = separator(rng)
    if plan.head == "memo":
        _memo_head(page, loc, sender, recipient)
    else:
        _letter_head(page, loc, seller, plan, recipient, joint)
    subject = rng.choice(LETTER_SUBJECTS)
    if plan.head != "memo":
        shown = rng.choice(("", "", "Re", "Subject", "RE", "Concerning"))
        text = f"{shown}: {subject}" if shown else subject
        page.field("subject", subject, page.line(text, bold=rng.random() < 0.75), shown)
        page.y += page.size * 0.7
        greeting = f"Dear {recipient}," if rng.random() < 0.7 else "Dear Sir or Madam,"
        page.line(greeting)
        page.y += page.size * 0.6
    else:
        page.pair("subject", label(rng, "subject"), subject, page.margin, mode="apart",
                  x2=page.margin + 130)  # fmt: skip
        page.rule(page.y + 4)
        page.y += page.size * 1.5
    for text in _body(rng):
        page.paragraph(text)
        page.y += page.size * 0.8
    _sign(page, plan, sender, memo=plan.head == "memo")
    if plan.head == "foot":
        page.y = max(page.y + 30, page.width * 1.18)
        page.rule(colour=(150, 150, 150))
        page.y += 8
        row = ", ".join(part.strip(",") for part in seller.address)
        page.field("address", row, page.line(row, "c", size=page.size * 0.8))
        for key in ("phone", "email", "website"):
            value = getattr(seller, key)
            if value:
                page.pair(key, label(rng, key), value, page.width / 2, align="c",
                          size=page.size * 0.8, separator=joint)  # fmt: skip
    page.height = max(page.y + page.margin, page.width * rng.uniform(1.05, 1.3))
    return page


def _body(rng: Random) -> list[str]:
    paragraphs = [rng.choice(LETTER_OPENINGS)]
    for _ in range(rng.randint(1, 3)):
        paragraphs.append(" ".join(rng.sample(LETTER_BODIES, rng.randint(1, 3))))
    return paragraphs


def _letter_head(
    page: Page, loc: Locale, seller: Seller, plan: Plan, recipient: str, joint: str
) -> None:
    rng = page.rng
    accent = rng.choice(ACCENTS)
    align = {"left": "l", "right": "r", "centre": "c", "foot": "l"}[plan.head]
    x = {"l": page.margin, "r": page.right, "c": page.width / 2}[align]
    size = page.size * rng.uniform(1.2, 1.7)
    page.field(
        "company", seller.name, page.line(seller.name, align, bold=True, size=size, colour=accent)
    )
    if plan.head != "foot":
        address_block(page, "address", seller.address, x, align=align, size=page.size * 0.92)
        seller_contact(page, loc, seller, x, align=align, size=page.size * 0.92,
                       keys=("phone", "email", "website"))  # fmt: skip
    if rng.random() < 0.4:
        page.rule(page.y + 4, colour=accent)
    page.y += page.size * 1.6
    day = loc.date(pick_day(rng), rng.choice((None, "{d} {month} {y}")))
    if plan.date == "right":
        page.field("date", day, page.line(day, "r"))
    elif plan.date == "left":
        page.field("date", day, page.line(day))
    page.y += page.size * 0.5
    lines = page.line(recipient)
    page.field("recipient", recipient, lines)
    address_block(page, "recipient_address", tuple(address(rng, loc.region)), page.margin)
    page.y += page.size
    if plan.date == "inline":
        page.pair("date", label(rng, "plain_date"), day, page.margin, separator=joint)
    if rng.random() < plan.references:
        page.pair("reference", label(rng, "reference"), serial(rng, "AB|RG|X|HR|K"), page.margin,
                  separator=joint)  # fmt: skip
    page.y += page.size * 0.6


def _memo_head(page: Page, loc: Locale, sender: str, recipient: str) -> None:
    rng = page.rng
    size = page.size * rng.uniform(1.6, 2.2)
    page.title_lines = (
        page.line(rng.choice(("MEMO", "MEMORANDUM", "Internal Memo")), bold=True, size=size),
    )
    page.y += page.size * 0.5
    to = recipient if rng.random() < 0.6 else f"All staff, {rng.choice(DEPARTMENTS)}"
    facts = [("recipient", to), ("sender", sender), ("date", loc.date(pick_day(rng)))]
    for key, value in facts:
        shown = label(rng, "plain_date" if key == "date" else key)
        page.pair(key, shown, value, page.margin, mode="apart", x2=page.margin + 130)
    if rng.random() < 0.4:
        page.pair("reference", label(rng, "reference"), serial(rng, "M|HR|IT"), page.margin,
                  mode="apart", x2=page.margin + 130)  # fmt: skip


def _sign(page: Page, plan: Plan, sender: str, memo: bool) -> None:
    rng = page.rng
    if memo and rng.random() < 0.6:
        return
    page.y += page.size * 0.5
    x = page.margin if plan.sign == "left" else page.width * 0.56
    page.text(rng.choice(LETTER_CLOSINGS), x)
    page.y += page.step * 1.3
    if rng.random() < 0.5:
        page.text(
            sender, x, face=rng.choice(SIGNATURE_FACES), size=page.size * 1.35, colour=(25, 40, 120)
        )
        page.y += page.size * 2
    page.field("signature", sender, page.text(sender, x))
    page.y += page.step
    if rng.random() < 0.7:
        job = rng.choice(JOBS)
        page.field("job_title", job, page.text(job, x, fit=page.right - x))
        page.y += page.step


_PLANS = {
    "letter_block": Plan(head="left", date="left"),
    "letter_centred": Plan(head="centre", date="right"),
    "letter_window": Plan(head="right", date="right", references=0.7),
    "letter_memo": Plan(head="memo", date="left"),
    "letter_footed": Plan(head="foot", date="inline", sign="right"),
}
LAYOUTS = tuple(
    Layout(name=name, kind="letter", build=partial(build, plan), kept_out=name == "letter_footed")
    for name, plan in _PLANS.items()
)
