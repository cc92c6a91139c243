"""What a question asks beyond pointing: comparisons, whole-page wishes, follow-ups.

Comparing and following up are worked out from answers that are read, never generated; these
patterns only take a question apart. A question that fits none goes to the model as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..common.values import CURRENCY, parse_number

_MORE = r"more|higher|greater|bigger|larger|over|above|exceed(?:s|ed|ing)?|north of|at least"
_LESS = r"less|lower|smaller|fewer|under|below|at most"
_LIMIT = re.compile(
    rf"\b(?P<more>{_MORE})?(?P<less>{_LESS})?\s*(?:than\s*)?(?P<figure>{CURRENCY}?\s?\d[\d.,]*)"
    rf"\s?(?:{CURRENCY}|dollars|ringgit|euros?|pounds)?\s*\W*$",
    re.I,
)
_DEAR = r"more expensive|dearer|pricier|costlier|costs? more|expensiver|higher priced|more"
_CHEAP = r"cheaper|less expensive|costs? less|lower priced|less"
_THAN = re.compile(
    rf"^(?:is|was|does|did|do|are|were)\s+(?:the\s+)?(?P<a>.+?)\s+(?:(?P<more>{_DEAR})|(?P<less>{_CHEAP}))"
    r"\s+than\s+(?:the\s+)?(?P<b>.+)$",
    re.I,
)
_WHICH = re.compile(
    rf"^(?:which|what)(?:\s+(?:one|of them))?\s+(?:is|was|are|were)?\s*(?:the\s+)?"
    rf"(?:(?P<more>{_DEAR})|(?P<less>{_CHEAP}))(?:\s+one)?\s*[,:]?\s*(?:the\s+)?"
    r"(?P<a>.+?)\s+or\s+(?:the\s+)?(?P<b>.+)$",
    re.I,
)
_OR_WHICH = re.compile(
    r"^(?:the\s+)?(?P<a>.+?)\s+or\s+(?:the\s+)?(?P<b>.+?)\s*[,:;-]?\s*(?:which|what)\b.*?"
    rf"(?:(?P<more>{_DEAR})|(?P<less>{_CHEAP}))$",
    re.I,
)
_OPENER = re.compile(
    r"^(?:(?:and|also|ok|okay|so|hi|hey|hello|please|sorry|um|uh|well|now|then|quick one|"
    r"thanks|thank you|great)\b[,.:!]*\s*)+",
    re.I,
)
_CLOSER = re.compile(
    r"(?:[\s,.!?]+(?:please|pls|plz|thanks|thx|thank you|can you see it|on this|again|then|too|"
    r"as well))+\s*[?!.]*$",
    re.I,
)
_ABOUT = re.compile(
    r"^(?:what about|how about|same for|and for|and)\s+(?:the\s+)?(?P<thing>.+)$", re.I
)
_PRICED = re.compile(
    r"^(?P<head>how much (?:is|was|were|are|does|did|for|of)|how many|(?:what(?:'s| is| was) )?the "
    r"(?:price|cost|amount|quantity|code) (?:of|for)|(?:unit )?price (?:of|for)|cost of|"
    r"quantity of|what (?:did|does|do)|is there(?: an?| any)?|did i buy)"
    r"\s+(?:the\s+|a\s+)?(?P<thing>.+?)"
    r"(?P<tail>\s+(?:cost|costs|come to|altogether|in total|each|on it|were bought|are there))?$",
    re.I,
)
_SELF_CONTAINED = re.compile(
    r"\b(?:what|when|where|who|whom|whose|which|how|is|are|was|were|does|did|do|list|find|give|"
    r"tell|show|read|can|could)\b",
    re.I,
)

SUMMARY = re.compile(
    r"\bsummar(?:i[sz]e|y of (?:this|the|it)\b)|\b(?:sum|summing) (?:it|this|that|them|"
    r"(?:this |the )?(?:letter|page|document|receipt|invoice|report)) up\b"
    r"|\bgist\b|\btl;?dr\b", re.I
)  # fmt: skip
"""Wishes for a summary, whatever it is of."""

Whole = Literal["read", "summary", "kind"]
WHOLE_EXAMPLES: dict[Whole, tuple[str, ...]] = {
    "read": (
        "what does this say?", "read it out to me", "read the text", "what is written here?",
        "transcribe this page", "give me the full text", "can you read this?", "OCR this",
        "what text is on this page?", "read the whole document aloud",
    ),
    "summary": (
        "summarise this document", "summarise this", "summarize it", "sum this up for me",
        "what is this about?", "give me a summary", "sum up this page",
        "what is the gist of it?", "tell me about this document", "describe this document",
        "what are the key points?",
    ),
    "kind": (
        "what kind of document is this?", "what type of document is it?", "what is this document?",
        "is this an invoice or a receipt?", "what sort of paper is this?", "which kind of form?",
        "what am I looking at?",
    ),
}  # fmt: skip
"""Wishes about the page as a whole; a question near enough to one of these is one."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Is the figure that `subject` asks for above (or below) `figure`?"""

    subject: str
    above: bool
    figure: Decimal


@dataclass(frozen=True, kw_only=True)
class Versus:
    """Which of two things costs more (or less); `yes_no` when asked as "is a dearer than b?"."""

    first: str
    second: str
    more: bool
    yes_no: bool


def bare(question: str) -> str:
    """Without greetings, fillers and end marks."""
    text = _OPENER.sub("", question.strip())
    previous = None
    while previous != text:
        previous, text = text, _CLOSER.sub("", text.strip()).strip(" ?!.")
    return text or question.strip()


def parse_limit(question: str) -> Limit | None:
    """ "Is the total more than 20?" """
    text = bare(question)
    if not re.match(r"^(?:is|was|did|does|do|are|were|has|have)\b", text, re.I):
        return None
    match = _LIMIT.search(text)
    if match is None or not (match["more"] or match["less"]):
        return None
    figure = parse_number(match["figure"])
    if figure is None:
        return None
    subject = re.sub(r"^\w+\s+(?:the\s+)?", "", text[: match.start()]).strip()
    subject = re.sub(r"\s*\b(?:cost|be|come to|amount to|worth)\b\s*$", "", subject, flags=re.I)
    plain = re.fullmatch(
        r"(?:it|this|that|i|we|they|the)?\s*(?:spend|pay|total|amount|bill|sum|price|everything|all|"
        r"whole thing|grand total|purchase)?(?:\s+(?:for\s+)?(?:it|in total|altogether))?",
        subject,
        re.I,
    )
    asked = "what is the total?" if plain else f"how much is the {subject}?"
    return Limit(subject=asked, above=bool(match["more"]), figure=figure)


def parse_versus(question: str) -> Versus | None:
    """ "Which costs more, tea or coffee?" and "is tea dearer than coffee?" """
    text = bare(question)
    for pattern, yes_no in ((_THAN, True), (_WHICH, False), (_OR_WHICH, False)):
        match = pattern.match(text)
        if match and not re.fullmatch(rf"{CURRENCY}?\s?\d[\d.,]*", match["b"], re.I):
            first = re.sub(r"\s+(?:cost|costs)$", "", match["a"], flags=re.I)
            return Versus(first=first, second=match["b"], more=bool(match["more"]), yes_no=yes_no)
    return None


def resolve(question: str, history: Sequence[str]) -> str:
    """A follow-up as a question of its own: "and the tea?" after "how much was the coffee?"."""
    text = bare(question)
    match = _ABOUT.match(question.strip().rstrip(" ?!.")) if history else None
    if match is None or len(match["thing"].split()) > 6:
        return question
    thing = bare(match["thing"])
    if _SELF_CONTAINED.search(thing):
        return thing
    for earlier in reversed(history):
        frame = _PRICED.match(bare(earlier))
        if frame is not None:
            asked_for_field = re.search(
                r"\b(?:date|total|tax|address|name|number|phone|change|cash|due|time|discount|"
                r"company|email|website|subtotal|when|where|who)\b",
                thing,
                re.I,
            )
            if asked_for_field:
                break
            return f"{frame['head']} the {thing}{frame['tail'] or ''}?"
        if not _ABOUT.match(earlier.strip()):
            break
    return f"what is the {thing}?" if text else question
