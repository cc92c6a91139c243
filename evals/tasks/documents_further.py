"""documents-further: what a document gives beside single answers, asked of the assistant.

Charts of kept-out styles as numbers and in questions, tables and fields of kept-out layouts as
files, tick boxes of kept-out looks, pages of a PDF, two receipts-like papers side by side. Each
sample is one request; its record holds what was right of how much.
"""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import numpy as np
from PIL.Image import Image

from ...agent.assistant import Assistant
from ...agent.reply import Reply
from ...data.documents import TEST_LAYOUTS, Document, sample_document
from ...data.documents.charts import TEST_STYLES, ChartTruth, chart_questions, sample_chart
from ...data.documents.ticks import sample_ticks
from ...tools.values import comparable
from ..metrics.documents import similarity
from ..metrics.shares import accuracy
from ..task import Sample, Task

_RELAXED = 0.05
_ALIKE = 0.6
_RIGHT = 0.9
_PAGES = 4


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """The kinds take turns."""
    kinds = list(_MAKERS)
    for index in range(limit):
        kind = kinds[index % len(kinds)]
        rng = np.random.default_rng((seed, index))
        request, files, truth = _MAKERS[kind](rng, Random(f"{seed}/{index}"))
        yield Sample(id=f"{kind}-{index}", data=(kind, request, files, truth))


def _file(picture: Image, name: str) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return name, buffer.getvalue()


def _drawn(rng: np.random.Generator, wanted: Callable[[Document], Any], **given: Any) -> Document:
    while True:
        document = sample_document(rng, layouts=TEST_LAYOUTS, **given)
        if wanted(document):
            return document


Made = tuple[str, list[tuple[str, bytes]], Any]


def _chart(rng: np.random.Generator, r: Random) -> Made:
    truth, picture = sample_chart(rng, TEST_STYLES)
    request = r.choice(("give me the numbers as json", "export this chart as JSON"))
    return request, [_file(picture, "chart.png")], truth


def _chart_question(rng: np.random.Generator, r: Random) -> Made:
    truth, picture = sample_chart(rng, TEST_STYLES)
    question = chart_questions(truth, r, 1)[0]
    return question.text, [_file(picture, "chart.png")], question


def _table(rng: np.random.Generator, r: Random) -> Made:
    document = _drawn(rng, lambda d: d.tables and len(d.tables[0].rows) > 1)
    assert document.image is not None
    table = max(document.tables, key=lambda each: len(each.rows))
    request = r.choice(("give me the table as json", "export the table as JSON"))
    rows = [[cell.text for cell in row] for row in table.rows]
    return request, [_file(document.image, "page.png")], rows


def _fields(rng: np.random.Generator, r: Random) -> Made:
    document = _drawn(rng, lambda d: len(d.fields) > 2)
    assert document.image is not None
    request = r.choice(("extract all fields as json", "extract everything as JSON"))
    truth = {field.key: field.value for field in document.fields}
    return request, [_file(document.image, "page.png")], truth


def _ticks(rng: np.random.Generator, r: Random) -> Made:
    boxes, picture = sample_ticks(rng, kept_out=True)
    if r.random() < 0.5:
        truth = sorted(box.label for box in boxes if box.ticked)
        return "which boxes are ticked?", [_file(picture, "form.png")], truth
    labels = Counter(box.label for box in boxes)
    box = r.choice([box for box in boxes if labels[box.label] == 1])
    return f"is '{box.label}' ticked?", [_file(picture, "form.png")], box.ticked


def _pages(rng: np.random.Generator, r: Random) -> Made:
    pages = [_drawn(rng, lambda d: len(d.fields) > 2, render=True) for _ in range(_PAGES)]
    images = [page.image for page in pages if page.image is not None]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:])
    number = r.randrange(_PAGES)
    values = Counter(field.value for page in pages for field in page.fields)
    own = [f for f in pages[number].fields if values[f.value] == 1 and 5 < len(f.value) < 30]
    value = r.choice(own or list(pages[number].fields)).value
    return f'on which page is "{value}"?', [("pages.pdf", buffer.getvalue())], number + 1


_MAKERS: dict[str, Callable[[np.random.Generator, Random], Made]] = {
    "chart_values": _chart,
    "chart_questions": _chart_question,
    "table_cells": _table,
    "fields": _fields,
    "ticks": _ticks,
    "pages": _pages,
}


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask; `hit` of `wanted` are right, and `given` were given."""
    kind, request, files, truth = sample.data
    reply = assistant.ask(request, attachments=files, user="eval", keep=False)
    hit, wanted, given = _judged(assistant, kind, reply, truth)
    return {
        "kind": kind, "request": request, "text": reply.text[:400], "hit": hit, "wanted": wanted,
        "given": given, "right": hit == wanted == given,
        "tools": [step.tool for step in reply.steps],
    }  # fmt: skip


def _judged(assistant: Assistant, kind: str, reply: Reply, truth: Any) -> tuple[int, int, int]:
    match kind:
        case "chart_values":
            return chart_hits(_exported(assistant, reply), truth)
        case "chart_questions":
            right = chart_right(reply.answer or "", truth.answer, truth.scale)
        case "table_cells":
            rows = [list(row.values()) for row in _exported(assistant, reply)]
            return cell_hits(rows, truth)
        case "fields":
            found = _exported(assistant, reply)
            found = {} if isinstance(found, list) else found
            texts = {key: text for key, text in found.items() if isinstance(text, str)}
            hit = sum(_flat(texts.get(key, "")) == _flat(value) for key, value in truth.items())
            return hit, len(truth), len(texts)
        case "ticks" if isinstance(truth, bool):
            right = reply.answer == ("yes" if truth else "no")
        case "ticks":
            told = [] if reply.answer in (None, "none") else str(reply.answer).split(", ")
            hit = sum(any(similarity(each, label) >= 0.8 for each in told) for label in truth)
            return hit, len(truth), len(told)
        case _:
            right = str(truth) in str(reply.answer).split(", ")
    return int(right), 1, 1


def _exported(assistant: Assistant, reply: Reply) -> Any:
    """What the file says that a turn made; [] where it made none."""
    if not reply.made:
        return []
    return json.loads(assistant.store("eval").file_path(reply.made[0]).read_text("utf-8"))


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def chart_hits(rows: Sequence[dict[str, str]], truth: ChartTruth) -> tuple[int, int, int]:
    """Values within 5% of the true ones (ChartQA's relaxed accuracy), wanted, and given."""
    given = sum(text != "" for row in rows for key, text in row.items() if key != "category")
    hit = 0
    for name, numbers in zip(truth.series, truth.values, strict=True):
        for category, number in zip(truth.categories, numbers, strict=True):
            row = max(rows, key=lambda r: similarity(r["category"], category), default={})
            if similarity(row.get("category", ""), category) < _ALIKE:
                continue
            keys = [key for key in row if key != "category"]
            best = max(keys, key=lambda key: similarity(key, name or "value"), default="")
            near = similarity(best, name or "value") >= _ALIKE or len(keys) == 1
            text = row.get(best, "") if near else ""
            value = float(text) if text else None
            hit += value is not None and abs(value - float(number)) <= _RELAXED * abs(float(number))
    return hit, len(truth.series) * len(truth.categories), given


def chart_right(given: str, truth: str, scale: float) -> bool:
    """Whether an answer is right: numbers within 5% of the truth, for differences of the axis."""
    value, wanted = comparable(given.rstrip("%")), comparable(truth)
    if scale and value is not None and wanted is not None:
        apart = abs(float(str(value)) - float(str(wanted)))
        return apart <= _RELAXED * max(abs(float(str(wanted))), 0.2 * scale)
    return similarity(given, truth) >= _RIGHT


def cell_hits(
    rows: Sequence[Sequence[str]], truth: Sequence[Sequence[str]]
) -> tuple[int, int, int]:
    """Cells of each true row that its likest row holds, wanted, and given."""
    free = [Counter(_flat(text) for text in row if _flat(text)) for row in rows]
    given = sum(sum(row.values()) for row in free)
    hit = wanted = 0
    for row in truth:
        cells = Counter(_flat(text) for text in row if _flat(text))
        wanted += sum(cells.values())
        shared = [sum((cells & other).values()) for other in free]
        if shared and max(shared):
            hit += max(shared)
            free.pop(shared.index(max(shared)))
    return hit, wanted, given


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Per kind the F1 of what was wanted and given (a question's is its accuracy)."""
    figures: dict[str, Any] = dict(accuracy(records))
    for kind in dict.fromkeys(record["kind"] for record in records):
        part = [record for record in records if record["kind"] == kind]
        hit, wanted, given = (sum(r[key] for r in part) for key in ("hit", "wanted", "given"))
        figures[kind] = round(2 * hit / max(1, wanted + given), 4)
    return figures


TASK = Task(
    name="documents-further",
    description="charts, tables, fields, tick boxes and pages of kept-out looks, by requests",
    limit=180,
    samples=samples,
    run=run,
    score=score,
)
