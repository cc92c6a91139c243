"""The terminal chat: `sightline chat`. What the web chat shows, in text.

Attach with /attach PATH, or drop a file into the terminal: paths of pictures and PDFs in what is
typed are taken as attachments.
"""

import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ...tools.artifacts import ArtifactStore
from ..assistant import Assistant
from ..events import Finished, StepFinished, StepStarted, TextDelta
from ..reply import Reply
from .drawing import annotate, marks_by_view
from .presenting import (
    KNOWS,
    TAGLINE,
    claim_lines,
    evidence_lines,
    step_detail,
    step_title,
    took,
)
from .timeline import names_of, steps_table

SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".avif", ".pdf",
)  # fmt: skip
HELP = """\
/attach PATH   send a picture or a PDF with your next message (dropping a file here does too)
/steps         what each agent did for the last answer
/show          save the last answer's pictures with boxes drawn, and say where
/new           begin another conversation
/sessions      list your conversations
/open N        go on with conversation N of that list
/history       this conversation so far
/help          this list
/quit          leave (so does Ctrl-D); Ctrl-C stops an answer"""


class TerminalChat:
    """One person at one terminal.

    Args:
        session: the conversation to continue; None begins one.
        read: asks for the next line, `input` by default.
    """

    def __init__(
        self,
        assistant: Assistant,
        user: str,
        session: str | None,
        console: Console,
        read: Callable[[str], str] = input,
    ) -> None:
        self.assistant = assistant
        self.user = user
        self.session = session
        self.console = console
        self.read = read
        self.attached: list[str] = []
        self.last: Reply | None = None

    def run(self) -> None:
        """Talk until the person leaves."""
        _line_editing()
        self.console.print(f"[bold]Sightline[/bold]  {TAGLINE}\n[dim]{KNOWS}[/dim]")
        self.console.print("[dim]/help lists what you can type.[/dim]\n")
        while True:
            try:
                line = self.read("you> ").strip()
            except EOFError:
                break
            except KeyboardInterrupt:
                self.console.print("[dim](Ctrl-D or /quit leaves)[/dim]")
                continue
            if line in ("/quit", "/exit"):
                break
            if line:
                self.handle(line)
        self.console.print("Goodbye.")

    def handle(self, line: str) -> None:
        """One line: a command or a message."""
        commands: dict[str, Callable[[str], None]] = {
            "/attach": self._attach,
            "/steps": lambda _: self._steps(),
            "/show": lambda _: self._show(),
            "/new": lambda _: self._new(),
            "/sessions": lambda _: self._sessions(),
            "/open": self._open,
            "/history": lambda _: self._history(),
            "/help": lambda _: self._say(HELP),
        }
        word, _, rest = line.partition(" ")
        if word in commands:
            commands[word](rest.strip())
            return
        text, dropped = split_dropped(line)
        if word.startswith("/") and not dropped:
            self._say(f"There is no command {word}; /help lists them.")
            return
        self.attached += dropped
        if not text:
            names = ", ".join(Path(path).name for path in dropped)
            self._say(f"attached {names}; now ask about it")
            return
        files, self.attached = self.attached, []
        self._ask(text, files)

    def _ask(self, text: str, files: list[str]) -> None:
        events = self.assistant.stream(text, files, self.user, self.session)
        began = time.monotonic()
        written = False
        try:
            with self.console.status("thinking") as status:
                for event in events:
                    match event:
                        case StepStarted():
                            status.update(escape(step_title(event)))
                        case StepFinished(step=step) if not step.ok:
                            self.console.print(f"[dim]{escape(step_detail(step))}[/dim]")
                        case TextDelta(text=piece):
                            if not written:
                                status.stop()
                                written = True
                            self.console.print(
                                piece, end="", markup=False, highlight=False, soft_wrap=True
                            )
                        case Finished(reply=reply):
                            self.last, self.session = reply, reply.session or self.session
        except KeyboardInterrupt:
            self.console.print("\n[dim]stopped[/dim]")
            return
        finally:
            events.close()  # type: ignore[attr-defined]
        self.console.print()
        if self.last is not None:
            for line in evidence_lines(self.last.evidence):
                self._dim(f"  {line}")
            for path in made_files(self.assistant.store(self.user), self.last):
                self._dim(f"  picture: {path}")
            if self.last.steps:
                hint = "; /show saves the picture" if marks_by_view(self.last.evidence) else ""
                seconds = time.monotonic() - began
                self._dim(f"  {len(self.last.steps)} steps, {seconds:.1f} s (/steps){hint}")
        self.console.print()

    def _attach(self, rest: str) -> None:
        paths = [rest] if Path(rest).expanduser().is_file() else _words(rest)
        if not paths:
            self._say("/attach takes the path of a picture or a PDF.")
        for path in paths:
            if Path(path).expanduser().is_file():
                self.attached.append(path)
                self._say(f"attached {Path(path).name}; now ask about it")
            else:
                self._say(f"I can't find {path}.")

    def _steps(self) -> None:
        if self.last is None or not self.last.steps:
            self._say("Nothing has been answered yet.")
            return
        self.console.print(steps_table(self.last.steps), highlight=False)
        for line in claim_lines(self.last.claims):
            self._dim(f"  {line}")
        self._dim(f"  {took(self.last.steps)}")

    def _show(self) -> None:
        if self.last is None or not (marks_by_view(self.last.evidence) or self.last.made):
            self._say("The last answer has no boxes to draw.")
            return
        folder = self.assistant.home / "shown"
        for path in save_views(self.assistant.store(self.user), self.last, folder):
            self._say(f"saved {path}")

    def _new(self) -> None:
        self.session, self.last, self.attached = None, None, []
        self._say("A new conversation.")

    def _sessions(self) -> None:
        found = self.assistant.sessions(self.user)
        if not found:
            self._say("You have no conversations yet.")
        for number, session in enumerate(found[:30], start=1):
            when = time.strftime("%d %b %H:%M", time.localtime(session.updated))
            here = " (this one)" if session.id == self.session else ""
            self._say(f"{number:3} {session.title or 'untitled'}  {when}{here}")

    def _open(self, rest: str) -> None:
        found = self.assistant.sessions(self.user)
        if not (rest.isdigit() and 1 <= int(rest) <= len(found)):
            self._say("/open takes a number from /sessions.")
            return
        self.session = found[int(rest) - 1].id
        self._history()

    def _history(self) -> None:
        messages = self.assistant.history(self.user, self.session) if self.session else []
        if not messages:
            self._say("This conversation is empty.")
        for message in messages:
            files = ", ".join(names_of(self.assistant.store(self.user), message.attachments))
            who = "you" if message.role == "user" else "sightline"
            self._say(f"{who}> {message.text}" + (f"  [{files}]" if files else ""))
            self.last = message.reply or self.last

    def _say(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _dim(self, text: str) -> None:
        self.console.print(text, style="dim", markup=False, highlight=False, soft_wrap=True)


def split_dropped(line: str) -> tuple[str, list[str]]:
    """The message and the files dropped into it: existing paths of pictures and PDFs."""
    whole = line.strip().strip("'\"")
    if whole.lower().endswith(SUFFIXES) and Path(whole).expanduser().is_file():
        return "", [whole]
    words = _words(line)
    dropped = [w for w in words if w.lower().endswith(SUFFIXES) and Path(w).expanduser().is_file()]
    if not dropped:
        return line, []
    return " ".join(word for word in words if word not in dropped), dropped


def made_files(store: ArtifactStore, reply: Reply) -> list[Path]:
    """The files that the turn made or gave back."""
    return [store.file_path(artifact) for artifact in reply.made]


def save_views(store: ArtifactStore, reply: Reply, folder: Path) -> list[Path]:
    """Write what `reply` made, and what it points at with boxes drawn; the files' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    stamp = time.strftime("%Y%m%d-%H%M%S")
    for number, made in enumerate(made_files(store, reply), start=1):
        path = folder / f"{stamp}-made-{number}{made.suffix}"
        path.write_bytes(made.read_bytes())
        written.append(path)
    for number, ((artifact, page), marks) in enumerate(marks_by_view(reply.evidence).items()):
        path = folder / f"{stamp}-{number + 1}.png"
        annotate(store.image(artifact, page), marks).save(path)
        written.append(path)
    return written


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a lone apostrophe
        return text.split()


def _line_editing() -> None:
    """History and editing of the input line, where the terminal offers it."""
    if sys.stdin.isatty():
        try:
            import readline  # noqa: F401  (importing it is what switches editing on)
        except ImportError:
            return
