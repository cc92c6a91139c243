"""The vector store: ChromaDB, embedded, with vectors of our own, for one process at a time.

Rows are vectors and a few facts about them; no text of anybody's is ever written here. They lie
in a folder `index-...` that `current` names, so that a clean copy can take its place in one step.
"""

import json
import logging
import os
import re
import shutil
import struct
import sys
import threading
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

COLLECTIONS: Final = ("words", "pictures", "album", "clips")
_BATCH: Final = 4000

_process = threading.Lock()
_open: dict[Path, "VectorStore"] = {}


class StoreBusy(Exception):
    """Another process holds the store; the message says which."""


def at_exit(error: BaseException) -> bool:
    """Whether it only says that the process is ending; nothing is wrong with the store then."""
    return isinstance(error, RuntimeError) and "shutdown" in str(error)


class VectorStore:
    """Cosine collections for all users: `words` and `pictures` of memories; `album` of views of
    files, and `clips` of whole clips.

    Use `VectorStore.open(folder)`: a process opens a folder once.

    Raises:
        StoreBusy: another process has it open.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._holder = folder / "holder.json"
        # Not thread-local: a lock taken by a thread must outlive it.
        self._file = FileLock(folder / "store.lock", timeout=0, thread_local=False)
        try:
            self._file.acquire()
        except Timeout as error:
            raise StoreBusy(who_holds(folder)) from error
        since = datetime.now().strftime("%H:%M on %d %B")
        about = {"pid": os.getpid(), "command": _command(), "since": since}
        _write_whole(self._holder, json.dumps(about))
        self._lock = threading.RLock()
        self._place = self._current()
        try:
            self._connect()
        except Exception as error:
            if at_exit(error):
                raise
            # It is an index: what it held is made again from the log and the files.
            log.warning("the memory index cannot be read and is made again: %s", error)
            self.start_over()
        else:
            self._keep_place()

    @classmethod
    def open(cls, folder: Path) -> "VectorStore":
        """This process's store at `folder`."""
        key = folder.resolve()
        with _process:
            if key not in _open:
                _open[key] = cls(folder)
            return _open[key]

    def close(self) -> None:
        """Give the store back to other processes."""
        with _process:
            _open.pop(self.folder.resolve(), None)
        with self._lock:
            self._client.close()
        self._file.release()

    def add(
        self,
        collection: str,
        ids: Sequence[str],
        vectors: np.ndarray,
        about: Sequence[Mapping[str, Any]],
    ) -> None:
        """Insert or replace rows: vectors (N, D), and one mapping each (with `user`)."""
        with self._lock:
            for start in range(0, len(ids), _BATCH):
                batch = slice(start, start + _BATCH)
                self._collections[collection].upsert(
                    ids=list(ids[batch]),
                    embeddings=np.asarray(vectors[batch], dtype=np.float32),
                    metadatas=[dict(entry) for entry in about[batch]],
                )

    def nearest(
        self, collection: str, vector: np.ndarray, user: str, count: int
    ) -> list[tuple[str, float, dict[str, Any]]]:
        """(id, cosine similarity, mapping) of the user's rows closest to `vector` (D,)."""
        with self._lock:
            found = self._collections[collection].query(
                query_embeddings=[np.asarray(vector, dtype=np.float32)],
                n_results=count,
                where={"user": user},
                include=["distances", "metadatas"],
            )
        rows = zip(
            found["ids"][0], (found["distances"] or [[]])[0], (found["metadatas"] or [[]])[0],
            strict=True,
        )  # fmt: skip
        return [(row_id, 1 - float(distance), dict(about)) for row_id, distance, about in rows]

    def rows(self, collection: str, user: str) -> dict[str, dict[str, Any]]:
        """id -> mapping of all the user's rows."""
        with self._lock:
            found = self._collections[collection].get(where={"user": user}, include=["metadatas"])
        pairs = zip(found["ids"], found["metadatas"] or [], strict=True)
        return {row_id: dict(about) for row_id, about in pairs}

    def remove(self, collection: str, user: str, artifact: str) -> None:
        """Remove the user's rows of one artifact."""
        with self._lock:
            self._collections[collection].delete(
                where={"$and": [{"user": user}, {"artifact": artifact}]}
            )

    def remove_rows(self, collection: str, ids: Sequence[str]) -> None:
        """Remove rows by their ids."""
        with self._lock:
            for start in range(0, len(ids), _BATCH):
                self._collections[collection].delete(ids=list(ids[start : start + _BATCH]))

    def forget(self, user: str) -> None:
        """Remove every row of `user` that the session log can bring back."""
        with self._lock:
            for name in ("words", "pictures"):
                self._collections[name].delete(where={"user": user})

    def shred(self) -> None:
        """Leave no byte of removed rows: what is kept moves to new files, the old are deleted.

        Deleted rows stay in Chroma's files until it writes over them, vectors and all.
        """
        with self._lock:
            kept = {
                name: collection.get(include=["embeddings", "metadatas"])
                for name, collection in self._collections.items()
            }
            self._client.close()
            # `current` keeps naming the old place until the new one is whole.
            before, self._place = self._place, self.folder / f"index-{uuid.uuid4().hex[:8]}"
            try:
                self._connect()
                for name, rows in kept.items():
                    if rows["ids"]:
                        vectors, about = np.asarray(rows["embeddings"]), rows["metadatas"] or []
                        self.add(name, rows["ids"], vectors, [entry or {} for entry in about])
            except BaseException:
                self._place = before
                self._connect()
                raise
            self._keep_place()
            _blank_unused(self._place)

    def start_over(self) -> None:
        """Begin with empty files."""
        with self._lock:
            if hasattr(self, "_client"):
                self._client.close()
            self._place = self.folder / f"index-{uuid.uuid4().hex[:8]}"
            self._connect()
            self._keep_place()

    def _current(self) -> Path:
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            name = ""
        if not re.fullmatch(r"index-[0-9a-f]{8}", name):
            name = f"index-{uuid.uuid4().hex[:8]}"
        return self.folder / name

    def _connect(self) -> None:
        # Here and not above: the client costs a second, and most turns never search.
        import chromadb
        from chromadb.config import Settings

        self._client: Any = chromadb.PersistentClient(
            path=str(self._place), settings=Settings(anonymized_telemetry=False)
        )
        self._collections = {
            name: self._client.get_or_create_collection(
                name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
            for name in COLLECTIONS
        }

    def _keep_place(self) -> None:
        """Name the place in use, and delete every other (also of an interrupted `shred`)."""
        _write_whole(self.folder / "current", self._place.name)
        ours = {self._place.name, "current", self._holder.name, "store.lock"}
        for other in self.folder.iterdir():
            if other.name not in ours:
                shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink()


def who_holds(folder: Path) -> str:
    """Which process has the store of `folder` open, as a sentence says it."""
    try:
        entry = json.loads((folder / "holder.json").read_text())
        return f"process {entry['pid']} ({entry['command']}, since {entry['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _command() -> str:
    """This process's command in short, without folders: they may tell more than is needed."""
    program = Path(sys.argv[0]).name or "python"
    return " ".join([program, *(word for word in sys.argv[1:3] if re.fullmatch(r"[\w.-]+", word))])


def _blank_unused(place: Path) -> None:
    """Overwrite the unused part of the graph files with zeros.

    hnswlib reserves room for elements to come and writes it out as the memory happened to be: it
    may hold anything this process had read, forgotten words among it. The header is its version
    (4 bytes), then 8 bytes each of offset, room, elements and bytes an element.
    """
    for header in place.glob("*/header.bin"):
        _, room, used, size = struct.unpack("<4Q", header.read_bytes()[4:36])
        for name, width in (("data_level0.bin", size), ("length.bin", 4)):
            file = header.with_name(name)
            # Only as long as the layout is the one known here.
            if file.exists() and file.stat().st_size == room * width:
                with file.open("r+b") as data:
                    data.seek(used * width)
                    data.write(bytes((room - used) * width))


def _write_whole(path: Path, text: str) -> None:
    """Written aside and renamed: a reader sees the old text or the new one, never half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text)
    draft.replace(path)
