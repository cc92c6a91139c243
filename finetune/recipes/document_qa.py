"""Train the document reader: `sightline finetune document_qa --data DIR --out RUN_DIR`.

With DIR (the SROIE layouts, or `documents.json` with `images/` as `sightline data documents`
writes it) training goes on from the shipped weights on what OCR reads there, with generated
documents mixed in so that nothing is unlearnt. `sightline finetune document_reader` starts from
nothing and makes the shipped weights.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from PIL import Image, ImageOps

from ...data.adapters.sroie import read_sroie
from ...data.documents import TRAIN_LAYOUTS
from ...models.common.loading import load_model
from ...models.document_reader.config import DocumentReaderConfig
from ...models.document_reader.lexicon import ShopLexicon
from ...models.document_reader.model import DocumentReaderModel
from ...models.document_reader.ocr import OcrEngine, TextLine
from ...models.document_reader.processor import DocumentProcessor
from ...models.document_reader.scorer import FieldScorers
from ...models.spec import weights_folder
from ..common.fit import FitConfig
from ..common.save import save_half
from .document_calibration import calibrate, held_pages
from .document_samples import (
    ReaderSample,
    document_sample,
    load_documents,
    read_lines,
    receipt_sample,
)
from .document_training import BatchMaker, made_pages, prepare, train_reader
from .field_scorers import fit_scorers

_LEXICON_KEYS = ("company", "address")
_HELD_OUT_SEED = 8800
_HELD_OUT = 100
_ENOUGH_RECEIPTS = 100
"""From so many receipts on their own choice of fields replaces the shipped one."""


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A person's folder: pages as OCR reads them, with their true lines, and receipts' fields."""

    noisy: list[ReaderSample]
    true: list[ReaderSample]
    records: list[dict[str, str]]


def finetune_document_qa(
    data_dir: Path | None,
    out_dir: Path,
    *,
    steps: int = 400,
    minutes: float | None = None,
    seed: int = 0,
    resume: bool = False,
    progress: Callable[[str], None] | None = None,
    from_scratch: bool = False,
    generated: int = 400,
    asked: int = 80,
    processes: int = 1,
    learning_rate: float | None = None,
    ocr_cache: Path | None = None,
) -> dict[str, float]:
    """Train on a folder, or on generated documents alone, and save weights that chat can use.

    Args:
        data_dir: receipts in either SROIE layout (its kept-out fifth is never read), or a
            `documents.json` folder; None trains on generated documents.
        out_dir: gets `model.safetensors`, `config.json`, `lexicon.json`, `curve.jsonl` and the
            state to resume from.
        steps, minutes, seed, resume: see `FitConfig` and `fit`.
        progress: told in words what is being done.
        from_scratch: start from random weights instead of the shipped ones.
        generated, asked: generated documents to mix in, and how many of them with questions.
        processes: worker processes that make them.
        learning_rate: peak; by default small when going on from shipped weights.
        ocr_cache: folder for OCR results; `out_dir/ocr` by default.

    Returns:
        Figures on fresh generated documents, and the minutes spent.

    Raises:
        FileNotFoundError: no data of a known layout under `data_dir`.
    """
    tell = progress or (lambda _: None)
    torch.manual_seed(seed)
    if from_scratch:
        model, lexicon = DocumentReaderModel(DocumentReaderConfig(dropout=0.0)), ShopLexicon({})
    else:
        shipped = weights_folder("document_reader")
        model = load_model(DocumentReaderModel, shipped)
        lexicon = ShopLexicon.load(shipped)
    processor = DocumentProcessor(model.config)
    scorers = None if from_scratch else FieldScorers.load(weights_folder("document_reader"))
    read = _Read(noisy=[], true=[], records=[])
    if data_dir is not None:
        tell("reading the pages (kept for the next time)")
        read = _folder(data_dir, OcrEngine(ocr_cache or out_dir / "ocr"), seed)
        lexicon = lexicon.extended(read.records, _LEXICON_KEYS)
        if read.records and (from_scratch or len(read.records) >= _ENOUGH_RECEIPTS):
            tell("fitting the choice of fields")
            scorers = fit_scorers([sample.lines for sample in read.noisy], read.records, seed)
    tell(f"making {generated} documents")
    made = made_pages(
        processor, TRAIN_LAYOUTS, seed=seed, count=generated, asked=asked, processes=processes
    )
    # Real pages are few: they are seen a twelfth of the time at first, a third when going on.
    own = 0.04 if from_scratch else 0.17
    pools = [
        (prepare(read.noisy, processor), own),
        (prepare(read.true, processor), own),
        (made, 1 - 2 * own),
    ]
    tell("training")
    figures = train_reader(
        model,
        BatchMaker(pools, processor, seed=seed),
        FitConfig(
            steps=steps,
            minutes=minutes,
            learning_rate=learning_rate or (2e-3 if from_scratch else 2e-4),
            log_every=20,
            save_every=100,
            seed=seed,
        ),
        out_dir,
        resume=resume,
    )
    tell("fitting what counts as absent")
    figures |= calibrate(model, processor, held_pages(_HELD_OUT_SEED, _HELD_OUT, TRAIN_LAYOUTS))
    save_half(model, out_dir, _card(data_dir, seed, figures))
    lexicon.save(out_dir)
    if scorers is not None:
        scorers.save(out_dir)
    (out_dir / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    return figures


def _folder(data_dir: Path, engine: OcrEngine, seed: int) -> _Read:
    if (data_dir / "documents.json").is_file():
        return _documents(data_dir, engine)
    return _receipts(data_dir, engine, seed)


def _picture(path: Path) -> Image.Image:
    with Image.open(path) as held:
        return ImageOps.exif_transpose(held).convert("RGB")


def _documents(folder: Path, engine: OcrEngine) -> _Read:
    noisy, true = [], []
    for path, document in load_documents(folder):
        page = engine.read(_picture(path))
        read = read_lines(document.lines, page.lines)
        noisy.append(document_sample(path.name, document, read))
        true.append(document_sample(path.name, document))
    return _Read(noisy=noisy, true=true, records=[])


def _receipts(folder: Path, engine: OcrEngine, seed: int) -> _Read:
    """The training part: samples from OCR, from the true lines, and the true fields."""
    noisy, true, records = [], [], []
    for index, receipt in enumerate(read_sroie(folder, "train")):
        rng = Random(seed * 100_003 + index)
        page = engine.read(receipt.image())
        noisy.append(receipt_sample(receipt.key, page.lines, receipt.truth, rng))
        lines: Sequence[TextLine] = [
            TextLine(text=line.text, box=line.box)
            for line in receipt.document.lines
            if line.text.strip()
        ]
        true.append(receipt_sample(receipt.key, lines, receipt.truth, rng))
        records.append(receipt.truth)
    return _Read(noisy=noisy, true=true, records=records)


def _card(data_dir: Path | None, seed: int, figures: dict[str, float]) -> str:
    named = f"`{data_dir.name}` and generated documents" if data_dir else "generated documents"
    rows = "\n".join(f"- {name}: {value:.3f}" for name, value in figures.items())
    return f"# Document reader\n\nTrained on {named}, seed {seed}.\n\n{rows}\n"
