"""Tools are found by entry point; a plug-in adds, and cannot replace."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel
from sightline.tools import registry
from sightline.tools.base import SightlineTool, ToolArgs
from sightline.tools.results import ToolResult
from sightline.tools.vqa import VqaTool


class ClockTool(SightlineTool):
    name: str = "clock"
    description: str = "Tell the time."
    args_schema: type[BaseModel] = ToolArgs
    examples: ClassVar[tuple[str, ...]] = ("what time is it?",)

    def look(self, **_: Any) -> ToolResult:
        return ToolResult(text="noon")


NOT_A_TOOL = "just words"


@pytest.fixture
def fresh() -> Iterator[None]:
    registry.discover.cache_clear()
    yield
    registry.discover.cache_clear()


def give(monkeypatch: pytest.MonkeyPatch, **named: str) -> None:
    entries = [
        EntryPoint(name=name, value=f"{__name__}:{target}", group=registry.GROUP)
        for name, target in named.items()
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: entries)
    loaded = {name: globals()[target] for name, target in named.items()}
    monkeypatch.setattr(EntryPoint, "load", lambda self: loaded[self.name])


def test_a_plug_in_is_found(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    give(monkeypatch, clock="ClockTool")
    tools = registry.find_tools()
    assert tools["clock"] is ClockTool and len(tools) == 12


def test_a_plug_in_cannot_replace_a_built_in(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    give(monkeypatch, vqa="ClockTool")
    assert registry.find_tools()["vqa"] is VqaTool


def test_plug_ins_that_do_not_work_are_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    give(monkeypatch, words="NOT_A_TOOL", watch="ClockTool", clock="ClockTool", vqa="ClockTool")
    found = registry.discover()
    assert "clock" in found.tools and found.tools["vqa"] is VqaTool
    assert set(found.broken) == {"words", "watch", "vqa"}
    assert "neither a SightlineTool nor a LangChain tool" in found.broken["words"]
    assert "calls itself 'clock'" in found.broken["watch"]


def test_a_plug_in_that_cannot_be_imported_ends_nobodys_chat(
    monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    entry = EntryPoint(name="gone", value="no_such_module_here:Tool", group=registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    assert "gone" not in registry.find_tools()
    assert "ModuleNotFoundError" in registry.discover().broken["gone"]


def test_langchain_can_invoke_a_tool() -> None:
    tool = ClockTool.model_validate({"context": None})
    call = {"type": "tool_call", "id": "1", "name": "clock", "args": {}}
    message = tool.invoke(call)
    assert message.content == "noon" and message.artifact == ToolResult(text="noon")
