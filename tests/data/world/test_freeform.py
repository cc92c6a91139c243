"""The hand-written questions: every line compiles, and no exam question was trained on."""

import re

import pytest
from sightline.data.world.freeform import compile_shorthand, freeform, read_lines
from sightline.data.world.functions import from_tokens, to_tokens


def test_the_shorthand_spells_programs() -> None:
    program = compile_shorthand("count({metal cube | relate[left](!{red sphere})})")
    assert " ".join(to_tokens(program)) == (
        "count filter_shape[cube] filter_material[metal] relate[left] unique filter_shape[sphere] "
        "filter_color[red] scene"
    )


@pytest.mark.parametrize("source", ["count(", "{red wombat}", "count(!{cube}) extra", "exist(3)"])
def test_a_wrong_line_is_named(source: str) -> None:
    with pytest.raises(ValueError, match="some_file:1"):
        list(read_lines(f"what? => {source}", "some_file"))


@pytest.mark.parametrize("part", ["train", "heldout"])
def test_every_line_is_a_program(part: str) -> None:
    pairs = freeform(part)
    assert len(pairs) > 200
    for pair in pairs:
        assert from_tokens(to_tokens(pair.program)) == pair.program


def test_no_kept_out_question_is_trained_on() -> None:
    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()

    seen = {(plain(p.before), plain(p.text)) for p in freeform("train")}
    assert not [p.text for p in freeform("heldout") if (plain(p.before), plain(p.text)) in seen]
