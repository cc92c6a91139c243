"""Turns that stand on their own: how a dialogue begins and changes its topic."""

from typing import Final

from . import dialog_repeat_patterns as said
from .dialog_followups import Move, clearly_extreme, plain, some_values
from .dialog_patterns import ATTRIBUTE_IT
from .dialog_set_patterns import THEM_EACH
from .dialog_talk import IT, THEM, Said, Talk, by
from .naming import matching, named, one, unique_name
from .programs import SCENE, call
from .questions import sample_questions
from .vocabulary import ATTRIBUTES, DIRECTIONS, SHAPES
from .wording import noun_phrase, predicate, relation, superlative


def attribute_of(talk: Talk) -> Said | None:
    """A question about one named object; now and then about one that is not there."""
    scene = talk.scene
    name = talk.pick(ATTRIBUTES)
    index = talk.pick(range(len(scene.objects)))
    values = unique_name(scene, talk.rng, index)
    unlike = talk.chance(0.25)
    if unlike:
        # No such object, or several: what the next turn will put right.
        values = some_values(talk, 1) | {"shape": talk.pick(SHAPES)}
        if talk.chance(0.5):
            values = {"shape": scene.objects[index].shape}
        values.pop(name, None)
        if len(matching(scene, values)) == 1:
            return None
    if values is None or "shape" not in values or name in values:
        return None
    fillers = {"np": lambda: noun_phrase(talk.rng, values, "one", "the")}
    text = talk.say(said.START_ATTRIBUTE[name], fillers)
    program = call(f"query_{name}", one(values))
    return Said(
        text=text, program=program, template="start-attribute", short=False, may_fail=unlike
    )


def attribute_of_extreme(talk: Talk) -> Said | None:
    """ "What colour is the leftmost ball?", which leaves the other balls behind."""
    scene = talk.scene
    name = talk.pick(("color", "size", "material"))
    values = {"shape": talk.pick(SHAPES)}
    ids = matching(scene, values)
    direction = talk.pick(DIRECTIONS)
    if len(ids) < 2 or not clearly_extreme(scene, ids, direction):
        return None
    phrase = superlative(talk.rng, direction, noun_phrase(talk.rng, values, "one", ""))
    text = talk.say(said.START_ATTRIBUTE[name], {"np": f"the {phrase}"})
    program = call(f"query_{name}", call("extreme", named(values), value=direction))
    return Said(text=text, program=program, template="start-extreme", short=False)


def count_of(talk: Talk) -> Said | None:
    """ "How many red cubes are there?"."""
    values = some_values(talk, 1)
    fillers = {"ones": lambda: plain(talk, values, "many")}
    text = talk.say(said.START_COUNT, fillers)
    return Said(
        text=text, program=call("count", named(values)), template="start-count", short=False
    )


def existence_of(talk: Talk) -> Said | None:
    """ "Is there a red cube?"."""
    values = some_values(talk, 1)
    fillers = {
        "ones": lambda: plain(talk, values, "many"),
        "a_one": lambda: noun_phrase(talk.rng, values, "one", "a"),
    }
    text = talk.say(said.START_EXIST, fillers)
    return Said(
        text=text, program=call("exist", named(values)), template="start-exist", short=False
    )


def about_one(talk: Talk) -> Said | None:
    """Where it is, what lies beside it, whether it is red."""
    scene = talk.scene
    index = talk.pick(range(len(scene.objects)))
    values = unique_name(scene, talk.rng, index)
    if values is None or "shape" not in values:
        return None
    name = noun_phrase(talk.rng, values, "one", "the")
    kind = talk.pick(("where", "by", "by", "is", "count by", "count by"))
    if kind == "where":
        text = talk.say(said.START_WHERE, {"np": name})
        program = call("locate", one(values))
    elif kind == "is":
        attribute = talk.pick([a for a in ATTRIBUTES if a not in values] or [""])
        if not attribute:
            return None
        value = talk.value(attribute, index)
        pred = predicate(talk.rng, attribute, value)
        text = talk.say(said.START_IS, {"np": name, "pred": pred})
        program = call("exist", call(f"filter_{attribute}", one(values), value=value))
    else:
        direction = talk.pick(DIRECTIONS)
        near = by(direction, one(values))
        rel = f"{relation(talk.rng, direction)} {name}"
        if kind == "by":
            text, program = talk.say(said.START_BY, {"rel": rel}), call("describe", near)
        else:
            kept = some_values(talk, 0)
            fillers = {"rel": rel, "ones": lambda: plain(talk, kept, "many")}
            text = talk.say(said.START_COUNT_BY, fillers)
            program = call("count", named(kept, near))
    return Said(text=text, program=program, template=f"start-{kind}", short=False)


def pronoun_too_soon(talk: Talk) -> Said | None:
    """ "What colour is it?" before anything was spoken of."""
    if talk.state.it is not None or talk.state.them or not talk.chance(0.15):
        return None
    name = talk.pick(ATTRIBUTES)
    if talk.chance(0.7):
        text = talk.say(ATTRIBUTE_IT[name])
        program = call(f"query_{name}", IT)
    else:
        text = talk.say(THEM_EACH, {"attributes": lambda: talk.attribute(name, "many")})
        program = call(f"each_{name}", THEM)
    return Said(text=text, program=program, template="too-soon", may_fail=True)


def everything(talk: Talk) -> Said | None:
    """ "How many things are there?", "what is in the picture?"."""
    text = talk.say(
        (
            "how many {things} are there [in total|altogether|]",
            "how many {things} do you see",
            "how many {things} are [in the picture|on the table]",
        )
    )
    return Said(text=text, program=call("count", SCENE), template="start-all", short=False)


def ordinary(talk: Talk) -> Said | None:
    """A question of any family, as one would ask it of a picture alone."""
    asked = sample_questions(talk.scene, talk.rng, 1, false_premises=0.1)
    if not asked:
        return None
    question = asked[0]
    return Said(
        text=question.text,
        program=question.program,
        template=f"ordinary-{question.family}",
        short=False,
        dressed=True,
        may_fail=question.premise != "holds",
    )


STARTS: Final[tuple[tuple[float, Move], ...]] = (
    (8, attribute_of),
    (3, attribute_of_extreme),
    (4, count_of),
    (3, existence_of),
    (4, about_one),
    (7, ordinary),
    (0.4, everything),
    (0.4, pronoun_too_soon),
)
