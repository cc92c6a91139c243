"""An instruction as operations: several in one sentence, and what an order leaves unsaid.

"Make the cube blue and the yellow one red" is two orders; "there is a cube I don't like, paint it
red" says first what "it" is; "ok then red", "the bigger one", "the ball too" and "once more" lean
on the order before.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from ...data.edits import Adjust, Operation, Other, Redo, Undo
from ...data.world.lexicon import NOUNS
from .mending import is_place
from .reading import Heard, operation_of

# Where one instruction ends and the next begins: before a word that asks for something.
_VERB = (
    r"(?:crop|cut|trim|rotate|turn|flip|mirror|resize|scale|make|brighten|darken|lighten|dim"
    r"|increase|reduce|sharpen|blur|pixelate|hide|black out|convert|save|draw|label|write|box"
    r"|remove|delete|erase|take|add|put|place|replace|swap|move|shift|paint|recolou?r|colou?r"
    r"|change|shrink|enlarge|desaturate|greyscale|grayscale|get rid|give)\b"
)
_NEXT = re.compile(
    r"\s*(?:,|;|[.!]|\band then\b|\bthen\b|\band\b|&)\s+(?:and |then |also |please |now )*"
    rf"(?={_VERB}|(?:brighter|darker|sharper|warmer|cooler)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\band\b|&|\bplus\b)\s*", re.IGNORECASE)
_POLITE = (
    r"^\W*(?:(?:please|pls|can|could|would|will|you|now|then|and|also|just|ok|okay|so|hey|kindly"
    r"|first|u)\b[\s,]*)*"
)
_ORDERED = re.compile(_POLITE + _VERB, re.IGNORECASE)
# "The ball is too small, make it bigger": what is wrong, and the order that mends it, are one.
_COMPLAINS = re.compile(
    r"[^,;]*(?:\b(?:is|are|looks?|seems?)|['’]s)\b[^,;]*\btoo\s+\w+\W*", re.IGNORECASE
)
_DISLIKES = re.compile(
    r"\b(?:too \w+|(?:do|does|did)(?:n['’]?t| not)|dont|hate|ugly|boring|wrong|annoy\w*|bother\w*"
    r"|there(?:['’]s| is| are)|see|spot|know|look at|consider|never)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:it|them|this|that)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:(?:all|both|each|every one)(?: of)? )?(?:it|them|em|'em|this|that|those|these)?"
    r"(?: one| thing| object| all)?",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"\b(?:an?|the|this|that|my|some) (?P<thing>[\w -]+?)"
    r"(?= (?:i|we|you|that|which|who|is|are|looks?|in|on|here|there)\b|['’]s|[,.;!?]|$)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|some) ", re.IGNORECASE)
_AGAIN = re.compile(
    r"\W*(?:(?:and|ok|okay|now|please|do|it|that|the|same)\b\W*)*"
    r"(?:once more|one more time|again|another(?: one| time| go)?|same again"
    r"|repeat(?: (?:it|that))?|encore)"
    r"(?: (?:please|pls))?\W*",
    re.IGNORECASE,
)
_REDO = re.compile(
    r"\W*(?:(?:hmm|no|oh|actually|ok|okay|wait|please|sorry|and|then|now)\b\W*)*(?:redo"
    r"|(?:undo|take back|reverse) (?:the|that|my) undo(?:ing)?)\b(?: (?:it|that|the (?:last )?"
    r"(?:change|edit|one)|again|please))*\W*",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?=.*\b(?:less|too much|too strong|half|weaker|not so (?:much|strong))\b)"
    r"(?:\W|\b(?:that['’]s|that|is|was|it|too|much|strong|no|hmm|oh|ok|but|only|just|a|bit|little"
    r"|slightly|please|less|half|of|as|weaker|not|so|make|way|do|then|rather|what|you|did)\b)+",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\W|\b(?:ok|a|bit|little|slightly|even|still|some|please|now|and|make|it|do)\b)*"
    r"\b(?:more|stronger|further)\b(?:\W|\b(?:please|of|that|still|pls)\b)*",
    re.IGNORECASE,
)
# "The ball too", "what about the left one", "the bigger one": a thing, and nothing to do to it.
_ONLY_THING = re.compile(
    r"\W*(?:(?:ok|okay|and|now|then|so|also|no|oh|i mean|i meant|what about|how about|to|with|do"
    r"|the same (?:to|with|for)|same (?:to|with|for))\b\W*)*"
    r"(?P<thing>(?:the|that|this|those|these|both|all|every)\b[^,.;!?]+?)"
    r"(?P<too>(?:[\s,]+(?:too|as well|also|the same|same|likewise|again))*)"
    r"(?:[\s,]+(?:please|pls))?\W*",
    re.IGNORECASE,
)
# "I want the cube blue and the ball gone."
_GONE = re.compile(r"\b(?:gone|away|out|off|removed|deleted|erased)\W*$", re.IGNORECASE)
# "Resize it to 50%." - "No, 75."
_NUMBER = re.compile(
    r"\W*(?:(?:no|rather|actually|make (?:it|that)|better|i (?:mean|meant)|sorry|instead|only|just"
    r"|to"
    r"|by|more like)\b\W*)+(?P<n>\d+(?:\.\d+)?)\s*(?:%|percent|px|pixels?|degrees|°)?\W*"
    r"(?:instead|please|then)?\W*",
    re.IGNORECASE,
)
_ANY_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ONE = re.compile(r"\bones?\b", re.IGNORECASE)
SURE = 0.35
_SURELY = 0.75
_LIKELY = 0.6  # of an order after one that is sure
_BESIDE = 0.5
_MOST_STEPS = 5
_WHOLE = (
    "grey", "brighten", "darken", "contrast_up", "contrast_down", "saturate", "desaturate",
    "sharpen", "warm", "cool", "rotate", "flip",
)  # fmt: skip
# What is done to a thing, so that it can be done to another.
_TO_A_THING = (
    "recolour", "material", "scale", "remove", "move", "replace", "blur", "hide", "box", "label",
)  # fmt: skip
_NAMES = {word: one for forms in NOUNS.values() for one, many, *_ in forms for word in (one, many)}


class Hears(Protocol):
    """Hears what kind of change an instruction asks for, and which words are what."""

    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> dict[str, str]: ...
    @property
    def confidence(self) -> float: ...


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order: its words, and what was heard in them."""

    text: str
    heard: Heard

    @property
    def operation(self) -> Operation:
        """What it amounts to."""
        return operation_of(self.heard, self.text)


def read(
    instruction: str,
    parse: Callable[[Sequence[str]], Sequence[Hears]],
    earlier: Sequence[str] = (),
    focused: bool = False,
) -> list[Operation]:
    """The operations that `instruction` asks for, `Other` for what none of them does.

    Args:
        parse: the parser of instructions.
        earlier: instructions of the turns before this one, oldest first.
        focused: the picture knows what "it" is.
    """

    @cache
    def hear(text: str) -> Heard:
        heard = parse([text])[0]
        kind = heard.kind if heard.confidence >= SURE else "other"
        return Heard(kind=kind, confidence=heard.confidence, **heard.words)

    if _REDO.fullmatch(instruction):
        return [Redo()]
    before = _orders(earlier[-1], hear) if earlier else []
    if before and (leaning := _leaning(instruction, hear(instruction), before, focused)):
        return leaning
    steps = [order.operation for order in _orders(instruction, hear)]
    if any(isinstance(step, Other) for step in steps):
        return [Order(text=instruction, heard=hear(instruction)).operation]
    return steps


def _orders(instruction: str, hear: Callable[[str], Heard]) -> list[Order]:
    """The orders of `instruction`, at most five."""
    found: list[Order] = []
    lead: Order | None = None
    for text in _parts(instruction):
        for piece in _gapped(text, hear):
            order = Order(text=piece, heard=hear(piece))
            if lead is not None:
                found += [] if (named := _named(order, lead)) else [lead]
                order = named or order
            stated = not _ORDERED.search(piece) and (
                _DISLIKES.search(piece) or order.heard.kind in ("add", "other")
            )
            lead = order if stated else None
            found += [] if stated else [order]
    found += [lead] if lead is not None else []
    return found[:_MOST_STEPS]


def _parts(instruction: str) -> list[str]:
    """`instruction` cut before its verbs, each part with the complaint that leads up to it."""
    parts: list[str] = []
    for part in filter(str.strip, _NEXT.split(instruction)):
        if parts and _COMPLAINS.fullmatch(parts[-1]) and _OF_IT.search(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts


def _gapped(text: str, hear: Callable[[str], Heard]) -> list[str]:
    """`text` cut where the second order goes without its verb: "the cube blue and the ball red"."""
    for joint in _AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if not left or not right or is_place(right):
            continue
        first, second = hear(left), hear(right)
        again = first.kind == second.kind and not second.thing  # "in black and white"
        gone = second.kind == "remove" and second.thing and _GONE.search(right)
        if not again and _complete(first) and (gone or _complete(second, _LIKELY)):
            return [left, *_gapped(right, hear)]
        verb = _ORDERED.search(left)
        if first.kind == "replace" and first.thing and first.value and verb:
            # "Swap the cube with a ball and the can with a cube."
            spelled = f"{verb[0].split()[-1]} {right}"
            second = hear(spelled)
            if second.kind == "replace" and second.thing and second.value:
                return [left, *_gapped(spelled, hear)]
    return [text]


def _complete(heard: Heard, least: float = 0.9) -> bool:
    """Whether an order says all that it takes."""
    if heard.kind in ("recolour", "material"):
        return bool(heard.thing and heard.value) and heard.confidence >= least
    return heard.kind in _WHOLE and not heard.thing and heard.confidence >= _BESIDE


def _named(order: Order, lead: Order) -> Order | None:
    """`order` with the thing that `lead` speaks of in place of its "it", if it says "it"."""
    heard = order.heard
    if heard.kind in _TO_A_THING and _ONE.search(heard.thing):
        thing = _ONE.sub(_kind_of(lead.heard.thing or lead.heard.value or lead.text), heard.thing)
        return replace(order, heard=replace(heard, thing=thing))
    if heard.kind not in _TO_A_THING or not _PRONOUN.fullmatch(heard.thing):
        return None
    spoken = _NOUN_PHRASE.search(lead.text)
    thing = lead.heard.thing or lead.heard.value or (spoken["thing"] if spoken else "")
    if not thing or _PRONOUN.fullmatch(thing):
        return None
    thing = _ARTICLE.sub("", thing)
    thing = thing if thing.lower().startswith(("the ", "that ", "this ")) else f"the {thing}"
    return replace(order, heard=replace(heard, thing=thing))


def _leaning(text: str, heard: Heard, before: Sequence[Order], focused: bool) -> list[Operation]:
    """The operations of an order that leans on the one before; none where it stands by itself."""
    last = before[-1]
    if _AGAIN.fullmatch(text):
        return [order.operation for order in before]
    if (number := _NUMBER.fullmatch(text)) and _ANY_NUMBER.search(last.text):
        other = _ANY_NUMBER.sub(number["n"], last.text, count=1)
        return [
            Undo(steps=1),
            operation_of(
                last.heard
                if not last.heard.value
                else replace(
                    last.heard, value=_ANY_NUMBER.sub(number["n"], last.heard.value, count=1)
                ),
                other,
            ),
        ]
    was = last.operation
    if isinstance(was, Adjust):
        half = replace(was, factor=round(1 + (was.factor - 1) / 2, 4))
        if _LESS.fullmatch(text):
            return [Undo(steps=1), half]
        if _MORE.fullmatch(text):
            return [half]
    if last.heard.kind not in _TO_A_THING or _ORDERED.search(text):
        return []
    said = _ONLY_THING.fullmatch(text)
    unsaid = not heard.value or heard.confidence < _SURELY
    if said and unsaid and (said["too"] or heard.confidence < _SURELY):
        thing = _ONE.sub(_kind_of(last.heard.thing), said["thing"])
        return [operation_of(replace(last.heard, thing=thing), "")]
    alike = heard.kind in ("recolour", "material") and heard.value and not heard.thing
    if alike and not focused and last.heard.thing and heard.confidence >= _SURELY:
        return [operation_of(replace(heard, thing=last.heard.thing), text)]
    return []


def _kind_of(thing: str) -> str:
    """What `thing` is called: "cube" of "the red cube"; "one" where it has no name."""
    words = re.findall(r"\w+", thing.lower())
    return next((_NAMES[word] for word in reversed(words) if word in _NAMES), "one")


def leans(text: str) -> bool:
    """Whether `text` asks for a change only together with the order before it."""
    said = _ONLY_THING.fullmatch(text)
    return bool(said and said["too"]) or any(
        form.fullmatch(text) for form in (_AGAIN, _REDO, _LESS, _MORE)
    )


def names_only(text: str) -> bool:
    """Whether `text` names a thing, and nothing to do to it: "the bigger one"."""
    return bool(_ONLY_THING.fullmatch(text)) and not _ORDERED.search(text)


def leads_up(text: str) -> bool:
    """Whether `text` says of a thing what is wrong with it, or that it is there."""
    return bool(_DISLIKES.search(text) and _NOUN_PHRASE.search(text)) and not _ORDERED.search(text)
