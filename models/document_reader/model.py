"""The document reader: a transformer over the words of a page, and one over a question.

Shape suffixes: B pages, Q questions, W words, T pieces of a question, H heads, D width, K tags.

Words carry their pieces, letter trigrams, shape and place, and attend to one another knowing how
far, in line heights, they stand apart (as in LayoutLMv2, Xu et al., 2021). Read off a page: the
fields and columns each word belongs to, and for words of tables the word that begins their row's
name. Read off a question, in view of what the page prints: what is to be done (`vocabulary.OPS`),
with which field or column, and the names it speaks of. Answers are worked out from both.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import PreTrainedModel
from transformers.utils.generic import ModelOutput

from .config import DocumentReaderConfig
from .loss import class_loss, row_loss, tag_loss
from .processor import PageBatch, QuestionBatch

_LOW = -1e4
_PAIR_CODES = 32
_NAME_MARKS = 3  # outside, begins, goes on
_RARE = -5.0


@dataclass
class PageOutput(ModelOutput):
    """What pages print: tags (B, W, K) logits; rows (B, W, W): row i points at the word that
    begins the name of i's table row; kind (B, C) logits; summary (B, D)."""

    tags: Tensor | None = None
    rows: Tensor | None = None
    kind: Tensor | None = None
    summary: Tensor | None = None


@dataclass
class QuestionOutput(ModelOutput):
    """What is asked: op (Q, O), target (Q, K + 1), names (Q, T, 3) logits."""

    op: Tensor | None = None
    target: Tensor | None = None
    names: Tensor | None = None


@dataclass
class ReaderOutput(ModelOutput):
    """Both, and the loss when labels are given."""

    loss: Tensor | None = None
    page: PageOutput | None = None
    question: QuestionOutput | None = None


@dataclass(frozen=True, kw_only=True)
class ReaderLabels:
    """Truth of one batch; -100 marks what is unknown.

    Attributes:
        tags: (B, W, K) bool; known: (B, K) bool, the tags that the page's truth speaks of.
        rows: (B, W) the word that begins the row's name. kind: (B,).
        op, target: (Q,). names: (Q, T).
    """

    tags: Tensor
    known: Tensor
    rows: Tensor
    kind: Tensor
    op: Tensor
    target: Tensor
    names: Tensor


class Block(nn.Module):
    """A pre-norm transformer layer; `bias_NHLL` is added to the attention logits."""

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

    def forward(self, x: Tensor, bias_NHLL: Tensor) -> Tensor:
        """x (N, L, D) to the same shape; the bias is added to the attention of each head."""
        rows, length, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).view(rows, length, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias_NHLL)
        mixed = self.out(mixed.transpose(1, 2).reshape(rows, length, width))
        x = x + F.dropout(mixed, self.dropout, self.training)
        return x + F.dropout(self.mlp(self.norm_mlp(x)), self.dropout, self.training)


def _padding_bias(mask: Tensor) -> Tensor:
    """(N, L) bool -> (N, 1, 1, L) additive."""
    return torch.zeros_like(mask, dtype=torch.float32).masked_fill(~mask, _LOW)[:, None, None]


def pair_places(batch: PageBatch, buckets: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """How word j lies from word i: buckets of signed log distance across, down and in reading
    order, and a code of five facts (shared line, row, left edge, right edge, equal amount).

    Returns:
        Four (B, W, W) int64 tensors.
    """
    boxes = batch.boxes
    half = buckets // 2

    def bucket(offset: Tensor, scale: float) -> Tensor:
        level = (torch.log2(1 + offset.abs() * scale) * 2).round().clamp(max=half)
        return (offset.sign() * level).long() + half

    def apart(value: Tensor) -> Tensor:
        return value[:, None, :] - value[:, :, None]

    across = apart((boxes[..., 0] + boxes[..., 2]) / 2)
    down = apart((boxes[..., 1] + boxes[..., 3]) / 2)
    order = torch.arange(boxes.shape[1], device=boxes.device)
    step = (order[None, :] - order[:, None]).float()
    code = (apart(batch.line) == 0).long()
    code += 2 * (down.abs() < 0.6) + 4 * (apart(boxes[..., 0]).abs() < 0.7)
    code += 8 * (apart(boxes[..., 2]).abs() < 0.7)
    code += 16 * ((apart(batch.cents) == 0) & (batch.cents != 0)[:, None])
    sequence = bucket(step, 1.0)[None].expand(boxes.shape[0], -1, -1)
    return bucket(across, 1.0), bucket(down, 2.0), sequence, code


class PairBias(nn.Module):
    """Places of pairs to `heads` numbers each."""

    def __init__(self, buckets: int, heads: int) -> None:
        super().__init__()
        self.across = nn.Embedding(buckets, heads)
        self.down = nn.Embedding(buckets, heads)
        self.order = nn.Embedding(buckets, heads)
        self.code = nn.Embedding(_PAIR_CODES, heads)

    def forward(self, places: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
        """(B, W, W) four times -> (B, heads, W, W)."""
        across, down, order, code = places
        bias = self.across(across) + self.down(down) + self.order(order) + self.code(code)
        return bias.permute(0, 3, 1, 2)


class DocumentReaderModel(PreTrainedModel):
    """See the module's docstring. `read` once a page, `ask` once a question."""

    config_class = DocumentReaderConfig
    config: DocumentReaderConfig
    main_input_name = "pages"

    def __init__(self, config: DocumentReaderConfig) -> None:
        super().__init__(config)
        width, heads, tags = config.width, config.heads, len(config.tags)
        self.word_text = nn.Linear(config.sentence_dim, width)
        self.word_trigrams = nn.EmbeddingBag(
            config.trigrams, config.trigram_dim, mode="mean", padding_idx=0
        )
        self.word_letters = nn.Linear(config.trigram_dim, width)
        self.word_shape = nn.Sequential(
            nn.Linear(config.word_features, width), nn.GELU(), nn.Linear(width, width)
        )
        self.near = PairBias(config.position_buckets, heads)
        self.page_layers = nn.ModuleList(
            Block(width, heads, config.dropout) for _ in range(config.page_layers)
        )
        self.page_norm = nn.LayerNorm(width)
        tag_logits = nn.Linear(width, tags)
        self.tag = nn.Sequential(nn.Linear(width, width), nn.GELU(), tag_logits)
        self.row_from = nn.Linear(width, width)
        self.row_to = nn.Linear(width, width)
        self.row_near = PairBias(config.position_buckets, 1)
        self.summary = nn.Linear(2 * width, width)
        self.kind = nn.Linear(width, len(config.document_kinds))
        self.piece = nn.Linear(config.sentence_dim, width)
        self.asked = nn.Parameter(torch.zeros(width))
        self.question_layers = nn.ModuleList(
            Block(width, heads, config.dropout) for _ in range(config.question_layers)
        )
        self.question_norm = nn.LayerNorm(width)
        self.printed = nn.Linear(tags, width)
        self.op = nn.Linear(2 * width, len(config.ops))
        self.in_view = nn.Sequential(nn.Linear(3 * width, 2 * width), nn.GELU())
        self.target = nn.Linear(2 * width, tags + 1)
        # A thing that is printed is likelier to be asked for than one that is not.
        self.printed_counts = nn.Parameter(torch.zeros(tags))
        self.name_mark = nn.Linear(width, _NAME_MARKS)
        self.post_init()
        # Few of a page's words carry any one tag: begin there.
        nn.init.constant_(tag_logits.bias, _RARE)

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.trunc_normal_(module.weight, std=0.03)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        elif isinstance(module, nn.EmbeddingBag):
            nn.init.normal_(module.weight, std=0.5)
        elif isinstance(module, nn.LayerNorm):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    def read(self, batch: PageBatch) -> PageOutput:
        """What the pages print."""
        places = pair_places(batch, self.config.position_buckets)
        padding = _padding_bias(batch.mask)
        bias = self.near(places) + padding
        rows, count = batch.mask.shape
        letters = self.word_trigrams(batch.trigrams.flatten(0, 1)).view(rows, count, -1)
        x = self.word_text(batch.text) + self.word_letters(letters)
        x = x + self.word_shape(batch.features)
        for layer in self.page_layers:
            x = layer(x, bias)
        x = self.page_norm(x)
        to_row = self.row_from(x) @ self.row_to(x).transpose(1, 2) / x.shape[-1] ** 0.5
        to_row = to_row + self.row_near(places).squeeze(1) + padding.squeeze(1)
        kept = batch.mask[..., None]
        mean = (x * kept).sum(1) / kept.sum(1)
        strongest = x.masked_fill(~kept, _LOW).amax(1)
        summary = F.gelu(self.summary(torch.cat([mean, strongest], dim=-1)))
        return PageOutput(
            tags=self.tag(x).masked_fill(~kept, _LOW),
            rows=to_row,
            kind=self.kind(summary),
            summary=summary,
        )

    def ask(self, batch: QuestionBatch, page: PageOutput) -> QuestionOutput:
        """What the questions want, in view of their pages."""
        assert page.tags is not None and page.summary is not None
        # Unit states of 384 numbers are small; so scaled they weigh as much as the rest.
        pieces = self.piece(2 * batch.states)
        rows, _, width = pieces.shape
        x = torch.cat([self.asked.expand(rows, 1, width), pieces], dim=1)
        first = torch.ones(rows, 1, dtype=torch.bool, device=x.device)
        bias = _padding_bias(torch.cat([first, batch.mask], dim=1))
        for layer in self.question_layers:
            x = layer(x, bias)
        x = self.question_norm(x)
        printed = page.tags.detach().amax(1).sigmoid()[batch.page]
        view = torch.cat([x[:, 0], page.summary[batch.page], self.printed(printed)], dim=-1)
        target = self.target(self.in_view(view))
        more = F.pad(self.printed_counts * printed, (0, 1))
        return QuestionOutput(
            op=self.op(torch.cat([x[:, 0], self.printed(printed)], dim=-1)),
            target=target + more,
            names=self.name_mark(x[:, 1:]),
        )

    def forward(
        self,
        pages: PageBatch,
        questions: QuestionBatch | None = None,
        labels: ReaderLabels | None = None,
    ) -> ReaderOutput:
        """Everything at once; the loss is the sum of the parts when labels are given."""
        page = self.read(pages)
        question = self.ask(questions, page) if questions is not None else None
        if labels is None:
            return ReaderOutput(page=page, question=question)
        assert page.tags is not None and page.rows is not None and page.kind is not None
        loss = tag_loss(page.tags, labels.tags, pages.mask, labels.known)
        loss = loss + row_loss(page.rows, labels.rows)
        loss = loss + 0.3 * class_loss(page.kind, labels.kind)
        if question is not None:
            assert question.op is not None and question.target is not None
            assert question.names is not None
            loss = loss + class_loss(question.op, labels.op)
            loss = loss + class_loss(question.target, labels.target)
            loss = loss + class_loss(question.names.flatten(0, 1), labels.names.flatten())
        return ReaderOutput(loss=loss, page=page, question=question)
