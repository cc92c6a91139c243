"""`sightline memory` on a home whose past is known."""

from pathlib import Path

import pytest
from sightline.agent.memory import index
from sightline.agent.memory.chroma import VectorStore
from sightline.agent.reply import Claim, Reply, Step
from sightline.agent.sessions import Message, SessionLog
from sightline.cli.main import app
from typer.testing import CliRunner, Result


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Letters, not meaning: what is tested is the command.
    def embed(texts: list[str]) -> "index.np.ndarray":
        rows = index.np.stack(
            [index.np.bincount(list(t.lower().encode()), minlength=256) for t in texts]
        ).astype("float32")
        return rows / index.np.linalg.norm(rows, axis=1, keepdims=True)

    monkeypatch.setattr(index, "embed", embed)
    place = tmp_path / "home"
    log = SessionLog(place / "sessions.sqlite")
    log.start("me", "s1")
    steps = [Step(role="librarian", tool="remember", args={"fact": "the key is under the pot"})]
    said = Reply(text="I'll remember.", steps=steps)
    asked = Message(role="user", text="Remember that the key is under the pot.")
    log.append("me", "s1", [asked, Message(role="assistant", text=said.text, reply=said)])
    claim = Claim(text="There are 3 zebras.", status="verified")
    counted = Reply(text=claim.text, claims=[claim], steps=[Step(role="p", tool="vqa")])
    asked = Message(role="user", text="how many zebras?")
    log.append("me", "s1", [asked, Message(role="assistant", text=counted.text, reply=counted)])
    log.close()
    return place


def run(home: Path, *words: str, say: str = "") -> Result:
    done = CliRunner().invoke(app, ["memory", *words], input=say, env={"SIGHTLINE_HOME": str(home)})
    if (home / "memory" / "store.lock").exists():
        VectorStore.open(home / "memory").close()
    return done


def test_list_show_and_search(home: Path) -> None:
    listed = run(home, "list")
    assert "the key is under the pot" in listed.output and "how many zebras?" in listed.output
    facts = run(home, "list", "--facts").output
    assert "s1/1/fact/0" in facts and "zebras" not in facts
    shown = run(home, "show", "s1").output
    assert "Checked: There are 3 zebras." in shown and "the key is under the pot" in shown
    assert "3 zebras" in run(home, "search", "how many zebras did you count?").output
    assert run(home, "list", "--user", "bob").output.strip() == "Nothing is remembered yet."
    assert run(home, "show", "other").exit_code == 1


def test_verify_and_rebuild(home: Path) -> None:
    lacking = run(home, "verify")
    assert lacking.exit_code == 1 and "lacks 3 rows" in str(lacking.exception)
    assert "2 turns" in run(home, "rebuild").output
    assert "agrees" in run(home, "verify").output


def test_forget_by_words_takes_what_fits_best(home: Path) -> None:
    done = run(home, "forget", "how many zebras?", "--yes")
    assert "3 zebras" in done.output and "Nothing of it is left." in done.output, done.output
    assert "the key is under the pot" in run(home, "list").output
    assert "in no file" in run(home, "verify", "--gone", "zebras").output


def test_forget_asks_back_and_leaves_no_byte(home: Path) -> None:
    assert run(home, "verify", "--gone", "under the pot").exit_code == 1
    kept = run(home, "forget", "s1/1", say="n\n")
    assert kept.exit_code == 1 and "1 turns and 0 files" in kept.output
    done = run(home, "forget", "s1/1", say="y\n")
    assert "Nothing of it is left." in done.output, done.output
    assert "in no file" in run(home, "verify", "--gone", "under the pot").output
    assert "zebras" in run(home, "list").output
    run(home, "forget", "--everything", "--yes")
    assert "in no file" in run(home, "verify", "--gone", "zebras").output
    assert run(home, "forget", "--session", "s1").exit_code == 1
    assert run(home, "forget").exit_code == 1
