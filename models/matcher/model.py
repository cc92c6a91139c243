"""Image-text matching: does this text describe this picture? Words look at object slots.

ITM of ALBEF (Li et al. 2021, https://arxiv.org/abs/2107.07651): the words of a text cross-attend
to the picture's objects, and what every word makes of them adds up to one logit, beside what the
dual encoder's inventories of text and picture tell when they are compared.

Shapes: N pairs, K slots of width S, T word pieces, D width, I kinds of things.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.pretrained import SightlineModel
from ..common.tally import Phrases, Tally, slot_reader
from ..common.transformer import Block
from ..dual_encoder.loss import marginals
from .config import MatcherConfig


@dataclass
class MatcherOutput(ModelOutput):
    """`loss` (scalar, with labels) and `logits` (N,): above zero where the text fits."""

    loss: Tensor | None = None
    logits: Tensor = None  # type: ignore[assignment]


def _measures(attributes: Sequence[int]) -> int:
    return 2 * sum(attributes) + 6


def compared_inventories(said: Tensor, seen: Tensor, attributes: Sequence[int]) -> Tensor:
    """What is said and not seen, seen and not said, how alike: (N, I) twice -> (N, M)."""
    by_value = marginals(said, attributes) - marginals(seen, attributes)
    away = said - seen
    whole = torch.stack(
        [
            F.cosine_similarity(said, seen, dim=-1), away.norm(dim=-1), said.sum(-1), seen.sum(-1),
            away.relu().sum(-1), (-away).relu().sum(-1),
        ],
        dim=-1,
    )  # fmt: skip
    return torch.cat([by_value.relu(), (-by_value).relu(), whole], dim=-1)


class MatcherModel(SightlineModel):
    """Words and phrases, then blocks that attend to slots, then one logit."""

    config_class = MatcherConfig
    config: MatcherConfig
    main_input_name = "slots"

    def __init__(self, config: MatcherConfig) -> None:
        super().__init__(config)
        dim = config.dim
        self.slot = slot_reader(config.slot_width, dim)
        self.slot_norm = nn.LayerNorm(dim)
        # Stands beside the objects, so that words without a counterpart have where to look.
        self.nothing = nn.Parameter(0.02 * torch.randn(dim))
        self.summary = nn.Parameter(0.02 * torch.randn(dim))
        self.words = WordEmbedding(dim, config.longest)
        self.phrases = Phrases(dim, config.reach)
        self.blocks = nn.ModuleList(
            [Block(dim, config.heads, cross=True) for _ in range(config.depth)]
        )
        self.out = Tally(dim, 1)
        self.compare = nn.Sequential(
            nn.Linear(_measures(config.attributes), dim),
            nn.GELU(),
            nn.Linear(dim, 1),
        )
        self.post_init()

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        ids: Tensor,
        mask: Tensor,
        said: Tensor,
        seen: Tensor,
        labels: Tensor | None = None,
    ) -> MatcherOutput:
        """Slots (N, K, S), words (N, T), labels (N,) float 0 or 1.

        Args:
            said, seen: (N, I) the dual encoder's inventories of the texts and of the pictures.
        """
        n = len(slots)
        things = torch.cat([self.nothing.expand(n, 1, -1), self.slot(slots)], dim=1)
        things = self.slot_norm(things)
        real = torch.cat([slot_mask.new_ones(n, 1), slot_mask], dim=1)
        words = self.phrases(self.words(ids), mask)
        x = torch.cat([self.summary.expand(n, 1, -1), words], dim=1)
        whole = torch.cat([mask.new_ones(n, 1), mask], dim=1)
        for block in self.blocks:
            x = block(x, mask=whole, memory=things, memory_mask=real)
        compared = self.compare(compared_inventories(said, seen, self.config.attributes))
        logits = (self.out(x, mask) + compared)[:, 0]
        loss = F.binary_cross_entropy_with_logits(logits, labels) if labels is not None else None
        return MatcherOutput(loss=loss, logits=logits)
