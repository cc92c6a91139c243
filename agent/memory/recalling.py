"""One user's memory: what was said and shown before, found by words, by pictures and by time.

What is near in meaning or looks alike, the index tells; what a question is about, by its time, its
kind of file and its order, is decided here. Pages and clips are looked into through the album.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PIL.Image import Image

from ...tools.artifacts import ArtifactStore
from ...tools.results import ModelRef, ToolError, ToolResult
from ...tools.toolbox import Toolbox
from ..sessions import SessionLog
from .album import Album
from .asking import Ask, read_ask
from .chroma import StoreBusy, VectorStore
from .index import MemoryIndex
from .past import Remembered, Trace, read_past, traces_of
from .ranking import Found, rank
from .telling import NOTHING, result_of
from .when import Clock
from .wish import kinds_of

# Below this cosine a picture is another picture (chosen on pictures sent again, cut and smaller).
_PICTURES_FLOOR = 0.90
# What beats every likeness: the very same file.
_THE_SAME = 1.1


class Memory(MemoryIndex):
    """Recalls one user's past.

    Args:
        folder, user, log, store, toolbox, album: see `MemoryIndex`.
        clock: tells the time, POSIX seconds.
    """

    def __init__(
        self,
        folder: Path,
        user: str,
        log: SessionLog,
        store: ArtifactStore,
        toolbox: Toolbox,
        album: Album | None = None,
        clock: Clock = time.time,
    ) -> None:
        super().__init__(folder, user, log, store, toolbox, album)
        self.clock = clock

    def recall(
        self, words: str, picture: Image | None = None, artifact: str = "", session: str = ""
    ) -> ToolResult:
        """What this user said or showed before that fits `words`, or looks like `picture`.

        Args:
            artifact: the picture's id, where it is stored: the very same file is recognised.
            session: the conversation that asks.
        """
        past = read_past(self.log, self.user)
        if not past:
            return ToolResult(text="We have not talked before, so there is nothing to recall.",
                              answer="none")  # fmt: skip
        notice = ""
        try:
            vectors = self.caught_up()
        except StoreBusy as busy:
            vectors = None
            notice = (
                f" (My memory's index is in use by {busy}, so I searched the conversations "
                "themselves.)"
            )
        ask = read_ask(words, self.now())
        if picture is not None:
            found = self._by_picture(ask, picture, artifact, self.scoped(ask, past, session),
                                     vectors)  # fmt: skip
        else:
            found = self.find(ask, past, session, vectors)
        model = ModelRef(name="all-MiniLM-L6-v2" if picture is None else "dual_encoder")
        if not found:
            return ToolResult(text=f"{NOTHING}{notice}", answer="none", model=model)
        return result_of(
            found, ask, self.now(), self.store, model, notice,
            lambda file: not ask.kinds or bool(ask.kinds & self._kinds_of(file)),
        )  # fmt: skip

    def find(
        self,
        ask: Ask,
        past: Sequence[Remembered],
        session: str = "",
        vectors: VectorStore | None = None,
    ) -> list[Found]:
        """What of `past` a question is about, best first."""
        traces = traces_of(self.scoped(ask, past, session))
        if self.album is not None and ask.kinds & {"receipt", "invoice"}:
            # What a page is, is known once it has been read.
            self.album.note_new()
        cosines = self.cosines(ask.topic, traces, vectors) if ask.topic else {}
        return rank(ask, traces, cosines, self._kinds, self._showing)

    def facts(self) -> list[Trace]:
        """Every fact the user stated, oldest first."""
        return [t for t in traces_of(read_past(self.log, self.user)) if t.kind == "fact"]

    def now(self) -> datetime:
        """The time, as this memory's clock tells it."""
        return datetime.fromtimestamp(self.clock())

    def scoped(self, ask: Ask, past: Sequence[Remembered], session: str) -> Sequence[Remembered]:
        """Turns of the time and the conversation that are asked for."""
        if ask.span is not None:
            start, end = ask.span
            past = [row for row in past if start <= row.asked.created < end]
        if ask.talk is None:
            return past
        if ask.talk == 0:
            return [row for row in past if row.session == session]
        first: dict[str, int] = {}
        for row in past:
            first.setdefault(row.session, row.asked.number)
        others = [name for name in sorted(first, key=lambda s: first[s]) if name != session]
        if ask.talk > len(others):
            return []
        wanted = others[0] if ask.talk < 0 and others else others[-ask.talk] if others else ""
        return [row for row in past if row.session == wanted]

    def _kinds(self, trace: Trace) -> frozenset[str]:
        """What kinds of files a trace is about: those it showed, or else those it looked at."""
        turn = trace.turn
        kinds: set[str] = set()
        for artifact in turn.asked.attachments or turn.artifacts:
            kinds |= self._kinds_of(artifact)
        return frozenset(kinds)

    def _kinds_of(self, artifact: str) -> frozenset[str]:
        try:
            stored = self.store.get(artifact)
        except ToolError:
            return frozenset()
        if stored.kind == "video":
            return frozenset({"clip"})
        if stored.kind == "picture" and stored.domain != "document":
            return frozenset({"picture"})
        found = {"page"} | ({"picture"} if stored.kind == "picture" else set())
        for kind in self.album.kinds(artifact) if self.album is not None else ():
            found |= kinds_of(kind)
        return frozenset(found)

    def _showing(self, topic: str, traces: Sequence[Trace]) -> Mapping[str, float]:
        """Artifact -> how surely it shows or says `topic`."""
        if self.album is None:
            return {}
        shown = {a for trace in traces for a in trace.turn.asked.attachments}
        found: dict[str, float] = {}
        for hit in self.album.fitting(topic, shown):
            artifact = hit.row.item.artifact
            found[artifact] = max(found.get(artifact, 0.0), hit.score)
        return found

    def _by_picture(
        self,
        ask: Ask,
        picture: Image,
        artifact: str,
        past: Sequence[Remembered],
        vectors: VectorStore | None,
    ) -> list[Found]:
        traces = {trace.id: trace for trace in traces_of(past)}
        scores = {
            row.id: _THE_SAME for row in past if artifact and artifact in row.asked.attachments
        }
        embedder = self.toolbox.sense("embed")
        if embedder is None and not scores:
            raise ToolError("This profile has no picture memory, so ask me in words.")
        if embedder is not None:
            query = embedder.embed_images([picture])[0]
            for row, score in self.alike(query, past, vectors, embedder):
                scores[row] = max(scores.get(row, 0.0), score)
        found = [
            Found(trace=traces[row], score=score, shown=score)
            for row, score in scores.items()
            if score >= _PICTURES_FLOOR and row in traces
        ]
        if ask.order:
            found.sort(key=lambda f: f.trace.turn.asked.number * (1 if ask.order > 0 else -1))
            return found[max(ask.order, 1) - 1 :]
        return sorted(found, key=lambda f: (-f.score, -f.trace.turn.asked.number))
