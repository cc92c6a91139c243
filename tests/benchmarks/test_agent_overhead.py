"""The overhead benchmark: both engines really make the calls, keep the turns, and are timed."""

import sqlite3
from pathlib import Path

from sightline.agent.sessions import SessionLog
from sightline.benchmarks.agent_overhead import measure, ours, theirs


def test_both_engines_make_every_call_and_keep_the_turn(tmp_path: Path) -> None:
    file = tmp_path / "theirs.sqlite"
    engines = {"ours": ours(tmp_path / "home"), "theirs": theirs(file, "async")}
    figures = measure(engines, steps=3, rounds=1)
    assert all(f.ms > 0 and f.cpu_ms > 0 for f in figures.values())
    log = SessionLog(tmp_path / "home" / "sessions.sqlite")
    kept = [log.messages("me", session.id)[1].reply for session in log.sessions("me")]
    assert len(kept) == 3  # two to warm up
    for reply in kept:
        assert reply is not None and reply.answer == "0; 1; 2"
        assert [step.tool for step in reply.steps if step.role == "perception"] == ["counter"] * 3
    with sqlite3.connect(file) as connection:
        threads, kept_each = connection.execute(
            "SELECT count(DISTINCT thread_id), count(*) FROM checkpoints"
        ).fetchone()
    assert threads == 3 and kept_each > 3 * 6
