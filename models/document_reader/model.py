"""The document reader: a transformer over lines of print that points at answers.

Shape suffixes: B pages, Q questions, L lines, T pieces of a question, W words, H heads, D width.

The sentence encoder's embedding of each line's words, shape features and places go through layers
whose attention knows how far, in line heights, one line stands from another (as in LayoutLMv2, Xu
et al., 2021). A question then joins as further tokens. Read off: the kind of answer; the first line
of a printed answer, and which lines belong to it given the first; the lines of a list; and, over
the words of the lines that were pointed at, which words are the answer itself.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import PreTrainedModel
from transformers.utils.generic import ModelOutput

from .config import KINDS, DocumentReaderConfig
from .loss import kind_loss, marginal_pointer_loss, masked_tag_loss
from .processor import ReaderBatch, WordBatch

_LOW = -1e4
_PAIR_CODES = 16


@dataclass
class ReaderOutput(ModelOutput):
    """Logits of one batch; `loss` when labels are given.

    Attributes:
        kind (Q, K), first (Q, L), listed (Q, L), member (Q, L, L): row i holds the lines that
        belong to an answer whose first line is i. states (Q, L, D) for the word layers.
        words (Q, W): which words are the answer, when words are given.
        document (B, C): what kind of document each page is from.
    """

    loss: Tensor | None = None
    kind: Tensor | None = None
    first: Tensor | None = None
    listed: Tensor | None = None
    member: Tensor | None = None
    states: Tensor | None = None
    asked: Tensor | None = None
    words: Tensor | None = None
    document: Tensor | None = None


@dataclass(frozen=True, kw_only=True)
class ReaderLabels:
    """Truth of one batch.

    Attributes:
        kind: (Q,), -100 where unknown. first: (Q, L) bool, any right first line.
        member: (Q, L) bool, the lines of the answer that begins at `start` (Q,); -1 for none.
        listed: (Q, L) bool; `has_list` (Q,) bool says where it counts.
        words: (Q, W) bool; `has_words` (Q,) bool. document: (B,), -100 where unknown.
    """

    kind: Tensor
    first: Tensor
    start: Tensor
    member: Tensor
    listed: Tensor
    has_list: Tensor
    words: Tensor
    has_words: Tensor
    document: Tensor


class Block(nn.Module):
    """A pre-norm transformer layer; `bias_QHLL` is added to the attention logits."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_mlp = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 2 * width), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * width, width)
        )

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).view(rows, length, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = self.out(mixed.transpose(1, 2).reshape(rows, length, width))
        x = x + F.dropout(mixed, self.dropout, self.training)
        return x + F.dropout(self.mlp(self.norm_mlp(x)), self.dropout, self.training)


def _padding_bias(mask: Tensor) -> Tensor:
    """(N, L) bool -> (N, 1, 1, L) additive."""
    return torch.zeros_like(mask, dtype=torch.float32).masked_fill(~mask, _LOW)[:, None, None]


class DocumentReaderModel(PreTrainedModel):
    """See the module's docstring. `encode` once a page, `ask` and `refine` once a question."""

    config_class = DocumentReaderConfig
    config: DocumentReaderConfig
    main_input_name = "sentence"

    def __init__(self, config: DocumentReaderConfig) -> None:
        super().__init__(config)
        width, heads = config.width, config.heads
        self.line_text = nn.Linear(config.sentence_dim, width)
        self.line_shape = nn.Sequential(
            nn.Linear(config.line_features, width), nn.GELU(), nn.Linear(width, width)
        )
        self.across = nn.Embedding(config.position_buckets, heads)
        self.down = nn.Embedding(config.position_buckets, heads)
        self.code = nn.Embedding(_PAIR_CODES, heads)
        self.document = nn.ModuleList(
            Block(width, heads, config.dropout) for _ in range(config.document_layers)
        )
        self.piece = nn.Linear(config.sentence_dim, width)
        self.summary = nn.Parameter(torch.zeros(width))
        self.match = nn.Sequential(
            nn.Linear(config.match_features, width), nn.GELU(), nn.Linear(width, width)
        )
        self.joint = nn.ModuleList(
            Block(width, heads, config.dropout) for _ in range(config.question_layers)
        )
        self.joint_norm = nn.LayerNorm(width)
        # Padded, a line says nothing about the kind: pooled from the pointers' own view.
        self.kind = nn.Sequential(
            nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, len(KINDS))
        )
        self.document_kind = nn.Linear(2 * width, len(config.document_kinds))
        self.first = nn.Linear(width, 1)
        self.listed = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.member_from = nn.Linear(width, width)
        self.member_to = nn.Linear(width, width)
        self.member_near = nn.Linear(2, 1)
        self.word_text = nn.Linear(config.sentence_dim, width)
        self.word_shape = nn.Sequential(
            nn.Linear(config.word_features, width), nn.GELU(), nn.Linear(width, width)
        )
        self.word_layers = nn.ModuleList(
            Block(width, heads, config.dropout) for _ in range(config.word_layers)
        )
        self.word_norm = nn.LayerNorm(width)
        self.word_tag = nn.Linear(width, 1)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.trunc_normal_(module.weight, std=0.02)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        elif isinstance(module, nn.LayerNorm):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    def encode(self, batch: ReaderBatch) -> tuple[Tensor, Tensor]:
        """Lines of the pages: states (B, L, D) and attention bias (B, H, L, L)."""
        bias = self.across(batch.pair[..., 0]) + self.down(batch.pair[..., 1])
        bias = (bias + self.code(batch.pair[..., 2])).permute(0, 3, 1, 2)
        bias = bias + _padding_bias(batch.lines)
        # Unit rows of 384 numbers are small; at length 8 they weigh as much as the features.
        x = self.line_text(8 * batch.sentence) + self.line_shape(batch.features)
        for layer in self.document:
            x = layer(x, bias)
        return x, bias

    def classify(self, batch: ReaderBatch, lines_BLD: Tensor) -> Tensor:
        """What kind of document each page is from: logits (B, C)."""
        kept = batch.lines[..., None]
        mean = (lines_BLD * kept).sum(1) / kept.sum(1).clamp(min=1)
        strongest = lines_BLD.masked_fill(~kept, _LOW).amax(1)
        return self.document_kind(torch.cat([mean, strongest], dim=-1))

    def ask(self, batch: ReaderBatch, lines_BLD: Tensor, bias_BHLL: Tensor) -> ReaderOutput:
        """Point at lines for each question."""
        lines = lines_BLD[batch.page] + self.match(batch.match)
        rows, count, width = lines.shape
        pieces = self.piece(batch.states)
        summary = self.summary.expand(rows, 1, width)
        x = torch.cat([summary, pieces, lines], dim=1)
        extra = 1 + pieces.shape[1]
        always = torch.ones(rows, 1, dtype=torch.bool, device=x.device)
        mask = torch.cat([always, batch.pieces, batch.lines[batch.page]], dim=1)
        bias = _padding_bias(mask).expand(-1, bias_BHLL.shape[1], x.shape[1], -1).clone()
        bias[:, :, extra:, extra:] = bias_BHLL[batch.page]
        for layer in self.joint:
            x = layer(x, bias)
        x = self.joint_norm(x)
        asked, states = x[:, 0], x[:, extra:]
        padding = ~batch.lines[batch.page]
        first = self.first(states).squeeze(-1).masked_fill(padding, _LOW)
        listed = self.listed(states).squeeze(-1).masked_fill(padding, _LOW)
        pointed = torch.einsum("ql,qld->qd", first.softmax(-1), states)
        strongest = states.masked_fill(padding[..., None], _LOW).amax(1)
        member = self.member_from(states) @ self.member_to(states).transpose(1, 2)
        steps = torch.arange(count, device=x.device)
        gap = (steps[None] - steps[:, None]).clamp(-20, 20).to(x.dtype) / 10
        near = self.member_near(torch.stack([gap, gap.abs()], -1)).squeeze(-1)
        return ReaderOutput(
            kind=self.kind(torch.cat([asked, pointed, strongest], dim=-1)),
            first=first,
            listed=listed,
            member=member / width**0.5 + near,
            states=states,
            asked=asked,
        )

    def refine(self, output: ReaderOutput, words: WordBatch) -> Tensor:
        """Which words of the chosen lines are the answer: logits (Q, W)."""
        assert output.states is not None and output.asked is not None
        index = words.line[..., None].expand(-1, -1, output.states.shape[-1])
        x = self.word_text(8 * words.states) + self.word_shape(words.features)
        x = x + output.states.gather(1, index) + output.asked[:, None]
        mask = words.mask.clone()
        mask[:, 0] = True  # a row without words would attend to nothing
        bias = _padding_bias(mask)
        for layer in self.word_layers:
            x = layer(x, bias)
        return self.word_tag(self.word_norm(x)).squeeze(-1)

    def forward(
        self, batch: ReaderBatch, words: WordBatch | None = None, labels: ReaderLabels | None = None
    ) -> ReaderOutput:
        """Everything at once; the loss is the sum of the parts when labels are given."""
        lines_BLD, bias = self.encode(batch)
        output = self.ask(batch, lines_BLD, bias)
        output.document = self.classify(batch, lines_BLD)
        if words is not None:
            output.words = self.refine(output, words)
        if labels is None:
            return output
        assert output.kind is not None and output.first is not None
        assert output.member is not None and output.listed is not None
        lines = batch.lines[batch.page]
        row = labels.start.clamp(min=0)[:, None, None].expand(-1, 1, lines.shape[1])
        chosen = output.member.gather(1, row).squeeze(1)
        loss = kind_loss(output.kind, labels.kind)
        loss = loss + 0.3 * kind_loss(output.document, labels.document)
        loss = loss + marginal_pointer_loss(output.first, labels.first)
        loss = loss + masked_tag_loss(chosen, labels.member, lines & (labels.start >= 0)[:, None])
        loss = loss + masked_tag_loss(
            output.listed, labels.listed, lines & labels.has_list[:, None]
        )
        if words is not None and output.words is not None:
            loss = loss + masked_tag_loss(
                output.words, labels.words, words.mask & labels.has_words[:, None]
            )
        output.loss = loss
        return output
