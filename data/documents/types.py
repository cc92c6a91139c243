"""What a document is, here: text lines with boxes, and the exact truth about them.

A line is what an OCR engine would return as one box: a run of text without a wide gap
("TOTAL:" and "9.00" far apart on one row are two lines). Boxes are axis-aligned pixels
(x0, y0, x1, y1) of the picture, after skew and perspective. A truth points at lines by index.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from PIL.Image import Image

BoxXYXY = tuple[float, float, float, float]

QuestionKind = Literal[
    "field",
    "line_item",
    "list",
    "sum",
    "count",
    "table_cell",
    "title",
    "not_there",
    "yes_no",
    "compare",
]
EXTRACTIVE_KINDS: frozenset[str] = frozenset({"field", "line_item", "table_cell"})
"""Kinds whose answer is printed: a substring of the evidence lines' texts joined by a space."""


@dataclass(frozen=True)
class DocLine:
    """One line of text as printed, and its box in pixels."""

    text: str
    box: BoxXYXY


@dataclass(frozen=True, kw_only=True)
class DocField:
    """A fact printed on the document.

    Attributes:
        key: canonical name ("total", "date", "company", "address", "due_date", ...).
        value: as printed; a substring of the texts of `lines` joined by one space.
        lines: indices of the lines that hold the value, in reading order.
        label: the label printed beside it ("Grand Total"), or "".
    """

    key: str
    value: str
    lines: tuple[int, ...]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class DocCell:
    """A table cell: its text as printed and the line that holds it (None: an empty cell)."""

    text: str
    line: int | None


@dataclass(frozen=True, kw_only=True)
class DocTable:
    """A table of a document.

    Attributes:
        name: what its rows are ("item", "train", "transaction", ...).
        columns: canonical column names ("description", "quantity", "price", "amount", ...).
        headers: the printed headers, one cell per column (empty where none is printed).
        rows: one tuple of cells per row, in the order of `columns`.
    """

    name: str
    columns: tuple[str, ...]
    headers: tuple[DocCell, ...]
    rows: tuple[tuple[DocCell, ...], ...]


def column_tag(table: DocTable, column: str) -> str:
    """One name for a column whatever the table calls itself: things sold, offered and charged
    are items, and a price without an amount beside it is the amount."""
    name = "item" if table.name in {"item", "offer", "charge"} else table.name
    if name == "item" and column == "price" and "amount" not in table.columns:
        column = "amount"
    return f"{name}.{column}"


@dataclass(frozen=True, kw_only=True)
class DocQuestion:
    """A question in people's words and its true answer.

    Attributes:
        answer: verbatim for extractive kinds; lists are joined by ", "; sums and counts are
            plain figures ("12.40", "3"); yes_no is "yes" or "no"; "none" when not found.
        found: False when the document lacks what is asked.
        lines: evidence, indices into the document's lines; empty when not found.
        key: canonical field or column asked about, "" where there is none.
        op: what is done to answer it ("field", "cell", "sum_named", ...: the makers in
            `questions/` name them). target: the field, or the column as `column_tag` calls it.
        names: the row names or labels that it speaks of, before any slip of typing.
    """

    text: str
    answer: str
    found: bool
    kind: QuestionKind
    lines: tuple[int, ...] = ()
    key: str = ""
    op: str = "field"
    target: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document with its exact truth; `image` is None when it was not drawn.

    `called` is what people call it ("utility bill"), `title_lines` the lines of its title.
    """

    lines: tuple[DocLine, ...]
    fields: tuple[DocField, ...]
    kind: str
    layout: str
    width: int
    height: int
    tables: tuple[DocTable, ...] = ()
    questions: tuple[DocQuestion, ...] = ()
    called: str = ""
    title_lines: tuple[int, ...] = ()
    image: Image | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class NoisyLines:
    """Lines as an OCR engine might have read them, and where each came from.

    Attributes:
        sources: for each noisy line the indices of the true lines it holds text of; a lost
            line occurs nowhere, a merged one names several, a split one occurs twice.
    """

    lines: tuple[DocLine, ...]
    sources: tuple[tuple[int, ...], ...]

    def remap(self, indices: Iterable[int]) -> tuple[int, ...]:
        """Indices of the noisy lines that hold text of the given true lines, ascending."""
        wanted = set(indices)
        return tuple(i for i, source in enumerate(self.sources) if wanted.intersection(source))
