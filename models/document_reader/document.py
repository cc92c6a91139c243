"""One document read: its pages' windows with what they print, and what a question wants of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ..tasks import PageRegion
from .facts import Row, Value
from .matching import best_match, likeness, marked_names
from .model import DocumentReaderModel
from .processor import DocumentProcessor
from .windows import Window, line_regions


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a question wants.

    Attributes:
        op: one of `vocabulary.OPS`. sure: its probability.
        tag: the likeliest tag, "other" for none of them.
        weights: per window (K,) probabilities of the tags.
        names: the names that it speaks of.
    """

    text: str
    op: str
    sure: float
    tag: str
    weights: tuple[np.ndarray, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """Words of a window that were read as a value."""

    window: Window
    words: tuple[int, ...]
    strength: float

    @property
    def text(self) -> str:
        return self.window.facts.text(self.words)

    @property
    def regions(self) -> tuple[PageRegion, ...]:
        groups: dict[int, list[int]] = {}
        for word in self.words:
            groups.setdefault(self.window.inputs.words[word].line, []).append(word)
        return line_regions(self.window, list(groups), list(groups.values()))

    @property
    def clearness(self) -> float:
        """The least OCR confidence among its lines."""
        lines = {self.window.inputs.words[word].line for word in self.words}
        return min(self.window.inputs.lines[line].confidence for line in lines)


@dataclass(frozen=True)
class Item:
    """A row of a table with its window."""

    window: Window
    row: Row

    @property
    def name(self) -> str:
        return self.window.facts.text(self.row.name)

    def read(self, tag: str) -> Read | None:
        """The cell of a column; the row's name itself where the column names the rows."""
        cell = self.row.cells.get(tag)
        if cell is None and tag == "item.amount":
            cell = self.row.cells.get("item.price")
        if cell is None and tag == "item.price":
            cell = self.row.cells.get("item.amount")
        if cell is None:
            cell = self.window.facts.on_row(self.row.name, tag)
        return Read(self.window, cell.words, cell.strength) if cell else None

    def named(self) -> Read:
        return Read(self.window, self.row.name, 1.0)


@torch.inference_mode()
def understand(
    model: DocumentReaderModel,
    processor: DocumentProcessor,
    windows: Sequence[Window],
    text: str,
) -> Wanted:
    """What a question wants, in view of every window: the view that is surest of its tag."""
    asked = processor.question(text)
    batch = processor.asked([(0, asked)])
    ops, targets, marks = [], [], []
    for window in windows:
        output = model.ask(batch, window.facts.output)
        assert output.op is not None and output.target is not None and output.names is not None
        ops.append(output.op[0].softmax(-1).numpy())
        targets.append(output.target[0].softmax(-1).numpy())
        marks.append(output.names[0].argmax(-1).tolist())
    op = np.mean(ops, axis=0)
    target = np.mean(targets, axis=0)
    best = int(target.argmax())
    tags = model.config.tags
    return Wanted(
        text=text,
        op=model.config.ops[int(op.argmax())],
        sure=float(op.max()),
        tag=tags[best] if best < len(tags) else "other",
        weights=tuple(each[:-1] for each in targets),
        names=tuple(marked_names(asked, marks[0])),
    )


def read_value(windows: Sequence[Window], weights: Sequence[np.ndarray]) -> Read:
    """The best value over all windows for a mixture of tags, however weak."""
    found = []
    for window, shares in zip(windows, weights, strict=True):
        value: Value = window.facts.value(shares)
        found.append(Read(window, value.words, value.strength))
    return max(found, key=lambda read: read.strength)


def items_of(windows: Sequence[Window], tag: str) -> list[Item]:
    """All rows of the table that a column belongs to, over all windows."""
    return [Item(window, row) for window in windows for row in window.facts.table(tag)]


def item_named(items: Sequence[Item], name: str) -> tuple[Item | None, float]:
    """The row that bears a name, and how like its name is."""
    place, score = best_match(name, [item.name for item in items])
    return (items[place], score) if place >= 0 else (None, 0.0)


def item_spoken_of(items: Sequence[Item], text: str) -> tuple[Item | None, float]:
    """The row whose name occurs in a question."""
    scored = [
        (likeness(item.name, text), len(item.name), -place) for place, item in enumerate(items)
    ]
    score, _, place = max(scored, default=(0.0, 0, 0))
    return (items[-place], score) if scored else (None, 0.0)


def line_named(windows: Sequence[Window], name: str, least: float) -> Item | None:
    """A line that bears a name though it was not taken for a row of a table."""
    lines = [(window, index) for window in windows for index in range(len(window.inputs.lines))]
    place, score = best_match(name, [w.inputs.lines[index].text for w, index in lines])
    if place < 0 or score < least:
        return None
    window, index = lines[place]
    words = tuple(i for i, word in enumerate(window.inputs.words) if word.line == index)
    letters = [i for i in words if not window.inputs.cents[i]] or list(words)
    return Item(window, Row(head=letters[0], name=tuple(letters), cells={}))


def beside_label(windows: Sequence[Window], label: str, least: float = 0.85) -> Read | None:
    """What stands behind a printed label on its line, else right of it, else below it."""
    best: tuple[float, Window, int] | None = None
    for window in windows:
        for index, line in enumerate(window.inputs.lines):
            score = likeness(label, line.text) - 0.002 * len(line.text)
            if score >= least and (best is None or score > best[0]):
                best = (score, window, index)
    if best is None:
        return None
    score, window, index = best
    page = window.inputs
    mine = [i for i, word in enumerate(page.words) if word.line == index]
    # Words of the line that are not the label's own stand behind it.
    own = [i for i in mine if likeness(page.words[i].text, label) > 0.7]
    behind = [i for i in mine if own and i > max(own)]
    if not any(any(c.isalnum() for c in page.words[i].text) for i in behind):
        behind = _next_line(window, index)
    return Read(window, tuple(behind), score) if behind else None


def _next_line(window: Window, index: int) -> list[int]:
    """Words of the nearest line right of a line on its row, else of the one below it."""
    page = window.inputs
    box = page.lines[index].box
    height, middle = box[3] - box[1], (box[1] + box[3]) / 2
    scored = []
    for other, line in enumerate(page.lines):
        if other == index:
            continue
        down = (line.box[1] + line.box[3]) / 2 - middle
        across = line.box[0] - box[2]
        if abs(down) < 0.6 * height and across > -0.5 * height:
            scored.append((across, other))
        elif 0.6 * height <= down < 2.2 * height and abs(line.box[0] - box[0]) < 2 * height:
            scored.append((1000 + down, other))
    if not scored:
        return []
    chosen = min(scored)[1]
    return [i for i, word in enumerate(page.words) if word.line == chosen]
