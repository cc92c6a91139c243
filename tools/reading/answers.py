"""Answers about documents that are worked out from structure: charts, tables, fields, tick boxes,
pages, two documents side by side. What none of these is, the reader of text answers.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from PIL.Image import Image

from ...models.common.values import CURRENCY, parse_number, plain
from ...models.document_reader import LayoutDocumentReader, OcrEngine, PageText
from ...models.document_reader.matching import likeness
from ...models.document_reader.whole import ReadTable
from ...models.tasks import PageRegion
from ..artifacts import Artifact
from ..base import ToolContext, joined
from ..results import Evidence, Region, ToolResult
from . import chart_answers, exports
from .charts import Chart, read_chart
from .comparing import Difference, differing_fields, differing_rows
from .grids import find_grid
from .pages import ReadPage, read_pages
from .tick_answers import answer_ticks
from .ticks import read_ticks
from .wishes import Wish, wish_of

_FEW_LINES = 90
_FOUND = 0.85
_MOST_SHOWN = 20
_SIGN = re.compile(CURRENCY, re.I)
_FILLER = re.compile(
    r"\b(?:on|which|what|pages?|is|are|was|does|do|can|i|find|the|a|an|it|say|says|mention\w*|talk"
    r"\w*|about|there|appear\w*|printed|written|shown|stand\w*|where|see|has|have|contains?|of"
    r"|please|number|tell|me)\b|[?!.,]", re.I
)  # fmt: skip


class Structure:
    """Answers one request about one document.

    Args:
        context: of the turn. document: what is asked about. reader: reads it.
    """

    def __init__(
        self, context: ToolContext, document: Artifact, reader: LayoutDocumentReader
    ) -> None:
        self.context, self.document, self.reader = context, document, reader

    def answer(self, request: str) -> ToolResult | None:
        """The result, or None where the request is a question for the reader of text."""
        wish = wish_of(request)
        if wish.kind == "count_pages":
            return self._count_pages()
        many = self.document.pages > 1
        pages = read_pages(
            self.context, self.reader, self.document,
            wish.pages if many and wish.kind != "compare" else (),
        )  # fmt: skip
        told = self._wished(wish, pages, request)
        if told is None:
            told = self._chart_answer(pages, wish.rest or request)
        if told is None and many and wish.pages:
            told = self._on_pages(pages, wish)
        return told

    def _wished(self, wish: Wish, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
        match wish.kind:
            case "compare":
                return self._compare(wish, pages)
            case "ticks":
                return self._ticks(pages, request)
            case "table":
                return self._table(pages, wish)
            case "fields":
                return self._fields(pages, wish)
            case "find_page" if self.document.pages > 1:
                return self._find_page(pages, request)
            case "page_totals" if self.document.pages > 1:
                return self._page_totals(pages)
        return None

    # Charts -----------------------------------------------------------------------------------

    def _chart_answer(self, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
        for page, chart in self._charts(pages):
            told = chart_answers.answer_chart(chart, request)
            if told is None:
                continue
            evidence = tuple(
                Region(artifact=self.document.id, page=page.number, x0=box[0], y0=box[1],
                       x1=box[2], y1=box[3], label=label.rpartition(":")[0])
                for label, box in told.marks
            )  # fmt: skip
            return self._result(
                told.text, told.answer if told.found else "none", evidence, confidence=0.9,
                found=told.found, detail={"drawn": True},
            )  # fmt: skip
        return None

    def _charts(self, pages: Sequence[ReadPage]) -> list[tuple[ReadPage, Chart]]:
        found = []
        for page in pages:
            if len(page.text.lines) <= _FEW_LINES and not page.text.turned:
                chart = chart_of(page.picture, page.text, self.reader.ocr)
                if chart is not None:
                    found.append((page, chart))
        return found

    # Files ------------------------------------------------------------------------------------

    def _table(self, pages: Sequence[ReadPage], wish: Wish) -> ToolResult | None:
        charts = self._charts(pages)
        if charts:
            rows = chart_answers.chart_rows(charts[0][1])
            return self._file(rows[0], rows[1:], wish.format or "csv", "chart", ())
        table = self._best_table(pages)
        if table is None:
            return self._result("I find no table in this document.", "none", (), found=False)
        regions = [
            region for row in table.rows for cell in row for region in cell.regions
        ]  # fmt: skip
        rows = [[cell.text for cell in row] for row in table.rows]
        return self._file(table.columns, rows, wish.format or "csv", "table", regions)

    def _best_table(self, pages: Sequence[ReadPage]) -> ReadTable | None:
        """The table that the model knows, over all pages; else the largest one by geometry."""
        known = self.reader.tables([page.picture for page in pages])
        if known and len(known[0].columns) > 1:
            return self._numbered(known[0], pages)
        grids = [grid for page in pages if (grid := find_grid(page.text, page.number)) is not None]
        return max(grids, key=lambda grid: len(grid.rows) * len(grid.columns), default=None) or (
            self._numbered(known[0], pages) if known else None
        )

    @staticmethod
    def _numbered(table: ReadTable, pages: Sequence[ReadPage]) -> ReadTable:
        return table if pages[0].number == 1 else _moved(table, pages[0].number - 1)

    def _file(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        form: str,
        what: str,
        regions: Sequence[PageRegion],
    ) -> ToolResult:
        if form == "json":
            text = exports.json_text(exports.records(columns, rows))
        else:
            text = exports.csv_text([columns, *rows])
        made = exports.export(self.context, self.document, text, form, what)
        size = f"{len(rows)} row{'s' if len(rows) != 1 else ''}, {len(columns)} columns"
        return self._result(
            f"{made.name} ({size}):\n{exports.preview(text)}", None, self._regions(regions),
            made=(made.id,),
        )  # fmt: skip

    def _fields(self, pages: Sequence[ReadPage], wish: Wish) -> ToolResult | None:
        charts = self._charts(pages)
        if charts:
            return self._table(pages, wish)
        pictures = [page.picture for page in pages]
        fields = self.reader.everything(pictures)
        tables = self.reader.tables(pictures)
        if not fields and not tables:
            return self._result("I find no fields in this document.", "none", (), found=False)
        value: dict[str, object] = {key: answer.text for key, answer in fields.items()}
        shift = pages[0].number - 1
        regions = [
            _paged(region, shift, f"{key.replace('_', ' ')}: {answer.text}")
            for key, answer in fields.items()
            for region in answer.regions
        ]
        if tables:
            rows = [[cell.text for cell in row] for row in tables[0].rows]
            value["items"] = exports.records(tables[0].columns, rows)
            regions += [_paged(r, shift) for row in tables[0].rows for c in row for r in c.regions]
        if self.reader.read(pictures[:1], ["what kind of document is this?"])[0].text == "form":
            ticks = [tick for page in pages for tick in read_ticks(page.picture, page.text.lines)]
            value["ticked"] = [tick.label for tick in ticks if tick.ticked]
        if wish.format == "csv":
            text = exports.csv_text([["field", "value"], *[[k, a.text] for k, a in fields.items()]])
        else:
            text = exports.json_text(value)
        form = wish.format or "json"
        made = exports.export(self.context, self.document, text, form, "fields")
        listed = "\n".join(f"{key.replace('_', ' ')}: {a.text}" for key, a in fields.items())
        if tables:
            listed += f"\nitems: {len(tables[0].rows)} rows"
        shown = exports.preview(text) if wish.format else listed
        return self._result(
            f"{made.name}:\n{shown}", None, self._regions(regions), made=(made.id,),
            detail={"fields": value},
        )  # fmt: skip

    # Tick boxes -------------------------------------------------------------------------------

    def _ticks(self, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
        ticks = []
        page_of: dict[int, int] = {}
        for page in pages:
            if page.text.turned:
                continue
            for tick in read_ticks(page.picture, page.text.lines):
                page_of[id(tick)] = page.number
                ticks.append(tick)
        told = answer_ticks(ticks, request) if ticks else None
        if told is None:
            return None
        answer, text, rests = told
        evidence = tuple(
            Region(artifact=self.document.id, page=page_of[id(tick)], x0=tick.box[0],
                   y0=tick.box[1], x1=tick.box[2], y1=tick.box[3], label=tick.label)
            for tick in rests
        )  # fmt: skip
        found = answer != "none"
        return self._result(text, answer, evidence, found=found, detail={"drawn": True})

    # Pages ------------------------------------------------------------------------------------

    def _count_pages(self) -> ToolResult:
        count = self.document.pages
        # A notice tells of a longer document that was read in part.
        whole = [re.search(r"has (\d+) pages", notice) for notice in self.document.notices]
        told = next((int(match[1]) for match in whole if match), count)
        text = f"{self.document.name} has {told} page{'s' if told != 1 else ''}."
        return self._result(text, str(told), ())

    def _find_page(self, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
        quoted = re.search(r"[\"“'‘](.{2,}?)[\"”'’]", request)
        subject = quoted[1] if quoted else " ".join(_FILLER.sub(" ", request).split())
        if not subject:
            return None
        scored = []
        for page in pages:
            for line in page.text.lines:
                score = likeness(subject, line.text)
                scored.append((score, -page.number, line, page))
        score, _, line, page = max(
            scored, key=lambda each: (each[0], each[1]), default=(0, 0, 0, 0)
        )
        if score >= _FOUND and line and page:
            held = sorted({-n for s, n, _, _ in scored if s >= max(_FOUND, 0.97 * score)})
            box = page.text.given_box(line.box)
            region = PageRegion(page=page.number, xyxy=box, text=line.text)
            where = f"page{'s' if len(held) > 1 else ''} {joined([str(n) for n in held])}"
            text = f"{subject[:1].upper()}{subject[1:]} is on {where}."
            answer = ", ".join(str(n) for n in held)
            return self._result(text, answer, self._regions([region]), confidence=float(score))
        pictures = [page.picture for page in pages]
        read = self.reader.read(pictures, [f"what is the {subject}?"])[0]
        if not read.found or not read.regions:
            return self._result(f"I find {subject} on no page.", "none", (), found=False)
        number = read.regions[0].page
        text = f"{subject[:1].upper()}{subject[1:]} is on page {number}: {read.text}."
        return self._result(text, str(number), self._regions(read.regions[:1]))

    def _page_totals(self, pages: Sequence[ReadPage]) -> ToolResult | None:
        told, regions, sums = [], [], Decimal(0)
        for page in pages:
            self.context.go_on()
            read = self.reader.fields([page.picture]).get("total")
            value = parse_number(read.text) if read is not None else None
            if read is None or value is None:
                continue
            sums += value
            told.append(f"page {page.number}: {read.text}")
            regions += [_paged(region, page.number - 1) for region in read.regions]
        if not told:
            return self._result("I find no totals on these pages.", "none", (), found=False)
        signs = {match[0].upper() for each in told if (match := _SIGN.search(each))}
        if len(signs) > 1:
            text = f"These are in different currencies, so I don't add them: {', '.join(told)}."
            return self._result(text, "none", self._regions(regions), found=False)
        text = f"{plain(sums)} altogether ({', '.join(told)})."
        return self._result(text, plain(sums), self._regions(regions), confidence=0.8)

    def _on_pages(self, pages: Sequence[ReadPage], wish: Wish) -> ToolResult:
        """A question about some pages alone; "what is on page 2" wants them summed up."""
        shift = pages[0].number - 1
        asked = wish.rest
        if not _FILLER.sub(" ", asked).strip(" s'"):
            asked = "summarise this document"
        read = self.reader.read([page.picture for page in pages], [asked])[0]
        regions = [_paged(region, shift) for region in read.regions]
        place = joined([str(page.number) for page in pages])
        text = read.text if read.found else f"That is not on page {place}."
        return self._result(
            text, read.text if read.found else "none", self._regions(regions),
            confidence=read.confidence, found=read.found, detail={"worded": not read.found},
        )  # fmt: skip

    # Two documents ----------------------------------------------------------------------------

    def _compare(self, wish: Wish, pages: Sequence[ReadPage]) -> ToolResult | None:
        """Two pages of this document where two are named, else this document and another."""
        if len(wish.pages) == 2 and self.document.pages > 1:
            both = read_pages(self.context, self.reader, self.document, wish.pages)
            sides = [(self.document, [page]) for page in both]
            names = tuple(f"page {page.number}" for page in both)
        else:
            other = self._other()
            if other is None:
                return None
            theirs = read_pages(self.context, self.reader, other)
            order = [(other, theirs), (self.document, list(pages))]
            view = [artifact.id for artifact in self.context.attachments]
            sides = sorted(order, key=lambda side: view.index(side[0].id))
            names = tuple(artifact.name for artifact, _ in sides)
            if names[0] == names[1]:
                names = ("the first", "the second")
        pictures = [[page.picture for page in held] for _, held in sides]
        one, two = (self.reader.everything(each) for each in pictures)
        first, second = ((self.reader.tables(each) or [None])[0] for each in pictures)
        found = differing_fields(one, two) + differing_rows(first, second)
        evidence: list[Evidence] = []
        for difference in found:
            for (artifact, held), regions in zip(sides, difference.regions, strict=True):
                evidence += _as_evidence(artifact.id, regions, held[0].number - 1)
        if not found:
            return self._result("I find no difference between them.", "none", ())
        lines = [_told(difference, names) for difference in found[:_MOST_SHOWN]]
        if len(found) > _MOST_SHOWN:
            lines.append(f"... and {len(found) - _MOST_SHOWN} more.")
        head = f"{len(found)} difference{'s' if len(found) != 1 else ''}:"
        answer = ", ".join(difference.name for difference in found)
        return self._result("\n".join([head, *lines]), answer, tuple(evidence), confidence=0.8)

    def _other(self) -> Artifact | None:
        """The newest other document in view."""
        others = [
            artifact
            for artifact in self.context.attachments
            if artifact.id != self.document.id and artifact.domain == "document"
        ]
        return others[-1] if others else None

    # Results ----------------------------------------------------------------------------------

    def _regions(self, regions: Sequence[PageRegion]) -> tuple[Evidence, ...]:
        return tuple(_as_evidence(self.document.id, regions, 0))

    def _result(
        self,
        text: str,
        answer: str | None,
        evidence: tuple[Evidence, ...],
        *,
        confidence: float = 0.9,
        found: bool = True,
        made: tuple[str, ...] = (),
        detail: dict[str, object] | None = None,
    ) -> ToolResult:
        return ToolResult(
            text=text,
            answer=answer,
            evidence=evidence,
            artifacts=made,
            confidence=max(0.0, min(1.0, confidence)),
            premise="holds" if found else "absent",
            detail={"worded": True, **(detail or {})},
        )


@lru_cache(maxsize=32)
def _chart_cached(key: tuple[bytes, PageText], picture: "_Held", ocr: OcrEngine) -> Chart | None:
    return read_chart(picture.image, key[1].lines, ocr)


class _Held:
    """A picture that a cache does not look at: its key is beside it."""

    def __init__(self, image: Image) -> None:
        self.image = image

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


def chart_of(picture: Image, text: PageText, ocr: OcrEngine) -> Chart | None:
    """The chart of a page, remembered for the next question."""
    return _chart_cached((picture.resize((32, 32)).tobytes(), text), _Held(picture), ocr)


def _as_evidence(artifact: str, regions: Sequence[PageRegion], shift: int) -> list[Evidence]:
    return [
        Region(artifact=artifact, page=region.page + shift, x0=region.xyxy[0], y0=region.xyxy[1],
               x1=region.xyxy[2], y1=region.xyxy[3], label=region.text)
        for region in regions
    ]  # fmt: skip


def _paged(region: PageRegion, shift: int, label: str = "") -> PageRegion:
    return PageRegion(page=region.page + shift, xyxy=region.xyxy, text=label or region.text)


def _moved(table: ReadTable, shift: int) -> ReadTable:
    rows = tuple(
        tuple(
            type(cell)(text=cell.text, regions=tuple(_paged(r, shift) for r in cell.regions))
            for cell in row
        )
        for row in table.rows
    )
    return ReadTable(columns=table.columns, rows=rows)


def _told(difference: Difference, names: Sequence[str]) -> str:
    if not difference.first or not difference.second:
        side = 1 if not difference.first else 0
        value = difference.first or difference.second
        shown = "" if value == "there" else f" ({value})"
        return f"- {difference.name}{shown}: only in {names[side]}"
    return (
        f"- {difference.name}: {difference.first} in {names[0]}, {difference.second} in {names[1]}"
    )
