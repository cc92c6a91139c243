"""The sentence encoder's first layers with low-rank adapters: trained, yet small to ship.

The frozen weights come from the package that carries all-MiniLM-L6-v2 (see
`sentence_encoder.py`); only the adapters are parameters and are saved (LoRA, Hu et al. 2021,
https://arxiv.org/abs/2106.09685).

Shapes: N texts, T word pieces, 384 wide states.
"""

import copy
import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from . import bert
from .sentence_encoder import HEADS, SENTENCE_DIM, SentenceEncoder

_LINEAR = {
    "attention.self.query": (SENTENCE_DIM, SENTENCE_DIM),
    "attention.self.key": (SENTENCE_DIM, SENTENCE_DIM),
    "attention.self.value": (SENTENCE_DIM, SENTENCE_DIM),
    "attention.output.dense": (SENTENCE_DIM, SENTENCE_DIM),
    "intermediate.dense": (SENTENCE_DIM, 4 * SENTENCE_DIM),
    "output.dense": (4 * SENTENCE_DIM, SENTENCE_DIM),
}


class Adapter(nn.Module):
    """The low-rank difference of one linear layer: x A B."""

    def __init__(self, d_in: int, d_out: int, rank: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.empty(d_in, rank))
        self.up = nn.Parameter(torch.zeros(rank, d_out))
        if not self.down.is_meta:  # about to be loaded over
            nn.init.normal_(self.down, std=1 / math.sqrt(d_in))

    def forward(self, x: Tensor) -> Tensor:
        """x (..., in) to (..., out), through a few dimensions."""
        return x @ self.down @ self.up


class AdaptedEncoder(nn.Module):
    """Word pieces to contextual states.

    Args:
        layers: how many of the encoder's six layers are run.
        rank: of the adapters.
    """

    def __init__(self, layers: int, rank: int) -> None:
        super().__init__()
        if not 1 <= layers <= 6:
            raise ValueError(f"the sentence encoder has 6 layers, not {layers}")
        self.layers = layers
        self.adapters = nn.ModuleDict(
            {
                f"{i}.{name}".replace(".", "_"): Adapter(*shape, rank)
                for i in range(layers)
                for name, shape in _LINEAR.items()
            }
        )
        # Not registered: frozen, shared by every model of the process, and never saved.
        self._frozen: Mapping[str, Tensor] = {}

    def frozen(self) -> Mapping[str, Tensor]:
        """The encoder's own weights, taken from the shared `SentenceEncoder` on first use."""
        if not self._frozen:
            self._frozen = SentenceEncoder.load().weights
        return self._frozen

    def __deepcopy__(self, memo: dict) -> "AdaptedEncoder":
        twin = AdaptedEncoder.__new__(AdaptedEncoder)
        nn.Module.__init__(twin)
        twin.layers = self.layers
        twin.adapters = copy.deepcopy(self.adapters, memo)
        twin._frozen = self._frozen
        return twin

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """ids, mask (bool), types: (N, T) -> (N, T, 384)."""
        frozen = self.frozen()
        plain = bert.plain_linear(frozen)

        def adapted(x: Tensor, layer: int, name: str) -> Tensor:
            adapter = self.adapters[f"{layer}.{name}".replace(".", "_")]
            return plain(x, layer, name) + adapter(x)

        return bert.states(
            frozen, ids, mask, types, layers=self.layers, heads=HEADS, linear=adapted
        )


def encode_batch(
    texts: Sequence[str], earlier: Sequence[str] | None = None, longest: int = 96
) -> tuple[Tensor, Tensor, Tensor]:
    """Texts (each with what was said before it, if anything) as word pieces.

    Returns:
        ids, mask (bool) and segment types (0: the text, 1: earlier), each (N, T), T <= longest.
    """
    tokenizer = SentenceEncoder.load().tokenizer
    pairs = [
        (text, before) if before else text
        for text, before in zip(texts, earlier or [""] * len(texts), strict=True)
    ]
    encodings = tokenizer.encode_batch(pairs)
    width = min(longest, max(len(e.ids) for e in encodings))
    ids = torch.zeros(len(texts), width, dtype=torch.long)
    mask = torch.zeros(len(texts), width, dtype=torch.bool)
    types = torch.zeros(len(texts), width, dtype=torch.long)
    for row, encoding in enumerate(encodings):
        n = min(width, len(encoding.ids))
        ids[row, :n] = torch.tensor(encoding.ids[:n])
        types[row, :n] = torch.tensor(encoding.type_ids[:n])
        mask[row, :n] = True
    return ids, mask, types
