"""Draws a chart at twice its size and brings it down, as plotting programs' soft edges look."""

from dataclasses import dataclass
from decimal import Decimal

from PIL import Image, ImageDraw

from ..fonts import pil_font, text_width
from ..page import Colour
from .content import ChartTruth, written

_OVER = 2
_DARK: Colour = (40, 40, 44)
_PALE: Colour = (218, 218, 222)


@dataclass(kw_only=True)
class _Sheet:
    """A drawing surface in chart pixels."""

    image: Image.Image
    truth: ChartTruth
    font: float
    ink: Colour = _DARK

    def __post_init__(self) -> None:
        self.draw = ImageDraw.Draw(self.image)

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: Colour,
             weight: float = 1.0) -> None:  # fmt: skip
        points = [v * _OVER for v in (x0, y0, x1, y1)]
        self.draw.line(points, fill=colour, width=max(1, round(weight * _OVER)))

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.draw.rectangle([round(v * _OVER) for v in (x0, y0, x1, y1)], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.draw.ellipse([v * _OVER for v in (x - radius, y - radius, x + radius, y + radius)],
                          fill=colour)  # fmt: skip

    def text(self, text: str, x: float, y: float, anchor: str, size: float = 0.0,
             bold: bool = False) -> None:  # fmt: skip
        family = self.truth.look.family
        face = family.bold if bold else family.regular
        font = pil_font(face.name, round((size or self.font) * _OVER * 4) / 4)
        self.draw.text((x * _OVER, y * _OVER), text, fill=self.ink, font=font, anchor=anchor)

    def wide(self, text: str, size: float = 0.0) -> float:
        return text_width(self.truth.look.family.regular, size or self.font, text)


@dataclass(frozen=True, kw_only=True)
class _Plot:
    """The plotting area and its scale."""

    x0: float
    y0: float
    x1: float
    y1: float
    low: Decimal
    high: Decimal

    def share(self, value: Decimal) -> float:
        return float((value - self.low) / (self.high - self.low))

    def up(self, value: Decimal) -> float:
        return self.y1 - (self.y1 - self.y0) * self.share(value)

    def along(self, value: Decimal) -> float:
        return self.x0 + (self.x1 - self.x0) * self.share(value)

    def slot(self, index: int, count: int, across: bool) -> float:
        """Centre of a category's slot."""
        start, end = (self.y0, self.y1) if across else (self.x0, self.x1)
        return start + (end - start) * (index + 0.5) / count


def draw_chart(truth: ChartTruth, font: float) -> Image.Image:
    """The chart as an RGB picture of `truth.look.size`, text set at `font` pixels."""
    width, height = truth.look.size
    tint = truth.look.style == "tinted"
    paper: Colour = (250, 247, 240) if tint else (255, 255, 255)
    image = Image.new("RGB", (width * _OVER, height * _OVER), paper)
    sheet = _Sheet(image=image, truth=truth, font=font)
    top = 14.0
    if truth.title:
        sheet.text(truth.title, width / 2, top, "ma", font * 1.3, bold=True)
        top += font * 2.2
    plot = _lay_out(sheet, top)
    _axes(sheet, plot)
    if truth.kind == "line":
        _lines(sheet, plot)
    else:
        _bars(sheet, plot)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _lay_out(sheet: _Sheet, top: float) -> _Plot:
    """Where the plot goes; the legend is drawn on the way."""
    truth, font = sheet.truth, sheet.font
    width, height = truth.look.size
    ticks = _ticks(truth)
    if truth.kind == "barh":
        left = max(sheet.wide(name) for name in truth.categories) + 26
    else:
        left = max(sheet.wide(written(t, truth.look.tick_format)) for t in ticks) + 26
    right, bottom = width - 22.0, height - font * 2.4
    names = [name for name in truth.series if name]
    if names and truth.look.legend == "right":
        room = max(sheet.wide(name) for name in names) + 34
        for k, name in enumerate(names):
            _key(sheet, k, name, right - room + 8, top + 10 + k * font * 1.7)
        right -= room
    elif names:
        rooms = [sheet.wide(name) + 44 for name in names]
        y = top + font * 0.5 if truth.look.legend == "top" else height - font * 1.1
        x = (width - sum(rooms)) / 2
        for k, name in enumerate(names):
            _key(sheet, k, name, x, y)
            x += rooms[k]
        if truth.look.legend == "top":
            top += font * 1.9
        else:
            bottom -= font * 1.7
    return _Plot(x0=left, y0=top + 8, x1=right, y1=bottom, low=truth.low, high=truth.high)


def _key(sheet: _Sheet, index: int, name: str, x: float, y: float) -> None:
    """A swatch or a stroke of line and the series' name; y is the middle."""
    colour, look = sheet.truth.look.colours[index], sheet.truth.look
    if sheet.truth.kind == "line":
        sheet.line(x, y, x + 20, y, colour, look.weight)
        _mark(sheet, x + 10, y, index)
    else:
        sheet.box(x + 5, y - 6, x + 17, y + 6, colour)
    sheet.text(name, x + 26, y, "lm")


def _ticks(truth: ChartTruth) -> list[Decimal]:
    count = int((truth.high - truth.low) / truth.step)
    return [truth.low + truth.step * k for k in range(count + 1)]


def _axes(sheet: _Sheet, plot: _Plot) -> None:
    truth, look = sheet.truth, sheet.truth.look
    across = truth.kind == "barh"
    panel = look.style == "panel"
    if panel:
        sheet.box(plot.x0, plot.y0, plot.x1, plot.y1, (234, 234, 242))
    grid = look.grid or panel or look.style == "report"
    colour: Colour = (255, 255, 255) if panel else _PALE
    for tick in _ticks(truth):
        shown = written(tick, look.tick_format)
        if across:
            at = plot.along(tick)
            if grid:
                sheet.line(at, plot.y0, at, plot.y1, colour)
            if look.style in ("plain", "boxed"):
                sheet.line(at, plot.y1, at, plot.y1 + 4, _DARK)
            sheet.text(shown, at, plot.y1 + 7, "ma")
        else:
            at = plot.up(tick)
            if grid:
                sheet.line(plot.x0, at, plot.x1, at, colour)
            if look.style in ("plain", "boxed"):
                sheet.line(plot.x0 - 4, at, plot.x0, at, _DARK)
            sheet.text(shown, plot.x0 - 8, at, "rm")
    for k, name in enumerate(truth.categories):
        centre = plot.slot(k, len(truth.categories), across)
        if across:
            sheet.text(name, plot.x0 - 8, centre, "rm")
        else:
            sheet.text(name, centre, plot.y1 + 7, "ma")
    if look.style in ("plain", "tinted", "boxed"):
        sheet.line(plot.x0, plot.y0, plot.x0, plot.y1, _DARK)
    if look.style != "panel":
        sheet.line(plot.x0, plot.y1, plot.x1, plot.y1, _DARK)
    if look.style == "boxed":
        sheet.line(plot.x0, plot.y0, plot.x1, plot.y0, _DARK)
        sheet.line(plot.x1, plot.y0, plot.x1, plot.y1, _DARK)


def _bars(sheet: _Sheet, plot: _Plot) -> None:
    truth, look = sheet.truth, sheet.truth.look
    across = truth.kind == "barh"
    count = len(truth.categories)
    slot = ((plot.y1 - plot.y0) if across else (plot.x1 - plot.x0)) / count
    thick = slot * (1 - look.gap) / len(truth.series)
    for s, row in enumerate(truth.values):
        for c, value in enumerate(row):
            centre = plot.slot(c, count, across)
            start = centre + thick * (s - len(truth.series) / 2)
            if across:
                sheet.box(plot.x0 + 1, start, plot.along(value), start + thick - 1, look.colours[s])
                continue
            sheet.box(start, plot.up(value), start + thick - 1, plot.y1 - 1, look.colours[s])
            if look.values:
                shown = written(value, look.tick_format)
                sheet.text(shown, start + thick / 2, plot.up(value) - 3, "md", sheet.font * 0.85)


def _lines(sheet: _Sheet, plot: _Plot) -> None:
    truth, look = sheet.truth, sheet.truth.look
    count = len(truth.categories)
    for s, row in enumerate(truth.values):
        points = [(plot.slot(c, count, False), plot.up(v)) for c, v in enumerate(row)]
        flat = [v * _OVER for point in points for v in point]
        sheet.draw.line(flat, fill=look.colours[s], width=round(look.weight * _OVER), joint="curve")
        for x, y in points:
            _mark(sheet, x, y, s)


def _mark(sheet: _Sheet, x: float, y: float, index: int) -> None:
    look = sheet.truth.look
    radius = look.weight + 1.6
    if look.markers == "disc":
        sheet.disc(x, y, radius, look.colours[index])
    elif look.markers == "square":
        sheet.box(x - radius, y - radius, x + radius, y + radius, look.colours[index])
