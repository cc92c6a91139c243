"""BERT's encoder as a function of its weights: one forward for the frozen encoder and adapted ones.

Building transformers' `BertModel` first draws 22 million random numbers that the weights then
replace, which costs a cold start most of a second; a test holds this against it
(Devlin et al. 2019, https://arxiv.org/abs/1810.04805).

Shapes: N texts, T word pieces, D width of the states.
"""

from collections.abc import Callable, Mapping

import torch.nn.functional as F
from torch import Tensor

EPS = 1e-12
Linear = Callable[[Tensor, int, str], Tensor]
"""(states, number of the layer, name of the linear layer in it) -> states."""


def plain_linear(weights: Mapping[str, Tensor]) -> Linear:
    """The linear layers as they are in `weights`."""

    def linear(x: Tensor, layer: int, name: str) -> Tensor:
        key = f"encoder.layer.{layer}.{name}"
        return F.linear(x, weights[key + ".weight"], weights[key + ".bias"])

    return linear


def states(
    weights: Mapping[str, Tensor],
    ids: Tensor,
    mask: Tensor,
    types: Tensor,
    *,
    layers: int,
    heads: int,
    linear: Linear,
) -> Tensor:
    """Contextual states of word pieces.

    Args:
        weights: by their published names (`encoder.layer.0.attention.self.query.weight`).
        ids, mask (bool), types: (N, T).
        layers: how many layers are run.
        linear: applies a linear layer; `plain_linear(weights)`, or one with adapters.

    Returns:
        (N, T, D).
    """
    e = "embeddings."

    def norm(x: Tensor, key: str) -> Tensor:
        return F.layer_norm(x, x.shape[-1:], weights[key + ".weight"], weights[key + ".bias"], EPS)

    x = (
        F.embedding(ids, weights[e + "word_embeddings.weight"])
        + weights[e + "position_embeddings.weight"][: ids.shape[1]]
        + F.embedding(types, weights[e + "token_type_embeddings.weight"])
    )
    x = norm(x, e + "LayerNorm")
    seen = mask[:, None, None, :]
    for i in range(layers):
        q, k, v = (
            linear(x, i, f"attention.self.{name}").unflatten(-1, (heads, -1)).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        mixed = linear(mixed.transpose(1, 2).flatten(2), i, "attention.output.dense")
        x = norm(x + mixed, f"encoder.layer.{i}.attention.output.LayerNorm")
        wide = linear(F.gelu(linear(x, i, "intermediate.dense")), i, "output.dense")
        x = norm(x + wide, f"encoder.layer.{i}.output.LayerNorm")
    return x
