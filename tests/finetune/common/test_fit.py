"""The training loop learns, writes its curve, and resumes where it was."""

import json
from pathlib import Path

import pytest
import torch
from sightline.finetune.common.fit import FitConfig, fit
from torch import Tensor, nn


def _batch(step: int) -> tuple[Tensor, Tensor]:
    x = torch.randn(16, 3, generator=torch.Generator().manual_seed(step))
    return x, x @ torch.tensor([[1.0], [-2.0], [0.5]])


def _loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
    return (model(batch[0]) - batch[1]).square().mean()


def _model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Linear(3, 1)


def test_it_learns_and_writes_a_curve(tmp_path: Path) -> None:
    model = _model()
    config = FitConfig(steps=200, learning_rate=0.05, ema=0.9, log_every=50)
    figures = fit(model, _batch, _loss, config, tmp_path, evaluate=lambda m: {"ok": 1.0})
    assert _loss(model, _batch(9999)).item() < 0.01
    lines = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [50, 100, 150, 200]
    assert figures["ok"] == 1.0


def test_a_resumed_run_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    config = FitConfig(steps=40, learning_rate=0.02, save_every=20)
    whole = _model()
    fit(whole, _batch, _loss, config, tmp_path / "whole")

    broken = _model()

    def dies(step: int) -> tuple[Tensor, Tensor]:
        if step == 25:
            raise KeyboardInterrupt
        return _batch(step)

    with pytest.raises(KeyboardInterrupt):
        fit(broken, dies, _loss, config, tmp_path / "broken")
    again = _model()
    fit(again, _batch, _loss, config, tmp_path / "broken", resume=True)
    for a, b in zip(whole.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_a_loss_that_is_not_finite_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(FloatingPointError):
        fit(
            _model(),
            _batch,
            lambda m, b: _loss(m, b) * float("nan"),
            FitConfig(steps=2),
            tmp_path,
        )


def test_the_curve_tells_the_mean_loss_since_its_last_line(tmp_path: Path) -> None:
    model = nn.Linear(1, 1, bias=False)

    def loss(model: nn.Module, step: float) -> Tensor:
        return model.weight.sum() * 0 + step  # type: ignore[operator, union-attr]

    config = FitConfig(steps=8, log_every=4, save_every=2)
    figures = fit(
        model, float, loss, config, tmp_path, evaluate=lambda m: {"seen": 7.0}, evaluate_every=8
    )
    lines = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text().splitlines()]
    assert [line["loss"] for line in lines] == [1.5, 5.5]
    assert ["seen" in line for line in lines] == [False, True] and figures["seen"] == 7.0
    assert lines[0]["learning_rate"] > lines[1]["learning_rate"] > 0
    # Begun again at step 6, the next line tells of the two steps since then.
    state = torch.load(tmp_path / "state.pt", weights_only=True)
    torch.save({**state, "step": 6}, tmp_path / "state.pt")
    fit(model, float, loss, config, tmp_path, resume=True)
    last = json.loads((tmp_path / "curve.jsonl").read_text().splitlines()[-1])
    assert (last["step"], last["loss"]) == (8, 6.5)
