"""Lines and questions to tensors: embeddings, features, distances, padded batches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..common.sentence_encoder import SentenceEncoder
from .config import DocumentReaderConfig
from .features import LineIndex, Word, line_features, pair_features, split_words, word_features
from .ocr import TextLine
from .values import AMOUNT, DATE, TIME


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """One page (or window of one), embedded. L lines, W words, in reading order.

    Attributes:
        sentence: (L, 384) unit rows, means of their words'. states: (W, 384) unit rows, each the
            sentence embedding of one word: words recur from page to page and are remembered, and
            the transformer puts them in context; running the encoder over whole lines costs
            twenty times as much. float16.
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
    """Embeds pages and questions with the frozen sentence encoder, which remembers words."""

    def __init__(
        self, config: DocumentReaderConfig, encoder: SentenceEncoder | None = None
    ) -> None:
        self.config = config
        self.encoder = encoder or SentenceEncoder.load()

    def page(self, lines: Sequence[TextLine]) -> PageInputs:
        """Embed one page's lines.

        Raises:
            ValueError: no lines, or more than the configuration allows.
        """
        if not 0 < len(lines) <= self.config.max_lines:
            raise ValueError(f"a page window holds 1 to {self.config.max_lines} lines")
        words = tuple(word for index, line in enumerate(lines) for word in split_words(line, index))
        states = self._word_rows(words)
        sentence = np.zeros((len(lines), self.config.sentence_dim), np.float32)
        # A figure says less than a name: it weighs a quarter in its line.
        weight = [1.0 if re.search(r"[^\W\d_]", word.text) else 0.25 for word in words]
        np.add.at(sentence, [word.line for word in words], np.array(weight)[:, None] * states)
        sentence /= np.maximum(np.linalg.norm(sentence, axis=1, keepdims=True), 1e-6)
        return PageInputs(
            lines=tuple(lines),
            words=words,
            sentence=sentence,
            states=states.astype(np.float16),
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

    def _word_rows(self, words: Sequence[Word]) -> np.ndarray:
        """(W, 384): each word's own sentence embedding; figures by their shape."""
        return self.encoder.embed([spoken_shape(word.text) for word in words])


def spoken_shape(text: str) -> str:
    """What the sentence encoder is shown of a word: lower case, without marks at its ends, every
    figure as one of a few shapes, so that a page brings few words that were not met before."""
    word = text.casefold().strip(".,:;()[]{}*#=-_'\"!?<>/\\|~")
    if not re.search(r"\d", word):
        return word or "."
    if AMOUNT.fullmatch(word):
        return "9.99"
    if DATE.fullmatch(word):
        return "12/05/2018"
    if TIME.fullmatch(word):
        return "10:30"
    if "%" in word:
        return "6%"
    if re.fullmatch(r"[\d.,]+", word):
        return "123456"[: max(1, min(6, len(word)))]
    return re.sub(r"0{4,}", "0000", re.sub(r"\d", "0", word))
