"""One user's album: pictures, clips and pages, added by themselves or shown while chatting.

    album.add([artifact.id])
    album.search("pictures from last week with three balls")     # a ToolResult
    album.search("like this one but with a red ball", like=artifact)

`album_log` holds the truth. The vectors are also rows of ChromaDB: below `EXACT_BELOW` views every
one is compared (exact and fast), above it the nearest are looked up there.
"""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from ...tools.artifacts import Artifact, ArtifactStore, Attachable
from ...tools.results import ToolError, ToolResult
from ...tools.toolbox import Toolbox
from .album_log import AlbumLog, Item, Noted, Watched
from .album_search import alike_twice, found_result, rank
from .album_shelf import Comparing, Hit, Shelved
from .chroma import StoreBusy, VectorStore
from .noticing import made_by, notice, watch
from .when import Clock
from .wish import Wish, points_at_picture, read_wish

log = logging.getLogger(__name__)

EXACT_BELOW = 50_000
_NEAREST = 400
EMPTY = (
    "Your album is empty: send me pictures or documents here, or add a folder with "
    "`sightline album add FOLDER`."
)
SUFFIXES = frozenset(
    (
        ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".avif",
        ".pdf", ".mp4", ".webm", ".mov",
    )
)  # fmt: skip
_TWICE = re.compile(
    r"\b(?:duplicates?|doubles|dupes|(?:twice|more than once|two times)\W*$)", re.IGNORECASE
)


class Album:
    """Implements `tools.base.Searcher`.

    Args:
        log: everybody's albums; this object reads one user's rows and no others.
        user, store: whose album it is, and their files.
        toolbox: the models that look at new files and rank found ones.
        folder: the vector store's folder, shared by all users.
        clock: tells the time, POSIX seconds.
    """

    def __init__(
        self,
        log: AlbumLog,
        user: str,
        store: ArtifactStore,
        toolbox: Toolbox,
        folder: Path,
        clock: Clock = time.time,
    ) -> None:
        self.log = log
        self.user = user
        self.store = store
        self.toolbox = toolbox
        self.folder = folder
        self.clock = clock

    def add(self, artifacts: Sequence[str], session: str = "") -> int:
        """Put stored artifacts into the album; how many were not there yet.

        Args:
            session: the conversation they were shown in, "" when they are added by themselves.
        """
        now = self.clock()
        return sum(self.log.add(self.user, artifact, now, session) for artifact in artifacts)

    def add_files(
        self, sources: Sequence[Attachable], done: Callable[[int], None] = lambda number: None
    ) -> tuple[int, list[str]]:
        """Store files, put them into the album and look at them.

        Args:
            done: called with the number of files dealt with.

        Returns:
            how many are new, and one sentence on each that cannot be used.
        """
        new, problems = 0, []
        for number, source in enumerate(sources, start=1):
            try:
                new += self.add([self.store.add(source).id])
                self.note_new()
            except ToolError as error:
                problems.append(str(error))
            done(number)
        return new, problems

    def items(self) -> list[Item]:
        """What is in the album, newest first."""
        return self.log.items(self.user)

    def remove(self, artifact: str) -> bool:
        """Take an artifact out of the album (its file stays); False when it was not in."""
        if not self.log.remove(self.user, artifact):
            return False
        self._index_without([artifact])
        return True

    def forget_session(self, session: str) -> None:
        """Take out what only that conversation showed."""
        if gone := self.log.forget_session(self.user, session):
            self._index_without(gone)

    def note_new(self) -> int:
        """Look at whatever no model of this profile has looked at yet; how many files."""
        models = made_by(self.toolbox)
        waiting = [item for item in self.items() if item.made_by != models]
        for item in waiting:
            try:
                artifact = self.store.get(item.artifact)
                noted = notice(self.user, artifact, self.store, self.toolbox)
                watched = watch(self.user, artifact, self.store, self.toolbox)
            except ToolError as error:
                log.warning("an album file is skipped: %s", error)
                noted, watched = [], None
            except Exception as error:  # one file that a model trips over closes no album
                log.warning("an album file could not be looked at: %s", type(error).__name__)
                noted, watched = [], None
            self.log.note(self.user, item.artifact, models, noted, watched)
            self._index(item, noted, watched)
        return len(waiting)

    def search(self, words: str, like: Artifact | None = None) -> ToolResult:
        """What in the album fits `words`, looks like `like`, or is like it but as `words` say.

        Raises:
            ToolError: the profile has no search by pictures.
        """
        self.note_new()
        shelf = [row for row in self._shelf() if like is None or row.item.artifact != like.id]
        if not shelf:
            return ToolResult(text=EMPTY, answer="none")
        if like is None and _TWICE.search(words):
            return alike_twice(shelf, self.toolbox.ref("embed", "senses"))
        wish = read_wish(words, datetime.fromtimestamp(self.clock()))
        pool = [row for row in shelf if wish.allows(row.noted.kind, row.item.added)]
        if like is not None and not points_at_picture(words) and wish.topic:
            like = None
        look = None
        if like is not None:
            embedder = self.toolbox.sense("embed")
            if embedder is None:
                raise ToolError("This profile has no picture search, so tell me in words.")
            image = self.store.image(like.id)
            look = embedder.look([image])[0] if hasattr(embedder, "look") else image
        ranked = rank(wish, words, pool, self.toolbox, self._comparing(), look)
        return found_result(ranked, wish, shelf, self.toolbox, like is not None)

    def fitting(self, topic: str, among: Collection[str]) -> list[Hit]:
        """Views of these artifacts that show or say `topic`, best first."""
        self.note_new()
        pool = [row for row in self._shelf() if row.item.artifact in among]
        wish = Wish(topic=topic, kinds=frozenset(), span=None)
        return rank(wish, topic, pool, self.toolbox, self._comparing(), None)

    def index_again(self) -> None:
        """Put what is kept of every file into the vector store once more."""
        views, clips = self.log.views(self.user), self.log.clips(self.user)
        for item in self.items():
            noted = [view for (artifact, _), view in views.items() if artifact == item.artifact]
            self._index(item, noted, clips.get(item.artifact))

    def kinds(self, artifact: str) -> frozenset[str]:
        """What an artifact's views are, once it has been looked at; see `album_log.Noted`."""
        return frozenset(self.log.kinds(self.user, artifact))

    def _shelf(self) -> list[Shelved]:
        """Every view whose file is still stored."""
        views, clips = self.log.views(self.user), self.log.clips(self.user)
        by_artifact: dict[str, list[Noted]] = {}
        for (artifact, _), noted in views.items():
            by_artifact.setdefault(artifact, []).append(noted)
        shelf = []
        for item in self.items():
            try:
                artifact = self.store.get(item.artifact)
            except ToolError:
                continue
            shelf += [
                Shelved(item=item, noted=noted, artifact=artifact, watched=clips.get(item.artifact))
                for noted in by_artifact.get(item.artifact, ())
            ]
        return shelf

    def _comparing(self) -> Comparing:
        return Comparing(views=self._nearest, clips=self._nearest_clips, look=self._look_of)

    def _look_of(self, row: Shelved) -> bytes | None:
        return self.log.look(self.user, row.item.artifact, row.noted.page)

    def _nearest(self, query: np.ndarray, rows: Sequence[Shelved]) -> np.ndarray:
        """Cosine (N,) of each view with `query`; -1 for rows that are not worth comparing."""
        vectors = [row.noted.vector for row in rows]
        return self._cosines("album", query, vectors, [row.id for row in rows])

    def _nearest_clips(self, query: np.ndarray, rows: Sequence[Shelved]) -> np.ndarray:
        """The same of whole clips, each by one of its views."""
        vectors = [None if row.watched is None else row.watched.vector for row in rows]
        return self._cosines("clips", query, vectors, [row.item.artifact for row in rows])

    def _cosines(
        self,
        collection: str,
        query: np.ndarray,
        vectors: Sequence[np.ndarray | None],
        names: Sequence[str],
    ) -> np.ndarray:
        scores = np.full(len(names), -1.0, dtype=np.float32)
        known = [i for i, vector in enumerate(vectors) if vector is not None]
        near: set[str] | None = None
        if len(known) >= EXACT_BELOW:
            try:
                store = VectorStore.open(self.folder)
                near = {row for row, _, _ in store.nearest(collection, query, self.user, _NEAREST)}
            except StoreBusy:
                log.info("album index busy; comparing one by one")
        for i in known:
            vector = vectors[i]
            if near is not None and self._row_id(names[i]) not in near:
                continue
            if vector is not None and vector.shape == query.shape:
                scores[i] = float(vector @ query)
        return scores

    def _row_id(self, view: str) -> str:
        # Two users may own the same file.
        return f"{hashlib.sha256(self.user.encode()).hexdigest()[:24]}/{view}"

    def _index(self, item: Item, noted: Sequence[Noted], watched: Watched | None) -> None:
        views = [view for view in noted if view.vector is not None]
        about = {"user": self.user, "artifact": item.artifact, "created": item.added}
        try:
            if views:
                VectorStore.open(self.folder).add(
                    "album",
                    [self._row_id(f"{item.artifact}/{view.page}") for view in views],
                    np.stack([view.vector for view in views if view.vector is not None]),
                    [{**about, "kind": view.kind} for view in views],
                )
            if watched is not None and watched.vector is not None:
                VectorStore.open(self.folder).add(
                    "clips", [self._row_id(item.artifact)], watched.vector[None],
                    [{**about, "kind": "clip"}],
                )  # fmt: skip
        except StoreBusy:
            log.info("album index busy; the album itself has the vectors")

    def _index_without(self, artifacts: Sequence[str]) -> None:
        try:
            vectors = VectorStore.open(self.folder)
        except StoreBusy:
            return
        for artifact in artifacts:
            for collection in ("album", "clips"):
                vectors.remove(collection, self.user, artifact)


def files_below(folder: Path) -> list[Path]:
    """Files of a folder and its subfolders that an album can take, in order; hidden ones not."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
