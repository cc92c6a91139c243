"""Captioning over object slots with a transformer decoder.

Regions in, words out, as in Bottom-Up Top-Down (Anderson et al. 2018,
https://arxiv.org/abs/1707.07998) with a transformer in place of the LSTMs.

Shapes: N samples, K slots, L words, V output classes.
"""

from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.pretrained import SightlineModel
from ..common.transformer import Block
from .config import CaptionerConfig

PAD, END, FIRST = 0, 1, 2  # ids; styles follow from FIRST, then the words


@dataclass
class CaptionerOutput(ModelOutput):
    """`loss` (scalar) and next-word `logits` (N, L, V)."""

    loss: Tensor | None = None
    logits: Tensor | None = None


class CaptionerModel(SightlineModel):
    """Slot encoder and word decoder."""

    config_class = CaptionerConfig
    config: CaptionerConfig
    main_input_name = "slots"

    def __init__(self, config: CaptionerConfig) -> None:
        super().__init__(config)
        size = FIRST + len(config.styles) + len(config.words)
        self.slots = nn.Sequential(
            nn.Linear(config.slot_width, config.dim),
            nn.GELU(),
            nn.Linear(config.dim, config.dim),
            nn.LayerNorm(config.dim),
        )
        self.encoder = nn.ModuleList([Block(config.dim, config.heads) for _ in range(2)])
        self.embed = nn.Embedding(size, config.dim, padding_idx=PAD)
        self.position = nn.Parameter(0.02 * torch.randn(config.longest, config.dim))
        self.decoder = nn.ModuleList(
            [Block(config.dim, config.heads, cross=True) for _ in range(config.depth)]
        )
        self.norm = nn.LayerNorm(config.dim)
        self.out = nn.Linear(config.dim, size)
        self.post_init()

    def encode(self, slots: Tensor, slot_mask: Tensor) -> Tensor:
        """(N, K, S) -> (N, K, D)."""
        x = self.slots(slots)
        for block in self.encoder:
            x = block(x, mask=slot_mask)
        return x

    def forward(self, slots: Tensor, slot_mask: Tensor, labels: Tensor) -> CaptionerOutput:
        """Teacher forcing; `labels` (N, L): style id, word ids, END, then PAD."""
        memory = self.encode(slots, slot_mask)
        x = self.embed(labels[:, :-1]) + self.position[: labels.shape[1] - 1]
        for block in self.decoder:
            x = block(x, memory=memory, memory_mask=slot_mask, causal=True)
        logits = self.out(self.norm(x))
        loss = F.cross_entropy(logits.flatten(0, 1), labels[:, 1:].flatten(), ignore_index=PAD)
        return CaptionerOutput(loss=loss, logits=logits)

    @torch.inference_mode()
    def decode(
        self, slots: Tensor, slot_mask: Tensor, style: str
    ) -> list[tuple[list[str], list[float]]]:
        """Greedy decoding: the words of each caption and each word's probability."""
        config = self.config
        words = FIRST + len(config.styles)
        memory = self.encode(slots, slot_mask)
        current = torch.full((len(slots), 1), FIRST + config.styles.index(style))
        caches: list = [None] * len(self.decoder)
        open_rows = torch.ones(len(slots), dtype=torch.bool)
        spoken: list[tuple[list[str], list[float]]] = [([], []) for _ in range(len(slots))]
        for position in range(config.longest - 1):
            x = self.embed(current) + self.position[position]
            for i, block in enumerate(self.decoder):
                x, caches[i] = cast(Block, block).step(x, caches[i], memory, slot_mask)
            scores = self.out(self.norm(x))[:, 0].softmax(-1)
            scores[:, FIRST:words] = 0
            scores[:, PAD] = 0
            chance, index = scores.max(-1)
            open_rows &= index != END
            if not open_rows.any():
                break
            for row in open_rows.nonzero().flatten().tolist():
                spoken[row][0].append(config.words[int(index[row]) - words])
                spoken[row][1].append(float(chance[row]))
            current = index[:, None]
        return spoken
