"""Captions state true facts, and the reader tells true from untrue ones."""

from random import Random

import pytest
from sightline.data.world.captions import STYLES, check_caption, sample_caption
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene, SceneObject, derive_relationships

AXES = {
    "left": (-1.0, 0.0, 0.0),
    "right": (1.0, 0.0, 0.0),
    "front": (0.0, 1.0, 0.0),
    "behind": (0.0, -1.0, 0.0),
}


def thing(name: str, x: float, y: float) -> SceneObject:
    size, color, material, shape = name.split()
    return SceneObject(
        shape=shape,
        color=color,
        size=size,
        material=material,
        position=(x, y, 0.35),
        pixel=(160 + 50 * x, 120 + 40 * y, 10.0),
    )


@pytest.fixture(scope="module")
def table() -> Scene:
    objects = (
        thing("large red rubber cube", -2.5, 0.0),
        thing("small blue metal sphere", 0.0, -2.0),
        thing("small blue metal sphere", 1.0, 2.0),
        thing("large green rubber cylinder", 2.5, 0.5),
    )
    return Scene(
        objects=objects,
        directions=AXES,
        relationships=derive_relationships(objects, AXES),
        width=320,
        height=240,
    )


@pytest.mark.parametrize(
    ("text", "true", "facts", "covered"),
    [
        ("There are four objects.", 1, 1, 0),
        ("There are five objects.", 0, 1, 0),
        ("Two blue balls, a red block and a green cylinder.", 3, 3, 4),
        ("Two small blue shiny balls.", 1, 1, 2),
        ("A blue ball.", 1, 1, 1),
        ("Three blue balls.", 0, 1, 2),
        ("A yellow ball.", 0, 1, 0),
        ("A large red matte cube is on the left.", 1, 1, 1),
        ("A large red matte cube is on the right.", 0, 1, 1),
        ("The red cube is to the left of the green cylinder.", 1, 1, 2),
        ("The red cube is behind a ball.", 0, 1, 0),
        ("The blue ball is left of the cylinder.", 0, 1, 1),
        ("The leftmost object is a large red rubber cube.", 1, 1, 1),
        ("The object closest to the camera is a small blue metal sphere.", 1, 1, 1),
        (
            "From left to right there is a red cube, a blue ball, a blue ball and a green can.",
            5,
            5,
            4,
        ),
        ("From left to right: a green can, a red cube.", 2, 3, 2),
        ("Four things, two of them metal.", 2, 2, 0),
        ("Four things, mostly balls.", 1, 2, 0),
        ("The only cube is large, red and rubber.", 1, 1, 1),
        ("The only red thing is a large metal cube.", 0, 1, 0),
        ("In the background there is a small blue ball.", 1, 1, 1),
        ("All of them are metal.", 0, 1, 0),
        ("A cat sits on the table.", 0, 1, 0),
        ("There is a red cube. Lovely weather.", 1, 2, 1),
        ("", 0, 0, 0),
    ],
)
def test_reader(table: Scene, text: str, true: int, facts: int, covered: int) -> None:
    check = check_caption(text, table)
    assert (check.true_facts, check.facts, check.objects_covered) == (true, facts, covered), (
        check.stated
    )
    assert check.objects == 4


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(8102, 24, width=96, height=72)


@pytest.mark.parametrize("style", STYLES)
def test_captions_are_true_and_readable(scenes: list[Scene], style: str) -> None:
    for i, scene in enumerate(scenes):
        for k in range(4):
            text = sample_caption(scene, Random(f"{i}/{k}"), style)
            check = check_caption(text, scene)
            assert check.facts >= 1
            assert check.true_facts == check.facts, (text, check.stated)
            if style == "long":
                assert check.objects_covered == check.objects, text
            assert text[0].isupper()
            assert text.endswith(".")


@pytest.mark.parametrize("style", ["normal", "long"])
def test_captions_of_another_scene_are_mostly_untrue(scenes: list[Scene], style: str) -> None:
    checks = [
        check_caption(sample_caption(scene, Random(i), style), scenes[i - 1])
        for i, scene in enumerate(scenes)
    ]
    assert sum(c.true_facts for c in checks) < 0.4 * sum(c.facts for c in checks)


def test_styles_differ_in_length(scenes: list[Scene]) -> None:
    lengths = [
        sum(len(sample_caption(s, Random(i), style).split()) for i, s in enumerate(scenes))
        for style in STYLES
    ]
    assert lengths == sorted(lengths)
    with pytest.raises(ValueError, match="style"):
        sample_caption(scenes[0], Random(0), "epic")
