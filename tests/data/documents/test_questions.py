"""Questions: amounts are parsed, items are unambiguous, phrases exist for every label."""

from random import Random

import numpy as np
import pytest
from sightline.data.documents import LAYOUTS, sample_document
from sightline.data.documents.lexicon.goods import clash, pick_goods
from sightline.data.documents.questions.field_phrases import NOUNS, QUESTIONS
from sightline.data.documents.questions.patterns import FIELD_PATTERNS, typed
from sightline.data.documents.questions.source import parse_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RM 1,234.50", 1234.5), ("1.234,50 €", 1234.5), ("16.98 SR", 16.98), ("$8.20", 8.2),
        ("-14.92", -14.92), ("kr 99,00", 99.0), ("1 515,00", 1515.0), ("INR 11496.00 S", 11496.0),
        ("Rs. 662.00", 662.0), ("€73,14", 73.14), ("7,957", 7957.0), ("free", None),
    ],
)  # fmt: skip
def test_parse_amount(text: str, value: float | None) -> None:
    assert parse_amount(text) == value


def test_every_field_key_can_be_asked_in_ten_ways() -> None:
    for key, questions in QUESTIONS.items():
        assert len(questions) + len(NOUNS[key]) * len(FIELD_PATTERNS) >= 10, key


def test_every_printed_field_has_phrases() -> None:
    rng = np.random.default_rng(0)
    keys = set()
    for name in LAYOUTS:
        for _ in range(3):
            document = sample_document(rng, layout=name, render=False)
            keys |= {item.key for item in document.fields}
    assert keys <= set(QUESTIONS)


def test_picked_goods_do_not_share_words() -> None:
    rng = Random(0)
    for _ in range(40):
        picked = pick_goods(rng, ["grocery", "food"], 8)
        for i, good in enumerate(picked):
            assert not any(clash(good.spoken, other) for other in picked[:i])


def test_sums_and_comparisons_agree_with_the_table() -> None:
    checked = 0
    for seed in range(150):
        document = sample_document(np.random.default_rng(seed), kind="receipt", render=False)
        for question in document.questions:
            amounts = [parse_amount(document.lines[i].text) for i in question.lines]
            if question.kind == "sum":
                assert float(question.answer) == pytest.approx(sum(a or 0 for a in amounts))
                checked += 1
            if question.kind == "count" and "piece" not in question.text:
                checked += 1
    assert checked > 20


def test_typing_keeps_the_words() -> None:
    rng = Random(1)
    written = {typed(rng, "what is the total?") for _ in range(200)}
    assert len(written) > 40
    assert sum("total" in text.lower() for text in written) > 0.8 * len(written)
