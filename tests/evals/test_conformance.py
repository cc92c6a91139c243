"""The contract's rules: real tools keep them, and each broken one is named."""

from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, Field
from sightline.agent.assistant import Assistant
from sightline.evals.conformance import check_tool
from sightline.evals.tasks.plugin_tools import DiceTool
from sightline.tools.base import OnAttachment, SightlineTool, ToolArgs
from sightline.tools.registry import find_tools
from sightline.tools.results import Box, ToolResult


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(home=tmp_path_factory.mktemp("home"))


def broken(tool: type[SightlineTool], assistant: Assistant) -> dict[str, str]:
    return {check.rule: check.found for check in check_tool(tool, assistant) if not check.kept}


@pytest.mark.parametrize("name", ["vqa", "ground", "scene_graph", "edit", "remember", "forget"])
def test_built_in_tools_keep_the_contract(name: str, assistant: Assistant) -> None:
    assert broken(find_tools()[name], assistant) == {}


def test_a_plug_in_keeps_it(assistant: Assistant) -> None:
    checks = check_tool(DiceTool, assistant)
    assert [check.rule for check in checks if not check.kept] == []
    assert len(checks) == 12


class LooseArgs(BaseModel):
    text: str = ""


class LooseTool(SightlineTool):
    """Breaks what can be broken."""

    name: str = "Loose Tool"
    description: str = "short"
    args_schema: type[BaseModel] = LooseArgs
    argument: ClassVar[str] = "words"
    examples: ClassVar[tuple[str, ...]] = ("do it", "Do  it", "please do the thing")

    def look(self, **_: Any) -> ToolResult:
        raise KeyError("oops")


def test_every_broken_rule_is_named(assistant: Assistant) -> None:
    found = broken(LooseTool, assistant)
    assert set(found) >= {
        "name", "description", "arguments", "examples", "bad arguments", "runs", "result"
    }  # fmt: skip
    assert found["arguments"] == "Derive the arguments from ToolArgs."
    assert found["examples"] == "There are 2 different examples; give 8 or more."
    assert "KeyError" in found["runs"]


class PaintArgs(OnAttachment):
    """No more than which picture."""


class PaintTool(SightlineTool):
    """Makes a file without saying so, and points beside the picture."""

    name: str = "paint"
    description: str = "Frame a picture in gold."
    args_schema: type[BaseModel] = PaintArgs
    wants: ClassVar[Any] = "picture"
    examples: ClassVar[tuple[str, ...]] = tuple(
        f"frame the {thing} in gold" for thing in ("picture", "photo", "scene", "image", "drawing")
    )

    def look(self, artifact: str = "", **_: Any) -> ToolResult:
        seen = self.context.artifact(artifact)
        picture = self.context.store.image(seen.id).copy()
        picture.putpixel((0, 0), (255, 215, 0))
        made = self.context.store.add(picture)
        beside = Box(artifact=seen.id, x0=0, y0=0, x1=seen.width + 9, y1=5)
        text = "data:image/png;base64," + "A" * 40
        return ToolResult(text=text, artifacts=(made.id,), evidence=(beside,))


def test_hidden_changes_raw_data_and_boxes_beside_the_picture(assistant: Assistant) -> None:
    found = broken(PaintTool, assistant)
    assert found["changes"] == "It makes files: set changes = True."
    assert found["evidence"] == "A box leaves its picture."
    assert found["result"] == "A text carries raw data; store files as artifacts."
    assert "nothing to look at" not in found


class GreedyArgs(ToolArgs):
    text: str = Field(min_length=1, max_length=300, description="any words")


class GreedyTool(SightlineTool):
    """Its examples are the requests of another tool."""

    name: str = "greedy"
    description: str = "Count what is in a picture."
    args_schema: type[BaseModel] = GreedyArgs
    argument: ClassVar[str] = "text"
    examples: ClassVar[tuple[str, ...]] = (
        "how many cubes are there?", "count the balls", "how many red things do you see?",
        "number of metal cylinders", "what colour is the ball?", "is there a cube?",
        "how many objects are left of the sphere?", "what shape is the big thing?",
    )  # fmt: skip

    def look(self, text: str, **_: Any) -> ToolResult:
        return ToolResult(text="Some.")


def test_a_tool_that_would_take_others_requests_is_told(assistant: Assistant) -> None:
    assert set(broken(GreedyTool, assistant)) == {"routing"}
