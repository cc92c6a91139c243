"""Training samples of the document reader: lines of print, questions, and what to point at.

Joins the generated documents and the public receipts (data) with the reader's labels (models).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from ...data.documents import ocr_noise, sample_document
from ...data.documents.questions.source import plain_amount
from ...data.documents.rearrange import rearrange
from ...data.documents.types import (
    DocCell,
    DocField,
    DocLine,
    DocQuestion,
    DocTable,
    Document,
    NoisyLines,
    column_tag,
)
from ...models.common.values import amounts, dates, parse_number
from ...models.document_reader.features import Word, split_words
from ...models.document_reader.labels import (
    AskedTruth,
    PageTruth,
    find_text,
    letters,
    locate,
)
from ...models.document_reader.ocr import TextLine, reading_order
from ...models.document_reader.vocabulary import anchor_of
from .receipt_questions import (
    ABSENT_WORDINGS,
    FIELD_WORDINGS,
    PATTERN_QUESTIONS,
    is_absent,
    only_value,
)

_ASKED = 8
_REARRANGED = 0.45


@dataclass(frozen=True, kw_only=True)
class ReaderSample:
    """A page, what it prints (indices into the words of `lines`), and questions about it."""

    name: str
    lines: tuple[TextLine, ...]
    truth: PageTruth
    questions: tuple[AskedTruth, ...]


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
    """One real receipt: its fields, labelled extras, and questions in several wordings."""
    ordered = reading_order(lines)
    words = page_words(ordered)
    texts = [line.text for line in ordered]
    tags: list[tuple[str, tuple[int, ...]]] = []
    known: list[str] = []
    asked: list[AskedTruth] = []
    for key, wordings in FIELD_WORDINGS.items():
        spans = field_spans(ordered, words, key, fields[key]) if fields.get(key) else []
        if spans:
            tags += [(key, span) for span in spans]
            known.append(key)
            asked += [
                AskedTruth(text=text, op="field", target=key) for text in rng.sample(wordings, 4)
            ]
    for question in PATTERN_QUESTIONS:
        value = only_value(question, texts)
        spans = [s.words for s in find_text(ordered, words, value, longest=1)] if value else []
        if spans:
            tags += [(question.key, span) for span in spans]
        if spans or is_absent(question.hint, texts):
            known.append(question.key)
            asked += [
                AskedTruth(text=text, op="field", target=question.key)
                for text in rng.sample(question.wordings, 2)
            ]
    asked += [
        AskedTruth(text=text, op="field", target=target)
        for text, _, target in rng.sample(ABSENT_WORDINGS, 5)
    ]
    return ReaderSample(
        name=name,
        lines=tuple(ordered),
        truth=PageTruth(tags=tuple(tags), known=tuple(known), kind="receipt"),
        questions=tuple(asked),
    )


def _text_lines(lines: Iterable[DocLine]) -> list[TextLine]:
    return [TextLine(text=line.text, box=line.box) for line in lines]


def document_sample(name: str, document: Document, noisy: NoisyLines | None = None) -> ReaderSample:
    """A generated document with its own questions; with `noisy`, as an OCR engine read it."""
    raw = _text_lines(noisy.lines if noisy is not None else document.lines)
    ordered = reading_order(raw)
    place = {id(line): index for index, line in enumerate(ordered)}
    words = page_words(ordered)

    def where(lines: Iterable[int]) -> list[int]:
        held = noisy.remap(lines) if noisy is not None else lines
        return sorted(place[id(raw[i])] for i in held)

    tags: list[tuple[str, tuple[int, ...]]] = []
    for item in document.fields:
        span = locate(words, where(item.lines), item.value)
        if span is not None:
            tags.append((item.key, span.words))
    if document.title_lines:
        title = " ".join(document.lines[i].text for i in document.title_lines)
        span = locate(words, where(document.title_lines), title)
        if span is not None:
            tags.append(("title", span.words))
    rows: list[tuple[tuple[int, ...], int]] = []
    for table in document.tables:
        for cells in _row_cells(words, table, document, where):
            tags += cells
            anchor = next((picked for tag, picked in cells if tag == anchor_of(tag)), None)
            if anchor is not None:
                rows += [(picked, anchor[0]) for _, picked in cells]
    return ReaderSample(
        name=name,
        lines=tuple(ordered),
        truth=PageTruth(tags=tuple(tags), rows=tuple(rows), kind=document.called),
        questions=tuple(
            AskedTruth(text=q.text, op=q.op, target=q.target, names=q.names)
            for q in document.questions
        ),
    )


def _row_cells(
    words: Sequence[Word],
    table: DocTable,
    document: Document,
    where: Callable[[Iterable[int]], list[int]],
) -> Iterator[list[tuple[str, tuple[int, ...]]]]:
    """Per row of a table the words of its cells; equal figures on one line from left to right."""
    for row in table.rows:
        cells = []
        taken: set[int] = set()
        held = [
            (document.lines[cell.line].box[0], column, cell)
            for column, cell in zip(table.columns, row, strict=True)
            if cell.line is not None
        ]
        for _, column, cell in sorted(held, key=lambda each: each[0]):
            assert cell.line is not None
            span = locate(words, where([cell.line]), plain_amount(cell.text), taken)
            if span is not None:
                taken.update(span.words)
                cells.append((column_tag(table, column), span.words))
        yield cells


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
    """Document `index` of a stream, misread the way OCR misreads; many in a layout of their own."""
    rng = np.random.default_rng((seed, index))
    document = sample_document(rng, render=False, layouts=tuple(layouts), n_questions=_ASKED)
    if rng.random() < _REARRANGED:
        document = rearrange(document, rng)
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
            found.append((folder / row["image"], _document(row)))
        except (KeyError, TypeError) as error:
            raise ValueError(f"documents.json, entry {number}: {error}") from error
    return found


def _document(row: Mapping[str, Any]) -> Document:
    """One entry of `documents.json`; what a person's own file leaves out is empty."""
    return Document(
        lines=tuple(DocLine(line["text"], tuple(line["box"])) for line in row["lines"]),
        fields=tuple(
            DocField(**{**item, "lines": tuple(item["lines"])}) for item in row.get("fields", ())
        ),
        tables=tuple(_table(table) for table in row.get("tables", ())),
        kind=row.get("kind", ""),
        layout=row.get("layout", ""),
        called=row.get("called", ""),
        title_lines=tuple(row.get("title_lines", ())),
        width=row["width"],
        height=row["height"],
        questions=tuple(
            DocQuestion(
                **{
                    **question,
                    "lines": tuple(question.get("lines", ())),
                    "names": tuple(question.get("names", ())),
                    "target": question.get("target", question.get("key", "")),
                }
            )
            for question in row.get("questions", ())
        ),
    )


def _table(row: Mapping[str, Any]) -> DocTable:
    return DocTable(
        name=row["name"],
        columns=tuple(row["columns"]),
        headers=tuple(DocCell(**cell) for cell in row["headers"]),
        rows=tuple(tuple(DocCell(**cell) for cell in cells) for cells in row["rows"]),
    )
