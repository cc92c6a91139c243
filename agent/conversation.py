"""What a conversation leaves for its next turn: files in view, turns, and questions asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..tools.artifacts import Artifact, ArtifactStore, Attachable
from ..tools.base import ToolContext
from ..tools.gate import domain_of
from ..tools.results import ToolError
from .planning import Planner, Tools, Turn, plan_all
from .sessions import Message

# Tools whose questions build on each other ("and the one behind it?").
_DIALOGUE_TOOLS = ("vqa", "ground", "document_qa")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked of the tools: questions by artifact id, and instructions to edit."""

    questions: dict[str, tuple[str, ...]]
    orders: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Earlier messages and the files that came with them.

    Attributes:
        messages: oldest first.
        attached: the artifacts that came with each message.
    """

    messages: tuple[Message, ...]
    attached: tuple[tuple[Artifact, ...], ...]

    @classmethod
    def read(cls, messages: Sequence[Message], context: ToolContext) -> "Conversation":
        """Look the attachments up; files that are gone are no longer in view."""
        attached = [tuple(_stored(context, message.attachments)) for message in messages]
        return cls(messages=tuple(messages), attached=tuple(attached))

    @property
    def view(self) -> tuple[Artifact, ...]:
        """Every artifact that came with an earlier turn, oldest first."""
        return tuple(artifact for group in self.attached for artifact in group)

    @property
    def last_reply(self) -> str:
        """What the assistant said last, or ""."""
        return next((m.text for m in reversed(self.messages) if m.role == "assistant"), "")

    def turns(self) -> list[Turn]:
        """The conversation as a planner sees it."""
        return [
            Turn(role=message.role, text=message.text, attachments=kinds(group))
            for message, group in zip(self.messages, self.attached, strict=True)
        ]

    def asked(self, planner: Planner, tools: Tools) -> "Asked":
        """Earlier questions and orders, oldest first, as the tools were given them.

        Turns of our own tell by their steps. Turns that came from elsewhere are planned again:
        small talk among them is not a question.
        """
        turns = self.turns()
        known = {artifact.id: artifact for group in self.attached for artifact in group}
        asked: dict[str, list[str]] = {}
        foreign: list[int] = []
        calls: dict[int, list[tuple[str, Mapping[str, Any]]]] = {}
        for index, message in enumerate(self.messages):
            if message.role != "user":
                continue
            after = self.messages[index + 1] if index + 1 < len(self.messages) else None
            if after is not None and after.reply is not None:
                calls[index] = [(step.tool, step.args) for step in after.reply.steps]
            else:
                foreign.append(index)
        plans = plan_all(planner, [turns[: index + 1] for index in foreign], tools)
        for index, plan in zip(foreign, plans, strict=True):
            calls[index] = [(call.tool, call.args) for call in plan.calls]
        orders: list[str] = []
        for index in sorted(calls):
            view = [artifact for group in self.attached[: index + 1] for artifact in group]
            # Several orders of one turn are one sentence to the studio.
            told = [str(args["instruction"]) for _, args in calls[index] if "instruction" in args]
            orders += [" and then ".join(told)] if told else []
            for tool, args in calls[index]:
                reference = str(args.get("artifact", ""))
                # A picture that was made or found in a turn is named by its id.
                artifact = known.get(reference) or _meant(reference, view)
                if tool in _DIALOGUE_TOOLS and artifact is not None:
                    words = str(args.get(tools[tool].argument, ""))
                    asked.setdefault(artifact.id, []).append(words)
        questions = {key: tuple(words) for key, words in asked.items()}
        return Asked(questions=questions, orders=tuple(orders))


def kinds(artifacts: Sequence[Artifact]) -> tuple[str, ...]:
    """What planners call the artifacts: a picture of a page is a document."""
    return tuple(_kind(artifact) for artifact in artifacts)


def _kind(artifact: Artifact) -> str:
    if artifact.kind == "video":
        return "video"
    return "document" if artifact.domain == "document" else "picture"


def imported(
    history: Sequence[Mapping[str, Any]], store: ArtifactStore
) -> tuple[list[Message], list[str]]:
    """Turns in the batch layout as messages, and one sentence on each that cannot be used."""
    messages, problems = [], []
    for entry in history:
        role, text = entry.get("role"), entry.get("text", "")
        if role not in ("user", "assistant") or not isinstance(text, str):
            problems.append('An earlier turn needs a "role" (user or assistant) and a "text".')
            continue
        added, refused = add_all(store, entry.get("attachments") or ())
        problems += refused
        messages.append(Message(role=role, text=text, attachments=[a.id for a in added]))
    return messages, problems


def add_all(
    store: ArtifactStore, sources: Sequence[Attachable]
) -> tuple[list[Artifact], list[str]]:
    """Store what came with a turn; what cannot be used gives one sentence each."""
    added, refused = [], []
    for source in sources:
        try:
            added.append(store.add(source))
        except ToolError as error:
            refused.append(str(error))
    return added, refused


def _stored(context: ToolContext, ids: Sequence[str]) -> list[Artifact]:
    found = []
    for artifact_id in ids:
        try:
            stored = context.store.get(artifact_id)
            if stored.kind != "file":  # made for other programs; the page it is from is in view
                found.append(domain_of(context, stored))
        except ToolError:
            continue
    return found


def _meant(reference: str, view: Sequence[Artifact]) -> Artifact | None:
    if not view:
        return None
    number = reference.removeprefix("a")
    if number.isdigit() and 1 <= int(number) <= len(view):
        return view[int(number) - 1]
    return view[-1]
