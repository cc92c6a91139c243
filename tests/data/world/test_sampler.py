"""The scene sampler: reproducible, collision-free, fully visible scenes with exact boxes."""

import itertools
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from sightline.data.world.camera import Camera, Lights
from sightline.data.world.render import render_ids
from sightline.data.world.sampler import (
    finish_scene,
    finish_scenes,
    sample_scene,
    sample_scenes,
)
from sightline.data.world.scene import Scene
from sightline.data.world.vocabulary import SIZE_RADIUS, VALUES

SEED = 8123


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(SEED, 16)


def draft(scene: Scene):
    camera = Camera.from_json(scene.extra["camera"])
    return scene.objects, camera, Lights.from_json(scene.extra["light"])


def test_same_seed_same_scenes(scenes: list[Scene]) -> None:
    assert sample_scenes(SEED, 16) == scenes
    assert sample_scenes(SEED + 1, 2) != scenes[:2]


def test_each_scene_depends_on_its_index_alone(scenes: list[Scene]) -> None:
    assert sample_scenes(SEED, 3, first=5) == scenes[5:8]
    assert sample_scenes(SEED, 10, batch=3) == scenes[:10]
    alone = sample_scene(np.random.default_rng([SEED, 7]))
    assert alone.objects == scenes[7].objects


def test_counts_and_values(scenes: list[Scene]) -> None:
    counts = {len(scene.objects) for scene in scenes}
    assert min(counts) >= 3 and max(counts) <= 10 and len(counts) > 3
    for scene in scenes:
        for item in scene.objects:
            for attribute, values in VALUES.items():
                assert item.value(attribute) in values
    few = sample_scenes(SEED, 4, min_objects=2, max_objects=2)
    assert [len(scene.objects) for scene in few] == [2] * 4


def test_bad_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="no object count"):
        sample_scene(np.random.default_rng(0), min_objects=5, max_objects=4)


def test_footprints_keep_their_distance(scenes: list[Scene]) -> None:
    for scene in scenes:
        for a, b in itertools.combinations(scene.objects, 2):
            gap = math.dist(a.position[:2], b.position[:2])
            reach = sum(
                SIZE_RADIUS[o.size] * (math.sqrt(2) if o.shape == "cube" else 1) for o in (a, b)
            )
            assert gap > reach + 0.25 - 1e-6


def test_no_direction_is_a_near_tie(scenes: list[Scene]) -> None:
    for scene in scenes:
        for a, b in itertools.combinations(scene.objects, 2):
            offset = np.subtract(b.position, a.position)
            for name in ("right", "behind"):
                assert abs(offset @ np.array(scene.directions[name])) > 0.4 - 1e-6


def test_every_object_can_be_seen(scenes: list[Scene]) -> None:
    for scene, visibility in finish_scenes([draft(scene) for scene in scenes]):
        assert all(visibility.inside)
        assert min(visibility.share) >= 0.45
        assert min(visibility.pixels) >= 60
        for item in scene.objects:
            x0, y0, x1, y1 = item.box
            assert 0 <= x0 < x1 <= scene.width and 0 <= y0 < y1 <= scene.height


@pytest.mark.parametrize(("width", "height"), [(320, 240), (160, 120), (200, 200)])
def test_boxes_are_the_extents_in_the_id_buffer(width: int, height: int) -> None:
    sized = sample_scenes(SEED, 6, width=width, height=height)
    for scene, ids in zip(sized, render_ids(sized, width=width, height=height), strict=True):
        assert (scene.width, scene.height) == (width, height)
        for i, item in enumerate(scene.objects):
            rows, columns = np.nonzero(ids.numpy() == i)
            assert item.box == (
                columns.min(),
                rows.min(),
                columns.max() + 1,
                rows.max() + 1,
            )


def test_left_is_left_and_front_is_near(scenes: list[Scene]) -> None:
    for scene in scenes:
        for i, anchor in enumerate(scene.objects):
            for j in scene.relationships["front"][i]:
                assert j not in scene.relationships["behind"][i]
            for j in scene.relationships["left"][i]:
                other = scene.objects[j]
                if abs(other.pixel[2] - anchor.pixel[2]) < 0.5:
                    assert other.pixel[0] < anchor.pixel[0]


def test_finish_scene_follows_a_moved_object(scenes: list[Scene]) -> None:
    objects, camera, lights = draft(scenes[0])
    same = finish_scene(objects, camera, lights)
    assert same.objects == scenes[0].objects and same.relationships == scenes[0].relationships
    x, y, z = objects[0].position
    moved = finish_scene([replace(objects[0], position=(x + 0.5, y, z))], camera, lights)
    assert moved.objects[0].pixel[0] > objects[0].pixel[0]
    assert moved.objects[0].box != objects[0].box


def test_an_object_out_of_sight_gets_an_empty_box(scenes: list[Scene]) -> None:
    objects, camera, lights = draft(scenes[0])
    for spot in ((40.0, -40.0, 0.7), (7.3, -6.9, 0.7), (-9.0, -9.0, 0.7)):
        gone = replace(objects[0], position=spot)
        [(scene, visibility)] = finish_scenes([([gone], camera, lights)])
        assert visibility.pixels == (0,) and visibility.inside == (False,)
        assert scene.objects[0].box == (0.0, 0.0, 0.0, 0.0)


def test_no_drafts_no_scenes() -> None:
    assert finish_scenes([]) == []


def test_scenes_survive_json(scenes: list[Scene]) -> None:
    for scene in scenes:
        assert Scene.from_clevr(json.loads(json.dumps(scene.to_clevr()))).objects == scene.objects
