"""The open profile: published checkpoints for what the embedded models do not know."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sightline.tools.limits import Limits
from sightline.tools.profile import Line, read_profile
from sightline.tools.results import ToolError
from sightline.tools.toolbox import Toolbox


def checkpoint(folder: Path, kilobytes: int = 1, model_type: str = "blip") -> Path:
    """What a checkpoint's folder is told by; its weights are never read here."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(f'{{"model_type": "{model_type}"}}')
    (folder / "model.safetensors").write_bytes(b"0" * (1000 * kilobytes))
    return folder


def profile(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(f"name: mine\nextends: embedded\n{text}")
    return str(path)


class Model:
    """What a checkpoint is loaded as."""


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path | None]]:
    """What is loaded, by name and folder; what comes of it is empty."""
    seen: list[tuple[str, Path | None]] = []

    def spec(name: str) -> SimpleNamespace:
        return SimpleNamespace(load=lambda path: seen.append((name, path)) or Model())

    monkeypatch.setattr("sightline.models.spec", spec)
    return seen


def test_others_serve_what_tools_do_not_know(tmp_path: Path, loaded: list[Any]) -> None:
    folder = checkpoint(tmp_path / "blip")
    box = Toolbox(profile(tmp_path, f"others: {{caption: {{model: blip, path: {folder}}}}}"))
    assert [box.serving("caption", kind) for kind in ("", "tabletop", "document", "other")] == [
        "tools", "tools", "tools", "others",
    ]  # fmt: skip
    assert box.knows("caption", "other") and not box.knows("vqa", "other")
    own, other = box.tool("caption", "tabletop"), box.tool("caption", "other")
    assert own is box.tool("caption") and other is not own
    assert loaded == [("captioner", None), ("blip", folder)]
    # The second route knows the tabletop alone.
    assert box.check("caption", "tabletop") is not None and box.check("caption", "other") is None


def test_the_open_profile_says_what_to_fetch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    box = Toolbox("open")
    for role in ("caption", "vqa", "ground", "video_qa"):
        with pytest.raises(ToolError, match=r"`hf download \S+/\S+` fetches it \(\d\.\d GB\)\.$"):
            box.tool(role, "other")
    assert box.profile.memory == 12_000_000_000


def test_a_fetched_checkpoint_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loaded: list[Any]
) -> None:
    kept = tmp_path / "hub" / "models--me--tiny"
    snapshot = checkpoint(kept / "snapshots" / "abc")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("abc")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    box = Toolbox(profile(tmp_path, "others: {caption: {model: blip, hub: me/tiny}}"))
    box.tool("caption", "other")
    assert loaded == [("blip", snapshot)]


def test_the_budget_lets_go_of_what_was_used_longest_ago(tmp_path: Path, loaded: list[Any]) -> None:
    lines = ", ".join(
        f"{role}: {{model: m_{role}, path: {checkpoint(tmp_path / role, 400)}}}"
        for role in ("caption", "vqa", "ground")
    )
    box = Toolbox(profile(tmp_path, f"others: {{{lines}}}\nmemory: 1MB"))
    kept = {role: weakref.ref(box.tool(role, "other")) for role in ("caption", "vqa")}
    box.tool("caption", "other")
    box.tool("ground", "other")  # a third one does not fit: vqa was asked for longest ago
    gc.collect()
    assert kept["caption"]() is not None and kept["vqa"]() is None
    assert [name for name, _ in loaded] == ["m_caption", "m_vqa", "m_ground"]
    box.tool("caption", "other")
    box.tool("vqa", "other")
    assert [name for name, _ in loaded] == ["m_caption", "m_vqa", "m_ground", "m_vqa"]


def test_a_model_over_the_budget_is_refused_before_it_is_loaded(
    tmp_path: Path, loaded: list[Any]
) -> None:
    folder = checkpoint(tmp_path / "large", 3000)
    line = f"others: {{vqa: {{model: vlm, path: {folder}}}}}\nmemory: 2 MB"
    with pytest.raises(ToolError, match=r"needs 0\.0 GB of memory.*raise its `memory`"):
        Toolbox(profile(tmp_path, line)).tool("vqa", "other")
    assert loaded == []
    with pytest.raises(ToolError, match="like 12GB or 800MB, not 'lots'"):
        read_profile(profile(tmp_path, "memory: lots"))


@pytest.mark.parametrize(
    ("role", "kind", "model"),
    [
        ("caption", "blip", "blip"),
        ("vqa", "blip", "blip_vqa"),
        ("ground", "grounding-dino", "grounding_dino"),
        ("vqa", "qwen2_vl", "vlm"),
        ("video_qa", "llava", "vlm"),
        ("ground", "sightline_grounder", "grounder"),
        ("document_qa", "llava", "document_reader"),
    ],
)
def test_a_folder_tells_what_it_is(role: str, kind: str, model: str, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "run", model_type=kind)
    line = read_profile("embedded", {role: folder}).lines["tools", role]
    assert line == Line(model=model, path=folder)


def test_a_profile_sets_limits(tmp_path: Path) -> None:
    read = read_profile(profile(tmp_path, "limits: {pages: 7, render_seconds: 3}"))
    assert read.limits == replace(Limits(), pages=7, render_seconds=3.0)
    assert read_profile("open").limits == Limits()
    for text, says in (
        ("limits: {page: 7}", "There is no limit 'page'; there are pixels, "),
        ("limits: {pages: none}", "The limit pages is a number above 0, not 'none'"),
        ("limits: {pages: 0}", "not 0"),
    ):
        with pytest.raises(ToolError, match=says):
            read_profile(profile(tmp_path, text))
