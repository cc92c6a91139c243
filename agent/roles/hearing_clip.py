"""A second hearing of turns about a clip: one question stays one, and is heard whole.

A planner may cut one question in two ("what does the ball hit | after the cube comes in"), point
at too few of its words, or see no question at all. Whether the whole turn parses with confidence
into one program about clips settles it.
"""

import re
from dataclasses import replace
from typing import Any

from ...tools.clip_plain import is_plain
from ...tools.results import ToolError
from ..planning import Plan, PlannedCall
from ..turn import TurnContext

_TOOL = "video_qa"
_CONFIDENT = 0.7
# Two questions in one turn are joined by words that show it.
_JOINED = re.compile(
    r"\?\s+\w|\b(and|then)\s+(also\s+)?(tell|show|say|what|how|which|where|who|when|does|is|will)\b",
    re.IGNORECASE,
)
# An answer that names one thing, and what a next question may call it.
_ONE_THING = re.compile(r"(?P<thing>The (?:\w+ ){0,3}(?:cube|sphere|cylinder))\.")
_IT = re.compile(r"\b(?:it|that one)\b(?! (?:look|last)s?\b)", re.IGNORECASE)
_DESCRIBES = re.compile(
    r"\W*(?:(?:please|pls|can you|could you|now|give|write|me|us|a|an|the|of|for|short|brief|quick"
    r"|little|whole|entire|full|thing|everything|clip|video|this|that|it|in|one|line|sentence|two"
    r"|sentences|overall|rough|do)\b\W*)*(?:describe|description|summary|summari[sz]e|caption|recap"
    r"|overview|sum up)\b(?:\W|\b(?:of|the|this|that|it|whole|entire|thing|everything|clip|video"
    r"|for|me|us|please|pls|what|happens|is|happening|in|here|there|goes|going|on|short|short"
    r"ly|briefly|a|one|sentence|up)\b)*",
    re.IGNORECASE,
)


def clip_heard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or one question about the clip in view where the whole turn is surely that."""
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if any(call.tool != _TOOL for call in plan.calls) or len(artifacts) > 1:
        return plan
    clip = _clip(turn, artifacts.pop() if artifacts else "")
    if not clip or _TOOL not in turn.tools:
        return plan
    if not plan.calls and is_plain(turn.text):
        return replace(plan, calls=(_asked(turn.text, clip),), reply="")
    if plan.reply == "smalltalk":
        return plan
    plan = replace(plan, calls=tuple(_named(call, turn) for call in plan.calls))
    cut_up = len(plan.calls) > 1
    if cut_up and _JOINED.search(turn.text):
        return plan
    if not cut_up and plan.calls and plan.calls[0].args.get("question") in (turn.text, _told(turn)):
        return plan
    # Parts of one question make no sense by themselves, however unsure the whole is.
    if not cut_up and _sure(turn) < _CONFIDENT:
        return plan
    return replace(plan, calls=(_asked(_told(turn), clip),), reply="")


def _asked(question: str, clip: str) -> PlannedCall:
    return PlannedCall(tool=_TOOL, args={"question": question, "artifact": clip})


def _named(call: PlannedCall, turn: TurnContext) -> PlannedCall:
    """`call` with its "it" told by name, and a bare wish for a description in plain words."""
    question = str(call.args.get("question", ""))
    if question != turn.text:
        return call
    return replace(call, args={**call.args, "question": _told(turn)})


def _told(turn: TurnContext) -> str:
    """The turn's question; "it" after an answer that names one thing is that thing."""
    text = turn.text
    if _DESCRIBES.fullmatch(text):
        return "what happens?"
    told = _ONE_THING.fullmatch(turn.last_reply.strip())
    if told is None or turn.fresh or is_plain(text):
        return text
    return _IT.sub(told["thing"].lower(), text, count=1)


def _clip(turn: TurnContext, reference: str) -> str:
    """The clip that is meant, "" where it is none; without a reference, the newest attachment."""
    if not turn.attachments:
        return ""
    try:
        artifact = turn.tool_context.artifact(reference)
    except ToolError:
        return ""
    if artifact.kind != "video":
        return ""
    return reference or f"a{len(turn.attachments)}"


def _sure(turn: TurnContext) -> float:
    """How sure the clips' parser is of the whole turn."""
    try:
        words: Any = getattr(turn.tool_context.toolbox.tool(_TOOL), "words", None)
    except ToolError:
        return 0.0
    return words.parse([turn.text])[0].confidence if words is not None else 0.0
