"""The SROIE adapter, on both file layouts and on the real receipts where they are."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sightline.data.adapters.sroie import FIELDS, ask, locate, read_sroie
from sightline.data.documents import DocLine

_REAL = Path(__file__).parents[3].parent / "shared" / "data" / "receipts"
_TRUTH = {"company": "BOOK TA .K SDN BHD", "date": "25/12/2018",
          "address": "NO.53 JALAN SAGU 18, 81100 JOHOR BAHRU", "total": "9.00"}  # fmt: skip
_LINES = [
    ("BOOK TA .K SDN BHD", (50, 20, 440, 60)),
    ("NO.53 JALAN SAGU 18,", (110, 80, 380, 100)),
    ("81100 JOHOR BAHRU", (160, 110, 330, 130)),
    ("DATE: 25/12/2018 8:13", (50, 150, 300, 170)),
    ("SUBTOTAL", (50, 200, 200, 220)),
    ("9.00", (400, 200, 440, 220)),
    ("TOTAL (RM)", (50, 240, 200, 260)),
    ("9.00", (400, 240, 440, 260)),
    ("CASH", (50, 280, 120, 300)),
    ("9.00", (400, 280, 440, 300)),
]


def _write_jsonl(root: Path) -> None:
    (root / "images").mkdir()
    rows = []
    for i in range(5):
        Image.new("RGB", (500, 400), "white").save(root / "images" / f"{i:03}.jpg")
        lines = [{"text": text, "box": list(box)} for text, box in _LINES]
        rows.append(json.dumps({"image": f"images/{i:03}.jpg", "fields": _TRUTH, "lines": lines}))
    (root / "receipts.jsonl").write_text("\n".join(rows))


def _write_official(root: Path) -> None:
    for name in ("img", "box", "key"):
        (root / "data" / name).mkdir(parents=True)
    for i in range(5):
        Image.new("RGB", (500, 400), "white").save(root / "data" / "img" / f"{i:03}.jpg")
        (root / "data" / "key" / f"{i:03}.json").write_text(json.dumps(_TRUTH))
        rows = [
            f"{x0},{y0},{x1},{y0},{x1},{y1},{x0},{y1},{text}" for text, (x0, y0, x1, y1) in _LINES
        ]
        (root / "data" / "box" / f"{i:03}.csv").write_text("\n".join(rows))


@pytest.mark.parametrize("write", [_write_jsonl, _write_official])
def test_both_layouts_read_alike(tmp_path: Path, write) -> None:
    write(tmp_path)
    assert len(read_sroie(tmp_path, "train")) == 4
    (kept,) = read_sroie(tmp_path, "test")
    assert kept.key == "004"
    assert kept.truth == _TRUTH
    lines = {item.key: item.lines for item in kept.document.fields}
    assert lines == {"company": (0,), "address": (1, 2), "date": (3,), "total": (7,)}
    assert (kept.document.width, kept.document.height) == (500, 400)
    assert kept.image().size == (500, 400)


def test_misread_names_are_still_located() -> None:
    lines = [DocLine(text, (0, 0, 1, 1)) for text in ("TEL 03", "RESTORAN WAN SHENG", "NO.2")]
    assert locate("company", "RSTORAN WAN SHENG", lines) == (1,)
    assert locate("company", "AEON CO", lines) == ()


def test_a_folder_without_receipts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_sroie(tmp_path)


@pytest.mark.skipif(not _REAL.is_dir(), reason="real receipts are not beside the project")
def test_real_receipts_are_located_and_asked_about() -> None:
    receipts = read_sroie(_REAL, "test")
    assert len(receipts) == 100
    found = sum(len(r.document.fields) for r in receipts)
    given = sum(bool(r.truth[key]) for r in receipts for key in FIELDS)
    assert found > 0.98 * given
    document = ask(receipts[0], np.random.default_rng(0), count=6)
    assert 1 <= len(document.questions) <= 6
