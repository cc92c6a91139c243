"""A second hearing of what a planner made of a turn: the question's own parser listens too.

A planner points at words, and may point at too few of them ("the cube" of "the cube behind the
ball"), cut one question in two, or take a question for an order ("take the red ones away, how many
are left?"). Whether the whole turn parses, with confidence, into one program settles it. Only turns
about tabletop pictures are heard twice; there are no programs for anything else.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...data.world.programs import FUNCTIONS
from ..planning import Plan, PlannedCall
from ..turn import TurnContext
from .phrasing import program_of

_CONFIDENT = 0.85
_CLOSED = ("int", "bool", "size", "color", "material", "shape")
_THINGS = ("set", "object")
# What each tool's plan may be overruled with. "Could you turn the cube red?" parses as a yes/no
# question, so only a count, or a phrase without a word of changing, overrules the studio.
_OVERRULES = {
    "vqa": (*_CLOSED, "list", *_THINGS),
    "ground": (*_CLOSED, "list", *_THINGS),
    "edit": ("int", *_THINGS),
    "scene_graph": ("list",),
}
_CHANGING = re.compile(
    r"\b(make|turn|paint|(re)?colou?r|change|remove|delete|erase|take|get rid|add|put|insert|replace"
    r"|swap|move|shift|push|crop|cut|rotate|flip|mirror|resize|scale|shrink|enlarge|blur|hide|pixel\w*"
    r"|bright\w*|dark\w*|contrast|sharp\w*|convert|annotate|label|write|draw)\b",
    re.IGNORECASE,
)
_GRAPH = re.compile(r"\b(graph|json|relation\w*|triple\w*|nodes?|edges?)\b", re.IGNORECASE)


def reheard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or what the question's parser heard where that is surer."""
    first = plan.calls[0] if plan.calls else None
    if first is None or any(call.tool not in _OVERRULES for call in plan.calls):
        return plan
    parser = getattr(turn.tool_context.toolbox.tool("vqa"), "words", None)
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if parser is None or len(artifacts) > 1 or not _tabletop(turn, artifacts.pop()):
        return plan
    if len(plan.calls) > 1:
        return _in_one(plan, turn, parser)
    if first.tool in ("edit", "scene_graph"):
        return _asked_whole(plan, turn, parser)
    argument = turn.tools[first.tool].argument
    if not argument:
        return plan
    words = str(first.args[argument])
    if words == turn.text:
        return plan if first.tool == "vqa" else _asked_whole(plan, turn, parser)
    if words not in turn.text:
        return _said_earlier(plan, turn, parser)
    fuller = _fuller(words, turn.text, first.tool, parser)
    call = replace(first, args={**first.args, argument: fuller})
    return replace(plan, calls=(call,))


def _in_one(plan: Plan, turn: TurnContext, parser: Any) -> Plan:
    """Several calls, or one whose words were cut up.

    Two questions in one turn do not fit one program; one question cut in two does: the program of
    the whole turn then speaks of everything the pieces speak of.
    """
    if any(not turn.tools[call.tool].argument for call in plan.calls):
        return plan
    pieces = [str(call.args[turn.tools[call.tool].argument]) for call in plan.calls]
    heard = parser.parse([turn.text, *pieces], [""] * (len(pieces) + 1))
    spoken: Counter[str] = Counter()
    for piece in heard[1:]:
        spoken |= _described(piece.tokens)
    if spoken - _described(heard[0].tokens):
        return plan
    return _asked_whole(plan, turn, parser)


def _described(tokens: Sequence[str]) -> Counter[str]:
    return Counter(token for token in tokens if token.startswith(("filter_", "relate[")))


def _asked_whole(plan: Plan, turn: TurnContext, parser: Any) -> Plan:
    """One question about the picture, or one thing to point at, if the whole turn parses so."""
    first = plan.calls[0]
    tools = {call.tool for call in plan.calls}
    output = _output(parser.parse([turn.text], [""])[0])
    if not any(output in _OVERRULES[tool] for tool in tools):
        return plan
    if "edit" in tools and output in _THINGS and _CHANGING.search(turn.text):
        return plan
    if "scene_graph" in tools and _GRAPH.search(turn.text):
        return plan
    tool = "ground" if output in _THINGS and tools & {"ground", "edit"} else "vqa"
    args = {"artifact": first.args["artifact"], turn.tools[tool].argument: turn.text}
    return replace(plan, calls=(PlannedCall(tool=tool, args=args),))


def _said_earlier(plan: Plan, turn: TurnContext, parser: Any) -> Plan:
    """Words of an earlier turn were pointed at; unless this turn says for itself what it wants."""
    first = plan.calls[0]
    said = [told.text for told in turn.turns if told.role == "user"]
    output = _output(parser.parse([turn.text], [said[-2] if len(said) > 1 else ""])[0])
    tool = "ground" if output in _THINGS and first.tool == "ground" else "vqa"
    if not output or (tool == "vqa" and output in _THINGS):
        return plan
    argument = turn.tools[tool].argument
    args = {"artifact": first.args["artifact"], argument: turn.text}
    return replace(plan, calls=(PlannedCall(tool=tool, args=args),))


def _fuller(words: str, text: str, tool: str, parser: Any) -> str:
    """The shortest of `words`, `words` to the end of the turn, and the turn, that says it all."""
    to_the_end = text[text.index(words) :]
    candidates = list(dict.fromkeys([words, to_the_end, text]))
    heard = parser.parse(candidates, [""] * len(candidates))
    whole = heard[-1]
    wanted: Sequence[str] = _THINGS if tool == "ground" else (*_CLOSED, "list", *_THINGS)
    if _output(whole) not in wanted:
        return words
    same = (c for c, h in zip(candidates, heard, strict=True) if h.tokens == whole.tokens)
    return next(same)


def _output(heard: Any) -> str:
    """The type of a program's outcome, "" where the parser is not sure of the program."""
    program = program_of(heard.tokens)
    if program is None or heard.confidence < _CONFIDENT:
        return ""
    return FUNCTIONS[program.function].output


def _tabletop(turn: TurnContext, reference: str) -> bool:
    number = reference.removeprefix("a")
    if not number.isdigit() or not 0 < int(number) <= len(turn.attachments):
        return False
    return turn.attachments[int(number) - 1].domain in ("tabletop", "")
