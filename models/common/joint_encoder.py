"""Objects and words in one transformer: the body of the VQA model and of the grounder.

Object slots of the scene parser and word pieces are embedded into one sequence and attend to
each other from the first layer on (single stream, as in UNITER, https://arxiv.org/abs/1909.11740,
with slots for regions).

Shapes: N samples, K slots of width S, T word pieces, D width.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .sentence_encoder import SENTENCE_DIM, SentenceEncoder
from .transformer import Block


class WordEmbedding(nn.Module):
    """Word pieces through the sentence encoder's frozen table and a learned projection.

    The frozen table keeps words that were never trained on near their synonyms; it is shared
    with the process-wide encoder and never saved.
    """

    def __init__(self, dim: int, longest: int = 96) -> None:
        super().__init__()
        self.project = nn.Linear(SENTENCE_DIM, dim)
        self.position = nn.Parameter(0.02 * torch.randn(longest, dim))

    def forward(self, ids: Tensor) -> Tensor:
        """(N, T) -> (N, T, D)."""
        table = SentenceEncoder.load().weights["embeddings.word_embeddings.weight"]
        # The table's rows are small (norm about 1.4); unit variance suits the blocks better.
        return self.project(F.embedding(ids, table) * 14.0) + self.position[: ids.shape[1]]


class JointEncoder(nn.Module):
    """Single-stream transformer over a class position, slots and words."""

    def __init__(self, slot_width: int, dim: int, heads: int, depth: int) -> None:
        super().__init__()
        self.words = WordEmbedding(dim)
        self.slots = nn.Sequential(
            nn.Linear(slot_width, dim), nn.GELU(), nn.Linear(dim, dim), nn.LayerNorm(dim)
        )
        self.kind = nn.Parameter(0.02 * torch.randn(3, dim))
        self.blocks = nn.ModuleList([Block(dim, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)

    def forward(
        self, slots: Tensor, slot_mask: Tensor, ids: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Mix slots (N, K, S) and words (N, T).

        Returns:
            class state (N, D), slot states (N, K, D), word states (N, T, D).
        """
        n, k, _ = slots.shape
        first = self.kind[0].expand(n, 1, -1)
        x = torch.cat([first, self.slots(slots) + self.kind[1], self.words(ids) + self.kind[2]], 1)
        seen = torch.cat([mask.new_ones(n, 1), slot_mask, mask], 1)
        for block in self.blocks:
            x = block(x, mask=seen)
        x = self.norm(x)
        return x[:, 0], x[:, 1 : 1 + k], x[:, 1 + k :]
