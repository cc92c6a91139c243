"""Documents by the thousand: `sample_document` makes one, `write_documents` a folder of them.

Run by `sightline data documents --n 200 --seed 9001 --out DIR`.
"""

import json
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np

from .layouts import LAYOUTS, TEST_LAYOUTS, TRAIN_LAYOUTS
from .layouts.base import Layout
from .noise import degrade_page, degrade_photo, identity_warp, sample_warp
from .page import Page
from .questions import Source, make_questions
from .questions.about_tables import KIND_WORDS
from .render import draw_page, run_boxes
from .types import DocLine, Document

_KIND_WEIGHTS = {"receipt": 3.0, "invoice": 2.4, "ticket": 1.6, "form": 1.5, "bill": 1.3}
_LONGEST = 1200
_SHORTEST = 500


def sample_document(
    rng: np.random.Generator,
    kind: str | None = None,
    layout: str | None = None,
    render: bool = True,
    noise: bool = True,
    *,
    layouts: tuple[str, ...] = TRAIN_LAYOUTS,
    n_questions: int = 8,
) -> Document:
    """One document with its lines, fields, tables and questions.

    The same generator state gives the same lines and questions whether it is drawn or not.

    Args:
        kind: "receipt", "invoice", ...; drawn at random if None.
        layout: a name in `LAYOUTS` (kept-out ones too); drawn from `layouts` if None.
        render: draw the picture; without it only lines and boxes are made, some 300 a second.
        noise: skew, perspective, fade, blur and the rest; boxes follow what moves them.
        layouts: names to draw from (`TRAIN_LAYOUTS` or `TEST_LAYOUTS`).
        n_questions: how many questions at most.

    Raises:
        ValueError: no layout of that kind among `layouts`.
    """
    r = Random(int(rng.integers(2**63)))
    chosen = LAYOUTS[layout] if layout is not None else _pick(r, kind, layouts)
    page = chosen.build(Random(r.getrandbits(64)))
    scale = _scale(r, page)
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    warp = sample_warp(r, width, height, page.paper) if noise else identity_warp(width, height)
    boxes = warp.boxes(run_boxes(page, scale)).round(1).tolist()
    lines = tuple(DocLine(run.text, tuple(box)) for run, box in zip(page.runs, boxes, strict=True))
    source = Source(
        rng=Random(r.getrandbits(64)), kind=chosen.kind, texts=[run.text for run in page.runs],
        fields=tuple(page.fields), tables=tuple(page.tables), aliases=page.aliases,
        blocked=page.blocked, title_lines=page.title_lines, word=chosen.word,
    )  # fmt: skip
    questions = make_questions(source, n_questions)
    image = None
    if render:
        image = draw_page(page, scale)
        if noise:
            shade = Random(r.getrandbits(64))
            image = warp.image(degrade_page(image, shade, page.thermal))
            image = degrade_photo(image, shade)
    return Document(
        lines=lines, fields=tuple(page.fields), tables=tuple(page.tables), kind=chosen.kind,
        layout=chosen.name, questions=questions, width=warp.size[0], height=warp.size[1],
        image=image, called=chosen.word or KIND_WORDS[chosen.kind], title_lines=page.title_lines,
    )  # fmt: skip


def _pick(r: Random, kind: str | None, layouts: tuple[str, ...]) -> Layout:
    pool = [LAYOUTS[name] for name in layouts if kind in (None, LAYOUTS[name].kind)]
    if not pool:
        raise ValueError(f"no layout of kind {kind!r} among the {len(layouts)} given")
    kinds = sorted({layout.kind for layout in pool})
    drawn = r.choices(kinds, [_KIND_WEIGHTS.get(name, 1.0) for name in kinds])[0]
    return r.choice([layout for layout in pool if layout.kind == drawn])


def _scale(r: Random, page: Page) -> float:
    """A scale that brings the longer side into 500-1200 px with a margin for the desk."""
    longest = max(page.width, page.height)
    top = (_LONGEST - 90) / longest
    wanted = min(top, r.uniform(0.95, 1.35))
    return max(wanted, _SHORTEST / longest)


def write_documents(
    out_dir: str | Path,
    n: int,
    seed: int,
    layouts: Literal["train", "test"] = "train",
    *,
    noise: bool = True,
) -> Path:
    """Write `images/NNNNNN.jpg` and `documents.json` (the truth); returns the latter's path.

    Document i comes from the stream (seed, i), so any part can be made again alone.
    """
    out = Path(out_dir)
    (out / "images").mkdir(parents=True, exist_ok=True)
    names = TRAIN_LAYOUTS if layouts == "train" else TEST_LAYOUTS
    rows = []
    for i in range(n):
        document = sample_document(np.random.default_rng((seed, i)), noise=noise, layouts=names)
        assert document.image is not None
        file = f"images/{i:06d}.jpg"
        document.image.save(out / file, quality=92)
        rows.append({"image": file, **document_to_dict(document)})
    path = out / "documents.json"
    held = {"info": {"seed": seed, "layouts": layouts, "n": n}, "documents": rows}
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def document_to_dict(document: Document) -> dict[str, object]:
    """The truth of a document as JSON-able values, without the picture."""
    return {
        "kind": document.kind,
        "layout": document.layout,
        "called": document.called,
        "title_lines": list(document.title_lines),
        "width": document.width,
        "height": document.height,
        "lines": [{"text": line.text, "box": list(line.box)} for line in document.lines],
        "fields": [asdict(item) for item in document.fields],
        "tables": [asdict(table) for table in document.tables],
        "questions": [asdict(question) for question in document.questions],
    }
