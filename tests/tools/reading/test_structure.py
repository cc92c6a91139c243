"""A stored document's pages: read once, asked by number; what is no wish is left to the reader."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from sightline.models.document_reader import LayoutDocumentReader, PageText, TextLine
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.model import DocumentReaderModel
from sightline.tools.artifacts import Artifact, ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.reading.answers import Structure
from sightline.tools.reading.pages import read_pages
from sightline.tools.results import Region, ToolError
from sightline.tools.toolbox import Toolbox

PAGES = ("Warranty terms", "Price of delivery", "Signed by Ada Berg")


@pytest.fixture
def held(tmp_path: Path) -> tuple[ToolContext, Artifact, LayoutDocumentReader]:
    """A PDF of three pages whose print is kept already, and an untrained reader."""
    pdf = pdfium.PdfDocument.new()
    for _ in PAGES:
        pdf.new_page(300, 400)
    pdf.save(tmp_path / "three.pdf")
    store = ArtifactStore(tmp_path / "store", "me")
    document = store.add(tmp_path / "three.pdf")
    for number, words in enumerate(PAGES, start=1):
        line = TextLine(text=words, box=(100.0, 90.0 * number, 400.0, 90.0 * number + 30))
        path = store.image_path(document.id, number).with_suffix(".text.json")
        path.write_text(PageText(lines=(line,), width=1200, height=1600).to_json())
    context = ToolContext(
        user="me", store=store, toolbox=Toolbox("embedded"), attachments=(document,)
    )
    reader = LayoutDocumentReader(DocumentReaderModel(DocumentReaderConfig.tiny()))
    return context, document, reader


Held = tuple[ToolContext, Artifact, LayoutDocumentReader]


def test_how_many_pages(held: Held) -> None:
    result = Structure(*held).answer("how many pages does it have?")
    assert result is not None and (result.answer, result.text) == ("3", "three.pdf has 3 pages.")


def test_the_page_of_a_thing_is_found_with_its_place(held: Held) -> None:
    result = Structure(*held).answer("on which page is the price of delivery?")
    assert result is not None and result.answer == "2"
    region = result.evidence[0]
    assert isinstance(region, Region) and (region.page, region.x0, region.y0) == (2, 100, 180)


def test_kept_print_is_not_read_again_and_a_damaged_one_is(held: Held) -> None:
    context, document, reader = held
    asked: list[object] = []

    def read(image: object) -> PageText:
        asked.append(image)
        return PageText(lines=(TextLine(text="new", box=(0, 0, 1, 1)),), width=1200, height=1600)

    reader.ocr.read = read  # type: ignore[method-assign]
    texts = [page.text.lines[0].text for page in read_pages(context, reader, document)]
    assert (texts, asked) == (list(PAGES), [])
    context.store.image_path(document.id, 2).with_suffix(".text.json").write_text("{")
    texts = [page.text.lines[0].text for page in read_pages(context, reader, document)]
    assert texts == [PAGES[0], "new", PAGES[2]] and len(asked) == 1
    assert [p.number for p in read_pages(context, reader, document, (-1,))] == [3]


def test_a_page_that_is_not_there(held: Held) -> None:
    with pytest.raises(ToolError, match="no page 7"):
        Structure(*held).answer("what is the total on page 7?")


def test_a_stopped_turn_reads_no_page(held: Held) -> None:
    context, document, reader = held
    context.cancelled.set()
    with pytest.raises(ToolError):
        read_pages(context, reader, document)


def test_a_plain_question_is_the_readers(held: Held) -> None:
    assert Structure(*held).answer("who signed it?") is None
