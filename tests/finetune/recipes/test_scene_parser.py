"""Targets of the scene parser follow the scene, and follow the picture when it is mirrored."""

import pytest
import torch
from sightline.data.world.sampler import sample_scenes
from sightline.finetune.recipes.scene_parser import augment, centre_map, object_targets
from sightline.models.scene_parser import SceneParserConfig
from sightline.models.scene_parser.model import STRIDE


def test_targets_say_what_the_scene_says() -> None:
    config = SceneParserConfig()
    scene = sample_scenes(8123, 1, width=320, height=240)[0]
    targets = object_targets([scene], config)
    assert int(targets["mask"].sum()) == len(scene.objects)
    for j, item in enumerate(scene.objects):
        x, y = targets["centres"][0, j].tolist()
        assert (x, y) == pytest.approx((item.pixel[0] * 0.75, item.pixel[1] * 0.75), abs=1e-3)
        assert config.attributes["color"][int(targets["color"][0, j])] == item.color
    right = targets["places"][0, : len(scene.objects), 0]
    for i, row in enumerate(scene.relationships["right"]):
        for j in row:
            assert right[j] > right[i]


def test_the_centre_map_has_one_peak_an_object() -> None:
    config = SceneParserConfig()
    scene = sample_scenes(8124, 1, width=320, height=240)[0]
    targets = object_targets([scene], config)
    heatmap = centre_map(targets, config)[0]
    assert int((heatmap == 1).sum()) == len(scene.objects)
    for x, y in (targets["centres"][0, : len(scene.objects)] / STRIDE).floor().int().tolist():
        assert heatmap[y, x] == 1


def test_a_mirrored_picture_mirrors_its_targets() -> None:
    config = SceneParserConfig()
    scene = sample_scenes(8125, 1, width=240, height=180)[0]
    targets = object_targets([scene] * 16, config)
    pixels = torch.rand(1, 3, config.height, config.width).expand(16, -1, -1, -1)
    _, moved = augment(pixels, targets, config, torch.Generator().manual_seed(0))
    seen = targets["mask"]
    flipped = moved["centres"][..., 0] != targets["centres"][..., 0]
    mirrored = config.width - targets["centres"][..., 0]
    assert torch.allclose(moved["centres"][..., 0][flipped & seen], mirrored[flipped & seen])
    assert torch.allclose(
        moved["places"][..., 0][flipped & seen], -targets["places"][..., 0][flipped & seen]
    )
    middle = (moved["boxes"][..., 0] + moved["boxes"][..., 2]) / 2
    assert ((middle - moved["centres"][..., 0]).abs()[seen] < 20).all()
