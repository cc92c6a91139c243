"""A second hearing of orders to edit: the studio's own parser says whether it is one.

The question's parser (see `hearing`) hears any noun phrase in "the violet one has to go" and would
point at it. Where the planner heard an order to edit, and the studio's parser surely hears one
too, it stays one; only a count asked for in the same breath overrules it.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...tools.results import ToolError
from ..planning import Plan
from ..policy import may_run
from ..turn import TurnContext
from .phrasing import program_of

if TYPE_CHECKING:  # the parser's package brings torch, which a cold start loads later
    from ...models.program_parser.model import Parsed

# "I need the small thing furthest forward" asks to be shown it; nothing in it says how to change.
POINTING = re.compile(
    r"\b(i need|looking for|look for|single out|loc\w{2,3}e|find|pick out|select|where\w*|indicate"
    r"|show|point)\b",
    re.IGNORECASE,
)
CHANGING = re.compile(
    r"\b(make|turn|paint|recolou?r|colou?r (?:it|them|the|this|that|all|every)|change"
    r"|remove|delete|erase|take(?! a look)|get rid|add|put|insert"
    r"|replace|swap|move|shift|push|crop|cut|rotate|flip|mirror|resize|scale|shrink|enlarge|blur"
    r"|hide|pixel\w*|bright\w*|dark\w*|contrast|sharp\w*|convert|annotate|label|write|draw|gone"
    r"|away|instead|bigger|smaller|larger|lighter|undo|zoom)\b",
    re.IGNORECASE,
)
_SURE = 0.75
_COUNTED = 0.75


def edit_heard(plan: Plan, turn: TurnContext) -> Plan | None:
    """`plan` as an order to edit, or None where it is none or nobody is sure."""
    if not plan.calls or any(call.tool != "edit" for call in plan.calls):
        return None
    if POINTING.search(turn.text) and not CHANGING.search(turn.text):
        return None
    if not may_run(turn.tools["edit"], turn.text, turn.text):
        return None  # a question, by its first word
    try:
        heard = turn.tool_context.toolbox.part("instruction").parse([turn.text])[0]
        words = getattr(turn.tool_context.toolbox.tool("vqa"), "words", None)
    except ToolError:
        return None
    if heard.kind == "other" or heard.confidence < _SURE:
        return None
    if words is not None and _counts(words.parse([turn.text], [""])[0]):
        return None
    if len(plan.calls) == 1:
        return plan
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if len(artifacts) > 1:
        return plan
    # One order cut in two; the studio tells several orders apart itself.
    whole = replace(plan.calls[0], args={**plan.calls[0].args, "instruction": turn.text}, after=())
    return replace(plan, calls=(whole,))


def _counts(asked: "Parsed") -> bool:
    """Whether the turn surely asks how many there are."""
    program = program_of(asked.tokens)
    counting = program is not None and program.function in ("count", "difference")
    return counting and asked.confidence > _COUNTED
