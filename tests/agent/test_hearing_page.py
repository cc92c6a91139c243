"""Turns with a page in view: its own questions, and orders to change the sheet itself."""

from types import SimpleNamespace
from typing import Any

import pytest
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.roles.hearing_edit import sheet_turned
from sightline.agent.roles.hearing_memory import of_page_in_view
from sightline.tools.artifacts import Artifact
from sightline.tools.registry import find_tools


def _turn(text: str, *domains: str) -> Any:
    shown = tuple(
        Artifact(id=str(i), name=f"{i}.png", kind="picture", width=9, height=9, domain=domain)
        for i, domain in enumerate(domains)
    )
    return SimpleNamespace(text=text, attachments=shown, tools=find_tools())


def _one(tool: str, **args: str) -> Plan:
    return Plan(calls=(PlannedCall(tool=tool, args=args),))


@pytest.mark.parametrize("text", ["which shop was it from?", "how much was it?"])
def test_what_is_asked_of_no_past_is_asked_of_the_page(text: str) -> None:
    plan = of_page_in_view(_one("recall", query=text), _turn(text, "document", "other"))
    assert [(c.tool, c.args) for c in plan.calls] == [
        ("document_qa", {"question": text, "artifact": "a1"})
    ]
    alone = _one("recall", query=text)
    assert of_page_in_view(alone, _turn(text, "tabletop")) == alone


@pytest.mark.parametrize(
    "text",
    [
        "how much was my last phone bill?",
        "what did I ask you about the shop?",
        "which shop did we talk about?",
        "how much was it yesterday?",
        "the shop in the harbour",
    ],
)
def test_what_is_past_stays_past(text: str) -> None:
    plan = _one("recall", query=text)
    assert of_page_in_view(plan, _turn(text, "document")) == plan


def test_a_sheet_is_turned_and_not_read() -> None:
    text = "this is on its side - rotate it to the left, then read me the total"
    turn = _turn(text, "document")
    plan = sheet_turned(_one("document_qa", question="rotate it to the left", artifact="a1"), turn)
    assert [(c.tool, c.args) for c in plan.calls] == [
        ("edit", {"instruction": "rotate it to the left", "artifact": "a1"})
    ]
    read = _one("document_qa", question="read me the total", artifact="a1")
    assert sheet_turned(read, turn) == read
