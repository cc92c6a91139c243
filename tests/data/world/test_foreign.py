"""Words of another world: the description they stand in becomes `nothing`, all else stays."""

from random import Random

import pytest
from sightline.data.world.foreign import COLORS, MATERIALS, THINGS, foreign
from sightline.data.world.freeform import compile_shorthand
from sightline.data.world.lexicon import ADJECTIVES, NOUNS
from sightline.data.world.programs import FalsePremise, execute
from sightline.data.world.sampler import sample_scenes


@pytest.mark.parametrize(
    ("text", "program", "changed"),
    [
        ("how many balls are there", "count({sphere})", "count(nothing)"),
        (
            "what is left of the ball?",
            "describe(relate[left](!{sphere}))",
            "describe(relate[left](!nothing))",
        ),
        ("the ball left of it", "!{sphere | relate[left](it)}", "!nothing"),
        ("are all boxes green", "every({cube},{green cube})", "every({cube},nothing)"),
    ],
)
def test_a_description_becomes_nothing(text: str, program: str, changed: str) -> None:
    found = foreign(Random(0), text, compile_shorthand(program))
    assert found is not None
    assert found[1] == compile_shorthand(changed) and found[0] != text


def test_what_has_no_word_to_exchange_stays() -> None:
    assert foreign(Random(0), "how many things", compile_shorthand("count({thing})")) is None
    # Two cubes are spoken of: which one is meant cannot be told from the text.
    twice = compile_shorthand("exist({cube | relate[left](!{cube})})")
    assert foreign(Random(0), "a cube left of the cube?", twice) is None


def test_the_worlds_are_apart() -> None:
    nouns = {word for entries in NOUNS.values() for one, many, _ in entries for word in (one, many)}
    adjectives = {
        word if isinstance(word, str) else word[0]
        for words in ADJECTIVES.values()
        for word in words
    }
    assert not nouns & {word for pair in THINGS for word in pair}
    assert not adjectives & {*COLORS, *MATERIALS}


def test_nothing_is_never_there() -> None:
    scene = sample_scenes(8000, 1)[0]
    assert execute(compile_shorthand("count(nothing)"), scene).answer == 0
    assert execute(compile_shorthand("exist(nothing)"), scene).answer is False
    with pytest.raises(FalsePremise) as wrong:
        execute(compile_shorthand("query_color(!nothing)"), scene)
    assert wrong.value.kind == "absent"
