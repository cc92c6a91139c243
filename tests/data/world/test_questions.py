"""Questions: answers against brute force, premises, balance, spellings, spread."""

import re
from collections import Counter, defaultdict
from itertools import islice
from random import Random
from typing import Any

import pytest
from sightline.data.world.families import FAMILIES, FAMILY_NAMES
from sightline.data.world.functions import canonical, split_filters
from sightline.data.world.programs import (
    Call,
    FalsePremise,
    answer_text,
    execute,
    from_clevr,
    from_tokens,
)
from sightline.data.world.questions import (
    Question,
    parser_pairs,
    sample_phrases,
    sample_questions,
)
from sightline.data.world.scene import Scene, SceneObject, derive_relationships
from sightline.data.world.vocabulary import ATTRIBUTES, VALUES

DIRECTIONS = {
    "left": (-0.7, -0.7, 0.0),
    "right": (0.7, 0.7, 0.0),
    "front": (0.7, -0.7, 0.0),
    "behind": (-0.7, 0.7, 0.0),
}


def make_scene(seed: int) -> Scene:
    """A scene of 3 to 10 objects, without a picture."""
    rng = Random(seed)
    objects = []
    for _ in range(rng.randint(3, 10)):
        x, y = rng.uniform(-3, 3), rng.uniform(-3, 3)
        values: dict[str, Any] = {name: rng.choice(VALUES[name]) for name in ATTRIBUTES}
        objects.append(
            SceneObject(
                **values,
                position=(x, y, 0.5),
                pixel=(160 + 30 * (x + y), 120 + 25 * (x - y), 10.0),
            )
        )
    return Scene(
        objects=tuple(objects),
        directions=DIRECTIONS,
        relationships=derive_relationships(tuple(objects), DIRECTIONS),
        width=320,
        height=240,
        image_index=seed,
        image_filename=f"scene_{seed}.png",
        split="dev",
    )


SCENES = {seed: make_scene(seed) for seed in range(8000, 8120)}
RNG = Random(8000)
ASKED = [
    (scene, question) for scene in SCENES.values() for question in sample_questions(scene, RNG, 25)
]


def by_hand(scene: Scene, node: Call) -> list[int]:
    """Sets and objects of a simple program, worked out apart from the executor."""
    values, base = split_filters(node)
    objects = scene.objects
    if base.function == "scene":
        found = list(range(len(objects)))
    elif base.function in ("relate", "extreme"):
        axis = DIRECTIONS[str(base.value)]
        along = [sum(p * a for p, a in zip(o.position, axis, strict=True)) for o in objects]
        ids = by_hand(scene, base.args[0])
        if base.function == "extreme":
            found = [max(ids, key=lambda i: along[i])]
        else:
            (anchor,) = ids
            found = [i for i in range(len(objects)) if along[i] - along[anchor] > 0.2]
    elif base.function.startswith("same_"):
        (anchor,) = by_hand(scene, base.args[0])
        name = base.function[5:]
        found = [
            i
            for i, o in enumerate(objects)
            if i != anchor and getattr(o, name) == getattr(objects[anchor], name)
        ]
    elif base.function in ("union", "intersect", "minus"):
        a, b = (set(by_hand(scene, arg)) for arg in base.args)
        found = sorted({"union": a | b, "intersect": a & b, "minus": a - b}[base.function])
    elif base.function == "unique":
        found = by_hand(scene, base.args[0])
        assert len(found) == 1
    else:
        raise NotImplementedError(base.function)
    return [i for i in found if all(getattr(objects[i], a) == v for a, v in values.items())]


def answer_by_hand(scene: Scene, program: Call) -> str:
    name = program.function
    if name == "not":
        return {"yes": "no", "no": "yes"}[answer_by_hand(scene, program.args[0])]
    if name in ("greater_than", "less_than", "equal_integer", "difference"):
        a, b = (
            int(str(arg.value)) if arg.function == "number" else len(by_hand(scene, arg.args[0]))
            for arg in program.args
        )
        if name == "difference":
            return str(abs(a - b))
        truth = {"greater_than": a > b, "less_than": a < b, "equal_integer": a == b}[name]
        return "yes" if truth else "no"
    if name.startswith("equal_"):
        a, b = (answer_by_hand(scene, arg) for arg in program.args)
        return "yes" if a == b else "no"
    if name == "every":
        a, b = (set(by_hand(scene, arg)) for arg in program.args)
        return "yes" if a <= b else "no"
    ids = by_hand(scene, program.args[0])
    values = [getattr(scene.objects[i], name.split("_")[-1], None) for i in ids]
    if name == "count":
        return str(len(ids))
    if name == "exist":
        return "yes" if ids else "no"
    if name.startswith("query_"):
        assert len(ids) == 1
        return str(values[0])
    if name.startswith("distinct_"):
        return str(len(set(values)))
    if name.startswith("agree_"):
        return "yes" if len(set(values)) == 1 else "no"
    if name == "describe":
        return ", ".join(scene.objects[i].name for i in ids) or "none"
    raise NotImplementedError(name)


def test_answers_against_brute_force() -> None:
    checked: Counter[str] = Counter()
    for scene, question in ASKED:
        if question.premise != "holds":
            continue
        try:
            expected = answer_by_hand(scene, question.program)
        except NotImplementedError:
            continue
        assert question.answer == expected, question.text
        checked[question.family] += 1
    assert len(checked) >= 35 and sum(checked.values()) > 2000


def test_false_premises_are_what_they_say() -> None:
    false = [(s, q) for s, q in ASKED if q.premise != "holds"]
    assert 0.02 < len(false) / len(ASKED) < 0.08
    for scene, question in false:
        with pytest.raises(FalsePremise) as raised:
            execute(question.program, scene)
        assert raised.value.kind == question.premise and question.answer == "none"
    named = {family.name for family in FAMILIES if family.premise}
    assert {q.family for _, q in false} <= named
    every = sample_questions(make_scene(8003), Random(1), 40, sorted(named), false_premises=1.0)
    assert {q.premise for q in every} == {"absent", "ambiguous"}
    assert len({q.family for q in every}) > 12


def test_every_family_is_asked_and_kept_canonical() -> None:
    assert {q.family for _, q in ASKED} == set(FAMILY_NAMES)
    for _, question in ASKED:
        assert canonical(question.program) == question.program
        assert question.text.strip()


def test_answers_are_balanced() -> None:
    answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, question in ASKED:
        if question.premise == "holds":
            answers[question.family][question.answer] += 1
    for name in ("zero_hop_exist", "one_hop_exist", "same_exist", "verify_value", "verify_relation",
                 "compare_integer", "compare_attribute", "every", "count_constant"):  # fmt: skip
        share = answers[name]["yes"] / sum(answers[name].values())
        assert 0.25 < share < 0.75, (name, answers[name])
    for name in ("zero_hop_query", "one_hop_query", "superlative_query"):
        assert max(answers[name].values()) < 0.3 * sum(answers[name].values())
    for name in ("zero_hop_count", "one_hop_count", "or_count"):
        assert max(answers[name].values()) < 0.6 * sum(answers[name].values())


def test_relations_matter() -> None:
    needless = total = 0
    for scene, question in ASKED:
        if question.family not in ("one_hop_query", "two_hop_query") or question.premise != "holds":
            continue
        values, _ = split_filters(question.program.args[0].args[0])
        fitting = [o for o in scene.objects if all(o.value(a) == v for a, v in values.items())]
        needless += len(fitting) == 1
        total += 1
    assert total > 100 and needless < 0.25 * total


def test_same_seed_same_questions() -> None:
    scene = make_scene(8001)
    once, again = (sample_questions(scene, Random(3), 20) for _ in range(2))
    assert once == again
    assert len({q.program for q in once}) == len(once) == 20


def test_clevr_layout() -> None:
    scene = make_scene(8002)
    question = sample_questions(scene, Random(4), 1)[0]
    entry = question.to_clevr(7)
    assert entry["question_index"] == 7 and entry["question"] == question.text
    assert entry["image_filename"] == "scene_8002.png" and entry["image_index"] == 8002
    assert entry["split"] == "dev" and entry["premise"] == question.premise
    assert FAMILY_NAMES[entry["question_family_index"]] == question.family == entry["family"]
    assert from_clevr(entry["program"]) == question.program
    assert all(set(n) == {"function", "inputs", "value_inputs"} for n in entry["program"])


def test_phrases_name_something() -> None:
    for seed, scene in islice(SCENES.items(), 30):
        for named in sample_phrases(scene, Random(seed), 10):
            assert named.family == "phrase" and isinstance(named, Question)
            if named.premise == "holds":
                assert set(named.objects) == set(execute(named.program, scene).objects) != set()
            else:
                assert named.answer == "none"


def test_parser_pairs() -> None:
    pairs = list(parser_pairs(8000, 1500))
    assert pairs == list(parser_pairs(8000, 1500))
    assert len({text for text, _ in pairs}) > 1400
    for text, tokens in pairs:
        program = from_tokens(tokens)
        assert canonical(program) == program
        assert text.strip() and "{" not in text and "<" not in text
    # The spread of wording: first words, and lengths from a word or two to long chains.
    assert len({text.lower().split()[0] for text, _ in pairs}) > 100
    lengths = [len(text.split()) for text, _ in pairs]
    assert min(lengths) <= 2 and max(lengths) > 30
    # Typical wording is not drowned by the rare.
    counts = [t for t, tokens in pairs if tokens[0] == "count"]
    assert sum(bool(re.search("how many", t, re.IGNORECASE)) for t in counts) > 0.55 * len(counts)


def test_answers_of_all_kinds_have_a_spelling() -> None:
    for scene, question in islice(ASKED, 300):
        if question.premise == "holds":
            assert question.answer == answer_text(execute(question.program, scene).answer)
