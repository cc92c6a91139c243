"""Composed pairs: well-formed programs, every head and condition, and words that mean them."""

import re
from random import Random

import pytest
from sightline.data.world.composed import LONGEST, composed_pairs
from sightline.data.world.composed_groups import Group, Where, restrict
from sightline.data.world.composed_phrases import Composer
from sightline.data.world.freeform import compile_shorthand
from sightline.data.world.functions import (
    FUNCTIONS,
    SCENE,
    canonical,
    filters,
    from_tokens,
    to_tokens,
)
from sightline.data.world.programs import FalsePremise, execute
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.vocabulary import ATTRIBUTES
from sightline.models.program_parser import ProgramParserConfig

PAIRS = list(composed_pairs(3, 4000))


def test_every_program_is_well_formed_canonical_and_short_enough() -> None:
    for before, text, tokens in PAIRS:
        program = from_tokens(tokens)
        assert to_tokens(canonical(program)) == list(tokens), text
        assert 0 < len(tokens) <= LONGEST and text.strip() and before is not None
    assert ProgramParserConfig(tokens=[], inputs=[], outputs=[], widens={}).longest == LONGEST


def test_pairs_go_by_the_seed_and_test_seeds_are_refused() -> None:
    assert list(composed_pairs(5, 50)) == list(composed_pairs(5, 50))
    assert list(composed_pairs(5, 50)) != list(composed_pairs(6, 50))
    with pytest.raises(ValueError, match="kept for testing"):
        next(composed_pairs(9001, 1))


def test_every_head_and_every_condition_occurs() -> None:
    seen = {node.function for _, _, tokens in PAIRS for node in from_tokens(tokens).walk()}
    assert set(FUNCTIONS) - seen <= {"swap", "nothing"}
    heads = {from_tokens(tokens).function for _, _, tokens in PAIRS}
    wanted = {"count", "exist", "not", "every", "and", "describe", "locate", "difference", "again"}
    wanted |= {
        f"{kind}_{name}" for kind in ("query", "equal", "mode", "agree") for name in ATTRIBUTES
    }
    wanted |= {"greater_than", "less_than", "equal_integer", "unique", "union", "minus", "extreme"}
    assert wanted <= heads
    assert any(before for before, _, _ in PAIRS)


def test_conditions_add_up_whatever_they_are() -> None:
    scenes = sample_scenes(8100, 25)
    checked = 0
    for seed in range(300):
        c = Composer(Random(seed), 3)
        group = c.group()
        for scene in scenes[:5]:
            try:
                found = set(execute(group.program, scene).objects)
                expected = set(execute(group.core_program, scene).objects)
                for where in group.wheres:
                    expected &= set(execute(where.chosen, scene).objects)
                if group.out is not None:
                    expected -= set(execute(group.out.chosen, scene).objects)
                taught = set(execute(canonical(group.program), scene).objects)
            except FalsePremise:
                continue
            checked += 1
            assert found == taught == expected
    assert checked > 300


@pytest.mark.parametrize(
    ("values", "chosen", "means"),
    [
        ({"shape": "cube"}, "relate[left](!{red sphere})", "{cube | relate[left](!{red sphere})}"),
        ({"shape": "cube"}, "side[left]({thing})", "{cube | side[left]({thing})}"),
        ({"size": "large"}, "union({red},{blue})", "union({large red},{large blue})"),
        (
            {},
            "intersect(relate[left](!{cube}),relate[front](!{blue}))",
            "intersect(relate[left](!{cube}),relate[front](!{blue}))",
        ),
    ],
)
def test_a_condition_restricts_a_set(values: dict[str, str], chosen: str, means: str) -> None:
    found = restrict(filters(SCENE, **values), compile_shorthand(chosen))
    assert canonical(found) == canonical(compile_shorthand(means))


def test_a_group_says_what_it_means() -> None:
    behind = compile_shorthand("relate[behind](!{cube})")
    where = Where(kind="relate", one="behind the cube", many="behind the cube", chosen=behind)
    red = compile_shorthand("{red}")
    out = Where(kind="value", one="red", many="red", chosen=red)
    group = Group(rng=Random(0), values={"shape": "sphere"}, wheres=(where,), out=out)
    text = group.said("many")
    assert "behind the cube" in text and text.endswith("not red")
    assert canonical(group.program) == canonical(
        compile_shorthand(
            "minus({sphere | relate[behind](!{cube})},{red sphere | relate[behind](!{cube})})"
        )
    )


def test_questions_hold_the_numbers_they_name() -> None:
    words = {"two": "2", "three": "3", "four": "4"}
    checked = 0
    for before, text, tokens in PAIRS:
        low = text.lower()
        for word, digit in words.items():
            for phrase, head, shift in (
                (f"at least {word} ", "greater_than", -1),
                (f"at most {word} ", "less_than", 1),
                (f"exactly {word} ", "equal_integer", 0),
                (f"more than {word} ", "greater_than", 0),
                (f"fewer than {word} ", "less_than", 0),
            ):
                if re.search(f"(?<!not )(?<!no ){phrase}", low) and not before:
                    checked += 1
                    assert tokens[0] == head, text
                    assert tokens[-1] == f"number[{int(digit) + shift}]", text
    assert checked > 40
