"""The reader's own work around the model: comparing, absence, unreadable lines, regions."""

from collections.abc import Sequence

import pytest
from PIL import Image
from sightline.models.document_reader import (
    DocumentReaderConfig,
    DocumentReaderModel,
    LayoutDocumentReader,
    PageText,
    TextLine,
)
from sightline.models.document_reader.windows import Window, read_out, span_regions
from sightline.models.tasks import DocumentReader

LINES = (
    TextLine(text="GREEN MARKET", box=(40, 10, 300, 34)),
    TextLine(text="Tea", box=(20, 100, 60, 120)),
    TextLine(text="3.50", box=(280, 100, 330, 120)),
    TextLine(text="smudge", box=(20, 130, 90, 150), confidence=0.4),
)


class GivenText:
    """An OCR engine that has read the page already."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = tuple(lines)

    def read(self, image: Image.Image) -> PageText:
        return PageText(lines=self.lines, width=image.width, height=image.height)


def reader(lines: Sequence[TextLine] = LINES) -> LayoutDocumentReader:
    model = DocumentReaderModel(DocumentReaderConfig.tiny())
    return LayoutDocumentReader(model, ocr=GivenText(lines))  # type: ignore[arg-type]


PAGE = Image.new("RGB", (400, 200), "white")


def test_serves_the_protocol() -> None:
    assert isinstance(reader(), DocumentReader)
    answers = reader().read([PAGE, PAGE], ["what is it called?", "how many items?"])
    assert len(answers) == 2
    assert all(0 <= answer.confidence <= 1 for answer in answers)


def test_page_without_text() -> None:
    answer = reader(()).read([PAGE], ["what is the total?"])[0]
    assert not answer.found and answer.confidence == 0 and "can't read" in answer.text


def test_lines_with_boxes() -> None:
    read = reader().lines([PAGE, PAGE])
    assert [line.page for line in read] == [1] * 4 + [2] * 4
    assert read[2].text == "3.50" and read[2].box == (280, 100, 330, 120)


@pytest.mark.parametrize("question", ["what does this say?", "read it out to me please"])
def test_reads_out_and_owns_up(question: str) -> None:
    answer = reader().read([PAGE], [question])[0]
    assert answer.text.splitlines() == ["GREEN MARKET", "Tea  3.50", "[unclear]"]
    assert len(answer.regions) == 1


def test_kind_of_document_is_one_of_them() -> None:
    answer = reader().read([PAGE], ["what kind of document is this?"])[0]
    assert answer.text in DocumentReaderConfig.tiny().document_kinds


def test_regions_follow_the_characters() -> None:
    made = reader()
    window = made._document([PAGE])[0]
    assert isinstance(window, Window)
    region = span_regions(window, [(0, 6, 12)])[0]
    assert region.text == "MARKET" and region.xyxy == (170.0, 10.0, 300.0, 34.0)
    assert read_out([window]).found


def test_history_is_per_question() -> None:
    answers = reader().read([PAGE], ["and the date?", "total?"], [["what is the total?"], []])
    assert len(answers) == 2
