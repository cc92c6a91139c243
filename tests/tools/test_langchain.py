"""LangChain's tools in the assistant, the assistant's tools in LangChain's agent, both for real."""

from pathlib import Path
from typing import Any, Literal

import pytest
from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import BaseTool, StructuredTool, ToolException, tool
from langchain_tests.integration_tests import ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests
from PIL import Image
from pydantic import ValidationError
from sightline.agent.assistant import Assistant
from sightline.evals.tasks.plugin_tools import PLUGINS
from sightline.tools import registry
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.langchain import from_langchain, tools_for
from sightline.tools.registry import find_tools
from sightline.tools.results import ToolError, ToolResult
from sightline.tools.toolbox import Toolbox

EXAMPLES = (
    "what is the tide at Dover?",
    "tides for Brighton please",
    "when is high water in Hull?",
    "tide times at Whitby",
    "is the tide in at Deal?",
    "high tide in Falmouth?",
    "low water at Poole",
    "tell me the tide for Cromer",
)


@tool
def tide(place: str, height: Literal["high", "low"] = "high") -> str:
    """Say when the tide is high or low at a place."""
    if "Oxford" in place:
        raise ToolException("There is no sea at Oxford.")
    return f"{height} water at {place.split()[-1]} is at noon"


TOOLBOX = Toolbox()  # each model is loaded once


def context(tmp_path: Path, *pictures: Image.Image) -> ToolContext:
    store = ArtifactStore(tmp_path, "me")
    seen = tuple(store.add(picture) for picture in pictures)
    return ToolContext(user="me", store=store, toolbox=TOOLBOX, attachments=seen)


def test_a_langchain_tool_becomes_one_of_ours(tmp_path: Path) -> None:
    found = from_langchain(tide, EXAMPLES)
    assert found.argument == "place" and found.examples == EXAMPLES
    ours = found.given(context(tmp_path))
    assert ours.use(place="Dover", height="low") == ToolResult(text="low water at Dover is at noon")
    with pytest.raises(ToolError, match=r"^There is no sea at Oxford\.$"):
        ours.use(place="Oxford")
    with pytest.raises(ValidationError):
        ours.use(place="Dover", colour="red")


def test_arguments_given_as_json_schema(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "where"},
            "days": {"type": "integer", "default": 1},
            "units": {"enum": ["metric", "imperial"]},
        },
        "required": ["city", "units"],
    }

    def forecast(**given: Any) -> str:
        return str(sorted(given.items()))

    plain = StructuredTool.from_function(
        forecast, name="forecast", description="Forecast.", args_schema=schema
    )
    found = from_langchain(plain, EXAMPLES)
    text = found.given(context(tmp_path)).use(city="Ulm", units="metric").text
    assert text == "[('city', 'Ulm'), ('days', 1), ('units', 'metric')]"
    with pytest.raises(ValidationError):
        found.checked({"city": "Ulm", "units": "nautical"})
    schema["properties"]["days"] = {"type": "array"}
    with pytest.raises(TypeError, match="days"):
        from_langchain(plain, EXAMPLES)


def test_an_entry_point_may_name_a_langchain_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tide.model_copy(update={"metadata": {"examples": EXAMPLES}})
    entry = registry.EntryPoint(name="tide", value="x:tide", group=registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    monkeypatch.setattr(registry.EntryPoint, "load", lambda self: named)
    registry.discover.cache_clear()
    try:
        reply = Assistant(home=tmp_path).ask("what's the tide like in Margate?")
    finally:
        registry.discover.cache_clear()
    assert [step.tool for step in reply.steps][:2] == ["plan", "tide"]
    assert "Margate" in reply.text and reply.steps[1].ok


class Scripted(GenericFakeChatModel):
    """A chat model that says what it is told to, whatever tools it is given."""

    def bind_tools(self, tools: Any, **_: Any) -> "Scripted":
        return self


def call(name: str, number: int, **args: Any) -> AIMessage:
    made = {"name": name, "args": args, "id": str(number), "type": "tool_call"}
    return AIMessage(content="", tool_calls=[made])


def test_our_tools_work_in_a_plain_langchain_agent(tmp_path: Path) -> None:
    white = Image.new("RGB", (320, 240), "white")
    said = [
        call("edit", 1, instruction="rotate it by 90 degrees"),
        call("vqa", 2, question="how many cubes?", artifact="a7"),
        call("vqa", 3, question="how many cubes?", colour="red"),
        AIMessage(content="done"),
    ]
    ours = tools_for(context(tmp_path, white), ["edit", "vqa"])
    agent = create_agent(Scripted(messages=iter(said)), tools=ours)
    asked: Any = {"messages": [("user", "turn it and count")]}
    messages = agent.invoke(asked)["messages"]
    results = [message for message in messages if isinstance(message, ToolMessage)]
    assert isinstance(results[0].artifact, ToolResult) and results[0].artifact.artifacts
    assert results[1].content == "There is no attachment a7; there are 1 in view."
    assert results[1].status == "error" and results[2].status == "error"
    assert messages[-1].content == "done"


def test_an_agent_gets_no_tool_that_changes_things_unasked(tmp_path: Path) -> None:
    names = {ours.name for ours in tools_for(context(tmp_path))}
    assert names == {n for n, found in find_tools().items() if not found.changes}


class Remembering:
    """A memory that keeps everything and finds nothing."""

    def recall(self, words: str, picture: Any = None, artifact: str = "") -> ToolResult:
        return ToolResult(text="Nothing yet.")

    def remember(self, fact: str) -> ToolResult:
        return ToolResult(text="Kept.")

    def forget(self, what: str, artifact: str = "") -> ToolResult:
        return ToolResult(text="Gone.")

    def search(self, words: str, like: Any = None) -> ToolResult:
        return ToolResult(text="Nothing like it.")


CALLS: dict[str, dict[str, Any]] = {
    "caption": {},
    "vqa": {"question": "how many cubes are there?"},
    "ground": {"phrase": "the red cube"},
    "document_qa": {"question": "what is the total?"},
    "recall": {"query": "my bike"},
    "remember": {"fact": "my bike is red"},
    "forget": {"what": "my bike"},
    "retrieve": {"query": "a cube"},
    "edit": {"instruction": "rotate it by 90 degrees"},
    "scene_graph": {},
    "dice": {"count": 2},
    "calendar": {"question": "what weekday is 1 May 2026?"},
    "colour_name": {"code": "#ff8800"},
    "barcode": {"number": "4006381333931"},
    "count_words": {"text": "one two"},
    "roman": {"number": 14},
    "tide": {"place": "Dover"},
}
ALL = {**find_tools(), **PLUGINS, "tide": from_langchain(tide, EXAMPLES)}


@pytest.fixture(params=sorted(CALLS))
def named(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[BaseTool, dict[str, Any]]:
    memory: Any = Remembering()
    seen = context(tmp_path, Image.new("RGB", (320, 240), "white"))
    there = ToolContext(
        user="me", store=seen.store, toolbox=TOOLBOX, attachments=seen.attachments,
        memory=memory, album=memory,
    )  # fmt: skip
    return ALL[request.param].given(there), CALLS[request.param]


class _Standard:
    """LangChain's own tests, over every tool."""

    _named: tuple[BaseTool, dict[str, Any]]

    @pytest.fixture(autouse=True)
    def _take(self, named: tuple[BaseTool, dict[str, Any]]) -> None:
        self._named = named

    @property
    def tool_constructor(self) -> BaseTool:
        return self._named[0]

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return self._named[1]


class TestStandardUnit(_Standard, ToolsUnitTests):
    """`langchain_tests.unit_tests.ToolsUnitTests`."""


class TestStandardIntegration(_Standard, ToolsIntegrationTests):
    """`langchain_tests.integration_tests.ToolsIntegrationTests`."""


def test_every_tool_is_held_to_the_standard_tests() -> None:
    # Clips have a test of their own: drawing one takes longer than all of these.
    assert set(CALLS) == set(ALL) - {"video_qa"}
