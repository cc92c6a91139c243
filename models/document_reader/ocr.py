"""Page images to text lines: RapidOCR, kept within bounds, the right way up, and remembered.

RapidOCR (PP-OCRv6 small, ONNX) carries its models in the wheel. A page takes one to three seconds
on a core, so results are kept by the image's content: in memory, and on disk when the caller gives
a folder. Sizes and EXIF are the caller's business; here tiny pages are enlarged (the detector
misses text below some 10 px) and huge ones reduced, and a page that lies on its side or on its
head is turned before it is read. Boxes are of the upright page, levelled where it lies askew;
`PageText.given_box` tells where they are in the picture as given.
"""

import hashlib
import json
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..tasks import BoxXYXY
from .levelling import Leaning, leaning_of, levelled

_ENGINE = "rapidocr-3.10-v2"  # part of the cache key: another engine reads otherwise
_SHORT_SIDE = 320
_LONG_SIDE = 2600
_LEAST_SIDE = 32  # the engine fails on strips that are thinner when their long side is reduced
_IN_MEMORY = 64
_TURN_VOTES = 5


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """One run of text as read.

    Attributes:
        text: the characters, words apart.
        box: (x0, y0, x1, y1), pixels of the page as it reads (upright, its lines level).
        confidence: the engine's mean over characters, in [0, 1].
    """

    text: str
    box: BoxXYXY
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True)
class PageText:
    """The lines of one page in reading order.

    Attributes:
        width, height: of the upright page, pixels.
        turned: quarter turns counter-clockwise that made the given picture upright.
        leaning: how its print leans when upright; boxes are where they were if it did not.
    """

    lines: tuple[TextLine, ...]
    width: int
    height: int
    turned: int = 0
    leaning: Leaning = field(default_factory=Leaning)

    @classmethod
    def from_json(cls, kept: str) -> "PageText":
        """What `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: it is damaged.
        """
        stored = json.loads(kept)
        stored["lines"] = tuple(
            TextLine(**{**line, "box": tuple(line["box"])}) for line in stored["lines"]
        )
        leaning = stored.pop("leaning")
        leaning["middle"] = tuple(leaning["middle"])
        return cls(**stored, leaning=Leaning(**leaning))

    def to_json(self) -> str:
        """The page as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def printed(self) -> tuple[TextLine, ...]:
        """The lines with their boxes on the upright page, not levelled."""
        return tuple(replace(line, box=self.leaning.back(line.box)) for line in self.lines)

    def given_box(self, box: BoxXYXY) -> BoxXYXY:
        """A box of the levelled page in pixels of the picture as it was given."""
        return self.turned_box(self.leaning.back(box))

    def turned_box(self, box: BoxXYXY) -> BoxXYXY:
        """A box of the upright page in pixels of the picture as it was given."""
        x0, y0, x1, y1 = box
        for _ in range(self.turned % 2):
            # One turn counter-clockwise took (x, y) of a picture W wide to (y, W - x).
            width = self.height
            x0, y0, x1, y1 = width - y1, x0, width - y0, x1
        if self.turned >= 2:
            wide, high = (self.width, self.height)
            if self.turned % 2:
                wide, high = high, wide
            x0, y0, x1, y1 = wide - x1, high - y1, wide - x0, high - y0
        return (x0, y0, x1, y1)


def reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Rows from top to bottom, each from left to right.

    Lines share a row when their heights overlap by more than half of the lower one's.
    """
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda item: item.box[1] + item.box[3]):
        if rows:
            last = rows[-1][-1].box
            overlap = min(last[3], line.box[3]) - max(last[1], line.box[1])
            lower = min(last[3] - last[1], line.box[3] - line.box[1])
            if overlap > 0.5 * lower:
                rows[-1].append(line)
                continue
        rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box[0])]


class OcrEngine:
    """Reads pages; thread-safe (one page at a time).

    Args:
        cache_dir: folder for results by content hash; None keeps them in memory only.
        threads: processor threads the engine may use.
    """

    def __init__(self, cache_dir: Path | None = None, threads: int | None = None) -> None:
        self.cache_dir = cache_dir
        self.threads = threads or max(1, min(4, os.cpu_count() or 1))
        self._engine: Any = None
        self._memory: OrderedDict[str, PageText] = OrderedDict()
        self._lock = Lock()

    def read(self, image: Image.Image) -> PageText:
        """The page's lines in reading order; an empty page gives no lines."""
        image = image.convert("RGB")
        key = self._key(image)
        with self._lock:
            page = self._memory.get(key) or self._from_disk(key)
            if page is None:
                page = self._recognise(image)
                self._to_disk(key, page)
            self._remember(key, page)
            return page

    def know(self, image: Image.Image, page: PageText) -> None:
        """Take `page` for what is printed on `image`, as `read` said at another time."""
        key = self._key(image.convert("RGB"))
        with self._lock:
            self._remember(key, page)

    @staticmethod
    def _key(image: Image.Image) -> str:
        size = f"{_ENGINE}:{image.width}x{image.height}:".encode()
        return hashlib.sha256(size + image.tobytes()).hexdigest()

    def _remember(self, key: str, page: PageText) -> None:
        self._memory[key] = page
        self._memory.move_to_end(key)
        while len(self._memory) > _IN_MEMORY:
            self._memory.popitem(last=False)

    def words(self, crops: Sequence[Image.Image]) -> list[tuple[str, float]]:
        """Text and confidence of crops that hold one word each, however small.

        The detector passes over a single digit that stands alone; here it is not asked.
        """
        read = []
        with self._lock:
            for crop in crops:
                result = self._rapidocr()(
                    np.asarray(crop.convert("RGB"))[:, :, ::-1],
                    use_det=False, use_cls=False, use_rec=True,
                )  # fmt: skip
                texts, scores = result.txts or ("",), result.scores or (0.0,)
                read.append((str(texts[0]).strip(), float(scores[0])))
            # The settings of a call stay with the engine.
            self._rapidocr().update_params(use_det=True, use_cls=True, use_rec=True)
        return read

    def _recognise(self, image: Image.Image) -> PageText:
        turned = 0
        lines, quads = self._lines(image)
        if self._lies_on_its_side(lines):
            image, turned = image.transpose(Image.Transpose.ROTATE_90), 1
            lines, quads = self._lines(image)
        if self._stands_on_its_head(image, lines):
            image, turned = image.transpose(Image.Transpose.ROTATE_180), turned + 2
            lines, quads = self._lines(image)
        leaning = leaning_of(quads, image.size)
        if leaning.slope or leaning.change:
            lines = [
                replace(line, box=levelled(quad, leaning))
                for line, quad in zip(lines, quads, strict=True)
            ]
        return PageText(
            lines=tuple(reading_order(lines)),
            width=image.width,
            height=image.height,
            turned=turned,
            leaning=leaning,
        )

    def _lines(self, image: Image.Image) -> tuple[list[TextLine], list[NDArray[np.float64]]]:
        """The lines as they lie, and the corners of each: (4, 2) pixels, clockwise."""
        scale = 1.0
        if min(image.size) < _SHORT_SIDE:
            scale = min(4.0, _SHORT_SIDE / max(1, min(image.size)))
        if max(image.size) * scale > _LONG_SIDE:
            scale = _LONG_SIDE / max(image.size)
        if scale != 1.0:
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            image = image.resize(size, Image.Resampling.BICUBIC)
        if min(image.size) < _LEAST_SIDE:
            strip = image
            image = Image.new("RGB", [max(side, _LEAST_SIDE) for side in strip.size], "white")
            image.paste(strip)
        result = self._rapidocr()(np.asarray(image)[:, :, ::-1])
        if result.boxes is None:
            return [], []
        lines = []
        quads = [np.asarray(quad, float) / scale for quad in result.boxes]
        for quad, text, score in zip(quads, result.txts, result.scores, strict=True):
            low, high = quad.min(axis=0), quad.max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            lines.append(TextLine(text=text.strip(), box=box, confidence=float(score)))
        return lines, quads

    @staticmethod
    def _lies_on_its_side(lines: Sequence[TextLine]) -> bool:
        shapes = [
            (line.box[3] - line.box[1]) / max(1.0, line.box[2] - line.box[0])
            for line in lines
            if len(line.text) > 3
        ]
        return len(shapes) >= 3 and median(shapes) > 1.5

    def _stands_on_its_head(self, image: Image.Image, lines: Sequence[TextLine]) -> bool:
        """The engine turns single lines by itself; most of them turned means the page is."""
        widest = sorted(lines, key=lambda item: item.box[0] - item.box[2])[:_TURN_VOTES]
        votes = 0
        for line in widest:
            crop = np.asarray(image.crop(line.box))[:, :, ::-1]
            result = self._rapidocr()(crop, use_det=False, use_cls=True, use_rec=False)
            label, score = result.cls_res[0]
            votes += label == "180" and score > 0.9
        # The settings of a call stay with the engine.
        self._rapidocr().update_params(use_det=True, use_cls=True, use_rec=True)
        return len(widest) >= 3 and votes > len(widest) / 2

    def _rapidocr(self) -> Any:
        if self._engine is None:
            # Imported here: OpenCV and onnxruntime cost a second that only pages should pay.
            from rapidocr import RapidOCR

            self._engine = RapidOCR(
                params={
                    "EngineConfig.onnxruntime.intra_op_num_threads": self.threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    "Global.log_level": "critical",
                }
            )
        return self._engine

    def _from_disk(self, key: str) -> PageText | None:
        if self.cache_dir is None:
            return None
        path = self.cache_dir / f"{key}.json"
        try:
            return PageText.from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            return None  # absent or damaged: read the page again

    def _to_disk(self, key: str, page: PageText) -> None:
        if self.cache_dir is None:
            return
        self.cache_dir.mkdir(parents=True, exist_ok=True)
        part = self.cache_dir / f"{key}.{os.getpid()}.part"
        part.write_text(page.to_json(), encoding="utf-8")
        part.replace(self.cache_dir / f"{key}.json")
