"""The batch layout: each last turn answered in order, nothing kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.batch import ask_batch, read_lines


def test_last_turns_are_answered_in_order(make: Callable[..., Any], tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), "gray").save(tmp_path / "a.png")
    shown = {"role": "user", "text": "what colour is the sphere?", "attachments": ["a.png"]}
    said = {"role": "assistant", "text": "blue"}
    lines = [
        {"id": "x", "turns": [shown]},
        {"id": "y", "turns": [shown, said, {"role": "user", "text": "what is it made of?"}]},
        {"id": "bad"},
        {"id": "gone", "turns": [{**shown, "attachments": ["b.png"]}]},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    assistant = make()
    out = list(ask_batch(assistant, read_lines(tmp_path / "in.jsonl"), root=tmp_path))
    assert [entry["id"] for entry in out] == ["x", "y", "bad", "gone"]
    assert [entry["reply"]["answer"] for entry in out] == ["blue", "metal", None, None]
    assert "b.png" in out[3]["reply"]["text"]
    assert json.dumps(out) and assistant.sessions() == []


def test_lines_that_are_no_json_are_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1}\nnot json\n')
    with pytest.raises(ValueError, match="line 2"):
        list(read_lines(tmp_path / "in.jsonl"))
