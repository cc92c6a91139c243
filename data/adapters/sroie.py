"""ICDAR 2019 SROIE: scanned receipts with text lines and four key fields.

Reads two file layouts: `receipts.jsonl` beside `images/` (one row per receipt: image, fields,
lines with boxes), and the official one of zzzDavid/ICDAR-2019-SROIE (`data/img/000.jpg`,
`data/box/000.csv` with eight corner numbers and a text, `data/key/000.json`).

Huang et al., "ICDAR2019 Competition on Scanned Receipt OCR and Information Extraction", 2021.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any, Literal

import numpy as np
from PIL import Image

from ..documents.questions import Source, make_questions
from ..documents.questions.field_phrases import QUESTIONS
from ..documents.types import DocField, DocLine, Document

FIELDS = ("company", "date", "address", "total")
Split = Literal["train", "test", "all"]
_NEVER_PRINTED = (
    "due_date", "iban", "birth_date", "seat", "gate", "passenger", "meter_number", "arrival_time",
    "nationality", "opening_balance", "flight_number", "payment_terms", "doctor", "venue",
    "signature", "department", "period", "tip", "platform", "valid_until", "delivery_date",
)  # fmt: skip
"""Keys no till receipt of the set prints: safe to ask for as absent."""


@dataclass(frozen=True, kw_only=True)
class SroieReceipt:
    """One receipt.

    Attributes:
        truth: official values of `FIELDS`; an empty string where the set gives none.
        document: lines and located fields. A field's `value` is the official one, which need
            not be a substring of its lines (the annotators joined and mended some).
    """

    key: str
    image_path: Path
    truth: dict[str, str]
    document: Document

    def image(self) -> Image.Image:
        """The scan as RGB."""
        with Image.open(self.image_path) as held:
            return held.convert("RGB")


def read_sroie(root: str | Path, split: Split = "all") -> list[SroieReceipt]:
    """All receipts of a split, in file order.

    The split is fixed: files whose index modulo 5 is 4 are kept out as `test`.

    Raises:
        FileNotFoundError: neither file layout is under `root`.
    """
    folder = Path(root)
    if (folder / "receipts.jsonl").exists():
        rows = _jsonl_rows(folder)
    elif (folder / "data" / "key").is_dir():
        rows = _official_rows(folder / "data")
    elif (folder / "key").is_dir():
        rows = _official_rows(folder)
    else:
        raise FileNotFoundError(f"no receipts.jsonl and no key/ folder under {folder}")
    kept = []
    for index, (path, truth, lines) in enumerate(rows):
        if split == "all" or (index % 5 == 4) == (split == "test"):
            kept.append(_receipt(path, truth, lines))
    return kept


def ask(receipt: SroieReceipt, rng: np.random.Generator, count: int = 6) -> Document:
    """The receipt's document with questions about its fields, and about things not there."""
    document = receipt.document
    page = " ".join(line.text for line in document.lines).lower()
    safe = {key for key in _NEVER_PRINTED if key.replace("_", " ") not in page}
    source = Source(
        rng=Random(int(rng.integers(2**63))), kind="receipt", fields=document.fields,
        texts=[line.text for line in document.lines],
        blocked=set(QUESTIONS) - safe - set(FIELDS),
    )  # fmt: skip
    return replace(document, questions=make_questions(source, count))


def _jsonl_rows(folder: Path) -> Iterator[tuple[Path, dict[str, str], list[DocLine]]]:
    with (folder / "receipts.jsonl").open(encoding="utf-8") as file:
        for text in file:
            row: dict[str, Any] = json.loads(text)
            lines = [DocLine(line["text"], tuple(line["box"])) for line in row["lines"]]
            yield folder / row["image"], row["fields"], lines


def _official_rows(folder: Path) -> Iterator[tuple[Path, dict[str, str], list[DocLine]]]:
    for key in sorted((folder / "key").glob("*.json")):
        lines = []
        box = folder / "box" / f"{key.stem}.csv"
        for row in box.read_text(encoding="utf-8", errors="replace").splitlines():
            parts = row.split(",", 8)
            if len(parts) < 9:
                continue
            numbers = [float(part) for part in parts[:8]]
            xs, ys = numbers[0::2], numbers[1::2]
            lines.append(DocLine(parts[8].strip(), (min(xs), min(ys), max(xs), max(ys))))
        yield folder / "img" / f"{key.stem}.jpg", json.loads(key.read_text("utf-8")), lines


def _receipt(path: Path, fields: dict[str, str], lines: list[DocLine]) -> SroieReceipt:
    truth = {key: str(fields.get(key) or "").strip() for key in FIELDS}
    with Image.open(path) as image:
        width, height = image.size
    found = []
    for key, value in truth.items():
        where = locate(key, value, lines)
        if where:
            found.append(DocField(key=key, value=value, lines=where))
    document = Document(
        lines=tuple(lines), fields=tuple(found), kind="receipt", layout="sroie",
        width=width, height=height,
    )  # fmt: skip
    return SroieReceipt(key=path.stem, image_path=path, truth=truth, document=document)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def locate(key: str, value: str, lines: Sequence[DocLine]) -> tuple[int, ...]:
    """Indices of the lines that hold a value, or () where it cannot be found.

    A total stands on several lines of a receipt: the one beside a word for it is taken.
    """
    if not value:
        return ()
    if key == "total":
        return _locate_total(value, lines)
    wanted = _plain(value)
    if not wanted:
        return ()
    plain = [_plain(line.text) for line in lines]
    for length in range(1, 9):
        for first in range(len(lines) - length + 1):
            if wanted in "".join(plain[first : first + length]):
                return tuple(range(first, first + length))
    # The annotators mended misread letters, or left out a part.
    if key == "company":
        return _closest(wanted, plain)
    pieces = tuple(i for i, text in enumerate(plain) if len(text) >= 4 and text in wanted)
    held = sum(len(plain[i]) for i in pieces)
    return pieces if held >= 0.5 * len(wanted) else _closest(wanted, plain)


def _closest(wanted: str, plain: list[str]) -> tuple[int, ...]:
    """The window of up to four lines most like a value, if it is like enough."""
    best, best_ratio = (), 0.82
    for first in range(len(plain)):
        for length in range(1, 5):
            text = "".join(plain[first : first + length])
            if not 0.7 < len(text) / len(wanted) < 1.4:
                continue
            ratio = SequenceMatcher(None, wanted, text, autojunk=False).ratio()
            if ratio > best_ratio:
                best, best_ratio = tuple(range(first, min(first + length, len(plain)))), ratio
    return best


_TOTAL_WORDS = re.compile(r"TOTAL|AMOUNT|NETT|PAYABLE|BALANCE|DUE|SALES|ROUND")
_WRONG_WORDS = re.compile(r"SUB|QTY|ITEM|CASH|CHANGE|TENDER|EXCL|TAX|DISC|ADJ|PAID|VISA|MASTER")


def _locate_total(value: str, lines: Sequence[DocLine]) -> tuple[int, ...]:
    number = value.lstrip("$RM ").strip()
    # "43.7" may be printed "43.70".
    pattern = re.compile(rf"(?<![\d.,]){re.escape(number)}0?(?![\d])")
    best, best_score = (), -np.inf
    for i, line in enumerate(lines):
        if not pattern.search(line.text):
            continue
        score = 0.0
        for j, other in enumerate(lines):
            if i != j and not _same_row(line.box, other.box):
                continue
            text = other.text.upper()
            score += 2.0 * bool(_TOTAL_WORDS.search(text)) - 2.5 * bool(_WRONG_WORDS.search(text))
            score += 1.0 * ("ROUND" in text or "INCL" in text)
        # Among equals the taller print is the total.
        score += min(1.0, (line.box[3] - line.box[1]) / 60)
        if score > best_score:
            best, best_score = (i,), score
    return best


def _same_row(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    middle_a, middle_b = (a[1] + a[3]) / 2, (b[1] + b[3]) / 2
    return abs(middle_a - middle_b) < 0.5 * min(a[3] - a[1], b[3] - b[1])
