"""Batches: order, paths beside the file, bad lines, resuming."""

import json
from pathlib import Path
from typing import Any

import pytest
from sightline.agent.reply import Reply
from sightline.cli.batch import run_batch
from sightline.cli.common import Failure


class Echo:
    """Stands in for the assistant: says what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def ask(self, text: str, attachments: list[str], **more: Any) -> Reply:
        self.asked.append({"text": text, "attachments": attachments, **more})
        return Reply(text=f"you said {text}", answer=text)


def write(path: Path, *lines: Any) -> Path:
    path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines))
    return path


def turn(text: str, *files: str, role: str = "user") -> dict[str, Any]:
    return {"role": role, "text": text, "attachments": list(files)}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_answers_last_turns_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    source = write(
        tmp_path / "in.jsonl",
        {"id": "b", "turns": [turn("one", "a.png"), turn("two", role="assistant"), turn("three")]},
        {"id": 7, "turns": [turn("four")]},
    )
    echo = Echo()
    assert run_batch(source, tmp_path / "out.jsonl", lambda: echo, user="u") == 2  # type: ignore[arg-type,return-value]
    rows = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == ["b", 7]
    assert [row["reply"]["answer"] for row in rows] == ["three", "four"]
    first = echo.asked[0]
    assert [t["text"] for t in first["history"]] == ["one", "two"]
    assert first["history"][0]["attachments"] == [str(tmp_path / "a.png")]
    assert first["keep"] is False
    assert first["user"] == "u"


def test_bad_lines_get_one_sentence_each(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        "not json",
        {"id": "x"},
        {"id": "y", "turns": [turn("hm", role="assistant")]},
        {"id": "z", "turns": [{"role": "user", "text": 5}]},
        {"id": "ok", "turns": [turn("fine")]},
    )
    run_batch(source, tmp_path / "out.jsonl", Echo)  # type: ignore[arg-type]
    rows = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == [1, "x", "y", "z", "ok"]
    assert "not a JSON object" in rows[0]["reply"]["text"]
    assert all(row["reply"]["text"].endswith(".") for row in rows[:4])
    assert rows[4]["reply"]["answer"] == "fine"


def test_resume_keeps_what_is_answered(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        *({"id": i, "turns": [turn(str(i))]} for i in range(3)),
    )
    out = write(tmp_path / "out.jsonl", {"id": 1, "reply": {"text": "kept"}}, '{"id": 2, "re')
    assert run_batch(source, out, Echo, resume=True) == 2  # type: ignore[arg-type]
    rows = read(out)
    assert [row["id"] for row in rows] == [0, 1, 2]
    assert rows[1]["reply"]["text"] == "kept"
    assert rows[2]["reply"]["answer"] == "2"


def test_source_is_never_overwritten(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", {"id": 1, "turns": [turn("a")]})
    with pytest.raises(Failure):
        run_batch(source, source, Echo)  # type: ignore[arg-type]
    assert read(source)[0]["id"] == 1
