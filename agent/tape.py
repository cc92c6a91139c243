"""Conversations recorded and replayed: what planner, tools and checks said, as JSON lines.

    sightline ask "how many cubes?" --image scene.png --record talk.jsonl
    sightline ask "how many cubes?" --image scene.png --replay talk.jsonl

Each line holds the hash of what was asked and what came of it. A replay loads no model: it answers
from the file, and ends with one clear sentence where the file holds no answer. What was asked is
the conversation so far with the files in view, and the call or the claim; a replay is therefore of
the same messages in the same order, by whichever user.
"""

import hashlib
import json
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

Said = dict[str, Any]


class NotRecorded(ValueError):
    """A replay was asked for what its file does not hold."""


class Recorder:
    """Writes to the end of a file of JSON lines; safe to share between threads.

    Args:
        path: the file; made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def keep(self, asked: Said, said: Said, user: str = "") -> None:
        """Write down what was asked, by its hash, and what came of it, for whom."""
        about = {"key": key_of(asked), "what": asked["what"], "by": mark_of(user)}
        line = json.dumps({**about, **said}, ensure_ascii=False)
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def drop(self, user: str, words: Collection[str] | None = None) -> None:
        """Take out what the user forgets: every line that holds one of `words`; None: all lines."""
        by = mark_of(user)
        spelled = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words or () if word]

        def goes(line: str) -> bool:
            if json.loads(line).get("by") != by:
                return False
            return words is None or any(word in line for word in spelled)

        with self._lock:
            lines = self.path.read_text(encoding="utf-8").splitlines()
            kept = "".join(f"{line}\n" for line in lines if line and not goes(line))
            draft = self.path.with_name(f"{self.path.name}.part")
            draft.write_text(kept, encoding="utf-8")
            draft.replace(self.path)


class Replay:
    """Answers from a file that a `Recorder` wrote; what was recorded twice counts as said last.

    Raises:
        NotRecorded: there is no such file, or it is not of that format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise NotRecorded(f"There is no recording {path} to replay.") from error
        try:
            read = [json.loads(line) for line in lines]
            self._said: dict[str, Said] = {said["key"]: said for said in read}
        except (ValueError, TypeError, KeyError) as error:
            raise NotRecorded(f"{path} is not a recording of `--record`.") from error

    def find(self, asked: Said) -> Said:
        """What came of it when it was recorded.

        Raises:
            NotRecorded: it never was.
        """
        said = self._said.get(key_of(asked))
        if said is None:
            raise NotRecorded(
                f"{self.path} holds nothing for this: {asked['what']}. A replay needs the same "
                "messages and files in the same order as were recorded."
            )
        return said


Tape = Recorder | Replay


def mark_of(user: str) -> str:
    """What stands for a user in a recording, so that what they forget can be found in it."""
    return hashlib.sha256(f"user/{user}".encode()).hexdigest()[:16] if user else ""


def key_of(asked: Said) -> str:
    """The hash of what was asked."""
    told = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
