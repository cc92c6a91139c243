"""A turn's clauses: where a person asks for one thing and then for another.

A cut is made at a clear joiner ("..., then ...", "... and tell me ...", a new sentence) and only
where what follows asks for something by itself. Planners see most of these by themselves; the
clauses are for the turns of which they plan too little.
"""

import re

_ASK = (
    r"(?:what(?! an? )|which|where|who|whose|when|how|is|are|was|were|does|do|did|has|have|can you"
    r"|tell|show|say(?! (?:twice|half|about|around|by|to|\d))"
    r"|describe|caption|summari[sz]e|explain|give|list|name|count|find|locate|point"
    r"|mark|highlight|circle|box|outline|draw|read|check|compare|look|search|get|fetch|pull|open|dig"
    r"|make|turn|paint|colou?r|recolou?r|change|remove|delete|erase|take|add|put|insert|replace"
    r"|swap|move|shift|push|crop|cut|trim|rotate|flip|mirror|resize|scale|shrink|enlarge|blur"
    r"|pixelate|hide|brighten|darken|lighten|sharpen|convert|annotate|label|undo|zoom|i want"
    r"|i need|i'd like|let me know)\b"
)
_SOFT = (
    r"(?:(?:and|then|also|please|pls|now|next|afterwards|after that|finally|lastly|first|ok|okay"
    r"|so|just|plus|oh|hey|hi|when that'?s done|once done"
    r"|if (?:so|yes|there is(?: one)?|you find (?:it|one))|(?:can|could|would|will) (?:you|u)"
    r"|i(?:'d| would) like you to|i want you to|go on and|go ahead and)\b[\s,]*)*"
)
_CUT = re.compile(
    rf"(?:(?<=[.?!;])\s+|\s*[,;]\s*|\s+[-–—]+\s+|\s+(?:and|&|\+|then|plus)\s+)(?={_SOFT}{_ASK})",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^{_SOFT}", re.IGNORECASE)
_ASKS = re.compile(rf"(?:^|[,;:]\s*){_SOFT}{_ASK}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<then>.+?)[\s,]+(?:after|once) (?:you(?:'ve| have)?|having|that) (?P<first>{_ASK}.+)",
    re.IGNORECASE | re.DOTALL,
)
# "Rotate it after you've hidden the ball."
_DONE = {
    "hidden": "hide", "cropped": "crop", "trimmed": "trim", "blurred": "blur", "rotated": "rotate",
    "flipped": "flip", "mirrored": "mirror", "resized": "resize", "removed": "remove",
    "deleted": "delete", "erased": "erase", "painted": "paint", "coloured": "colour",
    "colored": "color", "made": "make", "changed": "change", "turned": "turn", "added": "add",
    "moved": "move", "hiding": "hide", "cropping": "crop", "blurring": "blur", "making": "make",
    "removing": "remove", "painting": "paint", "turning": "turn", "flipping": "flip",
    "rotating": "rotate",
}  # fmt: skip
_HAVING = re.compile(
    rf"(\b(?:after|once) (?:you(?:['’]ve| have)?|having|that) )({'|'.join(_DONE)})\b", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
# What hangs on to a question and asks for nothing: "..., do you know", "..., i need it for school".
_TAIL = re.compile(
    r"\W*(?:do you know|would you say|can you tell|is (?:there|it)|are (?:there|they)|isn['’]?t it"
    r"|aren['’]?t (?:there|they)|does it|do they|i need (?:it|this|that|to know)\b.*"
    r"|i want to know\b.*|let me know|tell me|show me|which(?: ones?)?)\W*",
    re.IGNORECASE,
)
# "is it red or is it blue": an alternative goes on; so does "where a ball is and which is red".
_OPEN = re.compile(
    r"\b(?:or|and|but|than|of|the|a|an|with|without|if|whether|not)\s*$", re.IGNORECASE
)

# "Tell me, is it red?", "can you kindly say - of the balls, how many ...": what leads up to a
# question asks for nothing by itself.
_LEADING_UP = re.compile(
    rf"^\W*{_SOFT}(?:(?:kindly|quickly|please|pls|maybe|perhaps)\s+)?"
    r"(?:(?:tell|show|help|answer) me|tell|say|let me know|check|listen"
    r"|(?:look|see|read|check|count)(?: here| this| closely| carefully| again)?"
    r"|(?:have|take) a (?:\w+ )?look|i need|i want|i need to know|i want to know|i'd like to know)"
    r"\s*(?:[-–—:,;.…]+\s*|$)",
    re.IGNORECASE,
)
# "What if it wasn't there, who would it hit then?" is one question; so is "when it stops, is ...?".
_SUPPOSED = re.compile(
    rf"^\W*{_SOFT}(?:(?:what if|suppose|supposing|imagine|assuming|if|without)\b"
    r"|when (?!(?:is|are|was|were|does|do|did|will|would|can|could|has|have|had|should)\b)"
    r"|(?:were|had)\b[^?]*\b(?:not|never|gone|absent|missing)\b)[^?]*$",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The clauses of `text` in order, each without what joins it; one where nothing is joined."""
    text = _HAVING.sub(lambda said: f"{said[1]}{_DONE[said[2].lower()]}", text)
    if turned := _BEFORE.match(text):
        return [*clauses(turned["first"]), *clauses(turned["then"])]
    hidden = [match.span() for match in _QUOTED.finditer(text)]
    parts: list[str] = []
    start = 0
    for cut in _CUT.finditer(text):
        said = text[start : cut.start()]
        if any(a < cut.start() < b for a, b in hidden) or _OPEN.search(said):
            continue
        if _SUPPOSED.search(said):
            continue
        if _TAIL.fullmatch(text[cut.end() :]):
            continue
        if not _ASKS.search(_LEADING_UP.sub("", said).strip()):
            continue  # "Here are two photos: ..." belongs to what it leads up to
        parts.append(said)
        start = cut.end()
    parts.append(text[start:])
    bare = [_LEADING.sub("", part.strip()).strip(" ,;") for part in parts]
    return [part for part in bare if part] or [text]
