"""Changes of a scene: exactly one thing differs, and words say so; queries fit what they say."""

from random import Random

import pytest
from sightline.data.world.changes import sample_change, word_change
from sightline.data.world.queries import Query, Wanted, sample_query
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return sample_scenes(8123, 24, width=120, height=90)


def test_one_thing_differs(scenes: list[Scene]) -> None:
    kinds = set()
    for i, scene in enumerate(scenes):
        change = sample_change(scene, Random(i))
        if change is None:
            continue
        kinds.add(change.kind)
        before = [item.name for item in scene.objects]
        after = [item.name for item in change.scene.objects]
        if change.kind == "remove":
            del before[change.index]
        elif change.kind == "add":
            del after[change.index]
        else:
            assert change.scene.objects[change.index].value(change.kind) == change.value
            assert before.pop(change.index) != after.pop(change.index)
        assert before == after
        assert change.scene.extra["camera"] == scene.extra["camera"]
        assert all(item.box[2] > item.box[0] for item in change.scene.objects)
    assert len(kinds) >= 4


def test_words_name_what_changed(scenes: list[Scene]) -> None:
    for i, scene in enumerate(scenes):
        change = sample_change(scene, Random(i))
        if change is not None:
            words = {word_change(scene, change, Random(k)) for k in range(8)}
            assert len(words) > 4 and all(text == text.strip() and text for text in words)


def test_queries_fit_their_scene(scenes: list[Scene]) -> None:
    for i, scene in enumerate(scenes):
        for k in range(6):
            query = sample_query(scene, Random(f"{i}/{k}"))
            assert query.fits(scene), query.text


def test_counts_are_exact(scenes: list[Scene]) -> None:
    scene = scenes[0]
    number = len(scene.objects)
    for told, true in ((number, True), (number - 1, False), (number + 1, False)):
        wanted = Wanted(values=(), number=told, exact=True)
        assert Query(text="", wanted=(wanted,)).fits(scene) is true
    some = Wanted(values=(), number=number - 1, exact=False)
    assert Query(text="", wanted=(some,)).fits(scene)
