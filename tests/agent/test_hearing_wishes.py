"""Wishes that say how a thing should be are orders to edit; wishes to see it are not."""

from types import SimpleNamespace
from typing import Any

import pytest
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.roles.hearing_edit import edit_heard
from sightline.models import spec
from sightline.tools.registry import find_tools

TOOLS = find_tools()


@pytest.fixture(scope="module", name="toolbox")
def _toolbox() -> Any:
    parts = {"instruction": spec("edit_parser").load(None)}
    return SimpleNamespace(part=parts.__getitem__)


def _heard(toolbox: Any, text: str, tool: str = "ground") -> Plan | None:
    turn: Any = SimpleNamespace(
        text=text,
        tools=TOOLS,
        attachments=(SimpleNamespace(kind="picture"),),
        tool_context=SimpleNamespace(toolbox=toolbox),
    )
    argument = TOOLS[tool].argument
    call = PlannedCall(tool=tool, args={"artifact": "a1", argument: text})
    return edit_heard(Plan(calls=(call,)), turn)


@pytest.mark.parametrize(
    "text",
    [
        "instead of that purple one i want a small box",
        "the picture without the gray thing found behind the small cube please",
        "i want the cyan rubber boxy one little",
        "the only cyan metallic cylinder should be a yellow matte square one",
        "the third small steel object counting from the back has to go",
        "brown, that's what the closest green cube should be",
        "i don't want the shiny ball located in front of the little red shape here",
        "Slide the farthest cyan rubber thing to the right",
    ],
)
@pytest.mark.parametrize("tool", ["ground", "vqa"])
def test_how_a_thing_should_be_is_an_order(toolbox: Any, text: str, tool: str) -> None:
    plan = _heard(toolbox, text, tool)
    assert plan is not None
    assert [(c.tool, c.args) for c in plan.calls] == [
        ("edit", {"instruction": text, "artifact": "a1"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to know, is the brown cylinder larger than the back object",
        "I want the blue cube",
        "i need the small thing furthest forward",
        "where should I look for the ball?",
        "the cube in red",
        "how many things are there without the cubes?",
        "what is behind the large gray cylinder that should be on the left?",
        "find the ball",
    ],
)
def test_what_is_to_be_seen_is_none(toolbox: Any, text: str) -> None:
    assert _heard(toolbox, text) is None


@pytest.mark.parametrize(
    "text", ["show me only the bottom third please", "i need a webp", "just the left half"]
)
def test_a_part_or_a_format_to_keep_is_an_order(toolbox: Any, text: str) -> None:
    plan = _heard(toolbox, text)
    assert plan is not None and [call.tool for call in plan.calls] == ["edit"]


@pytest.mark.parametrize(
    "text", ["show me only the left half of the cubes", "there must be a big ball, right?"]
)
def test_a_part_of_something_else_is_none(toolbox: Any, text: str) -> None:
    assert _heard(toolbox, text) is None
