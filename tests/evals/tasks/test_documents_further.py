"""How documents-further counts what is right."""

import numpy as np
import pytest
from sightline.data.documents.charts import sample_chart
from sightline.evals.tasks.documents_further import cell_hits, chart_hits, chart_right, score


def test_cells() -> None:
    truth = [["Tea", "2.00"], ["Milk", "1.10"]]
    assert cell_hits(truth, truth) == (4, 4, 4)
    assert cell_hits([["Milk", "1.10", "x"], ["Tea", "2.40"]], truth) == (3, 4, 5)
    assert cell_hits([], truth) == (0, 4, 0)


def test_chart_values() -> None:
    truth, _ = sample_chart(np.random.default_rng(4))
    pairs = list(zip(truth.series, truth.values, strict=True))
    rows = [
        {"category": name, **{s or "value": str(row[c]) for s, row in pairs}}
        for c, name in enumerate(truth.categories)
    ]
    count = len(truth.series) * len(truth.categories)
    assert chart_hits(rows, truth) == (count, count, count)
    rows[0][truth.series[0] or "value"] = str(float(truth.values[0][0]) * 1.06)
    assert chart_hits(rows, truth)[0] == count - 1


@pytest.mark.parametrize(
    ("given", "truth", "scale", "right"),
    [("$1,040", "1000", 5000.0, True), ("1300", "1000", 500.0, False), ("Jun", "Jun", 0.0, True),
     ("Jul", "Jun", 0.0, False), ("none", "12", 50.0, False)],
)  # fmt: skip
def test_chart_answers(given: str, truth: str, scale: float, right: bool) -> None:
    assert chart_right(given, truth, scale) is right


def test_score() -> None:
    records = [
        {"kind": "ticks", "hit": 1, "wanted": 2, "given": 2, "right": False},
        {"kind": "ticks", "hit": 1, "wanted": 1, "given": 1, "right": True},
    ]
    figures = score(records)
    assert figures["ticks"] == pytest.approx(0.6667) and figures["accuracy"] == 0.5
