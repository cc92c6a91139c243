"""A SQLite file shared by threads and processes: write-ahead logging, one writer at a time."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Database:
    """One file of tables.

    Args:
        path: the SQLite file; made when missing.
        schema: statements that make the tables where they are missing.
    """

    def __init__(self, path: Path, schema: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten, so that no forgotten word stays in a free page.
        self._connection.execute("PRAGMA secure_delete=ON")
        self._lock = threading.RLock()
        with self.writing() as connection:
            connection.executescript(schema)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: kept when the block ends well, undone when it raises."""
        with self._lock, self._connection:
            yield self._connection

    def rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def shred(self) -> None:
        """Rewrite the file and empty its log: no byte of a deleted row is left in either.

        Raises:
            sqlite3.OperationalError: another process keeps reading an old state of the file.
        """
        with self._lock:
            self._connection.execute("VACUUM")
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise sqlite3.OperationalError("database is locked")

    def close(self) -> None:
        """Close the file; nothing can be read or written afterwards."""
        with self._lock:
            self._connection.close()
