"""What may happen: decided here, in plain code, and not by a language model.

Tool output, page text, file names and memories are data. A tool that changes something runs only
when the user's own turn, outside quotation marks, asks for a change.
"""

import re

from ..tools.base import SightlineTool

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|`[^`]*`|(?<!\w)'[^'\n]{3,}'(?!\w)")
_CHANGE = re.compile(
    r"\b(re?colou?r|paint|make|turn|change|remove|delete|erase|hide|add|put|place|insert|move|swap|"
    r"replace|crop|cut|rotate|flip|mirror|blur|sharpen|brighten|darken|resize|scale|convert|fix|"
    r"edit|annotate|label|draw|write|set|get rid|forget|clear|restore|undo|lighten|shrink|enlarge|"
    r"straighten|retouch|clean|fill|duplicate|copy|paste|wipe|drop|give)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:do not|don'?t|dont|no need to|never|without)\s+(?:\w+\s+)?$", re.I)


def own_words(text: str) -> str:
    """`text` without what stands in quotation marks: quoted instructions are nobody's wish."""
    return _QUOTED.sub(" ", text)


def asks_for_change(text: str) -> bool:
    """Whether the person's own words ask for something to be changed."""
    words = own_words(text)
    return any(not _NEGATED.search(words[: m.start()]) for m in _CHANGE.finditer(words))


def may_run(tool: type[SightlineTool], own_turn: str) -> bool:
    """Whether `tool` may run in a turn in which the user wrote `own_turn`."""
    return not tool.changes or asks_for_change(own_turn)


def as_data(text: str) -> str:
    """`text` fenced as data for a language model; it cannot close the fence itself."""
    inner = re.sub(r"</?\s*(data|tool_call|tools|im_start|im_end)\b[^>]*>|<\|[^|>]*\|>", " ", text)
    return f"<data>{inner}</data>"
