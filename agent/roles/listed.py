"""Files of a list that was just told: after "I found 2: b.png and a.png" the second is a.png.

In view the best that was found stands last, but people count along what they read.
"""

import re
from dataclasses import replace

from ...tools.artifacts import Artifact
from ..planning import Plan, PlannedCall
from ..turn import TurnContext
from .fitting import PAGE
from .naming import NOUN, PLACES, place_of

_ONE = re.compile(
    rf"(?P<within>\s*\b(?:in|on|of|from|within)\s+)?\b(?:the|that|my)\s+(?P<place>{PLACES}|last)"
    rf"\s+(?:one|{NOUN})\b(?! from)",
    re.IGNORECASE,
)
_ONLY_SHOWN = re.compile(
    r"\W*(?:(?:and|ok|okay|now|so|yes|please|pls|then|just|only|can you|could you|let me|let's)\b"
    r"[\s,]*)*(?:show|open|see|view|give|display|bring up|pull up|look at|take|have a look at)?"
    r"\s*(?:me|us)?\W*(?:again|please|pls|then)?\W*",
    re.IGNORECASE,
)


_AGAIN = re.compile(
    r"\W*(?:(?:and|ok|okay|now|so|please|pls|can you|could you|can i|could i|may i)\b[\s,]*)*"
    r"(?:show|open|see|let me see|bring up|pull up|give)(?: me)? (?:it|that|this|that one)"
    r"(?: (?:picture|photo|image|one))?(?: to (?:me|us))?"
    r"(?: once (?:more|again)| again| one more time)"
    r"(?:,? (?:please|pls|then))?\W*",
    re.IGNORECASE,
)


_SHOW_IT = re.compile(
    r"\W*(?:(?:and|ok|okay|now|so|please|can you|could you|can i|could i|may i)\b[\s,]*)*"
    r"(?:show|open|see|let me see|bring up|pull up|give)(?: me)? (?:it|that|this|that one)"
    r"(?: to me)?\W*(?:please|pls)?\W*",
    re.IGNORECASE,
)


def of_listed(plan: Plan, turn: TurnContext) -> tuple[Plan, TurnContext]:
    """`plan` and `turn` with "the second one" taken for the file that was listed second."""
    found = _SHOW_IT.fullmatch(turn.text) and len(_listing(turn)) == 1
    if turn.attachments and not turn.fresh and (found or _AGAIN.fullmatch(turn.text)):
        file = f"a{len(turn.attachments)}"
        call = _described(turn.attachments[-1], file)
        return replace(plan, calls=(call,), reply="", shown=(file,)), turn
    listing = _listing(turn)
    said = _ONE.search(turn.text) if len(listing) > 1 else None
    if said is None:
        return plan, turn
    place = len(listing) - 1 if said["place"].lower() == "last" else None
    place = place_of(said["place"], len(listing)) if place is None else place
    if place is None:
        return plan, turn
    file = listing[place]
    rest = turn.text[: said.start()] + turn.text[said.end() :]
    if _ONLY_SHOWN.fullmatch(rest):
        call = _described(turn.attachments[int(file[1:]) - 1], file)
        return replace(plan, calls=(call,), reply="", shown=(file,)), turn
    calls: list[PlannedCall] = []
    for call in plan.calls:
        tool = turn.tools[call.tool]
        args = dict(call.args)
        if tool.wants:
            args["artifact"] = file
            if tool.argument in args:
                args[tool.argument] = _bare(str(args[tool.argument]))
        calls.append(replace(call, args=args))
    return replace(plan, calls=tuple(calls)), replace(turn, text=_bare(turn.text))


def _described(artifact: Artifact, file: str) -> PlannedCall:
    """What is said beside a file that is only to be seen."""
    if artifact.kind == "video":
        return PlannedCall(tool="video_qa", args={"question": "what happens?", "artifact": file})
    if artifact.domain == PAGE:
        asked = "what kind of document is this?"
        return PlannedCall(tool="document_qa", args={"question": asked, "artifact": file})
    return PlannedCall(tool="caption", args={"artifact": file})


def _listing(turn: TurnContext) -> list[str]:
    """The files in view that the last reply named, in the order in which it did."""
    if turn.fresh:
        return []
    at = {
        turn.last_reply.find(artifact.name): f"a{number}"
        for number, artifact in enumerate(turn.attachments, start=1)
    }
    return [at[start] for start in sorted(at) if start >= 0]


def _bare(words: str) -> str:
    """ "How many are in the second one?" asks how many there are, "blur the second one" of "it"."""
    return _ONE.sub(lambda said: "" if said["within"] else "it", words).strip() or words
