"""Training samples of the document reader: lines of print, questions, and what to point at.

Joins the generated documents and the public receipts (data) with the reader's labels (models).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from random import Random

import numpy as np

from ...data.documents import ocr_noise, sample_document
from ...data.documents.questions.about_tables import KIND_WORDS
from ...data.documents.types import DocLine, DocQuestion, Document, NoisyLines
from ...models.document_reader.features import Word, split_words
from ...models.document_reader.labels import LabelledQuestion, find_text, letters, locate
from ...models.document_reader.ocr import TextLine, reading_order
from ...models.document_reader.values import amounts, dates, parse_number
from .receipt_questions import (
    ABSENT_WORDINGS,
    FIELD_WORDINGS,
    PATTERN_QUESTIONS,
    is_absent,
    only_value,
)


@dataclass(frozen=True, kw_only=True)
class ReaderSample:
    """A page and its questions; words of `questions` index the words of `lines`.

    `kind` is what people call such a document, "" where unknown.
    """

    name: str
    kind: str
    lines: tuple[TextLine, ...]
    questions: tuple[LabelledQuestion, ...]


def page_words(lines: Sequence[TextLine]) -> list[Word]:
    """All words of a page, in reading order."""
    return [word for index, line in enumerate(lines) for word in split_words(line, index)]


def closest(texts: Sequence[str], truth: str, least: float) -> list[bool]:
    """Which texts are the most like the truth, by letters and digits; none below `least`."""
    wanted = letters(truth)
    alike = [SequenceMatcher(None, letters(text), wanted, autojunk=False).ratio() for text in texts]
    best = max(alike, default=0.0)
    return [value >= max(best - 1e-6, least) for value in alike]


def _words_in(words: Sequence[Word], line: int, start: int, end: int) -> tuple[int, ...]:
    return tuple(
        i for i, w in enumerate(words) if w.line == line and w.start < end and w.end > start
    )


def field_spans(
    lines: Sequence[TextLine], words: Sequence[Word], key: str, value: str
) -> list[tuple[int, ...]]:
    """Every place where a receipt's field is printed, as word indices."""
    if key == "total":
        wanted = parse_number(value)
        return [
            _words_in(words, index, start, end)
            for index, line in enumerate(lines)
            for start, end, figure in amounts(line.text)
            if figure == wanted
        ]
    if key == "date":
        return [
            _words_in(words, index, start, end)
            for index, line in enumerate(lines)
            for start, end in dates(line.text)
            if letters(line.text[start:end]) == letters(value)
        ]
    return [span.words for span in find_text(lines, words, value)]


def receipt_sample(
    name: str, lines: Sequence[TextLine], fields: Mapping[str, str], rng: Random
) -> ReaderSample:
    """Questions about one receipt: every field in several wordings, labelled extras, absences."""
    ordered = reading_order(lines)
    words = page_words(ordered)
    texts = [line.text for line in ordered]
    asked: list[LabelledQuestion] = []
    for key, wordings in FIELD_WORDINGS.items():
        spans = tuple(field_spans(ordered, words, key, fields[key])) if fields.get(key) else ()
        if spans:
            for text in wordings:
                asked.append(LabelledQuestion(text=text, kind="extract", spans=spans))
    for question in PATTERN_QUESTIONS:
        value = only_value(question, texts)
        if value is not None:
            spans = tuple(span.words for span in find_text(ordered, words, value, longest=1))
            if spans:
                for text in rng.sample(question.wordings, min(3, len(question.wordings))):
                    asked.append(LabelledQuestion(text=text, kind="extract", spans=spans))
        elif is_absent(question.hint, texts):
            asked.append(LabelledQuestion(text=rng.choice(question.wordings), kind="none"))
    absent = [text for text, hint in ABSENT_WORDINGS if is_absent(hint, texts)]
    for text in rng.sample(absent, min(5, len(absent))):
        asked.append(LabelledQuestion(text=text, kind="none"))
    return ReaderSample(name=name, kind="receipt", lines=tuple(ordered), questions=tuple(asked))


def _text_lines(lines: Iterable[DocLine]) -> list[TextLine]:
    return [TextLine(text=line.text, box=line.box) for line in lines]


def document_sample(name: str, document: Document, noisy: NoisyLines | None = None) -> ReaderSample:
    """A generated document with its own questions; with `noisy`, as an OCR engine read it.

    A question whose answer can no longer be found among the noisy lines is left out.
    """
    raw = _text_lines(noisy.lines if noisy is not None else document.lines)
    ordered = reading_order(raw)
    place = {id(line): index for index, line in enumerate(ordered)}
    words = page_words(ordered)
    asked = []
    for question in document.questions:
        where = noisy.remap(question.lines) if noisy is not None else question.lines
        lines = sorted(place[id(raw[i])] for i in where)
        labelled = _label(words, lines, question)
        if labelled is not None:
            asked.append(labelled)
    return ReaderSample(
        name=name,
        kind=KIND_WORDS.get(document.kind, ""),
        lines=tuple(ordered),
        questions=tuple(asked),
    )


def _label(
    words: Sequence[Word], lines: Sequence[int], question: DocQuestion
) -> LabelledQuestion | None:
    if question.kind == "not_there" or not question.found:
        return LabelledQuestion(text=question.text, kind="none")
    if question.kind == "title" and question.key == "kind":
        return LabelledQuestion(text=question.text, kind="document")
    if question.kind == "yes_no":
        if question.key in {"total", "amount"}:
            return None  # comparisons of figures are worked out by the reader, not learnt
        kind = "yes" if question.answer == "yes" else "no"
        listed = tuple(i for i, word in enumerate(words) if word.line in lines)
        return LabelledQuestion(
            text=question.text, kind=kind, listed=listed if kind == "yes" else ()
        )
    if question.kind in {"count", "sum"}:
        return _label_figures(words, lines, question)
    if question.kind == "list":
        found: list[int] = []
        items = question.answer.split(", ")
        for line in lines:
            spans = [locate(words, [line], item) for item in items]
            best = max(
                (s for s in spans if s), key=lambda s: (s.coverage, len(s.words)), default=None
            )
            found.extend(best.words if best else ())
        return (
            LabelledQuestion(text=question.text, kind="list", listed=tuple(found))
            if found
            else None
        )
    span = locate(words, lines, question.answer)
    if span is None:
        return None
    return LabelledQuestion(text=question.text, kind="extract", spans=(span.words,))


def _label_figures(
    words: Sequence[Word], lines: Sequence[int], question: DocQuestion
) -> LabelledQuestion | None:
    """Things counted by their lines, or figures added up (pieces are counted by adding)."""
    if question.kind == "count" and question.answer == str(len(set(lines))):
        listed = tuple(i for i, word in enumerate(words) if word.line in lines)
        return LabelledQuestion(text=question.text, kind="count", listed=listed)
    figures = (i for i in range(len(words)) if words[i].line in lines and _is_figure(words[i]))
    picked = tuple(max(group) for _, group in groupby(figures, key=lambda i: words[i].line))
    values = [parse_number(words[i].text) for i in picked]
    if not picked or sum(v for v in values if v is not None) != parse_number(question.answer):
        return None
    return LabelledQuestion(text=question.text, kind="sum", listed=picked)


def _is_figure(word: Word) -> bool:
    return parse_number(word.text) is not None


def read_lines(truth: Sequence[DocLine], read: Sequence[TextLine]) -> NoisyLines:
    """What an engine read of a drawn document, each line with the true lines under its box."""
    sources = []
    for line in read:
        x0, y0, x1, y1 = line.box
        under = []
        for index, true in enumerate(truth):
            a0, b0, a1, b1 = true.box
            across = max(0.0, min(x1, a1) - max(x0, a0))
            down = max(0.0, min(y1, b1) - max(y0, b0))
            smaller = max(1.0, min((x1 - x0) * (y1 - y0), (a1 - a0) * (b1 - b0)))
            if across * down > 0.4 * smaller:
                under.append(index)
        sources.append(tuple(under))
    lines = tuple(DocLine(line.text, line.box) for line in read)
    return NoisyLines(lines=lines, sources=tuple(sources))


def generated_sample(seed: int, index: int, layouts: Sequence[str]) -> ReaderSample:
    """Document `index` of a stream, misread the way OCR misreads."""
    rng = np.random.default_rng((seed, index))
    document = sample_document(rng, render=False, layouts=tuple(layouts), n_questions=20)
    return document_sample(f"{seed}/{index}", document, ocr_noise(rng, document.lines))


def load_documents(folder: Path) -> list[tuple[Path, Document]]:
    """Pictures and truth of a folder that `sightline data documents` wrote.

    Raises:
        ValueError: `documents.json` lacks something; the message names the entry.
    """
    rows = json.loads((folder / "documents.json").read_text(encoding="utf-8"))["documents"]
    found = []
    for number, row in enumerate(rows):
        try:
            document = Document(
                lines=tuple(DocLine(line["text"], tuple(line["box"])) for line in row["lines"]),
                fields=(),
                kind=row.get("kind", ""),
                layout=row.get("layout", ""),
                width=row["width"],
                height=row["height"],
                questions=tuple(
                    DocQuestion(**{**question, "lines": tuple(question.get("lines", ()))})
                    for question in row.get("questions", ())
                ),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"documents.json, entry {number}: {error}") from error
        found.append((folder / row["image"], document))
    return found
