"""What a chart shows, before it is drawn: numbers, names, and the look they get."""

import math
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

from ..fonts import PROSE_FAMILIES, Family
from ..page import Colour

ChartKind = Literal["bar", "barh", "line"]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_CITIES = ("Oslo", "Lima", "Cairo", "Paris", "Delhi", "Quito", "Accra", "Berlin", "Tokyo", "Rome")
_GOODS = ("Tea", "Coffee", "Bread", "Milk", "Rice", "Sugar", "Apples", "Honey", "Flour", "Cheese")
_TEAMS = ("North", "South", "East", "West", "Online", "Retail", "Export", "Service")
_SERIES = (("2021", "2022", "2023"), ("Plan", "Actual", "Forecast"), ("Men", "Women", "Children"),
           ("Store A", "Store B", "Store C"), ("Solar", "Wind", "Hydro"))  # fmt: skip
_TITLES = ("Sales by {}", "Visitors by {}", "Revenue per {}", "Rainfall by {}", "Orders per {}",
           "Energy use by {}", "Survey results by {}")  # fmt: skip

PALETTES: tuple[tuple[Colour, ...], ...] = (
    ((31, 119, 180), (255, 127, 14), (44, 160, 44)),
    ((76, 114, 176), (221, 132, 82), (85, 168, 104)),
    ((68, 1, 84), (33, 145, 140), (253, 200, 37)),
    ((192, 57, 43), (41, 128, 185), (39, 174, 96)),
    ((60, 60, 66), (150, 150, 158), (200, 90, 60)),
    ((91, 155, 213), (237, 125, 49), (165, 165, 165)),
)
KEPT_OUT_PALETTES: tuple[tuple[Colour, ...], ...] = (
    ((142, 68, 173), (22, 160, 133), (243, 156, 18)),
    ((0, 63, 92), (188, 80, 144), (255, 166, 0)),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a chart is drawn.

    Attributes:
        style: one of `STYLES`. legend: "top", "right", "bottom" or "inside".
        grid: lines across at the ticks. values: figures written on the bars.
        markers: of lines: "", "disc" or "square". gap: share of a slot left free between bars.
        tick_format: "plain", "thousands", "money", "percent" or "kilo".
    """

    style: str
    family: Family
    colours: tuple[Colour, ...]
    legend: str
    grid: bool
    values: bool
    markers: str
    gap: float
    tick_format: str
    weight: float
    size: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class ChartTruth:
    """The numbers of a chart.

    Attributes:
        categories: C names along the axis. series: S names (one "" where there is no legend).
        values: S rows of C exact numbers. low, high: ends of the value axis. step: between ticks.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[Decimal, ...], ...]
    low: Decimal
    high: Decimal
    step: Decimal
    look: Look


STYLES: dict[str, bool] = {
    "plain": False,
    "boxed": False,
    "open": False,
    "tinted": False,
    "panel": True,
    "report": True,
}
"""Style -> whether it is kept out of development."""
TRAIN_STYLES = tuple(name for name, kept_out in STYLES.items() if not kept_out)
TEST_STYLES = tuple(name for name, kept_out in STYLES.items() if kept_out)


def _categories(r: Random) -> tuple[str, tuple[str, ...]]:
    """What the categories are, and their names."""
    kind = r.choice(("month", "month", "year", "quarter", "city", "product", "team", "weekday"))
    if kind == "month":
        count, start = r.randint(4, 12), 0
        if count < 12:
            start = r.randrange(12 - count + 1)
        short = r.random() < 0.6 or count > 8
        names = tuple(m[:3] if short else m for m in _MONTHS[start : start + count])
        return "month", names
    if kind == "year":
        first = r.randint(1995, 2016)
        return "year", tuple(str(first + k) for k in range(r.randint(4, 9)))
    if kind == "quarter":
        return "quarter", ("Q1", "Q2", "Q3", "Q4")
    if kind == "weekday":
        return "day", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[: r.choice((5, 7))]
    pool = {"city": _CITIES, "product": _GOODS, "team": _TEAMS}[kind]
    return kind, tuple(r.sample(pool, r.randint(3, 7)))


def _axis(top: Decimal) -> tuple[Decimal, Decimal]:
    """The upper end and the step of an axis from zero that holds `top`."""
    raw = top / 5
    power = Decimal(10) ** raw.adjusted()
    step = next(m * power for m in (1, 2, Decimal("2.5"), 5, 10) if m * power >= raw)
    high = step * math.ceil(top / step)
    return high, step


def sample_truth(r: Random, kinds: tuple[ChartKind, ...], styles: tuple[str, ...]) -> ChartTruth:
    """Numbers and a look at random."""
    kind: ChartKind = r.choice(kinds)
    named, categories = _categories(r)
    if kind == "line" and named in ("city", "product", "team"):
        named, categories = "quarter", ("Q1", "Q2", "Q3", "Q4")
    count = r.choice((1, 1, 2, 3))
    if kind != "line" and len(categories) * count > 24:
        count = 1
    series = r.choice(_SERIES)[:count] if count > 1 else ("",)
    if named == "year" and count > 1 and series[0] == "2021":
        series = ("Plan", "Actual", "Forecast")[:count]
    size = Decimal(r.choice((10, 50, 100, 400, 1000, 5000, 20000)))
    unit = Decimal("0.1") if size <= 10 else Decimal(1) if size < 1000 else Decimal(10)
    values = tuple(
        tuple((size * Decimal(r.uniform(0.08, 1.0))).quantize(unit) for _ in categories)
        for _ in series
    )
    values = tuple(tuple(v.quantize(Decimal(1)) if unit >= 1 else v for v in row) for row in values)
    top = max(max(row) for row in values)
    high, step = _axis(top)
    if step == step.to_integral_value():
        step, high = step.quantize(Decimal(1)), high.quantize(Decimal(1))
    style = r.choice(styles)
    palettes = KEPT_OUT_PALETTES if STYLES[style] else PALETTES
    formats = ["plain", "plain"]
    if size >= 1000:
        formats += ["thousands", "thousands"]
    if size >= 5000 and step % 1000 == 0:
        formats += ["kilo"]
    if size == 100 and high == 100:
        formats += ["percent"]
    if step == step.to_integral_value():
        formats += ["money"]
    colours = r.choice(palettes)
    look = Look(
        style=style,
        family=r.choice(PROSE_FAMILIES),
        colours=tuple(r.sample(colours, len(colours))) if r.random() < 0.4 else colours,
        legend=r.choice(("top", "right", "bottom")),
        grid=r.random() < 0.6,
        values=kind == "bar" and len(categories) * count <= 8 and r.random() < 0.3,
        markers=r.choice(("", "disc", "square")),
        gap=r.uniform(0.25, 0.6),
        tick_format=r.choice(formats),
        weight=r.uniform(2.0, 3.6),
        size=(r.randint(560, 960), r.randint(380, 620)),
    )
    title = r.choice(_TITLES).format(named) if r.random() < 0.9 else ""
    return ChartTruth(
        kind=kind, title=title, categories=categories, series=series, values=values,
        low=Decimal(0), high=high, step=step, look=look,
    )  # fmt: skip


def written(value: Decimal, tick_format: str) -> str:
    """A number as ticks and labels print it."""
    if tick_format == "kilo" and value % 100 == 0:
        return f"{(value / 1000).normalize():f}k"
    text = f"{value:,}" if tick_format != "plain" else f"{value:f}"
    return {"money": f"${text}", "percent": f"{text}%"}.get(tick_format, text)
