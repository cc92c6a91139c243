"""The charts of a document's pages: each read once, and questions that they answer."""

from collections.abc import Sequence
from functools import lru_cache

from PIL.Image import Image

from ...models.document_reader import OcrEngine, PageText
from ...models.tasks import PageRegion
from ..results import ToolResult
from . import chart_answers
from .charts import Chart, read_chart
from .pages import ReadPage
from .telling import Sitting

_FEW_LINES = 90


def chart_answer(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    for page, chart in charts(sitting, pages):
        told = chart_answers.answer_chart(chart, request)
        if told is None:
            continue
        evidence = sitting.regions(
            [
                PageRegion(
                    page=page.number, xyxy=page.text.turned_box(box), text=label.rpartition(":")[0]
                )
                for label, box in told.marks
            ]
        )
        return sitting.result(
            told.text, told.answer if told.found else "none", evidence, confidence=0.9,
            found=told.found, detail={"drawn": True},
        )  # fmt: skip
    return None


def charts(sitting: Sitting, pages: Sequence[ReadPage]) -> list[tuple[ReadPage, Chart]]:
    found = []
    for page in pages:
        if len(page.text.lines) <= _FEW_LINES:
            chart = chart_of(page.upright, page.text, sitting.reader.ocr)
            if chart is not None:
                found.append((page, chart))
    return found


@lru_cache(maxsize=32)
def _chart_cached(key: tuple[bytes, PageText], picture: "_Held", ocr: OcrEngine) -> Chart | None:
    assert picture.image is not None  # held for as long as `chart_of` runs
    return read_chart(picture.image, key[1].printed, ocr)


class _Held:
    """A picture that a cache neither looks at, its key is beside it, nor keeps."""

    def __init__(self, image: Image) -> None:
        self.image: Image | None = image

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


def chart_of(picture: Image, text: PageText, ocr: OcrEngine) -> Chart | None:
    """The chart of a page, remembered for the next question.

    Args:
        picture: upright. text: what is printed on it.
    """
    held = _Held(picture)
    try:
        return _chart_cached((picture.resize((32, 32)).tobytes(), text), held, ocr)
    finally:
        held.image = None
