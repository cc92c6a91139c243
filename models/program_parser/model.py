"""A semantic parser: words in, a well-typed functional program out.

The adapted sentence encoder reads the words; a small decoder writes the program's prefix
spelling. While decoding, only tokens whose type fits the open argument are allowed, so what
comes out always parses (Yi et al. 2018, "Neural-Symbolic VQA", https://arxiv.org/abs/1810.02338;
grammar-constrained decoding: Yin and Neubig 2017, https://arxiv.org/abs/1704.01696).

Shapes: N texts, T word pieces, L program tokens, V tokens of the language + 2.
"""

from dataclasses import dataclass
from typing import NamedTuple, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.adapted_encoder import AdaptedEncoder
from ..common.pretrained import SightlineModel
from ..common.sentence_encoder import SENTENCE_DIM
from ..common.transformer import Block
from .config import ProgramParserConfig

PAD, START, FIRST = 0, 1, 2  # ids; the language's tokens follow from FIRST


@dataclass
class ProgramParserOutput(ModelOutput):
    """`loss` (scalar, when labels are given) and next-token `logits` (N, L, V)."""

    loss: Tensor | None = None
    logits: Tensor | None = None


class Parsed(NamedTuple):
    """A decoded program and the probability the model gives it, in [0, 1]."""

    tokens: tuple[str, ...]
    confidence: float


class ProgramParserModel(SightlineModel):
    """Adapted encoder and program decoder."""

    config_class = ProgramParserConfig
    config: ProgramParserConfig
    main_input_name = "ids"

    def __init__(self, config: ProgramParserConfig) -> None:
        super().__init__(config)
        size = len(config.tokens) + FIRST
        self.encoder = AdaptedEncoder(config.encoder_layers, config.rank)
        self.bridge = nn.Linear(SENTENCE_DIM, config.dim)
        self.embed = nn.Embedding(size, config.dim, padding_idx=PAD)
        self.position = nn.Parameter(0.02 * torch.randn(config.longest + 1, config.dim))
        self.blocks = nn.ModuleList(
            [Block(config.dim, config.heads, cross=True, expand=3) for _ in range(config.depth)]
        )
        self.norm = nn.LayerNorm(config.dim)
        self.out = nn.Linear(config.dim, size)
        # Made at the first decoding: the tables cost more than a parse.
        self._grammar: _Grammar | None = None
        self.post_init()

    def encode(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """(N, T) word pieces -> (N, T, D) memory."""
        return self.bridge(self.encoder(ids, mask, types))

    def forward(
        self, ids: Tensor, mask: Tensor, types: Tensor, labels: Tensor
    ) -> ProgramParserOutput:
        """Teacher forcing; `labels` (N, L) token ids, PAD after the program's end."""
        memory = self.encode(ids, mask, types)
        given = F.pad(labels[:, :-1], (1, 0), value=START)
        x = self.embed(given) + self.position[: given.shape[1]]
        for block in self.blocks:
            x = block(x, memory=memory, memory_mask=mask, causal=True)
        logits = self.out(self.norm(x))
        loss = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=PAD)
        return ProgramParserOutput(loss=loss, logits=logits)

    @torch.inference_mode()
    def decode(self, ids: Tensor, mask: Tensor, types: Tensor) -> list[Parsed]:
        """Greedy decoding held to the language's types."""
        if self._grammar is None:
            self._grammar = _Grammar(self.config)  # pyright: ignore[reportArgumentType]
        grammar = self._grammar
        memory = self.encode(ids, mask, types)
        n = len(ids)
        caches: list = [None] * len(self.blocks)
        current = torch.full((n, 1), START)
        stacks: list[list[str]] = [["any"] for _ in range(n)]
        written: list[list[str]] = [[] for _ in range(n)]
        certain = torch.zeros(n)
        for position in range(self.config.longest):
            x = self.embed(current) + self.position[position]
            for i, block in enumerate(self.blocks):
                x, caches[i] = cast(Block, block).step(x, caches[i], memory, mask)
            logits = self.out(self.norm(x))[:, 0]
            room = self.config.longest - position - 1
            allowed = torch.stack([grammar.allowed(stack, room) for stack in stacks])
            scores = logits.masked_fill(~allowed, -torch.inf).log_softmax(-1)
            best, index = scores.max(-1)
            for row in range(n):
                if not stacks[row]:
                    index[row] = PAD
                    continue
                token = int(index[row]) - FIRST
                certain[row] += best[row]
                stacks[row].pop()
                stacks[row].extend(reversed(self.config.inputs[token]))
                written[row].append(self.config.tokens[token])
            if not any(stacks):
                break
            current = index[:, None]
        return [
            Parsed(tuple(tokens), float(score.exp()))
            for tokens, score in zip(written, certain, strict=True)
        ]


class _Grammar:
    """Which tokens may come next, given the types still to be filled."""

    def __init__(self, config: ProgramParserConfig) -> None:
        outputs = config.outputs
        kinds = {"any", *outputs, *(k for row in config.inputs for k in row)}
        fits = {
            kind: [
                kind == "any" or output == kind or output in config.widens.get(kind, ())
                for output in outputs
            ]
            for kind in kinds
        }
        self.by_kind = {
            kind: torch.tensor([False] * FIRST + row, dtype=torch.bool)
            for kind, row in fits.items()
        }
        self.least = _least_lengths(config)
        lengths = [1 + sum(self.least[kind] for kind in row) for row in config.inputs]
        self.lengths = torch.tensor([0] * FIRST + lengths)

    def allowed(self, stack: list[str], room: int) -> Tensor:
        """(V,) bool; a finished program may only be padded. `room`: tokens left after this one."""
        if not stack:
            only = torch.zeros_like(self.lengths, dtype=torch.bool)
            only[PAD] = True
            return only
        waiting = sum(self.least[kind] for kind in stack[:-1])
        return self.by_kind[stack[-1]] & (self.lengths + waiting <= room + 1)


def _least_lengths(config: ProgramParserConfig) -> dict[str, int]:
    """Type -> tokens of its shortest expression, so that decoding never runs out of room."""
    far = 10**6
    least = dict.fromkeys({*config.outputs, *(k for r in config.inputs for k in r)}, far)
    for _ in range(len(config.tokens)):
        for inputs, output in zip(config.inputs, config.outputs, strict=True):
            length = 1 + sum(least[kind] for kind in inputs)
            for kind in least:
                if kind == output or output in config.widens.get(kind, ()):
                    least[kind] = min(least[kind], length)
    return {**least, "any": 1}
