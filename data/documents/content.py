"""What documents are about before they are set: sellers and purchases with consistent figures."""

from dataclasses import dataclass
from random import Random

from .lexicon.companies import company, domain
from .lexicon.goods import RANGES, Good, pick_goods
from .lexicon.places import address, phone
from .values import Locale, digits, tax_id


@dataclass(frozen=True, kw_only=True)
class Seller:
    """A company as it presents itself; the empty string is a thing it does not print."""

    name: str
    address: tuple[str, ...]
    phone: str
    fax: str
    email: str
    website: str
    tax_number: str
    company_number: str


def make_seller(rng: Random, loc: Locale, trade: str, shown: float = 0.6) -> Seller:
    """A seller whose optional details are printed with probability `shown` each."""
    name = company(rng, loc.region, trade)
    place = address(rng, loc.region)
    site = domain(rng, name, loc.region)

    def maybe(text: str, chance: float = shown) -> str:
        return text if rng.random() < chance else ""

    number = (
        f"{digits(rng, 6)}-{rng.choice('ADHKMPTVWX')}" if loc.region == "my" else digits(rng, 8)
    )
    mailbox = rng.choice(["info", "hello", "sales", "office", "contact", "accounts"])
    return Seller(
        name=name,
        address=tuple(place),
        phone=maybe(phone(rng, loc.region), min(1.0, shown + 0.2)),
        fax=maybe(phone(rng, loc.region), shown * 0.35),
        email=maybe(f"{mailbox}@{site}", shown * 0.5),
        website=maybe("www." + site, shown * 0.5),
        tax_number=maybe(tax_id(rng, loc.region), shown),
        company_number=maybe(number, 0.6 if loc.region == "my" else shown * 0.2),
    )


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing bought: quantity times price is amount."""

    name: str
    spoken: str
    quantity: float
    price: float
    amount: float
    code: str


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """Items and the figures below them, all in the currency of the document.

    Attributes:
        net: sum of the items less the discount, without tax.
        gross: what is owed before rounding.
        inclusive: prices already contain the tax.
    """

    items: tuple[Item, ...]
    subtotal: float
    discount: float
    service: float
    delivery: float
    tax: float
    net: float
    gross: float
    rounding: float
    total: float
    inclusive: bool


def make_purchase(
    rng: Random,
    loc: Locale,
    trades: list[str],
    count: int,
    *,
    inclusive: bool,
    service: float = 0.0,
    delivery: bool = False,
    taxed: bool = True,
    most: int = 4,
    rounded: bool = False,
) -> Purchase:
    """A purchase of `count` distinct items (fewer where the lists run out)."""
    picked = pick_goods(rng, trades, count, loc.lang)
    items = tuple(_item(rng, loc, good, most) for good in picked)
    subtotal = round(sum(item.amount for item in items), 2)
    discount = (
        round(subtotal * rng.choice((0.05, 0.1, 0.15, 0.2)), 2) if rng.random() < 0.15 else 0.0
    )
    charge = round((subtotal - discount) * service, 2)
    base = round(subtotal - discount + charge, 2)
    rate = loc.tax_rate / 100 if taxed else 0.0
    freight = round(rng.choice((3.5, 5, 9.9, 12, 15)) * loc.scale, 2) if delivery else 0.0
    if inclusive:
        tax = round(base - base / (1 + rate), 2)
        gross, net = base + freight, round(base - tax, 2)
    else:
        tax, net = round(base * rate, 2), base
        gross = base + tax + freight
    gross = round(gross, 2)
    total = round(gross * 20) / 20 if rounded else gross
    return Purchase(
        items=items, subtotal=subtotal, discount=discount, service=charge, delivery=freight,
        tax=tax, net=net, gross=gross, rounding=round(total - gross, 2), total=round(total, 2),
        inclusive=inclusive,
    )  # fmt: skip


def _item(rng: Random, loc: Locale, good: Good, most: int) -> Item:
    low, high = RANGES[good.trade]
    if good.trade == "fuel":
        price = round(low * (high / low) ** rng.random() * (loc.scale if loc.scale < 5 else 10), 3)
        quantity = round(rng.uniform(6, 60), 2)
    else:
        price = loc.price(rng, low, high)
        quantity = float(rng.randint(1, most) if rng.random() < 0.45 else 1)
    return Item(
        name=good.name, spoken=good.spoken, quantity=quantity, price=price,
        amount=round(price * quantity, 2), code=digits(rng, rng.choice((4, 5, 6, 13, 12))),
    )  # fmt: skip


def tendered(rng: Random, total: float) -> float:
    """Cash a customer would hand over for a total."""
    for note in (1, 5, 10, 20, 50, 100, 500, 1000):
        if rng.random() < 0.45:
            up = -(-total // note) * note
            if up - total < 60 or note <= 10:
                return round(max(up, total), 2)
    return round(total, 2)
