"""One wish stays one search; asking for one's own files is a search; other orders stay theirs."""

from types import SimpleNamespace
from typing import Any

import pytest
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.roles.hearing_search import kind_sought, search_heard
from sightline.tools.registry import find_tools

TOOLS = find_tools()


def _turn(text: str, attachments: tuple[str, ...] = (), fresh: int = 0) -> Any:
    return SimpleNamespace(text=text, tools=TOOLS, attachments=attachments, fresh=fresh)


def _cut(*calls: tuple[str, str]) -> Plan:
    named = {"retrieve": "query", "vqa": "question", "ground": "phrase"}
    return Plan(
        calls=tuple(PlannedCall(tool=tool, args={named[tool]: said}) for tool, said in calls)
    )


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (
            "search my album for three cans plus a big yellow square one",
            [
                ("retrieve", "search my album for three cans"),
                ("retrieve", "a big yellow square one"),
            ],
        ),
        (
            "a photo that shows a large red tube plus five rubber things",
            [("retrieve", "a photo that shows a large red tube"), ("vqa", "rubber things")],
        ),
        (
            "photos of an orb, two shiny globes that are big and 2 cubes",
            [("retrieve", "photos of an orb")],
        ),
    ],
)
def test_a_wish_that_was_cut_up_is_one_search(text: str, calls: list[tuple[str, str]]) -> None:
    plan = search_heard(_cut(*calls), _turn(text))
    assert [(call.tool, call.args) for call in plan.calls] == [("retrieve", {"query": text})]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (
            "find pictures with a cube and tell me how many balls each has",
            [("retrieve", "find pictures with a cube"), ("vqa", "how many balls each has")],
        ),
        (
            "find a picture with a cube and then one with a ball",
            [("retrieve", "find a picture with a cube"), ("retrieve", "one with a ball")],
        ),
        ("find the cube", [("ground", "the cube")]),
    ],
)
def test_two_orders_stay_two(text: str, calls: list[tuple[str, str]]) -> None:
    plan = _cut(*calls)
    assert search_heard(plan, _turn(text)) == plan


@pytest.mark.parametrize(
    "text",
    [
        "show me only my receipts", "my documents", "list my receipts", "just my receipts please",
        "my videos", "open my album", "list the documents from this morning",
        "what pictures do i have?", "do I have any receipts?",
        "get the recording in which nothing moves", "ok, let me see all my old invoices again",
    ],
)  # fmt: skip
def test_asking_for_ones_own_files_is_a_search(text: str) -> None:
    for reply in ("scope", "smalltalk", "clarify"):
        plan = search_heard(Plan(reply=reply), _turn(text))
        assert not plan.reply
        assert [(call.tool, call.args) for call in plan.calls] == [("retrieve", {"query": text})]


@pytest.mark.parametrize(
    "text",
    [
        "delete my photos",
        "my photos are blurry",
        "print my receipts",
        "thanks!",
        "translate my pdf",
    ],
)
def test_other_orders_are_no_searches(text: str) -> None:
    plan = Plan(reply="scope")
    assert search_heard(plan, _turn(text)) == plan


def test_a_question_about_a_page_at_hand_stays_one() -> None:
    asked = PlannedCall(tool="document_qa", args={"question": "only the invoices", "artifact": ""})
    plan = Plan(calls=(asked,))
    assert search_heard(plan, _turn("only the invoices", ("page",), 1)) == plan
    assert search_heard(plan, _turn("only the invoices")).calls[0].tool == "retrieve"


def test_files_are_looked_for_in_the_album_and_talks_in_memory() -> None:
    recalled = Plan(calls=(PlannedCall(tool="recall", args={"query": "my videos"}),))
    assert search_heard(recalled, _turn("my videos")).calls[0].tool == "retrieve"
    for text in ("do i have any receipts i showed you yesterday?", "what did we say about cubes?"):
        assert search_heard(recalled, _turn(text)) == recalled


@pytest.mark.parametrize(
    "text",
    [
        "open my train ticket",
        "pull up the invoice from Acme",
        "can you find that receipt again",
        "where's my old phone bill",
    ],
)
def test_with_nothing_in_view_a_paper_is_a_stored_one(text: str) -> None:
    plan = search_heard(Plan(reply="scope"), _turn(text))
    assert [(call.tool, call.args) for call in plan.calls] == [("retrieve", {"query": text})]
    assert search_heard(Plan(reply="scope"), _turn(text, ("page",))).reply == "scope"
    both = f"{text}, when is it due?"  # of which each is planned by itself
    assert search_heard(Plan(reply="scope"), _turn(both)).reply == "scope"


def test_what_a_search_will_find() -> None:
    assert kind_sought("open my train ticket") == "document"
    assert kind_sought("find the clip with the receipt") == "video"
    assert kind_sought("find two cubes") == "picture"


def test_one_like_this_is_looked_for_and_not_made() -> None:
    text = "I'm after one like this, just with a yellow cube added"
    edit = PlannedCall(tool="edit", args={"instruction": text, "artifact": "a2"})
    plan = search_heard(Plan(calls=(edit,)), _turn(text, ("p", "q"), 1))
    assert [(c.tool, c.args) for c in plan.calls] == [
        ("retrieve", {"query": text, "artifact": "a2"})
    ]
    order = Plan(calls=(PlannedCall(tool="edit", args={"instruction": "add a yellow cube"}),))
    assert search_heard(order, _turn("add a yellow cube like this one", ("p",), 1)) == order


def test_what_is_only_handed_over_is_looked_at() -> None:
    text = "here are two pictures of my table"
    plan = search_heard(_cut(("retrieve", text)), _turn(text, ("o", "p", "q"), 2))
    assert [(c.tool, c.args) for c in plan.calls] == [
        ("caption", {"artifact": "a2"}), ("caption", {"artifact": "a3"}),
    ]  # fmt: skip
    for text in ("here's a ball, find more like it", "this is my desk, is it in my album?"):
        searched = _cut(("retrieve", text))
        assert search_heard(searched, _turn(text, ("p",), 1)).calls[0].tool == "retrieve"
