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


def test_hostile_lines_each_get_their_line_in_order(tmp_path: Path) -> None:
    line_separator = chr(0x2028)
    source = tmp_path / "in.jsonl"
    lines = [
        b'\xef\xbb\xbf{"id": "bom", "turns": [{"text": "first"}]}',
        b'{"id": "bytes", "turns": [{"text": "\xff\xfe"}]}',
        b'{"id": "deep", "turns": ' + b"[" * 100_000,
        b'{"id": NaN, "turns": [{"text": "a"}]}',
        b"",
        b'{"turns": [{"text": "no id"}]}\r',
        json.dumps({"id": line_separator, "turns": [turn(f"a{line_separator}b")]},
                   ensure_ascii=False).encode(),
        b'{"id": "half \\ud800", "turns": [{"text": "half \\ud800"}]}',
        json.dumps({"id": "long", "turns": [turn("see", "q" * 300 + ".png")]}).encode(),
        b'{"id": "odd", "turns": [{"text": "see", "attachments": [{"path": "a.png"}]}]}',
        b'{"id": null, "turns": [{"text": "last"}]}',
    ]  # fmt: skip
    source.write_bytes(b"\n".join(lines))
    out = tmp_path / "out.jsonl"
    run_batch(source, out, Echo)  # type: ignore[arg-type]
    rows = [json.loads(line) for line in out.read_bytes().decode("utf-8").split("\n") if line]
    ids = ["bom", 2, 3, 4, 6, line_separator, "half \ud800", "long", "odd", None]
    assert [row["id"] for row in rows] == ids
    told = [row["reply"]["answer"] for row in rows]
    heard = ["first", None, None, None, "no id", f"a{line_separator}b", "half \ud800", "see"]
    assert told == [*heard, None, "last"]
    assert all(row["reply"]["text"].endswith(".") for row in rows if row["reply"]["answer"] is None)
    assert run_batch(source, out, Echo, resume=True) == 0  # type: ignore[arg-type]


def test_paths_are_beside_the_file_else_as_written(tmp_path: Path) -> None:
    paths = ["~/a.png", "https://example.org/a.png", "q" * 300]
    source = write(tmp_path / "in.jsonl", {"id": 1, "turns": [turn("see", *paths)]})
    echo = Echo()
    run_batch(source, tmp_path / "out.jsonl", lambda: echo)  # type: ignore[arg-type,return-value]
    assert echo.asked[0]["attachments"] == paths


def test_one_id_twice_keeps_two_answers(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", *({"id": 1, "turns": [turn(w)]} for w in ("a", "b")))
    out = tmp_path / "out.jsonl"
    run_batch(source, out, Echo)  # type: ignore[arg-type]
    assert run_batch(source, out, Echo, resume=True) == 0  # type: ignore[arg-type]
    assert [row["reply"]["answer"] for row in read(out)] == ["a", "b"]


def test_trouble_with_one_line_stops_no_other(tmp_path: Path) -> None:
    class Breaks(Echo):
        def ask(self, text: str, attachments: list[str], **more: Any) -> Reply:
            if text == "break":
                raise RuntimeError("0x7f secret detail")
            return super().ask(text, attachments, **more)

    words = ("a", "break", "c")
    source = write(tmp_path / "in.jsonl", *({"id": w, "turns": [turn(w)]} for w in words))
    run_batch(source, tmp_path / "out.jsonl", Breaks)  # type: ignore[arg-type]
    rows = read(tmp_path / "out.jsonl")
    assert [row["reply"]["answer"] for row in rows] == ["a", None, "c"]
    assert "RuntimeError" in rows[1]["reply"]["text"]
    assert "secret" not in rows[1]["reply"]["text"]


def test_an_empty_file_gives_an_empty_file_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "in.jsonl", "", "  ")
    assert run_batch(source, tmp_path / "out.jsonl", Echo) == 0  # type: ignore[arg-type]
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    assert "no lines" in " ".join(capsys.readouterr().err.split())
