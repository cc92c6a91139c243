"""Fit what is fitted after training: the thresholds below which a thing counts as absent, and the
scaling of confidences, on generated pages that training never saw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ...data.documents import DocQuestion, ocr_noise, sample_document
from ...data.documents.rearrange import rearrange
from ...evals.metrics.documents import similarity
from ...models.document_reader.answering import Answering
from ...models.document_reader.document import understand
from ...models.document_reader.facts import read_pages
from ...models.document_reader.model import DocumentReaderModel
from ...models.document_reader.ocr import PageText, TextLine, reading_order
from ...models.document_reader.processor import DocumentProcessor
from ...models.document_reader.windows import Window
from ...models.tasks import DocumentAnswer

_THRESHOLDS = tuple(step / 20 for step in range(2, 15))
_ROW_THRESHOLDS = (0.55, 0.62, 0.7, 0.78)
_RIGHT = 0.9
_ELSEWHERE = frozenset({"kind", "limit"})
"""What the reader answers without the parts that are fitted here."""


@dataclass(frozen=True, kw_only=True)
class HeldPage:
    """A generated page as OCR might read it, and its questions with their answers."""

    page: PageText
    questions: tuple[DocQuestion, ...]


def held_pages(seed: int, count: int, layouts: Sequence[str]) -> list[HeldPage]:
    """Pages of a stream kept for fitting."""
    made = []
    for index in range(count):
        rng = np.random.default_rng((seed, index))
        document = sample_document(rng, render=False, layouts=tuple(layouts), n_questions=6)
        if index % 2:
            # Half of them in layouts of their own: thresholds should hold for pages never met.
            document = rearrange(document, rng)
        noisy = ocr_noise(rng, document.lines)
        lines = [TextLine(text=line.text, box=line.box) for line in noisy.lines]
        page = PageText(
            lines=tuple(reading_order(lines)), width=document.width, height=document.height
        )
        asked = tuple(q for q in document.questions if q.op not in _ELSEWHERE)
        if page.lines and asked:
            made.append(HeldPage(page=page, questions=asked))
    return made


def calibrate(
    model: DocumentReaderModel, processor: DocumentProcessor, pages: Sequence[HeldPage]
) -> dict[str, float]:
    """Set the model's thresholds of absence and its confidence scaling.

    Returns:
        `answers_right` (0.9 alike or better), `absent_caught` and `present_kept` on the pages.
    """
    model.eval()
    understood = []
    for held in pages:
        facts = read_pages(model, processor, [processor.page(held.page.lines)])
        windows = [Window(1, held.page, each) for each in facts]
        understood += [
            (windows, understand(model, processor, windows, question.text), question)
            for question in held.questions
        ]

    def answered() -> list[tuple[DocumentAnswer, DocQuestion]]:
        return [(Answering(windows, model.config)(w), q) for windows, w, q in understood]

    def gain(name: str, threshold: float) -> float:
        setattr(model.config, name, threshold)
        results = answered()
        caught = np.mean([not a.found for a, q in results if not q.found] or [1.0])
        right = np.mean([_right(a, q) for a, q in results if q.found] or [1.0])
        # What is there is asked for more often than what is not.
        return float(caught + 2 * right)

    for name, choices in (
        ("absent_threshold", _THRESHOLDS),
        ("row_threshold", _ROW_THRESHOLDS),
    ):
        best = max(choices, key=lambda threshold, name=name: gain(name, threshold))
        setattr(model.config, name, best)
    results = answered()
    rows = [(a.confidence, _right(a, q)) for a, q in results]
    model.config.confidence_slope, model.config.confidence_offset = _platt(rows)
    caught = [not a.found for a, q in results if not q.found]
    kept = [a.found for a, q in results if q.found]
    return {
        "answers_right": sum(right for _, right in rows) / max(1, len(rows)),
        "absent_caught": sum(caught) / max(1, len(caught)),
        "present_kept": sum(kept) / max(1, len(kept)),
    }


def _right(answer: DocumentAnswer, question: DocQuestion) -> bool:
    given = answer.text if answer.found else "none"
    return similarity(given, question.answer if question.found else "none") >= _RIGHT


def _platt(rows: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset of the logit that make confidences match the share of right answers."""
    raw = torch.tensor([row[0] for row in rows]).clamp(1e-4, 1 - 1e-4).logit()
    truth = torch.tensor([float(row[1]) for row in rows])
    scale = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([scale], max_iter=60)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        fitted = scale[0] * raw + scale[1]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(fitted, truth)
        # A little pull keeps a perfect fit on few pages from growing without bound.
        loss = loss + 1e-3 * ((scale[0] - 1) ** 2 + scale[1] ** 2)
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, offset = scale.detach().tolist()
    return max(0.1, slope), offset
