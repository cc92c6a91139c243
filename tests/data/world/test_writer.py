"""A written world: layouts, determinism, going on after an interruption, refusals."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.data.adapters.clevr import load_clevr
from sightline.data.adapters.clevr_dialog import load_dialogs
from sightline.data.adapters.clevr_ref import load_refexps
from sightline.data.world import writer
from sightline.data.world.programs import FalsePremise, answer_text, execute
from sightline.data.world.writer import write_world

SMALL: dict[str, Any] = {
    "width": 96,
    "height": 72,
    "questions_per_scene": 4,
    "refexps_per_scene": 4,
}


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world") / "a"
    seen: list[tuple[int, int]] = []
    write_world(out, 5, 8104, processes=1, progress=lambda *p: seen.append(p), **SMALL)
    assert seen[-1] == (5, 5)
    return out


def test_layout_is_read_by_the_adapters(world: Path) -> None:
    dataset = load_clevr(world)
    assert len(dataset.scenes) == 5
    for scene in dataset.scenes:
        with Image.open(dataset.image(scene)) as picture:
            assert picture.size == (96, 72) == (scene.width, scene.height)
        assert all(item.box[2] > item.box[0] for item in scene.objects)
    for question in dataset.questions:
        assert question.program is not None
        try:
            done = execute(question.program, dataset.scenes[question.image_index])
            assert question.answer == answer_text(done.answer)
        except FalsePremise:
            assert question.answer == "none"
    for refexp in load_refexps(world):
        scene = dataset.scenes[refexp.image_index]
        assert refexp.boxes == tuple(scene.objects[i].box for i in refexp.objects)
    dialogs = load_dialogs(world)
    assert len(dialogs) == 5
    assert all(len(dialog.turns) == 10 and dialog.caption for dialog in dialogs)
    captions = json.loads((world / "captions.json").read_text())
    assert {entry["style"] for entry in captions["annotations"]} == {"short", "normal", "long"}
    assert [image["id"] for image in captions["images"]] == list(range(5))


def test_same_bytes_after_an_interruption(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "b"
    monkeypatch.setattr(writer, "_merge", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_world(out, 5, 8104, processes=1, **SMALL)
    assert not (out / "scenes.json").exists()
    with pytest.raises(ValueError, match="other settings"):
        write_world(out, 6, 8104, processes=1, **SMALL)
    monkeypatch.undo()
    write_world(out, 5, 8104, processes=1, **SMALL)
    assert digest(out) == digest(world)


def test_a_finished_world_is_left_alone(world: Path) -> None:
    before = digest(world)
    write_world(world, 5, 8104, processes=1, **SMALL)
    assert digest(world) == before
    with pytest.raises(ValueError, match="not empty"):
        write_world(world, 5, 8105, processes=1, **SMALL)


def test_refusals(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("x")
    with pytest.raises(ValueError, match="is a file"):
        write_world(target, 1, 8104)
    with pytest.raises(ValueError, match="not empty"):
        write_world(tmp_path, 1, 8104)
    with pytest.raises(ValueError, match="at least 1"):
        write_world(tmp_path / "c", 0, 8104)
    with pytest.raises(ValueError, match="32x32"):
        write_world(tmp_path / "c", 1, 8104, width=8)
    assert not (tmp_path / "c").exists()


def test_several_processes_write_the_same(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Chunks as other processes would write them: out of order, each on its own.
    out = tmp_path / "d"
    monkeypatch.setattr(writer, "_CHUNK", 2)
    config = writer.WorldConfig(n=5, seed=8104, **SMALL)
    assert not writer._prepare(out, config)
    for first in (4, 0, 2):
        writer._write_part(out, config, first)
    write_world(out, 5, 8104, processes=1, **SMALL)
    assert digest(out) == digest(world)
