"""Items that add up to a printed total, whatever the layout, and pages that lie askew."""

import numpy as np
import pytest
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.itemised import items_that_add_up
from sightline.models.document_reader.levelling import leaning_of, levelled
from sightline.models.document_reader.ocr import PageText, TextLine
from sightline.models.document_reader.processor import DocumentProcessor, PageInputs

PROCESSOR = DocumentProcessor(DocumentReaderConfig.tiny())


def page(*rows: str) -> PageInputs:
    """Rows of print; " | " parts the runs of one row."""
    lines = [
        TextLine(text=text, box=(40 + 240 * k, 30 * y, 40 + 240 * k + 9 * len(text), 30 * y + 20))
        for y, row in enumerate(rows)
        for k, text in enumerate(row.split(" | "))
    ]
    return PROCESSOR.page(lines)


def items(*rows: str) -> list[tuple[str, str]]:
    inputs = page(*rows)
    words = [word.text for word in inputs.words]
    return [
        (" ".join(words[i] for i in item.name), words[item.amount])
        for item in items_that_add_up(inputs)
    ]


def test_names_on_the_row_of_their_price() -> None:
    found = items("CORNER SHOP", "Green Tea | 3.50", "Corn Flakes | 4.25", "Total | 7.75")
    assert found == [("Green Tea", "3.50"), ("Corn Flakes", "4.25")]


def test_names_above_a_code_and_below_a_heading() -> None:
    above = ("SHOP", "TEST PEN 886A", "9020529 | 2 X 1.90 | 3.80", "ACRYLIC TAPE",
             "9036391 | 1 X 2.10 | 2.10", "Total Incl. GST | 5.90")  # fmt: skip
    assert items(*above) == [("TEST PEN 886A", "3.80"), ("ACRYLIC TAPE", "2.10")]
    below = ("ITEM QTY PRICE AMOUNT", "1811 | 1 | 13.57", "WIRE MESH", "1042 | 4 | 74.20",
             "ROOFING SHEET", "TOTAL | 87.77")  # fmt: skip
    assert items(*below) == [("WIRE MESH", "13.57"), ("ROOFING SHEET", "74.20")]


def test_what_is_taken_off_counts_and_is_no_item() -> None:
    found = items("Shampoo | 10.00", "Discount | -1.50", "Soap | 2.00", "Total | 10.50")
    assert found == [("Shampoo", "10.00"), ("Soap", "2.00")]


def test_a_total_that_was_misread_is_no_item() -> None:
    found = items("Valve | 337.10", "Phone | 246.20", "Su-oal | 583.30", "GST 6% | 35.00",
                  "Balance | 618.30")  # fmt: skip
    assert found == [("Valve", "337.10"), ("Phone", "246.20")]


@pytest.mark.parametrize("total", ["9.99", "3.50"])
def test_rows_that_do_not_add_up_are_no_items(total: str) -> None:
    assert items("Green Tea | 3.50", "Corn Flakes | 4.25", f"Total | {total}") == []


def _quads(slope: float) -> list[np.ndarray]:
    """Rows of two runs each, 100 and 420 px from the left, on a page that leans by `slope`."""
    made = []
    for row in range(6):
        for x0, x1 in ((100.0, 300.0), (420.0, 620.0)):
            y = 100.0 + 40 * row
            corners = [(x0, y), (x1, y), (x1, y + 20), (x0, y + 20)]
            made.append(np.array([(x, top + slope * (x - 400)) for x, top in corners]))
    return made


@pytest.mark.parametrize("slope", [0.1, -0.05])
def test_rows_of_a_leaning_page_are_level(slope: float) -> None:
    quads = _quads(slope)
    leaning = leaning_of(quads, (800, 600))
    assert leaning.slope == pytest.approx(slope, abs=0.002)
    boxes = [levelled(quad, leaning) for quad in quads]
    for left, right in zip(boxes[::2], boxes[1::2], strict=True):
        assert left[1] == pytest.approx(right[1], abs=1.5)
    x0, y0, x1, y1 = leaning.back(boxes[0])
    low, high = quads[0].min(axis=0), quads[0].max(axis=0)
    assert (x0, x1) == (low[0], high[0]) and abs(y0 - low[1]) < 2 and abs(y1 - high[1]) < 2


def test_a_level_page_is_left_as_it_is() -> None:
    leaning = leaning_of(_quads(0.0), (800, 600))
    assert (leaning.slope, leaning.change) == (0, 0)
    assert leaning.back((1, 2, 3, 4)) == (1, 2, 3, 4)


def test_a_page_is_kept_with_its_leaning() -> None:
    leaning = leaning_of(_quads(0.1), (800, 600))
    line = TextLine(text="Tea", box=(10.0, 20.0, 60.0, 40.0), confidence=0.9)
    kept = PageText(lines=(line,), width=800, height=600, turned=1, leaning=leaning)
    assert PageText.from_json(kept.to_json()) == kept
    with pytest.raises(KeyError):
        PageText.from_json('{"lines": [], "width": 8, "height": 6, "turned": 0}')
