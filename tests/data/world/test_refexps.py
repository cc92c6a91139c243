"""Referring expressions mean exactly the objects they list."""

from random import Random

import pytest
from sightline.data.world.naming import all_names, matching, unique_name
from sightline.data.world.programs import FalsePremise, execute
from sightline.data.world.refexps import RefExp, sample_refexps
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(8103, 16, width=96, height=72)


@pytest.fixture(scope="module")
def spoken(scenes: list[Scene]) -> list[tuple[Scene, RefExp]]:
    return [(s, r) for i, s in enumerate(scenes) for r in sample_refexps(s, Random(i), 25)]


def test_objects_and_boxes_follow_from_the_program(spoken: list[tuple[Scene, RefExp]]) -> None:
    for scene, refexp in spoken:
        try:
            objects = tuple(sorted(execute(refexp.program, scene).objects))
        except FalsePremise as error:
            assert error.kind == "absent"
            objects = ()
        assert refexp.objects == objects
        assert refexp.boxes == tuple(scene.objects[i].box for i in objects)
        assert (refexp.kind == "absent") == (not objects)


def test_singular_phrases_mean_one_object(spoken: list[tuple[Scene, RefExp]]) -> None:
    for _, refexp in spoken:
        if refexp.program.function in ("unique", "extreme", "ordinal", "nearest"):
            assert len(refexp.objects) == (refexp.kind != "absent")


def test_all_kinds_occur_and_no_program_twice(spoken: list[tuple[Scene, RefExp]]) -> None:
    kinds = {refexp.kind for _, refexp in spoken}
    assert {"attributes", "relation-1", "relation-2", "relation-3", "extreme", "ordinal"} <= kinds
    assert {"same", "nearest", "plural", "plural-relation", "union", "absent"} <= kinds
    programs = [(id(scene), refexp.program) for scene, refexp in spoken]
    assert len(set(programs)) == len(programs)
    assert all(refexp.text and refexp.request for _, refexp in spoken)


def test_clevr_ref_entry(spoken: list[tuple[Scene, RefExp]]) -> None:
    scene, refexp = spoken[0]
    entry = refexp.to_clevr(scene, 7)
    assert entry["refexp_index"] == 7
    assert entry["program"][-1]["_output"] == list(refexp.objects)
    assert len(entry["box"]) == len(refexp.objects)


def test_names_pick_out_one_object(scenes: list[Scene]) -> None:
    for scene in scenes:
        for index in range(len(scene.objects)):
            names = all_names(scene, index)
            assert all(matching(scene, values) == (index,) for values in names)
            chosen = unique_name(scene, Random(index), index)
            assert (chosen is None) == (not names)
            assert chosen is None or chosen in names
