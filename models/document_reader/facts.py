"""From logits to what a page prints: values of fields, rows of tables, cells. No wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

from ..common.values import DATE
from .itemised import ItemWords, adds_up, items_that_add_up
from .labels import span_text
from .model import DocumentReaderModel, PageOutput
from .processor import DocumentProcessor, PageInputs
from .vocabulary import OVER_LINES, anchor_of

_SURE = 0.5
_HALF_SURE = 0.25
_MAYBE = 0.15
_HARDLY = 0.03
_BESIDE = 1.5
_BELOW = 1.9
_COLUMN_GAP = 0.3
_PROVEN = 0.9
_ITEMS = "item.description"


@dataclass(frozen=True)
class Value:
    """Words (ascending) that are one value, and how strongly they are it, in [0, 1]."""

    words: tuple[int, ...]
    strength: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table: the words of its name, first word first, and of its other cells by tag."""

    head: int
    name: tuple[int, ...]
    cells: dict[str, Value]

    @property
    def amount_words(self) -> tuple[int, ...]:
        cell = self.cells.get("item.amount")
        return cell.words if cell is not None else ()


def _as_row(item: ItemWords) -> Row:
    found = {"item.amount": item.amount, "item.price": item.price, "item.quantity": item.count}
    cells = {tag: Value((word,), _PROVEN) for tag, word in found.items() if word is not None}
    return Row(head=item.name[0], name=item.name, cells=cells)


class PageFacts:
    """What one page (or window of one) prints.

    Args:
        inputs: the page. tags: (W, K) probabilities. rows: (W, W) logits: row i points at the word
        that begins the name of i's row. kind: (C,) probabilities. output: what the model said, for
        its questions.
    """

    def __init__(
        self,
        inputs: PageInputs,
        tags: np.ndarray,
        rows: np.ndarray,
        kind: np.ndarray,
        names: Sequence[str],
        output: PageOutput,
    ) -> None:
        self.inputs, self.tags, self.rows, self.kind = inputs, tags, rows, kind
        self.output = output
        self._names = tuple(names)
        self.place = {name: index for index, name in enumerate(names)}
        self._tables: dict[str, list[Row]] = {}

    def value(self, weights: np.ndarray) -> Value:
        """The best value for a mixture of tags.

        Args:
            weights: (K,) shares of the tags that are asked for.
        """
        strength = self.tags @ weights
        seed = int(strength.argmax())
        tag = int((weights * self.tags[seed]).argmax())
        own = self.tags[:, tag]
        picked = own >= min(_SURE, 0.6 * float(own[seed]))
        picked[seed] = True
        return Value(self._joined(seed, self._grown(picked, own), tag), float(strength[seed]))

    def field(self, tag: str) -> Value:
        """The best value of one tag."""
        return self.value(np.eye(len(self.place))[self.place[tag]])

    def line_strength(self, tag: str) -> list[float]:
        """Per line the strength of its best word for a tag."""
        best = np.zeros(len(self.inputs.lines))
        np.maximum.at(best, self.inputs.line.astype(int), self.tags[:, self.place[tag]])
        return best.tolist()

    def table(self, tag: str) -> list[Row]:
        """The rows of the table that a column belongs to, in reading order."""
        anchor = anchor_of(tag)
        if anchor not in self._tables:
            rows = self._read_table(anchor)
            self._tables[anchor] = self._proven(rows) if anchor == _ITEMS else rows
        return self._tables[anchor]

    def _proven(self, rows: list[Row]) -> list[Row]:
        """The items as the model has them, or those that add up where its own do not."""
        amounts = [word for row in rows for word in row.amount_words]
        if amounts and adds_up(self.inputs, amounts):
            return rows
        return [_as_row(item) for item in items_that_add_up(self.inputs)] or rows

    def on_row(self, words: Sequence[int], tag: str) -> Value | None:
        """The likeliest value of a tag on the row of some words, however unsure; for a price an
        amount will do, the last one."""
        boxes, own = self.inputs.boxes, self.tags[:, self.place[tag]]
        middle = (boxes[:, 1] + boxes[:, 3]) / 2
        row = np.abs(middle - middle[list(words)].mean()) < 0.6
        row[list(words)] = False
        if tag == "item.amount":
            priced = np.flatnonzero(row & (self.inputs.cents != 0))
            if len(priced):
                last = int(priced[boxes[priced, 2].argmax()])
                return Value(self._joined(last, np.zeros_like(row), self.place[tag]), _MAYBE)
        seed = int(np.where(row, own, -1.0).argmax())
        if not row[seed] or own[seed] < _HARDLY:
            return None
        picked = row & (own >= 0.6 * own[seed])
        return Value(self._joined(seed, picked, self.place[tag]), float(own[seed]))

    def text(self, words: Sequence[int]) -> str:
        """The printed text of some words, without what hangs on at either end."""
        text = span_text(self.inputs.lines, self.inputs.words, words)
        return text.strip(" :;|#=").rstrip(",")

    def _read_table(self, anchor: str) -> list[Row]:
        names = self.tags[:, self.place[anchor]]
        named = np.flatnonzero(self._grown(names > _SURE, names))
        if not len(named):
            return []
        groups: dict[int, list[int]] = {}
        for word in named:
            groups.setdefault(int(named[self.rows[word, named].argmax()]), []).append(int(word))
        heads = np.array(sorted(groups))
        table = anchor.split(".")[0] + "."
        columns = [tag for tag in self.place if tag.startswith(table) and tag != anchor]
        nearest = heads[self.rows[:, heads].argmax(1)]
        heads = self._in_order(heads)
        return [
            Row(
                head=int(head),
                name=tuple(groups[int(head)]),
                cells={
                    column: cell
                    for column in columns
                    if (cell := self._cell(column, np.flatnonzero(nearest == head))) is not None
                },
            )
            for head in heads
        ]

    def _in_order(self, heads: np.ndarray) -> np.ndarray:
        """From top to bottom; where names stand in two columns of the page, column by column."""
        boxes = self.inputs.boxes
        left, top = boxes[heads, 0], boxes[heads, 1]
        wide = boxes[:, 2].max() - boxes[:, 0].min()
        edges = np.sort(left)
        gaps = np.diff(edges)
        second = np.zeros(len(heads), bool)
        if len(gaps) and gaps.max() > _COLUMN_GAP * wide:
            second = left > edges[int(gaps.argmax())]
        return heads[np.lexsort((top, second))]

    def _cell(self, column: str, words: np.ndarray) -> Value | None:
        own = self.tags[:, self.place[column]]
        if not len(words):
            return None
        seed = int(words[own[words].argmax()])
        if own[seed] < _MAYBE:
            return None
        picked = np.zeros(len(own), bool)
        picked[words] = own[words] >= min(_SURE, 0.6 * float(own[seed]))
        return Value(
            self._joined(seed, self._grown(picked, own), self.place[column]), float(own[seed])
        )

    def _grown(self, picked: np.ndarray, own: np.ndarray) -> np.ndarray:
        """With the half-sure words that stand next to picked ones on their line."""
        line, half = self.inputs.line, own >= _HALF_SURE
        for step in (1, -1):
            order = range(1, len(own)) if step == 1 else range(len(own) - 2, -1, -1)
            for i in order:
                if half[i] and picked[i - step] and line[i] == line[i - step]:
                    picked[i] = True
        return picked

    def _joined(self, seed: int, picked: np.ndarray, tag: int) -> tuple[int, ...]:
        """The picked words that hang together with the seed: side by side, or, for tags that go
        over lines, line below line."""
        below = self._names[tag] in OVER_LINES
        if self._names[tag] != "period" and DATE.fullmatch(self.inputs.words[seed].text):
            # Two dates are two values but for a period.
            dated = [bool(DATE.fullmatch(word.text)) for word in self.inputs.words]
            picked = picked & ~np.array(dated)
            picked[seed] = True
        lines, cents = self.inputs.line, self.inputs.cents
        if cents[seed]:
            # Two amounts are never one value.
            picked = picked & (cents == 0)
            picked[seed] = True
        found, edge = {seed}, [seed]
        rest = set(np.flatnonzero(picked).tolist()) - found
        while edge:
            here = edge.pop()
            for other in [i for i in rest if self._touch(here, i, below)]:
                rest.discard(other)
                found.add(other)
                edge.append(other)
        # A word between two of a line belongs to it.
        for line in {int(lines[i]) for i in found}:
            inside = [i for i in found if lines[i] == line]
            if max(inside) - min(inside) <= 2 * len(inside):
                found.update(range(min(inside), max(inside) + 1))
        return tuple(sorted(found))

    def _touch(self, here: int, there: int, below: bool) -> bool:
        one, other = self.inputs.boxes[here], self.inputs.boxes[there]
        across = max(one[0], other[0]) - min(one[2], other[2])
        down = abs((one[1] + one[3]) - (other[1] + other[3])) / 2
        if down < 0.6:
            return across < _BESIDE or self.inputs.line[here] == self.inputs.line[there]
        # The next line of an address begins under it, be it ever so short.
        return below and down < _BELOW and (across < 0.5 or abs(one[0] - other[0]) < 1.0)

    @cached_property
    def printed(self) -> np.ndarray:
        """(K,) strength of each tag's best word."""
        return self.tags.max(0)


@torch.inference_mode()
def read_pages(
    model: DocumentReaderModel, processor: DocumentProcessor, pages: Sequence[PageInputs]
) -> list[PageFacts]:
    """What each page prints; one page at a time, as their lengths differ."""
    found = []
    for page in pages:
        output = model.read(processor.pages([page]))
        assert output.tags is not None and output.rows is not None and output.kind is not None
        found.append(
            PageFacts(
                page,
                output.tags[0].sigmoid().numpy(),
                output.rows[0].numpy(),
                output.kind[0].softmax(-1).numpy(),
                model.config.tags,
                output,
            )
        )
    return found
