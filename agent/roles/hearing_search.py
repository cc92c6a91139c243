"""A second hearing of searches: one wish stays one search, and asking for one's own files is one.

A planner may cut "search my album for three cans plus a big yellow cube" in two, or keep its first
half alone; and it may take "show me only my receipts" for small talk.
"""

import re
from dataclasses import replace
from typing import Final

from ..planning import Plan, PlannedCall
from ..turn import TurnContext
from .clauses import clauses

SEARCH: Final = "retrieve"
_LOOKING: Final = (SEARCH, "vqa", "ground", "caption")
# What goes on with the list of what is wanted, and what begins another order or question.
_GOES_ON: Final = re.compile(
    r"^\s*(?:,|plus|and|with|but|as well as|&|\+)[\s,]*(?:and |plus |with |but )?"
    r"(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|\d+|no|some|any|exactly|at least"
    r"|at most|more|fewer|only|several|another)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    r"\b(?:that|which)(?: (?:is|are|has|have|looks?)\b|['’]s\b)", re.IGNORECASE
)
_ANOTHER: Final = re.compile(
    r"[?;:]|\.\s|\b(?:then|afterwards|also|tell|show|say|describe|give|what|what's|how|which|where"
    r"|who|is|are|does|do|count|find|search|point|mark|highlight|circle|make|turn|remove|change"
    r"|caption|compare|edit|crop|blur|read|summari[sz]e|rotate|it|its|them|their|they|each)\b",
    re.IGNORECASE,
)
_FILES: Final = (
    r"(?:receipts|invoices|bills|documents|docs|pages|papers|pdfs|letters|forms|scans|videos|clips"
    r"|recordings|movies|pictures|photos|photographs|images|pics|snaps|snapshots|shots|files|album"
    r"|gallery|library)"
)
_ASKING: Final = (
    r"^\W*(?:(?:please|pls|hey|hi|ok|okay|now|and|so|can you|could you|would you|will you|i want to"
    r"|i'd like to|i would like to|i need to|let me|let's)[\s,]+)*"
    r"(?:(?:show|list|see|open|give|get|find|display|bring up|pull up|browse|view|fetch|look at"
    r"|look through|go through|where are|what's in|what is in|just|only)\s+)*(?:me\s+|us\s+)?"
)
_REST: Final = (
    r"(?:\s*$|\s*[,.?!]|\s+(?:from|of|with|about|that|where|in|since|please|pls|only|again|sent"
    r"|taken|for|by|today|yesterday|this|last|here|now)\b)"
)
_OWN: Final = re.compile(
    rf"{_ASKING}(?:(?:just|only|all|all of|every one of|any of)\s+)*my\s+(?:\w+\s+){{0,2}}?{_FILES}"
    rf"{_REST}"
    rf"|\b(?:what|which|any|how many)\b (?:\w+ ){{0,2}}?{_FILES} (?:do i have|have i got)\b"
    r"|\b(?:duplicates?|doubles|dupes)\b(?=.*\b(?:there|album|gallery|library|pics|pictures|photos"
    r"|files|have|got)\b)"
    rf"|\bhow many (?:\w+ ){{0,2}}?{_FILES} (?:are|is)(?: there)? in (?:my|the) \w+"
    rf"|\b(?:do i have|have i got) (?:any |some )?(?:\w+ ){{0,2}}?{_FILES}{_REST}"
    rf"|{_ASKING}(?:just|only) (?:the|my) {_FILES}{_REST}"
    rf"|{_ASKING}(?:all (?:of )?)?(?:the|those) {_FILES} (?:from|of|since) (?:today"
    r"|yesterday|this|last|the (?:last|past))\b",
    re.IGNORECASE,
)
# A clip or a picture that is described is looked for; nothing else could be meant.
_DESCRIBED: Final = re.compile(
    r"^\W*(?:please |can you |could you )?(?:find|get|fetch|show|bring|pull up|dig out|look for)\b"
    r".{0,20}\b(?:video|clip|recording|movie|picture|photo|image|scene)s?"
    r" (?:in which|where|with|that|of|when)\b",
    re.IGNORECASE,
)


# With nothing in view, "open my train ticket" and "pull up the invoice" mean stored files.
_STORED: Final = re.compile(
    r"^\W*(?:(?:please|pls|hey|hi|ok|okay|now|and|so|can you|could you|would you|will you)[\s,]+)*"
    r"(?:open|find|show|get|fetch|bring up|pull up|dig (?:up|out)|look up|look for|where(?:'s| is))"
    r"\s+(?:me\s+)?(?:my|the|that|our)\s+(?:\w+\s+){0,2}?(?:receipts?|invoices?|bills?|documents?"
    r"|letters?|tickets?|forms?|menus?|statements?|tables?|charts?|pdfs?|scans?|slips?)\b",
    re.IGNORECASE,
)
# "One like this with a cube more" is looked for; what only comes with a turn is not.
_SUCH: Final = re.compile(
    r"\b(?:anything|something)\b.{0,20}\b(?:like|similar to) (?:this|that|it|these)\b"
    r"|\b(?:find|search|look(?:ing)? for|i'm after|i am after|do i have|have i got|is there|any|get"
    r"|show)\b.{0,40}\b(?:one|ones|pictures?|photos?|something|anything)\b.{0,20}"
    r"\b(?:like|similar to) (?:this|that|it|these)\b",
    re.IGNORECASE,
)
_HANDED: Final = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|now|hi|hey|hello)[\s,]+)*(?:here(?:'s| is| are| come)|this is"
    r"|(?:just )?(?:look at|check(?: out)?|see|have a look at) (?:this|these)"
    r"|these are|some more|and (?:this|these))\b",
    re.IGNORECASE,
)
# Whatever is shown goes into the album; "add these to my album" asks for no more.
KEPT: Final = "In your album now: {}."
_THESE: Final = (
    r"(?:this|these|that|those|it|them)(?: (?:two|three|four|five|\d+))?"
    r"(?: (?:clip|video|picture|photo|image|one|snap|shot|file|receipt|document|page|scan)s?)?"
    r"(?: (?:of|from|with) (?:\w+ ?){1,4})?"
)
_ADDS: Final = re.compile(
    r"^[^?]*\b(?:add|keep|save|store|put|include|file|(?:one|two|three|some|\d+) more)\b[^?]*"
    r"\b(?:in(?:to)?|to|for)\s+(?:my|the|our)\s+(?:\w+ )?(?:album|gallery|library|collection)\b"
    r"(?!.*\b(?:find|search|show|which|like)\b)",
    re.IGNORECASE,
)
_KEEPS: Final = re.compile(
    r"\W*(?:(?:please|pls|and|also|now|ok|okay|then|can you|could you)\b\W*)*"
    rf"(?:add|save|store|keep)\s+{_THESE}\s*(?:\b(?:too|as well|also|please|pls|for later|for me)\b"
    r"\W*)*",
    re.IGNORECASE,
)
_ALSO: Final = re.compile(rf"\W*(?:and|also|plus|this)\b.{{0,3}}(?:{_THESE})?\W*", re.IGNORECASE)
_SOUGHT: Final = re.compile(
    r"\b(?:find|search|look(?:ing)? for|like|similar|match\w*|album|gallery|library)\b",
    re.IGNORECASE,
)
# Of what was shown and said the memory tells more than the album.
_TALKED: Final = re.compile(
    r"\b(?:you|we|show(?:ed|n)|sen[dt]|ask(?:ed)?|told|tell|said|talk\w*|upload\w*|yesterday|ago)\b",
    re.IGNORECASE,
)


def search_heard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or one search for the whole turn where that is what was asked for."""
    if SEARCH not in turn.tools:
        return plan
    whole = replace(plan, calls=(PlannedCall(tool=SEARCH, args={"query": turn.text}),), reply="")
    if turn.fresh:
        if (handed := _handed_over(plan, turn)) is not None:
            return handed
        if _SUCH.search(turn.text) and all(call.tool in (SEARCH, "edit") for call in plan.calls):
            args = {"query": turn.text, "artifact": f"a{len(turn.attachments)}"}
            return replace(whole, calls=(PlannedCall(tool=SEARCH, args=args),))
    if not turn.fresh and (not plan.calls or _of_no_file(plan, turn) or _of_files(plan, turn)):
        asked = _OWN.search(turn.text) or (not plan.calls and _DESCRIBED.search(turn.text))
        # What is asked beside is a clause of its own.
        alone = not turn.attachments and len(clauses(turn.text)) == 1
        asked = asked or (alone and _STORED.search(turn.text))
        return whole if asked else plan
    if not plan.calls or plan.calls[0].tool != SEARCH:
        return plan
    if any(call.tool not in _LOOKING for call in plan.calls) or plan.calls[0].args.get("artifact"):
        return plan
    query = str(plan.calls[0].args.get("query", ""))
    at = turn.text.find(query)
    rest = _RELATIVE.sub("", turn.text[at + len(query) :]) if at >= 0 and query else ""
    return whole if _GOES_ON.search(rest) and not _ANOTHER.search(rest) else plan


def album_heard(plan: Plan, turn: TurnContext) -> Plan:
    """`plan`, or the word that what came with the turn is in the album, where no more is asked."""
    if not turn.fresh:
        return plan
    again = turn.last_reply.startswith(KEPT.split("{")[0]) and _ALSO.fullmatch(turn.text)
    if _ADDS.search(turn.text) or _KEEPS.fullmatch(turn.text) or again:
        return replace(plan, calls=(), reply="kept")
    return plan


def kind_sought(words: str) -> str:
    """What a search for `words` will find, as planners call it."""
    if re.search(r"\b(?:video|clip|recording|movie|footage)s?\b", words, re.IGNORECASE):
        return "video"
    return "document" if _STORED.search(words) else "picture"


def _handed_over(plan: Plan, turn: TurnContext) -> Plan | None:
    """A look at each file where they are only handed over, "here are three of my table", and would
    be searched for."""
    searched = not plan.calls or any(call.tool == SEARCH for call in plan.calls)
    asks = "?" in turn.text or _SOUGHT.search(turn.text)
    if not searched or asks or not _HANDED.search(turn.text):
        return None
    first = len(turn.attachments) - turn.fresh + 1
    files = [f"a{number}" for number in range(first, len(turn.attachments) + 1)]
    return replace(
        plan, calls=tuple(PlannedCall(tool="caption", args={"artifact": f}) for f in files)
    )


def _of_files(plan: Plan, turn: TurnContext) -> bool:
    """Whether talks are looked through where files are asked for: "my videos"."""
    return all(call.tool == "recall" for call in plan.calls) and not _TALKED.search(turn.text)


def _of_no_file(plan: Plan, turn: TurnContext) -> bool:
    """Whether the plan looks at a file where none was ever shown."""
    looking = ("document_qa", "vqa", "ground", "caption")
    return not turn.attachments and all(call.tool in looking for call in plan.calls)
