"""Telling what was remembered: sentences, evidence, and the files to look at again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from ...tools.artifacts import ArtifactStore
from ...tools.base import joined
from ...tools.results import Box, Memory, ModelRef, ToolError, ToolResult
from .asking import Ask
from .past import Remembered, Trace
from .ranking import Found
from .when import told

NOTHING: Final = "I don't remember anything like that."
_MOST_FACTS, _MOST_TURNS, _MOST_EVIDENCE = 8, 4, 5
# A second one this close to the best is told too.
_NEARLY: Final = 0.05


def result_of(
    found: Sequence[Found],
    ask: Ask,
    now: datetime,
    store: ArtifactStore,
    model: ModelRef,
    notice: str = "",
    meant: Callable[[str], bool] = lambda artifact: True,
) -> ToolResult:
    """The best of `found` in words; what comes close is told or named as evidence.

    Args:
        meant: whether a file is of a kind that was asked for; those alone are given back, if any.
    """
    best = found[0]
    spoken_of = [best]
    facts = [f.trace for f in found if f.trace.kind == "fact"][:_MOST_FACTS]
    if ask.about == "told" and not ask.topic and len(facts) > 1 and not ask.order:
        # "What do you know about me?"
        text = f"You told me: {joined([f'“{fact.text}”' for fact in facts])}."
        shown: Sequence[Found] = found[:_MOST_FACTS]
    else:
        lines = [sentence_of(best.trace, now, store)]
        for other in found[1 : 2 if ask.topic else _MOST_TURNS] if not ask.order else ():
            if other.score > best.score - _NEARLY and other.trace.turn.id != best.trace.turn.id:
                lines.append(f"Also {sentence_of(other.trace, now, store)}")
                spoken_of.append(other)
        text = " ".join(line[0].upper() + line[1:] for line in lines)
        shown = found[:_MOST_EVIDENCE]
    evidence: list[Memory | Box] = [
        Memory(id=f.trace.id, label=_label(f.trace, now)) for f in shown
    ]
    if best.trace.box is not None:
        evidence.append(best.trace.box)
    # The best comes last: what a next turn means by "it" is what was shown last.
    files = [file for each in reversed(spoken_of) for file in _files(each.trace, store)]
    files = [file for file in files if meant(file)] or files
    return ToolResult(
        text=text + notice,
        answer=best.trace.text if best.trace.kind == "fact" else None,
        evidence=tuple(evidence),
        artifacts=tuple(dict.fromkeys(files)) if ask.about == "shown" else (),
        model=model,
        confidence=max(0.0, min(1.0, best.score)),
    )


def sentence_of(trace: Trace, now: datetime, store: ArtifactStore) -> str:
    """A trace as one sentence or two, beginning with the time."""
    when = told(trace.turn.asked.created, now)
    if trace.kind == "fact":
        return f"{when} you told me: “{trace.text}”."
    if trace.box is not None:
        where = " and ".join(_names([trace.box.artifact], store)) or "a picture"
        return f"{when} I pointed out {trace.text} in {where}."
    return _turn(trace.turn, when, store)


def _turn(row: Remembered, when: str, store: ArtifactStore) -> str:
    names = _names(row.asked.attachments, store)
    shown = f"showed me {' and '.join(names)} and " if names else ""
    asked = " ".join(row.asked.text.split())[:200]
    said = " ".join(row.said.text.split())[:300] if row.said else ""
    answer = f' I answered: "{said}"' if said else ""
    asked_part = f'asked "{asked}".' if asked else "sent it without a word."
    return f"{when} you {shown}{asked_part}{answer}"


def _label(trace: Trace, now: datetime) -> str:
    words = trace.turn.asked.text if trace.kind == "turn" else trace.text
    return " ".join(words.split())[:80] or f"sent {told(trace.turn.asked.created, now)}"


def _files(trace: Trace, store: ArtifactStore) -> list[str]:
    """What the turn showed and is still stored."""
    found = []
    for artifact in trace.turn.asked.attachments:
        try:
            found.append(store.get(artifact).id)
        except ToolError:
            continue
    return found


def _names(artifacts: Sequence[str], store: ArtifactStore) -> list[str]:
    names = []
    for artifact in artifacts:
        try:
            names.append(store.get(artifact).name)
        except ToolError:
            continue
    return names
