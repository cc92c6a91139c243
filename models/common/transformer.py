"""Pre-norm transformer blocks (Vaswani et al. 2017, arXiv:1706.03762; pre-norm: arXiv:2002.04745).

Shapes: N sequences, T positions, S positions of the memory attended to, D width, H heads.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Cache(NamedTuple):
    """Keys and values of one block: of the positions so far and of the memory."""

    key: Tensor
    value: Tensor
    memory_key: Tensor | None
    memory_value: Tensor | None


class Attention(nn.Module):
    """Multi-head attention from x to a memory (x itself where none is given)."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        if dim % heads:
            raise ValueError(f"width {dim} is not divisible by {heads} heads")
        self.heads = heads
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, dim)

    def split(self, x: Tensor) -> Tensor:
        """(N, T, D) -> (N, H, T, D/H)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def attend(
        self, x: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, causal: bool
    ) -> Tensor:
        """x (N, T, D) on split keys and values -> (N, T, D); `mask` (N, S) True where real."""
        bias = None if mask is None else mask[:, None, None, :]
        mixed = F.scaled_dot_product_attention(
            self.split(self.query(x)), key, value, attn_mask=bias, is_causal=causal
        )
        return self.out(mixed.transpose(1, 2).flatten(2))

    def forward(
        self,
        x: Tensor,
        memory: Tensor | None = None,
        mask: Tensor | None = None,
        causal: bool = False,
    ) -> Tensor:
        """x (N, T, D) looks at memory (N, S, D), or at itself; mask (N, S) -> (N, T, D)."""
        source = x if memory is None else memory
        keys, values = self.split(self.key(source)), self.split(self.value(source))
        return self.attend(x, keys, values, mask, causal)


class Block(nn.Module):
    """Self-attention, cross-attention where `cross`, and a feed-forward layer."""

    def __init__(
        self, dim: int, heads: int, *, cross: bool = False, expand: int = 4, dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(dim)
        self.self_attention = Attention(dim, heads)
        self.cross_norm = nn.LayerNorm(dim) if cross else None
        self.cross_attention = Attention(dim, heads) if cross else None
        self.forward_norm = nn.LayerNorm(dim)
        self.feed_forward = nn.Sequential(
            nn.Linear(dim, expand * dim), nn.GELU(), nn.Linear(expand * dim, dim)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        x: Tensor,
        mask: Tensor | None = None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
        causal: bool = False,
    ) -> Tensor:
        """x (N, T, D), mask (N, T), memory (N, S, D), memory_mask (N, S) -> (N, T, D)."""
        x = x + self.dropout(self.self_attention(self.self_norm(x), mask=mask, causal=causal))
        if self.cross_attention is not None and self.cross_norm is not None:
            seen = self.cross_attention(self.cross_norm(x), memory, memory_mask)
            x = x + self.dropout(seen)
        return x + self.dropout(self.feed_forward(self.forward_norm(x)))

    def step(
        self,
        x: Tensor,
        cache: Cache | None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
    ) -> tuple[Tensor, Cache]:
        """One more position of causal decoding: x (N, 1, D) -> (N, 1, D) and the longer cache."""
        normed = self.self_norm(x)
        attention = self.self_attention
        key = attention.split(attention.key(normed))
        value = attention.split(attention.value(normed))
        memory_key = memory_value = None
        if cache is not None:
            key, value = torch.cat([cache.key, key], 2), torch.cat([cache.value, value], 2)
            memory_key, memory_value = cache.memory_key, cache.memory_value
        x = x + attention.attend(normed, key, value, None, causal=False)
        if self.cross_attention is not None and self.cross_norm is not None:
            cross = self.cross_attention
            if memory_key is None and memory is not None:
                memory_key = cross.split(cross.key(memory))
                memory_value = cross.split(cross.value(memory))
            assert memory_key is not None and memory_value is not None
            x = x + cross.attend(self.cross_norm(x), memory_key, memory_value, memory_mask, False)
        x = x + self.feed_forward(self.forward_norm(x))
        return x, Cache(key, value, memory_key, memory_value)
