"""What was read, as files for other programs: CSV and JSON, stored as artifacts."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..artifacts import Artifact
from ..base import ToolContext

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PREVIEW = 12


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV. A cell that a spreadsheet would take for a formula gets a quote before it: a
    document's print is data."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    figure = cell.lstrip("+-").replace(".", "").replace(",", "").replace(" ", "")
    return f"'{cell}" if cell.startswith(_FORMULA) and not figure.isdigit() else cell


def json_text(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """A value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Rows as one mapping each; columns of one name are told apart by number."""
    names = [
        name if columns.index(name) == k else f"{name} {k + 1}" for k, name in enumerate(columns)
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


def export(context: ToolContext, document: Artifact, text: str, ending: str, what: str) -> Artifact:
    """Store a text file made from `document`; `what` names it ("table", "fields")."""
    stem = document.name.rsplit(".", 1)[0].replace(" ", "-")
    return context.store.keep_file(document, text.encode(), f"{stem}-{what}.{ending}", what)


def preview(text: str) -> str:
    """The first lines of a file, and how many more there are."""
    lines = text.rstrip("\n").split("\n")
    shown = lines[:_PREVIEW]
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"... and {more} more lines"] if more > 0 else shown)
