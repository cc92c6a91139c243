"""Captions of a scene in three lengths: `sample_caption(scene, rng, "short" | "normal" | "long")`.

The language is rich but regular, so that `caption_reader.check_caption`, which shares no
code with this file, can read every sentence back.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Final, Literal

from .caption_reader import CaptionCheck, check_caption
from .lexicon import NUMBER_WORDS
from .naming import Values, matching, unique_name
from .places import along
from .scene import Scene
from .vocabulary import ATTRIBUTES, DIRECTIONS
from .wording import indefinite

__all__ = ["STYLES", "CaptionCheck", "Style", "check_caption", "sample_caption"]

Style = Literal["short", "normal", "long"]
STYLES: Final[tuple[Style, ...]] = ("short", "normal", "long")

# Every caption settles on one word per value: a ball does not become a sphere half-way.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "small": ("small", "small", "tiny", "little"),
    "large": ("large", "large", "big"),
    "metal": ("metal", "metal", "metallic", "shiny"),
    "rubber": ("rubber", "rubber", "matte"),
    "gray": ("gray", "gray", "grey"),
    "cyan": ("cyan", "cyan", "turquoise"),
    "purple": ("purple",),
    "red": ("red",),
    "blue": ("blue",),
    "green": ("green",),
    "brown": ("brown",),
    "yellow": ("yellow",),
    "cube": ("cube", "cube", "block", "box"),
    "sphere": ("sphere", "ball"),
    "cylinder": ("cylinder",),
    "": ("object", "object", "thing", "item"),
}
_RELATIONS: Final[dict[str, tuple[str, ...]]] = {
    "left": ("to the left of", "left of", "on the left of"),
    "right": ("to the right of", "right of", "on the right of"),
    "front": ("in front of",),
    "behind": ("behind",),
}
_PLACES: Final[dict[tuple[int, int], tuple[str, ...]]] = {
    # (row, column) of the 3 x 3 grid, back row first.
    (0, 0): ("at the back left", "in the back left corner", "in the background on the left"),
    (0, 1): ("at the back", "in the background"),
    (0, 2): ("at the back right", "in the back right corner", "in the background on the right"),
    (1, 0): ("on the left", "on the left side"),
    (1, 1): ("in the middle", "in the center"),
    (1, 2): ("on the right", "on the right side"),
    (2, 0): ("at the front left", "in the front left corner", "in the foreground on the left"),
    (2, 1): ("at the front", "in the foreground"),
    (2, 2): ("at the front right", "in the front right corner", "in the foreground on the right"),
}
_EXTREMES: Final[dict[str, tuple[str, ...]]] = {
    "left": ("the leftmost {}",),
    "right": ("the rightmost {}",),
    "front": ("the {} closest to the camera", "the frontmost {}"),
    "behind": ("the {} farthest from the camera", "the {} furthest back"),
}
# Share of the picture's side within which a place is too near another to be named.
_BORDER: Final = 0.05


class _Voice:
    """One caption's choice of words."""

    def __init__(self, scene: Scene, rng: Random) -> None:
        self.scene = scene
        self.rng = rng
        self.told: set[int] = set()
        self.words = {value: self.pick(ways) for value, ways in _WORDS.items()}

    def pick(self, ways: Sequence[str]) -> str:
        return ways[int(self.rng.random() * len(ways))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def name(self, values: Values, many: bool = False) -> str:
        """Adjectives and noun, without article."""
        words = [self.words[values[name]] for name in ATTRIBUTES[:3] if name in values]
        noun = self.words[values.get("shape", "")]
        if many:
            noun += "es" if noun.endswith("x") else "s"
        return " ".join([*words, noun])

    def some(self, values: Values, number: int) -> str:
        """ "a red cube", "three red cubes"."""
        if number == 1:
            return indefinite(self.name(values))
        return f"{NUMBER_WORDS[number]} {self.name(values, many=True)}"

    def full(self, index: int) -> Values:
        return {name: self.scene.objects[index].value(name) for name in ATTRIBUTES}

    def fresh(self, index: int) -> bool:
        """Whether the object is not yet told of; from now on it is."""
        new = index not in self.told
        self.told.add(index)
        return new

    def place(self, index: int) -> str | None:
        """Where the object is in the picture; None near a border of the grid."""
        x, y, _ = self.scene.objects[index].pixel
        cell = []
        for share in (y / self.scene.height, x / self.scene.width):
            if min(abs(share - 1 / 3), abs(share - 2 / 3)) < _BORDER:
                return None
            cell.append(min(2, max(0, int(3 * share))))
        return self.pick(_PLACES[cell[0], cell[1]])


def sample_caption(scene: Scene, rng: Random, style: str = "normal") -> str:
    """Draw one caption, every statement of which is true.

    Args:
        scene: with one object or more.
        style: `short` (the gist, one sentence), `normal` (two to four facts), `long` (every
            object with all its attributes, some relations and places).

    Raises:
        ValueError: an unknown style.
    """
    voice = _Voice(scene, rng)
    if style == "short":
        sentences = [_gist(voice)]
    elif style == "normal":
        sentences = _normal(voice)
    elif style == "long":
        sentences = _long(voice)
    else:
        raise ValueError(f"unknown caption style {style!r}; there are {', '.join(STYLES)}")
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _groups(voice: _Voice, names: Sequence[str]) -> list[tuple[Values, int]]:
    """Objects grouped by the named attributes, largest group first."""
    counts: Counter[tuple[str, ...]] = Counter(
        tuple(item.value(name) for name in names) for item in voice.scene.objects
    )
    return [(dict(zip(names, key, strict=True)), n) for key, n in counts.most_common()]


def _opening(voice: _Voice, number: int) -> str:
    """ "there are", "the picture shows", with a place for a list after it."""
    there = "there is" if number == 1 else "there are"
    return voice.pick((there, there, there, "the picture shows", "the scene has", "we see", ""))


def _whole(voice: _Voice) -> tuple[str, int]:
    number = len(voice.scene.objects)
    return voice.some({}, number), number


def _gist(voice: _Voice) -> str:
    total, number = _whole(voice)
    name = voice.pick(("shape", "shape", "color", "material", "size"))
    groups = _groups(voice, (name,))
    table = voice.pick(("", "", " on a table", " on a gray table"))
    roll = voice.rng.random()
    if len(groups) == 1:
        values, _ = groups[0]
        if number == 1:
            return f"{voice.some(voice.full(0), 1)}{table}"
        return f"{voice.some(values, number)}{table}"
    biggest, count = groups[0]
    if roll < 0.3 and 2 * count > number:
        if voice.chance(0.5):
            return f"{total}{table}, mostly {voice.name(biggest, many=True)}"
        return f"{total}{table}, {NUMBER_WORDS[count]} of them {_bare(voice, biggest, count)}"
    if roll < 0.75 and len(groups) <= 4:
        listed = _listed([voice.some(values, n) for values, n in groups])
        return f"{_opening(voice, groups[0][1])} {listed}{table}".strip()
    index = _notable(voice)
    notable = voice.some({**voice.full(index)}, 1)
    if roll < 0.9:
        return f"{total}{table}, {voice.pick(('with', 'including', 'among them'))} {notable}"
    return f"{_opening(voice, number)} {total}{table}".strip()


def _bare(voice: _Voice, values: Values, number: int) -> str:
    """What follows "are": "metal", "cubes"."""
    ((name, value),) = values.items()
    if name == "shape":
        return voice.name(values, many=number > 1) if number > 1 else voice.some(values, 1)
    return voice.words[value]


def _notable(voice: _Voice) -> int:
    """An object that stands out: the only one of its colour, shape, material or size."""
    order = list(range(len(voice.scene.objects)))
    voice.rng.shuffle(order)
    for index in order:
        for name in ("material", "shape", "size", "color"):
            values = {name: voice.scene.objects[index].value(name)}
            if matching(voice.scene, values) == (index,):
                return index
    return order[0]


def _normal(voice: _Voice) -> list[str]:
    total, number = _whole(voice)
    sentences = []
    shapes = _groups(voice, ("shape",))
    if voice.chance(0.5):
        listed = _listed([voice.some(values, n) for values, n in shapes])
        if voice.chance(0.5) and len(shapes) > 1:
            sentences.append(f"{_opening(voice, number)} {total}: {listed}".strip())
        else:
            sentences.append(f"{_opening(voice, shapes[0][1])} {listed}".strip())
    else:
        name = voice.pick(("material", "size", "color", "shape"))
        values, count = _groups(voice, (name,))[0]
        table = voice.pick(("", "", " on the table"))
        if 1 < count < number and voice.chance(0.6):
            tail = f", {NUMBER_WORDS[count]} of them {_bare(voice, values, count)}"
        else:
            tail = ""
        sentences.append(f"{_opening(voice, number)} {total}{table}{tail}".strip())
    kinds = [_placed, _related, _extreme, _placed, _related, _only]
    voice.rng.shuffle(kinds)
    wanted = 1 if voice.chance(0.45) else 2
    for kind in kinds:
        sentence = kind(voice)
        if sentence is not None and sentence not in sentences:
            sentences.append(sentence)
        if len(sentences) > wanted:
            break
    return sentences


def _placed(voice: _Voice) -> str | None:
    index = int(voice.rng.random() * len(voice.scene.objects))
    place = voice.place(index)
    if place is None or not voice.fresh(index):
        return None
    item = voice.some(voice.full(index), 1)
    if voice.chance(0.4):
        return f"{place}{voice.pick(('', ','))} there is {item}"
    return f"{item} {voice.pick(('is', 'stands', 'is', 'sits'))} {place}"


def _related(voice: _Voice) -> str | None:
    scene = voice.scene
    anchor = int(voice.rng.random() * len(scene.objects))
    direction = voice.pick(DIRECTIONS)
    found = scene.relationships[direction][anchor]
    name = unique_name(scene, voice.rng, anchor, wordy=0.2)
    if not found or name is None or "shape" not in name:
        return None
    subject = found[int(voice.rng.random() * len(found))]
    other = unique_name(scene, voice.rng, subject, wordy=0.2)
    if other is None or "shape" not in other:
        return None
    verb = voice.pick(("is", "is", "stands"))
    relation = voice.pick(_RELATIONS[direction])
    return f"the {voice.name(other)} {verb} {relation} the {voice.name(name)}"


def _extreme(voice: _Voice) -> str | None:
    scene = voice.scene
    direction = voice.pick(DIRECTIONS)
    first = sorted((-along(scene, i, direction), i) for i in range(len(scene.objects)))
    if len(first) < 2 or first[1][0] - first[0][0] < 0.3:
        return None
    if not voice.fresh(first[0][1]):
        return None
    subject = voice.pick(_EXTREMES[direction]).format(voice.words[""])
    return f"{subject} is {voice.some(voice.full(first[0][1]), 1)}"


def _only(voice: _Voice) -> str | None:
    name = voice.pick(("material", "shape", "size", "color"))
    for values, count in _groups(voice, (name,)):
        if count == 1:
            (index,) = matching(voice.scene, values)
            if not voice.fresh(index):
                return None
            rest = voice.full(index)
            rest.pop(name)
            if name != "shape":
                return f"the only {voice.name(values)} is {voice.some(rest, 1)}"
            words = [voice.words[rest[k]] for k in ATTRIBUTES[:3]]
            return f"the only {voice.name(values)} is {', '.join(words[:2])} and {words[2]}"
    return None


def _long(voice: _Voice) -> list[str]:
    order = _left_to_right(voice.scene)
    roll = voice.rng.random()
    if roll < 0.4:
        sentences = _long_listed(voice, order)
    elif roll < 0.7:
        items = [voice.some(voice.full(i), 1) for i in order]
        there = voice.pick((", there is", ":", " there is"))
        sentences = [f"from left to right{there} {_listed(items)}"]
        if voice.chance(0.5):
            sentences.insert(0, f"there are {_whole(voice)[0]}")
    else:
        sentences = _long_placed(voice, order)
    wanted = 1 + (len(order) > 4) + (len(order) > 7)
    for _ in range(12):
        sentence = _related(voice)
        if sentence is not None and sentence not in sentences:
            sentences.append(sentence)
            wanted -= 1
        if not wanted:
            break
    return sentences


def _long_listed(voice: _Voice, order: Sequence[int]) -> list[str]:
    """ "There are four objects: ...", equal ones counted together."""
    total, number = _whole(voice)
    items: list[str] = []
    seen: list[Values] = []
    for index in order:
        values = voice.full(index)
        if values not in seen:
            seen.append(values)
            items.append(voice.some(values, len(matching(voice.scene, values))))
    table = voice.pick(("", " on the table", " on a gray table"))
    if number == 1:
        return [f"there is {items[0]}{table}"]
    opening = voice.pick(("there are", "the picture shows", "the scene has", "we see"))
    return [f"{opening} {total}{table}: {_listed(items)}"]


def _long_placed(voice: _Voice, order: Sequence[int]) -> list[str]:
    """One or two objects a sentence, each where it stands."""
    sentences: list[str] = []
    total, number = _whole(voice)
    if voice.chance(0.6):
        sentences.append(f"there {'is' if number == 1 else 'are'} {total}")
    placed = [(index, voice.place(index)) for index in order]
    parts = [
        f"{voice.some(voice.full(index), 1)} {voice.pick(('is', 'is', 'stands'))} {place}"
        for index, place in placed
        if place is not None
    ]
    sentences += [" and ".join(parts[i : i + 2]) for i in range(0, len(parts), 2)]
    rest = [voice.some(voice.full(index), 1) for index, place in placed if place is None]
    if rest:
        also = "there is also" if sentences else "there is"
        sentences.append(f"{also} {_listed(rest)}")
    return sentences


def _left_to_right(scene: Scene) -> list[int]:
    return sorted(range(len(scene.objects)), key=lambda i: along(scene, i, "right"))
