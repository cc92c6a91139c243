"""Captions of clips are true of their clips, also of clips that look nearly the same."""

from random import Random

import pytest
from sightline.data.world.functions import Call
from sightline.data.world.video.captions import STYLES, holds, loosened, sample_caption
from sightline.data.world.video.clip import sample_clips
from sightline.data.world.video.language import call, described, from_tokens, happen
from sightline.data.world.video.statements import Thing, state, statement_pairs

CLIPS = sample_clips(8103, 3)


@pytest.mark.parametrize("style", STYLES)
def test_what_captions_state_is_true(style) -> None:
    for clip in CLIPS:
        for number in range(15):
            rng = Random(f"{style}/{number}")
            caption = sample_caption(clip.story, rng, style, clip.variants)
            assert caption.text
            for story in (clip.story, *clip.variants):
                assert all(holds(fact, story) for fact in caption.facts), caption.text
            for _, values in caption.mentions:
                assert any(
                    all(item.value(name) == value for name, value in values.items())
                    for item in clip.story.objects
                )


def test_longer_styles_tell_more() -> None:
    told = {
        style: sum(
            len(sample_caption(clip.story, Random(n), style).facts)
            for clip in CLIPS
            for n in range(10)
        )
        for style in STYLES
    }
    assert told["short"] < told["normal"] < told["long"]


def test_captions_depend_on_their_seed_alone() -> None:
    story = CLIPS[0].story
    assert sample_caption(story, Random(5)) == sample_caption(story, Random(5))
    texts = {sample_caption(story, Random(seed)).text for seed in range(20)}
    assert len(texts) > 15


def test_a_statement_that_is_untrue_does_not_hold() -> None:
    story = CLIPS[0].story
    seen = {event.kind for event in story.events}
    no = {"enter": "no_comer", "leave": "no_goer", "collision": "no_collision"}
    for kind, name in no.items():
        assert holds(state(Random(1), name).program, story) == (kind not in seen)
    many = state(Random(1), "things", number=len(story.objects) + 1)
    assert not holds(many.program, story)


def test_the_ball_is_a_ball_among_several() -> None:
    thing = Thing(values={"shape": "sphere"}, article="the")
    strict = state(Random(1), "enter", (thing,)).program
    assert any(node.function == "unique" for node in strict.walk())
    assert not any(node.function == "unique" for node in loosened(strict).walk())
    loose = call("with", happen("enter"), described(shape="sphere"))
    assert loosened(strict) == Call("exist_events", (loose,))


def test_pairs_for_the_parser_are_programs_that_end_in_yes_or_no() -> None:
    for text, tokens in statement_pairs(3, 200):
        program = from_tokens(tokens)
        assert text
        assert program.function in ("exist", "exist_events", "not", "equal_integer")
