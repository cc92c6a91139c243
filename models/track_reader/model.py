"""From tracks to events, and from states to what comes next.

The event head reads each track, and each pair of tracks, with small convolutions over time: is it
in view, does it move, do the two collide just now. The dynamics model is an interaction network
(Battaglia et al. 2016, https://arxiv.org/abs/1612.00222) whose messages act along the line between
two bodies, as in the physics engines it learns from; it rolls forward for predictions and for
clips without one of their objects (Yi et al. 2020, https://arxiv.org/abs/1910.01442).

Shapes: B clips (or tracks, or pairs), T frames, N objects, F features, K appearance values.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.pretrained import SightlineModel
from .config import TrackReaderConfig

TRACK_FEATURES, PAIR_FEATURES = 9, 9


@dataclass
class TrackReaderOutput(ModelOutput):
    """`loss` (scalar, when targets are given) and logits: `inside`, `moving` (B, T) of tracks,
    `touch` (P, T) of pairs."""

    loss: Tensor | None = None
    inside: Tensor | None = None
    moving: Tensor | None = None
    touch: Tensor | None = None


class TimeHead(nn.Module):
    """(B, T, F) -> (B, T, outputs): convolutions over time with skips."""

    def __init__(self, features: int, width: int, depth: int, outputs: int) -> None:
        super().__init__()
        self.enter = nn.Linear(features, width)
        self.layers = nn.ModuleList([nn.Conv1d(width, width, 5, padding=2) for _ in range(depth)])
        self.norms = nn.ModuleList([nn.LayerNorm(width) for _ in range(depth)])
        self.leave = nn.Linear(width, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """x (N, T, in) to (N, T, out), each moment with those around it."""
        x = self.enter(x)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = x + layer(F.gelu(norm(x)).transpose(1, 2)).transpose(1, 2)
        return self.leave(F.gelu(x))


class Dynamics(nn.Module):
    """One step of N bodies.

    Args:
        kinds: K.
        hidden: width.
        dt: seconds a step.
    """

    def __init__(self, kinds: int, hidden: int, dt: float) -> None:
        super().__init__()
        self.dt = dt
        self.body = nn.Sequential(nn.Linear(kinds, hidden), nn.GELU(), nn.Linear(hidden, 3))
        self.pair = nn.Sequential(
            nn.Linear(2 * kinds + 4, hidden),
            nn.GELU(),
            nn.Linear(hidden, hidden),
            nn.GELU(),
            nn.Linear(hidden, 2),
        )

    def forward(
        self, place: Tensor, speed: Tensor, looks: Tensor, here: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Places, speeds (B, N, 2), looks (B, N, K), here (B, N) bool -> the next places and
        speeds, and the logits of contact (B, N, N)."""
        traits = self.body(looks)
        braking, weight = F.softplus(traits[..., 0]), traits[..., 1]
        reach = F.softplus(traits[..., 2])
        n = place.shape[1]
        away = place[:, None] - place[:, :, None]  # from i to j
        distance = (away.square().sum(-1) + 1e-9).sqrt()
        normal = away / distance[..., None]
        closing = ((speed[:, :, None] - speed[:, None]) * normal).sum(-1)
        gap = distance - reach[:, :, None] - reach[:, None]
        both = (here[:, :, None] & here[:, None]) & ~torch.eye(n, dtype=torch.bool)
        features = torch.stack([gap, closing, gap / self.dt * 0.05, distance], -1)
        wide = looks[:, :, None].expand(-1, -1, n, -1), looks[:, None].expand(-1, n, -1, -1)
        told = torch.cat([features, *wide], -1)
        message = self.pair(told) + self.pair(
            torch.cat([features, wide[1], wide[0]], -1)
        )  # the same seen from either side
        contact = message[..., 0] - 40 * gap
        strength = torch.sigmoid(contact) * F.softplus(message[..., 1]) * F.relu(closing) * both
        share = torch.sigmoid(weight[:, None] - weight[:, :, None])  # light bodies yield more
        kick = -(strength * share)[..., None] * normal
        speed = speed + kick.sum(2)
        pace = (speed.square().sum(-1) + 1e-12).sqrt()
        speed = speed * (1 - (braking * self.dt / pace).clamp(max=1.0))[..., None]
        return place + speed * self.dt, speed, contact.masked_fill(~both, -30.0)


class TrackReaderModel(SightlineModel):
    """Event head and dynamics."""

    config_class = TrackReaderConfig
    config: TrackReaderConfig
    main_input_name = "tracks"

    def __init__(self, config: TrackReaderConfig) -> None:
        super().__init__(config)
        kinds = len(config.kinds)
        self.track_head = TimeHead(TRACK_FEATURES + kinds, config.width, config.depth, 2)
        self.pair_head = TimeHead(PAIR_FEATURES + 2 * kinds, config.width, config.depth, 1)
        self.dynamics = Dynamics(kinds, config.hidden, 1 / (config.rate * config.steps))
        self.post_init()

    def forward(
        self, tracks: Tensor, pairs: Tensor, targets: dict[str, Tensor] | None = None
    ) -> TrackReaderOutput:
        """Read events.

        Args:
            tracks: (B, T, F) features of tracks.
            pairs: (P, 2, T, F') features of pairs, seen from either side.
            targets: `inside`, `moving` (B, T) in {0, 1}, `track_mask` (B, T), `touch` (P, T) in
                [0, 1], `pair_mask` (P, T).
        """
        states = self.track_head(tracks)
        inside, moving = states[..., 0], states[..., 1]
        touch = (self.pair_head(pairs[:, 0]) + self.pair_head(pairs[:, 1]))[..., 0]
        output = TrackReaderOutput(inside=inside, moving=moving, touch=touch)
        if targets is not None:
            output.loss = (
                _masked(inside, targets["inside"], targets["track_mask"])
                + _masked(moving, targets["moving"], targets["track_mask"])
                + 8 * _masked(touch, targets["touch"], targets["pair_mask"])
            )
        return output


def _masked(logits: Tensor, wanted: Tensor, mask: Tensor) -> Tensor:
    loss = F.binary_cross_entropy_with_logits(logits, wanted.float(), reduction="none")
    return (loss * mask).sum() / mask.sum().clamp(min=1)
