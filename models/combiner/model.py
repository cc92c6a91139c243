"""Composed search: a picture and words ("like this but with a red ball") to one query.

TIRG's residual idea (Vo et al. 2018, https://arxiv.org/abs/1812.07119): the query is the picture's
own embedding plus what the words change about it. Words and object slots meet in one transformer,
so that "the ball" is the ball of this very picture.

Shapes: N samples, K slots of width S, T word pieces, D width, E joint width.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.tally import Phrases, Tally
from ..common.transformer import Block
from .config import CombinerConfig


@dataclass
class CombinerOutput(ModelOutput):
    """`loss` (scalar, with targets) and `queries` (N, E), unit rows."""

    loss: Tensor | None = None
    queries: Tensor = None  # type: ignore[assignment]


class CombinerModel(PreTrainedModel):
    """Slots and words in one stream; what they add up to is added to the picture's embedding."""

    config_class = CombinerConfig
    config: CombinerConfig
    main_input_name = "slots"

    def __init__(self, config: CombinerConfig) -> None:
        super().__init__(config)
        dim = config.dim
        self.slot = nn.Sequential(
            nn.LayerNorm(config.slot_width),
            nn.Linear(config.slot_width, 2 * dim),
            nn.GELU(),
            nn.Linear(2 * dim, dim),
        )
        self.summary = nn.Parameter(0.02 * torch.randn(dim))
        self.kind = nn.Parameter(0.02 * torch.randn(2, dim))
        self.words = WordEmbedding(dim, config.longest)
        self.phrases = Phrases(dim, config.reach)
        self.blocks = nn.ModuleList([Block(dim, config.heads) for _ in range(config.depth)])
        self.out = Tally(dim, config.embedding)
        # CLIP starts at 1 / 0.07.
        self.log_scale = nn.Parameter(torch.tensor(2.659))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        # Layers keep torch's own initialisation; the method only satisfies PreTrainedModel.
        del module

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        ids: Tensor,
        mask: Tensor,
        picture: Tensor,
        gallery: Tensor | None = None,
        labels: Tensor | None = None,
    ) -> CombinerOutput:
        """Make queries, and hold them against a gallery while training.

        Args:
            picture: (N, E) the dual encoder's embedding of each picture, not of unit length.
            gallery: (M, E) unit embeddings to choose from.
            labels: (N,) row of the gallery that is meant.
        """
        n = len(slots)
        things = self.slot(slots) + self.kind[0]
        words = self.phrases(self.words(ids) + self.kind[1], mask)
        x = torch.cat([self.summary.expand(n, 1, -1), things, words], dim=1)
        real = torch.cat([slot_mask, mask], dim=1)
        seen = torch.cat([mask.new_ones(n, 1), real], dim=1)
        for block in self.blocks:
            x = block(x, mask=seen)
        queries = F.normalize(picture + self.out(x, real), dim=-1)
        loss = None
        if gallery is not None and labels is not None:
            scale = self.log_scale.clamp(max=4.605).exp()
            loss = F.cross_entropy(scale * queries @ gallery.T, labels)
        return CombinerOutput(loss=loss, queries=queries)
