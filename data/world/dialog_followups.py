"""Turns that speak of what the turn before was about: it, them, the others.

Each function proposes one turn, or None where it would not be clear or has nothing to ask.
"""

from collections.abc import Callable
from typing import Final

from . import dialog_patterns as said
from . import dialog_set_patterns as sets
from .dialog_talk import IT, OTHER, THEM, Said, Talk, by
from .naming import named, one, unique_name
from .places import along, distance
from .programs import SCENE, call
from .scene import Scene
from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, DIRECTIONS
from .wording import adjective, noun_phrase, predicate, relation, superlative

Move = Callable[[Talk], Said | None]


def attribute_of_it(talk: Talk) -> Said | None:
    """ "What colour is it?", "and its size?"."""
    name = talk.pick(ATTRIBUTES)
    if (talk.it, name) in talk.known and not talk.chance(0.08):
        return None
    if talk.query.startswith("query_") and talk.chance(0.5):
        text = talk.say(said.ATTRIBUTE_ALONE, {"attribute": lambda: talk.attribute(name)})
    else:
        text = talk.say(said.ATTRIBUTE_IT[name])
    return Said(text=text, program=call(f"query_{name}", IT), template=f"it-{name}")


def describe_it(talk: Talk) -> Said | None:
    """ "What is it?", where not all of it is known."""
    if all((talk.it, name) in talk.known for name in ATTRIBUTES):
        return None
    return Said(text=talk.say(said.DESCRIBE_IT), program=call("describe", IT), template="it-what")


def locate_it(talk: Talk) -> Said | None:
    """ "Where is it?"."""
    return Said(text=talk.say(said.LOCATE_IT), program=call("locate", IT), template="it-where")


def is_it(talk: Talk) -> Said | None:
    """ "Is it red?", where that has not been said."""
    name = talk.pick(ATTRIBUTES)
    if (talk.it, name) in talk.known:
        return None
    value = talk.value(name, talk.it)
    text = talk.say(said.IS_IT, {"pred": lambda: predicate(talk.rng, name, value)})
    program = call("exist", call(f"filter_{name}", IT, value=value))
    return Said(text=text, program=program, template="it-is")


def things_by_it(talk: Talk) -> Said | None:
    """How many, are there, what is: beside the object in focus."""
    if talk.last is None or not talk.last.spatial:
        return None
    direction = talk.pick(DIRECTIONS)
    near = by(direction, IT)
    beside = talk.beside_it(direction)
    kind = talk.pick(("count", "count", "exist", "exist", "anything", "what"))
    if kind == "anything":
        text = talk.say(said.ANYTHING_BY_IT, {"rel": beside})
        return Said(text=text, program=call("exist", near), template="it-anything-by")
    if kind == "what":
        text = talk.say(said.WHAT_BY_IT, {"rel": beside})
        return Said(text=text, program=call("describe", near), template="it-what-by")
    values = some_values(talk, 0 if kind == "count" else 1)
    fillers = {
        "rel": beside,
        "ones": lambda: plain(talk, values, "many"),
        "a_one": lambda: noun_phrase(talk.rng, values, "one", "a"),
    }
    patterns = said.COUNT_BY_IT if kind == "count" else said.EXIST_BY_IT
    program = call(kind, named(values, near))
    return Said(text=talk.say(patterns, fillers), program=program, template=f"it-{kind}-by")


def same_as_it(talk: Talk) -> Said | None:
    """ "Is anything else of its colour?", and how many, and what."""
    name = talk.pick(ATTRIBUTES)
    alike = call(f"same_{name}", IT)
    kind = talk.pick(("exist", "exist", "count", "count", "describe"))
    fillers = {"attribute": lambda: talk.attribute(name)}
    if kind == "exist":
        text = talk.say(said.SAME_EXIST[name], fillers)
    else:
        text = talk.say(said.SAME_COUNT if kind == "count" else said.SAME_DESCRIBE, fillers)
    return Said(text=text, program=call(kind, alike), template=f"it-same-{kind}")


def compare_it(talk: Talk) -> Said | None:
    """ "Is it bigger than the cube?", "has it the same colour as the cube?"."""
    scene = talk.scene
    index = talk.pick(range(len(scene.objects)))
    if index == talk.it:
        return None
    roll = talk.rng.random()
    name = "size" if roll < 0.45 else talk.pick(ATTRIBUTES)
    values = unique_name(scene, talk.rng, index)
    if values is None or "shape" not in values or name in values or (talk.it, name) in talk.known:
        return None
    sides = call(f"query_{name}", IT), call(f"query_{name}", one(values))
    fillers = {
        "np": lambda: noun_phrase(talk.rng, values, "one", "the"),
        "attribute": lambda: talk.attribute(name),
    }
    if roll < 0.45:
        bigger = roll < 0.25
        function = "greater_size" if bigger else "less_size"
        patterns = said.COMPARE_BIGGER if bigger else said.COMPARE_SMALLER
    else:
        function, patterns = f"equal_{name}", said.COMPARE_EQUAL
    program = call(function, *sides)
    return Said(text=talk.say(patterns, fillers), program=program, template=f"it-{function}")


def nearest_to_it(talk: Talk) -> Said | None:
    """ "What is nearest to it?", where that is clear to the eye."""
    if talk.last is None or not talk.last.spatial or not clearly_nearest(talk.scene, talk.it):
        return None
    program = call("describe", call("nearest", SCENE, IT))
    return Said(text=talk.say(said.NEAREST_DESCRIBE), program=program, template="it-nearest")


def of_others(talk: Talk) -> Said | None:
    """Questions about the rest of what "it" was chosen from."""
    if talk.last is None:
        return None
    if talk.last.alone and talk.state.them == (talk.it,):
        program = call("exist", OTHER)
        return Said(text=talk.say(sets.OTHER_EXIST), program=program, template="other-exist")
    if not talk.last.pool:
        return None
    rest = tuple(i for i in talk.state.them if i != talk.it)
    if len(rest) == 1:
        return _the_other(talk, rest[0])
    if not from_extreme(talk):
        return None
    name = talk.pick(ATTRIBUTES)
    value = talk.value(name, talk.pick(rest))
    fillers = {
        "pred": lambda: predicate(talk.rng, name, value, "many"),
        "attributes": lambda: talk.attribute(name, "many"),
    }
    kind = talk.pick(("each", "count", "describe", "how many"))
    if kind == "each":
        text, program = talk.say(sets.OTHERS_EACH, fillers), call(f"each_{name}", OTHER)
    elif kind == "count":
        kept = call(f"filter_{name}", OTHER, value=value)
        text, program = talk.say(sets.OTHERS_COUNT, fillers), call("count", kept)
    elif kind == "describe":
        text, program = talk.say(sets.OTHERS_DESCRIBE), call("describe", OTHER)
    else:
        text, program = talk.say(sets.OTHER_COUNT), call("count", OTHER)
    return Said(text=text, program=program, template=f"others-{kind}")


def _the_other(talk: Talk, index: int) -> Said:
    other = call("unique", OTHER)
    name = talk.pick(ATTRIBUTES)
    value = talk.value(name, index)
    roll = talk.rng.random()
    if talk.repeats_one and roll < 0.55:
        patterns = sets.OTHER_ONE if talk.chance(0.55) else sets.OTHER_CORRECTION
        return Said(text=talk.say(patterns), program=call("again", other), template="other-again")
    if roll < 0.75:
        text = talk.say(sets.OTHER_ATTRIBUTE[name])
        return Said(text=text, program=call(f"query_{name}", other), template="other-attribute")
    if roll < 0.9:
        text = talk.say(sets.OTHER_IS, {"pred": lambda: predicate(talk.rng, name, value)})
        program = call("exist", call(f"filter_{name}", other, value=value))
        return Said(text=text, program=program, template="other-is")
    text = talk.say(sets.OTHER_WHERE)
    return Said(text=text, program=call("locate", other), template="other-where")


def count_of_them(talk: Talk) -> Said | None:
    """How many, any, all, which of them."""
    name = talk.pick(ATTRIBUTES)
    value = talk.value(name, talk.pick(talk.state.them), 0.7)
    if value in talk.state.values:
        return None
    kept = call(f"filter_{name}", THEM, value=value)
    kind = talk.pick(("count", "count", "count", "exist", "all", "which"))
    fillers = {
        "pred": lambda: predicate(talk.rng, name, value, "many"),
        "ones": lambda: plain(talk, {name: value}, "many"),
        "a_one": lambda: noun_phrase(talk.rng, {name: value}, "one", "a"),
    }
    program = call("count", kept)
    patterns = sets.THEM_COUNT
    if kind == "exist":
        program = call("exist", kept)
        patterns = sets.THEM_A if talk.chance(0.35) else sets.THEM_EXIST
    elif kind == "all":
        program, patterns = call("every", THEM, kept), sets.THEM_ALL
    elif kind == "which":
        program, patterns = call("describe", kept), sets.THEM_WHICH
    return Said(text=talk.say(patterns, fillers), program=program, template=f"them-{kind}")


def look_of_them(talk: Talk) -> Said | None:
    """What they have in common, what they are, where they are."""
    name = talk.pick(ATTRIBUTES)
    if name in _settled(talk):
        return None
    fillers = {
        "attribute": lambda: talk.attribute(name),
        "attributes": lambda: talk.attribute(name, "many"),
    }
    kind = talk.pick(("each", "each", "agree", "agree", "distinct", "describe", "locate", "number"))
    if kind == "each":
        made = name == "material" and talk.chance(0.5)
        text = talk.say(sets.THEM_MADE if made else sets.THEM_EACH, fillers)
        program = call(f"each_{name}", THEM)
    elif kind == "agree":
        text, program = talk.say(sets.THEM_AGREE, fillers), call(f"agree_{name}", THEM)
    elif kind == "distinct":
        text, program = talk.say(sets.THEM_DISTINCT, fillers), call(f"distinct_{name}", THEM)
    elif kind == "describe":
        text, program = talk.say(sets.THEM_DESCRIBE), call("describe", THEM)
    elif kind == "locate":
        text, program = talk.say(sets.THEM_LOCATE), call("locate", THEM)
    else:
        if talk.query == "count":
            return None
        text, program = talk.say(sets.THEM_HOW_MANY), call("count", THEM)
    return Said(text=text, program=program, template=f"them-{kind}")


def one_of_them(talk: Talk) -> Said | None:
    """The leftmost, the metal one among them; how many of them stand left of the cube."""
    scene, them = talk.scene, talk.state.them
    name = talk.pick(ATTRIBUTES)
    roll = talk.rng.random()
    if roll < 0.5:
        direction = talk.pick(DIRECTIONS)
        if name in _settled(talk) or not clearly_extreme(scene, them, direction):
            return None
        end = call("extreme", THEM, value=direction)
        fillers = {
            "extreme": lambda: superlative(talk.rng, direction, "one", before=True),
            "extreme_pred": lambda: talk.pick(EXTREME_PREDICATES[direction]),
        }
        if talk.chance(0.3):
            text = talk.say(sets.THEM_EXTREME_WHAT, fillers)
            return Said(text=text, program=call("describe", end), template="them-extreme-what")
        text = talk.say(sets.THEM_EXTREME[name], fillers)
        return Said(text=text, program=call(f"query_{name}", end), template="them-extreme")
    index = talk.pick(them)
    if roll < 0.8:
        names = unique_name(scene, talk.rng, index, them, wordy=0.0)
        if names is None or len(names) != 1 or "shape" in names or name in names:
            return None
        ((attribute, value),) = names.items()
        text = talk.say(sets.THEM_UNIQUE[name], {"adj": lambda: adjective(talk.rng, value)})
        kept = call("unique", call(f"filter_{attribute}", THEM, value=value))
        return Said(text=text, program=call(f"query_{name}", kept), template="them-unique")
    index = talk.pick(range(len(scene.objects)))
    values = unique_name(scene, talk.rng, index)
    if index in them or values is None or "shape" not in values:
        return None
    direction = talk.pick(DIRECTIONS)
    anchor = noun_phrase(talk.rng, values, "one", "the")
    text = talk.say(sets.THEM_RELATED, {"rel": f"{relation(talk.rng, direction)} {anchor}"})
    kept = call("intersect", THEM, by(direction, one(values)))
    return Said(text=text, program=call("count", kept), template="them-related")


EXTREME_PREDICATES: Final = {
    "left": ("leftmost", "furthest left", "furthest to the left", "the leftmost"),
    "right": ("rightmost", "furthest right", "furthest to the right", "the rightmost"),
    "front": ("closest to the camera", "nearest", "frontmost", "closest", "closest to us"),
    "behind": ("furthest away", "farthest away", "furthest back", "the farthest"),
}

ABOUT_IT: Final[tuple[tuple[float, Move], ...]] = (
    (5, attribute_of_it),
    (1, describe_it),
    (1, locate_it),
    (2.5, is_it),
    (4.5, things_by_it),
    (2, same_as_it),
    (2, compare_it),
    (0.8, nearest_to_it),
    (4, of_others),
)
ABOUT_THEM: Final[tuple[tuple[float, Move], ...]] = (
    (4, count_of_them),
    (4, look_of_them),
    (3, one_of_them),
)


def some_values(talk: Talk, least: int) -> dict[str, str]:
    """A few attribute values, three times in four those of an object that is there."""
    names = list(ATTRIBUTES)
    talk.rng.shuffle(names)
    size = least if talk.chance(0.6) else least + 1
    index = talk.pick(range(len(talk.scene.objects)))
    return {name: talk.value(name, index, 0.75) for name in names[:size]}


def plain(talk: Talk, values: dict[str, str], number: str) -> str:
    """A name without article."""
    return noun_phrase(talk.rng, values, "many" if number == "many" else "one", "")


def clearly_extreme(scene: Scene, ids: tuple[int, ...], direction: str) -> bool:
    """Whether one of `ids` lies further `direction` than the rest by 0.3 units or more."""
    far = sorted((along(scene, i, direction) for i in ids), reverse=True)
    return len(far) > 1 and far[0] - far[1] > 0.3


def farthest(scene: Scene, ids: tuple[int, ...], direction: str) -> int:
    """The one of `ids` that lies furthest `direction`."""
    return max(ids, key=lambda i: along(scene, i, direction))


def from_extreme(talk: Talk) -> bool:
    """Whether the turn before chose one of several by place: "the leftmost ball"."""
    return talk.last is not None and any(
        node.function == "extreme" for node in talk.last.program.walk()
    )


def clearly_nearest(scene: Scene, index: int) -> bool:
    """Whether one object is nearer to `index` than every other by a quarter of its distance."""
    others = (i for i in range(len(scene.objects)) if i != index)
    away = sorted(distance(scene, i, index) for i in others)
    return bool(away) and (len(away) == 1 or away[1] > 1.25 * away[0])


def _settled(talk: Talk) -> set[str]:
    """Attributes that the description of "them" fixed already."""
    return {ATTRIBUTE_OF[value] for value in talk.state.values}
