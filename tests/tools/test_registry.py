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
    registry.find_tools.cache_clear()
    yield
    registry.find_tools.cache_clear()


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


def test_what_is_no_tool_is_named(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    give(monkeypatch, words="NOT_A_TOOL")
    with pytest.raises(TypeError, match="not a SightlineTool"):
        registry.find_tools()


def test_langchain_can_invoke_a_tool() -> None:
    tool = ClockTool.model_validate({"context": None})
    call = {"type": "tool_call", "id": "1", "name": "clock", "args": {}}
    message = tool.invoke(call)
    assert message.content == "noon" and message.artifact == ToolResult(text="noon")
