"""`sightline ask --batch`: answer the last turn of every conversation of a file, in order.

A line in: {"id", "turns": [{"role", "text", "attachments": [path, ...]}]}; paths are relative to
the file's folder. A line out: {"id", "reply"}, the reply as `Reply` spells it (`text`, `answer`,
`claims`, `evidence`, `steps`, `abstained`); a line without an id is named by its number.
"""

import json
import os
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .common import Failure, err, sentence

if TYPE_CHECKING:
    from ..agent.assistant import Assistant


def run_batch(
    source: Path,
    target: Path,
    make: "Callable[[], Assistant]",
    *,
    user: str = "me",
    resume: bool = False,
) -> int:
    """Answer every line of `source` into `target`; the number of lines answered now.

    Every line that is not blank gets its line, in order: one that cannot be used is answered by one
    sentence that says why.

    Raises:
        Failure: `source` is missing, or `target` cannot be written.
    """
    if not source.is_file():
        raise Failure(f"There is no file {source}.")
    if target.resolve() == source.resolve():
        raise Failure("--out must be another file than --batch.")
    # Cut at line feeds alone: JSON may hold other characters that `splitlines` would cut at.
    raw = source.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    lines = [(number, line) for number, line in enumerate(raw, start=1) if line.strip()]
    if not lines:
        err.print(f"{source} holds no lines to answer.", markup=False, highlight=False)
    kept = answered(target) if resume else {}
    target.parent.mkdir(parents=True, exist_ok=True)
    assistant: Assistant | None = None
    done = 0
    progress = Progress(
        TextColumn("answering"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=err, transient=True,
    )  # fmt: skip
    # Rewritten from the start with what is kept, so that the order is always the input's.
    with target.open("w", encoding="utf-8") as file, progress:
        bar = progress.add_task("", total=len(lines))
        for number, line in lines:
            entry = _parsed(line)
            name = entry.get("id", number) if entry is not None else number
            key = json.dumps(name)
            if kept.get(key):
                file.write(kept[key].popleft() + "\n")
                progress.advance(bar)
                continue
            problem = _problem(entry, number)
            if problem:
                reply = _sentence(problem)
            else:
                assert entry is not None
                assistant = assistant or make()
                try:
                    reply = answer(assistant, entry["turns"], source.parent, user)
                except Exception as error:  # one line's trouble is not the next one's
                    if os.environ.get("SIGHTLINE_DEBUG"):
                        raise
                    reply = _sentence(sentence(error))
            file.write(_written({"id": name, "reply": reply}) + "\n")
            file.flush()
            done += 1
            progress.advance(bar)
    return done


def answer(
    assistant: "Assistant", turns: list[Mapping[str, Any]], folder: Path, user: str
) -> dict[str, Any]:
    """The reply to the last turn, as JSON-able values."""
    placed = [
        {
            "role": turn.get("role", "user"),
            "text": turn.get("text") or "",
            "attachments": [_beside(folder, path) for path in turn.get("attachments") or ()],
        }
        for turn in turns
    ]
    last = placed[-1]
    reply = assistant.ask(
        last["text"],
        attachments=last["attachments"],
        user=user,
        history=placed[:-1],
        keep=False,
    )
    return reply.model_dump(mode="json")


def answered(target: Path) -> dict[str, deque[str]]:
    """Lines that a file of answers holds, by the JSON of their id, those of one id in their order;
    a cut-off last line is left."""
    kept: dict[str, deque[str]] = defaultdict(deque)
    for line in target.read_bytes().split(b"\n") if target.is_file() else ():
        entry = _parsed(line)
        if entry is not None and "id" in entry and "reply" in entry:
            kept[json.dumps(entry["id"])].append(line.decode("utf-8"))
    return kept


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line.decode("utf-8"), parse_constant=_no_json)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _written(entry: dict[str, Any]) -> str:
    """One line of JSON; half a surrogate pair, which UTF-8 lacks, has the whole line escaped."""
    line = json.dumps(entry, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(entry)
    return line


def _problem(entry: dict[str, Any] | None, number: int) -> str:
    if entry is None:
        return f"Line {number} is not a JSON object."
    turns = entry.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) for t in turns):
        return f'Line {number} needs "turns", a list of {{"role", "text", "attachments"}}.'
    if turns[-1].get("role", "user") != "user":
        return f"The last turn of line {number} is not the user's."
    for turn in turns:
        if not isinstance(turn.get("text") or "", str):
            return f'A "text" of line {number} is not a text.'
        files = turn.get("attachments") or []
        if not isinstance(files, list) or not all(isinstance(path, str) for path in files):
            return f'"attachments" of line {number} is not a list of paths.'
    return ""


def _sentence(text: str) -> dict[str, Any]:
    from ..agent.reply import Reply

    return Reply(text=text).model_dump(mode="json")


def _beside(folder: Path, path: str) -> str:
    try:
        return str(folder / path) if (folder / path).exists() else path
    except OSError:  # no file system holds such a name
        return path
