"""Lines and questions to tensors: embeddings, features, distances, padded batches."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import torch
from torch import Tensor

from ..common.sentence_encoder import SentenceEncoder
from .config import DocumentReaderConfig
from .features import LineIndex, Word, line_features, pair_features, split_words, word_features
from .ocr import TextLine

_BATCH = 64
_CACHED_LINES = 30_000


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """One page (or window of one), embedded. L lines, W words, in reading order.

    Attributes:
        sentence: (L, 384) unit rows. states: (W, 384) word states, float16.
        features: (L, F). word_features: (W, F' - 1). pair: (L, L, 3).
    """

    lines: tuple[TextLine, ...]
    words: tuple[Word, ...]
    sentence: np.ndarray
    states: np.ndarray
    features: np.ndarray
    word_features: np.ndarray
    pair: np.ndarray
    index: LineIndex


@dataclass(frozen=True, kw_only=True)
class QuestionInputs:
    """A question, embedded: states (T, 384) without [CLS] and [SEP], sentence (384,)."""

    text: str
    states: np.ndarray
    sentence: np.ndarray


@dataclass(frozen=True, kw_only=True)
class ReaderBatch:
    """Padded tensors: B pages of at most L lines, Q questions of at most T pieces.

    Attributes:
        sentence (B, L, 384), features (B, L, F), pair (B, L, L, 3), lines (B, L) bool.
        page (Q,): which page each question is about.
        states (Q, T, 384), pieces (Q, T) bool, match (Q, L, M).
    """

    sentence: Tensor
    features: Tensor
    pair: Tensor
    lines: Tensor
    page: Tensor
    states: Tensor
    pieces: Tensor
    match: Tensor


@dataclass(frozen=True, kw_only=True)
class WordBatch:
    """Words of the lines pointed at, per question: at most W each.

    Attributes:
        states (Q, W, 384), features (Q, W, F'), line (Q, W) index of the word's line,
        mask (Q, W) bool, source: per question the indices into the page's words.
    """

    states: Tensor
    features: Tensor
    line: Tensor
    mask: Tensor
    source: tuple[tuple[int, ...], ...]


class DocumentProcessor:
    """Embeds pages and questions with the frozen sentence encoder; line texts are remembered."""

    def __init__(
        self, config: DocumentReaderConfig, encoder: SentenceEncoder | None = None
    ) -> None:
        self.config = config
        self.encoder = encoder or SentenceEncoder.load()
        self._cache: OrderedDict[str, tuple[np.ndarray, np.ndarray]] = OrderedDict()
        self._lock = Lock()

    def page(self, lines: Sequence[TextLine]) -> PageInputs:
        """Embed one page's lines.

        Raises:
            ValueError: no lines, or more than the configuration allows.
        """
        if not 0 < len(lines) <= self.config.max_lines:
            raise ValueError(f"a page window holds 1 to {self.config.max_lines} lines")
        per_line = [split_words(line, index) for index, line in enumerate(lines)]
        words = tuple(word for each in per_line for word in each)
        embedded = self._embed([line.text for line in lines], per_line)
        sentence = np.stack([each[0] for each in embedded])
        states = np.concatenate([each[1] for each in embedded])
        return PageInputs(
            lines=tuple(lines),
            words=words,
            sentence=sentence,
            states=states,
            features=line_features(lines),
            word_features=word_features(lines, words),
            pair=pair_features(lines, self.config.position_buckets).astype(np.int8),
            index=LineIndex(lines, words, sentence),
        )

    def question(self, text: str) -> QuestionInputs:
        """Embed one question."""
        states, mask = self.encoder.tokens([text])
        kept = states[0][mask[0]].numpy()
        sentence = kept.mean(0)
        return QuestionInputs(
            text=text,
            # [CLS] and [SEP] stay only where there is nothing else.
            states=(kept[1:-1] if len(kept) > 2 else kept).astype(np.float16),
            sentence=sentence / max(float(np.linalg.norm(sentence)), 1e-6),
        )

    def batch(
        self, pages: Sequence[PageInputs], asked: Sequence[tuple[int, QuestionInputs]]
    ) -> ReaderBatch:
        """Pad pages and their questions; `asked` pairs a page's place in `pages` with one."""
        longest = max(len(page.lines) for page in pages)
        pieces = max(len(question.states) for _, question in asked)
        dim, config = self.config.sentence_dim, self.config
        sentence = np.zeros((len(pages), longest, dim), np.float32)
        features = np.zeros((len(pages), longest, config.line_features), np.float32)
        pair = np.zeros((len(pages), longest, longest, 3), np.int64)
        lines = np.zeros((len(pages), longest), bool)
        for row, page in enumerate(pages):
            count = len(page.lines)
            sentence[row, :count] = page.sentence
            features[row, :count] = page.features
            pair[row, :count, :count] = page.pair
            lines[row, :count] = True
        states = np.zeros((len(asked), pieces, dim), np.float32)
        mask = np.zeros((len(asked), pieces), bool)
        match = np.zeros((len(asked), longest, config.match_features), np.float32)
        for row, (place, question) in enumerate(asked):
            states[row, : len(question.states)] = question.states
            mask[row, : len(question.states)] = True
            page = pages[place]
            match[row, : len(page.lines)] = page.index.match(question.text, question.sentence)[0]
        return ReaderBatch(
            sentence=torch.from_numpy(sentence),
            features=torch.from_numpy(features),
            pair=torch.from_numpy(pair),
            lines=torch.from_numpy(lines),
            page=torch.tensor([place for place, _ in asked]),
            states=torch.from_numpy(states),
            pieces=torch.from_numpy(mask),
            match=torch.from_numpy(match),
        )

    def words(
        self,
        pages: Sequence[PageInputs],
        asked: Sequence[tuple[int, QuestionInputs]],
        chosen: Sequence[Sequence[int]],
    ) -> WordBatch:
        """The words of the chosen lines of each question."""
        source = []
        for (place, _), wanted in zip(asked, chosen, strict=True):
            kept = set(wanted)
            source.append(
                tuple(i for i, word in enumerate(pages[place].words) if word.line in kept)
            )
        longest = max(1, max(len(each) for each in source))
        states = np.zeros((len(asked), longest, self.config.sentence_dim), np.float32)
        features = np.zeros((len(asked), longest, self.config.word_features), np.float32)
        line = np.zeros((len(asked), longest), np.int64)
        mask = np.zeros((len(asked), longest), bool)
        for row, ((place, question), picked) in enumerate(zip(asked, source, strict=True)):
            if not picked:
                continue
            page, rows, count = pages[place], np.array(picked), len(picked)
            likeness = page.index.match(question.text, question.sentence)[1]
            states[row, :count] = page.states[rows]
            features[row, :count, :-1] = page.word_features[rows]
            features[row, :count, -1] = likeness[rows]
            line[row, :count] = [page.words[i].line for i in picked]
            mask[row, :count] = True
        return WordBatch(
            states=torch.from_numpy(states),
            features=torch.from_numpy(features),
            line=torch.from_numpy(line),
            mask=torch.from_numpy(mask),
            source=tuple(source),
        )

    def _embed(
        self, texts: Sequence[str], words: Sequence[Sequence[Word]]
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each line its unit sentence row and its words' states."""
        splits = dict(zip(texts, words, strict=True))
        with self._lock:
            known = {text: self._cache[text] for text in splits if text in self._cache}
        missing = sorted((text for text in splits if text not in known), key=len)
        for start in range(0, len(missing), _BATCH):
            chunk = missing[start : start + _BATCH]
            states, mask = self.encoder.tokens(chunk)
            for text, row, kept in zip(chunk, states.numpy(), mask.numpy(), strict=True):
                row = row[kept]
                mean = row.mean(0)
                sentence = mean / max(float(np.linalg.norm(mean)), 1e-6)
                offsets = self.encoder.tokenizer.encode(text).offsets
                pooled = np.zeros((len(splits[text]), row.shape[1]), np.float16)
                for place, word in enumerate(splits[text]):
                    inside = [
                        k for k, (a, b) in enumerate(offsets) if a < word.end and b > word.start
                    ]
                    pooled[place] = row[inside].mean(0) if inside else mean
                known[text] = (sentence.astype(np.float32), pooled)
        with self._lock:
            for text in missing:
                self._cache[text] = known[text]
            while len(self._cache) > _CACHED_LINES:
                self._cache.popitem(last=False)
        return [known[text] for text in texts]
