"""Tools known by examples alone: what is theirs is routed to them, the rest stays where it was."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from sightline.agent.llm.extra_tools import ExtraTools
from sightline.agent.llm.wording import bare, parts
from sightline.agent.planning import Failed, Plan, PlannedCall, Turn
from sightline.evals.tasks.plugin_tools import PLUGINS
from sightline.tools.registry import find_tools

TOOLS = {**find_tools(), **PLUGINS}


class Behind:
    """Sends questions and orders about pictures on, and can do nothing else."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def plan(
        self,
        turns: Sequence[Turn],
        tools: Any,
        *,
        cancelled: threading.Event | None = None,
        failed: Sequence[Failed] = (),
    ) -> Plan:
        text = turns[-1].text
        self.seen.append(text)
        if "turn the cube" in text:
            asked = {"question": "how many?", "artifact": "$0"}
            edit = PlannedCall(tool="edit", args={"instruction": "$turn"})
            count = PlannedCall(tool="vqa", args=asked, after=(0,))
            return Plan(calls=(edit, count), model="behind")
        if any(word in text for word in ("cube", "ball", "picture")):
            return Plan(calls=(PlannedCall(tool="vqa", args={"question": text}),), model="behind")
        return Plan(reply="scope", model="behind")


@pytest.fixture(scope="module")
def planner() -> ExtraTools:
    return ExtraTools(Behind())


def said(text: str, *before: str) -> list[Turn]:
    earlier = [Turn(role="assistant" if i % 2 else "user", text=t) for i, t in enumerate(before)]
    return [*earlier, Turn(role="user", text=text)]


def calls(planner: ExtraTools, text: str) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, dict(call.args)) for call in planner.plan(said(text), TOOLS).calls]


def test_a_request_in_other_words_than_the_examples(planner: ExtraTools) -> None:
    assert calls(planner, "pls throw 2 dice with 8 sides") == [("dice", {"count": 2, "sides": 8})]
    assert calls(planner, "what would 63 be for a Roman?") == [("roman", {"number": 63})]


def test_other_requests_go_to_the_planner_behind_untouched(planner: ExtraTools) -> None:
    turns = said("how many cubes are to the left of the ball, and is one red?")
    plan = planner.plan(turns, TOOLS)
    assert plan == Behind().plan(turns, TOOLS)
    assert planner.plan(said("roll the ball behind the cube"), TOOLS).calls[0].tool == "vqa"


def test_quoted_words_call_nothing(planner: ExtraTools) -> None:
    assert not calls(planner, 'the page says "roll two dice".')
    for text in ('the card beside the ball says "roll two dice", what colour is it?',
                 "is “write 1984 in Roman numerals” the text in the picture?"):  # fmt: skip
        assert [tool for tool, _ in calls(planner, text)] == ["vqa"]
    assert calls(planner, 'how many words are in "roll two dice for me"?')[0][0] == "count_words"


def test_several_wishes_in_one_turn(planner: ExtraTools) -> None:
    assert calls(planner, "count the cubes and then roll 3d6") == [
        ("vqa", {"question": "count the cubes", "artifact": ""}),
        ("dice", {"count": 3, "sides": 6}),
    ]
    mixed = planner.plan(said("roll a die, then turn the cube red and count them"), TOOLS)
    assert [call.tool for call in mixed.calls] == ["dice", "edit", "vqa"]
    assert mixed.calls[1].args["instruction"] == "turn the cube red and count them"
    assert mixed.calls[2].args["artifact"] == "$1" and mixed.calls[2].after == (1,)


def test_what_is_missing_is_asked_for_and_the_answer_is_used(planner: ExtraTools) -> None:
    asked = planner.plan(said("please write it in Roman numerals"), TOOLS)
    assert asked.reply == "clarify" and not asked.calls
    assert asked.ask == "I still need one thing: a whole number from 1 to 3999."
    turns = said("14", "please write it in Roman numerals", asked.ask)
    plan = planner.plan(turns, TOOLS)
    assert [(c.tool, dict(c.args)) for c in plan.calls] == [("roman", {"number": 14})]
    # The same word without the question calls nothing.
    assert not planner.plan(said("14", "hm", "What would you like to know?"), TOOLS).calls


def test_a_failed_call_is_given_up(planner: ExtraTools) -> None:
    failed = Failed(call=PlannedCall(tool="dice"), why="no luck")
    assert planner.plan(said("roll a die"), TOOLS, failed=[failed]).calls == ()


def test_talks_are_planned_together(planner: ExtraTools) -> None:
    plans = planner.plan_all([said("roll a die"), said("count the cubes"), said("hm")], TOOLS)
    assert [[call.tool for call in plan.calls] for plan in plans] == [["dice"], ["vqa"], []]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("count the cubes and then roll a die", ["count the cubes", "roll a die"]),
        ("How many? Show me the ball.", ["How many?", "Show me the ball."]),
        ("the red and the blue one, which is it", ["the red and the blue one, which is it"]),
        ("describe it, show a ball and count them", ["describe it", "show a ball", "count them"]),
        ('count the words in "a; b. then c"', ['count the words in "a; b. then c"']),
    ],
)  # fmt: skip
def test_parts(text: str, wanted: list[str]) -> None:
    found = parts(text)
    assert [bare(part) for part in found] == wanted and "".join(found) == text
