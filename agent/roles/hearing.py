"""A second hearing of what a planner made of a turn: the question's own parser listens too.

A planner points at words, and may point at too few of them ("the cube" of "the cube behind the
ball"), cut one question in two, or take a question for an order ("take the red ones away, how many
are left?"). Whether the whole turn parses, with confidence, into one program settles it. Only turns
about tabletop pictures are heard twice; there are no programs for anything else.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...data.world.programs import FUNCTIONS
from ..planning import Plan, PlannedCall
from ..turn import TurnContext
from .hearing_edit import CHANGING, points_out
from .phrasing import program_of

_CONFIDENT = 0.75
_ALONE = 0.9  # where a turn looks like two questions and may be one
_POINTED = 0.3  # where the words say besides that something is to be shown
_CLOSED = ("int", "bool", "size", "color", "material", "shape")
_THINGS = ("set", "object")
# What each tool's plan may be overruled with. "Could you turn the cube red?" parses as a yes/no
# question: beside a word of changing, only a count overrules the studio.
_OVERRULES = {
    "vqa": (*_CLOSED, "list", *_THINGS),
    "ground": (*_CLOSED, "list", *_THINGS),
    "edit": (*_CLOSED, *_THINGS),
    "scene_graph": ("list",),
    "caption": (*_CLOSED, "list", *_THINGS),
    "retrieve": _CLOSED,
}
# "Does the pic show two cans?" asks of what came with it, unless it speaks of other files.
_FILES = re.compile(
    r"\b(my|i|album|gallery|library|pictures|photos|images|pics|clips|videos|files|like this"
    r"|similar)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(then|afterwards)\b|\?\s+(?!would you say|please|pls|thanks?|i need|i'm|asking)\w"
    r"|\b(and|&)\s+(also\s+|please\s+|now\s+)?(tell|show|say|describe"
    r"|give|what|how|which|where|who|is|are|does|do|count|find|point|mark|highlight|circle|box|list"
    r"|name|make|turn|remove|change|caption)\b",
    re.IGNORECASE,
)
# What keeps a turn a wish for a description, or to be shown something.
_TELLING = re.compile(
    r"\b(descri\w*|caption\w*|summar\w*|overview|sentence|story|tell me about|happening"
    r"|going on)\b",
    re.IGNORECASE,
)
_SHOWING = re.compile(
    r"\b(show|point\w*|mark\w*|circle|highlight|box|boxes|outline|locate|find|where\w*|select|pick"
    r"|draw|spot|see)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"\b(the|a|an|any|all|every|each|both)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"(?:^|[^\w\s]\s*|\b(?:so|hey|hi|ok|okay|and|please|pls|well|now|but) )"
    r"(?:do|can|could) you (?:see|spot) (?!(?:an?|any|some|how|if|what) )",
    re.IGNORECASE,
)
_POINTS = re.compile(r"(?:the|that|this) ", re.IGNORECASE)
# "Give me the boxes of the metal balls" asks for no box-shaped thing.
_PLACE_OF = re.compile(
    r"\b(?:give|show|tell|draw|want|need|get|return|list|are|put)\b(?: \w+){0,3}? (?:box(?:es)?"
    r"|positions?|locations?|coordinates|outlines?) (?:of|for|around) ",
    re.IGNORECASE,
)
_DESCRIBING = ("describe", "scene", "locate")
_GRAPH = re.compile(r"\b(graph|json|relation\w*|triple\w*|nodes?|edges?)\b", re.IGNORECASE)


class Ear:
    """The parser, which hears each text of this turn once.

    Args:
        parser: see `ProgramParser`.
        before: the user's turn before this one, "" at the start.
    """

    def __init__(self, parser: Any, before: str) -> None:
        self._parser = parser
        self._before = before
        self._heard: dict[str, Any] = {}

    def hear(self, text: str) -> Any:
        """The program of `text`, and how sure the parser is of it."""
        if text not in self._heard:
            self._heard[text] = self._parser.parse([text], [self._before])[0]
        return self._heard[text]


def reheard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or what the question's parser heard where that is surer."""
    first = plan.calls[0] if plan.calls else None
    if first is None or any(call.tool not in _OVERRULES for call in plan.calls):
        return plan
    parser = getattr(turn.tool_context.toolbox.tool("vqa"), "words", None)
    if first.tool == "retrieve":
        return _of_what_came(plan, turn, parser)
    artifacts = {str(call.args.get("artifact", "")) for call in plan.calls}
    if parser is None or len(artifacts) > 1 or not _tabletop(turn, artifacts.pop()):
        return plan
    ear = Ear(parser, _before(turn))
    if len(plan.calls) > 1:
        return _in_one(plan, turn, ear)
    argument = turn.tools[first.tool].argument
    if seen := _SEEN.search(turn.text):
        # "Do you see the ball behind the cube?" wants it shown; about "a ball" it is a question.
        phrase = turn.text[seen.end() :].rstrip("?!. ")
        wanted = _THINGS if _POINTS.match(phrase) else ("object",)
        if _output(ear.hear(phrase)) in wanted:
            args = {"artifact": first.args["artifact"], "phrase": phrase}
            return replace(plan, calls=(PlannedCall(tool="ground", args=args),))
    if first.tool not in ("vqa", "ground") or not argument:
        return _asked_whole(plan, turn, ear)
    words = str(first.args[argument])
    if words == turn.text:
        return plan if first.tool == "vqa" else _asked_whole(plan, turn, ear)
    if words not in turn.text:
        return _said_earlier(plan, turn, ear)
    whole = ear.hear(turn.text)
    told = whole.tokens[:1] == ("describe",) and not _SHOWING.search(turn.text)
    if first.tool == "ground" and _output(whole) in (*_CLOSED, *(("list",) if told else ())):
        return _asked_whole(plan, turn, ear)
    fuller = _fuller(words, turn, first.tool, ear)
    call = replace(first, args={**first.args, argument: fuller})
    return replace(plan, calls=(call,))


def one_question(plan: Plan, parts: Sequence[str], turn: TurnContext) -> bool:
    """Whether `plan` puts the whole turn as one question, and it surely parses as one.

    Args:
        parts: what the turn looks joined of; where each is a question, or one asks for something
            else than an answer ("flip it and say how many ..."), it is several.
    """
    if len(plan.calls) != 1 or plan.calls[0].args.get("question") != turn.text:
        return False
    parser = getattr(turn.tool_context.toolbox.tool("vqa"), "words", None)
    if parser is None or plan.calls[0].tool != "vqa":
        return False
    ear = Ear(parser, _before(turn))
    if _output(ear.hear(turn.text), _ALONE) not in _CLOSED:
        return False
    return not all(_output(ear.hear(part)) in _CLOSED for part in parts) and not any(
        CHANGING.search(part) or _SHOWING.search(part) or _TELLING.search(part)
        or _output(ear.hear(part)) == "list"
        for part in parts
    )  # fmt: skip


def _of_what_came(plan: Plan, turn: TurnContext, parser: Any) -> Plan:
    """A search, or the question that it is about the picture that came with it."""
    first, newest = plan.calls[0], f"a{len(turn.attachments)}"
    if len(plan.calls) > 1 or first.args.get("artifact") or _FILES.search(turn.text):
        return plan
    if parser is None or not turn.fresh or not _tabletop(turn, newest):
        return plan
    of_it = replace(plan, calls=(replace(first, args={**first.args, "artifact": newest}),))
    heard = _asked_whole(of_it, turn, Ear(parser, _before(turn)))
    return plan if heard is of_it else heard


def _in_one(plan: Plan, turn: TurnContext, ear: Ear) -> Plan:
    """Several calls, or one whose words were cut up.

    Two questions in one turn do not fit one program and are joined by words that show it; one
    question cut in two fits one.
    """
    return plan if _JOINED.search(turn.text) else _asked_whole(plan, turn, ear)


def _asked_whole(plan: Plan, turn: TurnContext, ear: Ear) -> Plan:
    """One question about the picture, or one thing to point at, if the whole turn parses so."""
    first = plan.calls[0]
    tools = {call.tool for call in plan.calls}
    heard = ear.hear(turn.text)
    output = _output(heard, _POINTED if points_out(turn.text) else _CONFIDENT)
    if not any(output in _OVERRULES[tool] for tool in tools):
        return plan
    if "edit" in tools and output != "int" and CHANGING.search(turn.text):
        return plan
    if "scene_graph" in tools and _GRAPH.search(turn.text):
        return plan
    whole_scene = "caption" in tools and not _named(heard.tokens)
    if whole_scene and (heard.tokens[0] in _DESCRIBING or _TELLING.search(turn.text)):
        return plan
    tool = "ground" if output in _THINGS and tools & {"ground", "edit"} else "vqa"
    if heard.tokens[0] == "locate" and tools == {"ground"}:
        tool = "ground"
    args = {"artifact": first.args["artifact"], turn.tools[tool].argument: turn.text}
    return replace(plan, calls=(PlannedCall(tool=tool, args=args),))


def _named(tokens: Sequence[str]) -> bool:
    """Whether a program speaks of particular things, not of the whole scene."""
    return any(token.startswith(("filter_", "relate[", "extreme[", "ordinal[")) for token in tokens)


def _before(turn: TurnContext) -> str:
    """The user's turn before this one, "" at the start."""
    said = [told.text for told in turn.turns if told.role == "user"]
    return said[-2] if len(said) > 1 else ""


def _said_earlier(plan: Plan, turn: TurnContext, ear: Ear) -> Plan:
    """Words of an earlier turn were pointed at; unless this turn says for itself what it wants."""
    first = plan.calls[0]
    output = _output(ear.hear(turn.text))
    tool = "ground" if output in _THINGS and first.tool == "ground" else "vqa"
    if not output or (tool == "vqa" and output in _THINGS):
        return plan
    argument = turn.tools[tool].argument
    args = {"artifact": first.args["artifact"], argument: turn.text}
    return replace(plan, calls=(PlannedCall(tool=tool, args=args),))


def _fuller(words: str, turn: TurnContext, tool: str, ear: Ear) -> str:
    """The shortest that says it all of `words`, `words` to the turn's end, the first noun phrase to
    its end, and the whole turn (without "give me the boxes of").
    """
    text = turn.text
    start = text.index(words)
    frame = _PLACE_OF.search(text)
    begin = frame.end() if frame and frame.end() <= start else 0
    from_noun = _DETERMINER.search(text, begin, start + len(words))
    tails = [text[start:], text[from_noun.start() :]] if from_noun else [text[start:]]
    candidates = list(dict.fromkeys([words, *sorted(tails, key=len), text[begin:]]))
    heard = [ear.hear(candidate) for candidate in candidates]
    # Where the turn's frame puzzles the parser ("Locate the reflrctive ball and the grey can"),
    # what follows it need not.
    whole = heard[-1] if _output(heard[-1]) else heard[-2]
    output = _output(whole)
    pointing = output in _THINGS or whole.tokens[:1] == ("locate",)
    if not output or (tool == "ground" and not pointing):
        return words
    said = _spoken_of(whole.tokens)
    return next(c for c, h in zip(candidates, heard, strict=True) if _spoken_of(h.tokens) == said)


def _spoken_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """The things a program is about: "where is the ball" and "the ball" are about the same."""
    return tuple(tokens[1:] if tokens[0] == "locate" else tokens)


def _output(heard: Any, least: float = _CONFIDENT) -> str:
    """The type of a program's outcome, "" where the parser is not `least` sure of the program."""
    program = program_of(heard.tokens)
    if program is None or heard.confidence < least:
        return ""
    return FUNCTIONS[program.function].output


def _tabletop(turn: TurnContext, reference: str) -> bool:
    number = reference.removeprefix("a")
    if not number.isdigit() or not 0 < int(number) <= len(turn.attachments):
        return False
    return turn.attachments[int(number) - 1].domain in ("tabletop", "")
