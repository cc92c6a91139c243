"""The benchmark of plug-ins: written apart from the examples, and scored for what it says."""

from pathlib import Path
from typing import Any

import pytest
from sightline.agent.assistant import Assistant
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.plugin_tools import PLUGINS
from sightline.evals.tasks.plugins import Wanted
from sightline.tools.base import ToolContext
from sightline.tools.results import ToolError

TASK = find_task("plugins")
NOWHERE: Any = None


def test_requests_are_many_and_none_of_them_is_an_example() -> None:
    wanted = [sample.data for sample in TASK.samples(9000, TASK.limit)]
    own = [w for w in wanted if w.group == "plugin"]
    examples = {e.lower() for tool in PLUGINS.values() for e in tool.examples}
    assert len(own) >= 40 and {w.tools[0] for w in own} == set(PLUGINS)
    assert not examples & {w.turns[-1].lower() for w in own}
    assert sum(w.group in ("bank", "look-alike") for w in wanted) >= 200
    assert all(10 <= len(tool.examples) <= 15 for tool in PLUGINS.values())


@pytest.mark.parametrize(
    ("group", "text", "kinds", "tools", "args", "right"),
    [
        ("plugin", "pls roll 2d8", (), ("dice",), {"count": 2, "sides": 8}, True),
        ("plugin", "pls roll 2d8", (), ("roman",), {}, False),
        ("several", "roll a die, then write 9 in roman numerals", (), ("dice", "roman"), {}, True),
        ("look-alike", "what colour is the ball?", ("picture",), ("vqa",), {}, True),
        ("look-alike", "roll two dice", ("picture",), ("vqa",), {}, False),
    ],
)  # fmt: skip
def test_what_counts_as_right(
    group: str, text: str, kinds: tuple[str, ...], tools: tuple[str, ...], args: dict[str, Any],
    right: bool, tmp_path: Path,
) -> None:  # fmt: skip
    wanted = Wanted(group=group, turns=(text,), kinds=kinds, tools=tools, args=args)
    record = TASK.run(Assistant(home=tmp_path), Sample(id="0", data=wanted))
    assert record["right"] is right
    assert record.get("arguments", True)


def test_shares() -> None:
    def record(group: str, right: bool, **more: bool) -> dict[str, Any]:
        return {"group": group, "right": right, "wanted": ["dice"], **more}

    figures = TASK.score(
        [
            record("plugin", True, arguments=True),
            record("plugin", True, arguments=False),
            record("several", False),
            record("bank", True),
            record("look-alike", False),
        ]
    )
    assert figures["routed"] == 0.6667 and figures["arguments"] == 0.5
    assert figures["left_alone"] == 0.5 and figures["accuracy"] == 0.6


@pytest.mark.parametrize(
    ("name", "args", "answer"),
    [
        ("calendar", {"question": "which weekday was 20 July 1969?"}, "Sunday"),
        ("calendar", {"question": "days from 2024-02-01 to March 1st, 2024"}, "29"),
        ("colour_name", {"code": "#191970"}, "midnightblue"),
        ("barcode", {"number": "4006381333931"}, "yes"),
        ("barcode", {"number": "4006381333932"}, "no"),
        ("count_words", {"text": 'vowels in "queueing"', "unit": "vowels"}, "5"),
        ("roman", {"number": 1994}, "MCMXCIV"),
    ],
)
def test_the_tools_are_real(name: str, args: dict[str, Any], answer: str) -> None:
    context = ToolContext(user="me", store=NOWHERE, toolbox=NOWHERE)
    assert PLUGINS[name].given(context).use(**args).answer == answer


def test_a_date_that_does_not_exist_is_one_sentence() -> None:
    tool = PLUGINS["calendar"].given(ToolContext(user="me", store=NOWHERE, toolbox=NOWHERE))
    for question in ("30 February 2026", "tomorrow"):
        with pytest.raises(ToolError, match=r"^[A-Z].*\.$"):
            tool.use(question=question)
