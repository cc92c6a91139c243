"""Judging edits: what may change, and what must be as it was."""

import numpy as np
from sightline.evals.metrics.edits import allowed, leftover, untouched_outside

BOX = (100.0, 100.0, 140.0, 140.0)


def test_changes_are_allowed_near_the_object_alone() -> None:
    mask = allowed([BOX], 320, 240)
    assert mask[120, 120] and mask[120, 60] and not mask[120, 20] and not mask[20, 120]
    assert not allowed([], 320, 240).any()


def test_one_changed_bit_far_away_is_seen() -> None:
    before = np.full((240, 320, 3), 90, np.uint8)
    after = before.copy()
    after[110:130, 110:130] = 0
    assert untouched_outside(before, after, [BOX])
    after[5, 300, 2] += 1
    assert not untouched_outside(before, after, [BOX])
    assert not untouched_outside(before, before[:100], [BOX])


def test_leftover() -> None:
    far = (10.0, 10.0, 30.0, 30.0)
    seen = [("red cube", BOX), ("blue ball", far)]
    assert leftover([("red cube", BOX)], seen) == [1]
    assert leftover([("green cube", BOX)], seen) is None
    assert leftover([("red cube", far)], seen) is None
    assert leftover([], seen) == [0, 1]
