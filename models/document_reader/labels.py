"""Truth to labels: which words of which lines an answer is, even when OCR misread some of them.

Used by training and by evaluation; answers and lines are compared as streams of letters and
digits, so that spaces, punctuation and case, which OCR gets wrong most, do not matter.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import torch

from .config import DocumentReaderConfig
from .features import Word
from .model import ReaderLabels
from .ocr import TextLine
from .processor import PageInputs, QuestionInputs

_COVERED = 0.7


@dataclass(frozen=True)
class Span:
    """Words (ascending indices into the page's words) and how much of the answer they hold."""

    words: tuple[int, ...]
    coverage: float


def letters(text: str) -> str:
    """Letters and digits of a text, lower-case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def locate(
    words: Sequence[Word], lines: Sequence[int], answer: str, taken: Collection[int] = ()
) -> Span | None:
    """The words of the given lines that make up `answer`, or None where too little is there.

    Args:
        words: all words of the page.
        lines: the lines to look in; whole lines are searched in the page's order.
        answer: the true text.
        taken: words that are something else already.
    """
    wanted, where = letters(answer), set(lines)
    inside = [i for i, word in enumerate(words) if word.line in where and i not in taken]
    owner = [i for i in inside for _ in letters(words[i].text)]
    stream = "".join(letters(words[i].text) for i in inside)
    if not wanted or not stream:
        return None
    at = stream.find(wanted)
    if at >= 0:
        picked = tuple(sorted(set(owner[at : at + len(wanted)])))
        return Span(_with_signs(words, picked, answer), 1.0)
    matcher = SequenceMatcher(None, stream, wanted, autojunk=False)
    hits = [0] * len(words)
    blocks = matcher.get_matching_blocks()
    sure = [block for block in blocks if block.size >= min(3, len(wanted))]
    if not sure:
        return None
    # Short blocks count only beside long ones: single letters match anywhere.
    low, high = sure[0].a - 3, sure[-1].a + sure[-1].size + 3
    matched = 0
    for block in blocks:
        if block.size and low <= block.a and block.a + block.size <= high:
            matched += block.size
            for position in range(block.a, block.a + block.size):
                hits[owner[position]] += 1
    picked = tuple(i for i in inside if hits[i] * 2 > len(letters(words[i].text)))
    if not picked or matched < _COVERED * len(wanted):
        return None
    return Span(_with_signs(words, picked, answer), matched / len(wanted))


def _with_signs(words: Sequence[Word], picked: tuple[int, ...], answer: str) -> tuple[int, ...]:
    """With the signs (a currency, a minus) that the answer begins or ends with: they are words
    without letters."""
    first, last, text = picked[0], picked[-1], answer.strip()
    extra = []
    if first and words[first - 1].line == words[first].line:
        sign = words[first - 1].text
        if not letters(sign) and text.startswith(sign):
            extra.append(first - 1)
    if last + 1 < len(words) and words[last + 1].line == words[last].line:
        sign = words[last + 1].text
        if not letters(sign) and text.endswith(sign):
            extra.append(last + 1)
    return tuple(sorted((*picked, *extra)))


def find_text(
    lines: Sequence[TextLine], words: Sequence[Word], answer: str, longest: int = 8
) -> list[Span]:
    """Where a text of unknown place is printed: the best runs of neighbouring lines.

    Args:
        lines, words: of the page, in reading order.
        answer: the text, perhaps over several lines.
        longest: lines it may take.

    Returns:
        Spans about as good as the best one, best first; none when it is not on the page.
    """
    wanted = letters(answer)
    if not wanted:
        return []
    found: list[tuple[float, Span]] = []
    share = [_share_within(letters(line.text), wanted) for line in lines]
    for start, line in enumerate(lines):
        if share[start] < 0.5 or not letters(line.text):
            continue
        taken: list[int] = []
        for end in range(start, min(len(lines), start + longest)):
            if share[end] < 0.5:
                continue
            taken.append(end)
            if sum(len(letters(lines[i].text)) for i in taken) > 2 * len(wanted) + 40:
                break
            span = locate(words, taken, answer)
            if span is None:
                continue
            read = "".join(letters(words[i].text) for i in span.words)
            ratio = SequenceMatcher(None, read, wanted, autojunk=False).ratio()
            # Fewer lines win among equals.
            found.append((ratio - 0.005 * len(taken), span))
    if not found:
        return []
    best = max(score for score, _ in found)
    kept: list[Span] = []
    for score, span in sorted(found, key=lambda each: -each[0]):
        if score < max(best - 0.004, 0.7):
            break
        if not any(set(span.words) & set(other.words) for other in kept):
            kept.append(span)
    return kept


def _share_within(line: str, wanted: str) -> float:
    """How much of a line's letters occur in `wanted`, in blocks of three or more (or the other
    way round where the wanted text is inside a longer line)."""
    blocks = SequenceMatcher(None, line, wanted, autojunk=False).get_matching_blocks()
    size = sum(block.size for block in blocks if block.size >= 3 or block.size == len(line))
    return size / max(1, min(len(line), len(wanted)))


def span_text(lines: Sequence[TextLine], words: Sequence[Word], picked: Sequence[int]) -> str:
    """The printed text of some words: in each line from the first to the last of them, lines
    joined by a space."""
    bounds: dict[int, tuple[int, int]] = {}
    for i in sorted(picked):
        word = words[i]
        start, end = bounds.get(word.line, (word.start, word.end))
        bounds[word.line] = (min(start, word.start), max(end, word.end))
    return " ".join(lines[line].text[start:end] for line, (start, end) in bounds.items())


@dataclass(frozen=True, kw_only=True)
class PageTruth:
    """What a page prints, as indices into its words.

    Attributes:
        tags: (tag, words), any number of times each.
        rows: (words of a table, the word that begins their row's name).
        known: the tags that the truth speaks of; None when it is whole.
        kind: what people call such a document, "" where unknown.
    """

    tags: tuple[tuple[str, tuple[int, ...]], ...]
    rows: tuple[tuple[tuple[int, ...], int], ...] = ()
    known: tuple[str, ...] | None = None
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedTruth:
    """A question: what is to be done, with which tag ("" unknown, "other" none of them), and the
    names that it speaks of."""

    text: str
    op: str
    target: str
    names: tuple[str, ...] = ()


def mark_names(
    text: str, offsets: Sequence[tuple[int, int]], names: Sequence[str]
) -> list[int] | None:
    """Per piece of a question 0 outside names, 1 where one begins, 2 where it goes on; None when
    slips of typing hide a name."""
    marks = [0] * len(offsets)
    low = text.lower()
    for name in names:
        at = low.find(name.lower())
        end = at + len(name)
        if at < 0:
            blocks = SequenceMatcher(None, low, name.lower(), autojunk=False).get_matching_blocks()
            long = [block for block in blocks if block.size >= min(3, len(name))]
            if sum(block.size for block in long) < _COVERED * len(name):
                return None
            at = max(0, long[0].a - long[0].b)
            end = min(len(text), long[-1].a + len(name) - long[-1].b)
        begun = False
        for place, (start, stop) in enumerate(offsets):
            if start < end and stop > at:
                marks[place] = 2 if begun else 1
                begun = True
    return marks


def label_tensors(
    config: DocumentReaderConfig,
    pages: Sequence[tuple[PageInputs, PageTruth]],
    asked: Sequence[tuple[QuestionInputs, AskedTruth]] = (),
) -> ReaderLabels:
    """Labels of a batch, in the order of its pages and questions."""
    place = {tag: index for index, tag in enumerate(config.tags)}
    words = max(len(page.words) for page, _ in pages)
    tags = torch.zeros(len(pages), words, len(place), dtype=torch.bool)
    known = torch.ones(len(pages), len(place), dtype=torch.bool)
    rows = torch.full((len(pages), words), -100)
    kind = torch.full((len(pages),), -100)
    for row, (_, truth) in enumerate(pages):
        for tag, picked in truth.tags:
            if tag in place:
                tags[row, list(picked), place[tag]] = True
        for picked, head in truth.rows:
            rows[row, list(picked)] = head
        if truth.known is not None:
            known[row] = torch.tensor([tag in truth.known for tag in config.tags])
        if truth.kind in config.document_kinds:
            kind[row] = config.document_kinds.index(truth.kind)
    pieces = max((len(question.states) for question, _ in asked), default=1)
    op, target = torch.full((len(asked),), -100), torch.full((len(asked),), -100)
    names = torch.full((len(asked), pieces), -100)
    for row, (question, truth) in enumerate(asked):
        if truth.op in config.ops:
            op[row] = config.ops.index(truth.op)
        if truth.target:
            target[row] = place.get(truth.target, len(place))
        marks = mark_names(question.text, question.offsets, truth.names)
        if marks is not None:
            names[row, : len(marks)] = torch.tensor(marks)
    return ReaderLabels(
        tags=tags, known=known, rows=rows, kind=kind, op=op, target=target, names=names
    )
