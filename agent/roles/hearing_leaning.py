"""Orders that lean on what was said before: "ok then red", "the ball too", "redo", "once more".

A planner that sees one turn takes them for questions or small talk. What they amount to is for the
studio to say (see `tools.studio.orders`); here they only get there.
"""

import re
from dataclasses import replace

from ...data.world.vocabulary import ATTRIBUTES
from ...tools.results import ToolError
from ...tools.scenes import in_order, name_in_box
from ...tools.studio.orders import leads_up, leans, names_only
from ..planning import Plan, PlannedCall
from ..policy import may_run
from ..turn import TurnContext

_WHICH = re.compile(r"\b(?:Which one do you mean|which one\?|which one do you mean)")
_ASKS = re.compile(r"\?\s*$|^\W*(?:and |so )?(?:what|which|who|where|when|why|how|is|are)\b", re.I)
_PRONOUN = re.compile(r"\b(?:it|them|this|that|those)\b", re.IGNORECASE)
_FORMERLY = re.compile(
    r"\b(?:was|were|had|did|used to)\b.*\b(?:before|originally|at first|previously|initially"
    r"|to begin with|in the beginning|first(?=\W*$))\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"\s*\b(?:before(?: (?:that|the change|you changed it))?|originally|at first|previously"
    r"|initially|to begin with|in the beginning|first(?=\W*$))\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_NOW = {"was": "is", "were": "are"}
_ASKED_OF = {
    "color": re.compile(r"\bcolou?r", re.IGNORECASE),
    "material": re.compile(r"\b(?:material|made of|shiny|matte)", re.IGNORECASE),
    "size": re.compile(r"\b(?:size|big|large|small)", re.IGNORECASE),
}
_LOOKING = ("vqa", "ground", "caption", "document_qa", "retrieve")
_SURE = 0.9
_SHORT = 8


def leaning_heard(plan: Plan, turn: TurnContext) -> Plan | None:
    """The order of a turn that leans on one in the turn before; None for every other turn."""
    if turn.fresh or "edit" not in turn.tools or not _follows_order(turn):
        return None
    if turn.attachments[-1].kind != "picture" or not may_run(
        turn.tools["edit"], turn.text, turn.text
    ):
        return None
    only_looks = all(call.tool in _LOOKING for call in plan.calls)
    answers = bool(_WHICH.search(turn.last_reply)) and names_only(turn.text)
    if not (leans(turn.text) or answers or (only_looks and _surely(turn))):
        return None
    args = {"instruction": turn.text, "artifact": f"a{len(turn.attachments)}"}
    return replace(plan, calls=(PlannedCall(tool="edit", args=args),), reply="")


def with_lead(plan: Plan, turn: TurnContext) -> Plan:
    """`plan` with an order to change "it" made whole: "there is a cube I don't like. Paint it red".

    The studio tells several orders of one instruction apart itself.
    """
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if not plan.calls or len(artifacts) > 1 or any(call.tool != "edit" for call in plan.calls):
        return plan
    first = plan.calls[0]
    words = str(first.args["instruction"])
    lead = turn.text[: max(0, turn.text.find(words))]
    if not _PRONOUN.search(words) or not leads_up(lead):
        return plan
    whole = replace(first, args={**first.args, "instruction": turn.text}, after=())
    return replace(plan, calls=(whole,))


def before_change(plan: Plan, turn: TurnContext) -> Plan:
    """`plan` with "what colour was it before?" asked of the picture before the change."""
    if len(plan.calls) != 1 or plan.calls[0].tool != "vqa" or not _FORMERLY.search(turn.text):
        return plan
    view = turn.attachments
    was = next((n for n, a in enumerate(view, start=1) if a.id == view[-1].parent), 0)
    if not was:
        return plan
    asked = _IS.sub(lambda said: _NOW[said[0].lower()], _ADVERB.sub("", turn.text))
    if name := _name_before(turn, view[was - 1].id, asked):
        asked = _PRONOUN.sub(f"the {name}", asked, count=1)
    args = {**plan.calls[0].args, "question": asked, "artifact": f"a{was}"}
    return replace(plan, calls=(replace(plan.calls[0], args=args),))


def _name_before(turn: TurnContext, picture: str, asked: str) -> str:
    """What was changed, as it looked before, without what is asked of it; "" if that is unclear."""
    changed = turn.attachments[-1].focus
    if changed is None:
        return ""
    look = turn.tool_context
    try:
        graph = look.toolbox.part("scene").parse([look.store.image(picture)])[0]
    except ToolError:
        return ""
    name = name_in_box(graph, changed)
    names = [in_order(" ".join(node.attributes.values())) for node in graph.nodes]
    for attribute, said in _ASKED_OF.items():
        if not said.search(asked):
            continue
        place = ATTRIBUTES.index(attribute)
        shorter = [" ".join(w for i, w in enumerate(n.split()) if i != place) for n in names]
        short = " ".join(w for i, w in enumerate(name.split()) if i != place)
        return short if shorter.count(short) == 1 else name
    return name


def _follows_order(turn: TurnContext) -> bool:
    """Whether the turn before this one asked for a change."""
    orders = turn.tool_context.orders
    said = [told.text for told in turn.turns if told.role == "user"]
    before = said[-2] if len(said) > 1 else ""
    return bool(orders and turn.attachments) and orders[-1].split(" and then ")[0] in before


def _surely(turn: TurnContext) -> bool:
    """Whether the studio's parser surely hears an order in a few words: "and as webp"."""
    if len(turn.text.split()) > _SHORT or _ASKS.search(turn.text):
        return False
    try:
        heard = turn.tool_context.toolbox.part("instruction").parse([turn.text])[0]
    except ToolError:
        return False
    return heard.kind != "other" and heard.confidence >= _SURE
