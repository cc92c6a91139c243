"""A second hearing of orders to edit: the studio's own parser says whether it is one.

The question's parser (see `hearing`) hears any noun phrase in "the violet one has to go" and would
point at it. Where the planner heard an order to edit, and the studio's parser surely hears one
too, it stays one; only a count asked for in the same breath overrules it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ...data.world.lexicon import ADJECTIVES
from ...data.world.vocabulary import COLORS, MATERIALS
from ...tools.results import ToolError
from ...tools.spelling import respelled
from ..planning import Plan, PlannedCall
from ..policy import may_run, without_reports
from ..turn import TurnContext
from .phrasing import program_of

if TYPE_CHECKING:  # the parser's package brings torch, which a cold start loads later
    from ...models.program_parser.model import Parsed

# "I need the small thing furthest forward" asks to be shown it; nothing in it says how to change.
_POINTING = re.compile(
    r"\b(i need|looking for|look for|single out|loc\w{2,3}e|find|pick out|select|where\w*|indicate"
    r"|show|point)\b",
    re.IGNORECASE,
)
CHANGING = re.compile(
    r"\b(make|turn|paint|recolou?r|colou?r (?:it|them|the|this|that|all|every)|change"
    r"|remove|delete|erase|take(?! a look)|get rid|add|put|insert"
    r"|replace|swap|move|shift|push|crop|cut|rotate|flip|mirror|resize|scale|shrink|enlarge|blur"
    r"|hide|pixel\w*|bright\w*|dark\w*|contrast|sharp\w*|convert|annotate|label|write|draw|gone"
    r"|away|instead|undo|zoom"
    r"|(?:it|them|this|that|these|those|ones?) (?:\w+ )?(?:bigger|smaller|larger|lighter))\b",
    re.IGNORECASE,
)
# Wishes that say how a thing should be, or that it should not be, without a word of changing.
_WISHED = re.compile(
    r"\b(?:should|shall|must|ought to) (?:be(?:come)?|have|look|stand)\b|\binstead of\b"
    r"|\b(?:has|have|needs?|got) (?:to|2) ?go\b|\bgo away\b|\bthat['’]?s what\b.*\bshould\b"
    r"|\bthe (?:picture|image|photo|scene) without\b|\bi (?:do not|don['’]?t|dont) want\b"
    r"|\b(?:i['’]?d|i would) (?:like|love) to see an?\b|\bthere should be\b"
    r"|\b(?:give|giv)\b.*\ba\b.*\b(?:colou?r|coat|finish|look|surface)\b"
    r"|^\W*(?:please |can you |could you )?"
    r"(?:slide|place|drag|nudge|set|relocate|transform|erase|type|print|stamp)\b"
    r"|\bdo (?:the|that|this|it|them|all|both|every)\b.*\bin\b"
    r"|\blet\b.*\b(?:stand|be)\b|^\W*(?:can|could|may)\b.*\bbe \w+\W*(?:please|pls|thank you)?$",
    re.IGNORECASE,
)
# No question begins so: a page that lies on its side is turned, not read.
_OF_A_SHEET = re.compile(
    r"^\W*(?:(?:please|can you|could you|now|first|just)\b[\s,]*)*(?:rotate|flip|mirror|crop"
    r"|brighten|darken|lighten|sharpen|straighten|blur)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\bi (?:want|wanna|wish)\b(?! to know)|\b(?:i['’]?d|i would) (?:like|love)\b(?! to know)", re.I
)
# "There must be a big orb behind it, right?" asks.
_TAG = re.compile(
    r"\b(?:right|correct|true|no|yes|yeah|isn['’]?t (?:it|there)|aren['’]?t (?:there|they)"
    r"|(?:is|are) (?:it|there|they)|or not)\W*\?\W*$|,\s*(?:right|correct|yes|yeah|no)\W*$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:half|third|quarter|percent|corner|jpe?g|png|webp|gif|bmp|tiff?)\b|%", re.IGNORECASE
)
_FILLING = re.compile(
    r"\W*(?:(?:an?|the|this|its?|that|show|me|us|only|just|i|want|need|would|like|give|keep|with"
    r"|as|in|to|of|part|picture|image|photo|pic|version|file|format|please|pls|now|can|you|have"
    r"|get)\b\W*)*",
    re.IGNORECASE,
)
_LOOKING = ("ground", "vqa", "caption")
_SURE = 0.75
_COUNTED = 0.75


def points_out(text: str) -> bool:
    """Whether `text` asks to be shown something, and says nothing of how to change it."""
    meant = respelled(text)
    return bool(_POINTING.search(meant)) and not CHANGING.search(meant)


def sheet_turned(plan: Plan, turn: TurnContext) -> Plan:
    """`plan` with an order to change a page itself as one, where the planner would read it."""
    calls: list[PlannedCall] = []
    for call in plan.calls:
        words = str(call.args.get("question", ""))
        ordered = _OF_A_SHEET.search(words) and "edit" in turn.tools
        if call.tool == "document_qa" and ordered and may_run(turn.tools["edit"], turn.text, words):
            args = {"instruction": words, "artifact": call.args.get("artifact", "")}
            call = replace(call, tool="edit", args=args)
        calls.append(call)
    return replace(plan, calls=tuple(calls))


def own_orders(plan: Plan) -> Plan:
    """Orders to edit without what somebody else says in the same breath."""
    calls = [
        replace(call, args={**call.args, "instruction": without_reports(str(told))})
        if (told := call.args.get("instruction"))
        else call
        for call in plan.calls
    ]
    return replace(plan, calls=tuple(calls))


def edit_heard(plan: Plan, turn: TurnContext) -> Plan | None:
    """`plan` as an order to edit, or None where it is none or nobody is sure."""
    if _TAG.search(turn.text):
        return None
    if all(call.tool in _LOOKING for call in plan.calls) and (shaped := _of_itself(plan, turn)):
        return shaped
    if plan.calls and all(call.tool in _LOOKING for call in plan.calls):
        return _wished(plan, turn)
    if not plan.calls or any(call.tool != "edit" for call in plan.calls):
        return None
    if points_out(turn.text):
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


def _of_itself(plan: Plan, turn: TurnContext) -> Plan | None:
    """An order that says of the picture itself no more than which part, or which format, to keep:
    "show me only the top half", "i need a jpg".
    """
    if "edit" not in turn.tools or not turn.attachments or turn.attachments[-1].kind != "picture":
        return None
    if not may_run(turn.tools["edit"], turn.text, turn.text) or not _FORM.search(turn.text):
        return None
    try:
        heard = turn.tool_context.toolbox.part("instruction").parse([turn.text])[0]
    except ToolError:
        return None
    said = heard.words.get("place" if heard.kind == "crop" else "value", "")
    rest = turn.text.replace(said, " ")
    if heard.kind not in ("crop", "convert") or not _FILLING.fullmatch(rest):
        return None
    if heard.confidence < _SURE:
        return None
    args = {"instruction": turn.text, "artifact": f"a{len(turn.attachments)}"}
    return replace(plan, calls=(PlannedCall(tool="edit", args=args),), reply="")


def _wished(plan: Plan, turn: TurnContext) -> Plan | None:
    """An order to edit where the planner only looks: "the tube has to go", "i want it blue"."""
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    text = turn.text
    if (
        len(artifacts) != 1
        or "edit" not in turn.tools
        or not may_run(turn.tools["edit"], text, text)
    ):
        return None
    if points_out(text):
        return None
    wanted = _WANTS.search(text)
    if not wanted and not _WISHED.search(text) and not _of_two_kinds(text):
        return None
    try:
        heard = turn.tool_context.toolbox.part("instruction").parse([text])[0]
    except ToolError:
        return None
    if heard.kind == "other" or heard.confidence < _SURE:
        return None
    # "I want the blue cube" points; "I want the cube blue" says how it should be.
    if wanted and not _WISHED.search(text) and not _of_what(heard.words):
        return None
    args = {"instruction": text, "artifact": artifacts.pop()}
    return replace(plan, calls=(PlannedCall(tool="edit", args=args),))


def _of_what(words: Mapping[str, str]) -> bool:
    """Whether what is wanted of a thing is said beside the thing."""
    said = words.get("value") or words.get("place") or ""
    return bool(said) and bool(words.get("thing")) and said not in words["thing"]


def _of_two_kinds(text: str) -> bool:
    """Whether two colours, or two materials, are said: "the brown ball in red" has only one."""
    spoken = f" {re.sub(r'[^a-z ]', ' ', text.lower())} "
    return (
        "please" in spoken
        and any(
            sum(any(f" {word} " in spoken for word in _WORDS[value]) for value in values) > 1
            for values in (COLORS, MATERIALS)
        )
        and not re.search(r"\b(?:and|or|than|behind|of|near|beside|next)\b", spoken)
    )


_WORDS = {value: [word for word, *_ in ADJECTIVES[value]] for value in (*COLORS, *MATERIALS)}


def _counts(asked: "Parsed") -> bool:
    """Whether the turn surely asks how many there are."""
    program = program_of(asked.tokens)
    counting = program is not None and program.function in ("count", "difference")
    return counting and asked.confidence > _COUNTED
