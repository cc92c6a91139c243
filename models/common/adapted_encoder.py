"""The sentence encoder's first layers with low-rank adapters: trained, yet small to ship.

The frozen weights come from the package that carries all-MiniLM-L6-v2 (see
`sentence_encoder.py`); only the adapters are parameters and are saved (LoRA, Hu et al. 2021,
https://arxiv.org/abs/2106.09685).

Shapes: N texts, T word pieces, 384 wide states.
"""

import copy
import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .sentence_encoder import SENTENCE_DIM, SentenceEncoder

HEADS = 12
EPS = 1e-12
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
        self._frozen: dict[str, Tensor] = {}

    def frozen(self) -> dict[str, Tensor]:
        """The encoder's own weights, taken from the shared `SentenceEncoder` on first use."""
        if not self._frozen:
            self._frozen = dict(SentenceEncoder.load().model.state_dict())
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
        e = "embeddings."
        x = (
            F.embedding(ids, frozen[e + "word_embeddings.weight"])
            + frozen[e + "position_embeddings.weight"][: ids.shape[1]]
            + F.embedding(types, frozen[e + "token_type_embeddings.weight"])
        )
        x = self._norm(x, e + "LayerNorm")
        bias = mask[:, None, None, :]
        for i in range(self.layers):
            q, k, v = (
                self._linear(x, i, f"attention.self.{name}")
                .unflatten(-1, (HEADS, -1))
                .transpose(1, 2)
                for name in ("query", "key", "value")
            )
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
            mixed = self._linear(mixed.transpose(1, 2).flatten(2), i, "attention.output.dense")
            x = self._norm(x + mixed, f"encoder.layer.{i}.attention.output.LayerNorm")
            wide = F.gelu(self._linear(x, i, "intermediate.dense"))
            wide = self._linear(wide, i, "output.dense")
            x = self._norm(x + wide, f"encoder.layer.{i}.output.LayerNorm")
        return x

    def _linear(self, x: Tensor, layer: int, name: str) -> Tensor:
        frozen = self.frozen()
        key = f"encoder.layer.{layer}.{name}"
        adapter = self.adapters[f"{layer}.{name}".replace(".", "_")]
        return F.linear(x, frozen[key + ".weight"], frozen[key + ".bias"]) + adapter(x)

    def _norm(self, x: Tensor, key: str) -> Tensor:
        frozen = self.frozen()
        return F.layer_norm(x, (SENTENCE_DIM,), frozen[key + ".weight"], frozen[key + ".bias"], EPS)


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
