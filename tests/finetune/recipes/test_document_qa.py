"""Samples of the document recipe: labels point at the truth; the field scorers learn."""

import numpy as np
from sightline.data.documents import TRAIN_LAYOUTS, sample_document
from sightline.data.documents.types import DocLine
from sightline.finetune.recipes.document_samples import (
    document_sample,
    generated_sample,
    page_words,
    read_lines,
    receipt_sample,
)
from sightline.finetune.recipes.document_training import BatchMaker, calibrate, prepare
from sightline.finetune.recipes.field_scorers import Choice, fit_scorer
from sightline.models.document_reader.config import DocumentReaderConfig
from sightline.models.document_reader.labels import span_text
from sightline.models.document_reader.model import DocumentReaderModel
from sightline.models.document_reader.ocr import TextLine
from sightline.models.document_reader.processor import DocumentProcessor

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


def test_receipt_spans_say_the_fields() -> None:
    from random import Random

    sample = receipt_sample("r", RECEIPT, FIELDS, Random(0))
    words = page_words(sample.lines)
    asked = {q.text: q for q in sample.questions}
    said = {
        text: [span_text(sample.lines, words, span) for span in asked[text].spans]
        for text in ("what is the date?", "what is the company name?", "what is the total?")
    }
    assert said["what is the date?"] == ["03/04/2018"]
    assert said["what is the company name?"] == ["GREEN MARKET"]
    assert said["what is the total?"] == ["3.50", "RM 3.50"]
    assert any(q.kind == "none" for q in sample.questions)


def test_generated_answers_are_pointed_at() -> None:
    document = sample_document(
        np.random.default_rng((3, 1)), render=False, layouts=TRAIN_LAYOUTS, n_questions=20
    )
    sample = document_sample("d", document)
    words = page_words(sample.lines)
    truth = {q.text: q for q in document.questions}
    spans = [q for q in sample.questions if q.kind == "extract"]
    assert spans
    for question in spans:
        said = span_text(sample.lines, words, question.spans[0])
        assert truth[question.text].answer in said


def test_lines_read_from_a_picture_find_their_truth() -> None:
    truth = [DocLine("Total: 9.00", (0, 0, 100, 20)), DocLine("Tea", (0, 40, 40, 60))]
    read = [
        TextLine(text="Total:", box=(0, 1, 55, 19)),
        TextLine(text="9.00", box=(60, 1, 100, 19)),
    ]
    assert read_lines(truth, read).sources == ((0,), (0,))


def test_batches_depend_on_the_step_alone() -> None:
    config = DocumentReaderConfig.tiny()
    processor = DocumentProcessor(config)
    pages = prepare([generated_sample(1, index, TRAIN_LAYOUTS) for index in range(4)], processor)
    first = BatchMaker([(pages, 1.0)], processor, seed=0, pages=2, questions=3)
    again = BatchMaker([(pages, 1.0)], processor, seed=0, pages=2, questions=3)
    first(0)
    one, other = first(5), again(5)
    assert one[0].sentence.equal(other[0].sentence) and one[2].first.equal(other[2].first)
    model = DocumentReaderModel(config)
    assert float(model(*one).loss.detach()) > 0
    figures = calibrate(model.eval(), processor, pages)
    assert set(figures) == {"kind_right", "absent_caught", "present_kept", "extract_exact"}


def test_a_scorer_learns_to_choose() -> None:
    import torch

    made = torch.Generator().manual_seed(0)
    choices = []
    for _ in range(40):
        features = torch.randn(6, 5, generator=made)
        choices.append(Choice(features, features[:, 2] == features[:, 2].max()))
    scorer = fit_scorer(choices)
    right = [bool(c.right[int(scorer(c.features).argmax())]) for c in choices]
    assert sum(right) > 34
