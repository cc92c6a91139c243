"""The training loop every recipe shares: AdamW, warm-up and cosine, averaged weights, resume.

A recipe hands in a model, a function that makes the batch of a step and a loss; the loop
writes `curve.jsonl` (one line per logging step), `state.pt` (to resume from) and leaves the
averaged weights in the model.
"""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class FitConfig:
    """How long and how to train.

    Attributes:
        steps: optimiser steps.
        minutes: wall-clock budget; the schedule then follows whichever of steps and minutes
            is further along, so that a busy machine still ends with a small learning rate.
        learning_rate: peak, after warm-up over `warmup` of the run.
        weight_decay: AdamW's, on matrices only.
        ema: decay of the averaged weights that are kept; 0 keeps the last ones.
        clip: largest gradient norm.
        log_every, save_every: steps between log lines and between resume states.
        seed: of everything random in the loop.
    """

    steps: int
    minutes: float | None = None
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    warmup: float = 0.05
    ema: float = 0.995
    clip: float = 1.0
    log_every: int = 50
    save_every: int = 500
    seed: int = 0


def step_seed(seed: int, step: int) -> int:
    """The seed of a step's draws: a resumed run draws what an unbroken one would have."""
    return seed * 1_000_003 + step


def own_loss(model: nn.Module, batch: Any) -> Tensor:
    """The loss that a model gives itself, as its output's `loss`."""
    return model(*batch).loss


def fit(
    model: nn.Module,
    batch: Callable[[int], Any],
    loss: Callable[[nn.Module, Any], Tensor],
    config: FitConfig,
    out: Path,
    *,
    resume: bool = False,
    evaluate: Callable[[nn.Module], dict[str, float]] | None = None,
    evaluate_every: int = 0,
    title: str = "training",
) -> dict[str, float]:
    """Train `model` in place and return the last evaluation and the minutes spent.

    Args:
        batch: step -> batch; must depend on the step alone, so that a resumed run sees what
            an unbroken one would have.
        loss: (model, batch) -> scalar; `own_loss` where the model computes it.
        out: folder for `curve.jsonl` and `state.pt`.
        resume: continue from `out/state.pt` when it is there.
        evaluate: averaged model -> figures, called every `evaluate_every` steps and at the end.

    Raises:
        FloatingPointError: the loss stopped being finite.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = _optimizer(trainable, config)
    average = copy.deepcopy(model).requires_grad_(False) if config.ema else model
    first, spent = 0, 0.0
    state_file = out / "state.pt"
    if resume and state_file.is_file():
        state = torch.load(state_file, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first, spent = state["step"], state["minutes"]
    started = time.monotonic() - 60 * spent
    figures: dict[str, float] = {}
    losses: list[float] = []  # since the last line; a resumed run's first line has fewer
    mode = "a" if first else "w"
    with (out / "curve.jsonl").open(mode) as curve, _bar() as progress:
        task = progress.add_task(title, total=config.steps, completed=first, note="")
        step = first
        while step < config.steps:
            minutes = (time.monotonic() - started) / 60
            done = max(step / config.steps, minutes / config.minutes if config.minutes else 0.0)
            if done >= 1:
                break
            rate = config.learning_rate * _schedule(done, config.warmup)
            for group in optimizer.param_groups:
                group["lr"] = rate
            model.train()
            value = loss(model, batch(step))
            if not torch.isfinite(value):
                raise FloatingPointError(f"the loss is {value.item()} at step {step}")
            _descend(value, optimizer, trainable, config.clip)
            if config.ema:
                _average(average, model, min(config.ema, (step + 1) / (step + 10)))
            step += 1
            losses.append(value.item())
            progress.update(task, advance=1)
            if step % config.log_every == 0:
                line: dict[str, Any] = {"step": step, "loss": round(fmean(losses), 5)}
                line |= {"minutes": round(minutes, 2), "learning_rate": rate}
                losses.clear()
                if evaluate is not None and evaluate_every and step % evaluate_every == 0:
                    figures = evaluate(average.eval())
                    line |= figures
                curve.write(json.dumps(line) + "\n")
                curve.flush()
                shown = {"loss": line["loss"], **figures}
                progress.update(task, note=" ".join(f"{k} {v:.3f}" for k, v in shown.items()))
            if step % config.save_every == 0:
                _save(state_file, model, average, optimizer, step, minutes)
    spent = (time.monotonic() - started) / 60
    _save(state_file, model, average, optimizer, step, spent)
    if config.ema:
        model.load_state_dict(average.state_dict())
    model.eval()
    if evaluate is not None:
        figures = evaluate(model)
    return {**figures, "minutes": round(spent, 2), "steps": float(step)}


def _optimizer(trainable: list[nn.Parameter], config: FitConfig) -> torch.optim.AdamW:
    """AdamW, its decay on matrices only."""
    groups = [
        {"params": [p for p in trainable if p.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in trainable if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.98))


def _descend(
    value: Tensor, optimizer: torch.optim.Optimizer, trainable: list[nn.Parameter], clip: float
) -> None:
    """One step down the gradient of `value`, its norm at most `clip`."""
    optimizer.zero_grad(set_to_none=True)
    value.backward()
    torch.nn.utils.clip_grad_norm_(trainable, clip)
    optimizer.step()


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )


def _schedule(done: float, warmup: float) -> float:
    if done < warmup:
        return max(0.02, done / warmup)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))


@torch.no_grad()
def _average(average: nn.Module, model: nn.Module, decay: float) -> None:
    for kept, new in zip(average.state_dict().values(), model.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(new, 1 - decay)
        else:
            kept.copy_(new)


def _save(
    file: Path, model: nn.Module, average: nn.Module, optimizer: Any, step: int, minutes: float
) -> None:
    # Written beside and renamed: a killed process leaves the previous state whole.
    partial = file.with_suffix(".partial")
    torch.save(
        {
            "model": model.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "minutes": minutes,
        },
        partial,
    )
    partial.replace(file)
