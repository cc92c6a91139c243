"""Generated documents with exact truth, and questions about them in people's words."""

from .generator import document_to_dict, sample_document, write_documents
from .layouts import KINDS, LAYOUTS, TEST_LAYOUTS, TRAIN_LAYOUTS
from .ocr_noise import ocr_noise
from .types import (
    EXTRACTIVE_KINDS,
    DocCell,
    DocField,
    DocLine,
    DocQuestion,
    DocTable,
    Document,
    NoisyLines,
)

__all__ = [
    "EXTRACTIVE_KINDS",
    "KINDS",
    "LAYOUTS",
    "TEST_LAYOUTS",
    "TRAIN_LAYOUTS",
    "DocCell",
    "DocField",
    "DocLine",
    "DocQuestion",
    "DocTable",
    "Document",
    "NoisyLines",
    "document_to_dict",
    "ocr_noise",
    "sample_document",
    "write_documents",
]
