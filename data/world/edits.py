"""Edits of tabletop scenes: the scene before and after, and the instruction in people's words.

    edit = sample_edit(scene, Random(0))
    edit.text       # "paint the tiny ball behind the cube green"
    edit.after      # the scene that was asked for, same camera and light

The marked words (`spans`) and the typed program of what is meant come with the text.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from .functions import Call
from .patterns import Pattern
from .raycast import scene_camera, scene_lights
from .refexps import RefExp, sample_refexps
from .sampler import finish_scenes
from .scene import Scene, SceneObject, Vector
from .vocabulary import ATTRIBUTES, COLORS, DIRECTIONS, MATERIALS, SHAPES, SIZE_RADIUS, SIZES
from .wording import adjective, frame, noun_phrase, relation, typos

EDIT_KINDS: Final = ("recolour", "material", "scale", "remove", "add", "replace", "move")
_TRIES: Final = 40
_TABLE: Final = 2.8
_GAP: Final = 0.25
_MARGIN: Final = 0.45  # by which a new place holds its relation, world units
_SINGLE: Final = ("attributes", "attributes", "relation-1", "extreme", "ordinal", "nearest")
_MOST_OBJECTS: Final = 10

_PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "recolour": (
        "[make|turn|paint|colour|color] {t} {v}", "[recolour|recolor] {t} [to|in|as|] {v}",
        "change [the [colour|color] of {t}|{t}] to {v}", "i want {t} [to be|in|] {v}",
        "{t} should be {v}[ instead|]", "[can|could|would] you [make|paint|turn] {t} {v}",
        "[could|can] {t} be {v}", "{t} in {v} [please|pls|]", "give {t} a {v} [coat|colour|color]",
        "let {t} be {v}", "i'd [like|prefer] {t} [in|to be] {v}", "switch {t} to {v}",
        "{v}, that's what {t} should be", "what would {t} look like in {v}",
    ),
    "material": (
        "make {t} {v}", "[make|turn] {t} [into|out of] {v}", "change the material of {t} to {v}",
        "change {t} to {v}", "{t} should be [made of|] {v}", "i want {t} [made of|to be] {v}",
        "[could|can] you make {t} {v}", "give {t} a {v} [look|finish|surface]", "turn {t} {v}",
        "let {t} be {v}", "{t} [in|as] {v} please",
    ),
    "scale": (
        "make {t} {v}", "[can|could] you make {t} {v}", "{t} should be {v}", "i want {t} {v}",
        "turn {t} into a {v} one", "change the size of {t} to {v}", "let {t} be {v}",
        "i'd like {t} [to be|] {v}", "resize {t} to {v}",
    ),
    "scale small": (
        "shrink {t}", "scale {t} down", "reduce the size of {t}",
        "{t} is too [big|large], shrink it", "could you shrink {t}",
    ),
    "scale large": (
        "enlarge {t}", "scale up {t}", "increase the size of {t}", "grow {t}",
        "[blow|scale] {t} up", "{t} is too small, make it bigger",
    ),
    "remove": (
        "[remove|delete|erase] {t}", "take {t} [away|out|off the table]", "get rid of {t}",
        "[make|let] {t} [disappear|vanish|go away]", "i don't want {t} [there|here|in it]",
        "take away {t}", "lose {t}", "{t} has to go", "the picture without {t} please",
        "[can|could] you [remove|erase|take away] {t}", "please [remove|delete] {t}",
        "i'd like {t} gone", "edit {t} out", "clear {t} away",
    ),
    "add": (
        "[add|put|place|insert] {v} [{p}|]", "[add|put|place|insert] {v} {p}",
        "[can|could] you [add|put|place] {v} {p}", "i want {v} {p}", "there should be {v} {p}",
        "draw {v} {p}", "{v} {p} please", "i'd like [to see|] {v} {p}", "let {v} stand {p}",
        "please put {v} {p}", "set {v} {p}", "make {v} appear {p}",
    ),
    "replace": (
        "replace {t} [with|by] {v}", "[swap|exchange] {t} for {v}", "turn {t} into {v}",
        "change {t} [into|to] {v}", "put {v} [where {t} is|in place of {t}]",
        "instead of {t} i want {v}", "[can|could] you replace {t} with {v}", "make {t} {v}",
        "substitute {v} for {t}", "i'd rather have {v} than {t}", "{t} should be {v}",
        "transform {t} into {v}",
    ),
    "move": (
        "[move|shift|push|slide|put|place] {t} {p}", "[can|could] you [move|put] {t} {p}",
        "i want {t} {p}", "{t} should [be|stand|go] {p}", "please [move|bring|put] {t} {p}",
        "drag {t} {p}", "relocate {t} {p}", "[bring|get|take] {t} {p}", "let {t} stand {p}",
    ),
}  # fmt: skip
_COMPILED: Final = {
    kind: tuple(Pattern(source) for source in sources) for kind, sources in _PATTERNS.items()
}
_SIZE_WORDS: Final = {
    "small": ("small", "smaller", "tiny", "little", "tinier", "a lot smaller"),
    "large": ("large", "bigger", "big", "huge", "larger", "much bigger"),
}
_SIDES: Final = {
    "left": ("on the left", "on the left side", "at the left of the picture", "in the left half"),
    "right": ("on the right", "on the right side", "at the right of the picture"),
    "front": ("in the front", "at the front", "in the foreground", "in the front of the picture"),
    "behind": ("at the back", "in the back", "in the background", "at the back of the table"),
}
_SHIFTS: Final = {
    "left": ("to the left", "further left", "a bit to the left", "over to the left side"),
    "right": ("to the right", "further right", "more to the right", "over to the right side"),
    "front": ("to the front", "closer to me", "towards the camera", "further forward"),
    "behind": ("to the back", "further back", "away from the camera", "backwards"),
}
_RELATIONS: Final = {
    "left": ("to the left of {a}", "left of {a}", "on the left side of {a}", "on {a}'s left"),
    "right": ("to the right of {a}", "right of {a}", "on the right side of {a}"),
    "front": ("in front of {a}", "before {a}", "in front of {a}", "closer to me than {a}"),
    "behind": ("behind {a}", "at the back of {a}", "behind {a}", "in back of {a}"),
}
_SLOT: Final = re.compile(r"⟦([tpv])⟧", re.IGNORECASE)
_SPAN_NAMES: Final = {"t": "thing", "p": "place", "v": "value"}


@dataclass(frozen=True, kw_only=True)
class WorldEditSample:
    """One edit.

    Attributes:
        text: the instruction.
        spans: (thing, place or value; start; end) in characters of `text`.
        kind: one of `EDIT_KINDS`.
        program: of the thing meant; None for `add`.
        objects: indices of the things meant, in `before`.
        wanted: attribute values that the things have afterwards (those asked for).
        direction: where the new place lies ("" where the words do not say), of `anchor` or, where
            that is None, in the picture (add) or of the old place (move).
        before, after: scenes of the same camera and light; what stays keeps its order, what
            comes is last.
    """

    text: str
    spans: tuple[tuple[str, int, int], ...]
    kind: str
    program: Call | None
    objects: tuple[int, ...]
    wanted: Mapping[str, str] = field(default_factory=dict)
    direction: str = ""
    anchor: int | None = None
    before: Scene
    after: Scene


def sample_edit(scene: Scene, rng: Random, kind: str = "") -> WorldEditSample | None:
    """Draw an edit of `scene` (of `kind`, if given); None where none of many tries is possible."""
    for _ in range(_TRIES):
        drawn = _draft(scene, rng, kind or rng.choice(EDIT_KINDS))
        if drawn is None:
            continue
        draft, objects = drawn
        camera, lights = scene_camera(scene), scene_lights(scene)
        after, seen = finish_scenes(
            [(objects, camera, lights)], width=scene.width, height=scene.height
        )[0]
        if seen.acceptable(scene.width, scene.height):
            return replace(draft, after=after)
    return None


def _draft(
    scene: Scene, rng: Random, kind: str
) -> tuple[WorldEditSample, list[SceneObject]] | None:
    """An edit with its words, and the objects afterwards."""
    meant = _thing(scene, rng, kind) if kind != "add" else None
    if kind == "add":
        if len(scene.objects) >= _MOST_OBJECTS:
            return None
        return _place(scene, rng, None)
    if meant is None:
        return None
    if kind == "move":
        return _place(scene, rng, meant)
    items = list(scene.objects)
    if kind == "remove":
        kept = [item for i, item in enumerate(items) if i not in meant.objects]
        return _told(scene, rng, kind, meant), kept
    wanted, words, source = _wanted(rng, kind, [items[i] for i in meant.objects])
    for i in meant.objects:
        changed = replace(items[i], **wanted)
        items[i] = replace(changed, position=_at(changed, items[i].position))
    if any(not _free(items[i], [o for j, o in enumerate(items) if j != i]) for i in meant.objects):
        return None
    return _told(scene, rng, kind, meant, wanted, words, pattern=source), items


def _thing(scene: Scene, rng: Random, kind: str) -> RefExp | None:
    """A phrase for one thing; now and then for a few that go or are painted together."""
    several = kind in ("recolour", "material", "remove") and rng.random() < 0.12
    for item in sample_refexps(scene, rng, 12):
        if several and item.kind == "plural" and 2 <= len(item.objects) <= 3:
            return item
        if not several and item.kind in _SINGLE and len(item.objects) == 1:
            return item
    return None


def _wanted(
    rng: Random, kind: str, items: Sequence[SceneObject]
) -> tuple[dict[str, str], str, str]:
    """What the things become, the words for it, and the pattern's name."""
    if kind == "recolour":
        color = rng.choice([c for c in COLORS if all(c != item.color for item in items)])
        return {"color": color}, adjective(rng, color), kind
    if kind == "material":
        (material,) = {"metal", "rubber"} - {items[0].material}
        return {"material": material}, adjective(rng, material), kind
    if kind == "scale":
        (size,) = {"small", "large"} - {items[0].size}
        if rng.random() < 0.3:
            return {"size": size}, "", f"scale {size}"
        return {"size": size}, rng.choice(_SIZE_WORDS[size]), kind
    shape = rng.choice([s for s in SHAPES if s != items[0].shape])
    values = {"shape": shape, **_some(rng)}
    return values, noun_phrase(rng, _ordered(values), article="a", plain=True), kind


def _some(rng: Random) -> dict[str, str]:
    values = {"color": rng.choice(COLORS)} if rng.random() < 0.75 else {}
    if rng.random() < 0.35:
        values["size"] = rng.choice(SIZES)
    if rng.random() < 0.35:
        values["material"] = rng.choice(MATERIALS)
    return values


def _ordered(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values[name] for name in ATTRIBUTES if name in values}


def _place(
    scene: Scene, rng: Random, meant: RefExp | None
) -> tuple[WorldEditSample, list[SceneObject]] | None:
    """An object that comes (None), or that goes elsewhere."""
    moved = scene.objects[meant.objects[0]] if meant is not None else None
    others = [item for item in scene.objects if item is not moved]
    direction, anchor, words = "", None, ""
    roll = rng.random()
    if moved is not None or roll < 0.85:
        direction = rng.choice(DIRECTIONS)
        if roll < 0.55:
            anchor, words = _beside(scene, rng, direction, meant)
            if anchor is None:
                return None
        else:
            words = rng.choice((_SIDES if moved is None else _SHIFTS)[direction])
    if moved is None:
        values = {"shape": rng.choice(SHAPES), **_some(rng)}
        full = {
            "color": rng.choice(COLORS), "size": rng.choice(SIZES),
            "material": rng.choice(MATERIALS), **values,
        }  # fmt: skip
        item = SceneObject(
            shape=full["shape"],
            color=full["color"],
            size=full["size"],
            material=full["material"],
            position=(0, 0, 0),
            rotation=round(rng.uniform(0, 360), 3),
        )
    else:
        values, item = {}, moved
    spot = _spot(scene, rng, item, others, direction, anchor, moved)
    if spot is None:
        return None
    after = [*others, replace(item, position=spot)]
    told = noun_phrase(rng, _ordered(values), article="a", plain=True) if moved is None else ""
    kind = "add" if moved is None else "move"
    sample = _told(scene, rng, kind, meant, values, told, words)
    if all(name != "place" for name, _, _ in sample.spans):
        return sample, after  # the wording left the place open
    return replace(sample, direction=direction, anchor=anchor), after


def _beside(
    scene: Scene, rng: Random, direction: str, meant: RefExp | None
) -> tuple[int | None, str]:
    """An anchor to stand beside, and the words for the place."""
    for item in sample_refexps(scene, rng, 8):
        own = meant is not None and item.objects == meant.objects
        if item.kind in ("attributes", "extreme") and len(item.objects) == 1 and not own:
            if rng.random() < 0.3:
                return item.objects[0], f"{relation(rng, direction)} {item.text}"
            return item.objects[0], rng.choice(_RELATIONS[direction]).format(a=item.text)
    return None, ""


def _spot(
    scene: Scene,
    rng: Random,
    item: SceneObject,
    others: Sequence[SceneObject],
    direction: str,
    anchor: int | None,
    moved: SceneObject | None,
) -> Vector | None:
    """A free place that holds the wanted relation by a margin."""
    camera = scene_camera(scene)
    for _ in range(60):
        draft = (rng.uniform(-_TABLE, _TABLE), rng.uniform(-_TABLE, _TABLE), 0.0)
        spot = _at(item, draft)
        if direction:
            axis = scene.directions[direction]
            if anchor is None and moved is None:
                x, y, _ = camera.project([spot], scene.width, scene.height)[0]
                share = {"left": 1 - x / scene.width, "right": x / scene.width,
                         "front": y / scene.height, "behind": 1 - y / scene.height}  # fmt: skip
                if share[direction] < 0.58:
                    continue
            else:
                origin = scene.objects[anchor].position if anchor is not None else None
                start = origin or (moved.position if moved is not None else spot)
                gone = sum((b - a) * d for a, b, d in zip(start, spot, axis, strict=True))
                if gone < _MARGIN or (anchor is not None and math.dist(start, spot) > 3):
                    continue
        if _free(replace(item, position=spot), others):
            return spot
    return None


def _at(item: SceneObject, place: Vector) -> Vector:
    return (round(place[0], 4), round(place[1], 4), SIZE_RADIUS[item.size])


def _free(item: SceneObject, others: Sequence[SceneObject]) -> bool:
    own = _reach(item)
    return all(
        math.dist(item.position[:2], other.position[:2]) > own + _reach(other) + _GAP
        for other in others
    )


def _reach(item: SceneObject) -> float:
    return SIZE_RADIUS[item.size] * (math.sqrt(2) if item.shape == "cube" else 1.0)


def _told(
    scene: Scene,
    rng: Random,
    kind: str,
    meant: RefExp | None,
    wanted: Mapping[str, str] | None = None,
    value: str = "",
    place: str = "",
    pattern: str = "",
) -> WorldEditSample:
    fillers = {"t": meant.text if meant is not None else "", "v": value, "p": place}
    text, spans = word_instruction(rng, pattern or kind, fillers)
    return WorldEditSample(
        text=text,
        spans=spans,
        kind=kind,
        program=meant.program if meant is not None else None,
        objects=meant.objects if meant is not None else (),
        wanted=wanted or {},
        before=scene,
        after=scene,
    )


def word_instruction(
    rng: Random, pattern: str, fillers: Mapping[str, str]
) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """An instruction after one of the patterns of that name, framed and mistyped as people do."""
    ways = _COMPILED[pattern]
    if not fillers.get("p"):  # nothing is said about the place
        ways = tuple(way for way in ways if "p" not in way.slots or "[{p}|]" in way.source)
    drawn = ways[int(rng.random() * len(ways))].draw(rng, {k: f"⟦{k}⟧" for k in ("t", "v", "p")})
    if rng.random() < 0.5:
        drawn = frame(rng, drawn, "." if rng.random() < 0.3 else "")
    return fill_marks(rng, drawn, fillers)


def fill_marks(
    rng: Random, marked: str, fillers: Mapping[str, str]
) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """`marked` with ⟦t⟧, ⟦v⟧ and ⟦p⟧ filled in, slips of typing between and in them."""
    text, spans, end = "", [], 0
    for match in _SLOT.finditer(marked):
        text += _mistyped(rng, marked[end : match.start()])
        slot = match[1].lower()
        words = fillers.get(slot, "")
        if words:
            words = typos(rng, words) if rng.random() < 0.2 else words
            spans.append((_SPAN_NAMES[slot], len(text), len(text) + len(words)))
            text += words
        end = match.end()
    text += _mistyped(rng, marked[end:])
    return text, tuple(spans)


def _mistyped(rng: Random, text: str) -> str:
    return typos(rng, text) if rng.random() < 0.3 else text
