"""Many conversations, one after the other: the batch layout of `sightline ask --batch`.

In: {"id", "turns": [{"role", "text", "attachments": [path, ...]}]} per line; out: {"id", "reply"}.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .assistant import Assistant
from .reply import Reply


def ask_batch(
    assistant: Assistant,
    lines: Iterable[Mapping[str, Any]],
    user: str = "me",
    root: Path | None = None,
) -> Iterator[dict[str, Any]]:
    """Answer the last turn of each conversation, in order; nothing is kept.

    Args:
        assistant: who answers.
        lines: entries in the batch layout.
        user: whose conversations these are.
        root: folder that relative attachment paths start from; None: where the process runs.

    Yields:
        {"id", "reply"}; an entry that cannot be used gets a reply of one sentence.
    """
    for number, line in enumerate(lines):
        yield {"id": line.get("id", number), "reply": _answer(assistant, line, user, root)}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a JSON-lines file.

    Raises:
        ValueError: a line that is no JSON object; the message has its number.
    """
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                entry = json.loads(text)
            except ValueError as error:
                raise ValueError(f"line {number} of {path.name} is not JSON") from error
            if not isinstance(entry, dict):
                raise ValueError(f"line {number} of {path.name} is not a JSON object")
            yield entry


def _answer(
    assistant: Assistant, line: Mapping[str, Any], user: str, root: Path | None
) -> dict[str, Any]:
    turns = line.get("turns")
    if not isinstance(turns, list) or not turns or not isinstance(turns[-1], dict):
        return Reply(text='A line needs "turns", the last of them the user\'s.').model_dump()
    *earlier, last = [_rooted(turn, root) for turn in turns]
    if last.get("role", "user") != "user":
        return Reply(text="The last turn must be the user's.").model_dump()
    reply = assistant.ask(
        str(last.get("text", "")),
        attachments=last.get("attachments") or (),
        user=user,
        history=earlier,
        keep=False,
    )
    return reply.model_dump(mode="json")


def _rooted(turn: Mapping[str, Any], root: Path | None) -> dict[str, Any]:
    paths = [str(path) for path in turn.get("attachments") or ()]
    if root is not None:
        paths = [p if "://" in p else str(root / p) for p in paths]
    return {**turn, "attachments": paths}
