"""Dialogues: rightly threaded, varied, and the same for the same seed."""

from dataclasses import replace
from random import Random

import pytest
from sightline.data.world.dialogs import dialog_parser_pairs, sample_dialog
from sightline.data.world.functions import canonical, from_tokens, to_tokens
from sightline.data.world.programs import FalsePremise, answer_text, execute
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(8101, 8, width=96, height=72)


def test_answers_follow_from_programs_and_state(scenes: list[Scene]) -> None:
    for i, scene in enumerate(scenes):
        state = None
        dialog = sample_dialog(scene, Random(i))
        assert len(dialog.turns) == 10
        for turn in dialog.turns:
            try:
                done = execute(turn.program, scene, state)
                answer, premise, state = answer_text(done.answer), "holds", done.state
            except FalsePremise as error:
                answer, premise, state = "none", error.kind, error.state
            assert (turn.answer, turn.premise) == (answer, premise), turn.question


def test_turns_are_varied_and_typeable(scenes: list[Scene]) -> None:
    turns = [
        t
        for i, s in enumerate(scenes)
        for k in range(4)
        for t in sample_dialog(s, Random(f"{i}/{k}")).turns
    ]
    templates = {turn.template for turn in turns}
    functions = {node.function for turn in turns for node in turn.program.walk()}
    assert {"it", "them", "other", "swap", "again"} <= functions
    assert len(templates) > 30
    assert len({turn.question.lower() for turn in turns}) > 0.9 * len(turns)
    for turn in turns:
        assert from_tokens(to_tokens(turn.program)) == canonical(turn.program)
        assert turn.question.strip()
        assert not set("{}[]|<>") & set(turn.question)


def test_same_seed_same_dialogue(scenes: list[Scene]) -> None:
    assert sample_dialog(scenes[0], Random(5)) == sample_dialog(scenes[0], Random(5))
    assert sample_dialog(scenes[0], Random(5)) != sample_dialog(scenes[0], Random(6))


def test_a_scene_of_one_object_can_be_talked_about(scenes: list[Scene]) -> None:
    one = replace(
        scenes[0],
        objects=scenes[0].objects[:1],
        relationships=dict.fromkeys(scenes[0].relationships, ((),)),
    )
    assert len(sample_dialog(one, Random(1), rounds=5).turns) == 5


def test_parser_pairs() -> None:
    pairs = list(dialog_parser_pairs(81, 60))
    assert len(pairs) == 60
    for history, text, tokens in pairs:
        assert all(isinstance(turn, str) for turn in history)
        assert text
        from_tokens(tokens)
    assert pairs[:20] == list(dialog_parser_pairs(81, 20))
    with pytest.raises(ValueError, match="testing"):
        next(dialog_parser_pairs(9001, 1))
