"""A one-stage detector that reads a whole scene: boxes, attributes, places on the table.

Objects are centre points on a stride-4 map (CenterNet, Zhou et al. 2019,
https://arxiv.org/abs/1904.07850). Everything else about an object is read by a
small MLP from the features gathered at its centre over three scales, which
costs a few hundred positions instead of dense heads over the whole map.

Shapes: N pictures, C channels, H x W pixels, h = H/4, w = W/4, K slots, D slot width.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.conv import ConvNorm, Residual
from ..common.pretrained import SightlineModel
from .config import SceneParserConfig
from .loss import centre_focal_loss, slot_losses

STRIDE = 4


@dataclass
class SceneParserOutput(ModelOutput):
    """What one pass gives.

    Attributes:
        loss: scalar, when targets are given.
        heatmap: centre logits, (N, h, w).
        centres: (N, K, 2) x, y of slots in pixels of the model's input.
        scores: (N, K) centre scores in [0, 1], descending.
        slots: (N, K, D) features of each object.
        boxes: (N, K, 4) x0 y0 x1 y1 in input pixels.
        places: (N, K, 3) right, front (camera-aligned, on the table) and height, world units.
        attributes: name -> logits (N, K, values).
        coarse: (N, C, H/16, W/16) features of the whole picture.
    """

    loss: Tensor | None = None
    # Always set; ModelOutput wants a default for every field but the first.
    heatmap: Tensor = None  # type: ignore[assignment]
    centres: Tensor = None  # type: ignore[assignment]
    scores: Tensor = None  # type: ignore[assignment]
    slots: Tensor = None  # type: ignore[assignment]
    boxes: Tensor = None  # type: ignore[assignment]
    places: Tensor = None  # type: ignore[assignment]
    attributes: dict[str, Tensor] = None  # type: ignore[assignment]
    coarse: Tensor = None  # type: ignore[assignment]


class SceneParserModel(SightlineModel):
    """Backbone, centre map and per-object heads."""

    config_class = SceneParserConfig
    config: SceneParserConfig
    main_input_name = "pixel_values"

    def __init__(self, config: SceneParserConfig) -> None:
        super().__init__(config)
        c2, c4, c8, c16 = config.channels
        d4, d8, d16 = config.depths
        self.stem = nn.Sequential(ConvNorm(3, c2, stride=2), ConvNorm(c2, c4, stride=2))
        self.stage4 = nn.Sequential(*[Residual(c4) for _ in range(d4)])
        self.stage8 = nn.Sequential(ConvNorm(c4, c8, stride=2), *[Residual(c8) for _ in range(d8)])
        self.stage16 = nn.Sequential(
            ConvNorm(c8, c16, stride=2), *[Residual(c16) for _ in range(d16)]
        )
        self.lateral16 = nn.Conv2d(c16, c8, 1)
        self.smooth8 = ConvNorm(c8, c8)
        self.lateral8 = nn.Conv2d(c8, c4, 1)
        self.smooth4 = ConvNorm(c4, c4)
        self.centre = nn.Sequential(ConvNorm(c4, c4), nn.Conv2d(c4, 1, 1))
        # A rare positive class: start from a low prior so that early gradients stay small.
        nn.init.constant_(self.centre[-1].bias, -3.0)  # type: ignore[index]
        gathered = 9 * c4 + c8 + c16 + 2
        self.slot = nn.Sequential(
            nn.Linear(gathered, 2 * config.slot_dim),
            nn.ReLU(),
            nn.Linear(2 * config.slot_dim, config.slot_dim),
            nn.ReLU(),
        )
        self.box = nn.Linear(config.slot_dim, 4)
        self.place = nn.Linear(config.slot_dim, 3)
        self.attribute = nn.ModuleDict(
            {name: nn.Linear(config.slot_dim, len(v)) for name, v in config.attributes.items()}
        )
        self.post_init()

    def features(self, pixel_values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(N, 3, H, W) in [0, 1] -> fused maps at strides 4, 8 and 16."""
        x4 = self.stage4(self.stem((pixel_values - 0.5) * 4.0))
        x8 = self.stage8(x4)
        x16 = self.stage16(x8)
        x8 = self.smooth8(x8 + _resize(self.lateral16(x16), x8))
        x4 = self.smooth4(x4 + _resize(self.lateral8(x8), x4))
        return x4, x8, x16

    def read_slots(self, maps: tuple[Tensor, Tensor, Tensor], centres: Tensor) -> Tensor:
        """Gather features at `centres` (N, K, 2) input pixels -> (N, K, D)."""
        x4, x8, x16 = maps
        size = torch.tensor(
            [x4.shape[-1] * STRIDE, x4.shape[-2] * STRIDE], device=x4.device, dtype=x4.dtype
        )
        grid = (centres / size * 2 - 1)[:, :, None]  # (N, K, 1, 2), align_corners=False
        step = 2 * STRIDE / size
        shifts = torch.tensor(
            [[dx, dy] for dy in (-1, 0, 1) for dx in (-1, 0, 1)], device=x4.device, dtype=x4.dtype
        )
        near = F.grid_sample(x4, grid + shifts * step, align_corners=False)  # (N, C, K, 9)
        near = near.permute(0, 2, 3, 1).flatten(2)
        wide = [
            F.grid_sample(m, grid, align_corners=False).squeeze(-1).transpose(1, 2)
            for m in (x8, x16)
        ]
        return self.slot(torch.cat([near, *wide, grid[:, :, 0]], dim=-1))

    def forward(
        self, pixel_values: Tensor, targets: dict[str, Tensor] | None = None
    ) -> SceneParserOutput:
        """Parse pictures.

        Args:
            pixel_values: (N, 3, H, W), RGB in [0, 1].
            targets: `heatmap` (N, h, w), `centres` (N, K, 2), `mask` (N, K) bool, `boxes`
                (N, K, 4), `places` (N, K, 3) and one (N, K) class index per attribute; slots
                are then read at the true centres and `loss` is set.
        """
        maps = self.features(pixel_values)
        heatmap = self.centre(maps[0]).squeeze(1)
        if targets is None:
            centres, scores = self.find_centres(heatmap)
        else:
            # A jittered centre teaches the heads to forgive a centre that is a cell off.
            centres = targets["centres"]
            if self.training:
                centres = centres + torch.randn_like(centres) * (STRIDE / 4)
            scores = targets["mask"].float()
        slots = self.read_slots(maps, centres)
        side = self.config.width / 8
        reach = self.box(slots) * side
        boxes = torch.cat([centres - reach[..., :2], centres + reach[..., 2:]], dim=-1)
        attributes = {name: head(slots) for name, head in self.attribute.items()}
        output = SceneParserOutput(
            heatmap=heatmap,
            centres=centres,
            scores=scores,
            slots=slots,
            boxes=boxes,
            places=self.place(slots),
            attributes=attributes,
            coarse=maps[2],
        )
        if targets is not None:
            output.loss = centre_focal_loss(heatmap, targets["heatmap"]) + slot_losses(
                boxes / side,
                output.places,
                attributes,
                targets,
                box_scale=side,  # pyright: ignore[reportArgumentType]
            )
        return output

    def find_centres(self, heatmap: Tensor) -> tuple[Tensor, Tensor]:
        """Local maxima of the centre map (N, h, w) -> input pixels (N, K, 2), scores (N, K)."""
        probability = heatmap.sigmoid()
        peak = F.max_pool2d(probability[:, None], 3, 1, 1)[:, 0] == probability
        n, _, w = probability.shape
        flat = (probability * peak).flatten(1)
        k = min(self.config.max_objects, flat.shape[1])
        scores, index = flat.topk(k, dim=1)
        x, y = index % w, index // w
        # Refine inside the cell by the 3x3 centre of mass around the peak.
        padded = F.pad(probability, (1, 1, 1, 1))
        rows = torch.arange(n, device=heatmap.device)[:, None]
        total = torch.zeros_like(scores) + 1e-6
        dx = torch.zeros_like(scores)
        dy = torch.zeros_like(scores)
        for oy in (-1, 0, 1):
            for ox in (-1, 0, 1):
                weight = padded[rows, y + 1 + oy, x + 1 + ox]
                total, dx, dy = total + weight, dx + weight * ox, dy + weight * oy
        centres = torch.stack([x + 0.5 + dx / total, y + 0.5 + dy / total], dim=-1) * STRIDE
        return centres, scores


def _resize(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, size=like.shape[-2:], mode="bilinear", align_corners=False)
