"""After a reply that listed files, "the second one" is the second of them."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.roles.listed import of_listed
from sightline.agent.turn import TurnContext
from sightline.tools.artifacts import Artifact
from sightline.tools.registry import find_tools

from .conftest import FakePlanner, picture

FOUND = "I found 3: c.png, b.png and a.png."
QUESTION = {"vqa": "question", "edit": "instruction", "ground": "phrase"}


def _turn(text: str, last_reply: str = FOUND, fresh: int = 0) -> TurnContext:
    shown = tuple(
        Artifact(id=name, name=f"{name}.png", kind="picture", width=9, height=9, domain="tabletop")
        for name in ("z", "a", "b", "c")
    )
    nothing: Any = None
    context: Any = SimpleNamespace(attachments=shown)
    return TurnContext(
        text=text, turns=(), tools=find_tools(), planner=nothing, tool_context=context,
        limits=nothing, fresh=fresh, last_reply=last_reply,
    )  # fmt: skip


def _plan(tool: str, words: str) -> Plan:
    return Plan(calls=(PlannedCall(tool=tool, args={QUESTION[tool]: words, "artifact": "a4"}),))


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("show the second one", "a3"),
        ("ok, open the first picture please", "a4"),
        ("let me see the last one", "a2"),
    ],
)
def test_it_is_shown(text: str, file: str) -> None:
    plan, _ = of_listed(_plan("ground", text), _turn(text))
    assert [(c.tool, c.args) for c in plan.calls] == [("caption", {"artifact": file})]
    assert plan.shown == (file,)


def test_what_was_spoken_of_is_shown_again() -> None:
    for text in ("let me see it again", "ok show me that one once more please"):
        plan, _ = of_listed(_plan("ground", text), _turn(text, "There are 3 cubes."))
        assert plan.shown == ("a4",)
        assert [(c.tool, c.args) for c in plan.calls] == [("caption", {"artifact": "a4"})]
    for text in ("show me it", "show me the cube again"):
        plan = _plan("ground", text)
        assert of_listed(plan, _turn(text))[0] == plan


@pytest.mark.parametrize(
    ("tool", "text", "file", "asked"),
    [
        ("edit", "make the third one darker", "a2", "make it darker"),
        ("vqa", "how many cubes are in the second one?", "a3", "how many cubes are?"),
        ("vqa", "is the first picture brighter?", "a4", "is it brighter?"),
    ],
)
def test_it_is_asked_and_changed(tool: str, text: str, file: str, asked: str) -> None:
    plan, turn = of_listed(_plan(tool, text), _turn(text))
    assert plan.calls[0].args == {QUESTION[tool]: asked, "artifact": file}
    assert turn.text == asked


def test_where_nothing_was_listed_it_is_a_thing() -> None:
    for turn in (
        _turn("show the second one", "There are 3 cubes."),
        _turn("show the second one", "I found one: c.png."),
        _turn("show the second one", fresh=1),
        _turn("show the fourth one"),
        _turn("show the second cube"),
    ):
        plan = _plan("ground", turn.text)
        assert of_listed(plan, turn) == (plan, turn)


def test_what_is_shown_again_is_what_it_means_from_then_on(make: Callable[..., Any]) -> None:
    planner = FakePlanner()
    assistant = make(planner=planner)
    files = [(f"{c}.png", picture(c)) for c in ("red", "blue")]
    buffers = []
    for name, image in files:
        buffer = BytesIO()
        image.save(buffer, "PNG")
        buffers.append((name, buffer.getvalue()))
    history = [
        {"role": "user", "text": "find pictures", "attachments": []},
        {"role": "assistant", "text": "I found 2: blue.png and red.png.", "attachments": buffers},
    ]
    reply = assistant.ask("show me the second one", session="s", history=history)
    red = assistant.store().add(buffers[0]).id
    assert reply.made == [red] and [s.tool for s in reply.steps[1:2]] == ["caption"]
    planner.script["what is it?"] = Plan(calls=(PlannedCall(tool="vqa", args={"question": "?"}),))
    assert red in assistant.ask("what is it?", session="s").artifacts
