"""Conversations in SQLite: they survive a restart, and each user sees only their own.

Several processes may read and write one file: write-ahead logging, one writer at a time.
"""

import json
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from .database import Database
from .reply import Reply

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    user TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
    created REAL NOT NULL, updated REAL NOT NULL, PRIMARY KEY (user, id)
);
CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL, session TEXT NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL,
    attachments TEXT NOT NULL, reply TEXT, created REAL NOT NULL,
    FOREIGN KEY (user, session) REFERENCES sessions (user, id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS messages_of ON messages (user, session, number);
"""


class Session(BaseModel):
    """A conversation, as listed."""

    id: str
    title: str
    created: float
    updated: float
    messages: int = 0


class Message(BaseModel):
    """One turn of a conversation; `attachments` are artifact ids that came with it."""

    role: Literal["user", "assistant"]
    text: str
    attachments: list[str] = Field(default_factory=list)
    reply: Reply | None = None
    created: float = 0.0
    number: int = 0


class SessionLog:
    """All users' conversations in one file.

    Args:
        path: the SQLite file; made when missing.
        clock: tells the time, POSIX seconds.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._data = Database(path, _SCHEMA)
        self._clock = clock

    def start(self, user: str, session: str | None = None, title: str = "") -> str:
        """The session's id; it is made if the user has none of that id (None: a new id)."""
        session = session or uuid.uuid4().hex[:12]
        now = self._clock()
        with self._data.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO sessions VALUES (?, ?, ?, ?, ?)",
                (user, session, title, now, now),
            )
        return session

    def append(self, user: str, session: str, messages: Sequence[Message]) -> None:
        """Add messages in one transaction; the first user message names an untitled session."""
        now = self._clock()
        with self._data.writing() as connection:
            for message in messages:
                connection.execute(
                    "INSERT INTO messages (user, session, role, text, attachments, reply, created)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        user,
                        session,
                        message.role,
                        message.text,
                        json.dumps(message.attachments),
                        message.reply.model_dump_json() if message.reply else None,
                        message.created or now,
                    ),
                )
            title = _title([m.text for m in messages if m.role == "user"])
            connection.execute(
                "UPDATE sessions SET updated = ?, title = CASE WHEN title = '' THEN ? ELSE title"
                " END WHERE user = ? AND id = ?",
                (now, title, user, session),
            )

    def messages(self, user: str, session: str) -> list[Message]:
        """The session's messages, oldest first; none when the user has no such session."""
        rows = self._data.rows(
            "SELECT role, text, attachments, reply, created, number FROM messages"
            " WHERE user = ? AND session = ? ORDER BY number",
            (user, session),
        )
        return [_message(row) for row in rows]

    def since(self, user: str, number: int) -> list[tuple[str, Message]]:
        """The user's messages after `number`, with their session: what memory has yet to read."""
        rows = self._data.rows(
            "SELECT role, text, attachments, reply, created, number, session FROM messages"
            " WHERE user = ? AND number > ? ORDER BY number",
            (user, number),
        )
        return [(row[6], _message(row[:6])) for row in rows]

    def sessions(self, user: str) -> list[Session]:
        """The user's conversations, latest first."""
        rows = self._data.rows(
            "SELECT s.id, s.title, s.created, s.updated, count(m.number) FROM sessions s"
            " LEFT JOIN messages m ON m.user = s.user AND m.session = s.id"
            " WHERE s.user = ? GROUP BY s.id ORDER BY s.updated DESC",
            (user,),
        )
        return [
            Session(id=r[0], title=r[1], created=r[2], updated=r[3], messages=r[4]) for r in rows
        ]

    def rename(self, user: str, session: str, title: str) -> bool:
        """Give the session a title; False when the user has no such session."""
        with self._data.writing() as connection:
            done = connection.execute(
                "UPDATE sessions SET title = ? WHERE user = ? AND id = ?",
                (" ".join(title.split())[:120], user, session),
            )
        return done.rowcount > 0

    def delete(self, user: str, session: str) -> bool:
        """Remove the session and its messages; False when the user has no such session."""
        with self._data.writing() as connection:
            done = connection.execute(
                "DELETE FROM sessions WHERE user = ? AND id = ?", (user, session)
            )
        return done.rowcount > 0

    def erase(self, user: str, numbers: Collection[int]) -> None:
        """Remove messages; sessions are titled anew, and go when nothing of them is left."""
        with self._data.writing() as connection:
            touched: set[str] = set()
            for number in numbers:
                found = connection.execute(
                    "SELECT session FROM messages WHERE user = ? AND number = ?", (user, number)
                ).fetchone()
                touched |= {found[0]} if found else set()
                connection.execute(
                    "DELETE FROM messages WHERE user = ? AND number = ?", (user, number)
                )
            for session in touched:
                left = connection.execute(
                    "SELECT text FROM messages WHERE user = ? AND session = ? AND role = 'user'"
                    " ORDER BY number",
                    (user, session),
                ).fetchall()
                connection.execute(
                    "UPDATE sessions SET title = ? WHERE user = ? AND id = ?",
                    (_title([text for (text,) in left]), user, session),
                )
            connection.execute(
                "DELETE FROM sessions WHERE user = ? AND NOT EXISTS (SELECT 1 FROM messages m"
                " WHERE m.user = sessions.user AND m.session = sessions.id)"
                f" AND id IN ({','.join('?' * len(touched))})",
                (user, *touched),
            )

    def users(self) -> list[str]:
        """Everybody who has a conversation."""
        return [user for (user,) in self._data.rows("SELECT DISTINCT user FROM sessions", ())]

    def shred(self) -> None:
        """Leave no byte of what was removed in the file; see `Database.shred`."""
        self._data.shred()

    def close(self) -> None:
        """Close the file."""
        self._data.close()


def _title(asked: Sequence[str]) -> str:
    """The first of the user's messages that says something, shortened."""
    return " ".join(next((text for text in asked if text.strip()), "").split())[:60]


def _message(row: Sequence[Any]) -> Message:
    return Message(
        role=row[0],
        text=row[1],
        attachments=json.loads(row[2]),
        reply=Reply.model_validate_json(row[3]) if row[3] else None,
        created=row[4],
        number=row[5],
    )
