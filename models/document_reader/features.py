"""What a line of print looks like: shapes, figures, places, and its likeness to a question.

Sentence embeddings know what words mean and little about figures; these features say what an eye
sees at once: this is money, it is the largest amount, it stands right of that label, it occurs
three times, it is cash less change.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np

from ..common.values import AMOUNT, DATE, EMAIL, PHONE, POSTCODE, TIME, amounts, dates, parse_number
from ..tasks import BoxXYXY
from .ocr import TextLine

_TOTAL = re.compile(
    r"total|jumlah|amount due|balance due|to pay|payable|summe|gesamt|zu zahlen|montant|importe",
    re.I,
)
_NOT_TOTAL = re.compile(
    r"sub|change|cash|tunai|baki|round|tax|gst|vat|mwst|tva|iva|disc|saving|qty|item|visa|master",
    re.I,
)
_COMPANY = re.compile(
    r"\b(sdn|bhd|s/b|ltd|limited|inc|llc|gmbh|corp|co\.|plc|enterprise|trading|restoran|restaurant|"
    r"hardware|mart|store|shop|cafe|café|services?|hotel|bakery|s\.a|s\.l|b\.v|kg|ag)\b",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(jalan|jln|lot|no\.?\s?\d|taman|tmn|street|str\.|straße|road|rd|avenue|ave|lane|floor|level|"
    r"block|blok|kuala|selangor|johor|kawasan|seksyen|bandar|pusat|lorong|calle|rue|city|town)\b",
    re.I,
)
_STOP = frozenset(
    """
    a an the is are was were be been of on in at to for from by with and or do does did what
    which who whom when where how much many it its this that these those there here i me my
    you your we can could would will tell please say says find get give show any have has
    had they them as into about page document paper receipt doc
    """.split()  # noqa: SIM905
)
_TRIGRAMS = 512
PLACE_FEATURES = (21, 22, *range(61, 77), *range(78, 81), *range(83, 95))
"""Numbers of a word's features that say where on the page it and its line stand."""


@dataclass(frozen=True)
class Word:
    """A word of a line: character range, and its share of the line's box."""

    line: int
    start: int
    end: int
    text: str
    x0: float
    x1: float


def split_words(line: TextLine, index: int) -> list[Word]:
    """Words a span may begin or end at: at spaces, after label colons, around figures."""
    text = line.text
    cuts = {0, len(text)}
    cuts.update(m.start() for m in re.finditer(r"(?<=\s)\S|\s(?=\S)", text))
    cuts.update(m.end() for m in re.finditer(r"[:;](?=[^\d\s])|(?<!\d)[:;](?=\d)|[#=](?=\w)", text))
    cuts.update(m.start() for m in re.finditer(r"(?<=\w)\(|(?<=\))\w", text))
    cuts.update(m.start() for m in re.finditer(r"(?<=[A-Za-z]\.)[(+\d]", text))
    # A price that lost the space before it: "Scissors10,50".
    cuts.update(m.end() for m in re.finditer(r"[^\W\d_]{3}(?=[$€£]?\d+[.,]\d{2}$)", text))
    figures = [match.span("figure") for match in AMOUNT.finditer(text)]
    for start, end in (*figures, *dates(text)):
        # "1 139,40" and "18 APR 2018" are one word each.
        cuts = {cut for cut in cuts if not start < cut < end} | {start, end}
    edges = sorted(cuts)
    x0, x1 = line.box[0], line.box[2]
    per_char = (x1 - x0) / max(1, len(text))
    words = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if piece:
            end = start + len(piece)
            words.append(Word(index, start, end, piece, x0 + start * per_char, x0 + end * per_char))
    return words


def _share(pattern: str, text: str) -> float:
    return len(re.findall(pattern, text)) / max(1, len(text))


@lru_cache(maxsize=20_000)
def text_shape(text: str) -> tuple[float, ...]:
    """The look of a text: 26 numbers about its characters, figures and telling words."""
    letters = re.sub(r"[^A-Za-z]", "", text)
    return (
        min(len(text), 60) / 40,
        min(len(text.split()), 12) / 6,
        _share(r"\d", text),
        _share(r"[^\W\d_]", text),
        sum(c.isupper() for c in letters) / max(1, len(letters)),
        _share(r"[^\w\s]", text),
        float(text.endswith(":")),
        float(":" in text[:-1]),
        float(text[:1].isdigit()),
        float(bool(AMOUNT.search(text))),
        float(bool(AMOUNT.fullmatch(text))),
        float(bool(re.search(r"\bRM\b|[$€£¥]", text))),
        float(bool(re.fullmatch(r"\d{1,3}", text))),
        float("%" in text),
        float(bool(DATE.search(text))),
        float(bool(TIME.search(text))),
        float(bool(PHONE.search(text))),
        float(bool(EMAIL.search(text))),
        float(bool(POSTCODE.search(text))),
        float(bool(re.search(r"[A-Za-z]\d{2,}|\d{2,}-?[A-Z]\b", text))),
        float(bool(_TOTAL.search(text))),
        float(bool(_NOT_TOTAL.search(text))),
        float(bool(_COMPANY.search(text))),
        float(bool(_ADDRESS.search(text))),
        float(text[:1] in "-*(+#@"),
        float(bool(re.match(r"\d+\s?[xX@*]", text))),
    )


def line_amounts(lines: Sequence[TextLine]) -> list[Decimal | None]:
    """The last amount with decimals on each line."""
    found = [amounts(line.text) for line in lines]
    return [each[-1][2] if each else None for each in found]


def _money_context(values: Sequence[Decimal | None]) -> list[list[float]]:
    known = [value for value in values if value is not None and value > 0]
    counts = Counter(known)
    order = sorted(counts, reverse=True)
    distinct = set(order[:40])
    rows = []
    above: list[Decimal] = []
    for value in values:
        if value is None:
            rows.append([0.0] * 8)
            continue
        differences = any(
            larger - value in distinct for larger in distinct if larger > value != larger - value
        )
        sums = any(value - part in distinct for part in distinct if 0 < part < value)
        running = Decimal(0)
        run = False
        for earlier in reversed(above[-20:]):
            running += earlier
            run = run or (running == value and running != earlier)
        rank = order.index(value) if value in counts else len(order)
        rows.append(
            [
                float(rank == 0),
                min(rank, 10) / 5,
                min(counts[value], 6) / 3,
                float(differences),
                float(sums),
                float(run),
                float(value == 0),
                float(np.log1p(abs(float(value)))) / 8,
            ]
        )
        above.append(value)
    return rows


@dataclass(frozen=True)
class Frame:
    """The printed area of a page and its usual line height, pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    line_height: float

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> "Frame":
        boxes = np.array([line.box for line in lines], dtype=np.float64)
        height = float(np.median(boxes[:, 3] - boxes[:, 1]))
        low, high = boxes[:, :2].min(0), boxes[:, 2:].max(0)
        return cls(
            low[0], low[1], max(high[0], low[0] + 1), max(high[1], low[1] + 1), max(height, 1.0)
        )


def waves(values: np.ndarray) -> np.ndarray:
    """(N, K) in [0, 1] -> (N, 4K): value and three waves of it."""
    return np.concatenate(
        [values, np.sin(np.pi * values), np.sin(4 * np.pi * values), np.cos(4 * np.pi * values)],
        axis=1,
    )


def line_features(lines: Sequence[TextLine]) -> np.ndarray:
    """(L, 56) float32: shape of the text, money in context, place on the page, confidence."""
    frame = Frame.of(lines)
    boxes = np.array([line.box for line in lines], dtype=np.float64)
    wide, high = frame.x1 - frame.x0, frame.y1 - frame.y0
    place = np.stack(
        [
            (boxes[:, 0] - frame.x0) / wide,
            (boxes[:, 2] - frame.x0) / wide,
            (boxes[:, 1] - frame.y0) / high,
            np.clip((boxes[:, 1] - frame.y0) / frame.line_height / 60, 0, 1),
        ],
        axis=1,
    )
    heights = (boxes[:, 3] - boxes[:, 1]) / frame.line_height
    order = np.arange(len(lines)) / max(1, len(lines) - 1)
    extra = np.stack(
        [
            np.clip(heights, 0, 4) / 2,
            order,
            np.minimum(np.arange(len(lines)), 12) / 12,
            (boxes[:, 0] + boxes[:, 2] - frame.x0 - frame.x1) / wide,
            np.array([line.confidence for line in lines]),
            np.full(len(lines), min(len(lines), 120) / 60),
        ],
        axis=1,
    )
    shape = np.array([text_shape(line.text) for line in lines])
    money = np.array(_money_context(line_amounts(lines)))
    return np.concatenate([shape, money, waves(place), extra], axis=1).astype(np.float32)


def trigram_rows(words: Sequence[str]) -> np.ndarray:
    """(N, 512) unit rows of hashed letter trigrams, so that misread words still match."""
    rows = np.zeros((len(words), _TRIGRAMS), dtype=np.float32)
    for index, word in enumerate(words):
        padded = f"<{word}>"
        for start in range(len(padded) - 2):
            rows[index, crc32(padded[start : start + 3].encode()) % _TRIGRAMS] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def content_words(text: str) -> list[str]:
    """Lower-case words and figures that say what a text is about."""
    words = re.findall(r"[^\W_]+(?:[.,][^\W_]+)*", text.lower())
    return [word for word in words if word not in _STOP] or words[:1]


def word_features(lines: Sequence[TextLine], words: Sequence[Word]) -> np.ndarray:
    """(W, 27) float32: shape and place of each word."""
    frame = Frame.of(lines)
    wide = frame.x1 - frame.x0
    counts = Counter(word.line for word in words)
    rows = []
    position = 0
    for number, word in enumerate(words):
        same = number > 0 and words[number - 1].line == word.line
        position = position + 1 if same else 0
        before = words[number - 1].text if same else ""
        text = word.text
        letters = re.sub(r"[^A-Za-z]", "", text)
        rows.append(
            [
                float(bool(AMOUNT.fullmatch(text))),
                float(bool(re.fullmatch(r"\d+", text))),
                float(bool(DATE.fullmatch(text))),
                float(bool(TIME.fullmatch(text))),
                float(text.endswith(":")),
                float(not re.search(r"\w", text)),
                float(text.isalpha()),
                sum(c.isupper() for c in letters) / max(1, len(letters)),
                _share(r"\d", text),
                min(position, 10) / 5,
                min(counts[word.line] - 1 - position, 10) / 5,
                float(position == 0),
                float(position == counts[word.line] - 1),
                float(before.endswith(":")),
                float(bool(re.fullmatch(r"RM|[$€£¥]|USD|EUR|GBP", text, re.I))),
                float(parse_number(text) is not None),
                float(text.startswith("(")),
                float(text.endswith(")")),
                float(text.endswith(",")),
                min(len(text), 20) / 10,
                float("%" in text),
                (word.x0 - frame.x0) / wide,
                (word.x1 - frame.x0) / wide,
                float(before in {"-", "#"}),
                float(bool(re.search(r"\d", text)) and bool(letters)),
                float(text[:1].isupper()),
                float(bool(PHONE.search(text))),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(words), 27)


def union(boxes: Sequence[BoxXYXY]) -> BoxXYXY:
    """The smallest box around all of them."""
    array = np.array(boxes)
    low, high = array[:, :2].min(0), array[:, 2:].max(0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
