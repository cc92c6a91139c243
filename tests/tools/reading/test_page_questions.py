"""Questions about figures, rows and sentences, on a page whose print is known."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image
from sightline.models.document_reader.ocr import PageText, TextLine
from sightline.models.document_reader.whole import Cell, ReadTable
from sightline.models.tasks import DocumentAnswer
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.reading.figures import answer_figures
from sightline.tools.reading.pages import ReadPage
from sightline.tools.reading.printed import beside_label, from_sentence, under_heading
from sightline.tools.reading.table_questions import answer_table
from sightline.tools.reading.telling import Sitting
from sightline.tools.reading.wordings import in_digits

ROWS = (
    "GREEN MARKET", "SHAMPOO 400ML | 16.02", "3 X 5.34", "SPAGHETTI | 2.80", "TOTAL | 18.82",
    "Service Charge | 0.90", "VISA | 18.82", "Rate | Amount(RM) | Tax(RM)", "6% | 17.75 | 1.07",
    "Goods can be exchanged within 7 days.", "No accidents were reported this year.",
)  # fmt: skip
FIGURES = {
    "what is the total?": "$18.82", "what is the cash?": "20.00", "and the tax?": "1.07",
    "how much is the spaghetti?": "2.80", "how much is the shampoo?": "16.02",
}  # fmt: skip
TABLE = ReadTable(
    columns=("description", "amount"),
    rows=((Cell(text="SHAMPOO 400ML"), Cell(text="16.02")),
          (Cell(text="SPAGHETTI"), Cell(text="2.80"))),
)  # fmt: skip
COURSES = ReadTable(
    columns=("time", "title", "room"),
    rows=tuple(
        (Cell(text=time), Cell(text=title), Cell(text=room))
        for time, title, room in (("10:00", "Spinning", "Room 1"), ("12:45", "Barre", "Hall B"),
                                  ("13:30", "Pilates", "Room 1"))
    ),
)  # fmt: skip


class Reader:
    """Reads what the page above prints."""

    table = TABLE

    def read(self, pictures: object, questions: Sequence[str]) -> list[DocumentAnswer]:
        told = FIGURES.get(questions[0], "none")
        return [DocumentAnswer(text=told, confidence=0.9, found=told != "none")]

    def tables(self, pictures: object) -> list[ReadTable]:
        return [self.table]


@pytest.fixture
def page() -> ReadPage:
    lines = tuple(
        TextLine(text=text, box=(40 + 200 * k, 30 * y, 40 + 200 * k + 8 * len(text), 30 * y + 18))
        for y, row in enumerate(ROWS)
        for k, text in enumerate(row.split(" | "))
    )
    text = PageText(lines=lines, width=600, height=400)
    return ReadPage(number=1, picture=Image.new("RGB", (600, 400), "white"), text=text)


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    document = ArtifactStore(tmp_path, "me").add(Image.new("RGB", (600, 400), "white"))
    context = SimpleNamespace(attachments=[document])
    return Sitting(cast(Any, context), document, cast(Any, Reader()))


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        ("did I spend more than ten?", "yes", "Yes: the total is $18.82, 8.82 more than 10."),
        ("is the total more than twenty five", "no", "No: the total is $18.82, 6.18 less than 25."),
        ("is it more than 18.82?", "no", "No: the total is $18.82, exactly 18.82."),
        ("is 18.82 the right total?", "yes", "Yes: the total is $18.82."),
        ("is the total 19.00?", "no", "No: the total is $18.82."),
        ("compare the total with 50", "$18.82", "The total is $18.82, 31.18 less than 50."),
        ("was the cash more than the total?", "yes",
         "Yes: the cash is 20.00 and the total $18.82."),
        ("what is the difference between the cash and the total?", "1.18",
         "1.18: the cash is 20.00 and the total $18.82."),
    ],
)  # fmt: skip
def test_figures(sitting: Sitting, page: ReadPage, question: str, answer: str, text: str) -> None:
    told = answer_figures(sitting, [page], question)
    assert told is not None and (told.answer, told.text) == (answer, text)


def test_figures_of_a_follow_up(sitting: Sitting, page: ReadPage) -> None:
    told = answer_figures(sitting, [page], "is that more than 3?", ["and the tax?"])
    assert told is not None and told.text == "No: it is 1.07, 1.93 less than 3."
    asked = ["is the shampoo dearer than the spaghetti?"]
    told = answer_figures(sitting, [page], "how much less is the spaghetti?", asked)
    assert told is not None and told.answer == "13.22"


def test_nothing_earlier_to_compare_with(sitting: Sitting, page: ReadPage) -> None:
    told = answer_figures(sitting, [page], "is this more than the last one?")
    assert told is not None and told.answer == "none" and "only this one document" in told.text


@pytest.mark.parametrize(
    "question", ["what is the total?", "who is the cashier?", "list the items"]
)
def test_plain_questions_are_left_to_the_reader(
    sitting: Sitting, page: ReadPage, question: str
) -> None:
    assert answer_figures(sitting, [page], question) is None
    assert answer_table(sitting, [page], question) is None
    assert from_sentence(sitting, [page], question) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what can I get for under 5 dollars?", "SPAGHETTI"),
        ("list everything that costs more than ten", "SHAMPOO 400ML"),
        ("how many items cost over 2?", "2"),
        ("how many shampoos did I buy?", "3"),
        ("how much is one shampoo?", "5.34"),
        ("what's the average price per item?", "9.41"),
        ("list the items with prices", "SHAMPOO 400ML 16.02, SPAGHETTI 2.80"),
        ("what is the last item?", "SPAGHETTI"),
    ],
)
def test_rows(sitting: Sitting, page: ReadPage, question: str, answer: str) -> None:
    told = answer_table(sitting, [page], question)
    assert told is not None and told.answer == answer


def test_rows_by_a_cell(sitting: Sitting, page: ReadPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "table", COURSES)
    asked = ("what's on at 12:45?", "which courses are in room 1?", "when is the last class?")
    told = [answer_table(sitting, [page], question) for question in asked]
    assert [each and each.answer for each in told] == ["Barre", "Spinning, Pilates", "13:30"]


def test_sentences_and_labels(sitting: Sitting, page: ReadPage) -> None:
    told = from_sentence(sitting, [page], "can I exchange the goods?")
    assert told is not None and told.answer == "Goods can be exchanged within 7 days"
    assert from_sentence(sitting, [page], "is there parking?") is None
    charge = beside_label(sitting, [page], "how much service charge?")
    assert charge is not None and charge.answer == "0.90"
    paid = beside_label(sitting, [page], "how did I pay?")
    assert paid is not None and paid.answer == "VISA"
    assert beside_label(sitting, [page], "what is the delivery date?") is None
    tax = under_heading(sitting, [page], "gst?")
    assert tax is not None and tax.answer == "1.07"
    assert under_heading(sitting, [page], "how much without tax?") is None


def test_numbers_in_words() -> None:
    assert in_digits("more than a hundred and twenty") == "more than 120"
    assert in_digits("over two thousand five hundred") == "over 2500"
    assert (
        in_digits("is one of them dearer than the other") == "is one of them dearer than the other"
    )
