"""Forgetting for good: out of the log, the files, the album and the index, down to the bytes.

What goes with a thing: the turns about it, files that only those turns showed, pictures made from
these, and every later turn that recalled any of it. What is to go is noted first (by number and id,
never by its words), so that a forgetting that was interrupted is finished at the next start.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...tools.artifacts import ArtifactStore
from ...tools.results import ToolError
from ..sessions import SessionLog
from ..tape import Recorder
from .album import Album
from .chroma import COLLECTIONS, StoreBusy, VectorStore
from .facts import same_fact
from .past import Remembered, read_past
from .recalling import Memory

# The names of pictures drawn for browsers, which the web server copies for itself.
_DRAWN = re.compile(r"[0-9a-f]{64}\.\w+$")


@dataclass(frozen=True, kw_only=True)
class Doomed:
    """What will be forgotten.

    Attributes:
        turns: whole turns, with the replies.
        artifacts: ids of files.
        everything: nothing of this user's stays.
    """

    turns: tuple[Remembered, ...] = ()
    artifacts: frozenset[str] = frozenset()
    everything: bool = False

    @property
    def numbers(self) -> list[int]:
        """The log's numbers of the turns' messages."""
        return [number for turn in self.turns for number in turn.numbers]


@dataclass(kw_only=True)
class Proof:
    """What was still found after forgetting, place by place; `clean` when it is nothing."""

    left: dict[str, list[str]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing is left."""
        return not any(self.left.values())

    @property
    def places(self) -> list[str]:
        """Where something is left."""
        return [place for place, left in self.left.items() if left]


class Forgetter:
    """Forgets for one user.

    Args:
        home: the folder of everything that is kept.
        memory: that user's memory, with its log, store and album.
        tape: what the assistant records its turns on, if it does.
    """

    def __init__(self, home: Path, memory: Memory, tape: Recorder | None = None) -> None:
        self.home = home
        self.tape = tape
        self.memory = memory
        self.user = memory.user
        self.log: SessionLog = memory.log
        self.store: ArtifactStore = memory.store
        self.album: Album | None = memory.album

    def everything(self) -> Doomed:
        """All that is kept of this user."""
        ids = frozenset(artifact.id for artifact in self.store.list())
        return Doomed(turns=tuple(read_past(self.log, self.user)), artifacts=ids, everything=True)

    def with_all_about(
        self, turns: Iterable[Remembered] = (), artifacts: Collection[str] = ()
    ) -> Doomed:
        """The turns and files, and everything that would still tell of them."""
        past = read_past(self.log, self.user)
        gone = {turn.id: turn for turn in turns}
        files = set(artifacts)
        own = {item.artifact for item in self.album.items() if not item.session} if (
            self.album is not None) else set()  # fmt: skip
        stored = self.store.list()
        while True:
            before = len(gone), len(files)
            files |= {made.id for made in stored if made.parent in files}
            facts = [fact for turn in gone.values() for fact in turn.facts]
            for turn in past:
                cited = {cite.removeprefix("album/").split("/")[0] for cite in turn.cites}
                recalled = any(cite == t or cite.startswith(f"{t}/")
                               for cite in turn.cites for t in gone)  # fmt: skip
                repeated = any(same_fact(f, fact) for f in turn.facts for fact in facts)
                if recalled or repeated or files & (turn.artifacts | cited):
                    gone[turn.id] = turn
            kept = {a for turn in past if turn.id not in gone for a in turn.artifacts}
            for turn in gone.values():
                files |= turn.artifacts - kept - own
            if before == (len(gone), len(files)):
                return Doomed(
                    turns=tuple(sorted(gone.values(), key=lambda t: t.asked.number)),
                    artifacts=frozenset(files),
                )

    def forget(self, doomed: Doomed) -> Proof:
        """Delete, and look whether anything is left.

        Raises:
            ToolError: another process holds the index, so that it cannot be cleaned.
        """
        try:
            vectors = VectorStore.open(self.memory.folder)
        except StoreBusy as busy:
            raise ToolError(
                f"I can't forget for good now: my memory's index is in use by {busy}. "
                "Please close that and ask me again."
            ) from busy
        notes = self.home / "forgetting"
        notes.mkdir(exist_ok=True)
        note = notes / f"{uuid.uuid4().hex}.json"
        about = {
            "user": self.user, "numbers": doomed.numbers, "artifacts": sorted(doomed.artifacts),
            "everything": doomed.everything,
        }  # fmt: skip
        note.write_text(json.dumps(about))
        self._delete(doomed.numbers, doomed.artifacts, doomed.everything, vectors)
        if self.tape is not None:
            said = [words for turn in doomed.turns for words in (turn.asked.text, *turn.facts)]
            self.tape.drop(self.user, None if doomed.everything else [*said, *doomed.artifacts])
        note.unlink()
        return self.proof(doomed)

    def finish_interrupted(self) -> int:
        """Finish what a killed process had begun to forget; how many times that was."""
        done = 0
        for note in (self.home / "forgetting").glob("*.json"):
            try:
                about = json.loads(note.read_text())
            except ValueError:  # killed before anything was deleted
                note.unlink()
                continue
            if about["user"] != self.user:
                continue
            try:
                vectors = VectorStore.open(self.memory.folder)
            except StoreBusy:  # the next start finds the note again
                return done
            self._delete(about["numbers"], about["artifacts"], about["everything"], vectors)
            note.unlink()
            done += 1
        return done

    def proof(self, doomed: Doomed) -> Proof:
        """What is still found of it, asked of each place anew."""
        numbers = set(doomed.numbers)
        rows = self.log.since(self.user, 0)
        proof = Proof()
        proof.left["log"] = [str(m.number) for _, m in rows if m.number in numbers]
        proof.left["uploads"] = [
            file.name for file in _web_files(self.home) if _digest(file) in doomed.artifacts
        ]
        proof.left["files"] = [a.id for a in self.store.list() if a.id in doomed.artifacts]
        if self.album is not None:
            proof.left["album"] = [
                item.artifact for item in self.album.items() if item.artifact in doomed.artifacts
            ]
        vectors = VectorStore.open(self.memory.folder)
        ids = {turn.id for turn in doomed.turns}
        proof.left["index"] = [
            row
            for name in COLLECTIONS
            for row, about in vectors.rows(name, self.user).items()
            if about.get("artifact") in doomed.artifacts
            or any(f"{about.get('trace')}/".startswith(f"{turn}/") for turn in ids)
        ]
        return proof

    def _delete(
        self,
        numbers: Sequence[int],
        artifacts: Collection[str],
        everything: bool,
        vectors: VectorStore,
    ) -> None:
        self.log.erase(self.user, numbers)
        if everything:
            for session in self.log.sessions(self.user):
                self.log.delete(self.user, session.id)
        if self.album is not None:
            listed = {item.artifact for item in self.album.items()}
            for artifact in listed if everything else listed & set(artifacts):
                self.album.remove(artifact)
        for artifact in artifacts:
            self.store.remove(artifact)
        if everything:
            self.store.clear()
        for file in _web_files(self.home):
            # Drawings for browsers are made again when they are wanted; uploads go by their bytes.
            if _DRAWN.match(file.name) or _digest(file) in artifacts:
                file.unlink(missing_ok=True)
        # The log no longer has them, so their rows go.
        self.memory.caught_up()
        vectors.shred()
        self.log.shred()
        if self.album is not None:
            self.album.log.shred()


def _web_files(home: Path) -> list[Path]:
    """What the web chat has received and drawn; see `interfaces.web`."""
    return [path for path in (home / "web").glob("*/**/*") if path.is_file()]


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""  # cleaned up meanwhile


def traces_left(home: Path, needle: bytes) -> list[Path]:
    """Files below `home` whose raw bytes hold `needle`."""
    return [p for p in sorted(home.rglob("*")) if p.is_file() and needle in p.read_bytes()]
