"""A dual encoder in the manner of CLIP: pictures and texts in one space.

CLIP: Radford et al. 2021, https://arxiv.org/abs/2103.00020. The picture tower reads the scene
parser's grid cells and object slots; the text tower reads word pieces.

Shapes: N samples, K slots, G grid cells, T word pieces, E joint width.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.transformer import Block
from .config import DualEncoderConfig
from .loss import info_nce


@dataclass
class DualEncoderOutput(ModelOutput):
    """`loss` (scalar, when both sides are given), `images` and `texts` (N, E), unit rows."""

    loss: Tensor | None = None
    images: Tensor | None = None
    texts: Tensor | None = None


class DualEncoderModel(PreTrainedModel):
    """Two transformers and a learned temperature."""

    config_class = DualEncoderConfig
    config: DualEncoderConfig
    main_input_name = "slots"

    def __init__(self, config: DualEncoderConfig) -> None:
        super().__init__(config)
        self.slot = nn.Linear(config.slot_width, config.dim)
        self.cell = nn.Linear(config.grid_width, config.dim)
        self.summary = nn.Parameter(0.02 * torch.randn(2, config.dim))
        self.image_blocks = nn.ModuleList(
            [Block(config.dim, config.heads) for _ in range(config.depth)]
        )
        self.words = WordEmbedding(config.dim)
        self.text_blocks = nn.ModuleList(
            [Block(config.dim, config.heads) for _ in range(config.depth)]
        )
        self.image_out = nn.Sequential(
            nn.LayerNorm(config.dim), nn.Linear(config.dim, config.embedding)
        )
        self.text_out = nn.Sequential(
            nn.LayerNorm(config.dim), nn.Linear(config.dim, config.embedding)
        )
        # CLIP starts at 1 / 0.07.
        self.log_scale = nn.Parameter(torch.tensor(2.659))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        # Layers keep torch's own initialisation; the method only satisfies PreTrainedModel.
        del module

    def encode_images(self, slots: Tensor, slot_mask: Tensor, grid: Tensor) -> Tensor:
        """Slots (N, K, S) with their mask and grid cells (N, G, C) -> unit rows (N, E)."""
        n = len(slots)
        x = torch.cat([self.summary[0].expand(n, 1, -1), self.slot(slots), self.cell(grid)], dim=1)
        seen = torch.cat(
            [slot_mask.new_ones(n, 1), slot_mask, slot_mask.new_ones(n, grid.shape[1])], dim=1
        )
        for block in self.image_blocks:
            x = block(x, mask=seen)
        return F.normalize(self.image_out(x[:, 0]), dim=-1)

    def encode_texts(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Word pieces (N, T) -> unit rows (N, E)."""
        n = len(ids)
        x = torch.cat([self.summary[1].expand(n, 1, -1), self.words(ids)], dim=1)
        seen = torch.cat([mask.new_ones(n, 1), mask], dim=1)
        for block in self.text_blocks:
            x = block(x, mask=seen)
        return F.normalize(self.text_out(x[:, 0]), dim=-1)

    def forward(
        self, slots: Tensor, slot_mask: Tensor, grid: Tensor, ids: Tensor, mask: Tensor
    ) -> DualEncoderOutput:
        """Embed matching pictures and texts and compare all with all."""
        images = self.encode_images(slots, slot_mask, grid)
        texts = self.encode_texts(ids, mask)
        # CLIP's cap on the scale keeps training stable.
        loss = info_nce(images, texts, self.log_scale.clamp(max=4.605).exp())
        return DualEncoderOutput(loss=loss, images=images, texts=texts)
