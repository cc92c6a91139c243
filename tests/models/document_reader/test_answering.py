"""Answers worked out from what a page prints: every thing that questions ask to be done."""

import numpy as np
import pytest
from sightline.models.document_reader.answering import UNREADABLE, Answering
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.document import Wanted
from sightline.models.document_reader.facts import PageFacts
from sightline.models.document_reader.model import PageOutput
from sightline.models.document_reader.ocr import PageText, TextLine
from sightline.models.document_reader.processor import DocumentProcessor
from sightline.models.document_reader.vocabulary import TAGS
from sightline.models.document_reader.windows import Window

CONFIG = DocumentReaderConfig.tiny()
LINES = (
    TextLine(text="GREEN MARKET", box=(40, 10, 200, 30)),
    TextLine(text="Tel: 555 1234", box=(40, 40, 200, 60)),
    TextLine(text="Tea", box=(20, 100, 60, 120)),
    TextLine(text="3.50", box=(280, 100, 330, 120)),
    TextLine(text="Corn Flakes", box=(20, 130, 130, 150)),
    TextLine(text="4.25", box=(280, 130, 330, 150)),
    TextLine(text="Cash 10.00", box=(20, 170, 130, 190)),
    TextLine(text="Membr 8812", box=(20, 200, 130, 220), confidence=0.4),
)
TRUTH = {
    "company": ("GREEN", "MARKET"), "phone": ("555", "1234"), "cash": ("10.00",),
    "item.description": ("Tea", "Corn", "Flakes"), "item.amount": ("3.50", "4.25"),
    "member_number": ("8812",),
}  # fmt: skip


@pytest.fixture(scope="module")
def window() -> Window:
    inputs = DocumentProcessor(CONFIG).page(LINES)
    words = [word.text for word in inputs.words]
    tags = np.zeros((len(words), len(TAGS)), np.float32)
    for tag, texts in TRUTH.items():
        tags[[words.index(text) for text in texts], TAGS.index(tag)] = 0.9
    rows = np.zeros((len(words), len(words)), np.float32)
    for head, members in (("Tea", ("Tea", "3.50")), ("Corn", ("Corn", "Flakes", "4.25"))):
        for member in members:
            rows[words.index(member), words.index(head)] = 9
    kind = np.eye(len(CONFIG.document_kinds))[0]
    text = PageText(lines=LINES, width=400, height=300)
    return Window(1, text, PageFacts(inputs, tags, rows, kind, TAGS, PageOutput()))


def ask(
    window: Window, op: str, tag: str = "item.description", names: tuple[str, ...] = (),
    text: str = "",
) -> tuple[str, bool]:  # fmt: skip
    weights = np.zeros(len(TAGS))
    if tag in TAGS:
        weights[TAGS.index(tag)] = 1
    wanted = Wanted(text=text, op=op, sure=0.9, tag=tag, weights=(weights,), names=names)
    answer = Answering([window], CONFIG)(wanted)
    assert 0 <= answer.confidence <= 1
    return answer.text, answer.found


def test_fields(window: Window) -> None:
    assert ask(window, "field", "company") == ("GREEN MARKET", True)
    assert ask(window, "field", "phone") == ("555 1234", True)
    assert ask(window, "field", "due_date") == ("none", False)
    assert ask(window, "presence", "phone") == ("yes", True)
    assert ask(window, "presence", "email") == ("no", True)
    assert ask(window, "paid_cash", "payment_method") == ("yes", True)
    assert ask(window, "paid_card", "payment_method") == ("no", True)


def test_unclear_print_is_not_made_up(window: Window) -> None:
    assert ask(window, "field", "member_number") == (UNREADABLE, True)


def test_what_stands_beside_a_label(window: Window) -> None:
    assert ask(window, "label", "other", ("Cash",)) == ("10.00", True)
    assert ask(window, "label", "other", ("Vessel",)) == ("none", False)


def test_rows_and_cells(window: Window) -> None:
    assert ask(window, "cell", "item.amount", ("corn flakes",)) == ("4.25", True)
    assert ask(window, "cell", "item.amount", ("coffee",)) == ("none", False)
    assert ask(window, "nth", "item.amount", text="price of the first item?") == ("3.50", True)
    assert ask(window, "nth", text="the last item?") == ("Corn Flakes", True)
    assert ask(window, "nth", text="the fifth item?") == ("none", False)
    assert ask(window, "find", "item.amount", ("4.25",)) == ("Corn Flakes", True)
    assert ask(window, "bought", names=("tea",)) == ("yes", True)
    assert ask(window, "bought", names=("honey",)) == ("no", True)


def test_lists_counts_and_sums(window: Window) -> None:
    assert ask(window, "list") == ("Tea, Corn Flakes", True)
    assert ask(window, "count") == ("2", True)
    assert ask(window, "sum_all", "item.amount") == ("7.75", True)
    assert ask(window, "sum_named", "item.amount", ("tea", "corn flakes")) == ("7.75", True)
    assert ask(window, "sum_named", "item.amount", ("tea", "coffee")) == ("none", False)
    assert ask(window, "pieces", "item.quantity") == ("none", False)


def test_comparisons(window: Window) -> None:
    assert ask(window, "dearest", "item.amount") == ("Corn Flakes", True)
    assert ask(window, "cheapest_price", "item.amount") == ("3.50", True)
    both = ("tea", "corn flakes")
    assert ask(window, "which_dearer", "item.amount", both, "which costs more?") == (
        "Corn Flakes",
        True,
    )
    text = "is tea cheaper than corn flakes?"
    assert ask(window, "is_dearer", "item.amount", both, text) == ("yes", True)
