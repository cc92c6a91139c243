"""Chooses among candidates of a field: a small network per field, softmax over the candidates."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from .candidates import Candidate

_FILE = "fields.safetensors"
_HIDDEN = 24


class FieldScorer(nn.Module):
    """Scores (N, F) candidate features; features are standardised with the training part's own
    mean and spread, kept beside the weights.

    Args:
        features: F.
    """

    def __init__(self, features: int) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.linear = nn.Linear(features, 1)
        self.hidden = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(features, _HIDDEN), nn.Tanh(), nn.Dropout(0.2),
            nn.Linear(_HIDDEN, 1),
        )  # fmt: skip

    def forward(self, features: Tensor) -> Tensor:
        """features (..., F) to scores (...)."""
        x = ((features - self.mean) / self.spread).clamp(-5, 5)
        return (self.linear(x) + self.hidden(x)).squeeze(-1)


class FieldScorers:
    """The scorers there are, by field; none for models trained without receipts."""

    def __init__(self, scorers: dict[str, FieldScorer]) -> None:
        self.scorers = {name: scorer.eval() for name, scorer in scorers.items()}

    def probabilities(self, field: str, found: list[Candidate]) -> list[float]:
        """Of each candidate, that it is the field."""
        with torch.inference_mode():
            rows = torch.stack([torch.from_numpy(each.features) for each in found])
            return self.scorers[field](rows).softmax(0).tolist()

    def __contains__(self, field: str) -> bool:
        return field in self.scorers

    def save(self, folder: Path) -> None:
        """Beside the weights, in half precision."""
        tensors = {
            f"{name}/{key}": value.to(torch.float16).contiguous()
            for name, scorer in self.scorers.items()
            for key, value in scorer.state_dict().items()
        }
        save_file(tensors, folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> "FieldScorers":
        """From a weights folder; none where it has none."""
        if not (folder / _FILE).is_file():
            return cls({})
        tensors = load_file(folder / _FILE)
        scorers = {}
        for name in {key.split("/")[0] for key in tensors}:
            state = {
                key.removeprefix(f"{name}/"): value.float()
                for key, value in tensors.items()
                if key.startswith(f"{name}/")
            }
            scorers[name] = FieldScorer(len(state["mean"]))
            scorers[name].load_state_dict(state)
        return cls(scorers)
