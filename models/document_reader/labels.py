"""Truth to labels: which words of which lines an answer is, even when OCR misread some of them.

Used by training and by evaluation; answers and lines are compared as streams of letters and
digits, so that spaces, punctuation and case, which OCR gets wrong most, do not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import torch

from .config import KINDS
from .features import Word
from .model import ReaderLabels
from .ocr import TextLine
from .processor import PageInputs

_COVERED = 0.7


@dataclass(frozen=True)
class Span:
    """Words (ascending indices into the page's words) and how much of the answer they hold."""

    words: tuple[int, ...]
    coverage: float


def letters(text: str) -> str:
    """Letters and digits of a text, lower-case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def locate(words: Sequence[Word], lines: Sequence[int], answer: str) -> Span | None:
    """The words of the given lines that make up `answer`, or None where too little is there.

    Args:
        words: all words of the page.
        lines: the lines to look in; whole lines are searched in the page's order.
        answer: the true text.
    """
    wanted = letters(answer)
    inside = [i for i, word in enumerate(words) if word.line in set(lines)]
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
class LabelledQuestion:
    """A question with what the model should point at, as indices into the page's words.

    Attributes:
        kind: one of `config.KINDS`.
        spans: right places of a printed answer (any one will do), for kind `extract`.
        listed: words of the items (list), of the figures (sum), of the things counted, or of
            the evidence (yes).
    """

    text: str
    kind: str
    spans: tuple[tuple[int, ...], ...] = ()
    listed: tuple[int, ...] = ()


def chosen_lines(words: Sequence[Word], question: LabelledQuestion) -> list[int]:
    """The lines whose words the word layers are shown in training."""
    picked = question.listed or tuple(i for span in question.spans[:1] for i in span)
    return sorted({words[i].line for i in picked})


def label_tensors(
    pages: Sequence[PageInputs],
    asked: Sequence[tuple[int, LabelledQuestion]],
    lines: int,
    source: Sequence[Sequence[int]],
    documents: Sequence[int] | None = None,
) -> ReaderLabels:
    """Labels of a batch.

    Args:
        pages: the batch's pages.
        asked: per question the page's place in `pages` and its truth.
        lines: padded number of lines L.
        source: per question the page's words shown to the word layers (`WordBatch.source`).
        documents: per page the index of its kind, -100 where unknown.
    """
    count = len(asked)
    width = max(1, max(len(each) for each in source))
    kind = torch.full((count,), -100)
    start = torch.full((count,), -1)
    first, member, listed = (torch.zeros(count, lines, dtype=torch.bool) for _ in range(3))
    tags = torch.zeros(count, width, dtype=torch.bool)
    has_list, has_words = (torch.zeros(count, dtype=torch.bool) for _ in range(2))
    for row, (place, question) in enumerate(asked):
        words = pages[place].words
        kind[row] = KINDS.index(question.kind)
        for number, span in enumerate(question.spans):
            where = sorted({words[i].line for i in span})
            first[row, where[0]] = True
            if number == 0:
                start[row] = where[0]
                member[row, where] = True
        has_list[row] = question.kind in {"list", "sum", "count", "yes"}
        listed[row, [words[i].line for i in question.listed]] = True
        right = set(question.listed or (question.spans[0] if question.spans else ()))
        has_words[row] = bool(right) and question.kind in {"extract", "list", "sum"}
        for column, i in enumerate(source[row]):
            tags[row, column] = i in right
    return ReaderLabels(
        kind=kind,
        first=first,
        start=start,
        member=member,
        listed=listed,
        has_list=has_list,
        words=tags,
        has_words=has_words,
        document=torch.tensor(list(documents) if documents else [-100] * len(pages)),
    )
