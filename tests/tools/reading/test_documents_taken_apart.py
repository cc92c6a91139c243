"""Wishes heard, tables by geometry, files for other programs, and differences."""

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from sightline.models.document_reader.ocr import PageText, TextLine
from sightline.models.document_reader.whole import Cell, ReadTable
from sightline.models.tasks import DocumentAnswer
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.reading.comparing import differing_fields, differing_rows, same
from sightline.tools.reading.exports import csv_text, json_text, preview, records
from sightline.tools.reading.grids import find_grid
from sightline.tools.reading.wishes import wish_of


@pytest.mark.parametrize(
    ("request_", "kind", "form"),
    [
        ("give me the table as CSV", "table", "csv"),
        ("export the items as json", "table", "json"),
        ("extract everything from this receipt", "fields", ""),
        ("all fields as JSON", "fields", "json"),
        ("which boxes are ticked?", "ticks", ""),
        ("is 'newsletter' checked?", "ticks", ""),
        ("how many pages does it have?", "count_pages", ""),
        ("on which page is the signature?", "find_page", ""),
        ("what differs between these two invoices?", "compare", ""),
        ("what do all the receipts come to altogether?", "page_totals", ""),
    ],
)
def test_wishes(request_: str, kind: str, form: str) -> None:
    wish = wish_of(request_)
    assert (wish.kind, wish.format) == (kind, form)


@pytest.mark.parametrize(
    "question",
    ["list the items", "what is the total?", "is there a signature?", "check the total",
     "how much change did I get?", "what is the table number?", "checkout date",
     "what is the difference between the subtotal and the total?"],
)  # fmt: skip
def test_plain_questions_are_no_wishes(question: str) -> None:
    assert wish_of(question).kind == ""


@pytest.mark.parametrize(
    ("request_", "pages", "rest"),
    [
        ("what is the total on page 3?", (3,), "what is the total ?"),
        ("what does the last page say", (-1,), "what does say"),
        ("summarise page two", (2,), "summarise"),
        ("compare page 1 and page 2", (1, 2), "compare"),
        ("what is the total?", (), "what is the total?"),
    ],
)
def test_pages(request_: str, pages: tuple[int, ...], rest: str) -> None:
    wish = wish_of(request_)
    assert (wish.pages, wish.rest) == (pages, rest)


def grid_line(text: str, x: float, y: float) -> TextLine:
    return TextLine(text=text, box=(x, y, x + 8 * len(text), y + 16))


def test_a_table_by_geometry() -> None:
    rows = [("Train", "Time", "Track"), ("IC 204", "10:15", "3"), ("RE 7", "10:40", "12"),
            ("S 1", "11:02", "4")]  # fmt: skip
    lines = [grid_line("Departures", 40, 10)]
    for k, row in enumerate(rows):
        lines += [
            grid_line(text, x, 60 + 25 * k) for text, x in zip(row, (40, 200, 320), strict=True)
        ]
    table = find_grid(PageText(lines=tuple(lines), width=500, height=300), page=2)
    assert table is not None and table.columns == rows[0]
    assert [tuple(cell.text for cell in row) for row in table.rows] == rows[1:]
    assert table.rows[1][2].regions[0].page == 2


def test_prose_is_no_table() -> None:
    lines = tuple(grid_line("words that go on and on", 40, 40 + 22 * k) for k in range(8))
    assert find_grid(PageText(lines=lines, width=500, height=300), page=1) is None


def test_csv_is_read_back_and_harmless() -> None:
    rows = [["name", "price"], ['Tea, "green"', "-3.50"], ["=HYPERLINK(1)", "4,20"]]
    back = list(csv.reader(io.StringIO(csv_text(rows))))
    assert back == [*rows[:2], ["'=HYPERLINK(1)", "4,20"]]


def test_json_and_preview() -> None:
    found = records(["item", "price", "price"], [["Tea", "1", "2"]])
    assert found == [{"item": "Tea", "price": "1", "price 3": "2"}]
    text = json_text(found)
    assert json.loads(text) == found
    assert preview("\n".join("x" * 20)).endswith("... and 8 more lines")


def test_a_made_file_is_kept_beside_its_page(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path, "me")
    page = store.add(Image.new("RGB", (60, 40), "white"))
    made = store.keep_file(page, b"a,b\n1,2\n", "page-table.csv", "table")
    assert (made.kind, made.parent, made.name) == ("file", page.id, "page-table.csv")
    assert store.file_path(made.id).read_bytes() == b"a,b\n1,2\n"
    assert store.image(made.id).size == (60, 40)
    assert store.keep_file(page, b"a,b\n1,2\n", "page-table.csv", "table") == made
    assert store.keep_file(page, b"a,b\n1,3\n", "page-table.csv", "table").id != made.id


def answer(text: str) -> DocumentAnswer:
    return DocumentAnswer(text=text, confidence=1.0, found=True)


def test_fields_that_differ() -> None:
    one = {"total": answer("RM 12.00"), "date": answer("15/03/2018"), "company": answer("ACME Ltd")}
    other = {"total": answer("14.50"), "date": answer("2018-03-15"), "phone": answer("555")}
    found = [(d.name, d.first, d.second) for d in differing_fields(one, other)]
    assert found == [
        ("total", "RM 12.00", "14.50"),
        ("company", "ACME Ltd", ""),
        ("phone", "", "555"),
    ]


def table(*rows: tuple[str, str]) -> ReadTable:
    return ReadTable(
        columns=("description", "amount"),
        rows=tuple((Cell(text=name), Cell(text=amount)) for name, amount in rows),
    )


def test_rows_that_differ() -> None:
    one = table(("Tea", "2.00"), ("Green apples", "3.10"), ("Milk", "1.00"))
    other = table(("Milk", "1,00"), ("Green apples", "3.40"), ("Bread", "2.20"))
    found = [(d.name, d.first, d.second) for d in differing_rows(one, other)]
    assert found == [("Tea", "2.00", ""), ("Green apples", "3.10", "3.40"), ("Bread", "", "2.20")]


def test_same() -> None:
    assert same("RM 12.00", "12,00") and same("ACME LTD.", "Acme Ltd")
    assert not same("12.00", "12.10") and not same("Invoice 12 of March", "Invoice 13 of March")
