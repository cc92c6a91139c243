"""Batches and the training run of the document reader, from samples of any origin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

import torch
from rich.progress import track

from ...models.document_reader.features import PLACE_FEATURES
from ...models.document_reader.labels import AskedTruth, PageTruth, label_tensors
from ...models.document_reader.model import DocumentReaderModel, ReaderLabels
from ...models.document_reader.processor import (
    DocumentProcessor,
    PageBatch,
    PageInputs,
    QuestionBatch,
    QuestionInputs,
)
from ..common.fit import FitConfig, fit, own_loss, step_seed
from .document_samples import ReaderSample, generated_sample

Batch = tuple[PageBatch, QuestionBatch | None, ReaderLabels]
_EMBED_AT_ONCE = 256
_STRETCH = 0.15
_HIDDEN = 0.04
_UNPLACED = 0.3


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """A page's inputs and truth; its questions, embedded, when it has any."""

    inputs: PageInputs
    truth: PageTruth
    asked: tuple[tuple[QuestionInputs, AskedTruth], ...] = ()


def prepare(
    samples: Sequence[ReaderSample], processor: DocumentProcessor, *, questions: bool = True
) -> list[PreparedPage]:
    """Inputs of pages, and of their questions unless those are left out; empty pages are too.

    A page of more words than are read at once is cut.
    """
    pages = []
    for sample in samples:
        if any(line.text.strip() for line in sample.lines):
            inputs, truth = _cut(processor.page(sample.lines), sample.truth, processor)
            pages.append((PreparedPage(inputs=inputs, truth=truth), sample.questions))
    if not questions:
        return [page for page, _ in pages]
    texts = sorted({q.text for _, asked in pages for q in asked}, key=len)
    embedded: dict[str, QuestionInputs] = {}
    for start in track(range(0, len(texts), _EMBED_AT_ONCE), description="embedding questions"):
        chunk = texts[start : start + _EMBED_AT_ONCE]
        embedded |= zip(chunk, processor.questions(chunk), strict=True)
    return [
        replace(page, asked=tuple((embedded[q.text], q) for q in asked)) for page, asked in pages
    ]


def _cut(
    inputs: PageInputs, truth: PageTruth, processor: DocumentProcessor
) -> tuple[PageInputs, PageTruth]:
    limit = processor.config.max_words
    if len(inputs.words) <= limit:
        return inputs, truth
    lines = inputs.lines[: inputs.words[limit].line]
    shorter = processor.page(lines)
    count = len(shorter.words)
    kept = replace(
        truth,
        tags=tuple((tag, words) for tag, words in truth.tags if max(words) < count),
        rows=tuple((words, head) for words, head in truth.rows if max(*words, head) < count),
    )
    return shorter, kept


def made_pages(
    processor: DocumentProcessor,
    layouts: Sequence[str],
    *,
    seed: int,
    count: int,
    asked: int,
    processes: int = 1,
) -> list[PreparedPage]:
    """Generated pages, misread the way OCR misreads; the first `asked` of them with questions."""
    with get_context("fork").Pool(processes, initializer=torch.set_num_threads, initargs=(1,)) as p:
        jobs = [(seed, index, tuple(layouts)) for index in range(count)]
        made = p.imap(_made, jobs, chunksize=64)
        samples = list(track(made, total=count, description="making pages"))
    with_questions = prepare(samples[:asked], processor)
    rest = track(samples[asked:], description="preparing pages")
    return with_questions + prepare(list(rest), processor, questions=False)


def _made(job: tuple[int, int, tuple[str, ...]]) -> ReaderSample:
    return generated_sample(*job)


class BatchMaker:
    """The batch of a step: pages of one pool and of about one length, a quarter of them at least
    with questions where the pool has any; depends on seed and step alone.

    Args:
        sources: pools of pages and how often a batch is drawn from each.
        pages, questions: per batch, and per page.
    """

    def __init__(
        self,
        sources: Sequence[tuple[Sequence[PreparedPage], float]],
        processor: DocumentProcessor,
        *,
        seed: int,
        pages: int = 16,
        questions: int = 6,
    ) -> None:
        # Sorted, so that the pages of a batch can be of one length and carry little padding.
        pools = [sorted(pool, key=lambda page: len(page.inputs.words)) for pool, _ in sources]
        self.pools = [(pool, [page for page in pool if page.asked]) for pool in pools]
        self.weights = [weight if pool else 0.0 for pool, weight in sources]
        self.processor = processor
        self.seed, self.pages, self.questions = seed, pages, questions

    def __call__(self, step: int) -> Batch:
        rng = Random(step_seed(self.seed, step))
        pool, asking = rng.choices(self.pools, self.weights)[0]
        at = rng.random()
        some = self.pages // 4 if asking else 0
        chosen = [_near(asking, at, rng) for _ in range(some)]
        chosen += [_near(pool, at, rng) for _ in range(self.pages - some)]
        asked = []
        for place, page in enumerate(chosen):
            picked = rng.sample(page.asked, min(self.questions, len(page.asked)))
            asked += [(place, *each) for each in picked]
        pages, questions, labels = collate(self.processor, chosen, asked)
        return vary(pages, rng), questions, labels


def _near(pool: Sequence[PreparedPage], at: float, rng: Random) -> PreparedPage:
    """A page at about the given share of a pool's lengths."""
    place = int((at + rng.uniform(-0.04, 0.04)) * len(pool))
    return pool[min(max(place, 0), len(pool) - 1)]


def collate(
    processor: DocumentProcessor,
    pages: Sequence[PreparedPage],
    asked: Sequence[tuple[int, QuestionInputs, AskedTruth]],
) -> Batch:
    """Tensors of pages and of labelled questions about them (page's place, question, truth)."""
    labels = label_tensors(
        processor.config,
        [(page.inputs, page.truth) for page in pages],
        [(question, truth) for _, question, truth in asked],
    )
    questions = processor.asked([(place, each) for place, each, _ in asked]) if asked else None
    return processor.pages([page.inputs for page in pages]), questions, labels


def vary(pages: PageBatch, rng: Random) -> PageBatch:
    """The pages stretched, some words hidden, and on some the place on the page: what a thing is
    should be read from what stands around it, since every new layout has another place for it."""
    made = torch.Generator().manual_seed(rng.randrange(2**31))
    rows, words = pages.mask.shape
    stretch = torch.exp(torch.randn(rows, 1, 2, generator=made) * _STRETCH).clamp(0.6, 1.6)
    seen = torch.rand(rows, words, 1, generator=made) > _HIDDEN
    placed = torch.rand(rows, 1, 1, generator=made) > _UNPLACED
    features = pages.features.clone()
    features[..., list(PLACE_FEATURES)] *= placed
    return replace(
        pages,
        boxes=pages.boxes * torch.cat([stretch, stretch], dim=-1),
        text=pages.text * seen,
        trigrams=pages.trigrams * seen,
        features=features,
    )


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
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=evaluate,
        evaluate_every=evaluate_every,
        title="document reader",
    )
