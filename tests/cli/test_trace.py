"""`sightline trace` on a home whose turns are known."""

import json
from pathlib import Path

import pytest
from sightline.agent.reply import Claim, Gave, Reply, Step
from sightline.agent.sessions import Message, SessionLog
from sightline.cli.main import app
from typer.testing import CliRunner, Result


@pytest.fixture
def home(tmp_path: Path) -> Path:
    log = SessionLog(tmp_path / "sessions.sqlite", clock=iter(range(100)).__next__)
    for session, counted in (("old", "7"), ("new", "3")):
        log.start("me", session)
        for word in ("cubes", "balls"):
            text = f"There are {counted} {word}."
            gave = Gave(text=text, answer=counted)
            reply = Reply(
                text=text,
                answer=counted,
                claims=[Claim(text=text, status="verified")],
                steps=[
                    Step(role="planner", tool="plan", ms=2),
                    Step(role="perception", tool="vqa", args={"question": f"how many {word}?"},
                         began=2, ms=6, gave=gave),
                    Step(role="verifier", tool="check", began=8, ms=1, note="verified"),
                ],
            )  # fmt: skip
            asked = Message(role="user", text=f"how many {word}?", attachments=["0" * 64])
            log.append("me", session, [asked, Message(role="assistant", text=text, reply=reply)])
    log.close()
    return tmp_path


def run(home: Path, *words: str) -> Result:
    env = {"SIGHTLINE_HOME": str(home), "COLUMNS": "100"}
    return CliRunner().invoke(app, ["trace", *words], env=env)


def test_the_latest_turn_is_shown(home: Path) -> None:
    shown = run(home).output
    assert "new, turn 2 of 2" in shown and "you> how many balls?  [a file that is gone]" in shown
    assert "question: how many balls?" in shown and "gave: There are 3 balls." in shown
    assert "✓ There are 3 balls. (another route came to the same)" in shown and "█" in shown


def test_any_turn_is_shown_also_as_json(home: Path) -> None:
    assert "There are 7 cubes." in run(home, "old", "--turn", "1").output
    told = json.loads(run(home, "old", "-t", "1", "--json").output)
    assert told["asked"] == "how many cubes?" and (told["session"], told["turn"]) == ("old", 1)
    reply = Reply.model_validate(told["reply"])
    assert reply.answer == "7" and reply.steps[1].gave == Gave(text=reply.text, answer="7")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("old", "--turn", "3"), "has 2 turns; there is no turn 3"),
        (("other",), "no conversation other"),
        (("--user", "bob"), "no conversation yet"),
    ],
)
def test_what_is_not_there_is_said(home: Path, words: tuple[str, ...], why: str) -> None:
    done = run(home, *words)
    assert done.exit_code == 1 and why in str(done.exception)
