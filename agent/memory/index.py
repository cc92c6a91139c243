"""One user's memory: the session log, made searchable by words and by pictures.

The log is the truth; the vector store is an index over it that may lag, be held by another
process, or be rebuilt. A turn becomes one row of `words`; each picture sent, one of `pictures`.
"""

import hashlib
import json
import logging
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL.Image import Image

from ...tools.artifacts import ArtifactStore
from ...tools.results import Memory as MemoryEvidence
from ...tools.results import ModelRef, ToolError, ToolResult
from ...tools.toolbox import Toolbox
from ..language import embed
from ..sessions import Message, SessionLog
from .chroma import StoreBusy, VectorStore
from .when import span_of, told

log = logging.getLogger(__name__)

# Below these cosines a row is about something else (chosen on conversations made by hand).
WORDS_FLOOR = 0.28
PICTURES_FLOOR = 0.90
_ASIDE = re.compile(
    r"\b(do|can|did|could) (you|u) (still )?(remember|recall)\b|\bremember\b|\bearlier\b"
    r"|\byesterday\b|\b(what|which) did (i|you|we)\b|\blast (time|week)\b"
    r"|\b(on )?(mon|tues|wednes|thurs|fri|satur|sun)day('?s)?\b|\bplease\b",
    re.IGNORECASE,
)


# What is left of a question that names no thing.
_ABOUT_NOTHING = re.compile(
    r"\b(what|which|did|do|have|has|i|we|you|u|me|my|the|a|any|all|of|to|in|at|it|was|were|is|are"
    r"|show(ed|n)?|sen[dt]|give|gave|given|upload(ed)?|shar(e|ed)|ask(ed)?|look(ed)?|see|saw|seen"
    r"|before|previous(ly)?|last|recent(ly)?|so far|already|again|then|here|today|things?|stuff"
    r"|files?|pictures?|photos?|images?|documents?|pages?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A turn of the past: what was asked, what was said, with which files."""

    session: str
    asked: Message
    said: Message | None

    @property
    def id(self) -> str:
        """`session/number`, stable as long as the conversation is kept."""
        return f"{self.session}/{self.asked.number}"

    @property
    def text(self) -> str:
        """What is embedded: the question and the reply."""
        return f"{self.asked.text} {self.said.text if self.said else ''}".strip()


class Memory:
    """Recalls one user's past; implements `tools.base.Recaller`.

    Args:
        folder: the vector store's folder, shared by all users.
        user: whose memory this is; no other user's rows are ever read.
        log, store: the user's conversations and files.
        toolbox: for the picture embedder.
    """

    def __init__(
        self, folder: Path, user: str, log: SessionLog, store: ArtifactStore, toolbox: Toolbox
    ) -> None:
        self.folder = folder
        self.user = user
        self.log = log
        self.store = store
        self.toolbox = toolbox
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def recall(self, words: str, picture: Image | None = None) -> ToolResult:
        """What this user said or showed before that fits `words`, or looks like `picture`."""
        past = {row.id: row for row in self._past()}
        if not past:
            return ToolResult(text="We have not talked before, so there is nothing to recall.",
                              answer="none")  # fmt: skip
        notice = ""
        try:
            vectors = self._caught_up()
        except StoreBusy as busy:
            vectors = None
            notice = (
                f" (My memory's index is in use by {busy}, so I searched the conversations "
                "themselves.)"
            )
        if picture is not None:
            ranked = self._by_picture(picture, past, vectors)
        else:
            ranked = self._by_words(words, past, vectors)
        if not ranked:
            return ToolResult(text=f"I don't remember anything like that.{notice}", answer="none")
        now = datetime.now()
        score, best = ranked[0]
        lines = [_told(best, now, self.store)]
        lines += [
            f"Also {_told(row, now, self.store)}" for s, row in ranked[1:2] if s > score - 0.05
        ]
        evidence = [MemoryEvidence(id=row.id, label=row.asked.text[:80]) for _, row in ranked[:3]]
        return ToolResult(
            text=" ".join(line[0].upper() + line[1:] for line in lines) + notice,
            evidence=tuple(evidence),
            model=ModelRef(name="all-MiniLM-L6-v2" if picture is None else "dual_encoder"),
            confidence=max(0.0, min(1.0, score)),
        )

    def catch_up_later(self, seconds: float = 2.0) -> None:
        """Bring the index up to date when the conversation pauses; a short process never does."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(seconds, self._catch_up_quietly)
            self._timer.daemon = True
            self._timer.start()

    def rebuild(self) -> int:
        """Make this user's rows again from the log and the files; returns how many turns.

        Raises:
            StoreBusy: another process holds the index.
        """
        VectorStore.open(self.folder).forget(self.user)
        self._watermark().unlink(missing_ok=True)
        self._caught_up()
        return len(self._past())

    def _past(self) -> list[Remembered]:
        rows = self.log.since(self.user, 0)
        past = []
        for (session, message), following in zip(rows, [*rows[1:], None], strict=True):
            if message.role == "user" and (message.text.strip() or message.attachments):
                said = following[1] if following and following[0] == session else None
                said = said if said and said.role == "assistant" else None
                past.append(Remembered(session=session, asked=message, said=said))
        return past

    def _by_words(
        self, words: str, past: dict[str, Remembered], vectors: VectorStore | None
    ) -> list[tuple[float, Remembered]]:
        topic = " ".join(_ASIDE.sub(" ", words).split()) or words
        query = embed([topic])[0]
        if vectors is not None:
            found = vectors.nearest("words", query, self.user, 20)
            scored = [(score, past[row]) for row, score, _ in found if row in past]
        else:
            rows = list(past.values())
            matrix = embed([row.text for row in rows])
            scored = list(zip((matrix @ query).tolist(), rows, strict=True))
        span = span_of(words, datetime.now())
        if span is not None:
            scored = [pair for pair in scored if span[0] <= pair[1].asked.created < span[1]]
        # Earlier attempts to recall are no memories themselves.
        scored = [pair for pair in scored if not _was_recall(pair[1])]
        floor = WORDS_FLOOR if span is None else 0.1
        ranked = sorted((p for p in scored if p[0] >= floor), key=lambda p: -p[0])[:3]
        if not ranked and not _ABOUT_NOTHING.sub(" ", topic).strip(" ?!."):
            # "What did I show you before?" asks for no thing in particular: the newest ones.
            start, end = span or (0.0, float("inf"))
            shown = [
                row for row in past.values()
                if row.asked.attachments and not _was_changed(row)
                and start <= row.asked.created < end
            ]  # fmt: skip
            newest = sorted(shown, key=lambda row: row.asked.created, reverse=True)
            ranked = [(floor, row) for row in newest[:3]]
        return ranked

    def _by_picture(
        self, picture: Image, past: dict[str, Remembered], vectors: VectorStore | None
    ) -> list[tuple[float, Remembered]]:
        embedder = self.toolbox.sense("embed")
        if embedder is None:
            raise ToolError("This profile has no picture memory, so ask me in words.")
        weights = str(getattr(embedder, "weights", ""))
        if vectors is not None and weights and self._read_marks().get("eyes") != weights:
            # Vectors of other weights are points of another space.
            self.rebuild()
        query = embedder.embed_images([picture])[0]
        scored: list[tuple[float, Remembered]] = []
        if vectors is not None:
            for _, score, about in vectors.nearest("pictures", query, self.user, 10):
                if (row := past.get(about["turn"])) is not None:
                    scored.append((score, row))
        else:
            for row in past.values():
                for artifact in row.asked.attachments:
                    image = self._image(artifact)
                    if image is not None:
                        scored.append((float(embedder.embed_images([image])[0] @ query), row))
        return sorted((p for p in scored if p[0] >= PICTURES_FLOOR), key=lambda p: -p[0])[:3]

    def _catch_up_quietly(self) -> None:
        try:
            self._caught_up()
        except StoreBusy:
            log.info("memory index busy; it catches up later")
        except Exception as error:
            # The turn is safe in the log; the index is filled from there another time.
            log.warning("memory index could not catch up: %s", error)
            log.debug("where it failed", exc_info=True)

    def _caught_up(self) -> VectorStore:
        """The vector store with every turn of this user in it."""
        vectors = VectorStore.open(self.folder)
        with self._lock:
            marks = self._read_marks()
            done = int(marks.get("number", 0))
            new = [row for row in self._past() if row.asked.number > done]
            if not new:
                return vectors
            about = [
                {"user": self.user, "session": row.session, "created": row.asked.created}
                for row in new
            ]
            texts = [row.text for row in new]
            vectors.add("words", [row.id for row in new], embed(texts), about)
            eyes = self._add_pictures(vectors, new) or marks.get("eyes")
            marks = {"number": new[-1].asked.number, "eyes": eyes}
            self._watermark().write_text(json.dumps(marks))
        return vectors

    def _add_pictures(self, vectors: VectorStore, rows: list[Remembered]) -> str:
        """Index the pictures of these turns; the weights that saw them, "" where none did."""
        shown = [
            (row, artifact, image)
            for row in rows
            for artifact in row.asked.attachments
            if (image := self._image(artifact)) is not None
        ]
        try:
            embedder = self.toolbox.sense("embed") if shown else None
        except ToolError:
            log.warning("pictures are not indexed: the picture embedder's weights are missing")
            embedder = None
        if embedder is None:
            return ""
        matrix: np.ndarray = embedder.embed_images([image for _, _, image in shown])
        vectors.add(
            "pictures",
            [f"{row.id}/{artifact}" for row, artifact, _ in shown],
            matrix,
            [{"user": self.user, "turn": row.id, "artifact": a} for row, a, _ in shown],
        )
        return str(getattr(embedder, "weights", ""))

    def _image(self, artifact: str) -> Image | None:
        try:
            return self.store.image(artifact)
        except (ToolError, OSError):
            return None

    def _read_marks(self) -> dict[str, Any]:
        """How far the index has read, and the weights that its pictures were seen with."""
        path = self._watermark()
        return json.loads(path.read_text()) if path.exists() else {}

    def _watermark(self) -> Path:
        key = hashlib.sha256(self.user.encode()).hexdigest()[:24]
        return self.folder / f"read-{key}.json"


def _was_recall(row: Remembered) -> bool:
    reply = row.said.reply if row.said else None
    return reply is not None and any(step.tool == "recall" for step in reply.steps)


def _was_changed(row: Remembered) -> bool:
    """Whether what came with the turn is a picture the studio made, not one the user showed."""
    reply = row.said.reply if row.said else None
    return reply is not None and any(step.tool == "edit" for step in reply.steps)


def _told(row: Remembered, now: datetime, store: ArtifactStore) -> str:
    names = []
    for artifact in row.asked.attachments:
        try:
            names.append(store.get(artifact).name)
        except ToolError:
            continue
    shown = f"showed me {' and '.join(names)} and " if names else ""
    asked = " ".join(row.asked.text.split())[:200]
    said = " ".join(row.said.text.split())[:300] if row.said else ""
    answer = f' I answered: "{said}"' if said else ""
    asked_part = f'asked "{asked}".' if asked else "sent it without a word."
    return f"{told(row.asked.created, now)} you {shown}{asked_part}{answer}"
