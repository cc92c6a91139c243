"""Plans as graphs: references, second plans, budgets, stops; over a small world of known truth."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.planning import (
    Comparison,
    Failed,
    Plan,
    PlannedCall,
    PlannerUnavailable,
    Turn,
    checked,
)
from sightline.agent.references import file_named, for_each, named, renumbered, with_answers
from sightline.agent.reply import Reply
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.limits import Limits
from sightline.tools.pages import Pages
from sightline.tools.registry import find_tools
from sightline.tools.results import Box, ToolError, ToolResult
from sightline.tools.toolbox import Toolbox

GRAY = Image.new("RGB", (320, 240), "gray")
DARK = Image.new("RGB", (320, 240), "#333333")


def call(tool: str, *after: int, **args: str) -> PlannedCall:
    return PlannedCall(tool=tool, args=args, after=after)


def steps(reply: Reply, *tools: str) -> list[tuple[str, bool]]:
    return [(step.tool, step.ok) for step in reply.steps if not tools or step.tool in tools]


def test_references_are_read_and_renumbered() -> None:
    args = {"artifact": "$2.items", "query": "receipts from $0.answer", "note": "costs $5"}
    assert file_named(args) == 2 and for_each(args) and named(args) == {0, 2}
    moved = renumbered(args, {0: 4, 2: 7})
    assert moved == {**args, "artifact": "$7.items", "query": "receipts from $4.answer"}
    assert with_answers(args, {0: "ACME"})["query"] == "receipts from ACME"
    assert file_named({"artifact": "a1"}) is None and not for_each({"artifact": "$1"})


def test_a_plan_that_refers_ahead_is_refused() -> None:
    tools = find_tools()
    good = Plan(calls=(call("ground", phrase="x"), call("caption", artifact="$0")))
    assert checked(good, tools).calls[1].after == (0,)
    with pytest.raises(PlannerUnavailable, match="does not come before"):
        checked(Plan(calls=(call("caption", artifact="$0"),)), tools)


def test_what_follows_a_change_looks_at_the_changed_picture(make) -> None:
    assistant = make()
    plan = Plan(calls=(call("edit", instruction="rotate it"), call("caption", style="short")))
    assistant.planner.script["rotate it and look"] = plan
    reply = assistant.ask("rotate it and look", [GRAY])
    turned = assistant.store().image(reply.made[0])
    assert turned.size == (240, 320)
    caption = next(step for step in reply.steps if step.tool == "caption")
    assert caption.args["artifact"] == reply.made[0]
    assert "In the changed picture: There is a small red rubber cube." in reply.text
    # What is asked of the picture as it was waits for nothing.
    both = Plan(calls=(plan.calls[0], call("vqa", question="how many cubes in the original?")))
    assistant.planner.script["rotate it, and the original"] = both
    first = assistant.ask("rotate it, and the original", [GRAY])
    assert next(s for s in first.steps if s.tool == "vqa").args["artifact"] == "a1"


def test_nothing_is_cropped_where_nothing_was_found(make) -> None:
    assistant = make()
    calls = (call("ground", phrase="the cylinder"), call("edit", instruction="crop to it"))
    assistant.planner.script["find it and crop"] = Plan(calls=calls)
    reply = assistant.ask("find it and crop", [GRAY])
    assert steps(reply, "ground", "edit") == [("ground", True), ("edit", False)]
    assert reply.text == "I can't find “the cylinder” in this picture." and not reply.made


class Shelf:
    """An album in which every search finds the same files."""

    def __init__(self, found: Sequence[str]) -> None:
        self.found = tuple(found)

    def search(self, words: str, like: Any = None) -> ToolResult:
        boxes = tuple(Box(artifact=a, x0=0, y0=0, x1=1, y1=1) for a in self.found)
        text = f"I found {len(self.found)}."
        # The best comes last, as the album gives them.
        return ToolResult(text=text, evidence=boxes, artifacts=self.found[::-1])


def test_each_file_that_is_found_is_looked_at(make, monkeypatch) -> None:
    assistant = make(limits=Limits(items=2))
    store = assistant.store()
    files = [store.add((f"{n}.png", _png(n))).id for n in range(3)]
    monkeypatch.setattr(assistant, "album", lambda user: Shelf(files))
    calls = (
        call("retrieve", query="my pictures with cubes"),
        call("ground", phrase="the red cube"),
    )
    assistant.planner.script["show me my cubes"] = Plan(calls=calls)
    reply = assistant.ask("show me my cubes", keep=False)
    looked = [s.args["artifact"] for s in reply.steps if s.tool == "ground"]
    assert sorted(looked) == sorted(files[:2])
    assert [(e.artifact, e.x1) for e in reply.evidence if e.type == "box" and e.x1 > 1] == [
        (files[0], 80.0), (files[1], 80.0),
    ]  # fmt: skip
    lines = reply.text.splitlines()
    assert lines[:3] == [
        "I found 3.",
        "0.png: Here it is: a small red rubber cube.",
        "1.png: Here it is: a small red rubber cube.",
    ]
    assert reply.notices == ["I looked at the first 2 of the 3 that I found."]


def _png(number: int) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    Image.new("RGB", (320, 240), (100 + number, 100, 100)).save(buffer, "PNG")
    return buffer.getvalue()


class Mending:
    """Plans one call, and what a test hands it when that failed."""

    def __init__(self, first: Plan, second: Plan) -> None:
        self.plans = (first, second)
        self.failed: list[Sequence[Failed]] = []
        self.cancelled: list[Any] = []

    def plan(self, turns: Sequence[Turn], tools: Any, **how: Any) -> Plan:
        self.cancelled.append(how["cancelled"])
        if failed := how.get("failed", ()):
            self.failed.append(failed)
            return self.plans[1]
        return self.plans[0]


MISSING = Plan(calls=(call("vqa", question="how many cubes?", artifact="a5"),))


def test_a_failure_is_planned_again_with_the_error_in_sight(make) -> None:
    second = Plan(calls=(call("vqa", question="how many cubes?", artifact="a1"),))
    planner = Mending(MISSING, second)
    reply = make(planner=planner).ask("how many cubes?", [GRAY])
    assert reply.answer == "2"
    (failed,) = planner.failed[0]
    assert failed.call.tool == "vqa" and failed.why.startswith("There is no attachment a5")
    assert steps(reply, "plan", "vqa", "plan again") == [
        ("plan", True), ("vqa", False), ("vqa", True), ("plan again", True),
    ]  # fmt: skip
    assert reply.text.splitlines()[0].startswith("There is no attachment a5")


def test_it_is_planned_again_once_and_never_the_same(make) -> None:
    worse = Plan(calls=(call("vqa", question="how many cubes?", artifact="a7"),))
    planner = Mending(MISSING, worse)
    reply = make(planner=planner).ask("how many cubes?", [GRAY])
    assert len(planner.failed) == 1 and reply.answer is None
    assert reply.text == "There is no attachment a5; there are 1 in view."
    same = Mending(MISSING, MISSING)
    again = make(planner=same).ask("how many cubes?", [GRAY])
    assert len(same.failed) == 1 and again.text == reply.text
    note = next(s.note for s in again.steps if s.tool == "plan again")
    assert note == "Planning again came to the same calls, so I left it at that."


def test_what_waited_for_a_failure_goes_along_with_its_second_try(make) -> None:
    first = replace(MISSING, calls=(
        call("ground", phrase="the red cube", artifact="a5"),
        call("edit", instruction="crop to it", artifact="$0"),
    ))  # fmt: skip
    second = Plan(calls=(call("ground", phrase="the red cube", artifact="a1"),))
    reply = make(planner=Mending(first, second)).ask("find it and crop", [GRAY])
    assert steps(reply, "ground", "edit") == [
        ("ground", False), ("ground", True), ("edit", False), ("edit", True),
    ]  # fmt: skip
    assert assistant_size(reply)[0] < 320


def assistant_size(reply: Reply) -> tuple[int, int]:
    width, height = reply.text.rsplit("(", 1)[1].split(" pixels")[0].split(" x ")
    return int(width), int(height)


def test_the_router_mends_by_rule() -> None:
    from sightline.agent.llm.repair import repaired

    turns = [Turn(role="user", text="?", attachments=("picture", "document"))]
    tools = find_tools()

    def mended(made: PlannedCall) -> list[tuple[str, Any]]:
        plan = repaired([Failed(call=made, why="no")], turns, tools)
        return [(c.tool, c.args["artifact"]) for c in plan.calls]

    assert mended(call("vqa", question="?", artifact="a2")) == [("vqa", "a1")]
    assert mended(call("vqa", question="?", artifact="a9")) == [("vqa", "a1")]
    assert mended(call("ground", phrase="it", artifact="a1")) == [("vqa", "a1")]
    assert mended(call("vqa", question="?", artifact="a1")) == []
    assert mended(call("edit", instruction="crop", artifact="a2")) == []  # nobody asked for that
    assert mended(call("caption", artifact="$0")) == []


def test_tokens_are_a_budget(make) -> None:
    planner = Mending(replace(MISSING, tokens=30_000), MISSING)
    reply = make(planner=planner).ask("how many cubes?", [GRAY])
    assert not planner.failed
    assert reply.notices == ["Planning took more than 20,000 tokens, so I did not plan again."]


def test_a_stopped_turn_runs_nothing_more(make) -> None:
    planner = Mending(MISSING, MISSING)
    assistant = make(planner=planner)

    class Stopping:
        def classify(self, images: Sequence[Any]) -> list[Any]:
            assistant.stop("me", "s")
            return assistant_domain(images)

    def assistant_domain(images: Sequence[Any]) -> list[Any]:
        guess = type("Guess", (), {"kind": "tabletop", "confidence": 1.0})()
        return [guess for _ in images]

    assistant = make({"senses.domain": Stopping()}, planner=planner)
    reply = assistant.ask("how many cubes?", [GRAY], session="s")
    assert reply.text == "Stopped." and not planner.failed
    # The planner holds the very event that is set, so that it can close a request.
    assert planner.cancelled[0].is_set()


def test_no_page_is_opened_after_a_stop(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path, "me")
    page = store.add(GRAY)
    cancelled = threading.Event()
    context = ToolContext(
        user="me", store=store, toolbox=Toolbox("embedded"), attachments=(page,),
        cancelled=cancelled,
    )  # fmt: skip
    pages = Pages(context, page.id)
    assert [image.size for image in pages] == [(320, 240)] and len(pages) == 1
    assert pages[-1].size == (320, 240) and len(pages[:]) == 1
    cancelled.set()
    with pytest.raises(ToolError, match="Stopped"):
        pages[0]


def test_answers_are_weighed_in_one_sentence(make) -> None:
    assistant = make()
    asked = [call("vqa", question="how many cubes?", artifact=f"a{n}") for n in (1, 2)]
    for asks, answer, text in (
        ("whether", "no", "No, the first picture has 2 cubes and the second picture 2: the same."),
        ("which", "same", "Neither, they are the same: the first picture has 2 cubes"),
        ("difference", "0", "There is no difference: the first picture has 2 cubes"),
    ):
        weigh = Comparison(calls=(0, 1), asks=asks, noun="cubes")  # type: ignore[arg-type]
        assistant.planner.script["weigh them"] = Plan(calls=tuple(asked), comparisons=(weigh,))
        reply = assistant.ask("weigh them", [GRAY, DARK])
        assert reply.answer == answer and reply.text.startswith(text)
        assert len(reply.claims) == 1 and len(reply.evidence) == 4
        assert ("compare", True) in steps(reply)


def test_files_are_compared_when_their_names_are_said(make) -> None:
    assistant = make()
    reply = assistant.ask(
        "is the total on this receipt more than on the last one?", [white(1), white(2)]
    )
    assert reply.answer == "no" and "12.40" in reply.text and reply.text.endswith("the same.")
    assert [s.args["artifact"] for s in reply.steps if s.tool == "document_qa"] == ["a2", "a1"]
    assert reply.claims[0].status == "verified"


def white(side: int) -> Image.Image:
    return Image.new("RGB", (300 + side, 400), "white")


def test_what_is_asked_of_a_made_picture_is_remembered_with_it(make) -> None:
    assistant = make()
    turned = Plan(
        calls=(call("edit", instruction="rotate it"), call("vqa", question="how many cubes?"))
    )
    assistant.planner.script["rotate it and count"] = turned
    first = assistant.ask("rotate it and count", [GRAY])
    # "And metal ones?" goes on from the question about the turned picture.
    reply = assistant.ask("and metal ones?", session=first.session)
    assert reply.answer == "1"
    assert reply.artifacts == [first.made[0]]


def test_clauses_that_a_planner_leaves_out_are_planned_one_by_one(make) -> None:
    assistant = make()
    assistant.planner.script["how many cubes? then show me the red cube"] = Plan(
        calls=(call("vqa", question="how many cubes?"),)
    )
    reply = assistant.ask("how many cubes? then show me the red cube", [GRAY])
    assert steps(reply, "vqa", "ground") == [("vqa", True), ("ground", True)]
    assert reply.text.splitlines() == [
        "There are 2 cubes.", "Here it is: a small red rubber cube.",
    ]  # fmt: skip
    said = [[turn.text for turn in turns] for turns in assistant.planner.seen]
    assert said[1:] == [
        ["how many cubes?"],
        ["how many cubes?", "Done.", "show me the red cube"],
    ]
