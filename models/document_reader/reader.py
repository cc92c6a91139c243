"""The document reader as the tools see it: pages and questions in, answers with regions out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from .features import line_amounts, union
from .fields import FIELD_QUESTIONS, choose_value, mend_field
from .lexicon import ShopLexicon
from .model import DocumentReaderModel
from .ocr import OcrEngine, PageText
from .pointing import Pointed, point, pointed_text
from .processor import DocumentProcessor, PageInputs
from .values import parse_number, plain, total_of
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
_CLEAR = 0.62
_WHOLE_ALIKE = 0.8
_SUMMARY_LINES = 5


class ReadLine(NamedTuple):
    """A line as read: page (from 1), box in pixels of the given picture, text, confidence."""

    page: int
    box: tuple[float, float, float, float]
    text: str
    confidence: float


@dataclass(frozen=True)
class Window:
    """Part of a page that the model reads at once."""

    page: int
    text: PageText
    inputs: PageInputs


class LayoutDocumentReader:
    """Implements `tasks.DocumentReader`, and `fields` and `lines` beside it.

    Args:
        model: with its weights, in evaluation mode.
        lexicon: known shops.
        ocr: reads the pages.
        processor: made from the model's configuration when not given.
    """

    def __init__(
        self,
        model: DocumentReaderModel,
        lexicon: ShopLexicon | None = None,
        ocr: OcrEngine | None = None,
        processor: DocumentProcessor | None = None,
    ) -> None:
        self.model = model.eval()
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
            return self._read_out(windows)
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
        return self._worded(window, pointed)

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
            regions = self._regions(window, pointed.lines)
            return DocumentAnswer(
                text=pointed.kind, confidence=confidence, found=True, regions=regions
            )
        page = window.inputs
        if pointed.kind == "count":
            return DocumentAnswer(
                text=str(len(pointed.lines)),
                confidence=confidence,
                found=True,
                regions=self._regions(window, pointed.lines),
            )
        by_line = self._by_line(page, pointed.words)
        texts = [pointed_text(page, group) for group in by_line]
        lines = [page.words[group[0]].line for group in by_line]
        regions = self._regions(window, lines, by_line)
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
            if lines and min(page.lines[i].confidence for i in lines) < _CLEAR:
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
        missing = DocumentAnswer(text=ABSENT, confidence=0.0, found=False)
        if not windows:
            return missing
        asked = [self.processor.question(text) for text in FIELD_QUESTIONS[key]]
        best = missing
        for window in windows:
            results = point(
                self.model,
                self.processor,
                [window.inputs],
                [(0, question) for question in asked],
                only="extract",
            )
            absent = float(np.mean([result.kinds["none"] for result in results]))
            if absent >= self.model.config.absent_threshold:
                continue
            first = tuple(np.mean([result.first for result in results], axis=0).tolist())
            pointed = max(results, key=lambda result: result.first[int(np.argmax(first))])
            value = choose_value(key, window.inputs.lines, window.inputs.words, first)
            if value is not None:
                line = window.inputs.words[value[0][0]].line
                confidence = value[1] * (1 - absent)
                pointed = replace(pointed, words=value[0], lines=(line,), confidence=confidence)
            answer = self._worded(window, replace(pointed, kind="extract"))
            if answer.text != UNREADABLE:
                answer = replace(answer, text=mend_field(key, answer.text, self.lexicon))
            if not best.found or answer.confidence > best.confidence:
                best = answer
        return best

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
            for group in self._by_line(window.inputs, result.words):
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
            items = self._by_line(page, result.words)
            starts = [page.words[group[0]].line for group in items]
            for group, line in zip(items, starts, strict=True):
                at = self._price_line(page, line, set(starts), values)
                if at is None:
                    continue
                value = values[at]
                assert value is not None
                regions = self._regions(window, sorted({line, at}))
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

    @staticmethod
    def _price_line(
        page: PageInputs, line: int, items: set[int], values: Sequence[Decimal | None]
    ) -> int | None:
        """The line with an item's amount: rightmost on its row, else on the row below."""
        box = page.lines[line].box
        height = box[3] - box[1]
        for shift in (0.0, 1.3):
            row = [
                i
                for i, other in enumerate(page.lines)
                if values[i] is not None
                and abs(sum(other.box[1::2]) - sum(box[1::2]) - 2 * shift * height) < 1.2 * height
                and (shift == 0 or i not in items)
            ]
            if row:
                return max(row, key=lambda i: page.lines[i].box[2])
        return None

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

    def _read_out(self, windows: list[Window]) -> DocumentAnswer:
        rows: list[str] = []
        scores: list[float] = []
        regions: list[PageRegion] = []
        for window in windows:
            last = None
            for line in window.inputs.lines:
                middle = (line.box[1] + line.box[3]) / 2
                text = line.text if line.confidence >= _CLEAR else "[unclear]"
                if last is not None and last[1] < middle < last[3]:
                    rows[-1] += "  " + text
                else:
                    rows.append(text)
                last = line.box
                scores.append(line.confidence)
            regions += self._regions(window, range(len(window.inputs.lines)), whole=True)
        return DocumentAnswer(
            text="\n".join(rows),
            confidence=float(np.mean(scores)),
            found=True,
            regions=tuple(regions),
        )

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
        asked = self.processor.question("what kind of document is this?")
        batch = self.processor.batch([windows[0].inputs], [(0, asked)])
        with torch.inference_mode():
            lines_BLD, _ = self.model.encode(batch)
            odds = self.model.classify(batch, lines_BLD).softmax(-1)[0]
        best = int(odds.argmax())
        top = range(min(3, len(windows[0].inputs.lines)))
        return DocumentAnswer(
            text=self.model.config.document_kinds[best],
            confidence=float(odds[best]),
            found=True,
            regions=self._regions(windows[0], top),
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

    @staticmethod
    def _by_line(page: PageInputs, words: Sequence[int]) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for i in words:
            groups.setdefault(page.words[i].line, []).append(i)
        return list(groups.values())

    @staticmethod
    def _regions(
        window: Window,
        lines: Sequence[int] | range,
        words: Sequence[Sequence[int]] | None = None,
        whole: bool = False,
    ) -> tuple[PageRegion, ...]:
        """Boxes of lines, or of words in them; with `whole` one box around everything."""
        page = window.inputs
        regions = []
        for order, i in enumerate(lines):
            box = page.lines[i].box
            text = page.lines[i].text
            if words is not None:
                group = [page.words[k] for k in words[order]]
                box = (min(w.x0 for w in group), box[1], max(w.x1 for w in group), box[3])
                text = pointed_text(page, words[order])
            regions.append((box, text))
        if whole and regions:
            regions = [(union([box for box, _ in regions]), "")]
        return tuple(
            PageRegion(page=window.page, xyxy=window.text.given_box(box), text=text)
            for box, text in regions
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
    return LayoutDocumentReader(model, ShopLexicon.load(folder), OcrEngine(cache_dir))


def build(config: DocumentReaderConfig) -> DocumentReaderModel:
    """A reader's model with random weights."""
    return DocumentReaderModel(config)
