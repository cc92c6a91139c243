"""Turns that place the object in focus among the others: neighbours, sides, the likes of it."""

from typing import Final

from . import dialog_repeat_patterns as repeats
from .dialog_followups import Move, clearly_nearest, plain, some_values
from .dialog_talk import IT, Said, Talk, by
from .naming import Values, matching, named, one, unique_name
from .patterns import draw
from .programs import SCENE, Call, call, execute
from .vocabulary import ATTRIBUTES, DIRECTIONS, SHAPES
from .wording import noun, noun_phrase, predicate, relation

_RELATED: Final = (
    "is {it} {rel}",
    "is {it} {rel}",
    "and is {it} {rel}",
    "does {it} stand {rel}",
    "{it} is {rel}, right",
    "would you say {it} is {rel}",
)
_RELATED_TO_IT: Final = (
    "is {np} {rel}",
    "is {np} {rel}",
    "and is {np} {rel}",
    "does {np} stand {rel}",
)
_SIDES: Final = {
    "left": "[on the left side|in the left half|on the left half] of the [picture|image|photo]",
    "right": "[on the right side|in the right half|on the right half] of the [picture|image|photo]",
    "front": "in the [lower|bottom] half of the [picture|image|photo]",
    "behind": "in the [upper|top] half of the [picture|image|photo]",
}
_OTHERS_COUNT: Final = (
    "how many other {ones} are there",
    "how many other {ones} do you see",
    "how many other {ones} can you see",
    "and how many other {ones} are there",
    "how many {ones} are there besides {that}",
    "how many {ones} are there apart from {that}",
    "not counting {that}, how many {ones} are there",
)
_OTHERS_EXIST: Final = (
    "are there any other {ones}",
    "are there other {ones}",
    "any other {ones}",
    "do you see any other {ones}",
    "is there another {single}",
    "another {single}",
    "is there any other {single}",
    "are there any {ones} besides {that}",
)
_ELSE: Final = (
    "what else is there",
    "what else do you see",
    "what else is in the [picture|image|scene]",
    "what else can you see",
    "and what else",
    "and besides {that}",
    "what are the other {things}",
    "describe the other {things}",
    "list everything else",
    "what other {things} are there",
)
_ONLY: Final = (
    "is {it} the only {single}",
    "is {it} the only {single} [here|there is|in the picture]",
    "is {it} the sole {single}",
    "so {it} is the only {single}",
)
_SAME_ONES: Final = (
    "are there any {ones} of the same {attribute}",
    "are there any {ones} with [the same|its] {attribute}",
    "any {ones} of the same {attribute}",
    "do any {ones} have [the same|its] {attribute}",
)
_SAME_ONES_COUNT: Final = (
    "how many {ones} have [the same|its] {attribute}",
    "how many {ones} share its {attribute}",
    "how many {ones} are the same {attribute} as {that}",
)


def neighbour(talk: Talk) -> Said | None:
    """ "What colour is the one behind it?", "is the ball to its left metal?"."""
    if talk.last is None or not talk.last.spatial:
        return None
    near, words, found = _beside(talk)
    if near is None:
        return None
    name = talk.pick(ATTRIBUTES)
    if len(found) != 1 and not (not found and talk.chance(0.1)):
        return None
    if name == "shape" and near.args[0].function == "filter_shape":
        return None
    if talk.chance(0.25):
        value = talk.value(name, found[0] if found else None)
        pred = predicate(talk.rng, name, value)
        text = talk.say(repeats.START_IS, {"np": words, "pred": pred})
        program = call("exist", call(f"filter_{name}", near, value=value))
    else:
        text = talk.say(repeats.START_ATTRIBUTE[name], {"np": words})
        program = call(f"query_{name}", near)
    return Said(text=text, program=program, template="neighbour", may_fail=not found)


def _beside(talk: Talk) -> tuple[Call | None, str, tuple[int, ...]]:
    """A neighbour as a program, its words, and the objects that these fit."""
    if talk.chance(0.2):
        if not clearly_nearest(talk.scene, talk.it):
            return None, "", ()
        words = talk.say(("the {thing} [closest|nearest] to {that}", "its nearest neighbour"))
        nearest = call("nearest", SCENE, IT)
        return nearest, words, execute(nearest, talk.scene, talk.state).objects
    direction = talk.pick(DIRECTIONS)
    ids = talk.scene.relationships[direction][talk.it]
    near = by(direction, IT)
    beside = talk.beside_it(direction)
    if talk.chance(0.5):
        return call("unique", near), f"the {talk.say(('{thing}',))} {beside}", ids
    values = {"shape": talk.pick(SHAPES)}
    head = noun(talk.rng, values["shape"])
    return (
        call("unique", named(values, near)),
        f"the {head} {beside}",
        matching(talk.scene, values, ids),
    )


def placed(talk: Talk) -> Said | None:
    """ "Is it left of the cube?", "is the ball behind it?", "is it in the left half?"."""
    scene = talk.scene
    direction = talk.pick(DIRECTIONS)
    if talk.chance(0.15):
        side = draw(talk.rng, _SIDES[direction])
        program = call("exist", call("side", IT, value=direction))
        return Said(text=talk.say(_RELATED, {"rel": side}), program=program, template="it-side")
    index = talk.pick(range(len(scene.objects)))
    values = unique_name(scene, talk.rng, index)
    if index == talk.it or values is None or "shape" not in values:
        return None
    name = noun_phrase(talk.rng, values, "one", "the")
    if talk.chance(0.6):
        rel = f"{relation(talk.rng, direction)} {name}"
        text = talk.say(_RELATED, {"rel": rel})
        kept = call("intersect", by(direction, one(values)), IT)
    else:
        text = talk.say(_RELATED_TO_IT, {"rel": talk.beside_it(direction), "np": name})
        kept = call("intersect", by(direction, IT), one(values))
    return Said(text=text, program=call("exist", kept), template="it-related")


def others_like(talk: Talk) -> Said | None:
    """ "How many other red things are there?", "what else is there?"."""
    if talk.chance(0.25):
        rest = call("minus", SCENE, IT)
        if talk.chance(0.6):
            return Said(text=talk.say(_ELSE), program=call("describe", rest), template="it-else")
        values: Values = {}
    else:
        item = talk.scene.objects[talk.it]
        name = talk.pick(ATTRIBUTES)
        values = {name: item.value(name)}
        rest = call("minus", named(values), IT)
    fillers = {
        "ones": lambda: plain(talk, values, "many"),
        "single": lambda: plain(talk, values, "one"),
    }
    if talk.chance(0.5):
        text = talk.say(_OTHERS_COUNT, fillers)
        return Said(text=text, program=call("count", rest), template="it-others-count")
    if values and talk.chance(0.3):
        text = talk.say(_ONLY, fillers)
        program = call("not", call("exist", rest))
        return Said(text=text, program=program, template="it-only")
    text = talk.say(_OTHERS_EXIST, fillers)
    return Said(text=text, program=call("exist", rest), template="it-others-exist")


def same_ones(talk: Talk) -> Said | None:
    """ "Are there any cubes of the same colour?"."""
    name = talk.pick(ATTRIBUTES)
    values = some_values(talk, 1)
    if name in values:
        return None
    kept = named(values, call(f"same_{name}", IT))
    fillers = {
        "ones": lambda: plain(talk, values, "many"),
        "attribute": lambda: talk.attribute(name),
    }
    # "How many cubes have its colour?" might count the object itself.
    if matching(talk.scene, values, (talk.it,)):
        return None
    if talk.chance(0.5):
        text, program = talk.say(_SAME_ONES, fillers), call("exist", kept)
    else:
        text, program = talk.say(_SAME_ONES_COUNT, fillers), call("count", kept)
    return Said(text=text, program=program, template="it-same-ones")


AMONG_OTHERS: Final[tuple[tuple[float, Move], ...]] = (
    (4, neighbour),
    (2.5, placed),
    (2, others_like),
    (1, same_ones),
)
