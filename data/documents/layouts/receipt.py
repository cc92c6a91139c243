"""Till receipts: shops, restaurants, fuel, pharmacies, in the manner of several countries."""

from dataclasses import dataclass
from functools import partial
from random import Random

from ..content import make_purchase, make_seller
from ..page import Page
from . import receipt_blocks as block
from .base import Layout, separator, start


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one receipt layout is put together.

    Attributes:
        regions: where such receipts come from ("" any).
        trade / goods: the shop's trade and the trades of what it sells.
        items: columns, two_rows, code_above, quantity_first or name_amount.
        totals: wide, right or middle.
        meta: rows, columns or halves; `meta_below` puts it under the payment.
        details: which meta rows it may print.
    """

    regions: tuple[str, ...]
    trade: str
    goods: tuple[str, ...]
    align: str = "c"
    items: str = "columns"
    totals: str = "wide"
    meta: str = "rows"
    meta_below: bool = False
    details: tuple[str, ...] = ("receipt_number", "date", "time", "cashier")
    count: tuple[int, int] = (1, 9)
    printer: bool = True
    inclusive: bool | None = None
    service: bool = False
    tip: bool = False
    summary: float = 0.2
    owner: float = 0.0
    logo: float = 0.15
    headed: float = 0.6


def build(plan: Plan, rng: Random) -> Page:
    """Set one receipt after a plan."""
    region = rng.choice(plan.regions) if plan.regions else None
    page, loc = start(
        rng, width=(400, 640), size=(15.5, 20.5), printer=plan.printer and rng.random() < 0.75,
        region=region, margin=(20, 46),
    )  # fmt: skip
    if page.family.regular.pitch:
        page.size = max(14.0, min(page.size, page.width / 27))
    page.upper = rng.random() < (0.75 if loc.region == "my" else 0.3) and loc.lang == "en"
    page.thermal = True
    seller = make_seller(rng, loc, plan.trade)
    inclusive = plan.inclusive
    if inclusive is None:
        inclusive = loc.region in ("uk", "de", "fr", "es", "it", "nl", "se") or rng.random() < 0.4
    purchase = make_purchase(
        rng, loc, list(plan.goods), rng.randint(*plan.count), inclusive=inclusive,
        service=0.1 if plan.service and rng.random() < 0.6 else 0.0,
        taxed=rng.random() < 0.75, rounded=loc.region == "my" and rng.random() < 0.6,
    )  # fmt: skip
    till = block.Till(
        page=page, loc=loc, seller=seller, purchase=purchase, joint=separator(rng),
        marked=rng.choice(("", "", "total", "all")),
    )  # fmt: skip
    block.header(till, plan.align, rng.random() < plan.logo, rng.random() < plan.owner)
    block.heading(till, plan.align if rng.random() < 0.8 else "c")
    kept = [key for key in plan.details if key == "date" or rng.random() < 0.75]
    if rng.random() < 0.4:
        rng.shuffle(kept)
    if not plan.meta_below:
        block.meta(till, kept, plan.meta)
        page.rule(dash=rng.random() < 0.5)
        page.y += page.size * 0.4
    block.items(till, plan.items, rng.random() < plan.headed)
    block.totals(till, plan.totals, rng.random() < 0.6)
    block.payment(till, plan.totals, plan.tip and rng.random() < 0.6)
    if rng.random() < plan.summary:
        block.tax_summary(till)
    if plan.meta_below:
        page.y += page.size * 0.4
        block.meta(till, kept, plan.meta)
    block.footer(till)
    page.height = page.y + page.margin
    return page


_SHOP = ("receipt_number", "date", "time", "cashier", "member_number")
_TABLE = ("receipt_number", "table_number", "guests", "date", "time", "cashier")
_RETAIL = ("hardware", "stationery", "clothing", "electronics")
_PLANS: dict[str, Plan] = {
    "receipt_my_hardware": Plan(
        regions=("my",),
        trade="hardware",
        goods=("hardware",),
        items="code_above",
        totals="right",
        meta="columns",
        details=_SHOP,
        owner=0.25,
        summary=0.6,
    ),
    "receipt_my_stationery": Plan(
        regions=("my",),
        trade="stationery",
        goods=("stationery",),
        items="two_rows",
        meta="rows",
        details=_SHOP,
        owner=0.2,
        summary=0.5,
    ),
    "receipt_my_mart": Plan(
        regions=("my",),
        trade="grocery",
        goods=("grocery",),
        items="columns",
        meta="halves",
        totals="middle",
        details=_SHOP,
        summary=0.4,
        count=(1, 12),
    ),
    "receipt_my_kopitiam": Plan(
        regions=("my",),
        trade="restaurant",
        goods=("food", "drinks"),
        items="quantity_first",
        meta="rows",
        details=_TABLE,
        service=True,
        summary=0.3,
    ),
    "receipt_us_grocery": Plan(
        regions=("us",),
        trade="grocery",
        goods=("grocery",),
        items="name_amount",
        headed=0.1,
        totals="right",
        meta="halves",
        meta_below=True,
        details=_SHOP,
        count=(2, 14),
        inclusive=False,
    ),
    "receipt_us_diner": Plan(
        regions=("us",),
        trade="restaurant",
        goods=("food", "drinks"),
        items="quantity_first",
        headed=0.2,
        meta="halves",
        details=_TABLE,
        tip=True,
        inclusive=False,
    ),
    "receipt_uk_shop": Plan(
        regions=("uk",),
        trade="clothing",
        goods=_RETAIL,
        items="name_amount",
        align="c",
        headed=0.2,
        meta="rows",
        meta_below=True,
        summary=0.5,
    ),
    "receipt_eu_market": Plan(
        regions=("de", "fr", "es", "it", "nl"),
        trade="grocery",
        goods=("grocery",),
        items="name_amount",
        headed=0.3,
        meta="rows",
        meta_below=True,
        summary=0.6,
        count=(2, 12),
    ),
    "receipt_eu_bistro": Plan(
        regions=("de", "fr", "es", "it", "nl", "se"),
        trade="restaurant",
        goods=("food",),
        items="columns",
        meta="columns",
        details=_TABLE,
        align="c",
        summary=0.4,
        inclusive=True,
    ),
    "receipt_pharmacy": Plan(
        regions=(),
        trade="pharmacy",
        goods=("pharmacy",),
        items="columns",
        align="l",
        meta="columns",
        totals="right",
        details=_SHOP,
    ),
    "receipt_in_bill": Plan(
        regions=("in",),
        trade="electronics",
        goods=_RETAIL,
        items="columns",
        headed=0.95,
        meta="halves",
        totals="right",
        inclusive=False,
        summary=0.4,
    ),
    "receipt_cafe": Plan(
        regions=(),
        trade="restaurant",
        goods=("drinks", "food"),
        items="name_amount",
        headed=0.0,
        printer=False,
        align="l",
        meta="rows",
        count=(1, 5),
        details=("order_number", "date", "time", "cashier"),
    ),
    "receipt_fuel": Plan(
        regions=(),
        trade="fuel",
        goods=("fuel_extra", "fuel"),
        items="two_rows",
        headed=0.3,
        meta="rows",
        count=(1, 3),
        inclusive=True,
        details=("receipt_number", "pump", "date", "time"),
    ),
    "receipt_salon": Plan(
        regions=(),
        trade="services",
        goods=("salon",),
        items="columns",
        printer=False,
        logo=0.6,
        meta="columns",
        totals="middle",
        count=(1, 5),
        align="l",
    ),
    "receipt_pharmacy_slip": Plan(
        regions=("uk", "us", "my", "in"),
        trade="pharmacy",
        goods=("pharmacy", "grocery"),
        items="two_rows",
        align="r",
        meta="columns",
        meta_below=True,
        totals="middle",
        headed=0.9,
    ),
    "receipt_my_department": Plan(
        regions=("my",),
        trade="clothing",
        goods=_RETAIL,
        items="quantity_first",
        align="l",
        meta="halves",
        meta_below=True,
        totals="right",
        details=_SHOP,
        summary=0.6,
        headed=0.9,
    ),
}
_KEPT_OUT = {"receipt_pharmacy_slip", "receipt_my_department"}

LAYOUTS = tuple(
    Layout(name=name, kind="receipt", build=partial(build, plan), kept_out=name in _KEPT_OUT)
    for name, plan in _PLANS.items()
)
