"""Batches and the training run of the document reader, from samples of any origin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import torch
from rich.progress import track

from ...models.document_reader.features import Word
from ...models.document_reader.labels import LabelledQuestion, chosen_lines, label_tensors
from ...models.document_reader.model import DocumentReaderModel, ReaderLabels
from ...models.document_reader.processor import (
    DocumentProcessor,
    PageInputs,
    QuestionInputs,
    ReaderBatch,
    WordBatch,
)
from ..common.fit import FitConfig, fit
from .document_samples import ReaderSample

Batch = tuple[ReaderBatch, WordBatch, ReaderLabels]


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """An embedded page and its questions, grouped: a group is one answer in several wordings."""

    name: str
    inputs: PageInputs
    groups: tuple[tuple[LabelledQuestion, ...], ...]


def prepare(
    samples: Sequence[ReaderSample], processor: DocumentProcessor, title: str = "embedding pages"
) -> list[PreparedPage]:
    """Embed pages once; pages without questions or with too many lines are cut or left out."""
    pages = []
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
                    groups=tuple(tuple(group) for group in groups.values()),
                )
            )
    return pages


def _first_lines(sample: ReaderSample, limit: int) -> ReaderSample:
    """A page cut after `limit` lines, without the questions about what was cut off."""
    if len(sample.lines) <= limit:
        return sample
    lines = sample.lines[:limit]
    number = sum(len(_words(lines, index)) for index in range(limit))
    kept = tuple(
        q
        for q in sample.questions
        if all(i < number for span in (*q.spans, q.listed) for i in span)
    )
    return replace(sample, lines=lines, questions=kept)


def _words(lines: Sequence, index: int) -> list[Word]:
    from ...models.document_reader.features import split_words

    return split_words(lines[index], index)


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
        self.pools = [list(pool) for pool, _ in sources]
        self.weights = [weight if pool else 0.0 for pool, weight in sources]
        self.processor = processor
        self.seed, self.pages, self.questions = seed, pages, questions
        self._asked: dict[str, QuestionInputs] = {}

    def __call__(self, step: int) -> Batch:
        rng = Random(self.seed * 1_000_003 + step)
        chosen = [rng.choice(rng.choices(self.pools, self.weights)[0]) for _ in range(self.pages)]
        asked = []
        for place, page in enumerate(chosen):
            groups = rng.sample(page.groups, min(self.questions, len(page.groups)))
            asked += [(place, rng.choice(group)) for group in groups]
        return self.collate([page.inputs for page in chosen], asked, rng)

    def collate(
        self, pages: list[PageInputs], asked: list[tuple[int, LabelledQuestion]], rng: Random
    ) -> Batch:
        """Tensors of labelled questions about pages."""
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
        labels = label_tensors(pages, asked, batch.lines.shape[1], words.source)
        return batch, words, labels

    def question(self, text: str) -> QuestionInputs:
        """Embedded once."""
        if text not in self._asked:
            self._asked[text] = self.processor.question(text)
        return self._asked[text]


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
