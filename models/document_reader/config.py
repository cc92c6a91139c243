"""Configuration of the document reader."""

from typing import Any

from transformers import PreTrainedConfig

KINDS = ("extract", "list", "sum", "count", "yes", "no", "none")
"""How an answer is made: printed text, several printed texts, a sum of printed figures, how many
there are, yes or no, or the document does not have it."""


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
        dropout: in training only.
    """

    model_type = "sightline_document_reader"

    def __init__(
        self,
        width: int = 192,
        heads: int = 6,
        document_layers: int = 3,
        question_layers: int = 2,
        word_layers: int = 2,
        sentence_dim: int = 384,
        line_features: int = 56,
        word_features: int = 28,
        match_features: int = 6,
        position_buckets: int = 25,
        max_lines: int = 160,
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
        self.dropout = dropout
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DocumentReaderConfig":
        """A size for tests: a few thousand parameters."""
        return cls(width=16, heads=2, document_layers=1, question_layers=1, word_layers=1)
