"""Pages to lines: order, boxes, cache, pages that lie wrong."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from sightline.models.document_reader.ocr import OcrEngine, PageText, TextLine, reading_order

TEXTS = ("INVOICE 4711", "Green Market Ltd", "Total due 12.50")


def line(text: str, x0: float, y0: float, x1: float, y1: float) -> TextLine:
    return TextLine(text=text, box=(x0, y0, x1, y1))


def page() -> Image.Image:
    image = Image.new("RGB", (480, 340), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=30)
    for row, text in enumerate(TEXTS):
        draw.text((30, 40 + 90 * row), text, fill="black", font=font)
    return image


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return OcrEngine(threads=1)


def test_reading_order_goes_by_rows() -> None:
    lines = [line("b", 200, 3, 240, 22), line("c", 0, 40, 90, 60), line("a", 0, 0, 90, 20)]
    assert [item.text for item in reading_order(lines)] == ["a", "b", "c"]


@pytest.mark.parametrize("size", [(5000, 8), (8, 5000)])
def test_strips_are_read_like_any_page(engine: OcrEngine, size: tuple[int, int]) -> None:
    text = engine.read(Image.new("RGB", size, "red"))
    assert (text.width, text.height) == size
    assert not text.lines


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_given_box_undoes_the_turn(turned: int) -> None:
    given = Image.new("L", (100, 60))
    given.paste(255, (10, 20, 30, 25))
    upright = given.rotate(90 * turned, expand=True)
    box = upright.getbbox()
    assert box is not None
    text = PageText(lines=(), width=upright.width, height=upright.height, turned=turned)
    x0, y0, x1, y1 = box
    assert text.given_box((x0, y0, x1, y1)) == (10, 20, 30, 25)


def test_reads_and_remembers(engine: OcrEngine, tmp_path: Path) -> None:
    read = engine.read(page())
    assert [item.text for item in read.lines] == list(TEXTS)
    assert all(item.confidence > 0.9 for item in read.lines)
    assert engine.read(page()) is read
    kept = OcrEngine(cache_dir=tmp_path, threads=1)
    kept._rapidocr = engine._rapidocr  # one engine is enough
    first = kept.read(page())
    again = OcrEngine(cache_dir=tmp_path)
    again._rapidocr = lambda: pytest.fail("read again instead of taken from disk")
    assert again.read(page()) == first


def test_upside_down_page_is_turned(engine: OcrEngine) -> None:
    read = engine.read(page().rotate(180))
    assert [item.text for item in read.lines] == list(TEXTS)
    assert read.turned == 2
    x0, y0, _, _ = read.given_box(read.lines[0].box)
    assert x0 > 200 and y0 > 200


def test_blank_page_has_no_lines(engine: OcrEngine) -> None:
    assert engine.read(Image.new("RGB", (300, 200), "white")).lines == ()


def test_damaged_cache_is_read_again(engine: OcrEngine, tmp_path: Path) -> None:
    kept = OcrEngine(cache_dir=tmp_path, threads=1)
    kept._rapidocr = engine._rapidocr
    kept.read(page())
    for file in tmp_path.iterdir():
        file.write_text("{")
    fresh = OcrEngine(cache_dir=tmp_path, threads=1)
    fresh._rapidocr = engine._rapidocr
    assert len(fresh.read(page()).lines) == 3
