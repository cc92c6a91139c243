"""Where the words of an exact edit lie: things by grounding, text by OCR."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from ...data.edits import Area, Where
from ..artifacts import Artifact
from ..base import ToolContext
from ..gate import domain_of
from ..results import ToolError
from .exact import PixelBox

if TYPE_CHECKING:  # the reader's package brings torch; finding a tool must not wait for it
    from ...models.document_reader.ocr import TextLine

_NUMBERS = re.compile(r"\b(numbers?|digits|figures|prices?|amounts?|totals?|plates?|phone)\b", re.I)
# One field of a page; "the numbers" are all there are.
_FIELDS = re.compile(
    r"\b(?:(?:sub)?total|tax|vat|gst|date|company|shop|address|invoice number|due date|sum)\b(?!s)",
    re.IGNORECASE,
)
_DATES = re.compile(r"\bdates?\b", re.I)
_ADDRESSES = re.compile(r"\be-?mails?( address(es)?)?\b", re.I)
_TEXT = re.compile(
    r"\b(te?xts?|te?xt|words?|letters?|lettering|writing|captions?|labels?|signs?|names?|titles?"
    r"|headline|watermark|address|stamp|print|line of text)\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“”„'‘’](.+?)[\"“”'‘’]")
_IS_NUMBER = re.compile(r"\d")
_IS_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{1,2} [A-Z][a-z]{2,} \d{2,4}\b")
_ROOM = 0.15  # of a line's height, hidden around it


def find(
    context: ToolContext, artifact: Artifact, image: Image.Image, where: Where
) -> list[PixelBox]:
    """Boxes of what `where.thing` speaks of in the picture, within `where.area` if it names one.

    Raises:
        ToolError: nothing of the kind is there, or no model knows such things.
    """
    words = where.thing
    if domain_of(context, artifact).domain == "document" and _FIELDS.search(words):
        found = _printed(context, image, words)
        missing = "I find no such figure on this page."
    elif _speaks_of_text(words):
        found = [_box(line) for line in _lines(context, image, words)]
        missing = "I see no such text in this picture."
    else:
        if not context.toolbox.knows("ground", domain_of(context, artifact).domain):
            raise ToolError(
                f"I can't find {words or 'that'} in this kind of picture; tell me the part instead "
                "(“the top left corner”, “the middle”, or pixels such as “20,30 to 120,90”)."
            )
        grounder = context.toolbox.tool("ground")
        things = grounder.ground([image], [words], [context.asked(artifact)])[0]
        found = [tuple(round(edge) for edge in thing.xyxy) for thing in things]
        missing = f"I see no {_bare(words)} in this picture."
    inside = [box for box in found if _within(box, where.area, image.size)]
    if not inside:
        raise ToolError(missing if not found else f"{missing[:-1]} there.")
    return inside  # type: ignore[return-value]


def names_of(context: ToolContext, image: Image.Image, boxes: Sequence[PixelBox]) -> list[str]:
    """What stands in each box, as the scene parser reads it; "" where it reads nothing."""
    from ...models.common.boxes import iou

    nodes = context.toolbox.part("scene").parse([image])[0].nodes
    names = []
    for box in boxes:
        best = max(nodes, key=lambda n: iou(n.box.xyxy, box), default=None)
        if best is None or iou(best.box.xyxy, box) < 0.3:
            names.append("")
        else:
            names.append(f"{best.attributes['color']} {best.attributes['shape']}")
    return names


def _printed(context: ToolContext, image: Image.Image, words: str) -> list[PixelBox]:
    """Where the page prints what `words` name: "the total"."""
    reader = context.toolbox.tool("document_qa")
    told = reader.read([image], [f"what is {words}?"], [()])[0]
    return [tuple(round(edge) for edge in r.xyxy) for r in told.regions] if told.found else []  # type: ignore[misc]


def _speaks_of_text(words: str) -> bool:
    return any(p.search(words) for p in (_TEXT, _NUMBERS, _DATES, _ADDRESSES))


def _lines(context: ToolContext, image: Image.Image, words: str) -> list["TextLine"]:
    """The lines of text meant: those quoted, or of that kind, or all."""
    reader = context.toolbox.tool("document_qa")
    page = reader.ocr.read(image)
    lines = [replace(line, box=page.given_box(line.box)) for line in page.lines]
    if quoted := _QUOTED.search(words):
        return [line for line in lines if quoted[1].lower() in line.text.lower()]
    for asked, has in ((_DATES, _IS_DATE), (_ADDRESSES, re.compile("@")), (_NUMBERS, _IS_NUMBER)):
        if asked.search(words):
            return [line for line in lines if has.search(line.text)]
    return lines


def _box(line: "TextLine") -> PixelBox:
    x0, y0, x1, y1 = line.box
    room = _ROOM * (y1 - y0)
    return round(x0 - room), round(y0 - room), round(x1 + room), round(y1 + room)


def _within(box: Sequence[float], area: Area | None, size: tuple[int, int]) -> bool:
    if area is None:
        return True
    x0, y0, x1, y1 = area.pixels(*size)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x0 <= x <= x1 and y0 <= y <= y1


def _bare(words: str) -> str:
    return re.sub(r"^(the|a|an|all|every|each|any)\s+(the\s+)?", "", words.strip(), flags=re.I)
