"""A page being set: text runs and strokes in page coordinates, and the truth beside them.

A layout writes on a `Page` with a cursor (`page.y`); nothing is drawn until `render.draw_page`.
Coordinates are design pixels; `generator.py` scales the page into the wanted size range.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from .fonts import Face, Family, text_width
from .types import DocCell, DocField, DocTable

Colour = tuple[int, int, int]
BLACK: Colour = (20, 20, 24)
ASCENT, DESCENT = 0.80, 0.24
"""Box above and below the baseline in ems; the baseline lies ASCENT below a run's top."""


@dataclass(slots=True)
class Run:
    """One line of text: top-left corner, face, size and colour."""

    text: str
    x: float
    y: float
    face: Face
    size: float
    width: float
    colour: Colour


@dataclass(slots=True)
class Stroke:
    """A shape under the text: kind is fill, frame, rule, dash, bars, blob, ring or disc."""

    kind: str
    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour = BLACK
    weight: float = 1.0
    seed: int = 0


@dataclass
class Page:
    """A page of `width` design pixels; its height follows the cursor.

    Attributes:
        aliases: (table, row) -> how people call that row's item ("milk").
        blocked: keys that must not be asked for (the page holds them ambiguously).
    """

    rng: Random
    width: float
    family: Family
    size: float = 18.0
    margin: float = 36.0
    upper: bool = False
    ink: Colour = BLACK
    paper: Colour = (255, 255, 255)
    leading: float = 1.4
    y: float = 36.0
    height: float = 0.0
    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fields: list[DocField] = field(default_factory=list)
    tables: list[DocTable] = field(default_factory=list)
    aliases: dict[tuple[int, int], str] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    title_lines: tuple[int, ...] = ()
    thermal: bool = False

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def step(self) -> float:
        """Height of one line of body text."""
        return self.size * self.leading

    def case(self, text: str) -> str:
        return text.upper() if self.upper else text

    def text(
        self,
        text: str,
        x: float,
        y: float | None = None,
        *,
        align: str = "l",
        bold: bool = False,
        face: Face | None = None,
        size: float | None = None,
        colour: Colour | None = None,
        fit: float | None = None,
    ) -> int:
        """Set one line and return its index.

        Args:
            x: left edge, centre or right edge, by `align` (l, c, r).
            fit: widest it may be; the size shrinks to it.
        """
        text = self.case(text)
        face = face or (self.family.bold if bold else self.family.regular)
        size = size or self.size
        width = text_width(face, size, text)
        if fit is not None and width > fit > 0:
            size *= fit / width
            width = fit
        if align == "c":
            x -= width / 2
        elif align == "r":
            x -= width
        top = self.y if y is None else y
        self.runs.append(Run(text, x, top, face, size, width, colour or self.ink))
        return len(self.runs) - 1

    def line(self, text: str, align: str = "l", gap: float | None = None, **style: object) -> int:
        """Set a line at the cursor in the page's column and move the cursor below it."""
        x = {"l": self.margin, "c": self.width / 2, "r": self.right}[align]
        style.setdefault("fit", self.right - self.margin)
        index = self.text(text, x, align=align, **style)  # type: ignore[arg-type]
        size = self.runs[index].size
        self.y += (size * self.leading) if gap is None else gap
        return index

    def paragraph(
        self,
        text: str,
        x: float | None = None,
        width: float | None = None,
        *,
        bold: bool = False,
        size: float | None = None,
        align: str = "l",
        colour: Colour | None = None,
        face: Face | None = None,
    ) -> tuple[int, ...]:
        """Wrap text at the cursor; returns the indices of its lines."""
        size = size or self.size
        used = face or (self.family.bold if bold else self.family.regular)
        x = self.margin if x is None else x
        width = (self.right - x) if width is None else width
        anchor = {"l": x, "c": x + width / 2, "r": x + width}[align]
        indices = []
        for row in wrap(self.case(text), used, size, width):
            indices.append(
                self.text(row, anchor, align=align, face=used, size=size, colour=colour, fit=width)
            )
            self.y += size * self.leading
        return tuple(indices)

    def field(self, key: str, value: str, lines: int | tuple[int, ...], label: str = "") -> None:
        """Record a fact; `value` must be a substring of the lines' joined texts."""
        held = (lines,) if isinstance(lines, int) else lines
        self.fields.append(
            DocField(
                key=key,
                value=self.case(value).strip(),
                lines=held,
                label=self.case(label).strip(" :"),
            )
        )

    def pair(
        self,
        key: str,
        label: str,
        value: str,
        x: float,
        *,
        mode: str = "inline",
        x2: float | None = None,
        align: str = "l",
        separator: str = ": ",
        bold: bool = False,
        value_bold: bool | None = None,
        size: float | None = None,
        fit: float | None = None,
        advance: bool = True,
        colour: Colour | None = None,
        label_colour: Colour | None = None,
        value_face: Face | None = None,
    ) -> int:
        """A labelled fact at the cursor: inline (one line), apart (value at x2) or below.

        An empty `key` sets the text without recording a field. Returns the value's line.
        """
        size = size or self.size
        strong = bold if value_bold is None else value_bold
        drop = size * self.leading
        if mode == "inline":
            line = self.text(
                f"{label}{separator}{value}", x, bold=bold, size=size, align=align,
                fit=fit, colour=colour, face=value_face,
            )  # fmt: skip
        elif mode == "below":
            self.text(
                label, x, bold=bold, size=size * 0.8, align=align, fit=fit,
                colour=label_colour or colour,
            )  # fmt: skip
            below = self.y + size * 1.12
            line = self.text(
                value, x, below, bold=strong, size=size, align=align, fit=fit,
                colour=colour, face=value_face,
            )  # fmt: skip
            drop += size * 1.12
        else:
            end = self.right if x2 is None else x2
            room = None
            if fit is not None:
                room = fit
            elif align == "r":
                room = max(20.0, (end - x) * 0.44)
            elif align == "l":
                room = self.width - 8 - end
            self.text(
                label + separator.rstrip(), x, bold=bold, size=size,
                fit=(end - x) - (size * 0.5 if align == "l" else (end - x) * 0.46),
                colour=label_colour or colour,
            )  # fmt: skip
            line = self.text(
                value, end, bold=strong, size=size, align=align, fit=room,
                colour=colour, face=value_face,
            )  # fmt: skip
        if key:
            self.field(key, value, line, label)
        if advance:
            self.y += drop
        return line

    def table(
        self,
        name: str,
        columns: tuple[str, ...],
        headers: tuple[int | None, ...],
        rows: list[tuple[int | None, ...]],
        aliases: list[str] | None = None,
    ) -> None:
        """Record a table by the line indices of its cells (None: nothing printed there)."""
        self.tables.append(
            DocTable(
                name=name,
                columns=columns,
                headers=tuple(self._cell(i) for i in headers),
                rows=tuple(tuple(self._cell(i) for i in row) for row in rows),
            )
        )
        for i, alias in enumerate(aliases or []):
            self.aliases[len(self.tables) - 1, i] = alias

    def _cell(self, index: int | None) -> DocCell:
        if index is None:
            return DocCell(text="", line=None)
        return DocCell(text=self.runs[index].text, line=index)

    # Strokes.

    def rule(
        self,
        y: float | None = None,
        x0: float | None = None,
        x1: float | None = None,
        weight: float = 1.5,
        colour: Colour | None = None,
        dash: bool = False,
    ) -> None:
        """A horizontal rule, dashed if asked."""
        at = self.y if y is None else y
        left = self.margin if x0 is None else x0
        end = self.right if x1 is None else x1
        kind = "dash" if dash else "rule"
        self.strokes.append(Stroke(kind, left, at, end, at, colour or self.ink, weight))

    def column_rule(self, x: float, y0: float, y1: float, colour: Colour | None = None) -> None:
        """A vertical rule."""
        self.strokes.append(Stroke("rule", x, y0, x, y1, colour or self.ink, 1.0))

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.strokes.append(Stroke("fill", x0, y0, x1, y1, colour))

    def frame(self, x0: float, y0: float, x1: float, y1: float, weight: float = 1.2,
              colour: Colour | None = None) -> None:  # fmt: skip
        self.strokes.append(Stroke("frame", x0, y0, x1, y1, colour or self.ink, weight))

    def oval(self, x0: float, y0: float, x1: float, y1: float, weight: float = 1.2,
             colour: Colour | None = None, filled: bool = False) -> None:  # fmt: skip
        """A ring, or a disc when filled."""
        kind = "disc" if filled else "ring"
        self.strokes.append(Stroke(kind, x0, y0, x1, y1, colour or self.ink, weight))

    def pen(self, points: tuple[tuple[float, float], ...], weight: float, colour: Colour) -> None:
        """Straight strokes from point to point, as a pen draws them."""
        for (x0, y0), (x1, y1) in pairwise(points):
            self.strokes.append(Stroke("rule", x0, y0, x1, y1, colour, weight))

    def bars(self, x0: float, y0: float, x1: float, y1: float, square: bool = False) -> None:
        """A bar code, or a block code when square."""
        seed = self.rng.randrange(1 << 30)
        kind = "blocks" if square else "bars"
        self.strokes.append(Stroke(kind, x0, y0, x1, y1, self.ink, 1.0, seed))

    def blob(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """A wordless logo or portrait."""
        seed = self.rng.randrange(1 << 30)
        self.strokes.append(Stroke("blob", x0, y0, x1, y1, colour, 1.0, seed))


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break text into lines no wider than `width` (a single long word stays whole)."""
    space = text_width(face, size, " ")
    rows: list[str] = []
    current: list[str] = []
    used = 0.0
    for word in text.split():
        wide = text_width(face, size, word)
        if current and used + space + wide > width:
            rows.append(" ".join(current))
            current, used = [word], wide
        else:
            used += wide + (space if current else 0.0)
            current.append(word)
    if current:
        rows.append(" ".join(current))
    return rows
