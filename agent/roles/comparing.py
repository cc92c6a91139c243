"""Comparisons between files in view: the same question asked of each, and the answers weighed.

"Which of the two has more cubes?" is one question a picture, "is the total more than on the last
one?" one a page. A comparison within one picture ("more cubes than balls?") is none of these: it
needs words that speak of the files themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...tools.gate import domain_of
from ..planning import Comparison, Plan, PlannedCall
from ..turn import TurnContext
from .naming import NOUN, place_of

Order = Literal["more", "less", "same"]
_PLACE = (
    r"(?P<{0}>first|1st|one before|second|2nd|third|3rd|other|previous|earlier|former|latter"
    r"|last|newest|newer|older|left|right)"
)
_ABOUT = r"(?:the|that|this|my|on|in|from|of|for|with|at|what's|is|total|amount|date|picture|a)\s+"
_THAN = re.compile(
    rf"\b(?:than|as|from|with|to|and|beats?|exceeds?)\s+(?:{_ABOUT})*(?:{_PLACE.format('other')}"
    rf"(?:\s+(?:one|{NOUN}))?(?:'s)?|(?P<its>that one|this one|the one before|the one i sent))"
    r"(?=\s*(?:$|[,.?!;)]|\b(?:is|are|do|does|did|has|have|had|was|and|by|please|pls|show\w*|i)\b))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b(?:(?:the|my|in|on)\s+{_PLACE.format('one')}(?:\s+(?:one|{NOUN}))?|(?P<this>this|it))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b(?:(?:the|these|those|my|both|both the|both of the) (?:two|three|2|3|four)(?: {NOUN})?"
    rf"|both(?: of (?:them|these))?|each (?:of|one)|both (?:of )?(?:the |these |my )?{NOUN}"
    rf"|(?:these|those|the) {NOUN}|the two|these two|of them|of these|the pair)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\b(?:which|what)(?:'s| is)?(?: the)?\s+(?:(?:one|{NOUN}|of|has|have|shows?|contains?|is|was"
    r"|got|costs?)\b|\w+\s+of\b)",
    re.IGNORECASE,
)
_WHICH_FILE = re.compile(
    rf"\b(?:which|what|whose) (?:one|{NOUN})\b|\bwhich (?:has|shows|is|was|cost\w*)\b",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor the (?!other|second|first|last|right|left)", re.IGNORECASE)
_MORE = re.compile(
    r"\b(more|most|higher|highest|larger|largest|bigger|biggest|greater|greatest|later|latest"
    r"|newer|newest|more recent|most recent|dearer|dearest|pricier|priciest|expensive|above"
    r"|exceeds?|beats?|longer)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(fewer|fewest|less|least|lower|lowest|smaller|smallest|older|oldest|cheaper|cheapest|below"
    r"|under|earlier(?= than| date| due|\?|$)|earliest|sooner|before(?= the))\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(same|as many|as much|equal|equally|identical)\b", re.IGNORECASE)
_BY_HOW = re.compile(
    r"\b(differen(?:ce|t)|how (?:many|much) (?:more|less|fewer|higher|lower)|by how)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(whether|if|is|are|does|do|did|was|has)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:(?:more|most|fewer|fewest|less|least|same (?:number|amount|count) of|as many|number of"
    r"|by how many"
    r"|equal number of|equally many|same)|(?:largest|biggest|highest|larger|bigger|higher|greater"
    r"|greatest|smallest|lowest|lower|smaller) (?:number|count|amount) of)\s+(?:of\s+)?"
    r"(?P<noun>(?!than|in|on|of\b|or\b)[a-z][a-z' -]*?)"
    r"(?=\s*(?:$|[,.?!;)]|\b(?:than|in|on|are|is|as|does|do|has|have|had|there|and|between|across"
    r"|or|can|to|at|we|you|i|please|pls|visible|overall|would|from|inside|over)\b))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b((?:grand |sub[- ]?|net |final |overall )?total(?! of)(?: amount| due)?"
    r"|amount(?: due| paid| payable)?|sub-?total"
    r"|balance(?: due)?|sum|tax|vat|gst|discount|change|tip|due date|issue date|invoice date|date"
    r"|price)s?\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(later|latest|newer|newest|older|oldest|earlier|earliest|recent|sooner)\b", re.IGNORECASE
)
_PAGE = re.compile(
    r"\b(?P<page>first|second|third|last)\s+page\b|\bpage\s+(?P<number>\d+|one|two|three)\b",
    re.IGNORECASE,
)
_PLAIN = {"things", "objects", "items", "stuff", "shapes", "pieces", "ones", "things on it"}


@dataclass(frozen=True, kw_only=True)
class _Meant:
    """A comparison as said: each file's question, and what is asked of the answers."""

    tool: str
    questions: tuple[str, ...]
    files: tuple[str, ...]
    comparison: Comparison


def compared(plan: Plan, turn: TurnContext) -> Plan | None:
    """The calls of a comparison between files in view, or None where the turn is none."""
    meant = _pages_meant(turn) or _meant(turn)
    if meant is None:
        return None
    argument = turn.tools[meant.tool].argument
    calls = tuple(
        PlannedCall(tool=meant.tool, args={argument: question, "artifact": file})
        for question, file in zip(meant.questions, meant.files, strict=True)
    )
    return replace(plan, calls=calls, reply="", comparisons=(meant.comparison,))


def _meant(turn: TurnContext) -> _Meant | None:
    text = turn.text
    order = _order(text)
    than = _THAN.search(text)
    several = _SEVERAL.search(text)
    which = _WHICH.search(text) and not _ALTERNATIVE.search(text)
    if order is None or not (than or several or (which and _WHICH_FILE.search(text))):
        return None
    files, pages = _candidates(turn)
    if len(files) < 2:
        return None
    noun, tool, question = _question(text, pages)
    if not noun:
        return None
    if than is None and _ALTERNATIVE.search(text):
        return None
    asks: Literal["whether", "which", "difference"] = "whether"
    if which and _WHICH_FILE.search(text):
        asks = "which"
    elif _BY_HOW.search(text) and not _WHETHER.match(text):
        asks = "difference"
    elif which and not than:
        asks = "which"
    sides = files if than is None else _sides(text, than, files)
    if than is None and (asks != "which" or len(files) > 2) and not turn.fresh:
        sides = files[-2:]
    return _Meant(
        tool=tool, questions=(question,) * len(sides), files=tuple(sides),
        comparison=Comparison(calls=tuple(range(len(sides))), asks=asks, order=order, noun=noun),
    )  # fmt: skip


def _pages_meant(turn: TurnContext) -> _Meant | None:
    """A comparison between pages of one document: "is it more than on the first page?"."""
    order, said = _order(turn.text), list(_PAGE.finditer(turn.text))
    files, pages = _candidates(turn)
    if order is None or not said or not pages:
        return None
    count = turn.tool_context.artifact(files[-1]).pages
    numbers = [_page(match["page"] or match["number"], count) for match in said][:2]
    if len(numbers) == 1 and re.search(r"\bthan\b", turn.text[: said[0].start()], re.IGNORECASE):
        # The page that is not named is the last, where totals stand.
        numbers = [count if numbers[0] != count else 1, numbers[0]]
    if len(set(numbers)) < 2 or not all(0 < number <= count for number in numbers):
        return None
    noun, tool, _ = _question(turn.text, pages=True)
    by_how = _BY_HOW.search(turn.text) and not _WHETHER.match(turn.text)
    asks = "which" if _WHICH_FILE.search(turn.text) else "difference" if by_how else "whether"
    return _Meant(
        tool=tool, files=(files[-1],) * 2,
        questions=tuple(f"what is the {noun} on page {number}?" for number in numbers),
        comparison=Comparison(calls=(0, 1), asks=asks, order=order, noun=noun),
    )  # fmt: skip


def _page(word: str, count: int) -> int:
    if word.isdigit():
        return int(word)
    words = {"first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3, "last": count}
    return words[word.lower()]


def _order(text: str) -> Order | None:
    """What is asked for; "later" than "less" where both stand, the first that is said counts."""
    found = [
        (match.start(), order)
        for order, pattern in (("more", _MORE), ("less", _LESS), ("same", _SAME))
        if (match := pattern.search(text))
    ]
    if not found:
        return "more" if _BY_HOW.search(text) else None
    return min(found)[1]  # type: ignore[return-value]


def _candidates(turn: TurnContext) -> tuple[list[str], bool]:
    """Files of one kind that may be compared, oldest first, and whether they are pages.

    Files that came with the turn are meant before older ones; of those, the kind of the newest.
    """
    shown = [domain_of(turn.tool_context, artifact) for artifact in turn.attachments]
    numbered = [(f"a{i}", a) for i, a in enumerate(shown, start=1) if a.kind != "video"]
    if not numbered:
        return [], False
    pages = numbered[-1][1].domain == "document"
    alike = [(name, a) for name, a in numbered if (a.domain == "document") == pages]
    fresh = [name for name, _ in alike if int(name[1:]) > len(shown) - turn.fresh]
    if len(fresh) > 1:
        return fresh, pages
    # A picture that was sent, and then changed, is two pictures in view.
    return [name for name, _ in alike], pages


def _question(text: str, pages: bool) -> tuple[str, str, str]:
    """What is compared, the tool to ask, and the question."""
    if pages:
        field = _FIELD.search(text)
        noun = field[1].lower() if field else ("date" if _DATED.search(text) else "total")
        return noun, "document_qa", f"what is the {noun}?"
    counted = _COUNTED.search(text)
    noun = " ".join(counted["noun"].split()) if counted else ""
    noun = re.sub(r"^(?:of |the |such )+", "", noun)
    if not noun and not re.search(r"\b(things|objects|crowded|full\w*)\b", text, re.IGNORECASE):
        return "", "", ""
    noun = noun or "things"
    return noun, "vqa", f"how many {noun if noun not in _PLAIN else 'things'} are there?"


def _sides(text: str, than: re.Match[str], files: Sequence[str]) -> list[str]:
    """The file spoken of, and the one it is held against."""
    other = _place((than["other"] or "").lower(), files, len(files) - 2)
    before = [m for m in _SPOKEN.finditer(text) if m.end() <= than.start()]
    named = [m for m in before if m["one"]]
    one = len(files) - 1
    if named:
        one = _place(named[-1]["one"].lower(), files, one)
    if one == other:
        one = next(i for i in reversed(range(len(files))) if i != other)
    return [files[one], files[other]]


def _place(word: str, files: Sequence[str], otherwise: int) -> int:
    if word in ("newest", "newer"):
        return len(files) - 1
    number = place_of(word, len(files))
    return otherwise if number is None else number
