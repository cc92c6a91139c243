"""Linking a plan: a call that speaks of what an earlier one gave gets a reference to it."""

import re
from dataclasses import replace
from datetime import datetime

from ..memory.wish import read_wish
from ..planning import Plan, PlannedCall
from ..references import file_named, named
from ..turn import TurnContext
from .comparing_words import FIELD
from .fitting import PAGE
from .naming import NOUN

_BACK = re.compile(
    r"\b(it|its|them|their|they|that|those|these|ones?|others?|each|both)\b",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"\b(original|unedited|untouched|unchanged|before the)\b", re.IGNORECASE)
# "Two red cubes": where they are pointed at, it goes without saying how many there are.
_NUMBERS = re.compile(
    r"\b(?:exactly |just |only )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) ",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:where|show|mark|point|highlight|circle|box|outline)\b.*\b(?:they|them|it|those|these)\b",
    re.IGNORECASE,
)
# "Which show three balls? Show where": where what was looked for stands.
_WHERE = re.compile(
    r"\W*(?:(?:and|then|also|please|show|tell|mark|point|out|me|us|exactly)\b\W*)*where\W*"
    r"(?:exactly|please)?\W*",
    re.IGNORECASE,
)
_WHAT_IS_LEFT = re.compile(
    r"\bwhat(?:['’]s| is| are)(?: still)? (?:left|remaining)(?: over)?(?! of\b)", re.IGNORECASE
)
# "Are there any red ones left?"
_ANY_LEFT = re.compile(
    r"(\b(?:any|some|more|no|another)\b[^?]*?)\s+(?:left|remaining)(?: over)?(?=\W*$)",
    re.IGNORECASE,
)
_SPEAKING = ("ground", "vqa", "document_qa")
_OF_SCENES = ("ground", "vqa", "caption", "scene_graph", "video_qa", "edit")
_FILE = re.compile(rf"\b(?:{NOUN}|clips?|videos?|original)\b", re.IGNORECASE)
# "How many are left?" after a change asks how many there are, not what stands on the left.
_LEFT = re.compile(r"\b(are|is) (?:still )?(?:left|remaining)(?: over)?(?! of\b)\b", re.IGNORECASE)
_REMAIN = re.compile(r"\b(?:do |does )?remains?\b", re.IGNORECASE)
# "How many are in it?" and "does it have any?" ask of a picture what stands in it.
_IN_IT = re.compile(
    rf"\s*\b(?:in|on) (?:it|them|there|those|(?:that|the|this) {NOUN})\b", re.IGNORECASE
)
# "Read the total and tell me whether it's over 20": what "it" is stands in the question before.
_WHETHER_IT = re.compile(
    r"^\W*(?:(?:tell me|check|say|see|let me know|and|then|also)\b[\s,]*)*"
    r"(?:(?:whether|if) (?:it|that|this)(?:['’]s| is| was)|(?:is|was) (?:it|that|this)\b)\s*",
    re.IGNORECASE,
)
_READ_IT = re.compile(
    r"\W*(?:please )?(?:read|tell|say|give)(?: me)? it(?: out| aloud| to me)?\W*", re.IGNORECASE
)
# "Which item costs most? Give me its quantity": of what the question before came to.
_WHICH = re.compile(r"^\W*(?:which|what) \w+\b", re.IGNORECASE)
_ITS = re.compile(
    r"^\W*(?:(?:and|then|also|please|tell me|give me|show me|say|what(?:['’]s| is| was))\b[\s,]*)*"
    r"its (?P<what>[a-z]+(?: (?!too\b|also\b|please\b|as\b)[a-z]+)?)"
    r"(?: too| as well| also| please)?\W*$",
    re.IGNORECASE,
)
_IT_HAS = re.compile(
    rf"\b(?:does|do) (?:it|they|that one|the {NOUN}) (?:have|show|contain|hold)\b", re.IGNORECASE
)
_HAS_IT = re.compile(r"\b(?:it|they) (?:shows?|has|have|contains?)\b", re.IGNORECASE)
# "Make it blue" is about the thing that was pointed out, "rotate it" about the picture.
_WHOLE = re.compile(
    r"\b(?:rotate|flip|mirror|crop|trim|resize|brighten|darken|lighten|sharpen|convert|save|undo)"
    r" (?:it|them|that)\b|\bdegrees\b|\bblack and white\b|\bgr[ae]y-?scale\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|them|that|those)\b(?! one)", re.IGNORECASE)


def linked_to_finds(plan: Plan, turn: TurnContext) -> Plan:
    """What follows a search looks at what was found, unless it names an attachment.

    To be done before attachments are filled in. Where something came with the turn itself, words
    must point back at what was found.
    """
    calls: list[PlannedCall] = []
    for call in plan.calls:
        found = [i for i, made in enumerate(calls) if turn.tools[made.tool].finds]
        tool = turn.tools[call.tool]
        words = str(call.args.get(tool.argument, "")) or turn.text
        if found and tool.finds and _SHOWN.search(words):
            # "Mark them" points at what was found; it is no second search.
            call = PlannedCall(tool="ground", args={"phrase": words})
            tool = turn.tools[call.tool]
        free = tool.wants and not _in_view(str(call.args.get("artifact", "")), turn)
        if found and free and (not turn.fresh or _BACK.search(words)):
            # What is to be changed is one picture, the best.
            each = "" if tool.changes else ".items"
            call = _with_file(_of_picture(call), f"${found[-1]}{each}")
            if call.tool == "ground" and (_BACK.search(words) or _WHERE.fullmatch(words)):
                sought = str(calls[found[-1]].args.get("query", ""))
                things = _NUMBERS.sub("", read_wish(sought, datetime.now()).topic)
                call = replace(call, args={**call.args, "phrase": things or words})
        calls.append(call)
    return replace(plan, calls=tuple(calls))


def linked(plan: Plan, turn: TurnContext) -> Plan:
    """What follows a change looks at the changed picture; "it" waits for what it stands for."""
    calls: list[PlannedCall] = []
    for call in plan.calls:
        calls.append(_linked(call, calls, turn))
    return replace(plan, calls=tuple(calls))


def _linked(call: PlannedCall, before: list[PlannedCall], turn: TurnContext) -> PlannedCall:
    tool = turn.tools[call.tool]
    given = file_named(call.args)
    changed = [
        i for i, made in enumerate(before)
        if given is not None and turn.tools[made.tool].changes and file_named(made.args) == given
    ]  # fmt: skip
    if changed and turn.tools[before[given or 0].tool].finds:
        # Of what was found and then changed, the changed picture is meant.
        return _with_file(_of_picture(call), f"${changed[-1]}")
    if given is not None and before[given].tool in _SPEAKING:
        return _about(call, before[given], turn)
    if not tool.wants or given is not None:
        return call
    if call.tool == "vqa" and _was_changed(str(call.args["artifact"]), turn):
        question = _what_remains(str(call.args["question"]))
        call = replace(call, args={**call.args, "question": question})
    words = str(call.args.get(tool.argument, ""))
    if tool.wants == PAGE and (noun := _noun_before(call, before)):
        words = _WHETHER_IT.sub(f"is the {noun} ", words)
        words = f"what is the {noun}?" if _READ_IT.fullmatch(words) else words
        call = replace(call, args={**call.args, tool.argument: words})
    elif tool.wants == PAGE and (which := _which_before(call, before)) is not None:
        words = _ITS.sub(rf"what is the \g<what> of ${which}.answer?", words)
        call = replace(call, args={**call.args, tool.argument: words})
    if not tool.changes and _ORIGINAL.search(words or turn.text):
        return replace(call, after=())
    same = [i for i, made in enumerate(before) if _looked_at(made, before) == call.args["artifact"]]
    changed = [i for i in same if turn.tools[before[i].tool].changes]
    if not changed and not turn.fresh and not _FILE.search(turn.text) and call.tool in _OF_SCENES:
        # Where no file is named, "then describe it" is about what was just changed.
        changed = [i for i, made in enumerate(before) if turn.tools[made.tool].changes]
    if changed:
        return _with_file(_of_picture(call), f"${changed[-1]}")
    spoken = [i for i in same if before[i].tool in _SPEAKING]
    if spoken and _BACK.search(words):
        call = _about(call, before[spoken[-1]], turn)
        return _with_file(call, f"${spoken[-1]}")
    return replace(call, after=tuple(sorted(named(call.args))))


def _about(call: PlannedCall, spoken: PlannedCall, turn: TurnContext) -> PlannedCall:
    """A change of "it" as a change of what was pointed out, unless it is one of the picture."""
    tool = turn.tools[call.tool]
    words, phrase = str(call.args.get(tool.argument, "")), str(spoken.args.get("phrase", ""))
    if spoken.tool == "document_qa" and (field := FIELD.search(str(spoken.args["question"]))):
        phrase = f"the {field[1].lower()}"
    if not tool.changes or not phrase or _WHOLE.search(words):
        return call
    told = _IT.sub(lambda match: phrase, words, count=1)
    return replace(call, args={**call.args, tool.argument: told})


def _noun_before(call: PlannedCall, before: list[PlannedCall]) -> str:
    """What the last question about the same pages asked for: "total", or ""."""
    here = (call.tool, call.args.get("artifact"))
    same = [made for made in before if (made.tool, made.args.get("artifact")) == here]
    field = FIELD.search(str(same[-1].args.get("question", ""))) if same else None
    return field[1].lower() if field else ""


def _which_before(call: PlannedCall, before: list[PlannedCall]) -> int | None:
    """The last question about the same pages, where it asks which of several things."""
    here = (call.tool, call.args.get("artifact"))
    same = [i for i, made in enumerate(before) if (made.tool, made.args.get("artifact")) == here]
    asked = str(before[same[-1]].args.get("question", "")) if same else ""
    return same[-1] if _WHICH.search(asked) else None


def _in_view(reference: str, turn: TurnContext) -> bool:
    """Whether an attachment in view is named; planners count what is found after those."""
    number = reference.removeprefix("a")
    return number.isdigit() and 0 < int(number) <= len(turn.attachments)


def _of_picture(call: PlannedCall) -> PlannedCall:
    """A question about a picture that was found or made, in the words of one about any picture."""
    if call.tool != "vqa":
        return call
    question = str(call.args["question"])
    plain = _IN_IT.sub("", _HAS_IT.sub("there are", _IT_HAS.sub("are there", question)))
    return replace(call, args={**call.args, "question": _what_remains(plain)})


def _what_remains(question: str) -> str:
    """A question about what is left after a change as one about what is there."""
    question = _WHAT_IS_LEFT.sub("what is there", question)
    question = _ANY_LEFT.sub(r"\1", question)
    return _REMAIN.sub("are there", _LEFT.sub(r"\1 there", question)).strip()


def _was_changed(reference: str, turn: TurnContext) -> bool:
    """Whether an attachment in view was made from another."""
    number = reference.removeprefix("a")
    return _in_view(reference, turn) and bool(turn.attachments[int(number) - 1].parent)


def _looked_at(call: PlannedCall, before: list[PlannedCall]) -> str:
    """The attachment that a call looks at, or a picture made from it."""
    index = file_named(call.args)
    if index is not None:
        return _looked_at(before[index], before)
    return str(call.args.get("artifact", ""))


def _with_file(call: PlannedCall, reference: str) -> PlannedCall:
    args = {**call.args, "artifact": reference}
    return replace(call, args=args, after=tuple(sorted(named(args))))
