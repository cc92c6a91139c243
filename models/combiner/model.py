"""Composed search: a picture and words ("like this but with a red ball") to one query.

TIRG's residual idea (Vo et al. 2018, https://arxiv.org/abs/1812.07119), carried out on the
inventory of things that begins an embedding of our joint space: words and object slots meet in one
transformer, which says of each thing whether it stays and what becomes of it, and of a new thing
whether it comes and what it is. What is not spoken of stays as the picture has it.

Shapes: N samples, K slots of width S, T word pieces, D width, V values of attributes, I kinds.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.pretrained import SightlineModel
from ..common.tally import Inventory, Phrases, kinds_of, slot_reader
from ..common.transformer import Block
from .config import CombinerConfig
from .loss import change_loss


@dataclass
class CombinerOutput(ModelOutput):
    """`loss` (scalar, with labels) and `inventory` (N, I), what the wanted picture holds."""

    loss: Tensor | None = None
    inventory: Tensor = None  # type: ignore[assignment]


class CombinerModel(SightlineModel):
    """Slots and words in one stream, read off as changes of things."""

    config_class = CombinerConfig
    config: CombinerConfig
    main_input_name = "slots"

    def __init__(self, config: CombinerConfig) -> None:
        super().__init__(config)
        dim = config.dim
        self.slot = slot_reader(config.slot_width, dim)
        self.summary = nn.Parameter(0.02 * torch.randn(dim))
        self.kind = nn.Parameter(0.02 * torch.randn(2, dim))
        self.words = WordEmbedding(dim, config.longest)
        self.phrases = Phrases(dim, config.reach)
        self.blocks = nn.ModuleList([Block(dim, config.heads) for _ in range(config.depth)])
        self.becomes = Inventory(dim, config.attributes)
        self.comes = Inventory(dim, config.attributes)
        self.stays = nn.Linear(dim, 1)
        self.more = nn.Linear(dim, 1)
        # At first nothing goes and nothing comes.
        nn.init.constant_(self.stays.bias, 2.0)
        nn.init.constant_(self.more.bias, -1.0)
        self.post_init()

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        ids: Tensor,
        mask: Tensor,
        values: Tensor,
        after: Tensor | None = None,
        there: Tensor | None = None,
        added: Tensor | None = None,
    ) -> CombinerOutput:
        """Change the things of each picture as the words say.

        Args:
            values: (N, K, V) logits of each slot's attributes, as the dual encoder reads them.
            after: (N, K) kind of each thing afterwards, -1 where it is gone or none.
            there: (N, K) bool, slots that stood for a thing before.
            added: (N,) kind of the thing that came, -1 for none.
        """
        n, k, _ = slots.shape
        things = self.slot(slots) + self.kind[0]
        words = self.phrases(self.words(ids) + self.kind[1], mask)
        x = torch.cat([self.summary.expand(n, 1, -1), things, words], dim=1)
        seen = torch.cat([mask.new_ones(n, 1), slot_mask, mask], dim=1)
        for block in self.blocks:
            x = block(x, mask=seen)
        old = x[:, 1 : 1 + k]
        kinds = kinds_of(values + self.becomes.values(old), self.config.attributes)
        new = self.comes(x[:, :1])[:, 0]
        stays, more = self.stays(old)[..., 0], self.more(x[:, 0])[:, 0]
        kept = (stays.sigmoid() * slot_mask)[..., None] * kinds
        inventory = kept.sum(1) + more.sigmoid()[:, None] * new
        loss = None
        if after is not None and there is not None and added is not None:
            loss = change_loss(kinds, stays, new, more, after, there, added)
        return CombinerOutput(loss=loss, inventory=inventory)

    @staticmethod
    def query(inventory: Tensor, picture: Tensor) -> Tensor:
        """Inventories (N, I) in place of those that begin embeddings (N, E) -> unit rows."""
        return F.normalize(torch.cat([inventory, picture[:, inventory.shape[1] :]], dim=-1), dim=-1)
