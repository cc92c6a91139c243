"""The reader's model at its tiny size: gradients, padding, saving, overfitting one page."""

from pathlib import Path

import pytest
import torch
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.labels import AskedTruth, PageTruth, label_tensors
from sightline.models.document_reader.model import DocumentReaderModel
from sightline.models.document_reader.ocr import TextLine
from sightline.models.document_reader.processor import DocumentProcessor, PageInputs
from sightline.models.document_reader.vocabulary import OPS, TAGS

LINES = (
    TextLine(text="GREEN MARKET SDN BHD", box=(40, 10, 300, 34)),
    TextLine(text="12 Hill Road", box=(60, 40, 240, 60)),
    TextLine(text="Tea", box=(20, 100, 60, 120)),
    TextLine(text="3.50", box=(280, 100, 330, 120)),
    TextLine(text="Total: RM 3.50", box=(150, 140, 330, 160)),
)
QUESTIONS = (
    AskedTruth(text="who sold it?", op="field", target="company"),
    AskedTruth(text="how much was the tea?", op="cell", target="item.amount", names=("tea",)),
    AskedTruth(text="list the items", op="list", target="item.description"),
)


@pytest.fixture(scope="module")
def processor() -> DocumentProcessor:
    return DocumentProcessor(DocumentReaderConfig.tiny())


@pytest.fixture(scope="module")
def page(processor: DocumentProcessor) -> PageInputs:
    return processor.page(LINES)


def batch(processor: DocumentProcessor, page: PageInputs):
    words = [word.text for word in page.words]
    tea, price, total = words.index("Tea"), words.index("3.50"), len(words) - 1
    truth = PageTruth(
        tags=(
            ("company", (0, 1, 2, 3)), ("item.description", (tea,)),
            ("item.amount", (price,)), ("total", (total,)),
        ),
        rows=(((tea, price), tea),),
        kind="receipt",
    )  # fmt: skip
    asked = [(question, processor.question(question.text)) for question in QUESTIONS]
    labels = label_tensors(processor.config, [(page, truth)], [(b, a) for a, b in asked])
    questions = processor.asked([(0, inputs) for _, inputs in asked])
    return processor.pages([page]), questions, labels


def model_of(processor: DocumentProcessor) -> DocumentReaderModel:
    torch.manual_seed(0)
    return DocumentReaderModel(processor.config)


def test_every_parameter_learns(processor: DocumentProcessor, page: PageInputs) -> None:
    model = model_of(processor)
    model(*batch(processor, page)).loss.backward()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None and bool(parameter.grad.isfinite().all()), name


def test_overfits_one_page(processor: DocumentProcessor, page: PageInputs) -> None:
    model = model_of(processor)
    pages, questions, labels = batch(processor, page)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-2)
    for _ in range(110):
        optimizer.zero_grad()
        model(pages, questions, labels).loss.backward()
        optimizer.step()
    output = model.eval()(pages, questions)
    assert (output.page.tags[0] > 0).equal(labels.tags[0])
    told = labels.rows >= 0
    assert output.page.rows.argmax(-1)[told].equal(labels.rows[told])
    assert [OPS[i] for i in output.question.op.argmax(-1)] == ["field", "cell", "list"]
    targets = [TAGS[i] for i in output.question.target.argmax(-1)]
    assert targets == ["company", "item.amount", "item.description"]
    marked = output.question.names.argmax(-1)[1][questions.mask[1]]
    assert marked.tolist() == labels.names[1][questions.mask[1]].tolist()
    assert marked.sum() == 1


def test_padding_changes_nothing(processor: DocumentProcessor, page: PageInputs) -> None:
    model = model_of(processor).eval()
    longer = processor.page(LINES + tuple(LINES[:3]))
    alone = model.read(processor.pages([page]))
    together = model.read(processor.pages([longer, page]))
    count = len(page.words)
    for part, cut in (("tags", (1, slice(count))), ("rows", (1, slice(count), slice(count)))):
        one, other = getattr(alone, part)[0], getattr(together, part)[cut]
        torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-4)
    assert alone.kind is not None and together.kind is not None
    torch.testing.assert_close(alone.kind[0], together.kind[1], atol=1e-5, rtol=1e-4)
    short, long = processor.questions(["total?", "could you tell me which shop this is from?"])
    one = model.ask(processor.asked([(0, short)]), alone).target
    two = model.ask(processor.asked([(0, long), (0, short)]), alone).target
    assert one is not None and two is not None
    torch.testing.assert_close(one[0], two[1], atol=1e-5, rtol=1e-4)


def test_saved_and_loaded(processor: DocumentProcessor, page: PageInputs, tmp_path: Path) -> None:
    model = model_of(processor).eval()
    model.save_pretrained(tmp_path)
    again = DocumentReaderModel.from_pretrained(tmp_path).eval()
    mine, same = (m.read(processor.pages([page])) for m in (model, again))
    torch.testing.assert_close(mine.tags, same.tags)


def test_a_page_without_words_is_refused(processor: DocumentProcessor) -> None:
    with pytest.raises(ValueError, match="at least one word"):
        processor.page([])
