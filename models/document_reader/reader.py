"""The document reader as the tools see it: pages and questions in, answers with regions out."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL.Image import Image

from ..spec import weights_folder
from ..tasks import DocumentAnswer, PageRegion
from .config import DocumentReaderConfig
from .features import line_amounts
from .fields import FIELD_QUESTIONS, choose_candidate, choose_value, mend_field
from .lexicon import ShopLexicon
from .model import DocumentReaderModel
from .ocr import OcrEngine, PageText
from .pointing import Pointed, point, pointed_text
from .processor import DocumentProcessor, PageInputs
from .scorer import FieldScorers
from .values import parse_number, plain, total_of
from .windows import (
    CLEAR,
    Window,
    by_line,
    line_regions,
    price_line,
    read_out,
    span_regions,
)
from .wording import (
    WHOLE_EXAMPLES,
    Extreme,
    Limit,
    Versus,
    Whole,
    parse_extreme,
    parse_limit,
    parse_versus,
    resolve,
)

UNREADABLE = "I can't read that line clearly."
ABSENT = "none"
_WHOLE_ALIKE = 0.8
_SUMMARY_LINES = 5
_SAME_FIELD = 0.75


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
        # One document is asked many things: its embedded pages are worth keeping.
        self._windows = lru_cache(maxsize=64)(self._embed)

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
        found = {}
        for key in FIELD_QUESTIONS:
            answer = self._field(windows, key)
            if answer.found:
                found[key] = answer
        return found

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

    # One question -------------------------------------------------------------------------

    def _answer(self, windows: list[Window], question: str) -> DocumentAnswer:
        if not windows:
            return DocumentAnswer(text=UNREADABLE, confidence=0.0, found=False)
        if limit := parse_limit(question):
            return self._compare_limit(windows, limit)
        if versus := parse_versus(question):
            answer = self._compare_two(windows, versus)
            if answer is not None:
                return answer
        if extreme := parse_extreme(question):
            answer = self._find_extreme(windows, extreme)
            if answer is not None:
                return answer
        whole = self._whole(question)
        if whole == "read":
            return read_out(windows)
        if whole == "summary":
            return self._summarise(windows)
        if whole == "kind":
            return self._document_kind(windows)
        return self._point(windows, question)

    def _point(
        self, windows: list[Window], question: str, only: str | None = None
    ) -> DocumentAnswer:
        window, pointed = self._best(windows, question, only)
        if pointed.kind == "document":
            return self._document_kind(windows)
        if pointed.kind == "extract" and self.scorers.scorers:
            key = self._scored_field(window, pointed)
            if key is not None:
                return self._field(windows, key)
        return self._worded(window, pointed)

    def _scored_field(self, window: Window, pointed: Pointed) -> str | None:
        """The field that a question about a receipt points at: asked in any words, it points at
        the lines that the field's own questions point at."""
        if not self._is_receipt(window.inputs):
            return None
        keys = [key for key in self.scorers.scorers if key in FIELD_QUESTIONS]
        asked = [self.processor.question(FIELD_QUESTIONS[key][0]) for key in keys]
        results = point(
            self.model,
            self.processor,
            [window.inputs],
            [(0, question) for question in asked],
            only="extract",
        )
        overlap = {
            key: float(np.minimum(result.first, pointed.first).sum())
            for key, result in zip(keys, results, strict=True)
        }
        best = max(overlap, key=lambda key: overlap[key])
        return best if overlap[best] > _SAME_FIELD else None

    def _best(
        self, windows: list[Window], question: str, only: str | None
    ) -> tuple[Window, Pointed]:
        """The window that answers best; a thing is absent only when every window lacks it."""
        asked = self.processor.question(question)
        results = point(
            self.model,
            self.processor,
            [window.inputs for window in windows],
            [(place, asked) for place in range(len(windows))],
            only=only,
            absent_at=self.model.config.absent_threshold,
        )
        pairs = list(zip(windows, results, strict=True))
        present = [pair for pair in pairs if pair[1].kind not in {"none", "no"}]
        return max(present or pairs, key=lambda pair: pair[1].confidence)

    def _worded(self, window: Window, pointed: Pointed) -> DocumentAnswer:
        confidence = self._calibrated(pointed.confidence)
        if pointed.kind == "none":
            return DocumentAnswer(text=ABSENT, confidence=confidence, found=False)
        if pointed.kind in {"yes", "no"}:
            regions = line_regions(window, pointed.lines)
            return DocumentAnswer(
                text=pointed.kind, confidence=confidence, found=True, regions=regions
            )
        page = window.inputs
        if pointed.kind == "count":
            return DocumentAnswer(
                text=str(len(pointed.lines)),
                confidence=confidence,
                found=True,
                regions=line_regions(window, pointed.lines),
            )
        groups = by_line(page, pointed.words)
        texts = [pointed_text(page, group) for group in groups]
        lines = [page.words[group[0]].line for group in groups]
        regions = line_regions(window, lines, groups)
        if pointed.kind == "sum":
            figures = [parse_number(text) for text in texts]
            known = [figure for figure in figures if figure is not None]
            if not known or len(known) < len(figures):
                confidence = min(confidence, 0.3)
            text = plain(total_of(known))
        elif pointed.kind == "list":
            text = ", ".join(texts)
        else:
            text = " ".join(texts)
            if lines and min(page.lines[i].confidence for i in lines) < CLEAR:
                return DocumentAnswer(
                    text=UNREADABLE, confidence=min(confidence, 0.2), found=True, regions=regions
                )
            text = self._mended(text)
        return DocumentAnswer(text=text, confidence=confidence, found=bool(text), regions=regions)

    def _mended(self, text: str) -> str:
        for key in ("company", "address"):
            mended = mend_field(key, text, self.lexicon)
            if mended != text:
                return mended
        return text

    # Fields -------------------------------------------------------------------------------

    def _field(self, windows: list[Window], key: str) -> DocumentAnswer:
        best = DocumentAnswer(text=ABSENT, confidence=0.0, found=False)
        asked = [self.processor.question(text) for text in FIELD_QUESTIONS[key]]
        for window in windows:
            results = point(
                self.model,
                self.processor,
                [window.inputs],
                [(0, question) for question in asked],
                only="extract",
            )
            chosen = self._chosen(window, key, results)
            if chosen is not None and (not best.found or chosen.confidence > best.confidence):
                best = chosen
        return best

    def _chosen(
        self, window: Window, key: str, results: Sequence[Pointed]
    ) -> DocumentAnswer | None:
        """A field on one window: the scorers' choice on receipts, else the model's own."""
        page = window.inputs
        absent = float(np.mean([result.kinds["none"] for result in results]))
        first = tuple(np.mean([result.first for result in results], axis=0).tolist())
        if key in self.scorers and self._is_receipt(page):
            found = choose_candidate(key, page.lines, first, self.scorers, self.lexicon)
            if found is not None:
                picked, text, probability = found
                return DocumentAnswer(
                    text=mend_field(key, text, self.lexicon),
                    confidence=probability,
                    found=True,
                    regions=span_regions(window, picked),
                )
        if absent >= self.model.config.absent_threshold:
            return None
        pointed = max(results, key=lambda result: result.first[int(np.argmax(first))])
        value = choose_value(key, page.lines, page.words, first)
        if value is not None:
            line = page.words[value[0][0]].line
            confidence = value[1] * (1 - absent)
            pointed = replace(pointed, words=value[0], lines=(line,), confidence=confidence)
        answer = self._worded(window, replace(pointed, kind="extract"))
        if answer.text == UNREADABLE or not answer.found:
            return answer if answer.found else None
        return replace(answer, text=mend_field(key, answer.text, self.lexicon))

    def _is_receipt(self, page: PageInputs) -> bool:
        odds = self._kind_odds(page)
        return self.model.config.document_kinds[int(odds.argmax())] == "receipt"

    def _kind_odds(self, page: PageInputs) -> torch.Tensor:
        asked = self.processor.question("what kind of document is this?")
        batch = self.processor.batch([page], [(0, asked)])
        with torch.inference_mode():
            lines_BLD, _ = self.model.encode(batch)
            return self.model.classify(batch, lines_BLD).softmax(-1)[0]

    # Worked out from answers ----------------------------------------------------------------

    def _compare_limit(self, windows: list[Window], limit: Limit) -> DocumentAnswer:
        if limit.subject == "what is the total?":
            answer = self._field(windows, "total")
        else:
            answer = self._point(windows, limit.subject)
        figure = parse_number(answer.text) if answer.found else None
        if figure is None:
            return DocumentAnswer(text=ABSENT, confidence=answer.confidence, found=False)
        right = figure > limit.figure if limit.above else figure < limit.figure
        return replace(answer, text="yes" if right else "no")

    def _compare_two(self, windows: list[Window], versus: Versus) -> DocumentAnswer | None:
        asked = (versus.first, versus.second)
        answers = [self._point(windows, f"how much was the {thing}?") for thing in asked]
        figures = [parse_number(answer.text) if answer.found else None for answer in answers]
        if figures[0] is None or figures[1] is None:
            return None
        regions = answers[0].regions + answers[1].regions
        confidence = answers[0].confidence * answers[1].confidence
        first_wins = figures[0] > figures[1] if versus.more else figures[0] < figures[1]
        if versus.yes_no:
            text = "yes" if first_wins else "no"
        else:
            winner = versus.first if first_wins else versus.second
            text = self._item_named(windows, winner) or winner
        return DocumentAnswer(text=text, confidence=confidence, found=True, regions=regions)

    def _item_named(self, windows: list[Window], name: str) -> str:
        """How an item that a person calls `name` is printed."""
        asked = self.processor.question(name)
        best, score = "", 0.0
        for window, result in self._items(windows):
            likeness = window.inputs.index.match(name, asked.sentence)[0]
            for group in by_line(window.inputs, result.words):
                line = window.inputs.words[group[0]].line
                value = float(likeness[line, 3] + 0.5 * likeness[line, 0])
                if value > score:
                    best, score = pointed_text(window.inputs, group), value
        return best

    def _items(self, windows: list[Window]) -> list[tuple[Window, Pointed]]:
        asked = self.processor.question("list the items")
        results = point(
            self.model,
            self.processor,
            [window.inputs for window in windows],
            [(place, asked) for place in range(len(windows))],
            only="list",
        )
        return list(zip(windows, results, strict=True))

    def _find_extreme(self, windows: list[Window], extreme: Extreme) -> DocumentAnswer | None:
        priced: list[tuple[Decimal, str, str, tuple[PageRegion, ...], float]] = []
        for window, result in self._items(windows):
            page = window.inputs
            values = line_amounts(page.lines)
            items = by_line(page, result.words)
            starts = [page.words[group[0]].line for group in items]
            for group, line in zip(items, starts, strict=True):
                at = price_line(page, line, set(starts), values)
                if at is None:
                    continue
                value = values[at]
                assert value is not None
                regions = line_regions(window, sorted({line, at}))
                name = pointed_text(page, group)
                price = page.lines[at].text
                priced.append((value, name, price, regions, result.confidence))
        if len(priced) < 2:
            return None
        value, name, price, regions, confidence = (
            max(priced, key=lambda each: each[0])
            if extreme.most
            else min(priced, key=lambda each: each[0])
        )
        text = (plain(value) if parse_number(price) is None else price) if extreme.priced else name
        return DocumentAnswer(
            text=text, confidence=self._calibrated(confidence), found=True, regions=regions
        )

    # The page as a whole ----------------------------------------------------------------------

    def _whole(self, question: str) -> Whole | None:
        asked = self.processor.question(question).sentence
        best: Whole | None = None
        score = _WHOLE_ALIKE
        for wish, rows in self._whole_rows().items():
            alike = float((rows @ asked).max())
            if alike > score:
                best, score = wish, alike
        return best

    def _whole_rows(self) -> dict[Whole, np.ndarray]:
        return {wish: self.processor.encoder.embed(texts) for wish, texts in WHOLE_EXAMPLES.items()}

    def _summarise(self, windows: list[Window]) -> DocumentAnswer:
        """Kind of document and the fields it prints, all of it read, none of it made up."""
        kind = self._document_kind(windows)
        facts, regions, confidences = [], list(kind.regions), [kind.confidence]
        for key in FIELD_QUESTIONS:
            answer = self._field(windows, key)
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
        odds = self._kind_odds(windows[0].inputs)
        best = int(odds.argmax())
        top = range(min(3, len(windows[0].inputs.lines)))
        return DocumentAnswer(
            text=self.model.config.document_kinds[best],
            confidence=float(odds[best]),
            found=True,
            regions=line_regions(windows[0], top),
        )

    # Pages ------------------------------------------------------------------------------------

    def _document(self, pages: Sequence[Image]) -> list[Window]:
        windows: list[Window] = []
        for number, page in enumerate(pages, start=1):
            windows += self._windows(number, self.ocr.read(page))
        return windows

    def _embed(self, number: int, text: PageText) -> tuple[Window, ...]:
        size = self.model.config.max_lines
        return tuple(
            Window(number, text, self.processor.page(text.lines[start : start + size]))
            for start in range(0, len(text.lines), size)
        )

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
    model = DocumentReaderModel.from_pretrained(folder).float()
    return LayoutDocumentReader(
        model,
        ShopLexicon.load(folder),
        OcrEngine(cache_dir),
        scorers=FieldScorers.load(folder),
    )


def build(config: DocumentReaderConfig) -> DocumentReaderModel:
    """A reader's model with random weights."""
    return DocumentReaderModel(config)
