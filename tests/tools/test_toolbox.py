"""Profiles, overrides and loading once."""

import json
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from sightline.tools.profile import Line, profiles, read_profile
from sightline.tools.registry import find_tools
from sightline.tools.results import ToolError
from sightline.tools.toolbox import Toolbox


def test_every_profile_names_every_built_tool() -> None:
    wanted = {n for n, t in find_tools().items() if t.wants}
    for name in profiles():
        profile = read_profile(name)
        assert {role for section, role in profile.lines if section == "tools"} == wanted


def test_unknown_names_say_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="embedded"):
        Toolbox("no-such-profile")
    with pytest.raises(ToolError, match="ground"):
        Toolbox("embedded", {"fly": tmp_path})
    with pytest.raises(ToolError, match=r"config\.json"):
        Toolbox("embedded", {"ground": tmp_path})


def test_an_override_is_loaded_from_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "sightline_grounder"}))
    seen = []

    def spec(name: str) -> SimpleNamespace:
        return SimpleNamespace(load=lambda path: seen.append((name, path)) or object())

    monkeypatch.setattr("sightline.models.spec", spec)
    box = Toolbox("embedded", {"ground": tmp_path})
    assert box.tool("ground") is box.tool("ground")
    assert seen == [("grounder", tmp_path)]
    assert box.check("ground") is None
    assert box.knows("ground", "other") and not box.knows("vqa", "other")


def test_threads_load_a_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def load(self: Toolbox, line: Line) -> object:
        time.sleep(0.05)
        loaded.append(line.model)
        return object()

    monkeypatch.setattr(Toolbox, "_load", load)
    box = Toolbox("embedded")
    threads = [threading.Thread(target=box.tool, args=(r,)) for r in ("vqa", "ground") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == ["parse_and_execute"]


def test_tools_have_what_a_planner_needs() -> None:
    tools = find_tools()
    assert len(tools) == 11
    for name, tool in tools.items():
        assert tool.model_fields["name"].default == name
        assert tool.examples and tool.model_fields["description"].default
        schema = tool.model_fields["args_schema"].default.model_json_schema()
        assert not tool.argument or tool.argument in schema["properties"]
