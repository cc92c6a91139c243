"""The registry entry of a layout, and blocks that several kinds of document share."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..content import Item, Seller
from ..fonts import Family, pick_family, text_width
from ..lexicon.labels import label
from ..page import Colour, Page
from ..values import Locale, make_locale, pick_region


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A named way of setting one kind of document; `kept_out` ones are for testing only.

    `word` is what people call it where that is narrower than its kind ("notice").
    """

    name: str
    kind: str
    build: Callable[[Random], Page]
    kept_out: bool = False
    word: str = ""


ACCENTS: tuple[Colour, ...] = (
    (28, 62, 120), (150, 30, 40), (20, 100, 80), (90, 50, 130), (200, 90, 20), (40, 40, 48),
    (0, 110, 140), (120, 90, 30), (170, 20, 90), (60, 110, 40),
)  # fmt: skip
PALE: tuple[Colour, ...] = (
    (235, 240, 248), (245, 238, 235), (236, 246, 240), (243, 243, 243), (250, 245, 228),
    (240, 236, 248),
)  # fmt: skip
WHITE: Colour = (255, 255, 255)


def start(
    rng: Random,
    *,
    width: tuple[int, int],
    size: tuple[float, float],
    printer: bool = False,
    region: str | None = None,
    margin: tuple[int, int] = (28, 64),
) -> tuple[Page, Locale]:
    """A blank page in a face at random, and the locale it prints in."""
    family: Family = pick_family(rng, printer)
    loc = make_locale(rng, region or pick_region(rng), family.rupee)
    edge = rng.uniform(*margin)
    page = Page(
        rng=rng,
        width=rng.uniform(*width),
        family=family,
        size=rng.uniform(*size),
        margin=edge,
        y=edge,
        leading=rng.uniform(1.28, 1.55),
        ink=rng.choice(((18, 18, 22), (30, 30, 36), (45, 45, 50), (10, 10, 10))),
    )
    return page, loc


def tag(rng: Random, page: Page, key: str, loc: Locale) -> str:
    """A printed label for a key, in the document's language."""
    text = label(rng, key, loc.lang)
    return page.case(text)


def short_tag(page: Page, key: str, loc: Locale, room: float, tail: str = "") -> str:
    """A label for a narrow column: of several drawn, the first that fits, or the shortest."""
    drawn = [tag(page.rng, page, key, loc) + tail for _ in range(5)] + [
        tag(page.rng, page, key, loc)
    ]
    face = page.family.bold
    fitting = [text for text in drawn if text_width(face, page.size, text) <= room]
    return fitting[0] if fitting else min(drawn, key=len)


def separator(rng: Random) -> str:
    """What stands between a label and its value on one line."""
    return rng.choice((": ", ": ", ": ", " : ", ":", " ", ". : "))


def seller_contact(
    page: Page, loc: Locale, seller: Seller, x: float, *, align: str = "l",
    size: float | None = None, fit: float | None = None, keys: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """The seller's phone, fax, mail, web and tax number, one line each, at the cursor."""
    rng = page.rng
    joint = separator(rng)
    for key in keys or ("phone", "fax", "email", "website", "tax_number"):
        value = getattr(seller, key)
        if not value:
            continue
        if key in ("website", "email") and rng.random() < 0.6:
            line = page.text(value, x, align=align, size=size, fit=fit)
            page.field(key, value, line)
            page.y += (size or page.size) * page.leading
        else:
            page.pair(
                key, tag(rng, page, key, loc), value, x,
                align=align, size=size, separator=joint, fit=fit,
            )  # fmt: skip


def address_block(
    page: Page, key: str, rows: tuple[str, ...], x: float, *, align: str = "l",
    size: float | None = None, fit: float | None = None, label: str = "", bold: bool = False,
) -> None:  # fmt: skip
    """An address at the cursor, one line per row, recorded under `key`."""
    lines = []
    for row in rows:
        lines.append(page.text(row, x, align=align, size=size, fit=fit, bold=bold))
        page.y += (size or page.size) * page.leading
    page.field(key, " ".join(rows), tuple(lines), label)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a ruled item table: what it holds and where it stands."""

    key: str
    x: float
    align: str
    room: float


def item_text(item: Item, key: str, loc: Locale, marked: bool, index: int) -> str:
    """What a column prints for an item."""
    if key == "description":
        return item.name
    if key == "quantity":
        whole = item.quantity == int(item.quantity)
        return str(int(item.quantity)) if whole else loc.number(item.quantity)
    if key == "code":
        return item.code
    if key == "position":
        return str(index + 1)
    if key == "tax":
        return f"{loc.tax_rate:g}%"
    amount = item.price if key == "price" else item.amount
    return loc.money(amount) if marked else loc.number(amount)


def spread(keys: tuple[str, ...], x0: float, x1: float) -> list[Column]:
    """Columns for `keys` between two edges: the description takes what the others leave."""
    share = {"position": 0.07, "code": 0.15, "quantity": 0.11, "price": 0.17, "amount": 0.19,
             "tax": 0.1, "unit": 0.13}  # fmt: skip
    width = x1 - x0
    fixed = sum(share.get(key, 0.0) for key in keys)
    columns, x = [], x0
    for key in keys:
        room = width * share.get(key, 1.0 - fixed)
        if key in ("quantity", "price", "amount", "tax"):
            # A gap, or a detector reads a figure and the text right of it as one line.
            gap = 0.0 if key == keys[-1] else room * 0.14
            columns.append(Column(key=key, x=x + room - gap, align="r", room=room * 0.84))
        else:
            columns.append(Column(key=key, x=x, align="l", room=room * 0.88))
        x += room
    return columns


def item_table(
    page: Page,
    loc: Locale,
    items: tuple[Item, ...],
    columns: list[Column],
    *,
    marked: bool = False,
    headed: bool = True,
    ruled: str = "",
    band: Colour | None = None,
    stripe: Colour | None = None,
    head_colour: Colour | None = None,
    gap: float = 1.0,
    pad: float = 0.0,
) -> None:
    """Set an item table at the cursor and record it.

    Args:
        ruled: "" (none), "head", "rows" or "grid".
        band / stripe: colours behind the header and behind every second row.
        gap: row height in lines of text.
        pad: how far fills and rules reach beyond the columns.
    """
    step = page.step * gap
    left = min(c.x if c.align == "l" else c.x - c.room for c in columns) - pad
    right = max(c.x if c.align == "r" else c.x + c.room for c in columns) + pad
    top = page.y
    heads: list[int | None] = [None] * len(columns)
    if headed:
        if band is not None:
            page.fill(left, top - 4, right, top + page.step - 2, band)
        for i, column in enumerate(columns):
            heads[i] = page.text(
                short_tag(page, f"col_{column.key}", loc, column.room), column.x,
                align=column.align, bold=True, fit=column.room, colour=head_colour,
            )  # fmt: skip
        page.y += page.step
        if ruled:
            page.rule(page.y - 2, left, right, 1.2)
        page.y += page.size * 0.35
    rows: list[tuple[int | None, ...]] = []
    for number, item in enumerate(items):
        if stripe is not None and number % 2 == 0:
            page.fill(left, page.y - 3, right, page.y + step - 3, stripe)
        rows.append(
            tuple(
                page.text(
                    item_text(item, column.key, loc, marked, number),
                    column.x,
                    align=column.align,
                    fit=column.room,
                )
                for column in columns
            )
        )
        page.y += step
        if ruled in ("rows", "grid"):
            page.rule(page.y - 3, left, right, 0.7, (170, 170, 175))
    if ruled == "grid":
        page.frame(left, top - 4, right, page.y - 3, 1.0)
        for column in columns[1:]:
            edge = column.x if column.align == "l" else column.x - column.room
            page.column_rule(edge - 6, top - 4, page.y - 3)
    page.table(
        "item",
        tuple(column.key for column in columns),
        tuple(heads),
        rows,
        [item.spoken for item in items],
    )
    page.y += page.size * 0.4
