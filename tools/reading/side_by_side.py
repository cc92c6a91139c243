"""Two documents, or two pages of one, compared field by field and item by item."""

from collections.abc import Sequence

from ..artifacts import Artifact
from ..results import Evidence, ToolResult
from .comparing import Difference, differing_fields, differing_rows
from .pages import ReadPage, read_pages
from .telling import Sitting, as_evidence
from .wishes import Wish

_MOST_SHOWN = 20


def compare(sitting: Sitting, wish: Wish, pages: Sequence[ReadPage]) -> ToolResult | None:
    """Two pages of this document where two are named, else this document and another."""
    if len(wish.pages) == 2 and sitting.document.pages > 1:
        both = read_pages(sitting.context, sitting.reader, sitting.document, wish.pages)
        sides = [(sitting.document, [page]) for page in both]
        names = tuple(f"page {page.number}" for page in both)
    else:
        other = other_document(sitting)
        if other is None:
            return None
        theirs = read_pages(sitting.context, sitting.reader, other)
        order = [(other, theirs), (sitting.document, list(pages))]
        view = [artifact.id for artifact in sitting.context.attachments]
        sides = sorted(order, key=lambda side: view.index(side[0].id))
        names = tuple(artifact.name for artifact, _ in sides)
        if names[0] == names[1]:
            names = ("the first", "the second")
    pictures = [[page.picture for page in held] for _, held in sides]
    one, two = (sitting.reader.everything(each) for each in pictures)
    first, second = ((sitting.reader.tables(each) or [None])[0] for each in pictures)
    found = differing_fields(one, two) + differing_rows(first, second)
    evidence: list[Evidence] = []
    for difference in found:
        for (artifact, held), regions in zip(sides, difference.regions, strict=True):
            evidence += as_evidence(artifact.id, regions, held[0].number - 1)
    if not found:
        return sitting.result("I find no difference between them.", "none", ())
    lines = [_told(difference, names) for difference in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        lines.append(f"... and {len(found) - _MOST_SHOWN} more.")
    head = f"{len(found)} difference{'s' if len(found) != 1 else ''}:"
    answer = ", ".join(difference.name for difference in found)
    return sitting.result("\n".join([head, *lines]), answer, tuple(evidence), confidence=0.8)


def other_document(sitting: Sitting) -> Artifact | None:
    """The newest other document in view."""
    others = [
        artifact
        for artifact in sitting.context.attachments
        if artifact.id != sitting.document.id and artifact.domain == "document"
    ]
    return others[-1] if others else None


def _told(difference: Difference, names: Sequence[str]) -> str:
    if not difference.first or not difference.second:
        side = 1 if not difference.first else 0
        value = difference.first or difference.second
        shown = "" if value == "there" else f" ({value})"
        return f"- {difference.name}{shown}: only in {names[side]}"
    return (
        f"- {difference.name}: {difference.first} in {names[0]}, {difference.second} in {names[1]}"
    )
