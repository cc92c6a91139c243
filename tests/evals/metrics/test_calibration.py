"""Calibration: perfect and worst cases, and which answers a coverage keeps."""

import pytest
from sightline.evals.metrics.calibration import (
    accuracy_at_coverage,
    expected_calibration_error,
)


def test_error_of_confidence() -> None:
    assert expected_calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0.0
    assert expected_calibration_error([1.0, 1.0], [False, False]) == 1.0
    assert expected_calibration_error([0.75] * 4, [True, True, True, False]) == 0.0
    # One bin says 0.95 and is right half the time, the other says 0.05 and is never right.
    assert expected_calibration_error(
        [0.95, 0.95, 0.05, 0.05], [True, False, False, False]
    ) == pytest.approx((0.45 + 0.05) / 2)
    assert expected_calibration_error([], []) == 0.0


def test_the_most_confident_are_kept() -> None:
    sure, right = [0.2, 0.9, 0.8, 0.1], [False, True, False, True]
    assert accuracy_at_coverage(sure, right, 0.25) == 1.0
    assert accuracy_at_coverage(sure, right, 0.5) == 0.5
    assert accuracy_at_coverage(sure, right, 0.0) == 1.0
