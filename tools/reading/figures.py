"""Questions answered by weighing printed figures: against a number, against each other, how far
apart, and whether a figure that is named is the one printed. Each sentence says what was read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PIL.Image import Image

from ...models.common.values import AMOUNT, CURRENCY, parse_number, plain
from ...models.document_reader.wording import bare, parse_limit, parse_versus
from ...models.tasks import PageRegion
from ..results import ToolResult
from ..values import comparable
from .pages import ReadPage
from .side_by_side import other_document
from .telling import Sitting
from .wordings import FIELD, LESS, MORE, in_digits, subject_of

_MONEY = rf"{CURRENCY}?\s?\d[\d.,]*\d\s?{CURRENCY}?"
_EARLIER = re.compile(
    r"\b(?:than|as|from|to|with)\s+(?:on\s+|in\s+)?(?:the|my|that)\s+(?:last|previous|earlier"
    r"|other|one before|second|first)\b"
    r"(?:\s+(?:one|receipt|bill|invoice|document|time|letter))?\s*$", re.I
)  # fmt: skip
_IS = re.compile(rf"^(?:so )?(?:is|was) (?:the )?(?P<what>[a-z ]+?) "
                 rf"(?:really |exactly |equal to )?(?P<said>{_MONEY})$", re.I)  # fmt: skip
_IS_THE = re.compile(rf"^(?:so )?(?:is|was) (?P<said>{_MONEY}) (?:really )?(?:the|its|my) "
                     r"(?:right |correct |actual |true )?(?P<what>[a-z ]+)$", re.I)  # fmt: skip
_WITH = re.compile(rf"^compare (?:the )?(?P<what>[a-z ]+?) (?:with|to|against) (?P<said>{_MONEY})$",
                   re.I)  # fmt: skip
_BETWEEN = re.compile(r"\bdifference between (?:the )?(?P<one>.+?) and (?:the )?(?P<two>.+)$", re.I)
_HOW_MUCH = re.compile(
    rf"^how much (?P<way>{MORE}|{LESS}) (?P<one>.+?)(?: than (?:the )?(?P<two>.+))?$", re.I
)  # fmt: skip
_PRONOUN = re.compile(r"^\w+ (?:that|it|this)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A printed figure: how it is printed, its value, where it stands."""

    text: str
    value: Decimal
    regions: tuple[PageRegion, ...]


def answer_figures(
    sitting: Sitting, pages: Sequence[ReadPage], request: str, history: Sequence[str] = ()
) -> ToolResult | None:
    """The answer to a question that weighs figures; None for any other, or where one is missing.

    Args:
        history: the earlier questions about the document, oldest first.
    """
    asked = bare(in_digits(request))
    if _EARLIER.search(asked) and sitting.document.pages == 1 and not other_document(sitting):
        return sitting.absent(
            "I have only this one document here, so there is nothing to compare it with: "
            "send me the other one too."
        )
    pictures = [page.picture for page in pages]
    return (
        _against_limit(sitting, pictures, asked, history)
        or _as_said(sitting, pictures, asked)
        or _two(sitting, pictures, asked)
        or _apart(sitting, pictures, asked, history)
    )


def figure(sitting: Sitting, pictures: Sequence[Image], question: str) -> Figure | None:
    """The single figure that a question asks for, None where none is printed."""
    read = sitting.reader.read(pictures, [question])[0]
    value = parse_number(read.text) if read.found else None
    if value is None or isinstance(comparable(read.text), type(None)):
        return None
    return Figure(text=read.text, value=value, regions=read.regions)


def _named(sitting: Sitting, pictures: Sequence[Image], what: str) -> Figure | None:
    subject = subject_of(what)
    if re.fullmatch(r"(?:it|this|bill|amount|price|sum|receipt|invoice)?", subject, re.I):
        subject = "total"
    if FIELD.search(subject):
        return figure(sitting, pictures, f"what is the {subject}?")
    return figure(sitting, pictures, f"how much is the {subject}?")


def _against_limit(
    sitting: Sitting, pictures: Sequence[Image], asked: str, history: Sequence[str]
) -> ToolResult | None:
    limit = parse_limit(asked)
    if limit is None:
        return None
    read = None
    if _PRONOUN.match(asked) and history and parse_limit(history[-1]) is None:
        # "And the tax?" - "is that more than 3?"
        before = figure(sitting, pictures, history[-1])
        read = before if before is not None and AMOUNT.search(before.text) else None
    what = "it" if read is not None else _called(limit.subject)
    read = read or figure(sitting, pictures, limit.subject)
    if read is None:
        return None
    apart = abs(read.value - limit.figure)
    holds = read.value > limit.figure if limit.above else read.value < limit.figure
    told = f"{what} is {read.text}, {_way(read.value, limit.figure, apart)}"
    return _yes_no(sitting, holds, told, [read])


def _called(question: str) -> str:
    match = re.match(r"(?:what|how much) is (the .+?)\?$", question)
    return match[1] if match else "it"


def _way(value: Decimal, other: Decimal, apart: Decimal) -> str:
    if not apart:
        return f"exactly {plain(other)}"
    return f"{plain(apart)} {'more' if value > other else 'less'} than {plain(other)}"


def _as_said(sitting: Sitting, pictures: Sequence[Image], asked: str) -> ToolResult | None:
    """ "Is 8.70 the right total?", "is the total 8.70?", "compare the total with 50"."""
    match = _IS.match(asked) or _IS_THE.match(asked)
    beside = _WITH.match(asked)
    found = match or beside
    said = parse_number(found["said"]) if found else None
    if found is None or said is None or not (beside or FIELD.search(found["what"])):
        return None
    read = _named(sitting, pictures, found["what"])
    if read is None:
        return None
    what = f"the {subject_of(found['what'])}"
    if beside:
        text = f"{what[:1].upper()}{what[1:]} is {read.text}, "
        text += f"{_way(read.value, said, abs(read.value - said))}."
        return sitting.result(text, read.text, sitting.regions(read.regions))
    return _yes_no(sitting, read.value == said, f"{what} is {read.text}", [read])


def _two(sitting: Sitting, pictures: Sequence[Image], asked: str) -> ToolResult | None:
    """ "Was the cash more than the total?" Of items the reader itself says which is dearer."""
    versus = parse_versus(asked)
    if versus is None or not versus.yes_no:
        match = re.match(rf"^(?:is|was) (?:the )?(?P<a>.+?) (?:(?P<more>{MORE})|(?:{LESS})) than "
                         r"(?:the )?(?P<b>.+)$", asked, re.I)  # fmt: skip
        if match is None:
            return None
        names, more = (match["a"], match["b"]), bool(match["more"])
    else:
        names, more = (versus.first, versus.second), versus.more
    if not all(FIELD.search(name) for name in names):
        return None
    one, two = (_named(sitting, pictures, name) for name in names)
    if one is None or two is None:
        return None
    holds = one.value > two.value if more else one.value < two.value
    told = f"the {subject_of(names[0])} is {one.text} and the {subject_of(names[1])} {two.text}"
    return _yes_no(sitting, holds, told, [one, two])


def _apart(
    sitting: Sitting, pictures: Sequence[Image], asked: str, history: Sequence[str]
) -> ToolResult | None:
    match = _BETWEEN.search(asked) or _HOW_MUCH.match(asked)
    if match is None:
        return None
    names = [subject_of(match["one"]), subject_of(match["two"] or "")]
    if not match["two"]:
        # "Is the shampoo dearer than the tea?" - "how much more is the shampoo?"
        before = parse_versus(history[-1]) if history else None
        pair = [before.first, before.second] if before else []
        others = [name for name in pair if subject_of(name).lower() != names[0].lower()]
        if len(others) != 1:
            return None
        names[1] = subject_of(others[0])
    one, two = (_named(sitting, pictures, name) for name in names)
    if one is None or two is None:
        return None
    apart = plain(abs(one.value - two.value))
    text = f"{apart}: the {names[0]} is {one.text} and the {names[1]} {two.text}."
    return sitting.result(text, apart, sitting.regions([*one.regions, *two.regions]),
                          confidence=0.8)  # fmt: skip


def _yes_no(sitting: Sitting, holds: bool, told: str, figures: Sequence[Figure]) -> ToolResult:
    answer = "yes" if holds else "no"
    regions = [region for each in figures for region in each.regions]
    return sitting.result(f"{answer.capitalize()}: {told}.", answer, sitting.regions(regions),
                          confidence=0.85)  # fmt: skip
