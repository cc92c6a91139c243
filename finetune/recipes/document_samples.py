"""Training samples of the document reader: lines of print, questions, and what to point at.

Joins the generated documents and the public receipts (data) with the reader's labels (models).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from ...data.documents.types import DocLine, Document, DocQuestion, NoisyLines
from ...models.document_reader.features import Word, split_words
from ...models.document_reader.labels import LabelledQuestion, find_text, locate
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
    """A page and its questions; words of `questions` index the words of `lines`."""

    name: str
    lines: tuple[TextLine, ...]
    questions: tuple[LabelledQuestion, ...]


def page_words(lines: Sequence[TextLine]) -> list[Word]:
    """All words of a page, in reading order."""
    return [word for index, line in enumerate(lines) for word in split_words(line, index)]


def _digits(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


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
            if _digits(line.text[start:end]) == _digits(value)
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
    return ReaderSample(name=name, lines=tuple(ordered), questions=tuple(asked))


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
    return ReaderSample(name=name, lines=tuple(ordered), questions=tuple(asked))


def _label(
    words: Sequence[Word], lines: Sequence[int], question: DocQuestion
) -> LabelledQuestion | None:
    if question.kind == "not_there" or not question.found:
        return LabelledQuestion(text=question.text, kind="none")
    if question.kind == "yes_no":
        kind = "yes" if question.answer == "yes" else "no"
        listed = tuple(i for i, word in enumerate(words) if word.line in lines)
        return LabelledQuestion(
            text=question.text, kind=kind, listed=listed if kind == "yes" else ()
        )
    if question.kind == "count":
        listed = tuple(i for i, word in enumerate(words) if word.line in lines)
        right = question.answer == str(len(set(lines)))
        return LabelledQuestion(text=question.text, kind="count", listed=listed) if right else None
    if question.kind == "sum":
        picked = [
            max(group)
            for _, group in groupby(
                (i for i in range(len(words)) if words[i].line in lines and _is_figure(words[i])),
                key=lambda i: words[i].line,
            )
        ]
        figures = [parse_number(words[i].text) for i in picked]
        if sum(figure for figure in figures if figure is not None) != parse_number(question.answer):
            return None
        return LabelledQuestion(text=question.text, kind="sum", listed=tuple(picked))
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


def _is_figure(word: Word) -> bool:
    return parse_number(word.text) is not None
