"""Turns about the memory itself, heard in plain code: keep this, forget that, what did I tell you?

The planner on this machine was taught nine tools; what it cannot tell apart is told apart here,
from the person's own words alone.
"""

import re
from typing import Final

from ..memory.at_turn import ASKS_TO_FORGET, TurnMemory, says_yes
from ..memory.facts import read
from ..planning import Plan, PlannedCall
from ..policy import own_words
from ..turn import TurnContext

_MODEL: Final = "memory-words"
_ASKS: Final = re.compile(
    r"\?\s*$|^\W*(?:(?:do|did|can|could|would) (?:you|u)\b(?! please)|what|which|who|whose|where"
    r"|when|why|how|have|has|is|are|was|were|am|do|does|did)\b",
    re.IGNORECASE,
)
_NEVER_MIND: Final = re.compile(
    r"\W*(?:ok(?:ay)?[\s,]+|oh[\s,]+|ah[\s,]+|just )*(?:forget (?:about )?(?:it|that)|never ?mind)"
    r"(?:[\s,]+(?:then|please|thanks?|thank you|sorry))*\W*",
    re.IGNORECASE,
)
# The past between us: no question about what is in view.
_PAST: Final = re.compile(
    r"\b(?:did|have|had) i (?:ever |already |once )?(?:show|shown|sen[dt]|ask|asked|tell|told"
    r"|mention\w*|g[ia]ven?|upload\w*|share\w*|say|said)\b"
    r"|\b(?:that |which )?i (?:showed|sent|asked|told|gave|uploaded|shared|mentioned)(?: you)?\b.*"
    r"\b(?:ago|yesterday|last|before|earlier|first|week|month|session|conversation|chat)\b"
    r"|\b(?:sessions?|conversations?|chats?) (?:ago|back)\b|\b(?:in|during|from) (?:our|the|my) "
    r"(?:last|first|previous) (?:session|conversation|chat)\b|\bwhat do you know about me\b"
    r"|\bdo you (?:still )?(?:remember|recall)\b|\b(?:did|have) we (?:talk|talked|discuss\w*|spoke"
    r"|spoken|chat\w*)\b|\bdid you (?:say|tell|answer|count|find|read|see)\b.*\b(?:ago|yesterday"
    r"|last|before|earlier|week|month|session|conversation|when i asked)\b",
    re.IGNORECASE,
)
_MINE: Final = re.compile(
    r"\b(?:my|mine|whose|who|our|ours|i|me)\b|\bbelongs? to\b|\b[A-Z]\w+'s\b", re.IGNORECASE
)
_OF_MINE: Final = re.compile(
    r"^\W*(?:(?:and|so|hey|please|do you know|can you tell me|tell me)\b[\s,]*)*(?:what|which|who"
    r"|where|when|whose|how)\b.{0,40}?\b(?:mine|do i|am i|my)\b",
    re.IGNORECASE,
)
_LOOKING: Final = re.compile(
    r"\b(?:show|point|find|picture|photo|image|scene|receipt|document|page|invoice|clip|video)\w*\b",
    re.IGNORECASE,
)


def memory_heard(turn: TurnContext) -> Plan | None:
    """The plan of a turn that is about the memory; None for every other turn."""
    memory = turn.tool_context.memory
    if not isinstance(memory, TurnMemory) or not {"remember", "forget"} <= set(turn.tools):
        return None
    own = " ".join(own_words(turn.text).split())
    if says_yes(own) and memory.awaits_yes:
        return _plan("forget", what=turn.text)
    if ASKS_TO_FORGET.search(own) and not _keeps(own) and not _PAST.match(own):
        if _NEVER_MIND.fullmatch(own) and not turn.fresh:
            return Plan(reply="smalltalk", model=_MODEL)
        return _plan("forget", what=turn.text[:500], artifact=_pointed_at(own, turn))
    if facts := _told(own):
        kept = [PlannedCall(tool="remember", args={"fact": fact}) for fact in facts]
        return Plan(calls=tuple(kept[: turn.limits.calls]), model=_MODEL)
    if turn.fresh:
        return None
    if _PAST.search(own) or (
        _ASKS.search(own) and _asks_of_me(own, memory, bool(turn.attachments))
    ):
        return _plan("recall", query=turn.text[:2000])
    return None


def _plan(tool: str, **args: str) -> Plan:
    return Plan(calls=(PlannedCall(tool=tool, args=args),), model=_MODEL)


def _keeps(own: str) -> bool:
    """ "Don't forget that ..." keeps; "don't remember that any more" forgets."""
    return bool(re.search(r"\b(?:don'?t|do not|never) forget\b", own, re.IGNORECASE))


def _told(own: str) -> list[str]:
    """The facts that a turn states, where it does nothing else."""
    parts = read(own)
    return [fact for _, fact in parts] if parts and all(fact for _, fact in parts) else []


def _asks_of_me(own: str, memory: TurnMemory, in_view: bool) -> bool:
    """Whether a question asks of the person's own things, and a fact they stated answers it.

    With nothing in view there is nothing else that "which bike is mine?" may ask of.
    """
    if _LOOKING.search(own):
        return False
    return (bool(_MINE.search(own)) and memory.knows(own)) or (
        not in_view and bool(_OF_MINE.match(own))
    )  # fmt: skip


def _pointed_at(own: str, turn: TurnContext) -> str:
    """The file in view that "forget this picture" means, or ""."""
    if not turn.attachments or not re.search(
        r"\b(?:this|that|the attached) (?:one|picture|photo|image|file|document|page|receipt|clip"
        r"|video|scan|invoice|letter)\b(?! (?:from|i|with|that|of|we))|^\W*forget this\W*$",
        own,
        re.IGNORECASE,
    ):
        return ""
    return f"a{len(turn.attachments)}"
