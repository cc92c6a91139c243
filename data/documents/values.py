"""Regions, money, dates and numbers as they are printed."""
# ruff: noqa: E501 - tables of months and date shapes, one row per language

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

LANGUAGE = {
    "my": "en", "us": "en", "uk": "en", "in": "en", "se": "en",
    "de": "de", "fr": "fr", "es": "es", "it": "it", "nl": "nl",
}  # fmt: skip
_CURRENCIES = {
    "my": ("RM", 4.0), "us": ("$", 1.0), "uk": ("£", 0.85), "in": ("₹", 60.0), "se": ("kr", 10.0),
}  # fmt: skip
TAX_RATES = {
    "my": (6,), "us": (5, 6, 7, 8.25, 8.875), "uk": (20,), "in": (5, 12, 18), "se": (25, 12),
    "de": (19, 7), "fr": (20, 10, 5.5), "es": (21, 10), "it": (22, 10), "nl": (21, 9),
}  # fmt: skip
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
MONTHS = {lang: row.split() for lang, row in _MONTHS.items()}
_DATE_SHAPES = {
    "my": (
        "{d:02}/{m:02}/{y}",
        "{d:02}-{m:02}-{y}",
        "{d:02}/{m:02}/{yy:02}",
        "{d:02} {mon} {y}",
        "{d}/{m}/{y}",
        "{d:02}-{mon}-{y}",
        "{d:02}-{m:02}-{yy:02}",
        "{y}-{m:02}-{d:02}",
    ),
    "us": (
        "{m:02}/{d:02}/{y}",
        "{m}/{d}/{y}",
        "{month} {d}, {y}",
        "{mon} {d}, {y}",
        "{m:02}-{d:02}-{yy:02}",
        "{m:02}/{d:02}/{yy:02}",
    ),
    "uk": (
        "{d:02}/{m:02}/{y}",
        "{d} {month} {y}",
        "{d:02} {mon} {y}",
        "{d:02}/{m:02}/{yy:02}",
        "{d:02}.{m:02}.{y}",
        "{d}{th} {month} {y}",
    ),
    "in": ("{d:02}-{m:02}-{y}", "{d:02}/{m:02}/{y}", "{d:02}-{mon}-{yy:02}", "{d} {mon} {y}"),
    "se": ("{y}-{m:02}-{d:02}", "{d} {month} {y}", "{yy:02}{m:02}{d:02}", "{d:02}.{m:02}.{y}"),
    "de": ("{d:02}.{m:02}.{y}", "{d}. {month} {y}", "{d:02}.{m:02}.{yy:02}", "{d}.{m}.{y}"),
    "fr": ("{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}.{m:02}.{y}", "{d:02}/{m:02}/{yy:02}"),
    "es": ("{d:02}/{m:02}/{y}", "{d} de {month} de {y}", "{d:02}-{m:02}-{y}"),
    "it": ("{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}-{m:02}-{yy:02}"),
    "nl": ("{d:02}-{m:02}-{y}", "{d} {month} {y}", "{d:02}/{m:02}/{y}"),
}


@dataclass(frozen=True, kw_only=True)
class Locale:
    """How one document prints money and dates.

    Attributes:
        scale: a price in dollars times this is a price in the currency.
        prefix / suffix: the currency sign as printed around a marked amount.
        date_shape: format of its main dates.
    """

    region: str
    lang: str
    symbol: str
    scale: float
    prefix: str
    suffix: str
    decimal: str
    thousands: str
    date_shape: str
    tax_rate: float

    def number(self, amount: float, places: int = 2) -> str:
        """A bare amount in the document's manner ("1,234.50", "1.234,50")."""
        text = f"{amount:,.{places}f}"
        text = text.replace(",", "\0").replace(".", self.decimal)
        return text.replace("\0", self.thousands)

    def money(self, amount: float) -> str:
        """An amount with the currency sign."""
        sign = "-" if amount < 0 else ""
        return f"{sign}{self.prefix}{self.number(abs(amount))}{self.suffix}"

    def date(self, day: date, shape: str | None = None) -> str:
        """A date in the document's manner, or in the given shape."""
        months = MONTHS[self.lang]
        month = months[day.month - 1]
        short = month if len(month) <= 4 else month[:3]
        suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (shape or self.date_shape).format(
            d=day.day, m=day.month, y=day.year, yy=day.year % 100, month=month, mon=short, th=suffix
        )

    def price(self, rng: Random, low: float, high: float) -> float:
        """A price between two dollar amounts, skewed to the low end, in the currency."""
        amount = (low * (high / low) ** rng.random()) * self.scale
        roll = rng.random()
        if self.scale >= 10 or (amount > 60 and roll < 0.5):
            return float(max(1, round(amount)))
        if roll < 0.4:
            return max(0.05, round(amount * 2) / 2 - (0.01 if roll < 0.15 else 0.0)) or 0.5
        return max(0.05, round(amount, 1) if roll < 0.7 else round(amount, 2))


def pick_region(rng: Random) -> str:
    """A region; the English-speaking ones make up about seven in ten."""
    return rng.choices(
        ("my", "us", "uk", "in", "se", "de", "fr", "es", "it", "nl"),
        (20, 20, 16, 10, 5, 8, 6, 5, 5, 5),
    )[0]


def make_locale(rng: Random, region: str, rupee: bool = True) -> Locale:
    """A document's manner of printing; `rupee` says whether its face has that sign."""
    symbol, scale = _CURRENCIES.get(region, ("€", 1.0))
    continental = region in ("de", "fr", "es", "it", "nl", "se")
    if symbol == "₹" and (not rupee or rng.random() < 0.5):
        symbol = rng.choice(["Rs. ", "Rs.", "INR ", "Rs "])
    prefix, suffix = symbol, ""
    if region == "my":
        prefix = rng.choice(["RM", "RM ", "RM"])
    elif symbol == "€":
        prefix, suffix = rng.choice([("", " €"), ("€ ", ""), ("", " EUR"), ("€", ""), ("EUR ", "")])
    elif symbol == "kr":
        prefix, suffix = rng.choice([("", " kr"), ("kr ", ""), ("", " SEK"), ("", ":-")])
    elif rng.random() < 0.08:
        prefix = {"$": "USD ", "£": "GBP "}.get(symbol, prefix)
    if continental:
        decimal, thousands = ",", rng.choice([".", " ", "."])
    else:
        decimal, thousands = ".", rng.choice([",", ",", ""])
    return Locale(
        region=region,
        lang=LANGUAGE[region],
        symbol=symbol.strip(),
        scale=scale,
        prefix=prefix,
        suffix=suffix,
        decimal=decimal,
        thousands=thousands,
        date_shape=rng.choice(_DATE_SHAPES[region]),
        tax_rate=rng.choice(TAX_RATES[region]),
    )


def pick_day(rng: Random) -> date:
    """A day between 2012 and 2027."""
    return date(2012, 1, 1) + timedelta(days=rng.randrange(365 * 15))


def clock(rng: Random, lang: str = "en", low: int = 7, high: int = 22) -> str:
    """A time of day as printed."""
    hour, minute, second = rng.randint(low, high), rng.randrange(60), rng.randrange(60)
    shape = rng.choice(("24", "24", "24s", "12", "12s"))
    if shape == "24" or lang != "en":
        return f"{hour:02}:{minute:02}"
    if shape == "24s":
        return f"{hour:02}:{minute:02}:{second:02}"
    mark = "AM" if hour < 12 else "PM"
    short = (hour - 1) % 12 + 1
    if shape == "12s":
        return f"{short}:{minute:02}:{second:02} {mark}"
    return f"{short}:{minute:02} {mark}" if rng.random() < 0.5 else f"{short:02}:{minute:02}{mark}"


def digits(rng: Random, count: int) -> str:
    """A run of digits that does not begin with 0."""
    return str(rng.randint(10 ** (count - 1), 10**count - 1))


def serial(rng: Random, stems: str = "INV|A|R|CS|TD|F|B|DOC") -> str:
    """A document number in one of many shapes."""
    stem = rng.choice(stems.split("|"))
    shapes = (
        f"{stem}-{digits(rng, 5)}",
        f"{stem}{digits(rng, 8)}",
        digits(rng, 6),
        f"{stem}/{rng.randint(2012, 2027)}/{digits(rng, 4)}",
        f"{rng.randint(2012, 2027)}-{digits(rng, 4)}",
        f"{stem} {digits(rng, 5)}",
        f"{digits(rng, 4)}-{digits(rng, 4)}",
        f"{stem}{rng.randint(1, 9)}-{digits(rng, 6)}",
        digits(rng, 8),
        f"#{digits(rng, 5)}",
    )
    return rng.choice(shapes)


def tax_id(rng: Random, region: str) -> str:
    """A tax registration number in the manner of the region."""
    stem = {"de": "DE", "fr": "FR", "es": "ESB", "it": "IT", "nl": "NL", "uk": "GB ", "se": "SE"}
    if region == "my":
        return "00" + digits(rng, 10)
    if region == "in":
        letters = "".join(rng.choice("ABCDEFGHKLMNPRST") for _ in range(5))
        return f"{rng.randint(10, 36)}{letters}{digits(rng, 4)}{rng.choice('ABCDEFG')}1Z{rng.randint(1, 9)}"
    if region == "us":
        return f"{digits(rng, 2)}-{digits(rng, 7)}"
    return stem[region] + digits(rng, 9)


def iban(rng: Random, region: str) -> str:
    """A bank account number in groups of four."""
    head = {"de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "se": "SE"}.get(
        region, "GB"
    )
    groups = " ".join(digits(rng, 4) for _ in range(rng.choice((4, 5))))
    return f"{head}{digits(rng, 2)} {groups}"
