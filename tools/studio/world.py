"""Changes to the things on a tabletop: words to a plan over the parsed scene, painted and checked.

The scene parser reads the picture, the program parser what the words mean; the editor erases,
inserts and repaints single things. The result is parsed again: of a few tries the one stays that
shows what was asked for and leaves the rest as it was.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL.Image import Image

from ...data.edits import WorldEdit
from ...data.world.lexicon import ADJECTIVES
from ...data.world.programs import Call, FalsePremise, from_tokens
from ...data.world.vocabulary import ATTRIBUTE_OF, ATTRIBUTES, COLORS
from ...models.common.boxes import BoxXYXY, iou
from ...models.editor.view import Place, TableView, Thing
from ...models.tasks import SceneGraph
from ..base import joined
from ..results import ToolError
from .places import AXES, Goal, fits, spots
from .reading import AS, COPY

_SAME = 0.35  # overlap of boxes that shows one thing
_SAME_PLACE = 0.4
_TURNS = (0.35, 1.1)  # how new cubes are turned, to try one after the other
_WORDS = {word: value for value, words in ADJECTIVES.items() for word in words}
_SMALLER = re.compile(r"\b(small\w*|tin\w+|little|shrink\w*|down|less\w*|reduce\w*|mini\w*)\b")
_TOWARDS = (
    ("left", re.compile(r"\b(left\w*|letf|lft)\b")),
    ("right", re.compile(r"\b(right\w*|rigth|rihgt|rite)\b")),
    ("front", re.compile(r"\b(front\w*|fore\w*|forwards?|closer|nearer|towards?|before)\b")),
    ("behind", re.compile(r"\b(behind|back\w*|away|farther|further|behnd|rear)\b")),
)
_MIDDLE = re.compile(r"\b(middle|cent(?:er|re))\b")
_NEAR = re.compile(r"\b(?:next to|beside|near(?: to)?|by|close to|alongside|at)\s+(.+)", re.I)
_BACK = ("it", "that", "this", "that one", "this one", "the thing", "the object")
_WHICH = "Which thing do you mean? Tell me its colour, size, material or shape."
_ALL_OF_THEM = re.compile(
    r"(?:(?P<both>both|the two|these two|those two)(?: (?:of )?(?:them|those|these|things))?"
    r"|(?:all (?:of )?)?(?:them|'?em|these|those)(?: all)?|all three(?: of them)?)",
    re.IGNORECASE,
)
_ONES = re.compile(r"\bones?\b", re.IGNORECASE)
_THERE = re.compile(r"\b(?:there|in (?:its|their|his) place|instead|where (?:it|that) was)\b")
_KINDLESS = re.compile(
    r"^(a|an|the|that|this|those|these|any|all|one|another|one more|some|to|to be|in|into|as|of)"
    r"\s+",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Painted:
    """A changed picture.

    Attributes:
        image: the picture.
        told: one clause on what was done.
        boxes: where things came, went or changed.
        sure: whether the parsed result shows what was asked for and nothing else.
        changed: where in the new picture the things stand that it was about; of things that are
            gone, where they stood.
    """

    image: Image
    told: str
    boxes: tuple[BoxXYXY, ...]
    sure: bool
    changed: tuple[BoxXYXY, ...] = ()


class Workshop:
    """Does world edits on one picture.

    Args:
        image: RGB.
        routes: refers phrases to parsed scenes and parses words (`ParseAndExecute`).
        editor: paints (`TableEditor`).
        earlier: questions asked about the picture before.
        spoken_of: boxes of what the last edits were about, the newest last.
        before: the picture that `image` was made from, if any.
    """

    def __init__(
        self,
        image: Image,
        routes: object,
        editor: object,
        earlier: Sequence[str] = (),
        spoken_of: Sequence[BoxXYXY] = (),
        before: Image | None = None,
    ) -> None:
        self.image = image
        self.routes: object = routes
        self.editor: object = editor
        self.earlier = tuple(earlier)
        self.graph: SceneGraph = routes.eyes.parse([image])[0]  # type: ignore[attr-defined]
        self.things = things_of(self.graph)
        self.view = TableView.fit(self.things, image.width, image.height)
        found = [_thing_in(box, self.things) for box in spoken_of]
        self.they = tuple(dict.fromkeys(i for i in found if i is not None))
        self.it = found[-1] if found else None
        self.gone: Place | None = None
        if spoken_of and self.it is None and before is not None:
            was = things_of(routes.eyes.parse([before])[0])  # type: ignore[attr-defined]
            left = _thing_in(spoken_of[-1], was)
            self.gone = was[left].place if left is not None else None

    def do(self, edit: WorldEdit) -> Painted:
        """Carry out `edit`.

        Raises:
            ToolError: the words fit nothing, or too many things, or there is no room.
        """
        match edit.kind:
            case "recolour" | "material" | "scale":
                return self._become(edit)
            case "remove":
                return self._remove(self._meant(edit.thing))
            case "add":
                thing = self._to_add(edit.value)
                return self._insert(thing, [], edit.place, None, f"I added {_a(_name(thing))}")
            case "replace":
                return self._replace(edit)
        (index,) = self._meant(edit.thing, single=True)
        thing = self.things[index]
        told = f"I moved the {_name(thing)}"
        return self._insert(thing, [index], edit.place, thing.place, told)

    def _become(self, edit: WorldEdit) -> Painted:
        ids = self._meant(edit.thing)
        name = {"recolour": "color", "material": "material", "scale": "size"}[edit.kind]
        if name == "size":
            value = "small" if _SMALLER.search(edit.value.lower()) else "large"
        else:
            value = self._value(edit.value, name)
        kept = [i for i in ids if self.things[i].attributes[name] != value]
        if not kept:
            raise ToolError(f"{_the(self.things[ids[0]])} is {value} already.")
        names = joined([f"the {_name(self.things[i])}" for i in kept])
        told = f"{names} {'is' if len(kept) == 1 else 'are'} {value} now"
        if name != "size":
            return self._repaint(kept, {name: value}, told)
        if len(kept) > 1:
            raise ToolError("I change the size of one thing at a time; which one?")
        thing = self.things[kept[0]]
        wanted = replace(thing, attributes={**thing.attributes, "size": value})
        return self._swap(kept[0], wanted, told)

    def _value(self, words: str, name: str) -> str:
        """The value of attribute `name` that `words` name, or that another thing has."""
        if words.startswith(AS):
            (other,) = self._meant(words.removeprefix(AS), single=True)
            return self.things[other].attributes[name]
        if value := self._values(words).get(name, ""):
            return value
        unknown = f"I don't know how to make it “{words}”" if words else "I missed how it should be"
        raise ToolError(f"{unknown}; name a {_SAID[name]}: {_or(_VALUES[name])}.")

    def _repaint(self, ids: Sequence[int], values: dict[str, str], told: str) -> Painted:
        image, expected = self.image, list(self.things)
        for i in ids:
            expected[i] = replace(
                self.things[i], attributes={**self.things[i].attributes, **values}
            )
            others = [thing for j, thing in enumerate(self.things) if j != i]
            image = self._paint(image, "repaint", expected[i], others, self.things[i])
        boxes = tuple(self.things[i].box for i in ids)
        sure = not self._wrong(image, expected)
        painted = Painted(image=image, told=told, boxes=boxes, sure=sure, changed=boxes)
        if sure or len(ids) > 1:
            return painted
        # Where paint does not hold, the thing is drawn anew in its place, turned as it was.
        old = self.things[ids[0]]
        wanted = replace(expected[ids[0]], turn=_turn_of(old, self.view))
        again = self._swap(ids[0], wanted, told, (wanted.turn, *_TURNS))
        return again if again.sure else painted

    def _remove(self, ids: Sequence[int]) -> Painted:
        image, left = self._erased(ids)
        told = f"I removed {joined([f'the {_name(self.things[i])}' for i in ids])}"
        boxes = tuple(self.things[i].box for i in ids)
        sure = not self._wrong(image, left)
        return Painted(image=image, told=told, boxes=boxes, sure=sure, changed=boxes)

    def _replace(self, edit: WorldEdit) -> Painted:
        if edit.thing.lower() in ("", *_BACK) and self.gone is not None:
            # "Remove the ball, put a cube there instead."
            thing = self._described(edit.value, None)
            return self._insert(thing, [], "there", None, f"I added {_a(_name(thing))}")
        (index,) = self._meant(edit.thing, single=True)
        old = self.things[index]
        new = self._described(edit.value, old)
        told = f"I replaced the {_name(old)} with {_a(_name(new))}"
        same = all(new.attributes[k] == old.attributes[k] for k in ("shape", "size"))
        if same and new.attributes != old.attributes:
            return self._repaint([index], new.attributes, told)
        return self._swap(index, new, told)

    def _swap(
        self, index: int, wanted: Thing, told: str, turns: Sequence[float] = _TURNS
    ) -> Painted:
        """One thing for another in its place, or as near as there is room."""
        rest = [thing for i, thing in enumerate(self.things) if i != index]
        image, left = self._erased([index])
        places: list[Place] = [wanted.place]
        if not fits(wanted, rest):
            goal = Goal(anchors=(wanted.place, wanted.place))
            places = spots(wanted, rest, self.view, goal, most=2)
        return self._try(image, left, wanted, places, told, (self.things[index].box,), turns)

    def _insert(
        self, thing: Thing, gone: Sequence[int], words: str, origin: Place | None, told: str
    ) -> Painted:
        goal, where = self._goal(words, origin)
        rest = [other for i, other in enumerate(self.things) if i not in gone]
        places = spots(thing, rest, self.view, goal)
        image, left = self._erased(gone) if gone else (self.image, rest)
        old = tuple(self.things[i].box for i in gone)
        return self._try(image, left, thing, places, f"{told} {where}".strip(), old)

    def _try(
        self,
        image: Image,
        rest: Sequence[Thing],
        thing: Thing,
        places: Sequence[Place],
        told: str,
        old: tuple[BoxXYXY, ...],
        turns: Sequence[float] = _TURNS,
    ) -> Painted:
        """Insert `thing` where it reads back as it should, or else where it does best."""
        best: tuple[int, Painted] | None = None
        for place in places:
            for turn in turns if thing.attributes["shape"] == "cube" else turns[:1]:
                draft = replace(thing, place=place, turn=turn)
                new = replace(draft, box=self.view.box_of(draft))
                made = self._paint(image, "insert", new, rest)
                wrong = self._wrong(made, [*rest, new])
                painted = Painted(
                    image=made, told=told, boxes=(*old, new.box), sure=not wrong, changed=(new.box,)
                )
                if not wrong:
                    return painted
                if best is None or wrong < best[0]:
                    best = (wrong, painted)
        assert best is not None  # there is a place
        return best[1]

    def _erased(self, ids: Sequence[int]) -> tuple[Image, list[Thing]]:
        """The picture without those things, and what is left. Nearer things go first."""
        image, left = self.image, list(self.things)
        for i in sorted(ids, key=lambda i: -self.things[i].place[1]):
            thing = self.things[i]
            left = [other for other in left if other is not thing]
            image = self._paint(image, "erase", thing, left)
        return image, left

    def _paint(
        self,
        image: Image,
        mode: str,
        thing: Thing,
        others: Sequence[Thing],
        was: Thing | None = None,
    ) -> Image:
        return self.editor.paint(image, mode, thing, others, self.view, was)[0]  # type: ignore[attr-defined]

    def _wrong(self, image: Image, expected: Sequence[Thing]) -> int:
        """How many things of the result are not as expected, too many or missing."""
        seen = things_of(self.routes.eyes.parse([image])[0])  # type: ignore[attr-defined]
        free = list(seen)
        wrong = 0
        for thing in expected:
            match = max(free, key=lambda other: iou(thing.box, other.box), default=None)
            if match is None or iou(thing.box, match.box) < _SAME:
                wrong += 1
                continue
            free.remove(match)
            wrong += match.attributes != thing.attributes
        return wrong + len(free)

    def _meant(self, phrase: str, single: bool = False) -> tuple[int, ...]:
        phrase = phrase or "it"
        if phrase.lower() in _BACK and self.it is not None:
            return (self.it,)
        if len(self.they) > 1 and (several := _ALL_OF_THEM.fullmatch(phrase)):
            return self.they[-2:] if several["both"] else self.they
        try:
            ids = self._referred(phrase)
        except FalsePremise as wrong:
            several = [f"the {_name(self.things[i])}" for i in wrong.candidates]
            if several:
                raise ToolError(f"Which one do you mean: {_or(several)}?") from wrong
            if phrase.lower() in _BACK:
                raise ToolError(_WHICH) from wrong
            raise ToolError(f"I see no {_KINDLESS.sub('', phrase)} in this picture.") from wrong
        if not ids and phrase.lower() in _BACK:
            raise ToolError(_WHICH)
        if not ids:
            raise ToolError(f"I see no {_KINDLESS.sub('', phrase)} in this picture.")
        if single and len(ids) > 1:
            raise ToolError("I do that to one thing at a time; which one do you mean?")
        return ids

    def _referred(self, phrase: str) -> tuple[int, ...]:
        """The things that `phrase` means; "the yellow one" need be none of what was spoken of."""
        plain = _ONES.sub("thing", phrase)
        for words in (phrase, plain) if plain != phrase else (phrase,):
            try:
                ids = self.routes.refer(self.graph, words, self.earlier, self.it)  # type: ignore[attr-defined]
            except FalsePremise as wrong:
                if wrong.candidates or words == plain:
                    raise
                continue
            if ids or words == plain:
                return ids
        return ()

    def _to_add(self, words: str) -> Thing:
        if not words.startswith(COPY):
            return self._described(words, None)
        (like,) = self._meant(words.removeprefix(COPY), single=True)
        return Thing(attributes=dict(self.things[like].attributes), place=(0.0, 0.0))

    def _described(self, words: str, old: Thing | None) -> Thing:
        """The thing that `words` describe; what they leave open is as in `old`, or ordinary."""
        values = self._values(words)
        program = self._program(words)
        if not values or any(node.function == "nothing" for node in program.walk()):
            raise ToolError(f"I can only draw cubes, spheres and cylinders, no {_bare(words)}.")
        ordinary = {"size": "small", "color": "red", "material": "rubber", "shape": "cube"}
        base = old.attributes if old is not None else ordinary
        attributes = {name: values.get(name, base[name]) for name in ATTRIBUTES}
        return Thing(attributes=attributes, place=old.place if old is not None else (0.0, 0.0))

    def _values(self, words: str) -> dict[str, str]:
        """Attribute values that words name: by the lexicon, else as the program parser hears."""
        plain = _KINDLESS.sub("", words.lower().strip())
        if plain in _WORDS:
            return {ATTRIBUTE_OF[_WORDS[plain]]: _WORDS[plain]}
        found: dict[str, str] = {}
        for phrase in (f"the {plain}", f"the {plain} thing", f"the thing {plain}"):
            for value in _filters(self._program(phrase)):
                found.setdefault(ATTRIBUTE_OF[value], value)
            if found:
                break
        return found

    def _program(self, *phrases: str) -> Call:
        """The program of the phrase that the parser is surest of."""
        heard = self.routes.words.parse(phrases)  # type: ignore[attr-defined]
        return from_tokens(max(heard, key=lambda parsed: parsed.confidence).tokens)

    def _goal(self, words: str, origin: Place | None) -> tuple[Goal, str]:
        """What the new place must hold, and the words for it."""
        plain = words.lower().strip()
        if _THERE.search(plain) and self.gone is not None:
            return Goal(anchors=(self.gone, self.gone)), "there"
        if not plain:
            if origin is not None:
                raise ToolError("Where should it go?")
            return Goal(), ""
        program = self._program(f"the thing {plain}", f"things {plain}")
        for node in program.walk():
            if node.function in ("relate", "between", "nearest"):
                anchors = self._pair(node) if node.function == "between" else []
                anchors = anchors or [self._anchor(arg) for arg in node.args if _is_one(arg)]
                if anchors:
                    direction = str(node.value or "") if node.function == "relate" else ""
                    return Goal(direction=direction, anchors=tuple(anchors), origin=None), words
        if near := _NEAR.search(plain):
            try:
                ids = self.routes.refer(self.graph, near[1], self.earlier, self.it)  # type: ignore[attr-defined]
                return Goal(anchors=(self.things[ids[0]].place,)), words
            except (FalsePremise, IndexError):
                pass
        if _MIDDLE.search(plain):
            return Goal(middle=True), words
        for direction, pattern in _TOWARDS:
            if pattern.search(plain):
                return Goal(direction=direction, origin=origin), words
        for node in program.walk():
            if node.value in AXES:
                return Goal(direction=str(node.value), origin=origin), words
        if origin is None:
            return Goal(), ""
        raise ToolError(f"I'm not sure where “{words}” is; say it by a thing or a side.")

    def _pair(self, node: Call) -> list[Place]:
        """The two things of "between the two big balls", which one phrase names; else nothing."""
        first = node.args[0]
        if any(other != first for other in node.args[1:]) or first.function != "unique":
            return []
        try:
            ids = self.routes.refer(self.graph, first.args[0], self.earlier, self.it)  # type: ignore[attr-defined]
        except FalsePremise:
            return []
        return [self.things[i].place for i in ids] if len(ids) == 2 else []

    def _anchor(self, node: Call) -> Place:
        try:
            ids = self.routes.refer(self.graph, node, self.earlier, self.it)  # type: ignore[attr-defined]
        except FalsePremise as wrong:
            if not wrong.candidates:
                raise ToolError("I can't find the thing that you tell the place by.") from wrong
            several = [f"the {_name(self.things[i])}" for i in wrong.candidates]
            raise ToolError(f"Beside which one: {_or(several)}?") from wrong
        if not ids:
            raise ToolError("I can't find the thing that you tell the place by.")
        return self.things[ids[0]].place


_VALUES = {
    "color": COLORS, "material": ("metal", "rubber"), "size": ("small", "large"),
}  # fmt: skip
_SAID = {"color": "colour", "material": "material", "size": "size"}


def things_of(graph: SceneGraph) -> list[Thing]:
    """The parsed objects as the editor takes them."""
    return [
        Thing(
            attributes=dict(node.attributes),
            place=(node.position[0], node.position[1]),
            box=node.box.xyxy,
        )
        for node in graph.nodes
    ]


def _thing_in(box: BoxXYXY, things: Sequence[Thing]) -> int | None:
    """The index of the thing that stands in `box`, or None."""
    shares = [iou(thing.box, box) for thing in things]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] > _SAME_PLACE else None


def _turn_of(thing: Thing, view: TableView) -> float:
    """How a cube is turned, as its box tells: a quarter turn in twelve steps, the best one."""

    def off(turn: float) -> float:
        box = view.box_of(replace(thing, turn=turn))
        return sum(abs(a - b) for a, b in zip(box, thing.box, strict=True))

    return min((step * math.pi / 24 for step in range(12)), key=off)


def _filters(program: Call) -> list[str]:
    return [str(node.value) for node in program.walk() if node.function.startswith("filter_")]


def _is_one(node: Call) -> bool:
    return node.function in ("unique", "extreme", "ordinal", "nearest", "it")


def _name(thing: Thing) -> str:
    return " ".join(thing.attributes[name] for name in ATTRIBUTES)


def _the(thing: Thing) -> str:
    return f"The {_name(thing)}"


def _a(words: str) -> str:
    return f"a {words}"


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _bare(words: str) -> str:
    return _KINDLESS.sub("", words.strip())
