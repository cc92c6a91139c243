"""The document reader as the tools see it: pages and questions in, answers with regions out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL.Image import Image

from ..common.loading import load_model
from ..common.values import parse_number
from ..spec import weights_folder
from ..tasks import DocumentAnswer
from .answering import UNREADABLE, Answering, absent
from .config import DocumentReaderConfig
from .document import Wanted, understand
from .facts import read_pages
from .fields import NAMED, mend_field
from .lexicon import ShopLexicon
from .model import DocumentReaderModel
from .named import read_named
from .ocr import OcrEngine, PageText, TextLine
from .processor import DocumentProcessor
from .scorer import FieldScorers
from .vocabulary import FIELDS
from .whole import ReadTable, read_fields, read_tables
from .windows import Window, line_regions, read_out
from .wording import SUMMARY, WHOLE_EXAMPLES, Limit, Whole, parse_limit, resolve

_WHOLE_ALIKE = 0.8
_SUMMARY_LINES = 5
_PRINTED = 0.5
_TOLD_TOO = ("subject", "signature", "title", "event")


class ReadLine(NamedTuple):
    """A line as read: page (from 1), box in pixels of the given picture, text, confidence."""

    page: int
    box: tuple[float, float, float, float]
    text: str
    confidence: float


class LayoutDocumentReader:
    """Implements `tasks.DocumentReader`, and `fields` and `lines` beside it.

    Args:
        model: with its weights, in evaluation mode.
        lexicon: known shops.
        ocr: reads the pages.
        processor: made from the model's configuration when not given.
        scorers: choose the fields of receipts among candidates.
    """

    def __init__(
        self,
        model: DocumentReaderModel,
        lexicon: ShopLexicon | None = None,
        ocr: OcrEngine | None = None,
        processor: DocumentProcessor | None = None,
        scorers: FieldScorers | None = None,
    ) -> None:
        self.model = model.eval()
        self.scorers = scorers or FieldScorers({})
        self.lexicon = lexicon or ShopLexicon({})
        self.ocr = ocr or OcrEngine()
        self.processor = processor or DocumentProcessor(model.config)
        # One document is asked many things: its read pages are worth keeping.
        self._windows = lru_cache(maxsize=64)(self._read_page)

    def lines(self, pages: Sequence[Image]) -> list[ReadLine]:
        """Every line in reading order."""
        read = []
        for number, page in enumerate(pages, start=1):
            text = self.ocr.read(page)
            read += [
                ReadLine(number, text.given_box(line.box), line.text, line.confidence)
                for line in text.lines
            ]
        return read

    def fields(self, pages: Sequence[Image]) -> dict[str, DocumentAnswer]:
        """The named fields that the document prints; those it lacks are not in the result."""
        windows = self._document(pages)
        found = {key: self._named(windows, key) for key in NAMED} if windows else {}
        return {key: answer for key, answer in found.items() if answer.found}

    def tables(self, pages: Sequence[Image]) -> list[ReadTable]:
        """The tables that the model knows, those with most rows first."""
        return read_tables(self._document(pages))

    def everything(self, pages: Sequence[Image]) -> dict[str, DocumentAnswer]:
        """All fields that the document prints, by the names of `vocabulary.FIELDS`; the named ones
        (`fields`) as those are read."""
        windows = self._document(pages)
        if not windows:
            return {}
        found = read_fields(windows, _PRINTED)
        for key in ("company", "date", "address", "total"):
            answer = self._named(windows, key)
            scored = key in self.scorers and self._is_receipt(windows)
            if answer.found and (key in found or scored):
                found[key] = answer
        return {tag: found[tag] for tag in FIELDS if tag in found}

    def read(
        self,
        pages: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[DocumentAnswer]:
        """Answer questions about one document.

        Args:
            pages: its pages, RGB, as displayed.
            questions: in people's words.
            history: per question, the earlier user questions about it, oldest first.

        Returns:
            An answer per question: printed text, "yes"/"no", a figure, items joined by ", ";
            `none` with `found` False for what the document lacks. Regions are in pixels of the
            given pages.
        """
        windows = self._document(pages)
        earlier = history or [()] * len(questions)
        return [
            self._answer(windows, resolve(question, past))
            for question, past in zip(questions, earlier, strict=True)
        ]

    def _answer(self, windows: list[Window], question: str) -> DocumentAnswer:
        if not windows:
            return DocumentAnswer(text=UNREADABLE, confidence=0.0, found=False)
        if limit := parse_limit(question):
            return self._compare_limit(windows, limit)
        whole = self._whole(question)
        if whole == "read":
            return read_out(windows)
        if whole == "summary":
            return self._summarise(windows)
        wanted = understand(self.model, self.processor, windows, question)
        if whole == "kind" or wanted.op == "kind":
            return self._document_kind(windows)
        answer = self._wanted(windows, wanted)
        return replace(answer, confidence=self._calibrated(answer.confidence))

    def _wanted(self, windows: list[Window], wanted: Wanted) -> DocumentAnswer:
        if wanted.op == "field" and self._is_receipt(windows) and wanted.tag in self.scorers:
            return self._named(windows, wanted.tag)
        answer = Answering(windows, self.model.config)(wanted)
        if answer.found and wanted.op == "field" and wanted.tag in {"company", "address"}:
            answer = replace(answer, text=mend_field(wanted.tag, answer.text, self.lexicon))
        return answer

    def _compare_limit(self, windows: list[Window], limit: Limit) -> DocumentAnswer:
        wanted = understand(self.model, self.processor, windows, limit.subject)
        answer = self._wanted(windows, wanted)
        figure = parse_number(answer.text) if answer.found else None
        if figure is None:
            return absent(answer.confidence)
        right = figure > limit.figure if limit.above else figure < limit.figure
        return replace(answer, text="yes" if right else "no")

    # Fields -------------------------------------------------------------------------------

    def _named(self, windows: list[Window], key: str) -> DocumentAnswer:
        """A named field over all windows, the surest; receipts have scorers for some."""
        scorers = self.scorers if self._is_receipt(windows) else FieldScorers({})
        found = [
            read_named(window, key, scorers, self.lexicon, self.model.config.absent_threshold)
            for window in windows
        ]
        return max(found, key=lambda answer: (answer.found, answer.confidence))

    def _is_receipt(self, windows: list[Window]) -> bool:
        return self._kind(windows)[0] == "receipt"

    def _kind(self, windows: list[Window]) -> tuple[str, float]:
        odds = windows[0].facts.kind
        best = int(odds.argmax())
        return self.model.config.document_kinds[best], float(odds[best])

    # The page as a whole ----------------------------------------------------------------------

    def _whole(self, question: str) -> Whole | None:
        if SUMMARY.search(question):
            return "summary"
        asked = self.processor.encoder.embed([question])[0]
        best: Whole | None = None
        score = _WHOLE_ALIKE
        for wish, texts in WHOLE_EXAMPLES.items():
            alike = float((self.processor.encoder.embed(texts) @ asked).max())
            if alike > score:
                best, score = wish, alike
        return best

    def _summarise(self, windows: list[Window]) -> DocumentAnswer:
        """Kind of document and the fields it prints, all of it read, none of it made up."""
        kind = self._document_kind(windows)
        facts, regions, confidences = [], list(kind.regions), [kind.confidence]
        told = read_fields(windows, _PRINTED)
        for key in (*NAMED, *_TOLD_TOO):
            answer = self._named(windows, key) if key in NAMED else told.get(key, absent(1.0))
            if answer.found and answer.confidence > 0.5 and answer.text != UNREADABLE:
                facts.append(f"{key.replace('_', ' ')}: {answer.text}")
                regions += answer.regions
                confidences.append(answer.confidence)
        if not facts:
            top = windows[0].inputs.lines[:_SUMMARY_LINES]
            facts = ["it begins: " + " / ".join(line.text for line in top)]
        return DocumentAnswer(
            text=f"{kind.text} - " + "; ".join(facts),
            confidence=float(np.mean(confidences)),
            found=True,
            regions=tuple(regions),
        )

    def _document_kind(self, windows: list[Window]) -> DocumentAnswer:
        kind, odds = self._kind(windows)
        top = range(min(3, len(windows[0].inputs.lines)))
        return DocumentAnswer(
            text=kind, confidence=odds, found=True, regions=line_regions(windows[0], top)
        )

    # Pages ------------------------------------------------------------------------------------

    def _document(self, pages: Sequence[Image]) -> list[Window]:
        windows: list[Window] = []
        for number, page in enumerate(pages, start=1):
            windows += self._windows(number, self.ocr.read(page))
        return windows

    def _read_page(self, number: int, text: PageText) -> tuple[Window, ...]:
        parts = [self.processor.page(lines) for lines in self._parts(text.lines)]
        read = read_pages(self.model, self.processor, parts)
        return tuple(Window(number, text, facts) for facts in read)

    def _parts(self, lines: Sequence[TextLine]) -> list[list[TextLine]]:
        """Whole lines, so many that the model can read their words at once."""
        parts: list[list[TextLine]] = [[]]
        used = 0
        for line in lines:
            count = max(1, len(line.text) // 3)
            if parts[-1] and used + count > self.model.config.max_words:
                parts.append([])
                used = 0
            if line.text.strip():
                parts[-1].append(line)
                used += count
        return [part for part in parts if part]

    def _calibrated(self, raw: float) -> float:
        raw = min(max(raw, 1e-4), 1 - 1e-4)
        config = self.model.config
        scaled = config.confidence_slope * log(raw / (1 - raw)) + config.confidence_offset
        return 1 / (1 + exp(-scaled))


def load(path: Path | None = None, cache_dir: Path | None = None) -> LayoutDocumentReader:
    """A reader with the shipped weights, or those in `path`.

    Args:
        path: a folder with `config.json`, `model.safetensors` and, if any, `lexicon.json`.
        cache_dir: folder where OCR results are kept; None keeps them in memory.

    Raises:
        FileNotFoundError: no weights there.
    """
    folder = weights_folder("document_reader", path)
    model = load_model(DocumentReaderModel, folder)
    return LayoutDocumentReader(
        model,
        ShopLexicon.load(folder),
        OcrEngine(cache_dir),
        scorers=FieldScorers.load(folder),
    )


def build(config: DocumentReaderConfig) -> DocumentReaderModel:
    """A reader's model with random weights."""
    return DocumentReaderModel(config)
