"""Answer a question from a document's pages."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention
from .pages import Pages
from .results import Region, ToolResult


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
    )

    def look(self, question: str, artifact: str = "", **_: Any) -> ToolResult:
        """Read the pages; what the document lacks is answered `none`."""
        document = self.context.artifact(artifact)
        if (refused := abstention(self.context, document, self.name)) is not None:
            return refused
        read = self.context.toolbox.tool(self.name).read(
            Pages(self.context, document.id), [question], [self.context.asked(document)]
        )[0]
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
