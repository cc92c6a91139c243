"""What every answer about a document is made with: its pages, its reader, results with places."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.document_reader import LayoutDocumentReader
from ...models.tasks import PageRegion
from ..artifacts import Artifact
from ..base import ToolContext
from ..results import Evidence, Region, ToolResult


@dataclass(frozen=True)
class Sitting:
    """One request about one document.

    Attributes:
        context: of the turn. document: what is asked about. reader: reads it.
    """

    context: ToolContext
    document: Artifact
    reader: LayoutDocumentReader

    def regions(self, regions: Sequence[PageRegion]) -> tuple[Evidence, ...]:
        """Places of this document as evidence."""
        return as_evidence(self.document.id, regions)

    def absent(self, text: str, regions: Sequence[PageRegion] = ()) -> ToolResult:
        """The document does not have it; `text` says what."""
        return self.result(text, "none", self.regions(regions), found=False)

    def result(
        self,
        text: str,
        answer: str | None,
        evidence: tuple[Evidence, ...] = (),
        *,
        confidence: float = 0.9,
        found: bool = True,
        made: tuple[str, ...] = (),
        detail: dict[str, object] | None = None,
    ) -> ToolResult:
        """A result whose sentence is `text` as it stands, unless `detail` says otherwise."""
        return ToolResult(
            text=text,
            answer=answer,
            evidence=evidence,
            artifacts=made,
            confidence=max(0.0, min(1.0, confidence)),
            premise="holds" if found else "absent",
            detail={"worded": True, **(detail or {})},
        )


def as_evidence(
    artifact: str, regions: Sequence[PageRegion], shift: int = 0
) -> tuple[Evidence, ...]:
    """Regions of some pages as evidence; `shift` is the number of pages before them."""
    return tuple(
        Region(artifact=artifact, page=region.page + shift, x0=region.xyxy[0], y0=region.xyxy[1],
               x1=region.xyxy[2], y1=region.xyxy[3], label=region.text)
        for region in regions
    )  # fmt: skip


def paged(region: PageRegion, shift: int, label: str = "") -> PageRegion:
    """A region with the number of its page in the whole document."""
    return PageRegion(page=region.page + shift, xyxy=region.xyxy, text=label or region.text)
