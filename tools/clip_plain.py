"""What is plain to say of any clip: how long it is, that nobody listens to it, a still of it."""

import re
from dataclasses import dataclass
from io import BytesIO

from .artifacts import Artifact, ArtifactStore
from .results import Span, ToolError

DEAF = "I only watch clips and don't listen to them, so I can't tell what is to be heard."
FIXED = "I can't change clips, only pictures. Ask me for a still of it, and I'll change that."
_SOUND = re.compile(
    r"\b(?:you|i|we|one|be|what is|anything) (?:hear|heard)\b(?! (?:me|that|it from))"
    r"|\b(?:the|any|a|no|what|which|with|without) (?:\w+ )?(?:sounds?|noises?|beeps?"
    r"|audio|music|songs?"
    r"|tunes?|voices?|soundtrack|lyrics)\b(?! mind)|\bhow loud\b|\bis it (?:loud|silent)\b"
    r"|^\W*(?:and |is there )?(?:audio|sound|music)\b"
    r"|\b(?:who|anyone|anybody|someone|somebody|person|man|woman|people|kids?|he|she|they)\b.{0,20}"
    r"\b(?:speak(?:s|ing)?|talk(?:s|ing)?|sing(?:s|ing)?|say(?:s|ing)?)\b",
    re.IGNORECASE,
)
_SHORT = 14  # words; a longer question only begins with what somebody heard
_IT = (
    r"(?:it|this|that|(?:the|this|that|my|your)(?: whole)? (?:clip|video|recording|movie|gif|film))"
)
_LENGTH = re.compile(
    rf"\bhow long (?:is|was|does|did|goes)? ?{_IT}\b(?! (?:move|take|stand|stay|roll)\w*)"
    rf"|\bhow many seconds\b.*\b(?:{_IT}|long)\b|\b(?:duration|running time|play ?time)\b"
    r"|\blength of (?:it|the|this|that)\b|^\W*(?:and |the |its )?length\W*$",
    re.IGNORECASE,
)
_FRAMES = re.compile(r"\bhow many frames\b|\bnumber of frames\b|\bframe ?count\b", re.IGNORECASE)
_RATE = re.compile(r"\bfps\b|\bframe ?rate\b|\bframes (?:per|a|each) second\b", re.IGNORECASE)
_SIZE = re.compile(
    r"\bresolution\b|\bhow many pixels\b|\bin pixels\b|\bpixel (?:size|dimensions?)\b"
    rf"|\bdimensions of {_IT}",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:still|screen ?shot|snap ?shot|(?:key ?)?frame|picture|image)\b.*?"
    r"(?P<at>\d+(?:\.\d+)?)\s*(?:s\b|sec\w*)"
    r"|\b(?P<end>first|last|final|opening)(?: \w+)? (?:frame|still|picture|image)\b",
    re.IGNORECASE,
)
_FETCHES = re.compile(
    r"\b(?:take|get|give|show|grab|extract|save|make|want|need|pull|export|capture|see|have)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^\W*(?:(?:please|pls|now|and|then|can you|could you|would you|will you)\b[\s,]*)*"
    r"(?:(?:make|turn) (?:it|this|that|the (?:clip|video))|rotate|crop|trim|flip|mirror|speed"
    r"|slow (?:it|this|that|the)|mute|convert|blur|brighten|darken|sharpen|resize|reverse|loop"
    r"|cut (?:it|this|that|the|off|out))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What is told of a clip without watching it.

    Attributes:
        answer: the short answer, None where it is declined.
        made: the id of a still.
    """

    text: str
    answer: str | None = None
    made: str = ""
    span: Span | None = None


def is_plain(question: str) -> bool:
    """Whether no model has to watch the clip to answer."""
    facts = (_LENGTH, _FRAMES, _RATE, _SIZE, _CHANGES)
    still = _wants_still(question) is not None
    return still or _of_sound(question) or any(form.search(question) for form in facts)


def told_plainly(question: str, clip: Artifact, store: ArtifactStore) -> Plain | None:
    """The answer, or None where the clip must be watched.

    Raises:
        ToolError: a still is asked for of a time that the clip does not reach.
    """
    if (still := _wants_still(question)) is not None:
        return _still(still, clip, store)
    if _of_sound(question):
        return Plain(text=DEAF)
    if _CHANGES.search(question):
        return Plain(text=FIXED)
    facts: list[tuple[str, str]] = []
    if _LENGTH.search(question):
        facts.append((f"It is {clip.seconds:.1f} s long.", f"{clip.seconds:.1f}"))
    if _RATE.search(question) and clip.fps:
        facts.append((f"It has {clip.fps:g} frames a second.", f"{clip.fps:g}"))
    elif _FRAMES.search(question):
        facts.append((f"It has {clip.frames} frames.", str(clip.frames)))
    if _SIZE.search(question):
        size = f"{clip.width} x {clip.height}"
        facts.append((f"It is {size} pixels.", size))
    if not facts:
        return None
    return Plain(text=" ".join(f[0] for f in facts), answer=", ".join(f[1] for f in facts))


def _of_sound(question: str) -> bool:
    return len(question.split()) <= _SHORT and bool(_SOUND.search(question))


def _wants_still(question: str) -> re.Match[str] | None:
    found = _STILL.search(question)
    return found if found and _FETCHES.search(question) else None


def _still(asked: re.Match[str], clip: Artifact, store: ArtifactStore) -> Plain:
    ends = {"first": 0.0, "opening": 0.0}
    at = float(asked["at"]) if asked["at"] else ends.get(asked["end"].lower(), clip.span)
    if at > clip.seconds:
        raise ToolError(f"The clip is only {clip.seconds:.1f} s long; name a moment within it.")
    share = min(1.0, at / clip.span) if clip.span else 0.0
    buffer = BytesIO()
    store.image(clip.id, 1 + round(share * (clip.pages - 1))).save(buffer, "PNG")
    stem = clip.name.rsplit(".", 1)[0]
    made = store.add((f"{stem}-{at:.1f}s.png", buffer.getvalue()))
    span = Span(artifact=clip.id, start=at, end=at, label="the still")
    return Plain(text=f"Here is the clip at {at:.1f} s.", made=made.id, span=span)
