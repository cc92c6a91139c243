"""What recipes read of drawn scenes: slots that know their object, changed scenes beside theirs."""

from pathlib import Path

import pytest
import torch
from sightline.data.world.pool import render_dataset
from sightline.finetune.common.pairs import read_changed
from sightline.finetune.common.slots import SlotPool, read_pool
from sightline.models.common.loading import load_model
from sightline.models.scene_parser import SceneParserModel
from sightline.models.spec import weights_folder


@pytest.fixture(scope="module")
def eyes() -> SceneParserModel:
    return load_model(SceneParserModel, weights_folder("scene_parser"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, eyes: SceneParserModel) -> Path:
    made = tmp_path_factory.mktemp("pool")
    render_dataset(8300, 4, made, width=eyes.config.width, height=eyes.config.height)
    return made


@pytest.fixture(scope="module")
def pool(folder: Path, eyes: SceneParserModel) -> SlotPool:
    return read_pool(folder, eyes)


def test_each_slot_lies_where_its_object_does(pool: SlotPool) -> None:
    for index, scene in enumerate(pool.scenes):
        owners = pool.owner[index].tolist()
        # The shipped parser finds every object of an ordinary scene once.
        assert sorted(owner for owner in owners if owner >= 0) == list(range(len(scene.objects)))
        for slot, owner in enumerate(owners):
            assert pool.mask[index, slot] or owner == -1
            if owner >= 0:
                centre = pool.slots[index, slot, -7:-5].float() * torch.tensor(
                    [scene.width, scene.height]
                )
                x, y = scene.objects[owner].pixel[:2]
                assert torch.dist(centre, torch.tensor([x, y])) < 0.03 * scene.width


def test_marks_name_the_slots_of_objects(pool: SlotPool) -> None:
    marked = pool.marks(0, (1, 2))
    assert marked.sum() == 2 and marked.dtype == torch.float32
    assert set(pool.owner[0][marked.bool()].tolist()) == {1, 2}
    assert pool.marks(0, ()).sum() == 0


def test_what_was_read_is_not_read_again(
    folder: Path, eyes: SceneParserModel, tmp_path: Path
) -> None:
    cache = tmp_path / "kept" / "slots.pt"
    first = read_pool(folder, eyes, cache)
    eyes_gone: SceneParserModel = None  # type: ignore[assignment]
    again = read_pool(folder, eyes_gone, cache)
    for name in ("slots", "mask", "grid", "owner"):
        assert torch.equal(getattr(first, name), getattr(again, name))
    assert [s.to_clevr() for s in again.scenes] == [s.to_clevr() for s in first.scenes]


def test_changed_scenes_differ_in_what_is_told(
    pool: SlotPool, eyes: SceneParserModel, tmp_path: Path
) -> None:
    cache = tmp_path / "changed.pt"
    changed = read_changed(pool, eyes, 4, 8300, cache)
    assert changed.before == sorted(set(changed.before)) and changed.before
    assert len(changed.pool.slots) == len(changed.changes) == len(changed.before)
    for change, row, after in zip(
        changed.changes, changed.before, changed.pool.scenes, strict=True
    ):
        before = pool.scenes[row].objects
        kept = [item.name for i, item in enumerate(before) if i != change.index]
        names = [item.name for item in after.objects]
        assert change.scene is after and names != [item.name for item in before]
        assert all(name in names for name in kept)
    restored = read_changed(pool, None, 4, 8300, cache)  # type: ignore[arg-type]
    assert restored.before == changed.before
    assert torch.equal(restored.pool.owner, changed.pool.owner)
