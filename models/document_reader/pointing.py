"""From logits to what was pointed at: kind, words, confidence. No wording, no correction."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from .config import KINDS
from .features import Word
from .labels import span_text
from .model import DocumentReaderModel, ReaderOutput
from .processor import DocumentProcessor, PageInputs, QuestionInputs

_MAX_LINES = 12
_LISTED = 0.5
_MEMBER = 0.5


@dataclass(frozen=True, kw_only=True)
class Pointed:
    """What the model points at on one page for one question.

    Attributes:
        kinds: probability of each kind.
        kind: the most probable one.
        first: probabilities of each line as the first line of a printed answer.
        lines: chosen lines, ascending. words: chosen words, ascending.
        confidence: product of the parts' probabilities, not yet calibrated.
    """

    kinds: dict[str, float]
    kind: str
    first: tuple[float, ...]
    lines: tuple[int, ...]
    words: tuple[int, ...]
    confidence: float


@torch.inference_mode()
def point(
    model: DocumentReaderModel,
    processor: DocumentProcessor,
    pages: Sequence[PageInputs],
    asked: Sequence[tuple[int, QuestionInputs]],
    *,
    only: str | None = None,
    absent_at: float = 0.5,
) -> list[Pointed]:
    """Answer questions about pages in one batch.

    Args:
        asked: (index of the page, question).
        only: force this kind of answer (the reader's own questions know what they want).
        absent_at: probability of `none` from which on a thing is taken as absent.
    """
    batch = processor.batch(pages, asked)
    output = model.ask(batch, *model.encode(batch))
    assert output.kind is not None and output.first is not None and output.listed is not None
    kinds = output.kind.softmax(-1)
    chosen, names, first = [], [], output.first.softmax(-1)
    for row, (place, _) in enumerate(asked):
        name = only or _choose(kinds[row], absent_at)
        names.append(name)
        chosen.append(_lines(output, row, name, len(pages[place].lines)))
    words = processor.words(pages, asked, chosen)
    tags = model.refine(output, words).sigmoid()
    results = []
    for row, (place, _) in enumerate(asked):
        probability = float(kinds[row][KINDS.index(names[row])])
        picked: tuple[int, ...] = ()
        confidence = probability
        if names[row] in {"extract", "list", "sum"}:
            picked = _words(words.source[row], tags[row].tolist(), pages[place].words)
            sure = [abs(2 * p - 1) for p in tags[row][: len(words.source[row])].tolist()]
            confidence *= 0.5 + 0.5 * min(sure, default=0.0)
        if names[row] == "extract" and chosen[row]:
            confidence *= float(first[row].max())
        results.append(
            Pointed(
                kinds=dict(zip(KINDS, kinds[row].tolist(), strict=True)),
                kind=names[row],
                first=tuple(first[row][: len(pages[place].lines)].tolist()),
                lines=tuple(chosen[row]),
                words=picked,
                confidence=confidence,
            )
        )
    return results


def _choose(kinds: torch.Tensor, absent_at: float) -> str:
    absent = KINDS.index("none")
    if float(kinds[absent]) >= absent_at:
        return "none"
    others = kinds.clone()
    others[absent] = -1
    return KINDS[int(others.argmax())]


def _lines(output: ReaderOutput, row: int, kind: str, count: int) -> list[int]:
    assert output.first is not None and output.listed is not None and output.member is not None
    if kind == "extract":
        start = int(output.first[row, :count].argmax())
        belongs = output.member[row, start, :count].sigmoid()
        lines = {start} | {i for i in range(count) if belongs[i] > _MEMBER}
        # An answer may skip a line of a neighbouring column, never half a page.
        return sorted(i for i in lines if abs(i - start) <= _MAX_LINES)
    if kind in {"list", "sum", "count", "yes"}:
        listed = output.listed[row, :count].sigmoid()
        lines = [i for i in range(count) if listed[i] > _LISTED]
        return lines or [int(listed.argmax())]
    return []


def _words(source: Sequence[int], tags: Sequence[float], words: Sequence[Word]) -> tuple[int, ...]:
    """Per line the run from the first to the last tagged word; the best word if none is."""
    picked = [i for i, p in zip(source, tags, strict=False) if p > 0.5]
    if not picked and source:
        best = max(range(len(source)), key=lambda k: tags[k])
        picked = [source[best]]
    filled: set[int] = set()
    for line in {words[i].line for i in picked}:
        inside = [i for i in picked if words[i].line == line]
        filled.update(range(min(inside), max(inside) + 1))
    return tuple(sorted(filled))


def pointed_text(page: PageInputs, picked: Sequence[int]) -> str:
    """The printed text of chosen words, without what hangs on at either end."""
    return span_text(page.lines, page.words, picked).strip(" :;|#=").rstrip(",")
