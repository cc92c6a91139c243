"""Answers about documents that are worked out from structure: charts, tables, fields, tick boxes,
pages, two documents side by side. What none of these is, the reader of text answers.
"""

from collections.abc import Sequence

from ...models.document_reader import LayoutDocumentReader
from ...models.document_reader.wording import resolve
from ..artifacts import Artifact
from ..base import ToolContext
from ..results import ToolResult
from .figures import answer_figures
from .files import fields, table
from .page_answers import count_pages, find_page, on_pages, page_totals
from .page_charts import chart_answer
from .pages import ReadPage, read_pages
from .printed import beside_label, from_sentence, under_heading
from .side_by_side import compare
from .table_questions import answer_table
from .telling import Sitting
from .tick_answers import ticked
from .wishes import Wish, wish_of


class Structure:
    """Answers one request about one document.

    Args:
        context: of the turn. document: what is asked about. reader: reads it.
    """

    def __init__(
        self, context: ToolContext, document: Artifact, reader: LayoutDocumentReader
    ) -> None:
        self._sitting = Sitting(context, document, reader)

    def answer(self, request: str, history: Sequence[str] = ()) -> ToolResult | None:
        """The result, or None where the request is a question for the reader of text.

        Args:
            history: the earlier questions about the document, oldest first.
        """
        request = resolve(request, history)
        wish, sitting = wish_of(request), self._sitting
        if wish.kind == "count_pages":
            return count_pages(sitting)
        many = sitting.document.pages > 1
        wanted = wish.pages if many and wish.kind != "compare" else ()
        pages = read_pages(sitting.context, sitting.reader, sitting.document, wanted)
        told = self._wished(wish, pages, request)
        if told is None:
            told = chart_answer(sitting, pages, wish.rest or request)
        if told is None and many and wish.pages:
            return on_pages(sitting, pages, wish)
        return (
            told
            or answer_figures(sitting, pages, request, history)
            or answer_table(sitting, pages, request)
            or from_sentence(sitting, pages, request)
        )

    def second_look(self, request: str) -> ToolResult | None:
        """What is printed beside a label that the request names, where the reader found nothing."""
        sitting = self._sitting
        pages = read_pages(sitting.context, sitting.reader, sitting.document)
        return beside_label(sitting, pages, request) or under_heading(sitting, pages, request)

    def _wished(self, wish: Wish, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
        match wish.kind:
            case "compare":
                return compare(self._sitting, wish, pages)
            case "ticks":
                return ticked(self._sitting, pages, request)
            case "table":
                return table(self._sitting, pages, wish)
            case "fields":
                return fields(self._sitting, pages, wish)
            case "find_page" if self._sitting.document.pages > 1:
                return find_page(self._sitting, pages, request)
            case "page_totals" if self._sitting.document.pages > 1:
                return page_totals(self._sitting, pages)
        return None
