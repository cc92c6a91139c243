"""Captions of clips: one to four things that are true of a clip, said in one breath.

    caption = sample_caption(clip.story, Random(1), "normal")
    caption.text     # "a red cube slides in and bumps into the blue ball"
    caption.facts    # programs, each true of the story

As in MSR-VTT (Xu et al. 2016) and MSVD (Chen and Dolan 2011) a caption tells some of what happens,
not all, and things are named as they look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from ..functions import Call
from ..noise import typos
from ..patterns import draw
from ..programs import FalsePremise
from ..scene import SceneObject
from ..vocabulary import ATTRIBUTES
from .executor import execute
from .speech import CLIP
from .statements import Statement, Thing, Values, state
from .story import Story

Style = Literal["short", "normal", "long"]
STYLES: Final[tuple[Style, ...]] = ("short", "normal", "long")
_FACTS: Final = {"short": (1,), "normal": (2,), "long": (3, 3, 4)}
# What is worth telling: statement -> weight.
_WORTH: Final = {
    "collision": 5.0, "enter": 3.5, "leave": 3.5, "stop": 1.5, "start": 0.7, "still": 1.5,
    "there": 1.5, "moves": 0.7, "left": 0.3, "touched": 0.5, "collisions": 0.5, "comers": 0.3,
    "goers": 0.3, "things": 0.5, "no_collision": 0.5, "no_comer": 0.2, "no_goer": 0.2,
}  # fmt: skip
_LEADS: Final = (
    f"[||||||||in this {CLIP},|a {CLIP} where|the {CLIP} where|{CLIP}:|a {CLIP} in which|here,]"
)
_OF: Final = f"[a {CLIP} of|the {CLIP} with|{CLIP} of|a {CLIP} showing|a {CLIP} with|||]"
_THEN: Final = (", then", " and then", ". then", ", after that", "; then", ", and", ".")
_BESIDE: Final = (", and", ".", ", while", ";", ",")
_ON: Final = (" and", " and then", ", then it", " and", ". it", ", and it")

# (statement, objects, how many, seconds: when it begins)
Told = tuple[str, tuple[int, ...], int, float]


@dataclass(frozen=True, kw_only=True)
class VideoCaption:
    """A caption.

    Attributes:
        facts: what it states, each a program whose answer is yes for the clip.
        mentions: (role, values) of each thing it speaks of; the role is a statement's kind, and
            `there` for all.
    """

    text: str
    facts: tuple[Call, ...]
    mentions: tuple[tuple[str, Values], ...]


def sample_caption(
    story: Story, rng: Random, style: Style = "normal", variants: Sequence[Story] = ()
) -> VideoCaption:
    """Say some of what is true of a clip.

    Args:
        variants: stories that nobody could tell from this one; what is told holds for all.
    """
    names = _Names(story, rng)
    phrase = style != "long" and rng.random() < 0.25
    chosen: list[tuple[Told, Statement]] = []
    left = _tellable(story)
    wanted = rng.choice(_FACTS[style])
    while left and len(chosen) < wanted:
        told = rng.choices(left, [_WORTH[item[0]] for item in left])[0]
        left = [item for item in left if not _same(item, told)]
        kind, objects, number, _ = told
        things = tuple(names.thing(i) for i in objects)
        said = state(rng, kind, things, number, phrase)
        if all(holds(said.program, one) for one in (story, *variants)):
            chosen.append((told, said))
            names.mentioned.update(objects)
    chosen.sort(key=lambda pair: pair[0][3])
    text = _joined(rng, chosen, phrase)
    lead = draw(rng, _OF if phrase else _LEADS)
    text = f"{lead} {text}".strip()
    return VideoCaption(
        text=typos(rng, text) if rng.random() < 0.3 else text,
        facts=tuple(said.program for _, said in chosen),
        mentions=_mentions(chosen, names),
    )


def holds(program: Call, story: Story) -> bool:
    """Whether a statement is true of a story; "the ball" where there are two is a ball."""
    try:
        return execute(loosened(program), story).answer == "yes"
    except FalsePremise:
        return False


def loosened(program: Call) -> Call:
    """The program with "the ball" read as "a ball": in a search nobody knows the other clips."""
    args = tuple(loosened(arg) for arg in program.args)
    if program.function == "unique":
        return args[0]
    return Call(program.function, args, program.value)


def _tellable(story: Story) -> list[Told]:
    found: list[Told] = [(e.kind, e.objects, 0, e.time) for e in story.events]
    kinds = [e.kind for e in story.events]
    for i in range(len(story.objects)):
        moves = bool(story.moving[i].any())
        found.append(("moves" if moves else "still", (i,), 0, -1.0))
        found.append(("there", (i,), 0, -2.0))
        if story.inside[i, -1]:
            found.append(("left", (i,), 0, 9.0))
    found += [("touched", (i,), 0, e.time)
              for e in story.events if e.kind == "collision" for i in e.objects]  # fmt: skip
    counts = (("collisions", "collision"), ("comers", "enter"), ("goers", "leave"))
    found += [
        (name, (), kinds.count(kind), -3.0) for name, kind in counts if 0 < kinds.count(kind) < 7
    ]
    none = (("no_collision", "collision"), ("no_comer", "enter"), ("no_goer", "leave"))
    found += [(name, (), 0, 8.0) for name, kind in none if kind not in kinds]
    found.append(("things", (), len(story.objects), -4.0))
    return found


def _same(one: Told, other: Told) -> bool:
    """Whether telling both would say one thing twice."""
    if one[:2] == other[:2]:
        return True
    weak = {"there", "moves", "touched", "left", "start"}
    return one[0] in weak and bool(set(one[1]) & set(other[1]))


class _Names:
    """What is said of each object in one caption."""

    def __init__(self, story: Story, rng: Random) -> None:
        self.rng, self.objects = rng, story.objects
        self.said: dict[int, Values] = {}
        self.mentioned: set[int] = set()

    def thing(self, index: int) -> Thing:
        if index not in self.said:
            self.said[index] = self._values(self.objects[index])
        values = self.said[index]
        again = index in self.mentioned
        if again and "shape" in values and self.rng.random() < 0.3:
            values = {"shape": values["shape"]}
        definite = again or self.rng.random() < 0.3
        return Thing(values=values, article="the" if definite else "a")

    def _values(self, item: SceneObject) -> Values:
        chances = {"shape": 0.95, "color": 0.9, "material": 0.35, "size": 0.25}
        keys = [name for name in ATTRIBUTES if self.rng.random() < chances[name]]
        return {name: item.value(name) for name in keys or ("color", "shape")}


def _joined(rng: Random, chosen: Sequence[tuple[Told, Statement]], phrase: bool) -> str:
    """Statements in order; the next about the same thing says "it", or nothing."""
    text, before, earlier = "", -1, 0.0
    for number, ((_, objects, _, time), said) in enumerate(chosen):
        subject = objects[said.about] if said.about >= 0 else -1
        links = _THEN if time > 0 and earlier > 0 else _BESIDE
        if not number:
            text = said.text
        elif phrase:
            text += (
                rng.choice((" and", ",", " and then" if time > 0 and earlier > 0 else " and"))
                + f" {said.text}"
            )
        elif subject >= 0 and subject == before:
            text += f"{rng.choice(_ON)} {said.rest}"
        else:
            text += f"{rng.choice(links)} {said.text}"
        before, earlier = subject, time
    return text


def _mentions(
    chosen: Sequence[tuple[Told, Statement]], names: _Names
) -> tuple[tuple[str, Values], ...]:
    found = [(kind, names.said[i]) for (kind, objects, _, _), _ in chosen for i in objects]
    there = dict.fromkeys(i for (_, objects, _, _), _ in chosen for i in objects)
    return (
        *((kind, values) for kind, values in found if kind != "there"),
        *(("there", names.said[i]) for i in there),
    )
