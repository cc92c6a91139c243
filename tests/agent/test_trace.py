"""What a reply keeps of each step, and the timeline drawn from it."""

import threading
from collections.abc import Sequence
from io import StringIO
from typing import Any

from PIL import Image
from rich.console import Console
from sightline.agent.interfaces.timeline import bars, drawn, gave_lines, timeline_lines
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.reply import Reply, Step, gave
from sightline.models.tasks import Caption
from sightline.tools.results import Box, ToolResult

# Beginnings and lengths are each kept to a tenth of a millisecond.
ROUNDED = 0.2
GRAY = Image.new("RGB", (320, 240), "gray")


def call(tool: str, *after: int, **args: str) -> PlannedCall:
    return PlannedCall(tool=tool, args=args, after=after)


def ask(assistant: Any, text: str, *calls: PlannedCall) -> Reply:
    assistant.planner.script[text] = Plan(calls=calls, model="fake")
    return assistant.ask(text, [GRAY])


class Together:
    """Describes a picture only once all who look at it have come."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2, timeout=60)

    def caption(self, images: Sequence[Any], style: str = "normal") -> list[Caption]:
        self.barrier.wait()
        return [Caption(text="There is a small red rubber cube.", confidence=0.9, style=style)]


def test_calls_side_by_side_overlap_and_those_that_wait_do_not(make) -> None:
    assistant = make({"tools.caption": Together()})
    reply = ask(
        assistant, "both at once", call("caption", style="short"), call("caption", style="long")
    )
    plan, one, other, *checks = bars(reply.steps)
    assert plan.step.tool == "plan" and [c.step.tool for c in checks] == ["check"] * 2
    assert plan.ended <= one.began + ROUNDED < other.ended and other.began < one.ended
    assert all(one.ended <= c.began + ROUNDED and c.ended <= c.of for c in checks)
    reply = ask(
        assistant, "in turn", call("ground", phrase="the red cube"),
        call("vqa", 0, question="how many cubes?"),
    )  # fmt: skip
    _, first, second, *_ = bars(reply.steps)
    assert first.step.tool == "ground" and first.ended <= second.began + ROUNDED


def test_a_step_keeps_what_its_call_gave(make) -> None:
    assistant = make()
    reply = ask(
        assistant, "find it", call("ground", phrase="metal things"),
        call("vqa", question="how many cubes?"), call("ground", phrase="the cylinder"),
    )  # fmt: skip
    found, counted, missing = (s.gave for s in reply.steps if s.role == "perception")
    assert counted is not None and counted.answer == "2" and counted.pieces == 2
    assert found is not None and [type(e) for e in found.evidence] == [Box, Box]
    assert found.evidence[0] in reply.evidence
    assert missing is not None and not missing.evidence and not missing.artifacts
    assert gave_lines(counted)[0] == "gave: 2"
    kept = assistant.history("me", reply.session)[-1].reply
    assert kept == reply


def test_what_a_step_keeps_is_bounded() -> None:
    box = Box(artifact="f" * 64, x0=0, y0=0, x1=1, y1=1, label="cube")
    result = ToolResult(text="word " * 9000, answer="9" * 900, evidence=(box,) * 90)
    kept = gave(result)
    assert len(kept.text) == len(kept.answer or "") == 300 and kept.pieces == 90
    assert len(kept.model_dump_json()) < 2000
    assert gave_lines(kept)[-1] == "evidence: and 86 more"


def test_what_was_to_be_forgotten_stands_in_no_step(make) -> None:
    assistant = make()
    ask(assistant, "my code is 4471", call("vqa", question="what is my code 4471?"))
    assistant.ask("forget what I told you about my code")
    for message in assistant.history("me", assistant.sessions()[0].id):
        if message.reply and any(s.tool == "forget" for s in message.reply.steps):
            assert all(s.gave is None for s in message.reply.steps)


def test_bars_are_drawn_where_and_as_long_as_the_steps_were() -> None:
    steps = [
        Step(role="planner", tool="plan", began=0, ms=25),
        Step(role="perception", tool="vqa", began=25, ms=75),
        Step(role="perception", tool="caption", began=50, ms=0.1),
    ]
    assert [bar.drawn(8) for bar in bars(steps)] == ["██░░░░░░", "░░██████", "░░░░█░░░"]
    assert timeline_lines(steps, 4)[1] == (
        "░███ Perception looked for the answer (75 ms, after 25 ms)"
    )
    # Replies kept before beginnings were noted: one after the other.
    old = [step.model_copy(update={"began": 0.0}) for step in steps]
    assert [bar.began for bar in bars(old)] == [0, 25, 100]
    assert bars([]) == [] and timeline_lines([Step(role="planner", tool="plan")])


def test_the_drawn_turn_shows_calls_results_and_claims(make) -> None:
    reply = ask(make(), "count", call("vqa", question="how many cubes?"))
    console = Console(width=100, record=True, file=StringIO())
    console.print(drawn("count", ["scene.png"], reply))
    text = console.export_text()
    for part in (
        "you> count  [scene.png]",
        "question: how many cubes?",
        "gave: 2",
        "Verifier checked it another way",
        "another route came to the same",
        "█",
    ):
        assert part in text, text  # fmt: skip
