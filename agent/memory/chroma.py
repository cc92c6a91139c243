"""The vector store: ChromaDB, embedded, with vectors of our own, for one process at a time."""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

COLLECTIONS = ("words", "pictures", "album")

_process = threading.Lock()
_open: dict[Path, "VectorStore"] = {}


class StoreBusy(Exception):
    """Another process holds the store; the message says which."""


class VectorStore:
    """Cosine collections for all users: `words` and `pictures` of turns, `album` of files.

    Use `VectorStore.open(folder)`: a process opens a folder once.

    Raises:
        StoreBusy: another process has it open.
    """

    def __init__(self, folder: Path) -> None:
        # Here and not above: the client costs a second, and most turns never search.
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._holder = folder / "holder.json"
        # Not thread-local: a lock taken by a thread must outlive it.
        self._file = FileLock(folder / "store.lock", timeout=0, thread_local=False)
        try:
            self._file.acquire()
        except Timeout as error:
            raise StoreBusy(self._who()) from error
        since = datetime.now().strftime("%H:%M")
        self._holder.write_text(json.dumps({"pid": os.getpid(), "since": since}))
        client = chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._collections = {
            name: client.get_or_create_collection(
                name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
            for name in COLLECTIONS
        }
        self._lock = threading.Lock()

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
        self._file.release()

    def add(
        self,
        collection: str,
        ids: Sequence[str],
        vectors: np.ndarray,
        about: Sequence[Mapping[str, Any]],
        texts: Sequence[str],
    ) -> None:
        """Insert or replace rows: vectors (N, D), one mapping (with `user`) and one text each."""
        if len(ids):
            with self._lock:
                self._collections[collection].upsert(
                    ids=list(ids),
                    embeddings=np.asarray(vectors, dtype=np.float32),
                    metadatas=[dict(entry) for entry in about],
                    documents=list(texts),
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

    def remove(self, collection: str, user: str, artifact: str) -> None:
        """Remove the user's rows of one artifact."""
        with self._lock:
            self._collections[collection].delete(
                where={"$and": [{"user": user}, {"artifact": artifact}]}
            )

    def forget(self, user: str) -> None:
        """Remove every row of `user` that the session log can bring back."""
        with self._lock:
            for name in ("words", "pictures"):
                self._collections[name].delete(where={"user": user})

    def _who(self) -> str:
        try:
            entry = json.loads(self._holder.read_text())
            return f"process {entry['pid']} (since {entry['since']})"
        except (OSError, ValueError, KeyError):
            return "another process"
