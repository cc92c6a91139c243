"""What is plain to say of any picture: how many pixels it has, and in which format it is kept."""

import re

from .artifacts import Artifact

_PICTURE = r"(?:picture|image|photo|photograph|pic|file|scan|snap|result)"
_IT = rf"(?:it|this|that|(?:the|this|that|my|your)(?: \w+)? {_PICTURE})"
_SIZE = re.compile(
    r"\b(?:how many|number of) (?:mega)?pixels\b|\b(?:size|width|height) in pixels\b"
    r"|\bresolution\b"
    r"|\bhow (?:big|large|wide|high|tall)\b.{0,30}\bin pixels\b|\bpixel (?:size|dimensions?)\b"
    rf"|\b(?:dimensions|size) of (?:the|this|that|my) (?:\w+ )?{_PICTURE}\b"
    r"|\b(?:how (?:big|large|wide|high|tall)|what size) is (?:the|this|that|my) (?:\w+ )?"
    rf"{_PICTURE}\b"
    r"|\bwhat are (?:its|the) dimensions\b",
    re.IGNORECASE,
)
# After a change of size "its size" is the picture's.
_ITS_SIZE = re.compile(
    rf"\b(?:its|the(?: new)?) size\b|\b(?:how (?:big|large|wide|high|tall)|what size) is {_IT}\b",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    rf"\b(?:what|which) (?:file ?)?(?:format|type|kind of file)\b.*\b{_IT}"
    r"|\bfile (?:format|type)\b|\bis (?:it|this) a (?:png|jpe?g|webp|gif)\b",
    re.IGNORECASE,
)
_RESIZING = ("resize", "crop", "rotate")


def told_plainly(question: str, picture: Artifact) -> tuple[str, str] | None:
    """A sentence and the short answer, or None where somebody has to look at the picture."""
    resized = picture.operation.startswith(_RESIZING) and picture.focus is None
    if _SIZE.search(question) or (resized and _ITS_SIZE.search(question)):
        size = f"{picture.width} x {picture.height}"
        return f"The picture is {size} pixels.", size
    ending = picture.name.rpartition(".")[2].lower()
    if _FORMAT.search(question) and ending.isalnum():
        return f"It is a {ending.upper()} file.", ending.upper()
    return None
