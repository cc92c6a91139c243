"""Turns about the memory itself, heard in plain code: keep this, forget that, what did I tell you?

The planner on this machine was taught nine tools; what it cannot tell apart is told apart here,
from the person's own words alone.
"""

import re
from dataclasses import replace
from typing import Final

from ..memory.at_turn import ASKS_TO_FORGET, OUT_OF_ALBUM, TurnMemory, says_yes
from ..memory.facts import read, stated
from ..memory.when import TIMES
from ..planning import Plan, PlannedCall, Tools
from ..policy import own_words
from ..turn import TurnContext
from .fitting import PAGE

_MODEL: Final = "memory-words"
_ASKS: Final = re.compile(
    r"\?\s*$|^\W*(?:(?:do|did|can|could|would) (?:you|u)\b(?! please)|what|which|who|whose|where"
    r"|when|why|how|have|has|is|are|was|were|am|do|does|did)\b",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"[,.;:!?]\s+(?:(?:and|then|so|just|now|please)\s+)*(?:what|which|who|whose|where|when|how|is"
    r"|are|do|does|did|can you|could you|describe|count|show|tell|find|point|look|read|make|turn"
    r"|paint)\b"
    r"|\beverything (?:but|except|besides|else)\b",
    re.IGNORECASE,
)
_NEVER_MIND: Final = re.compile(
    r"\W*(?:ok(?:ay)?[\s,]+|oh[\s,]+|ah[\s,]+|just )*(?:forget (?:about )?(?:it|that)|never ?mind)"
    r"(?:[\s,]+(?:then|please|thanks?|thank you|sorry))*\W*",
    re.IGNORECASE,
)
_POLITELY: Final = (
    r"^\W*(?:(?:please|hey|ok|okay|so|and|now|do you know|can you|could you|can you tell me"
    r"|tell me)\b[\s,]*)*"
)
_GAVE: Final = (
    r"(?:show(?:ed|n)?|sen[dt]|ask(?:ed)?|tell|told|g[ia]ven?|gave|upload(?:ed)?|shared?"
    r"|mention(?:ed)?|say|said)"
)
_WHEN: Final = (
    r"\b(?:ago|back|yesterday|last|before|earlier|first|week|month|sessions?|conversations?|chats?"
    r"|once|when i asked)\b"
)
# The past between us: no question about what is in view.
_PAST: Final = re.compile(
    rf"\b(?:did|have|had) i (?:ever |already |once )?{_GAVE}\b(?! for\b)"
    r"|(?=.*\?|\W*(?:what|which|who|when|where|how)\b).*\bi (?:once )?(?:showed|sent|asked|told"
    rf"|gave|uploaded|shared|mentioned|said)(?: you)?\b.*{_WHEN}"
    r"|\b(?:sessions?|conversations?|chats?) (?:ago|back)\b"
    r"|\b(?:in|during|from) (?:our|the|my) (?:last|first|previous) (?:session|conversation|chat)\b"
    r"|\bwhat do you know about me\b|\bdo you (?:still )?(?:remember|recall)\b"
    r"|\b(?:did|have) we (?:talk|discuss|spoke|chat)\w*\b"
    rf"|\bdid you (?:say|tell|answer|count|find|read|see)\b.*{_WHEN}"
    rf"|{_POLITELY}(?:remind me (?:of|about|what|which|when|where|how|who|whose|again)"
    r"|recall (?:the|when|what|which|that|our|my|a)|think back|look back)\b"
    r"|\b(?:was|were|did|had)\b.*\b(?:yesterday|last (?:week|weekend|month|night|time)|\w+day)"
    r"['’]s (?:\w+ )?(?:pictures?|photos?|images?|scenes?|receipts?|invoices?|documents?|clips?)\b"
    rf"|{_POLITELY}(?:what|which|when)\b.{{0,30}}\b(?:first|last|latest|earliest|second|third)\b"
    rf".{{0,30}}\bi (?:ever )?{_GAVE}\b",
    re.IGNORECASE,
)
_OF_ME: Final = re.compile(
    r"\bdo (?:you|u) (?:still |even )?know (?:what|where|when|which|who|how)\b.{0,20}\b(?:i|my)\b",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(
    r"\W*(?:it|this|that|them|these)(?: (?:one|picture|photo|image|clip|video|file))?\W*", re.I
)
_BEFORE: Final = re.compile(
    r"\b(?:before|earlier|again|remember|recall|ago|last|first|you|we)\b", re.IGNORECASE
)
# Of what comes with the question: was it here before?
_THIS: Final = r"(?:this|these|it|that)\b"
_SEEN: Final = re.compile(
    r"\b(?:seen|saw|see|shown?|showed|sen[dt]|given?|gave|uploaded?|remember|recall|recogni[sz]e"
    rf"|know) (?:you |me )?{_THIS}.*\b(?:before|already|once|earlier|ever|previously|yet)\b"
    rf"|\b(?:is|are) {_THIS}.*\b(?:in|part of) (?:my|the|our)"
    r" (?:album|gallery|library|collection)\b"
    rf"|\b(?:have|do|had) (?:i|we|you)(?: already)? (?:got|have|had) {_THIS}"
    r".*\b(?:already|before|yet|in (?:my|the) (?:album|gallery))\b"
    r"|\b(?:already|ever|before|once) (?:seen?|shown?|showed|sen[dt])\b"
    r"|\b(?:do|did|can|have) (?:you|u|i|we) (?:still |ever |already )?(?:remember|recall"
    rf"|recogni[sz]e|show|shown|sen[dt]|g[ia]ven?|upload\w*) (?:you )?{_THIS}"
    r"|\b(?:when|on (?:which|what) day|what day|how long ago) (?:did|have) (?:i|we)\b"
    r"|\b(?:did|have) (?:i|you|we) (?:ask|say|said|tell|told|answer)\w*\b.*\b(?:about|of|on)"
    rf" {_THIS}"
    r".*\b(?:before|back then|last|earlier|then|already|time|previously)\b",
    re.IGNORECASE,
)
_MINE: Final = re.compile(
    r"\b(?:my|mine|whose|who|our|ours|i|me)\b|\bbelongs? to\b|\b[A-Z]\w+'s\b", re.IGNORECASE
)
_OF_MINE: Final = re.compile(
    rf"{_POLITELY}(?:what|which|who|where|when|whose|how)\b.{{0,40}}?\b(?:mine|do i|am i|my)\b",
    re.IGNORECASE,
)
# "What's my favourite colour?" asks no picture.
_MY_OWN: Final = re.compile(
    rf"{_POLITELY}(?:what|which|who|where|when)(?:'s|’s| is| are| was| were) my\b", re.IGNORECASE
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
    if (out := OUT_OF_ALBUM.search(own)) and not _goes_on(own):
        pointed = turn.attachments and _POINTS.fullmatch(out["what"])
        newest = f"a{len(turn.attachments)}" if pointed else ""
        return _plan("forget", what=turn.text[:500], artifact=newest)
    if ASKS_TO_FORGET.search(own) and not _keeps(own) and not _goes_on(own):
        if _NEVER_MIND.fullmatch(own) and not turn.fresh:
            return Plan(reply="smalltalk", model=_MODEL)
        return _plan("forget", what=turn.text[:500], artifact=_pointed_at(own, turn))
    if facts := _told(own):
        kept = [PlannedCall(tool="remember", args={"fact": fact}) for fact in facts]
        return Plan(calls=tuple(kept[: turn.limits.calls]), model=_MODEL)
    if turn.fresh:
        # "Have you seen this before?" asks of what came with it.
        newest = f"a{len(turn.attachments)}"
        return _plan("recall", query=turn.text, artifact=newest) if _SEEN.search(own) else None
    if (
        _PAST.search(own)
        or (_OF_ME.search(own) and not _LOOKING.search(own))
        or (_ASKS.search(own) and _asks_of_me(own, memory, turn))
    ):
        return _plan("recall", query=turn.text[:2000])
    return None


def with_facts(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, which also keeps the facts that its turn states beside what it asks."""
    memory = turn.tool_context.memory
    if not plan.calls or not isinstance(memory, TurnMemory) or not memory.keeps:
        return plan
    if any(turn.tools[call.tool].specialist in ("librarian", "studio") for call in plan.calls):
        return plan
    facts = stated(own_words(turn.text))
    kept = tuple(PlannedCall(tool="remember", args={"fact": fact}) for fact in facts)
    return replace(plan, calls=(*plan.calls, *kept)) if "remember" in turn.tools else plan


def offered(text: str, tools: Tools) -> Tools:
    """The tools for a turn, `remember` and `forget` only where its own words ask for them."""
    own = own_words(text)
    forgets = bool(ASKS_TO_FORGET.search(own) or OUT_OF_ALBUM.search(own))
    wanted = {"remember": bool(stated(own)), "forget": forgets}
    return {name: tool for name, tool in tools.items() if wanted.get(name, True)}


def of_page_in_view(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or a question to the page in view where nothing speaks of the past or the person:
    after "what was the total on that receipt?", "which shop was it from?" asks of the receipt."""
    pages = [i for i, a in enumerate(turn.attachments, start=1) if a.domain == PAGE]
    own = own_words(turn.text)
    tools = [call.tool for call in plan.calls]
    if not pages or tools != ["recall"] or plan.calls[0].args.get("artifact"):
        return plan
    of_the_past = _PAST.search(own) or _MINE.search(own) or TIMES.search(own) or _BEFORE.search(own)
    if of_the_past or not _ASKS.search(own):
        return plan
    args = {"question": turn.text[:2000], "artifact": f"a{pages[-1]}"}
    return replace(plan, calls=(PlannedCall(tool="document_qa", args=args),))


def _plan(tool: str, **args: str) -> Plan:
    return Plan(calls=(PlannedCall(tool=tool, args=args),), model=_MODEL)


def _goes_on(own: str) -> bool:
    """ "Forget the tins, how many balls?" leaves something out and asks for something else."""
    return bool(_ANOTHER.search(own))


def _keeps(own: str) -> bool:
    """ "Don't forget that ..." keeps; "don't remember that any more" forgets."""
    return bool(re.search(r"\b(?:don'?t|do not|never) forget\b", own, re.IGNORECASE))


def _told(own: str) -> list[str]:
    """The facts that a turn states, where it does nothing else."""
    parts = read(own)
    return [fact for _, fact in parts] if parts and all(fact for _, fact in parts) else []


def _asks_of_me(own: str, memory: TurnMemory, turn: TurnContext) -> bool:
    """Whether a question asks of the person's own things, or of what they told before.

    With nothing in view there is nothing else that "which bike is mine?" may ask of.
    """
    if _LOOKING.search(own):
        return False
    if _MY_OWN.match(own) or (not turn.attachments and _OF_MINE.match(own)):
        return True
    return memory.knows(own, wholly=not _MINE.search(own))


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
