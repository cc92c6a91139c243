"""Layers for bags of things: phrases out of words, and adding up what each part tells.

The dual encoder, the clip encoder, the matcher and the combiner are made of them.

Shapes: N samples, T word pieces, P parts, D width, E output width, I kinds of things.
"""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_AT_ONCE = 32


def slot_reader(slot_width: int, dim: int) -> nn.Sequential:
    """The scene parser's slots (..., S) as parts (..., D)."""
    return nn.Sequential(
        nn.LayerNorm(slot_width),
        nn.Linear(slot_width, 2 * dim),
        nn.GELU(),
        nn.Linear(2 * dim, dim),
    )


class Phrases(nn.Module):
    """Each word piece with its neighbours: "red" and "metal" reach the "cube" they belong to."""

    def __init__(self, dim: int, reach: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(dim, dim, 2 * reach + 1, padding=reach)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (N, T, D), mask (N, T) -> (N, T, D)."""
        # Padding must not count as neighbours: a text says the same in any batch.
        around = self.near((x * mask[..., None]).transpose(1, 2)).transpose(1, 2)
        return x + F.gelu(around)


def read_in_parts(
    read: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]], ids: Tensor, mask: Tensor
) -> tuple[Tensor, Tensor]:
    """`read` a few texts at a time: short ones are not padded to the longest of the batch.

    Args:
        read: word pieces (n, t) and their mask to two tensors of n rows.
        ids, mask: word pieces (N, T), the mask True where there are any.

    Returns:
        what `read` gives, N rows each.
    """
    parts = []
    for some, real in zip(ids.split(_AT_ONCE), mask.split(_AT_ONCE), strict=True):
        width = int(real.sum(1).max())
        parts.append(read(some[:, :width], real[:, :width]))
    return torch.cat([first for first, _ in parts]), torch.cat([second for _, second in parts])


class Tally(nn.Module):
    """Adds up what each part contributes to the output, as much as its gate lets through."""

    def __init__(self, dim: int, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.gate = nn.Linear(dim, 1)
        self.part = nn.Linear(dim, width)
        self.whole = nn.Linear(dim, width)
        # A text has a hundred words, few of which name a thing: gates begin nearly shut.
        nn.init.constant_(self.gate.bias, -2.0)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (N, 1 + P, D), a summary first; mask (N, P) -> (N, E)."""
        x = self.norm(x)
        parts = x[:, 1:]
        weight = self.gate(parts).sigmoid() * mask[..., None]
        return self.whole(x[:, 0]) + (weight * self.part(parts)).sum(1)


class Inventory(nn.Module):
    """Says of each part which kind of thing it stands for, one attribute at a time.

    Args:
        attributes: how many values each attribute has; their product is the number of kinds.
    """

    def __init__(self, dim: int, attributes: Sequence[int]) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.attributes = tuple(attributes)
        self.value = nn.Linear(dim, sum(attributes))

    def values(self, x: Tensor) -> Tensor:
        """x (N, P, D) -> (N, P, V) logits of the values of all attributes, side by side."""
        return self.value(self.norm(x))

    def forward(self, x: Tensor) -> Tensor:
        """x (N, P, D) -> (N, P, I) probabilities of kinds."""
        return kinds_of(self.values(x), self.attributes)


def kinds_of(values: Tensor, attributes: Sequence[int]) -> Tensor:
    """Logits of values (..., V) -> probabilities of kinds (..., I), the last attribute fastest."""
    chances = [part.softmax(-1) for part in values.split(tuple(attributes), -1)]
    kinds = chances[0]
    for chance in chances[1:]:
        kinds = (kinds[..., :, None] * chance[..., None, :]).flatten(-2)
    return kinds


def shrink(layer: nn.Linear, by: float = 0.1) -> None:
    """Make a fresh layer contribute little at first."""
    with torch.no_grad():
        layer.weight.mul_(by)
        layer.bias.zero_()
