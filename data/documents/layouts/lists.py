"""Price lists and menus: named things with prices, in tables, columns, cards and groups."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from ..content import make_seller
from ..fonts import DISPLAY_FACES, text_width
from ..lexicon.goods import RANGES, Good, pick_goods
from ..lexicon.labels import label, title
from ..page import Colour, Page
from ..values import Locale, clock, pick_day
from .base import ACCENTS, PALE, WHITE, Layout, address_block, seller_contact, separator, start, tag


@dataclass(kw_only=True)
class _Offer:
    page: Page
    loc: Locale
    goods: list[Good]
    prices: list[float]
    accent: Colour
    marked: bool
    groups: list[str]
    rows: list[tuple[int | None, ...]]

    def price(self, index: int) -> str:
        amount = self.prices[index]
        return self.loc.money(amount) if self.marked else self.loc.number(amount)


_GROUPS = {
    "menu": (
        "Starters",
        "Mains",
        "Desserts",
        "Drinks",
        "From the grill",
        "Classics",
        "Small plates",
        "Soups & Salads",
    ),
    "price_list": (
        "Basics",
        "Popular",
        "New in",
        "Professional",
        "Everyday",
        "Special offers",
        "Accessories",
        "Services",
    ),
}
_NOTES = (
    "served with salad",
    "vegetarian",
    "spicy",
    "chef's choice",
    "with rice",
    "house made",
    "contains nuts",
    "gluten free",
    "for two persons",
    "seasonal",
)
_UNITS = (
    "each",
    "per kg",
    "pack",
    "box of 10",
    "per hour",
    "per m",
    "set",
    "pair",
    "100 g",
    "per day",
)


def _build(style: Callable[[_Offer], None], kind: str, rng: Random, width: tuple[int, int]) -> Page:
    page, loc = start(rng, width=width, size=(15.0, 19.0), margin=(38, 70))
    accent = rng.choice(ACCENTS)
    trades = (
        ["food", "drinks"]
        if kind == "menu"
        else [
            rng.choice(
                ("salon", "hardware", "stationery", "electronics", "grocery", "office", "services")
            )
        ]
    )
    if kind == "menu" and loc.lang != "en":
        trades = ["food"]
    picked = pick_goods(rng, trades, rng.randint(5, 14), loc.lang)
    prices = [loc.price(rng, *RANGES[good.trade]) for good in picked]
    groups = rng.sample(_GROUPS[kind], 4)
    offer = _Offer(
        page=page,
        loc=loc,
        goods=picked,
        prices=prices,
        accent=accent,
        marked=rng.random() < 0.65,
        groups=groups,
        rows=[],
    )
    if rng.random() < 0.3:
        page.paper = rng.choice(PALE)
    _heading(offer, kind, trades[0])
    style(offer)
    if not page.tables:
        page.table("offer", ("description", "price"), (None, None), offer.rows,
                   [good.spoken for good in picked])  # fmt: skip
    _closing(offer, kind)
    page.height = max(page.y + page.margin, page.width * rng.uniform(0.7, 1.1))
    return page


def _heading(offer: _Offer, kind: str, trade: str) -> None:
    page, loc, rng = offer.page, offer.loc, offer.page.rng
    shop = (
        "restaurant"
        if kind == "menu"
        else {"salon": "services", "office": "stationery"}.get(trade, trade)
    )
    seller = make_seller(rng, loc, shop, 0.4)
    align = rng.choice("lcc")
    face = rng.choice(DISPLAY_FACES) if rng.random() < 0.6 else page.family.bold
    size = page.size * rng.uniform(1.4, 2.0)
    named = page.line(seller.name, align, face=face, size=size, colour=offer.accent)
    page.field("company", seller.name, named)
    x = {"l": page.margin, "c": page.width / 2, "r": page.right}[align]
    if rng.random() < 0.5:
        address_block(page, "address", seller.address, x, align=align, size=page.size * 0.85)
        seller_contact(page, loc, seller, x, align=align, size=page.size * 0.85,
                       keys=("phone", "website"))  # fmt: skip
    page.y += page.size * 0.4
    if rng.random() < 0.85:
        line = page.line(title(rng, kind, loc.lang), align, bold=True, size=page.size * 1.35)
        page.title_lines = (line,)
    if kind == "price_list" and rng.random() < 0.45:
        page.pair("valid_from", label(rng, "valid_from", loc.lang), loc.date(pick_day(rng)), x,
                  align=align, separator=separator(rng), size=page.size * 0.85)  # fmt: skip
    page.y += page.size * 0.7


def _closing(offer: _Offer, kind: str) -> None:
    page, loc, rng = offer.page, offer.loc, offer.page.rng
    page.y += page.size
    align = rng.choice("lc")
    x = page.margin if align == "l" else page.width / 2
    if rng.random() < 0.4:
        hours = f"{clock(rng, 'de', 7, 11)} - {clock(rng, 'de', 16, 22)}"
        page.pair("opening_hours", label(rng, "opening_hours", loc.lang), hours, x, align=align,
                  separator=": ", size=page.size * 0.85)  # fmt: skip
    if kind == "menu" and rng.random() < 0.25:
        word = rng.choice(("tasty", "welcome", "espresso", "garden")) + str(rng.randint(10, 99))
        page.pair("wifi", label(rng, "wifi"), word, x, align=align, size=page.size * 0.85)
    if rng.random() < 0.4:
        page.line(rng.choice(("All prices include tax.", "Prices may change without notice.",
                              "Ask us about allergens.")), align, size=page.size * 0.8)  # fmt: skip


def _table(offer: _Offer) -> None:
    """A ruled table with headers, a unit column now and then."""
    page, loc, rng = offer.page, offer.loc, offer.page.rng
    left, right = page.margin, page.right
    unit = rng.random() < 0.4
    keys = ("description", "unit", "price") if unit else ("description", "price")
    heads: list[int | None] = []
    page.fill(left, page.y - 3, right, page.y + page.step, offer.accent)
    spots = {
        "description": (left + 8, "l"),
        "unit": (left + (right - left) * 0.55, "l"),
        "price": (right - 8, "r"),
    }
    for key in keys:
        x, align = spots[key]
        heads.append(page.text(tag(rng, page, f"col_{key}", loc), x, align=align, bold=True,
                               colour=WHITE, fit=(right - left) * 0.3))  # fmt: skip
    page.y += page.step * 1.3
    stripe = rng.choice((None, *PALE))
    for i, good in enumerate(offer.goods):
        if stripe and i % 2 == 0:
            page.fill(left, page.y - 3, right, page.y + page.step * 1.1 - 2, stripe)
        cells = {"description": good.name, "unit": rng.choice(_UNITS), "price": offer.price(i)}
        offer.rows.append(tuple(
            page.text(cells[key], spots[key][0], align=spots[key][1], fit=(right - left) * 0.5)
            for key in keys
        ))  # fmt: skip
        page.y += page.step * 1.15
        if stripe is None:
            page.rule(page.y - 3, left, right, 0.7, (190, 190, 190))
    page.table("offer", keys, tuple(heads), offer.rows, [good.spoken for good in offer.goods])


def _leaders(offer: _Offer) -> None:
    """Name, dots, price."""
    page, rng = offer.page, offer.page.rng
    for i, good in enumerate(offer.goods):
        _group(offer, i)
        name = page.text(good.name, page.margin, fit=(page.right - page.margin) * 0.7)
        price = page.text(offer.price(i), page.right, align="r", bold=rng.random() < 0.3)
        x0 = page.runs[name].x + page.runs[name].width + 8
        page.rule(
            page.y + page.size * 0.75, x0, page.runs[price].x - 8, 1.0, (130, 130, 130), dash=True
        )
        offer.rows.append((name, price))
        page.y += page.step * 1.15


def _group(offer: _Offer, index: int) -> None:
    """A group heading before every few rows."""
    page = offer.page
    if index % 4 == 0 and index // 4 < len(offer.groups):
        page.y += page.size * 0.5
        page.line(offer.groups[index // 4], bold=True, size=page.size * 1.15, colour=offer.accent)
        page.y += page.size * 0.2


def _centred(offer: _Offer) -> None:
    """Name, then its price beneath, all centred; notes between some."""
    page, rng = offer.page, offer.page.rng
    notes = rng.random() < 0.5
    for i, good in enumerate(offer.goods):
        name = page.text(good.name, page.width / 2, align="c", bold=True)
        page.y += page.step
        if notes and rng.random() < 0.5:
            page.text(rng.choice(_NOTES), page.width / 2, align="c", face=page.family.italic,
                      size=page.size * 0.85)  # fmt: skip
            page.y += page.step * 0.9
        price = page.text(offer.price(i), page.width / 2, align="c", colour=offer.accent)
        page.y += page.step * 1.35
        offer.rows.append((name, price))


def _two_columns(offer: _Offer) -> None:
    """Two columns of rows; the second starts at the top again."""
    page = offer.page
    half = (len(offer.goods) + 1) // 2
    gap = 36.0
    room = (page.right - page.margin - gap) / 2
    top, low = page.y, page.y
    for i, good in enumerate(offer.goods):
        if i == half:
            low, page.y = page.y, top
        x = page.margin if i < half else page.margin + room + gap
        if i in (0, half):
            page.text(offer.groups[0 if i == 0 else 1], x, bold=True, colour=offer.accent,
                      size=page.size * 1.1)  # fmt: skip
            page.y += page.step * 1.3
        name = page.text(good.name, x, fit=room * 0.66)
        price = page.text(offer.price(i), x + room, align="r", fit=room * 0.32)
        offer.rows.append((name, price))
        page.y += page.step * 1.2
    page.y = max(page.y, low)


def _beside(offer: _Offer) -> None:
    """Price set right behind the name, notes in small print below."""
    page, rng = offer.page, offer.page.rng
    for i, good in enumerate(offer.goods):
        _group(offer, i)
        name = page.text(
            good.name, page.margin + 10, bold=True, fit=(page.right - page.margin) * 0.6
        )
        x = page.runs[name].x + page.runs[name].width + page.size * rng.uniform(1.2, 2.0)
        price = page.text(offer.price(i), x, colour=offer.accent)
        offer.rows.append((name, price))
        page.y += page.step
        if rng.random() < 0.35:
            page.text(
                rng.choice(_NOTES), page.margin + 10, size=page.size * 0.8, face=page.family.italic
            )
            page.y += page.step * 0.85


def _cards(offer: _Offer) -> None:
    """A grid of cards, price large above the name."""
    page, rng = offer.page, offer.page.rng
    across = rng.choice((2, 3))
    gap = 14.0
    room = (page.right - page.margin + gap) / across
    height = page.size * 4.4
    for i, good in enumerate(offer.goods):
        x = page.margin + (i % across) * room
        page.frame(x, page.y, x + room - gap, page.y + height, 1.2, offer.accent)
        price = page.text(
            offer.price(i),
            x + (room - gap) / 2,
            page.y + page.size * 0.5,
            align="c",
            bold=True,
            size=page.size * 1.35,
            colour=offer.accent,
            fit=room - gap - 12,
        )
        name = page.text(good.name, x + (room - gap) / 2, page.y + page.size * 2.6, align="c",
                         fit=room - gap - 12)  # fmt: skip
        offer.rows.append((name, price))
        if i % across == across - 1:
            page.y += height + gap
    if len(offer.goods) % across:
        page.y += height + gap


def _price_first(offer: _Offer) -> None:
    """Price in a left column, name right of it, in a frame."""
    page = offer.page
    top = page.y
    page.y += page.size * 0.6
    edge = page.margin + max(
        text_width(page.family.bold, page.size, offer.price(i)) for i in range(len(offer.goods))
    ) + 34  # fmt: skip
    for i, good in enumerate(offer.goods):
        price = page.text(offer.price(i), edge - 16, align="r", bold=True)
        name = page.text(good.name, edge + 8, fit=page.right - edge - 16)
        offer.rows.append((name, price))
        page.y += page.step * 1.2
    page.column_rule(edge - 4, top, page.y)
    page.frame(page.margin, top, page.right, page.y)


_WIDE, _SLIM = (620, 780), (460, 600)
_STYLES: dict[str, tuple[Callable[[_Offer], None], str, tuple[int, int]]] = {
    "price_list_table": (_table, "price_list", _WIDE),
    "price_list_groups": (_leaders, "price_list", _WIDE),
    "price_list_two_columns": (_two_columns, "price_list", (700, 820)),
    "price_list_beside": (_beside, "price_list", _WIDE),
    "price_list_cards": (_cards, "price_list", _WIDE),
    "menu_centred": (_centred, "menu", _SLIM),
    "menu_leaders": (_leaders, "menu", _WIDE),
    "menu_two_columns": (_two_columns, "menu", (700, 820)),
    "menu_cafe_board": (_beside, "menu", _SLIM),
    "menu_framed": (_price_first, "menu", _SLIM),
}
_KEPT_OUT = {"price_list_cards", "menu_framed"}

LAYOUTS = tuple(
    Layout(
        name=name, kind=kind, build=partial(_build, style, kind, width=width),
        kept_out=name in _KEPT_OUT,
    )
    for name, (style, kind, width) in _STYLES.items()
)  # fmt: skip
