"""The index over one user's session log: rows that are found by words and by pictures.

The log is the truth; the vector store is an index over it that may lag, be held by another
process, be lost, or be rebuilt. Every turn, every fact stated and every region pointed at is a row
of `words`; every picture sent and every region's crop, one of `pictures`.
"""

import atexit
import hashlib
import logging
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL.Image import Image

from ...tools.artifacts import ArtifactStore
from ...tools.results import ToolError
from ...tools.toolbox import Toolbox
from ..language import embed
from ..sessions import SessionLog
from .album import Album
from .chroma import StoreBusy, VectorStore, at_exit
from .past import Remembered, Trace, read_past, traces_of

log = logging.getLogger(__name__)

_NEAREST = 300
_CROP_MARGIN = 0.15

_CATCHING_UP: "weakref.WeakSet[MemoryIndex]" = weakref.WeakSet()


@atexit.register
def _settle_all() -> None:
    # A thread that is in the middle of native code when Python goes away takes the process with it.
    for index in list(_CATCHING_UP):
        index.settle()


class MemoryIndex:
    """Keeps one user's rows in step with the log, and finds among them.

    Args:
        folder: the vector store's folder, shared by all users.
        user: whose memory this is; no other user's rows are ever read.
        log, store: the user's conversations and files.
        toolbox: for the picture embedder.
        album: what the user's files show, indexed again with the rest; None leaves that out.
    """

    def __init__(
        self,
        folder: Path,
        user: str,
        log: SessionLog,
        store: ArtifactStore,
        toolbox: Toolbox,
        album: Album | None = None,
    ) -> None:
        self.folder = folder
        self.user = user
        self.log = log
        self.store = store
        self.toolbox = toolbox
        self.album = album
        self._lock = threading.RLock()
        # A lock of its own: a turn that ends must not wait for the index to be caught up.
        self._timing = threading.Lock()
        self._timer: threading.Timer | None = None
        # The store whose rows were compared with the log, and what it holds: row id -> stamp.
        self._synced: tuple[VectorStore, dict[str, dict[str, str]]] | None = None

    def catch_up_later(self, seconds: float = 2.0) -> None:
        """Bring the index up to date when the conversation pauses; a short process never does."""
        with self._timing:
            _CATCHING_UP.add(self)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(seconds, self._catch_up_quietly)
            self._timer.daemon = True
            self._timer.start()

    def settle(self) -> None:
        """Begin no more catching up, and wait for what is under way."""
        with self._timing:
            timer, self._timer = self._timer, None
        if timer is not None and timer is not threading.current_thread():
            timer.cancel()
            timer.join()

    def rebuild(self) -> int:
        """Make this user's rows again from the log and the files; returns how many turns.

        Raises:
            StoreBusy: another process holds the index.
        """
        with self._lock:
            VectorStore.open(self.folder).forget(self.user)
            self._synced = None
            self.caught_up()
            if self.album is not None:
                self.album.index_again()
        return len(read_past(self.log, self.user))

    def caught_up(self) -> VectorStore:
        """The vector store with everything of this user in it, and nothing else.

        Raises:
            StoreBusy: another process holds the index.
        """
        vectors = VectorStore.open(self.folder)
        with self._lock:
            try:
                self._sync(vectors)
            except ToolError:
                raise
            except Exception as error:
                if at_exit(error):
                    raise
                # It may have been cut off while it was written; the log has everything.
                log.warning("the memory index is made again: %s", error)
                vectors.start_over()
                self._synced = None
                self._sync(vectors)
                if self.album is not None:
                    self.album.index_again()
        return vectors

    def missing(self) -> dict[str, tuple[int, int]]:
        """Collection -> (rows it lacks, rows too many), by the log; (0, 0) everywhere is whole.

        Raises:
            StoreBusy: another process holds the index.
        """
        vectors = VectorStore.open(self.folder)
        told = {}
        for name, wanted in self._wanted().items():
            held = {row: str(about.get("stamp")) for row, about in
                    vectors.rows(name, self.user).items()}  # fmt: skip
            lacking = sum(held.get(row) != stamp for row, (stamp, _) in wanted.items())
            told[name] = (lacking, sum(row not in wanted for row in held))
        return told

    def cosines(
        self, topic: str, traces: Sequence[Trace], vectors: VectorStore | None
    ) -> Mapping[str, float]:
        """Trace id -> cosine of its text and `topic`; without `vectors` by the texts themselves."""
        query = embed([topic])[0]
        if vectors is None:
            matrix = embed([trace.text for trace in traces]) if traces else np.zeros((0, 384))
            return dict(zip((t.id for t in traces), (matrix @ query).tolist(), strict=True))
        ours = {_row_id(self.user, trace.id): trace.id for trace in traces}
        near = vectors.nearest("words", query, self.user, _NEAREST)
        return {ours[row]: score for row, score, _ in near if row in ours}

    def alike(
        self, query: np.ndarray, past: Sequence[Remembered], vectors: VectorStore | None,
        embedder: Any,
    ) -> list[tuple[str, float]]:  # fmt: skip
        """(trace id, cosine) of pictures and regions; without `vectors`, of pictures alone."""
        if vectors is not None:
            near = vectors.nearest("pictures", query, self.user, _NEAREST)
            return [(str(about["trace"]), score) for _, score, about in near]
        shown = [
            (row.id, image)
            for row in past
            for artifact in row.asked.attachments
            if (image := self._image(artifact)) is not None
        ]
        if not shown:
            return []
        scores = embedder.embed_images([image for _, image in shown]) @ query
        return [(row, score) for (row, _), score in zip(shown, scores.tolist(), strict=True)]

    def _catch_up_quietly(self) -> None:
        try:
            self.caught_up()
        except StoreBusy:
            log.info("memory index busy; it catches up later")
        except Exception as error:
            # The turn is safe in the log; the index is filled from there another time.
            told = log.debug if at_exit(error) else log.warning
            told("memory index could not catch up: %s", error)
            log.debug("where it failed", exc_info=True)

    def _wanted(self) -> dict[str, dict[str, tuple[str, Any]]]:
        """Collection -> row id -> (stamp, what the row is made from).

        A stamp names the content and the model, so that a row of other words or of other weights
        is made again.
        """
        traces = traces_of(read_past(self.log, self.user))
        words = {_row_id(self.user, trace.id): (_stamp(trace.text), trace) for trace in traces}
        try:
            embedder = self.toolbox.sense("embed")
        except ToolError:
            log.warning("pictures are not indexed: the picture embedder's weights are missing")
            embedder = None
        pictures: dict[str, tuple[str, Any]] = {}
        weights = f"{type(embedder).__name__}@{getattr(embedder, 'weights', '')}"
        for trace in traces if embedder is not None else ():
            shown = trace.turn.asked.attachments if trace.kind == "turn" else []
            for artifact in shown:
                row = _row_id(self.user, f"{trace.id}/{artifact}")
                pictures[row] = (_stamp(weights), (trace, artifact))
            if trace.box is not None:
                row = _row_id(self.user, f"{trace.id}/{trace.box.artifact}")
                pictures[row] = (_stamp(weights, trace.box.model_dump_json()),
                                 (trace, trace.box.artifact))  # fmt: skip
        return {"words": words, "pictures": pictures}

    def _sync(self, vectors: VectorStore) -> None:
        """Add rows that are missing, remove rows whose turn is gone."""
        if self._synced is None or self._synced[0] is not vectors:
            held = {
                name: {row: str(about.get("stamp")) for row, about in
                       vectors.rows(name, self.user).items()}
                for name in ("words", "pictures")
            }  # fmt: skip
            self._synced = (vectors, held)
        held = self._synced[1]
        wanted = self._wanted()
        for name, rows in wanted.items():
            if stale := [row for row in held[name] if row not in rows]:
                vectors.remove_rows(name, stale)
                for row in stale:
                    del held[name][row]
        new = [(r, s, t) for r, (s, t) in wanted["words"].items() if held["words"].get(r) != s]
        if new:
            about = [self._about(trace, stamp) for _, stamp, trace in new]
            matrix = embed([trace.text for _, _, trace in new])
            vectors.add("words", [row for row, _, _ in new], matrix, about)
            held["words"].update({row: stamp for row, stamp, _ in new})
        self._sync_pictures(vectors, wanted["pictures"], held["pictures"])

    def _sync_pictures(
        self, vectors: VectorStore, wanted: Mapping[str, tuple[str, Any]], held: dict[str, str]
    ) -> None:
        new = []
        for row, (stamp, (trace, artifact)) in wanted.items():
            if held.get(row) != stamp:
                image = self._image(artifact)
                if image is not None and trace.box is not None:
                    image = _crop(image, trace)
                if image is not None:
                    new.append((row, stamp, trace, artifact, image))
        if not new:
            return
        embedder = self.toolbox.sense("embed")
        assert embedder is not None  # without one nothing is wanted
        matrix: np.ndarray = embedder.embed_images([image for *_, image in new])
        about = [{**self._about(t, s), "artifact": a} for _, s, t, a, _ in new]
        vectors.add("pictures", [row for row, *_ in new], matrix, about)
        held.update({row: stamp for row, stamp, *_ in new})

    def _about(self, trace: Trace, stamp: str) -> dict[str, Any]:
        return {
            "user": self.user, "trace": trace.id, "kind": trace.kind, "stamp": stamp,
            "created": trace.turn.asked.created,
        }  # fmt: skip

    def _image(self, artifact: str) -> Image | None:
        try:
            return self.store.image(artifact)
        except (ToolError, OSError):
            return None


def _row_id(user: str, name: str) -> str:
    """Two users may have conversations of one name."""
    return f"{hashlib.sha256(user.encode()).hexdigest()[:24]}/{name}"


def _stamp(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _crop(image: Image, trace: Trace) -> Image | None:
    """The region with a little of what is around it; None where the box is empty."""
    box = trace.box
    if box is None:
        return None
    dx, dy = (box.x1 - box.x0) * _CROP_MARGIN, (box.y1 - box.y0) * _CROP_MARGIN
    x0, y0 = max(0, round(box.x0 - dx)), max(0, round(box.y0 - dy))
    x1, y1 = min(image.width, round(box.x1 + dx)), min(image.height, round(box.y1 + dy))
    return image.crop((x0, y0, x1, y1)) if x1 - x0 >= 4 and y1 - y0 >= 4 else None
