"""A dual encoder in the manner of CLIP: pictures and texts in one space.

CLIP: Radford et al. 2021, https://arxiv.org/abs/2103.00020. The picture tower reads the scene
parser's grid cells and object slots; the text tower reads word pieces. A scene is a bag of things
(Deep Sets, Zaheer et al. 2017, https://arxiv.org/abs/1703.06114), and so is a description of one:
both towers say of each part which kind of thing it stands for, and the inventory is the first
part of the embedding, the same in both. What it does not hold, such as places, fills the rest.

Shapes: N samples, K slots, G grid cells, T word pieces, D width, E joint width, I kinds.
"""

from dataclasses import dataclass
from math import prod

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.pretrained import SightlineModel
from ..common.tally import Inventory, Phrases, Tally, read_in_parts, shrink, slot_reader
from ..common.transformer import Block
from .config import DualEncoderConfig
from .loss import info_nce, inventory_loss, marginals

# How much counting weighs beside contrast.
COUNTING = 0.3


@dataclass
class DualEncoderOutput(ModelOutput):
    """`loss` (scalar), `images` and `texts` (N, E), unit rows."""

    loss: Tensor | None = None
    images: Tensor | None = None
    texts: Tensor | None = None


class DualEncoderModel(SightlineModel):
    """Two towers and a learned temperature."""

    config_class = DualEncoderConfig
    config: DualEncoderConfig
    main_input_name = "slots"

    def __init__(self, config: DualEncoderConfig) -> None:
        super().__init__(config)
        dim = config.dim
        self.slot = slot_reader(config.slot_width, dim)
        self.cell = nn.Linear(config.grid_width, dim)
        self.summary = nn.Parameter(0.02 * torch.randn(2, dim))
        self.image_blocks = nn.ModuleList(
            [Block(dim, config.heads) for _ in range(config.image_depth)]
        )
        self.words = WordEmbedding(dim, config.longest)
        self.phrases = Phrases(dim, config.reach)
        self.text_blocks = nn.ModuleList(
            [Block(dim, config.heads) for _ in range(config.text_depth)]
        )
        self.image_kinds = Inventory(dim, config.attributes)
        self.text_kinds = Inventory(dim, config.attributes)
        self.said = nn.Linear(dim, 1)
        rest = config.embedding - prod(config.attributes)
        if rest < 1:
            raise ValueError(f"an embedding of {config.embedding} has no room beside the inventory")
        self.image_out = Tally(dim, rest)
        self.text_out = Tally(dim, rest)
        nn.init.constant_(self.said.bias, -2.0)
        for out in (self.image_out, self.text_out):
            shrink(out.part)
            shrink(out.whole)
        # CLIP starts at 1 / 0.07.
        self.log_scale = nn.Parameter(torch.tensor(2.659))
        self.post_init()

    def read_images(
        self, slots: Tensor, slot_mask: Tensor, grid: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Slots (N, K, S) with their mask and grid cells (N, G, C).

        Returns:
            embeddings (N, E), not of unit length; inventories (N, I); kinds of slots (N, K, I).
        """
        n = len(slots)
        things = self.slot(slots)
        kinds = self.image_kinds(things)
        x = torch.cat([self.summary[0].expand(n, 1, -1), things], dim=1)
        seen = torch.cat([slot_mask.new_ones(n, 1), slot_mask], dim=1)
        for block in self.image_blocks:
            x = block(x, mask=seen)
        # Cells only add their share: objects have nothing to ask of an empty table.
        x = torch.cat([x, self.cell(grid)], dim=1)
        real = torch.cat([slot_mask, slot_mask.new_ones(n, grid.shape[1])], dim=1)
        inventory = (kinds * slot_mask[..., None]).sum(1)
        return torch.cat([inventory, self.image_out(x, real)], dim=-1), inventory, kinds

    def read_values(self, slots: Tensor) -> Tensor:
        """Slots (N, K, S) -> logits of the values of each one's attributes (N, K, V)."""
        return self.image_kinds.values(self.slot(slots))

    def read_texts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Word pieces (N, T) -> embeddings (N, E), not of unit length, and inventories (N, I)."""
        return read_in_parts(self._read_texts, ids, mask)

    def _read_texts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        n = len(ids)
        words = self.phrases(self.words(ids), mask)
        x = torch.cat([self.summary[1].expand(n, 1, -1), words], dim=1)
        seen = torch.cat([mask.new_ones(n, 1), mask], dim=1)
        for block in self.text_blocks:
            x = block(x, mask=seen)
        # Softplus and not a probability: "three cubes" says its kind three times.
        often = F.softplus(self.said(x[:, 1:])) * mask[..., None]
        inventory = (often * self.text_kinds(x[:, 1:])).sum(1)
        return torch.cat([inventory, self.text_out(x, mask)], dim=-1), inventory

    def encode_images(self, slots: Tensor, slot_mask: Tensor, grid: Tensor) -> Tensor:
        """Slots (N, K, S) with their mask and grid cells (N, G, C) -> unit rows (N, E)."""
        return F.normalize(self.read_images(slots, slot_mask, grid)[0], dim=-1)

    def encode_texts(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Word pieces (N, T) -> unit rows (N, E)."""
        return F.normalize(self.read_texts(ids, mask)[0], dim=-1)

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        grid: Tensor,
        ids: Tensor,
        mask: Tensor,
        kinds: Tensor | None = None,
        told: Tensor | None = None,
    ) -> DualEncoderOutput:
        """Embed matching pictures and texts and compare all with all.

        Args:
            kinds: (N, K) the kind of each slot, -1 for no object; None learns by contrast alone.
            told: (N,) 1 where the text tells of all objects, 0 where counting would be guessing.
        """
        images, counted, slot_kinds = self.read_images(slots, slot_mask, grid)
        texts, said = self.read_texts(ids, mask)
        unit_images, unit_texts = F.normalize(images, dim=-1), F.normalize(texts, dim=-1)
        # CLIP's cap on the scale keeps training stable.
        loss = info_nce(unit_images, unit_texts, self.log_scale.clamp(max=4.605).exp())
        if kinds is not None and told is not None:
            there = kinds >= 0
            true = F.one_hot(kinds.clamp(min=0), counted.shape[-1]) * there[..., None]
            sure = slot_kinds[there].gather(1, kinds[there][:, None])
            loss = loss - sure.clamp(min=1e-6).log().mean()
            inventory = true.sum(1).to(said)
            by_kind = inventory_loss(said, inventory, told)
            values = self.config.attributes
            by_value = inventory_loss(marginals(said, values), marginals(inventory, values), told)
            loss = loss + COUNTING * (by_kind + 0.1 * by_value)
        return DualEncoderOutput(loss=loss, images=unit_images, texts=unit_texts)
