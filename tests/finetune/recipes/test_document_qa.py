"""Samples of the document recipe: labels point at the truth; batches; the field scorers learn."""

from random import Random

import numpy as np
import pytest
import torch
from sightline.data.documents import TRAIN_LAYOUTS, sample_document
from sightline.data.documents.types import DocLine
from sightline.finetune.recipes.document_calibration import calibrate, held_pages
from sightline.finetune.recipes.document_samples import (
    document_sample,
    generated_sample,
    load_documents,
    page_words,
    read_lines,
    receipt_sample,
)
from sightline.finetune.recipes.document_training import BatchMaker, prepare
from sightline.finetune.recipes.field_scorers import Choice, fit_scorer
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.labels import span_text
from sightline.models.document_reader.model import DocumentReaderModel
from sightline.models.document_reader.ocr import TextLine
from sightline.models.document_reader.processor import DocumentProcessor
from sightline.models.document_reader.vocabulary import OPS, OTHER, TAGS

FIELDS = {
    "company": "GREEN MARKET",
    "date": "03/04/2018",
    "address": "12 HILL ROAD",
    "total": "3.50",
}
RECEIPT = [
    TextLine(text=text, box=(20.0, 30.0 * row, 20 + 9.0 * len(text), 30.0 * row + 22))
    for row, text in enumerate(
        [
            "GREEN MARKET",
            "12 HILL ROAD",
            "Date:03/04/2018",
            "Tea 3.50",
            "Total: RM 3.50",
            "Cash 5.00",
        ]
    )
]


@pytest.fixture(scope="module")
def processor() -> DocumentProcessor:
    return DocumentProcessor(DocumentReaderConfig.tiny())


def test_receipt_labels_say_the_fields() -> None:
    sample = receipt_sample("r", RECEIPT, FIELDS, Random(0))
    words = page_words(sample.lines)
    said: dict[str, list[str]] = {}
    for tag, picked in sample.truth.tags:
        said.setdefault(tag, []).append(span_text(sample.lines, words, picked))
    assert said["date"] == ["03/04/2018"] and said["company"] == ["GREEN MARKET"]
    assert said["total"] == ["3.50", "RM 3.50"]
    assert sample.truth.known is not None and "due_date" not in sample.truth.known
    assert {q.target for q in sample.questions} >= {"company", "date", "address", "total"}


def test_generated_pages_are_labelled_with_what_they_print() -> None:
    for index in range(12):
        document = sample_document(
            np.random.default_rng((3, index)), render=False, layouts=TRAIN_LAYOUTS, n_questions=8
        )
        sample = document_sample("d", document)
        words = page_words(sample.lines)
        said = {(tag, span_text(sample.lines, words, picked)) for tag, picked in sample.truth.tags}
        for item in document.fields:
            held = [text for tag, text in said if tag == item.key]
            assert any(item.value in text for text in held), (document.layout, item)
        cells = sum(
            cell.line is not None for t in document.tables for row in t.rows for cell in row
        )
        assert sum("." in tag for tag, _ in sample.truth.tags) == cells
        assert all(q.op in OPS for q in sample.questions)
        known = {*TAGS, "other", ""}
        assert all(q.target in known for q in sample.questions) and len(TAGS) == OTHER


def test_lines_read_from_a_picture_find_their_truth() -> None:
    truth = [DocLine("Total: 9.00", (0, 0, 100, 20)), DocLine("Tea", (0, 40, 40, 60))]
    read = [
        TextLine(text="Total:", box=(0, 1, 55, 19)),
        TextLine(text="9.00", box=(60, 1, 100, 19)),
    ]
    assert read_lines(truth, read).sources == ((0,), (0,))


def test_a_written_folder_is_read_back(tmp_path) -> None:
    from sightline.data.documents import write_documents

    write_documents(tmp_path, 2, seed=7)
    given = sample_document(np.random.default_rng((7, 1)), render=False, layouts=TRAIN_LAYOUTS)
    path, document = load_documents(tmp_path)[1]
    assert path.is_file() and document.fields == given.fields
    assert document.tables == given.tables and document.questions == given.questions


def test_batches_depend_on_the_step_alone(processor: DocumentProcessor) -> None:
    pages = prepare([generated_sample(1, index, TRAIN_LAYOUTS) for index in range(4)], processor)
    first = BatchMaker([(pages, 1.0)], processor, seed=0, pages=2, questions=3)
    again = BatchMaker([(pages, 1.0)], processor, seed=0, pages=2, questions=3)
    first(0)
    one, other = first(5), again(5)
    assert one[0].text.equal(other[0].text) and one[0].boxes.equal(other[0].boxes)
    assert one[2].tags.equal(other[2].tags) and one[2].op.equal(other[2].op)
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config)
    assert float(model(*one).loss.detach()) > 0


def test_what_counts_as_absent_is_fitted(processor: DocumentProcessor) -> None:
    torch.manual_seed(0)
    model = DocumentReaderModel(processor.config)
    figures = calibrate(model, processor, held_pages(8800, 3, TRAIN_LAYOUTS))
    assert set(figures) == {"answers_right", "absent_caught", "present_kept"}
    assert 0.1 <= model.config.absent_threshold <= 0.7
    # An untrained model tags nothing: nothing is claimed to be there.
    assert figures["absent_caught"] > 0.9


def test_a_scorer_learns_to_choose() -> None:
    made = torch.Generator().manual_seed(0)
    choices = []
    for _ in range(40):
        features = torch.randn(6, 5, generator=made)
        choices.append(Choice(features, features[:, 2] == features[:, 2].max()))
    scorer = fit_scorer(choices)
    right = [bool(c.right[int(scorer(c.features).argmax())]) for c in choices]
    assert sum(right) > 34
