"""The ray caster: same bytes in any batch, any size, and materials that tell themselves apart."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from sightline.data.world.camera import Camera, Lights
from sightline.data.world.pool import load_dataset, render_dataset
from sightline.data.world.render import render, render_ids
from sightline.data.world.sampler import finish_scene, finish_scenes, sample_scenes
from sightline.data.world.scene import Scene, SceneObject
from sightline.data.world.vocabulary import COLORS, SHAPES, SIZE_RADIUS

SEED = 8321


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(SEED, 8)


def single(shape: str, *, color: str = "red", material: str = "rubber") -> Scene:
    item = SceneObject(
        shape=shape,
        color=color,
        size="large",
        material=material,
        position=(0.0, 0.0, 0.7),
        rotation=30.0,
    )
    return finish_scene([item], Camera(), Lights(), width=160, height=120)


def test_shape_and_type(scenes: list[Scene]) -> None:
    pictures = render(scenes[:2], width=96, height=72, antialias=1)
    assert pictures.shape == (2, 72, 96, 3) and pictures.dtype == torch.uint8
    assert render([], width=96, height=72).shape == (0, 72, 96, 3)
    assert render_ids([], width=96, height=72).shape == (0, 72, 96)


@pytest.mark.parametrize("antialias", [1, 2])
def test_bytes_do_not_depend_on_the_batch(scenes: list[Scene], antialias: int) -> None:
    together = render(scenes, width=160, height=120, antialias=antialias)
    assert torch.equal(together, render(scenes, width=160, height=120, antialias=antialias))
    turned = render(scenes[::-1], width=160, height=120, antialias=antialias)
    assert torch.equal(together, turned.flip(0))
    for i in (0, 3, 7):
        assert torch.equal(
            together[i : i + 1], render([scenes[i]], width=160, height=120, antialias=antialias)
        )


def test_bytes_do_not_depend_on_threads(scenes: list[Scene]) -> None:
    one = render(scenes[:2], width=96, height=72)
    torch.set_num_threads(2)
    try:
        assert torch.equal(one, render(scenes[:2], width=96, height=72))
    finally:
        torch.set_num_threads(1)


def test_scenes_json_is_enough_to_draw_again(scenes: list[Scene]) -> None:
    again = [Scene.from_clevr(json.loads(json.dumps(scene.to_clevr()))) for scene in scenes]
    assert torch.equal(render(scenes, antialias=1), render(again, antialias=1))


def test_a_clevr_scene_without_camera_can_be_drawn(scenes: list[Scene]) -> None:
    bare = replace(scenes[0], extra={})
    assert render([bare], width=96, height=72).float().std() > 5


def test_ids_match_the_colours_drawn() -> None:
    scene = single("sphere", color="green")
    ids = render_ids([scene], width=160, height=120)[0].numpy()
    picture = render([scene], width=160, height=120)[0].numpy()
    assert set(np.unique(ids)) == {-1, 0}
    red, green, _ = picture[ids == 0].astype(float).mean(0)
    assert green > 2 * red
    table = picture[ids < 0].astype(float)
    assert np.ptp(table.mean(0)) < 12 and table.mean() > 120


def test_silhouettes_have_the_expected_area() -> None:
    # A sphere of radius r at depth d covers about pi (r f / d)^2 pixels.
    scene = single("sphere")
    ids = render_ids([scene], width=640, height=480)[0]
    focal = 240 / Camera().half_extent(640, 480)[1]
    expected = np.pi * (0.7 * focal / scene.objects[0].pixel[2]) ** 2
    assert (ids == 0).sum().item() == pytest.approx(expected, rel=0.03)


def test_nearer_objects_hide_farther_ones() -> None:
    camera = Camera()
    behind = np.array(camera.directions()["behind"])
    items = [
        SceneObject(
            shape="cube",
            color=color,
            size=size,
            material="rubber",
            position=(float(spot[0]), float(spot[1]), SIZE_RADIUS[size]),
        )
        for color, size, spot in (
            ("red", "small", behind * 1.6),
            ("blue", "large", behind * 0),
        )
    ]
    [(_, visibility)] = finish_scenes([(items, camera, Lights())])
    assert visibility.share[0] < 0.5 and visibility.share[1] == 1.0


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("color", COLORS)
def test_metal_varies_where_rubber_is_even(shape: str, color: str) -> None:
    texture = {}
    for material in ("rubber", "metal"):
        scene = single(shape, color=color, material=material)
        ids = render_ids([scene], width=160, height=120)[0].numpy()
        picture = render([scene], width=160, height=120)[0].numpy().astype(float).mean(-1)
        steps = np.abs(np.diff(picture, axis=0))[(ids[1:] == 0) & (ids[:-1] == 0)]
        texture[material] = steps.mean() / picture[ids == 0].mean()
    assert texture["metal"] > 1.4 * texture["rubber"]


def test_colours_stay_apart_under_changing_light() -> None:
    seen: dict[str, list[np.ndarray]] = {color: [] for color in COLORS}
    many = sample_scenes(SEED, 32, width=160, height=120)
    ids = render_ids(many, width=160, height=120).numpy()
    pictures = render(many, width=160, height=120, antialias=1).numpy()
    for scene, labels, picture in zip(many, ids, pictures, strict=True):
        for i, item in enumerate(scene.objects):
            if item.material == "rubber":
                value = np.median(picture[labels == i], axis=0) + 1.0
                seen[item.color].append(np.append(value / value.sum(), value.max() / 255))
    centres = {color: np.mean(values, axis=0) for color, values in seen.items()}
    right = [
        min(centres, key=lambda name: float(np.abs(centres[name] - value).sum())) == color
        for color, values in seen.items()
        for value in values
    ]
    assert np.mean(right) > 0.97


def test_objects_cast_shadows() -> None:
    scene = single("cylinder")
    empty = finish_scene([], Camera(), Lights(), width=160, height=120)
    ids = render_ids([scene], width=160, height=120)[0].numpy()
    drawn, bare = render([scene, empty], width=160, height=120).numpy().astype(int)
    darker = (bare - drawn).mean(-1)[ids < 0]
    assert (darker > 25).sum() > 100 and darker.min() >= -12


@pytest.mark.parametrize(("width", "height"), [(480, 320), (90, 120), (1, 1), (333, 77)])
def test_any_size(scenes: list[Scene], width: int, height: int) -> None:
    assert render(scenes[:1], width=width, height=height).shape == (1, height, width, 3)


def test_a_wider_picture_shows_the_same_middle(scenes: list[Scene]) -> None:
    wide = render_ids(scenes[:2], width=480, height=240)[:, :, 80:-80]
    assert (wide == render_ids(scenes[:2], width=320, height=240)).float().mean() > 0.999


def test_bad_sizes_are_refused(scenes: list[Scene]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        render(scenes, width=0)


def test_data_sets_are_the_same_from_any_number_of_processes(tmp_path) -> None:
    seen: list[tuple[int, int]] = []
    scenes, pictures = render_dataset(
        SEED, 4, tmp_path, width=64, height=48, antialias=1, progress=lambda *at: seen.append(at)
    )
    assert seen[-1] == (4, 4)
    loaded, stored = load_dataset(tmp_path)
    assert np.array_equal(stored, pictures) and [s.objects for s in loaded] == [
        s.objects for s in scenes
    ]
    others, again = render_dataset(SEED, 4, None, width=64, height=48, antialias=1, processes=2)
    assert others == scenes and np.array_equal(again, pictures)
