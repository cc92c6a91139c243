"""From an instruction's kind and marked words to an operation with all its numbers.

A small model says what kind of change is meant and which words are the thing, the place and the
value (see `models/edit_parser`); what those words amount to is read here, by rules.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ...data.edits import (
    WHOLE,
    Adjust,
    Area,
    Blur,
    Convert,
    Crop,
    Flip,
    Hide,
    Label,
    Mark,
    Operation,
    Other,
    Resize,
    Rotate,
    Undo,
    Where,
    WorldEdit,
)
from . import amounts, areas
from .mending import all_but, is_place, widened

COLOURS = ("black", "white", "red", "green", "blue", "yellow", "orange", "purple", "gray", "grey",
           "pink", "cyan", "brown")  # fmt: skip
_QUALITY = {
    "brighten": ("brightness", True), "darken": ("brightness", False),
    "contrast_up": ("contrast", True), "contrast_down": ("contrast", False),
    "saturate": ("saturation", True), "desaturate": ("saturation", False),
    "sharpen": ("sharpness", True), "warm": ("warmth", True), "cool": ("warmth", False),
}  # fmt: skip
_WORLD = ("recolour", "material", "scale", "remove", "add", "replace", "move")
_COUNTER = re.compile(r"anti[- ]?clock|counter[- ]?clock|\bccw\b|\bleft\b|(?<!\w)[-−]\d")
_CLOCK = re.compile(r"(?<!anti)(?<!anti[- ])(?<!counter)(?<!counter[- ])\bclockwise|\bcw\b")
_TURNS = (
    (
        re.compile(r"upside|on (its|his|her) head|half turn|half a turn|right way up|2 quarter"),
        180.0,
    ),
    (re.compile(r"3 quarter|3/4 turn"), 270.0),
    (re.compile(r"quarter"), 90.0),
)
_DEGREES = re.compile(r"deg|°")
_VERTICAL = re.compile(r"\bvertical|top|upside|bottom|horizontal axis|up ?(and|to|-)? ?down")
_ALONG_VERTICAL = re.compile(r"vertical axis")
_SIZE = re.compile(r"(\d+)\s*(?:px|pixels?)?\s*(?:x|×|by|\*)\s*(\d+)")
_N = r"(\d+(?:\.\d+)?)"
_TIMES = re.compile(rf"x\s*{_N}|{_N}\s*(?:x\b|times)|factor of {_N}")
_TALL = re.compile(r"\b(high|height|tall)\b")
_RATIO = re.compile(r"(\d+)\s*(?::|by|x|to|/)\s*(\d+)")
_FORMATS = {"jpeg": "jpg", "jpegs": "jpg", "jpg": "jpg", "jpgs": "jpg", "png": "png",
            "pngs": "png", "webp": "webp"}  # fmt: skip
_ALL = re.compile(
    r"\boriginal\b|\beverything\b|\ball (of )?(it|the changes|that)\b|\b(?:very )?first\b"
    r"|\b(?:beginning|start)\b"
)
_QUOTES = re.compile(r"[\"“”„«](.+?)[\"“”»]|'(.+?)'(?!\w)")
_CLINGS = re.compile(r"(?:'s|’s)$|\s+with (?:its|their) names?$")
_KEEPING = re.compile(r"\b(only|just|keep|want|need)\b", re.IGNORECASE)
_CUTTING = re.compile(
    r"\b(cut|crop|trim|chop|remove|shave|lop|slice|take|off|away|without|lose|drop|delete|rid|gone"
    r"|don['’]?t|not|no)\b",
    re.IGNORECASE,
)
_STRIPS = re.compile(r"[\s,.!?;:]+$|^[\s,.;:]+")
# "Bring the balls back" takes a change back; "move it back" does not.
_BROUGHT_BACK = re.compile(
    r"\b(?:bring|give|want|put|get|need|have|restore)\b.*\bback\b(?! (?:of|to|left|right|row))"
    r"|\bas it was\b|\bhow it was\b",
    re.IGNORECASE,
)
_COPIED = re.compile(
    r"\b(?:copy|duplicate|clone|twin|double)\b(?: of)? (?P<thing>(?:the|that|this|it)\b[\w -]*?)"
    r"(?P<place> (?:and (?:put|place|set|move) (?:it|the \w+|one) )?(?:next|beside|near|behind"
    r"|in front|on|at|left|right|by|to the|between)\b.*)?\W*$",
    re.IGNORECASE,
)
# "The colour of the cube", "the same size as the ball".
_AS_ANOTHER = re.compile(
    r"\b(?:colou?r|material|size|finish|shade) (?:of|as|like|that) (?P<one>(?:the|that) [\w -]+)"
    r"|\b(?:same|like|as|match(?:es|ing)?)\b(?: \w+ as)? (?P<other>(?:the|that) [\w -]+)",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(r"(?:the )?(?:same|like|as|match|\w+ (?:of|as|like) the)\b", re.IGNORECASE)
# A thing cut out is kept; "cut it out of the picture" takes it away.
_CUT_OUT = re.compile(r"\bcut[- ]?out (?!of\b)", re.IGNORECASE)
# What a picture is trimmed to stays; what is trimmed off goes.
_DOWN_TO = re.compile(
    r"\b(?:crop|trim|cut|reduce|narrow)\b(?: \w+){0,3}? to (?:just |only )?(?:the|its|a)\b", re.I
)
_CUT_DOWN = re.compile(
    r"^\W*(?:(?:please|can you|could you|now|and|then|also|just)\b[\s,]*)*(?:crop|trim|cut|zoom)"
    r"(?: (?:it|this|that|(?:the|this|that) \w+))?"
    r" (?:down to|out|in on|in to|around|to just|to only)"
    r" (?P<thing>(?:the|that|this) [\w -]+?)(?: please| pls)?\W*$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\b(?:there|in (?:its|their|his) place|instead|where (?:it|that) was)\b", re.IGNORECASE
)
_WRITES = re.compile(
    r"^\W*(?:(?:please|can you|could you|now|and|then|also|just)\b[\s,]*)*"
    r"(?:write|print|letter|type|put the (?:words?|text)|add the (?:words?|text)"
    r"|caption it(?: with)?)\s+(?:the (?:words?|text)\s+)?(?P<words>[^\"“”]+?)"
    r"(?:\s+(?:at|on|in|across|near|along|over|into|below|above|under)\s+(?:the|its|it|my)\b.*)?$",
    re.IGNORECASE,
)
_STEPS_BACK = re.compile(
    r"\b(?:last|previous|past)? ?(?P<n>\d|two|three|four|five|both|twice)\b", re.IGNORECASE
)
_JUST_ONE = re.compile(
    r"\b(?:last|latest|previous|most recent) (?:one|step|change|edit|bit|thing|part)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "twice": 2, "both": 2, "three": 3, "four": 4, "five": 5}
AS = "as "
COPY = "copy of "


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the model made of an instruction; the words may be empty."""

    kind: str
    thing: str = ""
    place: str = ""
    value: str = ""
    confidence: float = 1.0


def operation_of(heard: Heard, text: str) -> Operation:
    """The operation that `heard` of the instruction `text` amounts to."""
    heard = _meant(_mended(heard, text), text)
    box = areas.coordinates(text)
    if box is not None and heard.kind in ("crop", "blur", "hide", "box"):
        return _on_box(heard, box)
    kind, thing = heard.kind, heard.thing
    kept = _KEEPING.search(text) and not _CUTTING.search(text)
    if kind == "cut" and (kept or _DOWN_TO.search(text)):
        kind = "crop"
    if kind in _WORLD:
        value, place = _STRIPS.sub("", heard.value), _STRIPS.sub("", heard.place)
        if kind == "scale":
            rest = text.lower().replace(thing.lower(), " ")
            value = value or ("smaller" if _SHRINKING.search(rest) else "bigger")
        if kind == "add" and not place and (there := _IN_PLACE.search(text)):
            place = there[0].strip()
        like = _AS_ANOTHER.search(text) if kind in ("recolour", "material") else None
        if like and (not value or _NO_VALUE.match(value)):
            value = f"{AS}{like['one'] or like['other']}"
        if kind == "move" and not place and thing in text:
            # The place is what comes after the thing.
            place = _STRIPS.sub("", text.split(thing, 1)[1])
        return WorldEdit(kind=kind, thing=thing, value=value, place=place)
    if kind in _QUALITY:
        quality, more = _QUALITY[kind]
        return Adjust(quality=quality, factor=amounts.factor(_amount(heard, text), more))  # type: ignore[arg-type]
    match kind:
        case "grey":
            return Adjust(quality="saturation", factor=0.0)
        case "crop":
            return _crop(heard, thing, text)
        case "cut":
            value = heard.value or text
            kept = areas.without(heard.place or text, amounts.share(value), amounts.pixels(value))
            return Crop(area=kept) if kept is not None else Other()
        case "rotate":
            return Rotate(degrees=_degrees(heard.value or text))
        case "flip":
            return Flip(axis=_axis(heard.value or text))
        case "size":
            return _size(heard.value or text, text)
        case "blur":
            return Blur(where=_where(heard, thing), strength=amounts.strength(heard.value))
        case "hide":
            return Hide(where=_where(heard, thing), how=_fill(heard, text))
        case "convert":
            words = re.findall(r"[a-z]+", f"{heard.value} {text}".lower())
            found = next((_FORMATS[word] for word in words if word in _FORMATS), None)
            return Convert(format=found) if found else Other()
        case "box":
            return Mark(where=_where(heard, thing), color=_colour(heard, "red"))
        case "label":
            return _label(heard, thing, text)
        case "undo":
            return Undo(all=bool(_ALL.search(text.lower())), steps=_steps_back(text))
    return Other()


def _meant(heard: Heard, text: str) -> Heard:
    """`heard` where the words themselves say that something else is meant."""
    if heard.kind in ("remove", "add", "move", "undo", "other") and _BROUGHT_BACK.search(text):
        return Heard(kind="undo")
    if heard.kind in ("move", "add", "other") and (copied := _COPIED.search(text)):
        place = re.sub(r"^ and \w+ (?:it|the \w+|one) ", "", copied["place"] or "").strip()
        return Heard(kind="add", value=f"{COPY}{copied['thing'].strip()}", place=place)
    if heard.kind == "remove" and heard.thing and _CUT_OUT.search(text):
        return replace(heard, kind="crop")
    if heard.kind in ("crop", "cut", "size", "remove", "other") and not is_place(text):
        down = _CUT_DOWN.match(text)
        if down and areas.area_of(down["thing"]) is None:
            return Heard(kind="crop", thing=down["thing"])
    if heard.kind in ("label", "other") and not heard.value and not heard.thing:
        written = _WRITES.match(text)
        if written and not _QUOTES.search(text):
            return replace(heard, kind="label", value=written["words"])
    if heard.kind == "grey" and re.search(r"\b(?:less|paler|fainter|weaker)\b", text.lower()):
        return replace(heard, kind="desaturate")
    return heard


def _steps_back(text: str) -> int:
    """How many edits "undo the last two" takes back; 0 for an order as a whole."""
    said = _STEPS_BACK.search(text)
    if said is None:
        return 1 if _JUST_ONE.search(text) else 0
    return _COUNTS.get(said["n"].lower()) or int(said["n"])


def _on_box(heard: Heard, box: Area) -> Operation:
    """An operation on a rectangle told by four numbers."""
    where = Where(area=box)
    match heard.kind:
        case "crop":
            return Crop(area=box)
        case "blur":
            return Blur(where=where, strength=amounts.strength(heard.value))
        case "hide":
            return Hide(where=where, how=_fill(heard, ""))
    return Mark(where=where, color=_colour(heard, "red"))


def _fill(heard: Heard, text: str) -> str:
    """What to hide a part with."""
    named = _colour(heard, "")
    if not named and not heard.value and re.search(r"\bblack", text.lower()):
        named = "black"
    return named or "pixelate"


def _colour(heard: Heard, ordinary: str) -> str:
    return next((c for c in COLOURS if c in heard.value.lower().split()), ordinary)


def _mended(heard: Heard, text: str) -> Heard:
    """`heard` with its words made whole, and without what clings to them."""
    thing = _CLINGS.sub("", _STRIPS.sub("", heard.thing))
    if heard.kind not in ("crop", "cut"):  # "crop away all but the cube" keeps the cube
        thing = all_but(thing, text)
    if heard.kind in _WORLD:
        return replace(heard, thing=thing)
    place = heard.place
    if thing and is_place(thing):
        # A side was taken for a thing: it and what stands beside it are the place.
        place, thing = widened(thing, text, "place"), ""
    place = widened(place, text, "place")
    value = heard.value
    if heard.kind in _QUALITY or heard.kind in ("rotate", "size", "crop", "cut"):
        value = widened(value, text, "value")
    return replace(heard, thing=thing, place=place, value=value)


_MIDDLE = re.compile(r"mid|cent", re.IGNORECASE)
_SHRINKING = re.compile(
    r"\b(shrink|smaller|reduce|decrease|minif\w+|tiny|too big|too large|down)\b"
)


def _amount(heard: Heard, text: str) -> str:
    """The words that say how much: the marked ones, else the whole instruction."""
    return heard.value or re.sub(
        r"\b(too|much too|far too|way too) (dark|bright)", "", text.lower()
    )


def _crop(heard: Heard, thing: str, text: str) -> Operation:
    value = heard.value.lower()
    aside = heard.place and not _MIDDLE.search(heard.place)
    if "square" in value or (not (aside or thing) and "square" in text.lower()):
        sizes = _SIZE.search(value)
        if sizes is None:
            return Crop(ratio=(1, 1))
    if thing and not heard.place:
        return Crop(thing=thing)
    if (sizes := _SIZE.search(amounts.spelled_out(value))) is not None:
        w, h = int(sizes[1]), int(sizes[2])
        if max(w, h) > 32:
            return Crop(area=_cut_out(heard.place, w, h))
    if (ratio := _RATIO.search(amounts.spelled_out(value))) is not None and not heard.place:
        return Crop(ratio=(int(ratio[1]), int(ratio[2])))
    zoom = re.search(r"(\d+(?:\.\d+)?)\s*(?:x|times)", value)
    share = amounts.share(value) or (1 / float(zoom[1]) if zoom else None)
    if zoom and not heard.thing and _MIDDLE.search(heard.place or text):
        return Crop(area=_central(share or 1.0))
    area = areas.area_of(heard.place or value or text, share, amounts.pixels(value))
    return Crop(area=area) if area is not None else Other()


def _central(share: float) -> Area:
    """The middle, `share` of each side long."""
    near, far = (round(0.5 - share / 2, 4), 0), (round(0.5 + share / 2, 4), 0)
    return Area(x0=near, y0=near, x1=far, y1=far)


def _cut_out(place: str, width: int, height: int) -> Area:
    """An area of so many pixels in a corner, or in the middle."""
    side = areas.area_of(place) if place else None
    x: tuple[tuple[float, int], tuple[float, int]] = (
        (0.5, -(width // 2)),
        (0.5, width - width // 2),
    )
    y: tuple[tuple[float, int], tuple[float, int]] = (
        (0.5, -(height // 2)), (0.5, height - height // 2))  # fmt: skip
    if side is not None and not _MIDDLE.search(place):
        x = ((0.0, 0), (0.0, width)) if side.x1 != (1.0, 0) else x
        x = ((1.0, -width), (1.0, 0)) if side.x0 != (0.0, 0) else x
        y = ((0.0, 0), (0.0, height)) if side.y1 != (1.0, 0) else y
        y = ((1.0, -height), (1.0, 0)) if side.y0 != (0.0, 0) else y
    return Area(x0=x[0], x1=x[1], y0=y[0], y1=y[1])


def _degrees(text: str) -> float:
    plain = amounts.spelled_out(text)
    counter = bool(_COUNTER.search(plain)) and not _CLOCK.search(plain)
    found = [abs(n) for n in amounts.numbers(plain)]
    turn = next((degrees for pattern, degrees in _TURNS if pattern.search(plain)), None)
    if found and turn != 180.0 and (turn is None or _DEGREES.search(plain)):
        turn = found[0]
    elif turn is None:
        turn = 10.0 if amounts.strength(plain) < 1 else 90.0
    return -turn if counter and turn != 180.0 else turn


def _axis(text: str) -> Literal["horizontal", "vertical"]:
    plain = text.lower()
    if _ALONG_VERTICAL.search(plain):
        return "horizontal"
    return "vertical" if _VERTICAL.search(plain) else "horizontal"


def _size(value: str, text: str) -> Operation:
    plain = amounts.spelled_out(value)
    if (both := _SIZE.search(plain)) is not None:
        return Resize(width=int(both[1]), height=int(both[2]))
    if (part := amounts.percent(plain)) is not None:
        less = re.search(r"\b(down|reduce|smaller|shrink|decrease)\b.*\bby\b", text.lower())
        more = re.search(r"\b(up|bigger|larger|enlarge|increase)\b.*\bby\b", text.lower())
        return Resize(scale=round(1 - part if less else 1 + part if more else part, 4))
    if re.search(r"\b(twice|double|doubled)\b", plain):
        return Resize(scale=2.0)
    if re.search(r"\btriple\b", plain):
        return Resize(scale=3.0)
    times = _TIMES.search(plain)
    if times:
        return Resize(scale=float(next(g for g in times.groups() if g)))
    if (part := amounts.fraction(plain)) is not None:
        return Resize(scale=round(part, 4))
    decimal = re.search(r"(?<!\d)0?\.\d+", plain)
    if decimal:
        return Resize(scale=float(decimal[0]))
    found = amounts.whole_numbers(plain)
    if not found:
        smaller = _SHRINKING.search(text.lower())
        return Resize(scale=0.5 if smaller else 2.0)
    tall = _TALL.search(plain) or (_TALL.search(text.lower()) and "wid" not in text.lower())
    return Resize(height=found[0]) if tall else Resize(width=found[0])


def _where(heard: Heard, thing: str) -> Where:
    area = areas.area_of(heard.place) if heard.place else None
    return Where(area=area, thing=thing) if area or thing else Where(area=WHOLE)


def _label(heard: Heard, thing: str, text: str) -> Operation:
    quoted = _QUOTES.search(heard.value) or _QUOTES.search(text)
    words = next((g for g in quoted.groups() if g), "") if quoted else heard.value.strip()
    area = areas.area_of(heard.place) if heard.place else None
    if thing:
        return Label(text=words, where=Where(area=None, thing=thing))
    return Label(text=words, where=Where(area=area or Area(y0=(2 / 3, 0)))) if words else Other()
