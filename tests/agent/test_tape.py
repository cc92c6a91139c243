"""A conversation recorded, and replayed without any model: the same replies."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline import Assistant
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.reply import Reply
from sightline.agent.tape import NotRecorded
from sightline.cli.main import app
from sightline.models.tasks import Answer
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.results import ToolError
from typer.testing import CliRunner


def call(tool: str, *after: int, **args: str) -> PlannedCall:
    return PlannedCall(tool=tool, args=args, after=after)


# Calls side by side and in turn, a picture made and then asked about, a document, a tool that
# cannot do it, a claim that is contradicted; small talk besides.
PLANS = {
    "how many, and what is there?": (call("vqa", question="how many cubes?"), call("caption")),
    "rotate it and look": (
        call("edit", instruction="rotate it"),
        call("caption", 0, style="short"),
    ),
    "find it, then count": (
        call("ground", phrase="the red cube"),
        call("vqa", 0, question="how many cubes?"),
    ),
    "what is in it now?": (call("caption", style="long"),),
    "crop to nothing": (call("edit", instruction="crop to the cylinder"),),
    "what is the total?": (call("document_qa", question="what is the total?"),),
}
TALK = (
    ("hi there", ""),
    ("how many, and what is there?", "gray"),
    ("rotate it and look", ""),
    ("what is in it now?", ""),
    ("find it, then count", "silver"),
    ("crop to nothing", ""),
    ("what is the total?", "white"),
    ("is there a sphere?", "gray"),
    ("thanks", ""),
)
# What a program of its own does: answer from the tape, and say which libraries that took.
REPLAY = """
import json, sys
from pathlib import Path
from sightline import Assistant
folder, tape = Path(sys.argv[1]), sys.argv[2]
assistant = Assistant(home=folder / "other", replay=tape)
replies = [
    assistant.ask(text, [folder / f"{c}.png"] if c else [], user="ann", session="s").model_dump()
    for text, c in json.loads(sys.argv[3])
]
heavy = sorted({"torch", "transformers", "onnxruntime", "scipy"} & set(sys.modules))
print(json.dumps({"replies": replies, "heavy": heavy}))
"""


class Doubter:
    """A second route that contradicts the first about the sphere."""

    def answer(self, images: Sequence[Any], questions: Sequence[str], *_: Any) -> list[Answer]:
        sphere = "sphere" in questions[0]
        return [Answer(text="no" if sphere else "2", confidence=0.95)]


def told(replies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Replies without how long each step took."""
    for reply in replies:
        for step in reply["steps"]:
            step.update(began=0, ms=0)
    return json.loads(json.dumps(replies))


@pytest.fixture
def recorded(make: Any, tmp_path: Path) -> tuple[Path, list[Reply]]:
    tape = tmp_path / "talk.jsonl"
    assistant: Assistant = make(models={"checks.vqa": Doubter()}, record=tape)
    planner: Any = assistant.planner
    planner.script.update({text: Plan(calls=calls, model="m") for text, calls in PLANS.items()})
    for colour in ("gray", "silver", "white"):
        Image.new("RGB", (320, 240), colour).save(tmp_path / f"{colour}.png")
    return tape, [
        assistant.ask(text, [tmp_path / f"{colour}.png"] if colour else [], session="s")
        for text, colour in TALK
    ]


def test_a_replay_gives_the_same_replies_without_any_model(
    recorded: tuple[Path, list[Reply]], tmp_path: Path
) -> None:
    tape, replies = recorded
    words = [sys.executable, "-c", REPLAY, str(tmp_path), str(tape), json.dumps(TALK)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    again = json.loads(done.stdout)
    assert told(again["replies"]) == told([reply.model_dump() for reply in replies])
    assert again["heavy"] == []
    # The talk is worth its name: every kind of thing happened in it.
    tools = {(step.tool, step.ok) for reply in replies for step in reply.steps}
    assert "look_again" in {tool for tool, _ in tools}
    assert {("vqa", True), ("caption", True), ("ground", True), ("document_qa", True),
            ("edit", True), ("edit", False)} <= tools  # fmt: skip
    made = next(reply.made[0] for reply in replies if reply.made)
    turned = Assistant(home=tmp_path / "other", replay=tape).store("ann").image(made)
    assert turned.size == (240, 320)


def test_what_was_not_recorded_is_said(recorded: tuple[Path, list[Reply]], tmp_path: Path) -> None:
    tape, _ = recorded
    gray, silver = tmp_path / "gray.png", tmp_path / "silver.png"
    first = Assistant(home=tmp_path / "a", replay=tape)
    with pytest.raises(NotRecorded, match=r"nothing for this: the planner for “something else”"):
        first.ask("something else", [gray])
    with pytest.raises(NotRecorded, match="nothing for this: the planner"):
        first.ask("how many, and what is there?", [silver])  # said of another picture
    (tmp_path / "new.png").write_bytes(b"")
    Image.new("RGB", (50, 50), "red").save(tmp_path / "new.png")
    with pytest.raises(NotRecorded, match=r"nothing for this: the file new\.png"):
        first.ask("how many, and what is there?", [tmp_path / "new.png"])
    # A call that is missing ends the turn; it does not become a sentence of the reply.
    lines = [line for line in tape.read_text().splitlines() if '"what": "vqa' not in line]
    (tmp_path / "less.jsonl").write_text("\n".join(lines))
    second = Assistant(home=tmp_path / "b", replay=tmp_path / "less.jsonl")
    second.ask("hi there", session="s")
    with pytest.raises(NotRecorded, match="nothing for this: vqa"):
        second.ask("how many, and what is there?", [gray], session="s")


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotRecorded, match="There is no recording"):
        Assistant(home=tmp_path, replay=tmp_path / "none.jsonl")
    (tmp_path / "letter.txt").write_text("Dear all,\n")
    with pytest.raises(NotRecorded, match="is not a recording"):
        Assistant(home=tmp_path, replay=tmp_path / "letter.txt")


def test_the_command_records_and_replays(
    recorded: tuple[Path, list[Reply]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tape, replies = recorded
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path / "cli"))
    words = ["ask", "how many, and what is there?", "-i", str(tmp_path / "gray.png")]
    short = tmp_path / "short.jsonl"
    assistant = Assistant(home=tmp_path / "cli", replay=tape)
    assistant.ask("hi there", session="s")
    answer = CliRunner().invoke(app, [*words, "-s", "s", "--replay", str(tape)])
    assert replies[1].text in answer.output, answer.output
    both = CliRunner().invoke(app, [*words, "--replay", str(tape), "--record", str(short)])
    assert both.exit_code == 1 and "not both" in str(both.exception)
    recording = CliRunner().invoke(app, ["ask", "hi there", "--record", str(short)])
    assert recording.exit_code == 0 and "hi there" in short.read_text()
    again = CliRunner().invoke(app, ["ask", "hi there", "--replay", str(short)])
    assert again.exit_code == 0
    assert again.output.split("\n")[0] == recording.output.split("\n")[0]


def test_a_tape_writes_files_nowhere_else(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path / "store", "me")
    for artifact, name in (("a" * 64, "../../out"), ("../" + "a" * 61, "original")):
        with pytest.raises(ToolError, match="not the files"):
            store.unpack(artifact, {name: b"x"})
    assert not list(tmp_path.glob("out*")) and not store.list()
