"""Comparisons between files in view: the same question asked of each, and the answers weighed.

"Which of the two has more cubes?" is one question a picture, "is the total more than on the last
one?" one a page. A comparison within one picture ("more cubes than balls?") is none of these: it
needs words that speak of the files themselves. Sums over files ("add up both totals") are told
here likewise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from ...tools.gate import domain_of
from ..planning import Asks, Comparison, Order, Plan, PlannedCall
from ..turn import TurnContext
from . import comparing_words as said
from .naming import place_of


@dataclass(frozen=True, kw_only=True)
class _Meant:
    """A comparison as said: each file's question, and what is asked of the answers."""

    tool: str
    questions: tuple[str, ...]
    files: tuple[str, ...]
    comparison: Comparison


def compared(plan: Plan, turn: TurnContext) -> Plan | None:
    """The calls of a comparison between files in view, or None where the turn is none."""
    if (each := _each_asked(plan, turn)) is not None:
        return each
    meant = _summed(turn) or _pages_meant(turn) or _meant(turn)
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
    than = said.THAN.search(text)
    several = said.SEVERAL.search(text)
    which = said.WHICH.search(text) and not said.ALTERNATIVE.search(text)
    if order is None or not (than or several or (which and said.WHICH_FILE.search(text))):
        return None
    files, pages = _candidates(turn)
    if len(files) < 2:
        return None
    noun, tool, question = _question(text, pages)
    if not noun:
        return None
    if than is None and said.ALTERNATIVE.search(text):
        return None
    asks: Asks = "whether"
    if which and said.WHICH_FILE.search(text):
        asks = "which"
    elif said.BY_HOW.search(text) and not said.WHETHER.match(text):
        asks = "difference"
    elif which and not than:
        asks = "which"
    sides = files if than is None else _sides(text, than, files)
    if than is None and (asks != "which" or len(files) > 2) and not turn.fresh:
        sides = files[-2:]
    return _together(tool, question, noun, sides, asks, order)


def _together(
    tool: str, question: str, noun: str, files: Sequence[str], asks: Asks, order: Order = "more"
) -> _Meant:
    calls = tuple(range(len(files)))
    return _Meant(
        tool=tool, questions=(question,) * len(files), files=tuple(files),
        comparison=Comparison(calls=calls, asks=asks, order=order, noun=noun),
    )  # fmt: skip


def _each_asked(plan: Plan, turn: TurnContext) -> Plan | None:
    """ "Do both have a red cube?" asks each picture whether there is one."""
    asked = said.EACH_HAS.search(turn.text)
    files, pages = _candidates(turn)
    if asked is None or pages or len(files) < 2:
        return None
    few = re.search(r"\bboth\b", asked[0], re.IGNORECASE)
    question = f"{'are' if _several(asked['what']) else 'is'} there {asked['what'].strip()}?"
    calls = tuple(
        PlannedCall(tool="vqa", args={"question": question, "artifact": file})
        for file in (files[-2:] if few else files)
    )
    return replace(plan, calls=calls, reply="", comparisons=())


def _several(what: str) -> bool:
    return re.match(r"an? ", what, re.IGNORECASE) is None


def _summed(turn: TurnContext) -> _Meant | None:
    """A figure of each file, to be added up: "what do both come to together?"."""
    text = turn.text
    files, pages = _candidates(turn)
    several = said.SEVERAL.search(text)
    if len(files) < 2 or not several or not said.SUMMED.search(text) or said.BY_HOW.search(text):
        return None
    noun, tool, question = _question(text, pages)
    if not pages:
        counted = said.HOW_MANY.search(text)
        noun = " ".join(counted["noun"].split()) if counted else ""
        question = f"how many {noun if noun not in said.PLAIN else 'things'} are there?"
        tool = "vqa"
    elif not said.FIELD.search(text) and not said.SPENT.search(text):
        return None
    if not noun or "date" in noun:
        return None
    two = re.search(r"\b(?:both|two|2|pair)\b", several[0], re.IGNORECASE)
    return _together(tool, question, noun, files[-2:] if two else files, "sum")


def _pages_meant(turn: TurnContext) -> _Meant | None:
    """A comparison between pages of one document: "is it more than on the first page?"."""
    order, named = _order(turn.text), list(said.PAGE.finditer(turn.text))
    files, pages = _candidates(turn)
    if order is None or not named or not pages:
        return None
    count = turn.tool_context.artifact(files[-1]).pages
    numbers = [_page(match["page"] or match["number"], count) for match in named][:2]
    if len(numbers) == 1 and re.search(r"\bthan\b", turn.text[: named[0].start()], re.IGNORECASE):
        # The page that is not named is the last, where totals stand.
        numbers = [count if numbers[0] != count else 1, numbers[0]]
    if len(set(numbers)) < 2 or not all(0 < number <= count for number in numbers):
        return None
    noun, tool, _ = _question(turn.text, pages=True)
    by_how = said.BY_HOW.search(turn.text) and not said.WHETHER.match(turn.text)
    asks: Asks = (
        "which" if said.WHICH_FILE.search(turn.text) else "difference" if by_how else "whether"
    )
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
    patterns = {"more": said.MORE, "less": said.LESS, "same": said.SAME}
    found = {m.start(): order for order, p in patterns.items() if (m := p.search(text))}
    if not found:
        return "more" if said.BY_HOW.search(text) else None
    return cast(Order, found[min(found)])


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
        field = said.FIELD.search(text)
        noun = field[1].lower() if field else ("date" if said.DATED.search(text) else "total")
        return noun, "document_qa", f"what is the {noun}?"
    counted = said.COUNTED.search(text)
    noun = " ".join(counted["noun"].split()) if counted else ""
    noun = re.sub(r"^(?:of |the |such )+", "", noun)
    if not noun and not re.search(r"\b(things|objects|crowded|full\w*)\b", text, re.IGNORECASE):
        return "", "", ""
    noun = noun or "things"
    return noun, "vqa", f"how many {noun if noun not in said.PLAIN else 'things'} are there?"


def _sides(text: str, than: re.Match[str], files: Sequence[str]) -> list[str]:
    """The file spoken of, and the one it is held against."""
    other = _place((than["other"] or "").lower(), files, len(files) - 2)
    before = [m for m in said.SPOKEN.finditer(text) if m.end() <= than.start()]
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
