"""Questions about the pages of a document: how many, on which one, one alone, all added up."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ...models.common.values import CURRENCY, parse_number, plain
from ...models.document_reader.matching import likeness
from ...models.tasks import PageRegion
from ..base import joined
from ..results import ToolResult
from .pages import ReadPage
from .telling import Sitting, paged
from .wishes import Wish

_FOUND = 0.85
_SIGN = re.compile(CURRENCY, re.I)
_FILLER = re.compile(
    r"\b(?:on|which|what|pages?|is|are|was|does|do|can|i|find|the|a|an|it|say|says|mention\w*|talk"
    r"\w*|about|there|appear\w*|printed|written|shown|stand\w*|where|see|has|have|contains?|of"
    r"|please|number|tell|me)\b|[?!.,]", re.I
)  # fmt: skip


def count_pages(sitting: Sitting) -> ToolResult:
    """How many pages the document has, those that were not rendered too."""
    count = sitting.document.pages
    # A notice tells of a longer document that was read in part.
    whole = [re.search(r"has (\d+) pages", notice) for notice in sitting.document.notices]
    told = next((int(match[1]) for match in whole if match), count)
    text = f"{sitting.document.name} has {told} page{'s' if told != 1 else ''}."
    return sitting.result(text, str(told))


def find_page(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """The pages that print a thing; None where the request names none."""
    quoted = re.search(r"[\"“'‘](.{2,}?)[\"”'’]", request)
    subject = quoted[1] if quoted else " ".join(_FILLER.sub(" ", request).split())
    if not subject:
        return None
    scored = []
    for page in pages:
        for line in page.text.lines:
            score = likeness(subject, line.text)
            scored.append((score, -page.number, line, page))
    score, _, line, page = max(scored, key=lambda each: (each[0], each[1]), default=(0, 0, 0, 0))
    if score >= _FOUND and line and page:
        held = sorted({-n for s, n, _, _ in scored if s >= max(_FOUND, 0.97 * score)})
        box = page.text.given_box(line.box)
        region = PageRegion(page=page.number, xyxy=box, text=line.text)
        where = f"page{'s' if len(held) > 1 else ''} {joined([str(n) for n in held])}"
        text = f"{subject[:1].upper()}{subject[1:]} is on {where}."
        answer = ", ".join(str(n) for n in held)
        return sitting.result(text, answer, sitting.regions([region]), confidence=float(score))
    pictures = [page.picture for page in pages]
    read = sitting.reader.read(pictures, [f"what is the {subject}?"])[0]
    if not read.found or not read.regions:
        return sitting.absent(f"I find {subject} on no page.")
    number = read.regions[0].page
    text = f"{subject[:1].upper()}{subject[1:]} is on page {number}: {read.text}."
    return sitting.result(text, str(number), sitting.regions(read.regions[:1]))


def page_totals(sitting: Sitting, pages: Sequence[ReadPage]) -> ToolResult | None:
    """The totals of all pages added up, if they are of one currency."""
    told, regions, sums = [], [], Decimal(0)
    for page in pages:
        sitting.context.go_on()
        read = sitting.reader.fields([page.picture]).get("total")
        value = parse_number(read.text) if read is not None else None
        if read is None or value is None:
            continue
        sums += value
        told.append(f"page {page.number}: {read.text}")
        regions += [paged(region, page.number - 1) for region in read.regions]
    if not told:
        return sitting.absent("I find no totals on these pages.")
    signs = {match[0].upper() for each in told if (match := _SIGN.search(each))}
    if len(signs) > 1:
        text = f"These are in different currencies, so I don't add them: {', '.join(told)}."
        return sitting.absent(text, regions)
    text = f"{plain(sums)} altogether ({', '.join(told)})."
    return sitting.result(text, plain(sums), sitting.regions(regions), confidence=0.8)


def on_pages(sitting: Sitting, pages: Sequence[ReadPage], wish: Wish) -> ToolResult:
    """A question about some pages alone; "what is on page 2" wants them summed up."""
    shift = pages[0].number - 1
    asked = wish.rest
    if not _FILLER.sub(" ", asked).strip(" s'"):
        asked = "summarise this document"
    read = sitting.reader.read([page.picture for page in pages], [asked])[0]
    regions = [paged(region, shift) for region in read.regions]
    place = joined([str(page.number) for page in pages])
    text = read.text if read.found else f"That is not on page {place}."
    return sitting.result(
        text, read.text if read.found else "none", sitting.regions(regions),
        confidence=read.confidence, found=read.found, detail={"worded": not read.found},
    )  # fmt: skip
