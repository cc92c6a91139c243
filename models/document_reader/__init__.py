"""The document reader: OCR, a transformer over lines of print, answers with page regions."""

from ..spec import ModelSpec
from .config import DocumentReaderConfig
from .model import DocumentReaderModel
from .ocr import OcrEngine, PageText, TextLine
from .processor import DocumentProcessor
from .reader import LayoutDocumentReader, build, load

SPEC = ModelSpec(
    name="document_reader",
    paper=(
        "Xu et al., LayoutLM: Pre-training of Text and Layout for Document Image Understanding, "
        "2020, https://arxiv.org/abs/1912.13318"
    ),
    tasks=("DocumentReader",),
    config_class=DocumentReaderConfig,
    build=build,
    load=load,
)

__all__ = [
    "SPEC",
    "DocumentProcessor",
    "DocumentReaderConfig",
    "DocumentReaderModel",
    "LayoutDocumentReader",
    "OcrEngine",
    "PageText",
    "TextLine",
    "build",
    "load",
]
