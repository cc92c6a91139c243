"""Questions about tick boxes: which are ticked, and whether a certain one is."""

import re
from collections.abc import Sequence

from ...models.document_reader.matching import likeness
from ...models.tasks import PageRegion
from ..results import ToolResult
from .pages import ReadPage
from .telling import Sitting
from .ticks import Tick, read_ticks

_NOT = re.compile(r"\b(?:not|isn'?t|aren'?t|un ?ticked|unchecked|empty|blank|left)\b", re.I)
_COUNT = re.compile(r"\b(?:how many|number of|count)\b", re.I)
_OPEN = re.compile(r"\b(?:which|what|list|show|name|where)\b", re.I)
_ALIKE = 0.84


def ticked(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """What a request about tick boxes gets; None where there are none, or it names none of them."""
    found: list[tuple[ReadPage, Tick]] = []
    for page in pages:
        found += [(page, tick) for tick in read_ticks(page.upright, page.text.printed)]
    told = answer_ticks([tick for _, tick in found], request) if found else None
    if told is None:
        return None
    answer, text, rests = told
    regions = [
        PageRegion(page=page.number, xyxy=page.text.turned_box(tick.box), text=tick.label)
        for page, tick in found
        if tick in rests
    ]
    return sitting.result(
        text, answer, sitting.regions(regions), found=answer != "none", detail={"drawn": True}
    )


def answer_ticks(ticks: Sequence[Tick], question: str) -> tuple[str, str, list[Tick]] | None:
    """A short answer, a sentence and the boxes that it rests on.

    None where the question names a thing that no box stands by.
    """
    negated = _NOT.search(question) is not None
    named = _named(ticks, question)
    if named and not _OPEN.search(question) and not _COUNT.search(question):
        states = [tick.ticked != negated for tick in named]
        answer = "yes" if all(states) else "no"
        told = "; ".join(f"{t.label} is {'ticked' if t.ticked else 'not ticked'}" for t in named)
        return answer, f"{answer.capitalize()}: {told}.", named
    grouped = [tick for tick in ticks if tick.group and _said(tick.group, question)]
    among = grouped or list(ticks)
    held = [tick for tick in among if tick.ticked != negated]
    word = "not ticked" if negated else "ticked"
    if _COUNT.search(question):
        if not re.search(
            r"\b(?:tick|check|cross|mark|select|fill|empty|chosen)\w*", question, re.I
        ):
            return str(len(among)), f"There are {len(among)} boxes.", among
        return str(len(held)), f"{len(held)} of {len(among)} boxes are {word}.", held
    wide = re.search(r"\b(?:any|anything|box\w*|everything|all)\b", question, re.I)
    if not wide and not _OPEN.search(question) and re.search(r"\b(?:is|are)\b", question, re.I):
        return None  # about a box that is not there
    names = ", ".join(tick.label for tick in held)
    told = "; ".join(
        f"{group}: {', '.join(t.label for t in held if t.group == group)}" if group else
        ", ".join(t.label for t in held if not t.group)
        for group in dict.fromkeys(tick.group for tick in held)
    )  # fmt: skip
    text = f"{word.capitalize()}: {told}." if held else f"No box is {word}."
    return names or "none", text, held


def _said(name: str, question: str) -> bool:
    return likeness(name, question) > _ALIKE


def _named(ticks: Sequence[Tick], question: str) -> list[Tick]:
    """The boxes whose words a question holds, the longest match alone ("male" in "female")."""
    low = question.lower()
    exact = [t for t in ticks if re.search(rf"(?<!\w){re.escape(t.label.lower())}(?!\w)", low)]
    found = exact or [tick for tick in ticks if _said(tick.label, question)]
    longest = max((len(tick.label) for tick in found), default=0)
    several = [t for t in found if len(t.label) == longest or t in exact]
    groups = {t.group for t in several if t.group and _said(t.group, question)}
    return [t for t in several if t.group in groups] if groups else several
