"""A second hearing of turns about a clip: one question stays one, and is heard whole.

A planner may cut one question in two ("what does the ball hit | after the cube comes in"), point
at too few of its words, or see no question at all. Whether the whole turn parses with confidence
into one program about clips settles it.
"""

import re
from dataclasses import replace
from typing import Any

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


def clip_heard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or one question about the clip in view where the whole turn is surely that."""
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if any(call.tool != _TOOL for call in plan.calls) or len(artifacts) > 1:
        return plan
    clip = _clip(turn, artifacts.pop() if artifacts else "")
    if not clip or plan.reply == "smalltalk" or _TOOL not in turn.tools:
        return plan
    cut_up = len(plan.calls) > 1
    if cut_up and _JOINED.search(turn.text):
        return plan
    if not cut_up and plan.calls and plan.calls[0].args.get("question") == turn.text:
        return plan
    # Parts of one question make no sense by themselves, however unsure the whole is.
    if not cut_up and _sure(turn) < _CONFIDENT:
        return plan
    whole = PlannedCall(tool=_TOOL, args={"question": turn.text, "artifact": clip})
    return replace(plan, calls=(whole,), reply="")


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
