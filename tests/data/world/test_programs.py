"""Programs: three spellings in step, canonical form, and what each function gives."""

import re
from random import Random
from typing import Any

import pytest
from sightline.data.world.functions import ORDINALS, canonical, filters
from sightline.data.world.programs import (
    FUNCTIONS,
    SCENE,
    Call,
    FalsePremise,
    answer_text,
    call,
    execute,
    from_clevr,
    from_tokens,
    to_clevr,
    to_tokens,
    token_vocabulary,
)
from sightline.data.world.scene import Scene, SceneObject, derive_relationships
from sightline.data.world.vocabulary import ATTRIBUTE_OF, ATTRIBUTES, VALUES

DIRECTIONS = {
    "left": (-1.0, 0.0, 0.0),
    "right": (1.0, 0.0, 0.0),
    "front": (0.0, -1.0, 0.0),
    "behind": (0.0, 1.0, 0.0),
}


def make_scene(*rows: tuple[str, float, float]) -> Scene:
    """A scene from ("small red metal cube", x, y); pixels follow x and -y on 100 x 100."""
    objects = []
    for name, x, y in rows:
        values: dict[str, Any] = {ATTRIBUTE_OF[word]: word for word in name.split()}
        pixel = (50 + 15 * x, 50 - 15 * y, 10.0)
        objects.append(SceneObject(**values, position=(x, y, 0.5), pixel=pixel))
    return Scene(
        objects=tuple(objects),
        directions=DIRECTIONS,
        relationships=derive_relationships(tuple(objects), DIRECTIONS),
        width=100,
        height=100,
    )


TABLE = make_scene(
    ("small red metal cube", -2.5, 0.0),
    ("large blue rubber sphere", -1.0, 1.0),
    ("small blue metal sphere", 0.0, 0.1),
    ("large red rubber cylinder", 2.0, -1.0),
    ("large green rubber cylinder", 2.6, 1.5),
)


def words(tokens: str) -> list[str]:
    """Split at spaces, but not inside "ordinal[2 left]"."""
    return re.findall(r"\w+(?:\[[^]]*\])?", tokens)


def random_program(rng: Random, wanted: str, depth: int) -> Call:
    """Any well-typed program without dialogue functions."""
    options = [
        (name, signature)
        for name, signature in FUNCTIONS.items()
        if (signature.output == wanted or (wanted == "set" and signature.output == "object"))
        and name not in ("it", "them", "other", "swap", "again")
        and (depth > 0 or len(signature.inputs) < 2 or wanted not in ("set", "object"))
    ]
    if depth <= 0 and wanted == "set":
        options = [("scene", FUNCTIONS["scene"])]
    if depth <= 0 and wanted == "object":
        options = [("unique", FUNCTIONS["unique"])]
    name, signature = rng.choice(options)
    args = [random_program(rng, kind, depth - 1) for kind in signature.inputs]
    value = rng.choice(signature.values) if signature.values else None
    return call(name, *args, value=value)


PROGRAMS = [
    random_program(Random(seed), kind, 4)
    for seed in range(150)
    for kind in ("set", "object", "int", "bool", "list", "color")
]


def outcome(program: Call) -> object:
    try:
        done = execute(program, TABLE)
    except FalsePremise as error:
        return error.kind
    return done.answer, set(done.objects) if done.answer is None else None


def test_spellings_round_trip() -> None:
    known = set(token_vocabulary())
    for program in PROGRAMS:
        tokens = to_tokens(program)
        assert from_tokens(tokens) == program
        assert set(tokens) <= known
        assert from_clevr(to_clevr(program)) == program


def test_canonical_keeps_the_meaning_and_is_final() -> None:
    for program in PROGRAMS:
        settled = canonical(program)
        assert canonical(settled) == settled
        assert from_tokens(to_tokens(settled)) == settled
        before, after = outcome(program), outcome(settled)
        # Where an anchor fails, either spelling may meet another failing anchor first.
        if not isinstance(before, str):
            assert after == before, " ".join(to_tokens(program))


def test_one_meaning_has_one_spelling() -> None:
    cubes, red = filters(SCENE, shape="cube"), filters(SCENE, color="red")
    red_cubes = filters(SCENE, shape="cube", color="red")
    swapped = call("filter_color", cubes, value="red")
    assert canonical(swapped) == red_cubes
    assert canonical(call("minus", cubes, red)) == canonical(call("minus", cubes, red_cubes))
    assert canonical(call("every", cubes, red)) == canonical(call("every", cubes, red_cubes))
    ball = call("unique", filters(SCENE, shape="sphere"))
    left = call("relate", ball, value="left")
    cube = call("unique", cubes)
    assert canonical(call("intersect", cube, left)) == call("intersect", left, cube)
    assert canonical(call("side", cubes, value="left")) == filters(
        call("side", SCENE, value="left"), shape="cube"
    )
    either = call("union", cubes, filters(SCENE, shape="sphere"))
    assert canonical(call("filter_color", either, value="red")) == call(
        "union", red_cubes, filters(SCENE, shape="sphere", color="red")
    )


@pytest.mark.parametrize(
    ("tokens", "answer"),
    [
        ("count scene", "5"),
        ("difference count filter_color[blue] scene count filter_shape[cube] scene", "1"),
        ("every filter_shape[sphere] scene filter_color[blue] scene", "yes"),
        ("every scene filter_color[blue] scene", "no"),
        ("not exist filter_color[cyan] scene", "yes"),
        ("and exist filter_color[red] scene exist filter_color[cyan] scene", "no"),
        ("greater_than count scene number[4]", "yes"),
        ("count side[left] scene", "2"),
        ("count side[behind] scene", "3"),
        ("query_color extreme[right] scene", "green"),
        ("query_color ordinal[2 left] scene", "blue"),
        ("query_size nearest scene unique filter_shape[cube] scene", "large"),
        ("describe between unique filter_shape[cube] scene extreme[right] scene",
         "large blue rubber sphere, small blue metal sphere"),
        ("count relate[left] unique filter_color[green] scene", "4"),
        ("count same_color unique filter_shape[cube] scene", "1"),
        ("each_size scene", "small, large"),
        ("distinct_shape scene", "3"),
        ("agree_color filter_shape[sphere] scene", "yes"),
        ("mode_material scene", "rubber"),
        ("locate unique filter_shape[cube] scene", "left"),
        ("greater_size query_size extreme[right] scene query_size extreme[left] scene", "yes"),
        ("exist intersect relate[right] unique filter_shape[cube] scene extreme[right] scene",
         "yes"),
    ],
)  # fmt: skip
def test_answers(tokens: str, answer: str) -> None:
    assert answer_text(execute(from_tokens(words(tokens)), TABLE).answer) == answer


@pytest.mark.parametrize(
    ("tokens", "kind"),
    [
        ("query_color unique filter_color[cyan] scene", "absent"),
        ("query_color unique filter_shape[cylinder] scene", "ambiguous"),
        ("every filter_color[cyan] scene filter_shape[cube] scene", "absent"),
        ("agree_color filter_color[cyan] scene", "absent"),
        ("query_color ordinal[3 left] filter_shape[sphere] scene", "absent"),
        ("mode_color filter_shape[cylinder] scene", "ambiguous"),
        ("query_color it", "dialogue"),
    ],
)
def test_false_premises(tokens: str, kind: str) -> None:
    with pytest.raises(FalsePremise) as raised:
        execute(from_tokens(words(tokens)), TABLE)
    assert raised.value.kind == kind


def test_comparisons_say_what_they_looked_at() -> None:
    program = "greater_than count filter_shape[sphere] scene count filter_shape[cube] scene"
    assert set(execute(from_tokens(words(program)), TABLE).objects) == {0, 1, 2}


@pytest.mark.parametrize(
    "tokens", ["", "count", "count scene scene", "filter_color[cube] scene", "relate[left] scene",
               "equal_color query_color unique scene query_size unique scene", "jump scene"],
)  # fmt: skip
def test_ill_typed_programs_are_refused(tokens: str) -> None:
    with pytest.raises(ValueError):
        from_tokens(words(tokens))


def test_values_have_one_attribute() -> None:
    assert {ATTRIBUTE_OF[value] for name in ATTRIBUTES for value in VALUES[name]} == set(ATTRIBUTES)
    assert len(set(ORDINALS)) == len(ORDINALS)
