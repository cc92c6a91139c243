"""Batches and the training run of the document reader, from samples of any origin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import torch
from rich.progress import track

from ...models.document_reader.labels import LabelledQuestion, chosen_lines, label_tensors
from ...models.document_reader.model import DocumentReaderModel, ReaderLabels
from ...models.document_reader.pointing import point
from ...models.document_reader.processor import (
    DocumentProcessor,
    PageInputs,
    QuestionInputs,
    ReaderBatch,
    WordBatch,
)
from ..common.fit import FitConfig, fit
from .document_samples import ReaderSample, page_words

Batch = tuple[ReaderBatch, WordBatch, ReaderLabels]


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """An embedded page, the index of its kind (-100: unknown) and its questions, grouped: a group
    is one answer in several wordings."""

    name: str
    inputs: PageInputs
    document: int
    groups: tuple[tuple[LabelledQuestion, ...], ...]


def prepare(
    samples: Sequence[ReaderSample], processor: DocumentProcessor, title: str = "embedding pages"
) -> list[PreparedPage]:
    """Embed pages once; pages without questions or with too many lines are cut or left out."""
    pages = []
    kinds = list(processor.config.document_kinds)
    for sample in track(samples, description=title):
        cut = _first_lines(sample, processor.config.max_lines)
        groups: dict[tuple, list[LabelledQuestion]] = {}
        for question in cut.questions:
            key = (question.kind, question.spans, question.listed)
            # Absent things share a label and nothing else: one group each.
            groups.setdefault((*key, question.text) if question.kind == "none" else key, []).append(
                question
            )
        if groups and cut.lines:
            pages.append(
                PreparedPage(
                    name=cut.name,
                    inputs=processor.page(cut.lines),
                    document=kinds.index(cut.kind) if cut.kind in kinds else -100,
                    groups=tuple(tuple(group) for group in groups.values()),
                )
            )
    return pages


def _first_lines(sample: ReaderSample, limit: int) -> ReaderSample:
    """A page cut after `limit` lines, without the questions about what was cut off."""
    if len(sample.lines) <= limit:
        return sample
    lines = sample.lines[:limit]
    number = len(page_words(lines))
    kept = tuple(
        q
        for q in sample.questions
        if all(i < number for span in (*q.spans, q.listed) for i in span)
    )
    return replace(sample, lines=lines, questions=kept)


class BatchMaker:
    """The batch of a step: some pages, some questions of each; depends on seed and step alone.

    Args:
        sources: pools of pages and how often each is drawn from.
        pages, questions: per batch, and per page.
    """

    def __init__(
        self,
        sources: Sequence[tuple[Sequence[PreparedPage], float]],
        processor: DocumentProcessor,
        *,
        seed: int,
        pages: int = 5,
        questions: int = 6,
    ) -> None:
        # Sorted, so that the pages of a batch can be of one length and carry little padding.
        self.pools = [sorted(pool, key=lambda page: len(page.inputs.lines)) for pool, _ in sources]
        self.weights = [weight if pool else 0.0 for pool, weight in sources]
        self.processor = processor
        self.seed, self.pages, self.questions = seed, pages, questions
        self._asked: dict[str, QuestionInputs] = {}

    def __call__(self, step: int) -> Batch:
        rng = Random(self.seed * 1_000_003 + step)
        at = rng.random()
        chosen = [self._near(at, rng) for _ in range(self.pages)]
        asked = []
        for place, page in enumerate(chosen):
            groups = rng.sample(page.groups, min(self.questions, len(page.groups)))
            asked += [(place, rng.choice(group)) for group in groups]
        return self.collate(chosen, asked, rng)

    def collate(
        self, chosen: list[PreparedPage], asked: list[tuple[int, LabelledQuestion]], rng: Random
    ) -> Batch:
        """Tensors of labelled questions about pages."""
        pages = [page.inputs for page in chosen]
        embedded = [(place, self.question(question.text)) for place, question in asked]
        batch = self.processor.batch(pages, embedded)
        shown = []
        for place, question in asked:
            lines = chosen_lines(pages[place].words, question)
            if lines and rng.random() < 0.3:
                # The pointer may take a line too many; the word layers learn to leave it out.
                extra = rng.choice(lines) + rng.choice([-1, 1])
                if 0 <= extra < len(pages[place].lines):
                    lines = sorted({*lines, extra})
            shown.append(lines)
        words = self.processor.words(pages, embedded, shown)
        labels = label_tensors(
            pages, asked, batch.lines.shape[1], words.source, [page.document for page in chosen]
        )
        return batch, words, labels

    def _near(self, at: float, rng: Random) -> PreparedPage:
        """A page from a pool drawn by weight, at about the given share of its lengths."""
        pool = rng.choices(self.pools, self.weights)[0]
        place = int((at + rng.uniform(-0.06, 0.06)) * len(pool))
        return pool[min(max(place, 0), len(pool) - 1)]

    def question(self, text: str) -> QuestionInputs:
        """Embedded once."""
        if text not in self._asked:
            self._asked[text] = self.processor.question(text)
        return self._asked[text]


def calibrate(
    model: DocumentReaderModel, processor: DocumentProcessor, pages: Sequence[PreparedPage]
) -> dict[str, float]:
    """Fit the confidence scaling and the threshold of absence on pages not trained on.

    Returns:
        Share of right kinds, of absent things recognised and of printed answers wholly right.
    """
    rows: list[tuple[float, bool]] = []
    absence: list[tuple[float, bool]] = []
    kinds: list[bool] = []
    exact: list[bool] = []
    for page in pages:
        asked = [group[0] for group in page.groups]
        embedded = [(0, processor.question(question.text)) for question in asked]
        for question, result in zip(
            asked, point(model, processor, [page.inputs], embedded), strict=True
        ):
            kinds.append(result.kind == question.kind)
            absence.append((result.kinds["none"], question.kind == "none"))
            right = result.kind == question.kind
            if question.kind == "extract":
                right &= any(result.words == span for span in question.spans)
                exact.append(right)
            rows.append((result.confidence, right))
    config = model.config
    config.absent_threshold = _best_threshold(absence)
    config.confidence_slope, config.confidence_offset = _platt(rows)
    caught = [p >= config.absent_threshold for p, absent in absence if absent]
    kept = [p < config.absent_threshold for p, absent in absence if not absent]
    return {
        "kind_right": sum(kinds) / max(1, len(kinds)),
        "absent_caught": sum(caught) / max(1, len(caught)),
        "present_kept": sum(kept) / max(1, len(kept)),
        "extract_exact": sum(exact) / max(1, len(exact)),
    }


def _best_threshold(absence: Sequence[tuple[float, bool]]) -> float:
    """Where the mean of both error rates is least."""
    absent = [p for p, truth in absence if truth] or [1.0]
    present = [p for p, truth in absence if not truth] or [0.0]

    def mean_error(threshold: float) -> float:
        missed = sum(p < threshold for p in absent) / len(absent)
        invented = sum(p >= threshold for p in present) / len(present)
        return missed + invented

    return min((step / 20 for step in range(4, 17)), key=lambda t: (mean_error(t), abs(t - 0.5)))


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


def train_reader(
    model: DocumentReaderModel,
    batches: Callable[[int], Batch],
    config: FitConfig,
    out: Path,
    *,
    resume: bool,
    evaluate: Callable[[torch.nn.Module], dict[str, float]] | None = None,
    evaluate_every: int = 0,
) -> dict[str, float]:
    """Run the shared loop on reader batches."""
    return fit(
        model,
        batches,
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=evaluate,
        evaluate_every=evaluate_every,
        title="document reader",
    )
