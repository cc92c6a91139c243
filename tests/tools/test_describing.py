"""False sentences go, missing objects are told."""

from random import Random

from sightline.data.world.caption_reader import check_caption
from sightline.data.world.captions import sample_caption
from sightline.data.world.sampler import sample_scenes
from sightline.tools.describing import mended


def test_a_true_description_stays_as_it_is() -> None:
    scene = sample_scenes(8300, 1)[0]
    text = sample_caption(scene, Random(1), "long")
    assert mended(text, scene, "long") == text


def test_what_belongs_to_another_scene_goes() -> None:
    ours, other = sample_scenes(8301, 2)
    for style in ("short", "normal", "long"):
        text = mended(sample_caption(other, Random(2), style), ours, style)
        check = check_caption(text, ours)
        assert check.facts
        assert check.facts == check.true_facts
        if style == "long":
            assert check.objects_covered == check.objects
