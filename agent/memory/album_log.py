"""What is in people's albums, in SQLite: the truth that every index can be made from again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...data.world.scene import Scene
from ...data.world.video.story import Story
from ..database import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    user TEXT NOT NULL, artifact TEXT NOT NULL, added REAL NOT NULL, session TEXT NOT NULL,
    made_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (user, artifact)
);
CREATE TABLE IF NOT EXISTS views (
    user TEXT NOT NULL, artifact TEXT NOT NULL, page INTEGER NOT NULL, kind TEXT NOT NULL,
    words TEXT NOT NULL, scene TEXT, thumb BLOB NOT NULL, vector BLOB, sentences BLOB, look BLOB,
    PRIMARY KEY (user, artifact, page),
    FOREIGN KEY (user, artifact) REFERENCES items (user, artifact) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS clips (
    user TEXT NOT NULL, artifact TEXT NOT NULL, story TEXT NOT NULL, vector BLOB,
    PRIMARY KEY (user, artifact),
    FOREIGN KEY (user, artifact) REFERENCES items (user, artifact) ON DELETE CASCADE
);
"""
_SENTENCE = 384


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something in an album.

    Attributes:
        artifact: its id in the user's store.
        added: POSIX seconds.
        session: the conversation it was shown in; "" when it was added by itself.
        made_by: the models that looked at it; "" until one has.
    """

    artifact: str
    added: float
    session: str
    made_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What is kept of one picture, page or key frame.

    Attributes:
        page: from 1.
        kind: `picture`, `other` (a picture no model of ours knows), `page`, `receipt`, `invoice`,
            or `clip`.
        words: the text on it.
        scene: as parsed, where it is a tabletop.
        thumb: uint8 (12, 16, 3), to tell near duplicates.
        vector: float32 (E,), a unit row of the joint space; None without an embedder.
        sentences: float16 (S, 384), unit rows, of the text in pieces.
        look: what the matcher and the combiner read, packed; read from the file when asked for.
    """

    page: int
    kind: str
    thumb: np.ndarray
    words: str = ""
    scene: Scene | None = None
    vector: np.ndarray | None = None
    sentences: np.ndarray | None = None
    look: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What is kept of a clip as a whole.

    Attributes:
        story: what happens in it.
        vector: float32 (E,), a unit row of the clips' joint space; None without an encoder.
    """

    story: Story
    vector: np.ndarray | None = None


class AlbumLog:
    """All users' albums in one file.

    Args:
        path: the SQLite file; made when missing.
    """

    def __init__(self, path: Path) -> None:
        self._data = Database(path, _SCHEMA)

    def add(self, user: str, artifact: str, added: float, session: str = "") -> bool:
        """Put an artifact into the album; False when it is there already.

        What a conversation showed and is then added by itself outlives the conversation.
        """
        with self._data.writing() as connection:
            done = connection.execute(
                "INSERT OR IGNORE INTO items (user, artifact, added, session) VALUES (?, ?, ?, ?)",
                (user, artifact, added, session),
            )
            if not session:
                connection.execute(
                    "UPDATE items SET session = '' WHERE user = ? AND artifact = ?",
                    (user, artifact),
                )
        return done.rowcount > 0

    def remove(self, user: str, artifact: str) -> bool:
        """Take an artifact out; False when it was not in."""
        with self._data.writing() as connection:
            done = connection.execute(
                "DELETE FROM items WHERE user = ? AND artifact = ?", (user, artifact)
            )
        return done.rowcount > 0

    def forget_session(self, user: str, session: str) -> list[str]:
        """Take out what only that conversation showed; the artifacts' ids."""
        gone = self._data.rows(
            "SELECT artifact FROM items WHERE user = ? AND session = ?", (user, session)
        )
        for (artifact,) in gone:
            self.remove(user, artifact)
        return [artifact for (artifact,) in gone]

    def items(self, user: str) -> list[Item]:
        """The user's items, newest first."""
        rows = self._data.rows(
            "SELECT artifact, added, session, made_by FROM items WHERE user = ?"
            " ORDER BY added DESC, artifact",
            (user,),
        )
        return [Item(artifact=a, added=t, session=s, made_by=m) for a, t, s, m in rows]

    def note(
        self,
        user: str,
        artifact: str,
        made_by: str,
        noted: Sequence[Noted],
        watched: Watched | None = None,
    ) -> None:
        """Keep what was seen of an artifact, in place of what was kept before."""
        with self._data.writing() as connection:
            known = connection.execute(
                "UPDATE items SET made_by = ? WHERE user = ? AND artifact = ?",
                (made_by, user, artifact),
            )
            if not known.rowcount:  # taken out meanwhile
                return
            for table in ("views", "clips"):
                connection.execute(
                    f"DELETE FROM {table} WHERE user = ? AND artifact = ?", (user, artifact)
                )
            if watched is not None:
                story = json.dumps(watched.story.to_json())
                connection.execute(
                    "INSERT INTO clips VALUES (?, ?, ?, ?)",
                    (user, artifact, story, _bytes(watched.vector, np.float32)),
                )
            for view in noted:
                scene = json.dumps(view.scene.to_clevr()) if view.scene is not None else None
                connection.execute(
                    "INSERT INTO views VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        user, artifact, view.page, view.kind, view.words, scene,
                        view.thumb.astype(np.uint8).tobytes(), _bytes(view.vector, np.float32),
                        _bytes(view.sentences, np.float16), view.look,
                    ),
                )  # fmt: skip

    def views(self, user: str) -> dict[tuple[str, int], Noted]:
        """(artifact, page) -> what is kept of it, looks left out."""
        rows = self._data.rows(
            "SELECT artifact, page, kind, words, scene, thumb, vector, sentences FROM views"
            " WHERE user = ?",
            (user,),
        )
        return {
            (artifact, page): Noted(
                page=page,
                kind=kind,
                words=words,
                scene=Scene.from_clevr(json.loads(scene)) if scene else None,
                thumb=np.frombuffer(thumb, np.uint8).reshape(-1, 3),
                vector=_array(vector, np.float32),
                sentences=None if sentences is None else _array(sentences, np.float16, _SENTENCE),
            )
            for artifact, page, kind, words, scene, thumb, vector, sentences in rows
        }

    def kinds(self, user: str, artifact: str) -> list[str]:
        """The kinds of an artifact's views."""
        rows = self._data.rows(
            "SELECT DISTINCT kind FROM views WHERE user = ? AND artifact = ?", (user, artifact)
        )
        return [kind for (kind,) in rows]

    def clips(self, user: str) -> dict[str, Watched]:
        """Artifact -> what happens in it, of each clip that was watched."""
        rows = self._data.rows("SELECT artifact, story, vector FROM clips WHERE user = ?", (user,))
        return {
            artifact: Watched(
                story=Story.from_json(json.loads(story)), vector=_array(vector, np.float32)
            )
            for artifact, story, vector in rows
        }

    def look(self, user: str, artifact: str, page: int) -> bytes | None:
        """The packed look of one view."""
        rows = self._data.rows(
            "SELECT look FROM views WHERE user = ? AND artifact = ? AND page = ?",
            (user, artifact, page),
        )
        return rows[0][0] if rows else None

    def shred(self) -> None:
        """Leave no byte of what was removed in the file; see `Database.shred`."""
        self._data.shred()

    def close(self) -> None:
        """Close the file."""
        self._data.close()


def _bytes(values: np.ndarray | None, kind: type) -> bytes | None:
    return None if values is None else values.astype(kind).tobytes()


def _array(data: bytes | None, kind: type, width: int = 0) -> np.ndarray | None:
    if data is None:
        return None
    values = np.frombuffer(data, kind).astype(np.float32)
    return values.reshape(-1, width) if width else values
