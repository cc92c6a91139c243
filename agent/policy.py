"""What may happen: decided here, in plain code, and not by a language model.

Tool output, page text, file names and memories are data. A tool that changes something runs only
when the user's own turn, outside quotation marks, asks for a change.
"""

import re
from collections.abc import Callable, Sequence

from ..tools.base import SightlineTool

# What somebody else says: in quotation marks, in a fence, behind ">", pasted below a line that
# announces it ("this mail:"), or reported ("the sign says ...").
_QUOTED = (
    r"```.*?(?:```|\Z)|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|`[^`]*`|(?<!\w)‘[^’\n]{3,}’(?!\w)"
    r"|(?<!\w)'[^'\n]{3,}'(?!\w)"
)
_CITED = r"(?m:^[ \t]*>[^\n]*$)"
_PASTED = r"(?<=:)[ \t]*\n(?:(?!\n[ \t]*\n)[\s\S])*"  # after the colon, to an empty line or the end
_ANNOUNCED = re.compile(
    r"\b(?:text|e-?mail|mail|message|letter|note|article|post|review|comment|sentence|paragraph"
    r"|passage|document|page|transcript|chat|log|code|prompt|quote|poem|story|says|said|reads"
    r"|wrote|following)\b[^\n]*:$",
    re.IGNORECASE,
)
_REPORTED = (
    r"(?<!\bwhat )\b(?:the|an?|this|that|these|those|his|her|its|their|my|our|your|it|he|she|they"
    r"|someone|somebody|which|who)\s+(?:(?!(?:i|you|we)\b)[\w'’-]+\s+){0,4}?(?:says|said|reads|states|stated|wrote|writes"
    r"|(?:tells|told|asks|asked|orders|ordered|instructs|instructed|commands|commanded|begs|wants"
    r"|wanted)\s+(?:me|you|us|the reader|the assistant|everyone|everybody|anyone|robots?"
    r"|machines?|assistants?))\b[\s:,]*"
    rf"(?:{_QUOTED}|(?:(?!,\s*(?:but|so|please|now|can you|could you|would you)\b)[^.?!;\n])*)"
)
_REPORT = re.compile(rf"(?:\A|(?<=[.!?;]))\s*{_REPORTED}[\s,;.]*(?:but|so|and|still)?\b", re.I)
_FOREIGN = re.compile(f"{_QUOTED}|{_CITED}|{_PASTED}|{_REPORTED}", re.IGNORECASE | re.DOTALL)
_CHANGE = re.compile(
    r"\b(re?colou?r|paint|make|turn|change|remove|delete|erase|hide|add|put|place|insert|move|swap|"
    r"replace|crop|cut|rotate|flip|mirror|blur|sharpen|brighten|darken|resize|scale|convert|fix|"
    r"edit|annotate|label|draw|write|set|get rid|forget|clear|restore|undo|lighten|shrink|enlarge|"
    r"straighten|retouch|clean|fill|duplicate|copy|paste|wipe|drop|give|trim|tilt|spin|zoom|"
    r"reflect|double|(?:up|down)scale|dim\b|desaturate|gr[ea]yscale|black and white|pixel+ate|"
    r"censor|redact|mask|obscure|anonymi[sz]e|black out|blank out|save (?:it|this|as)|export|"
    r"revert|go back|take .*\b(?:away|out|off|back)|exchange|substitute|transform|trade|shift|"
    r"push|slide|relocate|drag|nudge|would\b[^.?!;:\n]*\blook\b(?! (?:at|for))|"
    r"(?:increase|raise|boost|lower|reduce)|(?:bright|dark|sharp|warm|cool|crisp)er)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:what|which|who|whose|where|when|why|how|is|are|was|were|does|do|did|tell|describe|count)\b"
)
_FORBIDS = re.compile(r"\b(?:no|not|don'?t|never|without) (?:\w+ )?(?:edit\w*|chang\w*|touch\w*)\b")
_NEGATED = re.compile(r"\b(?:do not|don'?t|dont|no need to|never|without)\s+(?:\w+\s+)?$", re.I)


def own_words(text: str, stand_in: str = " ") -> str:
    """`text` without what somebody else says in it: quoted instructions are nobody's wish.

    Args:
        stand_in: what takes the place of a quotation.
    """
    return _replaced(text, lambda foreign: stand_in)


def without_reports(order: str) -> str:
    """An order without the sentences before it that tell what something says: "the sign says
    "stop", but blur it" is "blur it". Where nothing asks for a change then, it stays whole.
    """
    rest = _REPORT.sub("", order).strip()
    return rest if rest != order and asks_for_change(rest) else order


def masked(text: str) -> str:
    """`text`, as long as before, with x's in place of what somebody else says."""
    return _replaced(text, lambda foreign: "x" * len(foreign))


def _replaced(text: str, stand_in: Callable[[str], str]) -> str:
    def replacement(match: re.Match[str]) -> str:
        before = text[: match.start()].rpartition("\n")[2]
        if match[0].lstrip(" \t").startswith("\n") and not _ANNOUNCED.search(before):
            return match[0]  # a list of wishes of one's own
        return stand_in(match[0])

    return _FOREIGN.sub(replacement, text)


def asks_for_change(text: str) -> bool:
    """Whether the person's own words ask for something to be changed."""
    words = own_words(text)
    return any(not _NEGATED.search(words[: m.start()]) for m in _CHANGE.finditer(words))


def may_run(tool: type[SightlineTool], own_turn: str, words: str = "") -> bool:
    """Whether `tool` may run in a turn in which the user wrote `own_turn`.

    People ask for changes in more words than any list holds ("the ball in green, if you can"). So
    a tool that changes something runs on `words`, its argument, where these are the user's own of
    this turn, and the turn does more than ask and forbid. The studio may also run on words of an
    earlier turn ("do it") where this one speaks of changing pictures.
    """
    if not tool.changes:
        return True
    if tool.specialist == "studio" and asks_for_change(own_turn):
        return True
    own = " ".join(own_words(own_turn).split()).lower()
    said = " ".join(own_words(words).split()).lower() if tool.argument else own
    return bool(said) and said in own and _wishes(own) and not _FORBIDS.search(own)


def _wishes(own: str) -> bool:
    """Whether some sentence of the user's own words is no question."""
    sentences = [s.strip(" ,:-–—") for s in re.split(r"(?<=[.!?;:])\s+|\n", own)]
    return any(re.search(r"\w", s) and not _ASKS.match(s) for s in sentences)


def stale_changes(calls: Sequence[tuple[type[SightlineTool], str]], own_turn: str) -> set[int]:
    """Indices of calls that would change something nobody asks for in this turn.

    Args:
        calls: each call's tool and words; `$turn` is the whole of this turn.

    A planner that points back into the conversation may pick up a wish that was granted already;
    where this turn has a wish of its own, only that one is meant. One that reads a quotation may
    take it for a wish; where the turn has anything else to do, only that is done.
    """
    changing = {i for i, (tool, _) in enumerate(calls) if tool.changes}
    own = {i for i in changing if calls[i][1] == "$turn" or calls[i][1] in own_turn}
    stale = changing - own if own else set()
    refused = {
        i
        for i in own
        if not may_run(calls[i][0], own_turn, own_turn if calls[i][1] == "$turn" else calls[i][1])
    }
    return stale | (refused if len(refused) < len(calls) else set())


def as_data(text: str) -> str:
    """`text` fenced as data for a language model; it cannot close the fence itself."""
    inner = re.sub(r"</?\s*(data|tool_call|tools|im_start|im_end)\b[^>]*>|<\|[^|>]*\|>", " ", text)
    return f"<data>{inner}</data>"
