"""The public API: an assistant that looks, reads, answers, and shows what its answer rests on.

from sightline import Assistant
reply = Assistant().ask("how many cubes?", attachments=["scene.png"])
print(reply.text, reply.answer, reply.evidence)
"""

import contextvars
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..tools.artifacts import Artifact, ArtifactStore, Attachable
from ..tools.base import ToolContext
from ..tools.gate import domain_of
from ..tools.limits import Limits
from ..tools.registry import find_tools
from ..tools.toolbox import Toolbox
from .conversation import Conversation, add_all, imported, kinds
from .events import Event, Finished, TextDelta
from .llm import default_planner
from .memory.album import Album
from .memory.album_log import AlbumLog
from .memory.at_turn import TurnMemory
from .memory.forgetting import Forgetter
from .memory.recalling import Memory
from .memory.summary import summary_of
from .memory.when import Clock
from .planning import Planner, Turn
from .refusals import refusal
from .reply import Reply
from .roles.memory_keeper import MemoryKeeper
from .sessions import Message, Session, SessionLog
from .tape import Recorder, Replay, Tape
from .turn import TurnContext

GOT_IT = "Got it."
# Messages of a conversation that every planner reads in full.
_LONG = 20


def home_folder(home: str | Path | None = None) -> Path:
    """Where conversations, files and memories are kept: `home`, $SIGHTLINE_HOME or ~/.sightline."""
    return Path(home or os.environ.get("SIGHTLINE_HOME") or "~/.sightline").expanduser()


class Assistant:
    """Talks about pictures, documents and clips; safe to share between threads.

    Args:
        profile: which models to use: `embedded`, `open`, `hosted`, or a path of a YAML file.
        home: folder of everything that is kept.
        planner_url: an OpenAI-compatible server that plans, ending in /v1; None plans in process.
        tools: tool -> folder of weights to use instead of the profile's.
        limits: what people may send; None takes the profile's.
        models, planner: ready models by toolbox key and a ready planner, instead of loaded ones.
        clock: tells the time, POSIX seconds: when turns were, for the memory; may be changed.
        record: a file to which each turn's plans, tool results and checks are added.
        replay: a file that `record` wrote: turns are answered from it, and no model is loaded.
        traces: an OpenTelemetry tracer provider that gets each turn's spans; None sends them to
            the OTLP endpoint where $SIGHTLINE_OTEL is set, and nowhere else.

    Raises:
        ToolError: no such profile or tool, a folder without weights, or no OpenTelemetry.
        NotRecorded: `replay` is no recording; `ask` raises it where the recording lacks a turn.
    """

    def __init__(
        self,
        profile: str = "embedded",
        home: str | Path | None = None,
        planner_url: str | None = None,
        tools: Mapping[str, str | Path] | None = None,
        limits: Limits | None = None,
        models: Mapping[str, Any] | None = None,
        planner: Planner | None = None,
        clock: Clock = time.time,
        record: str | Path | None = None,
        replay: str | Path | None = None,
        traces: Any = None,
    ) -> None:
        self.clock = clock
        self.home = home_folder(home)
        self.toolbox = Toolbox(profile, tools, models)
        self.limits = limits or self.toolbox.profile.limits
        self.tools = find_tools()
        self.log = SessionLog(self.home / "sessions.sqlite", self._now)
        url = planner_url or self.toolbox.profile.planner_url
        self.planner = planner or default_planner(url)
        self.tape: Tape | None = Recorder(Path(record)) if record else None
        if replay is not None:
            # Here and not above: it brings the graph's library, which listing needs not.
            from .taped import NoModels, NoPlanner

            self.tape = Replay(Path(replay))
            self.toolbox, self.planner = NoModels(self.toolbox.profile), NoPlanner()
        self.telemetry = None
        if traces is not None or os.environ.get("SIGHTLINE_OTEL"):
            from .telemetry import Telemetry

            self.telemetry = Telemetry(traces)
        self._stores: dict[str, ArtifactStore] = {}
        self._memories: dict[str, Memory] = {}
        self._albums: dict[str, Album] = {}
        self._album_log: AlbumLog | None = None
        self._busy: dict[tuple[str, str], threading.Lock] = {}
        self._running: dict[tuple[str, str], threading.Event] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        text: str,
        attachments: Sequence[Attachable] = (),
        user: str = "me",
        session: str | None = None,
        history: Sequence[Mapping[str, Any]] | None = None,
        keep: bool = True,
    ) -> Reply:
        """Answer one turn.

        Args:
            text: what the person says.
            attachments: paths, bytes, (name, bytes) pairs or PIL pictures that come with it.
            user: who speaks, as the interface authenticated them.
            session: the conversation to continue, or a name for a new one; None starts one.
            history: earlier turns of a conversation that began elsewhere, each
                {"role", "text", "attachments"}; they replace what the session holds for this
                turn, and seed a session that is empty.
            keep: write the turn to the session log and the memory (files are stored either way).

        Returns:
            The reply. Bad input gives a reply of one clear sentence; nothing is raised for it.
        """
        return self._turn(text, attachments, user, session, history, keep, lambda event: None)

    def stream(
        self,
        text: str,
        attachments: Sequence[Attachable] = (),
        user: str = "me",
        session: str | None = None,
        history: Sequence[Mapping[str, Any]] | None = None,
        keep: bool = True,
    ) -> Iterator[Event]:
        """As `ask`, but yields what happens: steps as they start and finish, the text, and at the
        end `Finished` with the reply. Closing the iterator stops the turn.
        """
        events: queue.SimpleQueue[Event | BaseException] = queue.SimpleQueue()
        session = session or self.log.start(user) if keep else session

        def work() -> None:
            try:
                reply = self._turn(text, attachments, user, session, history, keep, events.put)
                for piece in reply.text.splitlines(keepends=True):
                    for word in piece.split(" "):
                        events.put(TextDelta(text=word if word.endswith("\n") else f"{word} "))
                events.put(Finished(reply=reply))
            except BaseException as error:  # handed to the reader, who raises it
                events.put(error)

        # The thread stays in the caller's context: a turn's span lies below the caller's own.
        here = contextvars.copy_context()
        threading.Thread(target=here.run, args=(work,), daemon=True).start()
        try:
            while True:
                event = events.get()
                if isinstance(event, BaseException):
                    raise event
                yield event
                if isinstance(event, Finished):
                    return
        finally:
            if session:
                self.stop(user, session)

    def stop(self, user: str, session: str) -> bool:
        """Stop the turn that runs in that conversation; True when there was one."""
        cancelled = self._running.get((user, session))
        if cancelled is not None:
            cancelled.set()
        return cancelled is not None

    def sessions(self, user: str = "me") -> list[Session]:
        """The user's conversations, latest first."""
        return self.log.sessions(user)

    def history(self, user: str, session: str) -> list[Message]:
        """The messages of a conversation, oldest first, each reply in full."""
        return self.log.messages(user, session)

    def rename(self, user: str, session: str, title: str) -> bool:
        """Give a conversation a title; False when the user has no such conversation."""
        return self.log.rename(user, session, title)

    def delete(self, user: str, session: str) -> bool:
        """Forget a conversation; False when the user has no such conversation.

        What it showed leaves the album with it, unless it was added by itself.
        """
        self.album(user).forget_session(session)
        return self.log.delete(user, session)

    def store(self, user: str = "me") -> ArtifactStore:
        """The user's files: `.get(id)`, `.image(id, page)`, `.image_path(id, page)`."""
        with self._lock:
            if user not in self._stores:
                root = self.home / "artifacts"
                self._stores[user] = ArtifactStore(root, user, self.limits)
            return self._stores[user]

    def memory(self, user: str = "me") -> Memory:
        """The user's memory: `.recall(words, picture)`, `.rebuild()`."""
        store, album = self.store(user), self.album(user)
        with self._lock:
            if user not in self._memories:
                self._memories[user] = Memory(
                    folder=self.home / "memory", user=user, log=self.log, store=store,
                    toolbox=self.toolbox, album=album, clock=self._now,
                )  # fmt: skip
                if (self.home / "forgetting").exists():
                    Forgetter(self.home, self._memories[user]).finish_interrupted()
            return self._memories[user]

    def album(self, user: str = "me") -> Album:
        """The user's album: `.add_files(sources)`, `.items()`, `.remove(id)`, `.search(words)`."""
        store = self.store(user)
        with self._lock:
            if self._album_log is None:
                self._album_log = AlbumLog(self.home / "album.sqlite")
            if user not in self._albums:
                self._albums[user] = Album(
                    log=self._album_log, user=user, store=store, toolbox=self.toolbox,
                    folder=self.home / "memory", clock=self._now,
                )  # fmt: skip
            return self._albums[user]

    def forgetter(self, user: str = "me") -> Forgetter:
        """Forgets for the user: `.everything()`, `.with_all_about(turns, files)`, `.forget()`."""
        tape = self.tape if isinstance(self.tape, Recorder) else None
        return Forgetter(self.home, self.memory(user), tape)

    def _now(self) -> float:
        return self.clock()

    def warm_up(self) -> None:
        """Load what a first question about a picture needs, so that nobody waits for it."""
        from PIL import Image

        self.planner.plan([Turn(role="user", text="hello")], self.tools)
        blank = Image.new("RGB", (320, 240), "gray")
        if (domain := self.toolbox.sense("domain")) is not None:
            domain.classify([blank])
        self.toolbox.tool("vqa").answer([blank], ["how many cubes are there?"], [()])
        self.toolbox.check("vqa")

    def _turn(
        self,
        text: str,
        attachments: Sequence[Attachable],
        user: str,
        session: str | None,
        history: Sequence[Mapping[str, Any]] | None,
        keep: bool,
        emit: Callable[[Event], None],
    ) -> Reply:
        refused = refusal(text, attachments, user, session, self.limits)
        if refused:
            return Reply(text=refused, session=session or "")
        if keep:
            session = self.log.start(user, session)
        with self._turn_of(user, session or "") as cancelled:
            store = self.store(user)
            past = self.log.messages(user, session) if session else []
            problems: list[str] = []
            if history is not None:
                earlier, problems = imported(history, store)
                if keep and session and not past:
                    self.log.append(user, session, earlier)
                past = earlier
            added, unusable = add_all(store, attachments)
            problems += unusable
            if unusable and not added:
                reply = Reply(text=" ".join(problems))
            elif not text.strip():
                reply = Reply(text=f"{GOT_IT} What would you like to know about it?")
            else:
                memory = TurnMemory(
                    self.memory(user), self.forgetter(user), text, session or "", keep
                )
                reply = self._think(text, past, added, problems, user, emit, cancelled, memory)
            reply = reply.model_copy(update={"session": session or ""})
            if keep and session:
                # The index is made with models, which a replay does without.
                index = None if isinstance(self.tape, Replay) else self.memory(user)
                keeper = MemoryKeeper(self.log, index, self.album(user))
                keeper.keep(user, session, text, [artifact.id for artifact in added], reply)
            return reply

    def _think(
        self,
        text: str,
        past: Sequence[Message],
        added: Sequence[Artifact],
        problems: list[str],
        user: str,
        emit: Callable[[Event], None],
        cancelled: threading.Event,
        memory: TurnMemory,
    ) -> Reply:
        # Here and not above: listing conversations does not need the graph.
        from .graph import team
        from .taped import keep_kinds, play_kinds

        store = self.store(user)
        look = ToolContext(user=user, store=store, toolbox=self.toolbox)
        shown = [id_ for message in past for id_ in message.attachments]
        added = play_kinds(self.tape, store, shown, added)
        talk = Conversation.read(past, look)
        asked = talk.asked(self.planner, self.tools)
        fresh = tuple(domain_of(look, artifact) for artifact in added)
        keep_kinds(self.tape, [*talk.view, *fresh])
        turn = TurnContext(
            text=text,
            turns=[
                *talk.turns(),
                Turn(
                    role="user",
                    text=text,
                    attachments=kinds(fresh),
                    user=user,
                    earlier=summary_of(past, store).text if len(past) > _LONG else "",
                ),
            ],
            tools=self.tools,
            planner=self.planner,
            tool_context=ToolContext(
                user=user,
                store=store,
                toolbox=self.toolbox,
                attachments=(*talk.view, *fresh),
                questions=asked.questions,
                orders=asked.orders,
                memory=memory,
                album=self.album(user),
                cancelled=cancelled,
            ),
            limits=self.limits,
            fresh=len(fresh),
            last_reply=talk.last_reply,
            notices=problems + [notice for artifact in fresh for notice in artifact.notices],
            emit=emit,
            deadline=time.monotonic() + self.limits.deadline_seconds,
            cancelled=cancelled,
            tape=self.tape,
        )
        if self.telemetry is None:
            return team().invoke({}, context=turn)["reply"]
        with self.telemetry.turn(turn, memory.session) as report:
            reply = team().invoke({}, context=turn)["reply"]
            report(reply)
            return reply

    @contextmanager
    def _turn_of(self, user: str, session: str) -> Iterator[threading.Event]:
        """One turn at a time in a conversation; yields what `stop` sets."""
        key = (user, session)
        with self._lock:
            lock = self._busy.setdefault(key, threading.Lock()) if session else threading.Lock()
        with lock:
            cancelled = threading.Event()
            self._running[key] = cancelled
            try:
                yield cancelled
            finally:
                self._running.pop(key, None)
