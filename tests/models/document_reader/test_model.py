"""The line transformer at its tiny size: gradients, padding, saving, overfitting one batch."""

from pathlib import Path

import pytest
import torch
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.labels import LabelledQuestion, chosen_lines, label_tensors
from sightline.models.document_reader.model import DocumentReaderModel
from sightline.models.document_reader.ocr import TextLine
from sightline.models.document_reader.pointing import point, pointed_text
from sightline.models.document_reader.processor import DocumentProcessor, PageInputs

LINES = (
    TextLine(text="GREEN MARKET SDN BHD", box=(40, 10, 300, 34)),
    TextLine(text="12 Hill Road", box=(60, 40, 240, 60)),
    TextLine(text="Tea", box=(20, 100, 60, 120)),
    TextLine(text="3.50", box=(280, 100, 330, 120)),
    TextLine(text="Total: RM 3.50", box=(150, 140, 330, 160)),
)


@pytest.fixture(scope="module")
def processor() -> DocumentProcessor:
    return DocumentProcessor(DocumentReaderConfig.tiny())


@pytest.fixture(scope="module")
def page(processor: DocumentProcessor) -> PageInputs:
    return processor.page(LINES)


def questions(page: PageInputs) -> list[LabelledQuestion]:
    words = [word.text for word in page.words]
    total = len(words) - 1
    assert words[total] == "3.50"
    return [
        LabelledQuestion(text="who sold it?", kind="extract", spans=((0, 1, 2, 3),)),
        LabelledQuestion(text="what is the total?", kind="extract", spans=((total,),)),
        LabelledQuestion(text="list the items", kind="list", listed=(words.index("Tea"),)),
        LabelledQuestion(text="when is it due?", kind="none"),
    ]


def batch(processor: DocumentProcessor, page: PageInputs):
    asked = [(0, question) for question in questions(page)]
    embedded = [(place, processor.question(question.text)) for place, question in asked]
    tensors = processor.batch([page], embedded)
    shown = [chosen_lines(page.words, question) for _, question in asked]
    words = processor.words([page], embedded, shown)
    labels = label_tensors([page], asked, len(LINES), words.source, [0])
    return embedded, (tensors, words, labels)


def test_every_parameter_learns(processor: DocumentProcessor, page: PageInputs) -> None:
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config)
    loss = model(*batch(processor, page)[1]).loss
    loss.backward()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None and bool(parameter.grad.isfinite().all()), name


def test_overfits_one_page(processor: DocumentProcessor, page: PageInputs) -> None:
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config)
    embedded, tensors = batch(processor, page)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(120):
        optimizer.zero_grad()
        model(*tensors).loss.backward()
        optimizer.step()
    found = point(model.eval(), processor, [page], embedded)
    assert [result.kind for result in found] == ["extract", "extract", "list", "none"]
    texts = [pointed_text(page, result.words) for result in found[:3]]
    assert texts == ["GREEN MARKET SDN BHD", "3.50", "Tea"]


def test_padding_changes_nothing(processor: DocumentProcessor, page: PageInputs) -> None:
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config).eval()
    asked = processor.question("who sold it?")
    longer = processor.page(LINES + tuple(LINES[:3]))
    alone = point(model, processor, [page], [(0, asked)])[0]
    long_question = processor.question("could you tell me which company or shop this is from?")
    together = point(model, processor, [longer, page], [(1, asked), (0, long_question)])[0]
    torch.testing.assert_close(
        torch.tensor(alone.first), torch.tensor(together.first), atol=1e-5, rtol=1e-4
    )
    assert alone.words == together.words


def test_saved_and_loaded(processor: DocumentProcessor, page: PageInputs, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config).eval()
    model.save_pretrained(tmp_path)
    again = DocumentReaderModel.from_pretrained(tmp_path).eval()
    asked = [(0, processor.question("who sold it?"))]
    mine, same = (point(m, processor, [page], asked)[0] for m in (model, again))
    assert (mine.kind, mine.lines) == (same.kind, same.lines)
    assert mine.first == pytest.approx(same.first, abs=1e-6)


def test_window_size_is_checked(processor: DocumentProcessor) -> None:
    with pytest.raises(ValueError, match="1 to 160"):
        processor.page([])
