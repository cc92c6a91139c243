"""The editor's network: repaints the inside of a region, told what shall be there.

A masked U-Net (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597) modulated by the wanted
attributes (FiLM, Perez et al. 2018, https://arxiv.org/abs/1709.07871). It works at half the
square's size and unfolds to full size at the end, which a CPU can train. It gives a colour and a
share for every pixel: where the share is nothing, the picture stays as it is.

Shapes: N edits, S x S pixels, C condition values.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.conv import ConvNorm, Residual
from ..common.pretrained import SightlineModel
from .canvas import HINTS, condition_width
from .config import EditorConfig
from .loss import painted_loss

_REGION = 1  # the hint that tells what may change
_SHY = 3.0  # an untrained network leaves the sketch nearly as it is


@dataclass
class EditorOutput(ModelOutput):
    """`loss` (scalar, when targets are given) and `pixels` (N, 3, S, S) in [0, 1]."""

    loss: Tensor | None = None
    pixels: Tensor | None = None


class _Modulated(nn.Module):
    """A residual block whose input is scaled and shifted by the condition."""

    def __init__(self, channels: int, condition: int) -> None:
        super().__init__()
        self.film = nn.Linear(condition, 2 * channels)
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)
        self.body = Residual(channels)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.film(told)[:, :, None, None].chunk(2, dim=1)
        return self.body(x * (1 + scale) + shift)


class EditorModel(SightlineModel):
    """The masked U-Net."""

    config_class = EditorConfig
    config: EditorConfig
    main_input_name = "pixel_values"

    def __init__(self, config: EditorConfig) -> None:
        super().__init__(config)
        c2, c4, c8, c16 = config.channels
        told = config.condition
        self.told = nn.Sequential(nn.Linear(condition_width(config), told), nn.ReLU())
        self.stem = ConvNorm(4 * (3 + HINTS), c2)
        self.at2 = _Modulated(c2, told)
        self.down4 = ConvNorm(c2, c4, stride=2)
        self.at4 = _Modulated(c4, told)
        self.down8 = ConvNorm(c4, c8, stride=2)
        self.at8 = _Modulated(c8, told)
        self.down16 = ConvNorm(c8, c16, stride=2)
        self.at16 = _Modulated(c16, told)
        self.up8 = nn.Conv2d(c16, c8, 1)
        self.join8 = ConvNorm(c8, c8)
        self.up4 = nn.Conv2d(c8, c4, 1)
        self.join4 = _Modulated(c4, told)
        self.up2 = nn.Conv2d(c4, c2, 1)
        self.join2 = _Modulated(c2, told)
        self.out = nn.Conv2d(c2, 16, 3, padding=1)
        self.post_init()

    def forward(
        self,
        pixel_values: Tensor,
        hints: Tensor,
        condition: Tensor,
        targets: Tensor | None = None,
    ) -> EditorOutput:
        """Paint.

        Args:
            pixel_values: (N, 3, S, S), RGB in [0, 1].
            hints: (N, 4, S, S) in [0, 1], see `canvas.HINTS`.
            condition: (N, C), see `canvas.condition_of`.
            targets: (N, 3, S, S), what the region shall look like.
        """
        told = self.told(condition)
        x = F.pixel_unshuffle(torch.cat([(pixel_values - 0.5) * 4, hints], dim=1), 2)
        x2 = self.at2(self.stem(x), told)
        x4 = self.at4(self.down4(x2), told)
        x8 = self.at8(self.down8(x4), told)
        x = self.at16(self.down16(x8), told)
        x = self.join8(x8 + _resize(self.up8(x), x8))
        x = self.join4(x4 + _resize(self.up4(x), x4), told)
        x = self.join2(x2 + _resize(self.up2(x), x2), told)
        drawn = F.pixel_shuffle(self.out(x), 2)
        colour, share = drawn[:, :3].sigmoid(), (drawn[:, 3:] - _SHY).sigmoid()
        region = hints[:, _REGION : _REGION + 1]
        pixels = pixel_values + region * share * (colour - pixel_values)
        output = EditorOutput(pixels=pixels)
        if targets is not None:
            output.loss = painted_loss(pixels, targets, region)
        return output


def _resize(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, size=like.shape[-2:], mode="nearest")
