"""Configuration of the document reader."""

from collections.abc import Sequence
from typing import Any

from transformers import PreTrainedConfig

from .vocabulary import DOCUMENT_KINDS, OPS, TAGS


class DocumentReaderConfig(PreTrainedConfig):
    """Sizes of the word transformer and of the question's.

    Args:
        width: hidden size d.
        heads: attention heads.
        page_layers: layers over the words of a page, run once a page.
        question_layers: layers over the pieces of a question.
        sentence_dim: width of the frozen sentence encoder and of its table of word pieces.
        trigrams: buckets of hashed letter trigrams; trigram_dim: width of their embedding.
        word_features: size of the hand-made feature vector of a word.
        position_buckets: buckets of signed log distance along each axis.
        max_words: words read at once; longer pages are read in windows of whole lines.
        tags, ops, document_kinds: see `vocabulary`.
        absent_threshold: strength of the best word below which a thing is taken as absent.
        row_threshold: likeness below which no row bears the name that a question speaks of.
        confidence_slope, confidence_offset: Platt scaling of the logit of the raw confidence,
            fitted on held-out pages.
        dropout: in training only.
    """

    model_type = "sightline_document_reader"

    def __init__(
        self,
        width: int = 192,
        heads: int = 6,
        page_layers: int = 4,
        question_layers: int = 2,
        sentence_dim: int = 384,
        trigrams: int = 4096,
        trigram_dim: int = 64,
        word_features: int = 95,
        position_buckets: int = 25,
        max_words: int = 400,
        tags: Sequence[str] = TAGS,
        ops: Sequence[str] = OPS,
        document_kinds: Sequence[str] = DOCUMENT_KINDS,
        absent_threshold: float = 0.4,
        row_threshold: float = 0.62,
        confidence_slope: float = 1.0,
        confidence_offset: float = 0.0,
        dropout: float = 0.1,
        **kwargs: Any,
    ) -> None:
        if width % heads:
            raise ValueError(f"width {width} is not a multiple of heads {heads}")
        self.width = width
        self.heads = heads
        self.page_layers = page_layers
        self.question_layers = question_layers
        self.sentence_dim = sentence_dim
        self.trigrams = trigrams
        self.trigram_dim = trigram_dim
        self.word_features = word_features
        self.position_buckets = position_buckets
        self.max_words = max_words
        self.tags = list(tags)
        self.ops = list(ops)
        self.document_kinds = list(document_kinds)
        self.absent_threshold = absent_threshold
        self.row_threshold = row_threshold
        self.confidence_slope = confidence_slope
        self.confidence_offset = confidence_offset
        self.dropout = dropout
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DocumentReaderConfig":
        """A size for tests: a few thousand parameters."""
        return cls(width=16, heads=2, page_layers=1, question_layers=1, trigrams=64, trigram_dim=8)
