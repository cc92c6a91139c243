"""Turns that repeat the last question of something else, and corrections of it.

"And the blue ones?", "same for the small ball", "no, I meant the red one", "and the one
behind it?". Where two readings would be fair, the turn is proposed only if they agree.
"""

from typing import Final

from . import dialog_repeat_patterns as said
from .dialog_followups import Move, clearly_extreme, clearly_nearest, farthest, from_extreme
from .dialog_patterns import (
    AGAIN_BY_IT,
    AGAIN_SET_BY_IT,
    COMPARE_AGAIN,
    COMPARE_AS_AGAIN,
    NEAREST_AGAIN,
)
from .dialog_talk import COMPARISONS, IT, THEM, Said, Talk, by
from .naming import matching, named, one, unique_name
from .programs import SCENE, Call, call
from .vocabulary import ATTRIBUTE_OF, ATTRIBUTES, DIRECTIONS, SHAPES, VALUES
from .wording import adjective, noun, noun_phrase, relation, superlative


def swap_one(talk: Talk) -> Said | None:
    """ "And the red one?" after a question about one object."""
    if not talk.repeats_one or talk.last is None:
        return None
    value = talk.pick([v for name in ATTRIBUTES if name != "shape" for v in VALUES[name]])
    if talk.query == f"query_{ATTRIBUTE_OF[value]}" or value in talk.state.values:
        return None
    meant = swapped(talk, value)
    failed = talk.last.premise != "holds"
    if len(meant) != 1 and not (talk.chance(0.1) and not failed):
        return None
    if meant == (talk.state.it,) and not failed:
        return None
    patterns = said.SWAP_CORRECTION if talk.chance(0.9 if failed else 0.3) else said.SWAP_ONE
    text = talk.say(patterns, {"adj": lambda: adjective(talk.rng, value)})
    swap = Call("swap", (), value)
    if len(meant) == 1 and talk.chance(0.12):
        text = talk.say(said.SWAP_BARE, {"adj": lambda: adjective(talk.rng, value)})
        return Said(text=text, program=call("again", swap), template="swap-bare")
    program = call("again", call("unique", swap))
    return Said(text=text, program=program, template="swap-one", may_fail=len(meant) != 1)


def swap_ones(talk: Talk) -> Said | None:
    """ "And the red ones?", "and cubes?" after a question about a set."""
    if not talk.repeats_set or talk.last is None or talk.last.premise != "holds":
        return None
    values = talk.state.values
    if talk.chance(0.3):
        shape = talk.pick(SHAPES)
        others = [v for v in values if ATTRIBUTE_OF[v] != "shape"]
        alone = tuple(i for i in talk.state.base if talk.scene.objects[i].shape == shape)
        if shape in values or (others and alone != swapped(talk, shape)):
            return None
        text = talk.say(said.SWAP_SHAPES, {"nouns": lambda: noun(talk.rng, shape, "many")})
        program = call("again", Call("swap", (), shape))
        return Said(text=text, program=program, template="swap-shape")
    value = talk.pick([v for name in ATTRIBUTES if name != "shape" for v in VALUES[name]])
    if value in values or (talk.query.endswith(ATTRIBUTE_OF[value])):
        return None
    if not swapped(talk, value) and talk.query not in ("count", "exist"):
        return None
    if not _one_reading(talk, value):
        return None
    singular = talk.query == "exist" and talk.chance(0.4)
    patterns = said.SWAP_A if singular else said.SWAP_ONES
    text = talk.say(patterns, {"adj": lambda: adjective(talk.rng, value)})
    program = call("again", Call("swap", (), value))
    return Said(text=text, program=program, template="swap-ones")


def swapped(talk: Talk, value: str) -> tuple[int, ...]:
    """What the last description means with `value` put in; () where readings differ."""
    if not _one_reading(talk, value):
        return ()
    wanted = {ATTRIBUTE_OF[v]: v for v in talk.state.values} | {ATTRIBUTE_OF[value]: value}
    return matching(talk.scene, wanted, talk.state.base)


def _one_reading(talk: Talk, value: str) -> bool:
    """Whether "the blue ones" means the same with the other attributes kept and dropped.

    Where the description had a colour, only the colour changes. Where it had none ("the
    small balls ... and the blue ones?") a person may mean blue balls or small blue balls;
    after "how many of them are balls?" they mean the blue ones of them.
    """
    name = ATTRIBUTE_OF[value]
    kept = {ATTRIBUTE_OF[v]: v for v in talk.state.values}
    of_them = talk.last is not None and any(n == THEM for n in talk.last.program.walk())
    if name in kept or (name == "shape" and not of_them):
        return True
    head = {"shape": kept["shape"]} if "shape" in kept and not of_them else {}
    long = matching(talk.scene, {**kept, name: value}, talk.state.base)
    return long == matching(talk.scene, {**head, name: value}, talk.state.base)


def full_one(talk: Talk) -> Said | None:
    """ "Same for the small ball", "sorry, I meant the small ball"."""
    if not talk.repeats_one or talk.last is None:
        return None
    index = talk.pick(range(len(talk.scene.objects)))
    values = unique_name(talk.scene, talk.rng, index)
    if values is None or "shape" not in values or (talk.last.focus == "one" and index == talk.it):
        return None
    asked = talk.query.partition("_")[2]
    if asked in values:
        return None
    if set(values) == {"shape"} and swapped(talk, values["shape"]) not in ((), (index,)):
        return None
    failed = talk.last.premise != "holds"
    patterns = said.FULL_CORRECTION if talk.chance(0.9 if failed else 0.25) else said.FULL_ONE
    text = talk.say(patterns, {"np": lambda: noun_phrase(talk.rng, values, "one", "the")})
    return Said(text=text, program=call("again", one(values)), template="again-one")


def full_set(talk: Talk) -> Said | None:
    """ "And blue balls?" after a question about a set."""
    if not talk.repeats_set or talk.last is None or talk.last.premise != "holds":
        return None
    if any(node.function in ("them", "other", "it") for node in talk.last.program.walk()):
        return None
    scene = talk.scene
    item = scene.objects[talk.pick(range(len(scene.objects)))]
    name = talk.pick(("size", "color", "material"))
    values = {name: talk.value(name, scene.objects.index(item), 0.8), "shape": item.shape}
    if talk.query.endswith(name) or set(values.values()) <= set(talk.state.values):
        return None
    if talk.state.base != tuple(range(len(scene.objects))):
        return None
    found = matching(scene, values)
    if not found and talk.query not in ("count", "exist"):
        return None
    # "Small red cubes ... and blue balls?" may mean small blue balls.
    wanted = {ATTRIBUTE_OF[v]: v for v in talk.state.values} | values
    if found != matching(scene, wanted):
        return None
    article = "the" if talk.chance(0.35) else ""
    text = talk.say(said.FULL_SET, {"nps": lambda: noun_phrase(talk.rng, values, "many", article)})
    return Said(text=text, program=call("again", named(values)), template="again-set")


def again_by_it(talk: Talk) -> Said | None:
    """ "And the one behind it?", "and to its right?"."""
    last = talk.last
    if last is None or last.premise != "holds" or talk.state.it is None:
        return None
    direction = talk.pick(DIRECTIONS)
    near = by(direction, IT)
    if talk.query in ("count", "exist", "describe"):
        # "How many things are left of the cube? - Two. - And behind it?"
        relation_asked = [n for n in last.program.walk() if n.function == "relate"]
        if len(relation_asked) != 1 or relation_asked[0].value == direction:
            return None
        plain = last.program.args[0] == relation_asked[0] and last.program.function != "again"
        # One found thing would be "it" itself.
        if not plain or _found_one(talk):
            return None
        rel = talk.pick(_BARE[direction]) if talk.chance(0.4) else talk.beside_it(direction)
        text = talk.say(AGAIN_SET_BY_IT, {"rel": rel})
        return Said(text=text, program=call("again", near), template="again-set-by")
    if not talk.repeats_one or last.focus != "one" or not last.spatial:
        return None
    found = talk.scene.relationships[direction][talk.it]
    bare = {"left": "to the left", "right": "to the right", "front": "in front"}
    short = bare.get(direction, "behind")
    rel = {"rel": short if talk.chance(0.15) else talk.beside_it(direction)}
    if talk.chance(0.35):
        names = [s for s in SHAPES if s not in talk.query]
        shape = talk.pick(names)
        among = [i for i in found if talk.scene.objects[i].shape == shape]
        if len(among) != 1 or talk.query == "query_shape":
            return None
        kept = call("filter_shape", near, value=shape)
        text = talk.say(AGAIN_BY_IT, rel | {"thing": lambda: noun(talk.rng, shape)})
        program = call("again", call("unique", kept))
        return Said(text=text, program=program, template="again-by")
    if len(found) != 1 and not (not found and talk.chance(0.15)):
        return None
    text = talk.say(AGAIN_BY_IT, rel)
    program = call("again", call("unique", near))
    return Said(text=text, program=program, template="again-by", may_fail=not found)


# Directions that need no object after "how many are behind it?".
_BARE: Final = {
    "left": ("to the left", "on the left", "on the left side", "left"),
    "right": ("to the right", "on the right", "on the right side", "right"),
    "front": ("in front", "at the front", "before it"),
    "behind": ("behind", "at the back", "in back"),
}


def _found_one(talk: Talk) -> bool:
    assert talk.last is not None
    return talk.last.focus == "one"


def again_nearest(talk: Talk) -> Said | None:
    """ "And its nearest neighbour?"."""
    if not talk.repeats_one or talk.last is None or not talk.last.spatial or talk.focus != "one":
        return None
    if not clearly_nearest(talk.scene, talk.it):
        return None
    program = call("again", call("nearest", SCENE, IT))
    return Said(text=talk.say(NEAREST_AGAIN), program=program, template="again-nearest")


def again_extreme(talk: Talk) -> Said | None:
    """ "And the leftmost one?"; "the left one" after "which one?"."""
    last = talk.last
    if last is None or not talk.repeats_one:
        return None
    unclear = last.premise == "ambiguous"
    if not (unclear or (last.premise == "holds" and last.pool)):
        return None
    direction = talk.pick(DIRECTIONS)
    if not clearly_extreme(talk.scene, talk.state.them, direction):
        return None
    chosen = farthest(talk.scene, talk.state.them, direction)
    if not unclear and chosen == talk.state.it:
        return None
    everything = tuple(range(len(talk.scene.objects)))
    # "The small cube ... and the leftmost one?": of the cubes, or of all?
    if not (unclear or from_extreme(talk)) and chosen != farthest(
        talk.scene, everything, direction
    ):
        return None
    extreme = superlative(talk.rng, direction, "one")
    patterns = said.CLARIFY_EXTREME if unclear else said.EXTREME_ONE
    program = call("again", call("extreme", THEM, value=direction))
    return Said(
        text=talk.say(patterns, {"extreme": extreme}), program=program, template="again-extreme"
    )


def again_by_anchor(talk: Talk) -> Said | None:
    """ "What about the one behind the cube?"."""
    if not talk.repeats_one or talk.last is None:
        return None
    scene = talk.scene
    anchor = talk.pick(range(len(scene.objects)))
    direction = talk.pick(DIRECTIONS)
    values = unique_name(scene, talk.rng, anchor)
    found = scene.relationships[direction][anchor]
    if values is None or "shape" not in values or len(found) != 1 or found[0] == talk.state.it:
        return None
    name = noun_phrase(talk.rng, values, "one", "the")
    patterns = AGAIN_BY_IT
    text = talk.say(patterns, {"rel": f"{relation(talk.rng, direction)} {name}"})
    program = call("again", call("unique", by(direction, one(values))))
    return Said(text=text, program=program, template="again-by-anchor")


def compare_again(talk: Talk) -> Said | None:
    """ "And than the ball?" after "is it bigger than the cube?"."""
    last = talk.last
    if last is None or last.premise != "holds" or last.program.function not in COMPARISONS:
        return None
    first = last.program.args[0]
    if first.args[0] != IT:
        return None
    index = talk.pick(range(len(talk.scene.objects)))
    values = unique_name(talk.scene, talk.rng, index)
    asked = first.function.partition("_")[2]
    if index == talk.it or values is None or "shape" not in values or asked in values:
        return None
    second = call(first.function, one(values))
    if second == last.program.args[1]:
        return None
    same = last.program.function.startswith("equal_")
    patterns = COMPARE_AS_AGAIN if same else COMPARE_AGAIN
    text = talk.say(patterns, {"np": lambda: noun_phrase(talk.rng, values, "one", "the")})
    program = call(last.program.function, first, second)
    return Said(text=text, program=program, template="compare-again")


def is_it_again(talk: Talk) -> Said | None:
    """ "Blue then?" after "is it red?"."""
    last = talk.last
    if last is None or last.premise != "holds" or not last.predicate:
        return None
    subject = last.program.args[0]
    if last.program.function != "exist" or not subject.args or subject.args[0] != IT:
        return None
    asked = str(subject.value)
    name = ATTRIBUTE_OF[asked]
    value = talk.value(name, talk.it, 0.4)
    if name == "shape" or value == asked or last.answer == "yes":
        return None
    text = talk.say(said.IS_IT_AGAIN, {"adj": lambda: adjective(talk.rng, value)})
    program = call("again", Call("swap", (), value))
    return Said(text=text, program=program, template="is-it-again")


def attribute_again(talk: Talk) -> Said | None:
    """ "No, its size" after a question about another attribute."""
    last = talk.last
    if last is None or last.premise != "holds" or not talk.query.startswith("query_"):
        return None
    name = talk.pick([a for a in ATTRIBUTES if not talk.query.endswith(a)])
    if (talk.it, name) in talk.known:
        return None
    words = {
        "attribute": lambda: talk.attribute(name),
        "asked": lambda: talk.attribute(talk.query.partition("_")[2]),
    }
    text = talk.say(said.ATTRIBUTE_CORRECTION, words)
    return Said(text=text, program=call(f"query_{name}", IT), template="attribute-again")


REPEATS: Final[tuple[tuple[float, Move], ...]] = (
    (5, swap_one),
    (3, swap_ones),
    (4, full_one),
    (2, full_set),
    (5, again_by_it),
    (1, again_nearest),
    (2.5, again_extreme),
    (1.2, again_by_anchor),
    (2.5, compare_again),
    (2, is_it_again),
    (1.2, attribute_again),
)
