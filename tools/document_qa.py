"""Answer a question from a document's pages, or take out of them what is asked for: a table, all
fields, ticked boxes, a chart's numbers, what differs from another document."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, Field

from .artifacts import Artifact
from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention
from .pages import Pages
from .results import Region, ToolResult

if TYPE_CHECKING:
    from .reading.answers import Structure


class DocumentArgs(OnAttachment):
    """Arguments of `document_qa`."""

    question: str = Field(min_length=1, max_length=2000, description="the person's question")


class DocumentTool(SightlineTool):
    """The `document_qa` tool."""

    name: str = "document_qa"
    description: str = "Answer a question from a document: a scan, a photo of a page, or a PDF."
    args_schema: type[BaseModel] = DocumentArgs
    specialist: ClassVar[Specialist] = "documents"
    argument: ClassVar[str] = "question"
    wants: ClassVar = "document"
    examples: ClassVar[tuple[str, ...]] = (
        "what's the total on this receipt?",
        "who sent the letter?",
        "when is it due",
        "list the items",
        "give me the table as csv",
        "extract all fields as json",
        "which boxes are ticked?",
        "what was the value in March?",
        "on which page is the signature?",
        "what differs between these two invoices?",
    )

    def look(self, question: str, artifact: str = "", **_: Any) -> ToolResult:
        """Read the pages; what the document lacks is answered `none`."""
        document = self.context.artifact(artifact)
        if (refused := abstention(self.context, document, self.name)) is not None:
            return refused
        reader = self.context.toolbox.tool(self.name)
        structure = self._structure(document, reader)
        history = self.context.asked(document)
        if structure is not None and (told := structure.answer(question, history)) is not None:
            return told.model_copy(update={"model": self.model_ref(self.name)})
        read = reader.read(Pages(self.context, document.id), [question], [history])[0]
        if read.found and not read.text:
            read = replace(read, text="none", found=False)
        second = structure.second_look(question) if structure and not read.found else None
        if second is not None:
            return second.model_copy(update={"model": self.model_ref(self.name)})
        regions = tuple(
            Region(artifact=document.id, page=r.page, x0=r.xyxy[0], y0=r.xyxy[1], x1=r.xyxy[2],
                   y1=r.xyxy[3], label=r.text) for r in read.regions
        )  # fmt: skip
        return ToolResult(
            text=read.text,
            answer=read.text if read.found else "none",
            evidence=regions if read.found else (),
            model=self.model_ref(self.name),
            confidence=read.confidence,
            premise="holds" if read.found else "absent",
        )

    def _structure(self, document: Artifact, reader: Any) -> "Structure | None":
        """What answers from charts, tables, tick boxes and pages; None beside another reader."""
        # Here and not above: these modules bring torch.
        from ..models.document_reader import LayoutDocumentReader
        from .reading.answers import Structure

        if not isinstance(reader, LayoutDocumentReader):
            return None
        return Structure(self.context, document, reader)
