"""Typed scenes: CLEVR's layout there and back, and relationships that behave like an order."""

import json

import pytest
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene, derive_relationships
from sightline.data.world.vocabulary import DIRECTIONS, TEST_SEEDS, check_training_seed


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(8222, 12, width=160, height=120)


def test_clevr_layout_there_and_back(scenes: list[Scene]) -> None:
    for scene in scenes:
        entry = json.loads(json.dumps(scene.to_clevr()))
        again = Scene.from_clevr(entry)
        assert again.objects == scene.objects
        assert again.directions == scene.directions
        assert again.relationships == scene.relationships
        assert again.extra == scene.extra and {"camera", "light"} <= set(again.extra)
        assert (again.width, again.height) == (160, 120)
        assert again.to_clevr() == scene.to_clevr()


def test_clevr_v1_entry_without_boxes() -> None:
    item = {
        "shape": "cube",
        "color": "red",
        "size": "large",
        "material": "metal",
        "3d_coords": [1.0, 2.0, 0.7],
        "pixel_coords": [100, 90, 9.5],
        "rotation": 12.5,
    }
    axes = {name: [0.0, 0.0, 0.0] for name in (*DIRECTIONS, "above")}
    scene = Scene.from_clevr({"objects": [item], "directions": axes, "image_index": 3})
    assert scene.objects[0].name == "large red metal cube"
    assert scene.objects[0].box == (0.0, 0.0, 0.0, 0.0)
    assert (scene.width, scene.height) == (480, 320)
    assert set(scene.directions) == set(DIRECTIONS)
    assert scene.relationships["left"] == ((),)


def test_entries_without_objects_are_refused() -> None:
    with pytest.raises(ValueError, match="not a CLEVR scene"):
        Scene.from_clevr({"image_index": 0})


@pytest.mark.parametrize(("one", "other"), [("left", "right"), ("front", "behind")])
def test_relationships_are_a_strict_order(scenes: list[Scene], one: str, other: str) -> None:
    for scene in scenes:
        assert scene.relationships == derive_relationships(scene.objects, scene.directions)
        before = [set(row) for row in scene.relationships[one]]
        after = [set(row) for row in scene.relationships[other]]
        everyone = set(range(len(scene.objects)))
        for i in everyone:
            assert i not in before[i]
            # The sampler's margin leaves no ties: everyone else stands on one side.
            assert before[i] | after[i] == everyone - {i}
            assert not before[i] & after[i]
            for j in before[i]:
                assert i in after[j]
                assert before[j] <= before[i]


def test_test_seeds_are_guarded() -> None:
    assert check_training_seed(1) == 1
    for seed in (TEST_SEEDS.start, TEST_SEEDS.stop - 1):
        with pytest.raises(ValueError, match="kept for testing"):
            check_training_seed(seed)
