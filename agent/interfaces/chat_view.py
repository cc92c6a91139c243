"""Conversations as Gradio's chatbot shows them: pictures, steps that fold, boxes drawn.

Everything is rendered from the server's session log and artifact store; nothing that a browser
sends back is taken for history.
"""

import hashlib
import hmac
import html
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from ...tools.results import Edge, Span, ToolError
from ..assistant import Assistant
from ..events import StepStarted
from ..reply import Reply, Step
from ..sessions import Message
from .drawing import Mark, annotate, beside, graph, marks_by_view
from .gallery import album_hits, sheet
from .presenting import alt_text, claim_lines, evidence_lines, step_detail, step_title, took
from .timeline import gave_lines, timeline_lines

Shown = dict[str, Any]
_MOST_SIDE = 900
_MOST_MOMENTS = 6


class ChatView:
    """Renders one assistant's conversations.

    Args:
        folder: where pictures for browsers are kept; their names cannot be guessed.
    """

    def __init__(self, assistant: Assistant, folder: Path) -> None:
        self.assistant = assistant
        self.folder = folder / "pictures"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.secret = secret_of(folder / "secret")

    def conversation(self, user: str, session: str | None) -> list[Shown]:
        """All messages of a conversation; none of a new one."""
        if not session:
            return []
        shown: list[Shown] = []
        for message in self.assistant.history(user, session):
            if message.role == "user":
                shown.append(self.sent(user, message))
            else:
                shown += self.answer(user, message.reply or Reply(text=message.text))
        return shown

    def sent(self, user: str, message: Message) -> Shown:
        """A user's message with what came with it."""
        content: list[Any] = []
        for artifact_id in message.attachments:
            try:
                artifact = self.assistant.store(user).get(artifact_id)
                path = self.picture(user, artifact_id)
            except ToolError:
                content.append("(a file that is no longer stored)")
                continue
            many = artifact.pages > 1 and artifact.kind != "video"
            pages = f", {artifact.pages} pages" if many else ""
            content.append({"path": str(path), "alt_text": f"{artifact.name}{pages}"})
            if artifact.kind == "document":
                content.append(plain(f"{artifact.name}{pages}"))
            if artifact.kind == "video":
                content.append(plain(f"{artifact.name}, {artifact.seconds:.1f} s"))
        return {
            "role": "user",
            "content": [*content, plain(message.text)] if message.text else content,
        }

    def answer(self, user: str, reply: Reply) -> list[Shown]:
        """A reply: folded steps, the text, the pictures with what it rests on."""
        shown = self.steps(reply)
        content: list[Any] = [plain(reply.text)]
        hits = album_hits(reply.evidence)
        if hits and (gallery := self.gallery(user, reply)) is not None:
            content.append({"path": str(gallery), "alt_text": alt_text(reply)})
        in_gallery = {artifact for artifact, _, _ in hits}
        for (artifact, page), marks in marks_by_view(reply.evidence).items():
            if artifact in in_gallery:
                continue
            try:
                path = self.picture(user, artifact, page, marks)
            except ToolError:
                continue
            content.append({"path": str(path), "alt_text": alt_text(reply)})
            edges = [e for e in reply.evidence if isinstance(e, Edge) and e.artifact == artifact]
            if edges:
                drawn = self.graph(user, marks, edges)
                content.append({"path": str(drawn), "alt_text": "The scene graph, drawn"})
        for artifact, page, words in self._moments(user, reply):
            path = self.picture(user, artifact, page)
            content.append({"path": str(path), "alt_text": words})
        for artifact in reply.made:
            if artifact in in_gallery:
                continue
            try:
                path, words = self.made(user, artifact)
            except ToolError:
                continue
            content.append({"path": str(path), "alt_text": words})
        return [*shown, {"role": "assistant", "content": content}]

    def _moments(self, user: str, reply: Reply) -> list[tuple[str, int, str]]:
        """Key frames of the moments that a reply rests on: artifact, page, and what happens."""
        found: list[tuple[str, int, str]] = []
        for span in reply.evidence:
            if not isinstance(span, Span):
                continue
            try:
                clip = self.assistant.store(user).get(span.artifact)
            except ToolError:
                continue
            if span.end - span.start >= clip.span:
                continue
            middle = (span.start + span.end) / 2
            page = 1 + round(middle / max(clip.span, 1e-6) * (clip.pages - 1))
            words = f"At {middle:.1f} s: {span.label}"
            found.append((clip.id, max(1, min(clip.pages, page)), words))
        return list(dict.fromkeys(found))[:_MOST_MOMENTS]

    def steps(self, reply: Reply) -> list[Shown]:
        """What each agent did, folded under one line."""
        if not reply.steps:
            return []
        shown = [_thought(f"How I got there: {took(reply.steps)}", "", "done", "steps")]
        for number, step in enumerate(reply.steps):
            shown.append(step_thought(step, number))
        when = "\n".join(timeline_lines(reply.steps))
        shown.append(_thought("Timeline", when, "done", "timeline", "steps"))
        checked = claim_lines(reply.claims) + evidence_lines(reply.evidence)
        if checked:
            shown.append(_thought("What it rests on", "\n".join(checked), "done", "rests", "steps"))
        return shown

    def gallery(self, user: str, reply: Reply) -> Path | None:
        """A file for browsers: what an album search found, what it was asked for marked."""
        marks = marks_by_view(reply.evidence)
        pictures, titles = [], []
        store = self.assistant.store(user)
        hits = album_hits(reply.evidence)
        for artifact, page, _ in hits:
            try:
                image = store.image(artifact, page)
                titles.append(store.get(artifact).name)
            except ToolError:
                continue
            marked = marks.get((artifact, page))
            pictures.append(annotate(image, marked, legend=False) if marked else image)
        if not pictures:
            return None
        path = self._file(f"{user}\ngallery\n{hits}\n{sorted(marks)}")
        if not path.is_file():
            self._write(path, sheet(pictures, titles) if len(pictures) > 1 else pictures[0])
        return path

    def graph(self, user: str, marks: Sequence[Mark], edges: Sequence[Edge]) -> Path:
        """A file for browsers: the scene graph drawn, its nodes numbered as on the picture."""
        path = self._file(f"{user}\ngraph\n{marks}\n{edges}")
        if not path.is_file():
            self._write(path, graph(marks, edges))
        return path

    def made(self, user: str, artifact: str) -> tuple[Path, str]:
        """A file for browsers of what a turn made, and words for it: an edit beside its before.

        Raises:
            ToolError: this user has no such artifact.
        """
        store = self.assistant.store(user)
        about = store.get(artifact)
        if about.kind == "file":
            own = store.file_path(artifact)
            copy = self._file(f"{user}\n{artifact}\nfile").with_suffix(own.suffix)
            if not copy.is_file():
                shutil.copyfile(own, copy)
            return copy, about.name
        if not about.parent:
            return self.picture(user, artifact), "The picture"
        path = self._file(f"{user}\n{artifact}\nbeside {about.parent}")
        if not path.is_file():
            self._write(path, beside(store.image(about.parent), store.image(artifact)))
        return path, f"Before and after: {about.operation}"

    def picture(self, user: str, artifact: str, page: int = 1, marks: Sequence[Mark] = ()) -> Path:
        """A file for browsers: the picture or page, with `marks` drawn.

        Raises:
            ToolError: this user has no such artifact.
        """
        store = self.assistant.store(user)
        store.get(artifact)
        key = f"{user}\n{artifact}\n{page}\n{[(m.xyxy, m.label, m.number) for m in marks]}"
        path = self._file(key)
        if not path.is_file():
            image = store.image(artifact, page)
            self._write(path, annotate(image, marks) if marks else _reduced(image))
        return path

    def _file(self, key: str) -> Path:
        name = hmac.new(self.secret, key.encode(), hashlib.sha256).hexdigest()
        return self.folder / f"{name}.png"

    def _write(self, path: Path, shown: Image.Image) -> None:
        draft = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part")
        shown.save(draft, "PNG", compress_level=3)
        draft.replace(path)


def step_thought(step: Step | StepStarted, number: int) -> Shown:
    """One step, under the line of all of them; one that is under way spins."""
    if isinstance(step, StepStarted):
        return _thought(step_title(step), "", "pending", f"step-{number}", "steps")
    title = step_title(step) if step.ok else f"{step_title(step)}: not done"
    detail = "\n".join(filter(None, [step_detail(step), *gave_lines(step.gave)]))
    shown = _thought(title, detail, "done", f"step-{number}", "steps")
    shown["metadata"]["duration"] = round(step.ms / 1000, 2)
    return shown


def working(steps: Sequence[Step | StepStarted], text: str) -> list[Shown]:
    """What is shown while a turn runs: steps so far, and the text as it comes."""
    shown = [_thought("Working on it", "", "pending", "steps")]
    shown += [step_thought(step, number) for number, step in enumerate(steps)]
    if text:
        shown[0] = _thought("How I got there", "", "done", "steps")
        shown.append({"role": "assistant", "content": plain(text)})
    return shown


def secret_of(path: Path) -> bytes:
    """The server's secret, made once and readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return bytes.fromhex(path.read_text().strip())


def plain(text: str) -> str:
    """`text` as the chatbot must get it to show it as it is: markup shows, and loads nothing."""
    return html.escape(text, quote=False)


def _thought(title: str, content: str, status: str, name: str, parent: str = "") -> Shown:
    metadata = {"title": plain(title), "status": status, "id": name}
    if parent:
        metadata["parent_id"] = parent
    return {"role": "assistant", "content": plain(content), "metadata": metadata}


def _reduced(image: Image.Image) -> Image.Image:
    scale = min(1.0, _MOST_SIDE / max(image.size))
    if scale == 1.0:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)
