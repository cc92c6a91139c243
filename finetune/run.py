"""A run: what a person asked for, and the card that its weights are saved with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..models import spec
from .common.fit import FitConfig
from .common.save import save_half

DEV_SEED = 8000


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a person asked for.

    Attributes:
        out: folder of the run.
        data: their data, or real data for the recipes that want some.
        steps, minutes: how long; None takes the recipe's own number.
        seed: of drawing and training.
        processes: worker processes for drawing.
        eyes: scene parser weights that slot models look through; None takes the shipped ones.
        pools: folder of drawn pools, shared between runs; beside `out` if None.
    """

    out: Path
    data: Path | None = None
    steps: int | None = None
    minutes: float | None = None
    seed: int = 1
    resume: bool = False
    processes: int = 1
    eyes: Path | None = None
    pools: Path | None = None

    @property
    def trial(self) -> bool:
        """Too few steps to learn from much: recipes then draw little to train on."""
        return self.steps is not None and self.steps < 500

    def fit(self, steps: int, learning_rate: float, **more: Any) -> FitConfig:
        """The recipe's settings with the person's over them."""
        return FitConfig(
            steps=self.steps or steps,
            minutes=self.minutes,
            learning_rate=learning_rate,
            seed=self.seed,
            **more,
        )


def world(options: Options) -> str:
    """What a card says of drawn scenes."""
    return f"drawn tabletop scenes of seed {options.seed} (scored on seed {DEV_SEED})"


def save(
    model: Any, name: str, options: Options, figures: dict[str, float], data: str
) -> dict[str, float]:
    """Save the weights in half precision with a card; gives `figures` back."""
    about = spec(name)
    rows = [
        ("Follows", about.paper),
        ("Data", data),
        ("Command", f"`sightline finetune {name} --seed {options.seed}`"),
        ("Parameters", f"{sum(p.numel() for p in model.parameters()):,}"),
        *((key, f"{value:.4g}") for key, value in figures.items()),
    ]
    table = "\n".join(f"| {key} | {value} |" for key, value in rows)
    licence = "Licence: Apache-2.0."
    if options.data is not None:
        licence += f" Trained in part on `{options.data.name}`: its own terms apply too."
    save_half(model, options.out, f"# {name}\n\n| | |\n|---|---|\n{table}\n\n{licence}")
    return figures
