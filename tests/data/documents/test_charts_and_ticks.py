"""Generated charts and tick forms show what their truth says."""

from random import Random

import numpy as np
import pytest
from sightline.data.documents.charts import (
    STYLES,
    TEST_STYLES,
    TRAIN_STYLES,
    chart_questions,
    sample_chart,
)
from sightline.data.documents.ticks import sample_ticks


def rng(*seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_charts_come_out_the_same_and_values_lie_on_the_axis() -> None:
    for index in range(12):
        truth, picture = sample_chart(rng(3, index), tuple(STYLES))
        again, same = sample_chart(rng(3, index), tuple(STYLES))
        assert truth == again and np.array_equal(np.asarray(picture), np.asarray(same))
        assert len(truth.values) == len(truth.series)
        for row in truth.values:
            assert len(row) == len(truth.categories)
            assert all(truth.low < value <= truth.high for value in row)


def test_a_bar_is_drawn_as_high_as_its_value() -> None:
    truth, picture = sample_chart(rng(5), ("open",), kinds=("bar",))
    colour = np.array(truth.look.colours[0])
    mask = np.abs(np.asarray(picture).astype(int) - colour).max(-1) < 30
    # Letters and the legend's swatch are lower than the bars of this chart.
    high = np.where(mask.sum(0) > 20, mask.sum(0), 0)
    runs = np.split(high, np.flatnonzero(high == 0))
    bars = [run.max() for run in runs if len(run) > 8]
    shares = [float(value / max(truth.values[0])) for value in truth.values[0]]
    assert [bar / max(bars) for bar in bars] == pytest.approx(shares, abs=0.03)


def test_kept_out_styles_have_kept_out_colours() -> None:
    trained = {sample_chart(rng(1, i), TRAIN_STYLES)[0].look.colours for i in range(20)}
    kept = {sample_chart(rng(1, i), TEST_STYLES)[0].look.colours for i in range(20)}
    assert not {frozenset(c) for c in trained} & {frozenset(c) for c in kept}


def test_questions_about_a_chart_are_answered_by_its_numbers() -> None:
    for index in range(10):
        truth, _ = sample_chart(rng(7, index))
        for question in chart_questions(truth, Random(index), 8):
            if question.kind == "value":
                assert question.answer in {str(v) for row in truth.values for v in row}
            if question.kind == "extreme":
                assert question.answer in truth.categories
            if question.kind == "trend":
                assert question.answer in ("up", "down")


def test_ticked_boxes_hold_ink_and_others_do_not() -> None:
    for index in range(8):
        boxes, picture = sample_ticks(rng(9, index), kept_out=index % 2 == 1, noise=False)
        grey = np.asarray(picture.convert("L")).astype(int)
        assert any(box.ticked for box in boxes) or len(boxes) < 6
        for box in boxes:
            x, y = (box.box[0] + box.box[2]) / 2, (box.box[1] + box.box[3]) / 2
            r = 0.25 * (box.box[2] - box.box[0])
            core = grey[round(y - r) : round(y + r) + 1, round(x - r) : round(x + r) + 1]
            assert (float((core < 200).mean()) > 0.05) == box.ticked, (index, box)
