"""Configuration of the document reader."""

from collections.abc import Sequence
from typing import Any

from transformers import PreTrainedConfig

KINDS = ("extract", "list", "sum", "count", "yes", "no", "none", "document")
"""How an answer is made: printed text, several printed texts, a sum of printed figures, how many
there are, yes or no, the document does not have it, or what kind of document it is."""

DOCUMENT_KINDS = (
    "receipt", "invoice", "form", "letter", "price list", "menu", "ticket", "utility bill",
    "report", "business card", "badge", "timetable", "bank statement",
)  # fmt: skip


class DocumentReaderConfig(PreTrainedConfig):
    """Sizes of the line transformer.

    Args:
        width: hidden size d.
        heads: attention heads.
        document_layers: layers over the lines alone, run once a page.
        question_layers: layers over lines and question together, run once a question.
        word_layers: layers over the words of the lines that were pointed at.
        sentence_dim: width of the frozen sentence encoder.
        line_features, word_features, match_features: sizes of the hand-made feature vectors.
        position_buckets: buckets of signed log distance along each axis.
        max_lines: lines a page may have; longer pages are read in windows.
        document_kinds: kinds of document that are told apart.
        absent_threshold: probability from which on a thing is taken as absent.
        confidence_slope, confidence_offset: Platt scaling of the logit of the raw confidence,
            fitted on held-out pages.
        dropout: in training only.
    """

    model_type = "sightline_document_reader"

    def __init__(
        self,
        width: int = 192,
        heads: int = 6,
        document_layers: int = 3,
        question_layers: int = 2,
        word_layers: int = 1,
        sentence_dim: int = 384,
        line_features: int = 56,
        word_features: int = 28,
        match_features: int = 24,
        position_buckets: int = 25,
        max_lines: int = 160,
        document_kinds: Sequence[str] = DOCUMENT_KINDS,
        absent_threshold: float = 0.5,
        confidence_slope: float = 1.0,
        confidence_offset: float = 0.0,
        dropout: float = 0.1,
        **kwargs: Any,
    ) -> None:
        if width % heads:
            raise ValueError(f"width {width} is not a multiple of heads {heads}")
        self.width = width
        self.heads = heads
        self.document_layers = document_layers
        self.question_layers = question_layers
        self.word_layers = word_layers
        self.sentence_dim = sentence_dim
        self.line_features = line_features
        self.word_features = word_features
        self.match_features = match_features
        self.position_buckets = position_buckets
        self.max_lines = max_lines
        self.document_kinds = list(document_kinds)
        self.absent_threshold = absent_threshold
        self.confidence_slope = confidence_slope
        self.confidence_offset = confidence_offset
        self.dropout = dropout
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DocumentReaderConfig":
        """A size for tests: a few thousand parameters."""
        return cls(width=16, heads=2, document_layers=1, question_layers=1, word_layers=1)
