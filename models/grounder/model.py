"""Grounding: a detector proposes, a joint transformer says which proposals the words mean.

A small relative of MDETR (Kamath et al. 2021, https://arxiv.org/abs/2104.12763): detection is
modulated by the words after proposal, not before, which a CPU can train.

Shapes: N samples, K slots, T word pieces.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import JointEncoder
from ..common.pretrained import SightlineModel
from ..scene_parser import SceneParserConfig, SceneParserModel
from ..scene_parser.loss import centre_focal_loss
from ..scene_parser.model import SceneParserOutput
from ..scene_parser.parser import slot_features
from .config import GrounderConfig


@dataclass
class GrounderOutput(ModelOutput):
    """`loss` (scalar, when labels are given) and per-slot `logits` (N, K)."""

    loss: Tensor | None = None
    logits: Tensor | None = None


class GrounderModel(SightlineModel):
    """Detector and joint transformer."""

    config_class = GrounderConfig
    config: GrounderConfig
    main_input_name = "slots"

    def __init__(self, config: GrounderConfig) -> None:
        super().__init__(config)
        self.eyes = SceneParserModel(SceneParserConfig(**config.vision))
        width = self.eyes.config.slot_dim + 7
        self.joint = JointEncoder(width, config.dim, config.heads, config.depth)
        self.match = nn.Linear(config.dim, 1)
        self.post_init()

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        ids: Tensor,
        mask: Tensor,
        labels: Tensor | None = None,
    ) -> GrounderOutput:
        """Match phrases to slots.

        Args:
            slots: (N, K, S) as `slot_features` makes them; slot_mask: (N, K) bool.
            ids, mask: word pieces (N, T).
            labels: (N, K) in {0, 1}, whether the phrase means the slot.
        """
        _, states, _ = self.joint(slots, slot_mask, ids, mask)
        logits = self.match(states).squeeze(-1)
        output = GrounderOutput(logits=logits)
        if labels is not None:
            output.loss = F.binary_cross_entropy_with_logits(
                logits[slot_mask], labels[slot_mask].float()
            )
        return output

    def propose(self, pixel_values: Tensor) -> SceneParserOutput:
        """The detector's slots for pictures (N, 3, H, W) in [0, 1]."""
        return self.eyes(pixel_values)

    def detection_loss(
        self, pixel_values: Tensor, targets: dict[str, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Class-agnostic detection on a user's boxes, and slots at the true centres.

        Args:
            pixel_values: (N, 3, H, W).
            targets: `heatmap` (N, h, w), `centres` (N, K, 2), `mask` (N, K), `boxes` (N, K, 4).

        Returns:
            Scalar loss and slot features (N, K, S) to match phrases against.
        """
        maps = self.eyes.features(pixel_values)
        heatmap = self.eyes.centre(maps[0]).squeeze(1)
        centres = targets["centres"]
        if self.training:
            centres = centres + torch.randn_like(centres)
        slots = self.eyes.read_slots(maps, centres)
        side = self.eyes.config.width / 8
        reach = self.eyes.box(slots) * side
        boxes = torch.cat([centres - reach[..., :2], centres + reach[..., 2:]], dim=-1)
        seen = targets["mask"]
        box = F.smooth_l1_loss(boxes[seen] / side, targets["boxes"][seen] / side, beta=0.05)
        loss = centre_focal_loss(heatmap, targets["heatmap"]) + 4.0 * box
        found = SceneParserOutput(slots=slots, centres=centres, boxes=boxes, scores=seen.float())
        return loss, slot_features(found, self.eyes.config.width, self.eyes.config.height)
