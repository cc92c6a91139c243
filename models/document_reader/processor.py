"""Lines and questions to tensors: word pieces, trigrams, features, places, padded batches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..common.sentence_encoder import SentenceEncoder
from ..common.values import AMOUNT, parse_number
from .config import DocumentReaderConfig
from .features import Frame, Word, line_features, split_words, waves, word_features
from .ocr import TextLine

_PIECES = 5
_TRIGRAMS = 14
_PIECE_TABLE = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """One page, or a window of one: W words of its lines, in reading order.

    Attributes:
        pieces: (W, 5) word pieces of the sentence encoder, 0 where there is none.
        trigrams: (W, 14) buckets of letter trigrams, 0 where there is none.
        features: (W, F) float16: shape and place of the word and of its line.
        boxes: (W, 4) in line heights. line: (W,) index of its line.
        cents: (W,) the word's amount in cents, 0 where it is none.
    """

    lines: tuple[TextLine, ...]
    words: tuple[Word, ...]
    pieces: np.ndarray
    trigrams: np.ndarray
    features: np.ndarray
    boxes: np.ndarray
    line: np.ndarray
    cents: np.ndarray


@dataclass(frozen=True, kw_only=True)
class QuestionInputs:
    """A question: states (T, 384) of its pieces without [CLS] and [SEP], and each one's characters
    as (start, end)."""

    text: str
    states: np.ndarray
    offsets: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class PageBatch:
    """B pages of at most W words.

    Attributes:
        text (B, W, 384): mean of each word's pieces. trigrams (B, W, 14). features (B, W, F).
        boxes (B, W, 4), line (B, W), cents (B, W). mask (B, W) bool, True at words.
    """

    text: Tensor
    trigrams: Tensor
    features: Tensor
    boxes: Tensor
    line: Tensor
    cents: Tensor
    mask: Tensor


@dataclass(frozen=True, kw_only=True)
class QuestionBatch:
    """Q questions of at most T pieces: states (Q, T, 384), mask (Q, T) bool, page (Q,)."""

    states: Tensor
    mask: Tensor
    page: Tensor


class DocumentProcessor:
    """Makes inputs; the frozen sentence encoder lends its table of word pieces for pages, where
    words are short of context, and its contextual states for questions."""

    def __init__(
        self, config: DocumentReaderConfig, encoder: SentenceEncoder | None = None
    ) -> None:
        self.config = config
        self.encoder = encoder or SentenceEncoder.load()
        table = self.encoder.weights[_PIECE_TABLE].float()
        # Unit rows of 384 numbers are small; at length 8 they weigh as much as the features.
        self._table = 8 * F.normalize(table, dim=-1)
        self._ids = lru_cache(maxsize=100_000)(self._word_ids)

    def page(self, lines: Sequence[TextLine]) -> PageInputs:
        """Inputs of one page's lines.

        Raises:
            ValueError: there are no words.
        """
        words = tuple(word for index, line in enumerate(lines) for word in split_words(line, index))
        if not words:
            raise ValueError("a page window holds at least one word")
        frame = Frame.of(lines)
        line = np.array([word.line for word in words])
        boxes = np.array(
            [(w.x0, lines[w.line].box[1], w.x1, lines[w.line].box[3]) for w in words], np.float64
        )
        place = np.stack(
            [
                (boxes[:, 0] - frame.x0) / (frame.x1 - frame.x0),
                (boxes[:, 2] - frame.x0) / (frame.x1 - frame.x0),
                (boxes[:, 1] + boxes[:, 3] - 2 * frame.y0) / 2 / (frame.y1 - frame.y0),
            ],
            axis=1,
        )
        features = np.concatenate(
            [word_features(lines, words), line_features(lines)[line], waves(place)], axis=1
        )
        ids = [self._ids(word.text) for word in words]
        return PageInputs(
            lines=tuple(lines),
            words=words,
            pieces=np.array([each[0] for each in ids], np.int32),
            trigrams=np.array([each[1] for each in ids], np.int16),
            features=features.astype(np.float16),
            boxes=(boxes / frame.line_height).astype(np.float32),
            line=line.astype(np.int16),
            cents=np.array([_cents(word.text) for word in words], np.int64),
        )

    def questions(self, texts: Sequence[str]) -> list[QuestionInputs]:
        """Inputs of several questions at once."""
        states, mask = self.encoder.tokens(texts)
        made = []
        for row, text in enumerate(texts):
            count = int(mask[row].sum())
            # [CLS] and [SEP] stay only where there is nothing else.
            inner = slice(1, count - 1) if count > 2 else slice(0, count)
            offsets = self.encoder.tokenizer.encode(text).offsets[inner]
            made.append(
                QuestionInputs(
                    text=text,
                    states=states[row, inner].numpy().astype(np.float16),
                    offsets=tuple(offsets),
                )
            )
        return made

    def question(self, text: str) -> QuestionInputs:
        """Inputs of one question."""
        return self.questions([text])[0]

    def pages(self, pages: Sequence[PageInputs]) -> PageBatch:
        """Pad pages."""
        longest = max(len(page.words) for page in pages)
        pieces = _padded([page.pieces for page in pages], longest)
        flat = pieces.reshape(-1, _PIECES)
        text = F.embedding_bag(flat, self._table, mode="mean", padding_idx=0)
        mask = torch.zeros(len(pages), longest, dtype=torch.bool)
        for row, page in enumerate(pages):
            mask[row, : len(page.words)] = True
        return PageBatch(
            text=text.view(len(pages), longest, -1),
            trigrams=_padded([page.trigrams for page in pages], longest),
            features=_padded([page.features for page in pages], longest).float(),
            boxes=_padded([page.boxes for page in pages], longest),
            line=_padded([page.line for page in pages], longest),
            cents=_padded([page.cents for page in pages], longest),
            mask=mask,
        )

    def asked(self, asked: Sequence[tuple[int, QuestionInputs]]) -> QuestionBatch:
        """Pad questions; each comes with its page's place in the batch."""
        longest = max(len(question.states) for _, question in asked)
        mask = torch.zeros(len(asked), longest, dtype=torch.bool)
        for row, (_, question) in enumerate(asked):
            mask[row, : len(question.states)] = True
        return QuestionBatch(
            states=_padded([question.states for _, question in asked], longest).float(),
            mask=mask,
            page=torch.tensor([place for place, _ in asked]),
        )

    def _word_ids(self, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        shape = spoken_shape(text)
        pieces = self.encoder.tokenizer.encode(shape, add_special_tokens=False).ids[:_PIECES]
        padded = f"<{shape}>"
        buckets = self.config.trigrams - 1
        trigrams = [
            crc32(padded[i : i + 3].encode()) % buckets + 1 for i in range(len(padded) - 2)
        ][:_TRIGRAMS]
        return (
            (*pieces, *[0] * (_PIECES - len(pieces))),
            (*trigrams, *[0] * (_TRIGRAMS - len(trigrams))),
        )


def spoken_shape(text: str) -> str:
    """A word in lower case without marks at its ends, every digit as 0, so that figures of one
    shape are one word."""
    word = text.casefold().strip(".,:;()[]{}*#=-_'\"!?<>/\\|~") or text.casefold()
    return re.sub(r"0{4,}", "0000", re.sub(r"\d", "0", word))


def _cents(text: str) -> int:
    if not AMOUNT.fullmatch(text):
        return 0
    value = parse_number(text)
    return int(value * 100) if value is not None and abs(value) < 10**12 else 0


def _padded(arrays: Sequence[np.ndarray], longest: int) -> Tensor:
    """(n_i, ...) arrays -> (N, longest, ...) zeros after each one's end; integers as int64."""
    kind = np.int64 if np.issubdtype(arrays[0].dtype, np.integer) else arrays[0].dtype
    out = np.zeros((len(arrays), longest, *arrays[0].shape[1:]), kind)
    for row, array in enumerate(arrays):
        out[row, : len(array)] = array
    return torch.from_numpy(out)
