"""Tables and all fields of a document, as files and in a few lines of text."""

from collections.abc import Sequence

from ...models.document_reader.whole import ReadTable
from ...models.tasks import PageRegion
from ..results import ToolResult
from . import chart_answers, exports
from .grids import find_grid
from .page_charts import charts
from .pages import ReadPage
from .telling import Sitting, paged
from .ticks import read_ticks
from .wishes import Wish


def table(sitting: Sitting, pages: Sequence[ReadPage], wish: Wish) -> ToolResult | None:
    """The table of a document, or the numbers of its chart, as a file."""
    drawn = charts(sitting, pages)
    if drawn:
        rows = chart_answers.chart_rows(drawn[0][1])
        return _file(sitting, rows[0], rows[1:], wish.format or "csv", "chart", ())
    found = best_table(sitting, pages)
    if found is None:
        return sitting.absent("I find no table in this document.")
    regions = [
        region for row in found.rows for cell in row for region in cell.regions
    ]  # fmt: skip
    rows = [[cell.text for cell in row] for row in found.rows]
    return _file(sitting, found.columns, rows, wish.format or "csv", "table", regions)


def best_table(sitting: Sitting, pages: Sequence[ReadPage]) -> ReadTable | None:
    """The table that the model knows, over all pages; else the largest one by geometry."""
    known = sitting.reader.tables([page.picture for page in pages])
    if known and len(known[0].columns) > 1:
        return _numbered(known[0], pages)
    grids = [grid for page in pages if (grid := find_grid(page.text, page.number)) is not None]
    return max(grids, key=lambda grid: len(grid.rows) * len(grid.columns), default=None) or (
        _numbered(known[0], pages) if known else None
    )


def _numbered(table: ReadTable, pages: Sequence[ReadPage]) -> ReadTable:
    return table if pages[0].number == 1 else _moved(table, pages[0].number - 1)


def _file(
    sitting: Sitting,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    form: str,
    what: str,
    regions: Sequence[PageRegion],
) -> ToolResult:
    if form == "json":
        text = exports.json_text(exports.records(columns, rows))
    else:
        text = exports.csv_text([columns, *rows])
    made = exports.export(sitting.context, sitting.document, text, form, what)
    size = f"{len(rows)} row{'s' if len(rows) != 1 else ''}, {len(columns)} columns"
    return sitting.result(
        f"{made.name} ({size}):\n{exports.preview(text)}", None, sitting.regions(regions),
        made=(made.id,),
    )  # fmt: skip


def fields(sitting: Sitting, pages: Sequence[ReadPage], wish: Wish) -> ToolResult | None:
    """All fields of a document, its items and ticked boxes, as a file."""
    drawn = charts(sitting, pages)
    if drawn:
        return table(sitting, pages, wish)
    pictures = [page.picture for page in pages]
    found = sitting.reader.everything(pictures)
    tables = sitting.reader.tables(pictures)
    if not found and not tables:
        return sitting.absent("I find no fields in this document.")
    value: dict[str, object] = {key: answer.text for key, answer in found.items()}
    shift = pages[0].number - 1
    regions = [
        paged(region, shift, f"{key.replace('_', ' ')}: {answer.text}")
        for key, answer in found.items()
        for region in answer.regions
    ]
    if tables:
        rows = [[cell.text for cell in row] for row in tables[0].rows]
        value["items"] = exports.records(tables[0].columns, rows)
        regions += [paged(r, shift) for row in tables[0].rows for c in row for r in c.regions]
    if sitting.reader.read(pictures[:1], ["what kind of document is this?"])[0].text == "form":
        ticks = [tick for page in pages for tick in read_ticks(page.upright, page.text.printed)]
        value["ticked"] = [tick.label for tick in ticks if tick.ticked]
    if wish.format == "csv":
        text = exports.csv_text([["field", "value"], *[[k, a.text] for k, a in found.items()]])
    else:
        text = exports.json_text(value)
    form = wish.format or "json"
    made = exports.export(sitting.context, sitting.document, text, form, "fields")
    listed = "\n".join(f"{key.replace('_', ' ')}: {a.text}" for key, a in found.items())
    if tables:
        listed += f"\nitems: {len(tables[0].rows)} rows"
    shown = exports.preview(text) if wish.format else listed
    return sitting.result(
        f"{made.name}:\n{shown}", None, sitting.regions(regions), made=(made.id,),
        detail={"fields": value},
    )  # fmt: skip


def _moved(table: ReadTable, shift: int) -> ReadTable:
    rows = tuple(
        tuple(
            type(cell)(text=cell.text, regions=tuple(paged(r, shift) for r in cell.regions))
            for cell in row
        )
        for row in table.rows
    )
    return ReadTable(columns=table.columns, rows=rows)
