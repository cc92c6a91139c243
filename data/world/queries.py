"""What people type to find a picture: "two red cubes and a ball", and whether a scene fits it.

query = sample_query(scene, Random(0))
query.fits(scene)            # True
query.fits(other_scene)      # known exactly, so negatives are never mistaken
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from .naming import Values, matching
from .programs import Call, FalsePremise, execute
from .refexps import sample_refexps
from .scene import Scene
from .vocabulary import ATTRIBUTES, VALUES
from .wording import noun_phrase, number_word

_OPENINGS: Final = (
    "", "", "", "", "a picture with ", "pictures with ", "the picture with ", "the one with ",
    "photos of ", "a photo that shows ", "all pictures with ", "scenes with ", "the scene with ",
    "images that contain ", "everything with ", "the one that has ", "my pictures of ",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """So many things with these values; `exact`: so many and no more."""

    values: tuple[tuple[str, str], ...]
    number: int
    exact: bool

    def fits(self, scene: Scene) -> bool:
        """Whether the scene holds that many such things."""
        found = len(matching(scene, dict(self.values)))
        return found == self.number if self.exact else found >= self.number


@dataclass(frozen=True, kw_only=True)
class Query:
    """A query and what it means: every `wanted` is there, and `program` finds something."""

    text: str
    wanted: tuple[Wanted, ...] = ()
    program: Call | None = None

    def fits(self, scene: Scene) -> bool:
        """Whether `scene` is what was asked for."""
        if self.program is not None:
            try:
                if not execute(self.program, scene).objects:
                    return False
            except FalsePremise:
                return False
        return all(wanted.fits(scene) for wanted in self.wanted)


def sample_query(scene: Scene, rng: Random) -> Query:
    """Draw a query that `scene` fits."""
    opening = _OPENINGS[int(rng.random() * len(_OPENINGS))]
    roll = rng.random()
    if roll < 0.15:
        return _related(scene, rng, opening) or _listed(scene, rng, opening)
    if roll < 0.25:
        return _none(scene, rng, opening) or _listed(scene, rng, opening)
    if roll < 0.3:
        number = len(scene.objects)
        things = noun_phrase(rng, {}, "many", article="")
        wanted = Wanted(values=(), number=number, exact=True)
        return Query(text=f"{opening}{number_word(rng, number)} {things}", wanted=(wanted,))
    return _listed(scene, rng, opening)


def _listed(scene: Scene, rng: Random, opening: str) -> Query:
    """One to three kinds of things, counted or simply there."""
    wanted: list[Wanted] = []
    words: list[str] = []
    order = list(range(len(scene.objects)))
    rng.shuffle(order)
    most = 1 + (rng.random() < 0.6) + (rng.random() < 0.35)
    used: set[int] = set()
    for index in order:
        values = _some_values(scene, index, rng)
        ids = matching(scene, values)
        if used & set(ids):
            continue
        used |= set(ids)
        key = tuple(sorted(values.items()))
        if len(ids) == 1 or rng.random() < 0.15:
            single = rng.random() < 0.1 and len(ids) == 1
            wanted.append(Wanted(values=key, number=1, exact=single))
            words.append(
                f"{'exactly one' if single else 'one'} {noun_phrase(rng, values, article='')}"
                if single or rng.random() < 0.08
                else noun_phrase(rng, values, article="a")
            )
        else:
            wanted.append(Wanted(values=key, number=len(ids), exact=True))
            things = noun_phrase(rng, values, "many", article="")
            words.append(f"{number_word(rng, len(ids))} {things}")
        if len(wanted) == most:
            break
    return Query(text=opening + _joined(words, rng), wanted=tuple(wanted))


def _none(scene: Scene, rng: Random, opening: str) -> Query | None:
    """ "no cubes", "a red ball but no cubes"."""
    name = ("shape", "shape", "color", "material")[int(rng.random() * 4)]
    absent = [v for v in VALUES[name] if not matching(scene, {name: v})]
    if not absent:
        return None
    values: Values = {name: absent[int(rng.random() * len(absent))]}
    gone = Wanted(values=tuple(values.items()), number=0, exact=True)
    things = f"no {noun_phrase(rng, values, 'many', article='', plain=True)}"
    if rng.random() < 0.4:
        return Query(text=f"{opening}{things}", wanted=(gone,))
    there = _listed(scene, rng, opening)
    link = (" but ", " and ", ", ")[int(rng.random() * 3)]
    return Query(text=f"{there.text}{link}{things}", wanted=(*there.wanted, gone))


def _related(scene: Scene, rng: Random, opening: str) -> Query | None:
    """ "the red block behind the small ball"."""
    found = [e for e in sample_refexps(scene, rng, 2) if e.kind != "absent"]
    return Query(text=f"{opening}{found[0].text}", program=found[0].program) if found else None


def _some_values(scene: Scene, index: int, rng: Random) -> Values:
    kept = [name for name in ATTRIBUTES if rng.random() < (0.85 if name == "shape" else 0.4)]
    kept = kept or [("color", "shape", "material")[int(rng.random() * 3)]]
    return {name: scene.objects[index].value(name) for name in kept}


def _joined(words: Sequence[str], rng: Random) -> str:
    link = (" and ", " and ", ", ", " plus ", " with ")[int(rng.random() * 5)]
    if len(words) < 3:
        return link.join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
