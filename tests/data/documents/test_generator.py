"""Generated documents: truth that holds, boxes inside the page, the same bytes per seed."""

import json
from random import Random

import numpy as np
import pytest
from sightline.data.documents import (
    EXTRACTIVE_KINDS,
    KINDS,
    LAYOUTS,
    TEST_LAYOUTS,
    TRAIN_LAYOUTS,
    Document,
    sample_document,
    write_documents,
)
from sightline.data.documents.render import run_boxes

_ALL = tuple(LAYOUTS)


def _documents(count: int) -> list[Document]:
    return [
        sample_document(np.random.default_rng(seed), render=False, layouts=_ALL)
        for seed in range(count)
    ]


def test_layouts_are_many_and_the_kept_out_ones_cover_most_kinds() -> None:
    assert len(LAYOUTS) >= 45
    assert len(TEST_LAYOUTS) >= 10
    assert not set(TRAIN_LAYOUTS) & set(TEST_LAYOUTS)
    assert {LAYOUTS[name].kind for name in TEST_LAYOUTS} == set(KINDS)


def test_fields_and_extractive_answers_are_printed_on_their_lines() -> None:
    for document in _documents(150):
        for item in document.fields:
            held = " ".join(document.lines[i].text for i in item.lines)
            assert item.value in held, (document.layout, item)
        for question in document.questions:
            held = " ".join(document.lines[i].text for i in question.lines)
            if question.kind in EXTRACTIVE_KINDS:
                assert question.found and question.answer in held, (document.layout, question)
            assert question.found == (question.kind != "not_there")
            assert bool(question.lines) or question.kind in ("not_there", "yes_no", "title")


def test_absent_keys_are_not_among_the_fields() -> None:
    for document in _documents(150):
        printed = {item.key for item in document.fields}
        for question in document.questions:
            if question.kind == "not_there" and question.key not in ("amount", "quantity"):
                columns = {column for table in document.tables for column in table.columns}
                assert question.key not in printed - columns, (document.layout, question)


def test_about_a_quarter_of_the_questions_ask_for_what_is_not_there() -> None:
    questions = [q for document in _documents(200) for q in document.questions]
    share = sum(not q.found for q in questions) / len(questions)
    assert 0.18 < share < 0.32
    assert {q.kind for q in questions} >= {"field", "line_item", "list", "sum", "count",
                                           "table_cell", "title", "yes_no", "compare"}  # fmt: skip


@pytest.mark.parametrize("name", _ALL)
def test_text_neither_overlaps_nor_leaves_the_page(name: str) -> None:
    overlaps = lines = 0
    for seed in range(6):
        page = LAYOUTS[name].build(Random(seed))
        boxes = run_boxes(page, 1.0)
        assert (boxes[:, 0] > 0).all() and (boxes[:, 2] < page.width).all()
        assert (boxes[:, 1] >= 0).all() and (boxes[:, 3] <= page.height + 1).all()
        sizes = np.array([run.size for run in page.runs])
        low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
        high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
        wide, tall = np.moveaxis(high - low, 2, 0)
        hit = (wide > 3) & (tall > 0.25 * np.minimum(sizes[:, None], sizes[None, :]))
        overlaps += int(np.triu(hit, 1).sum())
        lines += len(boxes)
    assert overlaps <= 0.01 * lines


def test_the_same_seed_gives_the_same_truth_drawn_or_not() -> None:
    plain = sample_document(np.random.default_rng(5), render=False)
    drawn = sample_document(np.random.default_rng(5), render=True)
    assert plain == drawn
    assert drawn.image is not None
    assert drawn.image.size == (drawn.width, drawn.height)


def test_ink_lies_inside_the_boxes_of_a_clean_page() -> None:
    document = sample_document(np.random.default_rng(3), layout="letter_block", noise=False)
    assert document.image is not None
    dark = np.asarray(document.image.convert("L")) < 128
    inside = np.zeros_like(dark)
    for line in document.lines:
        x0, y0, x1, y1 = (round(v) for v in line.box)
        assert dark[y0:y1, x0:x1].any()
        inside[y0 : y1 + 1, x0 : x1 + 1] = True
    assert (dark & inside).sum() > 0.85 * dark.sum()


def test_boxes_follow_the_warp() -> None:
    moved = 0
    for seed in range(12):
        flat = sample_document(np.random.default_rng(seed), render=False, noise=False)
        document = sample_document(np.random.default_rng(seed), render=False)
        assert max(document.width, document.height) <= 1300
        for line in document.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 <= x1 <= document.width and 0 <= y0 <= y1 <= document.height
        moved += flat.lines != document.lines
    assert moved >= 6


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no layout of kind"):
        sample_document(np.random.default_rng(0), kind="passport")


def test_write_documents_writes_pictures_and_truth(tmp_path) -> None:
    path = write_documents(tmp_path, 3, seed=7, layouts="test")
    held = json.loads(path.read_text(encoding="utf-8"))
    assert len(held["documents"]) == 3
    for row in held["documents"]:
        assert row["layout"] in TEST_LAYOUTS
        assert (tmp_path / row["image"]).stat().st_size > 1000
