"""Questions about clips written by hand, with their programs: the pictures' notation, and more.

hit(X, Y)  hit_next(X, Y)  hit_if(X, Y, Z)      collisions of X and Y; after the end; without Z
coll  enters  leaves  stops  starts  anything   the clip's events of a kind; `..._next` after its
                                                end, `..._if(Z)` without Z
enter(X)  leave(X)  stop(X)  start_of(X)  meet(X, Y)    the first such event
"""

from importlib.resources import files
from typing import Final

from ...freeform import Freeform, Language, read_lines
from ...functions import Call
from ..asking import first, meeting
from ..language import CLIP, NEXT, OBJECTS, call, described, happen

_KINDS: Final = {
    "coll": "collision", "enters": "enter", "leaves": "leave", "stops": "stop", "starts": "start",
    "anything": "any",
}  # fmt: skip
_FIRST: Final = {"enter": "enter", "leave": "leave", "stop": "stop", "start_of": "start"}


def _build(name: str, *args: Call, value: str | None = None) -> Call:
    stem, _, world = name.partition("_")
    if stem in _KINDS and world in ("", "next", "if"):
        if world == "if":
            return happen(_KINDS[stem], call("without", *args))
        return happen(_KINDS[stem], NEXT) if world else happen(_KINDS[stem])
    if stem == "hit":
        if world == "if":
            return meeting(args[0], args[1], call("without", args[2]))
        return meeting(args[0], args[1], NEXT if world else CLIP)
    if name == "meet":
        return first(meeting(args[0], args[1]))
    if name in _FIRST:
        return first(call("with", happen(_FIRST[name]), *args))
    return call(name, *args, value=value)


VIDEO: Final = Language(_build, described, OBJECTS)


def freeform(part: str) -> list[Freeform]:
    """All hand-written pairs of `part`: "train", "dev" or "heldout" (never trained on)."""
    found: list[Freeform] = []
    for file in sorted(files(__name__).joinpath(part).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            text = file.read_text(encoding="utf-8")
            found.extend(read_lines(text, f"{part}/{file.name}", VIDEO))
    return found
