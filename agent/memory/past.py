"""What a conversation leaves to be remembered: its turns, facts stated, and regions pointed at.

All of it is read off the session log, the same each time, so that it can be made again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...tools.results import Box
from ..policy import own_words
from ..sessions import Message, SessionLog
from .facts import same_fact, stated

Kind = Literal["turn", "fact", "region"]
_MOST_REGIONS = 6


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

    @property
    def numbers(self) -> tuple[int, ...]:
        """The log's numbers of its messages."""
        return (self.asked.number, self.said.number) if self.said else (self.asked.number,)

    @property
    def tools(self) -> frozenset[str]:
        """The tools that were used for it with success."""
        reply = self.said.reply if self.said else None
        return frozenset(step.tool for step in reply.steps if step.ok) if reply else frozenset()

    @property
    def about_memory(self) -> bool:
        """Whether the turn itself looked back or forgot: no memory worth recalling."""
        return bool(self.tools & {"recall", "retrieve", "forget"})

    @property
    def only_told(self) -> bool:
        """Whether the turn did nothing but state facts, which are remembered by themselves."""
        return bool(self.facts) and self.tools <= {"plan", "check", "remember"}

    @property
    def made_by_studio(self) -> bool:
        """Whether what came with the turn is a picture the studio changed."""
        return "edit" in self.tools

    @property
    def artifacts(self) -> frozenset[str]:
        """Ids of every file that came with it, was made by it, or that its reply speaks of."""
        found = set(self.asked.attachments)
        if self.said is not None:
            found.update(self.said.attachments)
            if (reply := self.said.reply) is not None:
                found.update(reply.artifacts, reply.made)
                found.update(e.artifact for e in reply.evidence if e.type != "memory")
        return frozenset(found)

    @property
    def cites(self) -> frozenset[str]:
        """Ids of the memories that its reply rests on."""
        reply = self.said.reply if self.said else None
        return (
            frozenset(e.id for e in reply.evidence if e.type == "memory") if reply else frozenset()
        )

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Facts the person stated in it, in words of their own."""
        own = _bare(own_words(self.asked.text))
        reply = self.said.reply if self.said else None
        told = [
            " ".join(str(step.args.get("fact", "")).split()).rstrip(".! ")
            for step in (reply.steps if reply else ())
            if step.tool == "remember" and step.ok
        ]
        # What a planner took from elsewhere is nothing that the person said.
        told = [fact for fact in told if fact and _bare(fact) in own]
        if "forget" in self.tools:
            return ()
        for fact in stated(self.asked.text):
            if not any(same_fact(fact, other) or _bare(fact) in _bare(other) for other in told):
                told.append(fact)
        return tuple(told)

    @cached_property
    def regions(self) -> tuple[Box, ...]:
        """What the reply pointed at."""
        reply = self.said.reply if self.said else None
        if reply is None or self.about_memory:
            return ()
        boxes = [e for e in reply.evidence if isinstance(e, Box) and e.label]
        return tuple(dict.fromkeys(boxes))[:_MOST_REGIONS]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One thing to be remembered, found by its text (and a region also by its crop).

    Attributes:
        id: `session/number`, with `/fact/0` or `/region/0` behind it.
        box: of a region, where it is.
    """

    id: str
    kind: Kind
    turn: Remembered
    text: str
    box: Box | None = None


def read_past(log: SessionLog, user: str) -> list[Remembered]:
    """The user's turns, oldest first."""
    rows = log.since(user, 0)
    # Turns of several conversations may interleave; a reply follows its question in its own.
    by_session: dict[str, list[Message]] = {}
    for session, message in rows:
        by_session.setdefault(session, []).append(message)
    past = []
    for session, messages in by_session.items():
        for message, following in zip(messages, [*messages[1:], None], strict=True):
            if message.role == "user" and (message.text.strip() or message.attachments):
                said = following if following and following.role == "assistant" else None
                past.append(Remembered(session=session, asked=message, said=said))
    return sorted(past, key=lambda row: row.asked.number)


def traces_of(past: Sequence[Remembered]) -> list[Trace]:
    """Everything these turns leave."""
    found = []
    for turn in past:
        if not turn.about_memory:
            found.append(Trace(id=turn.id, kind="turn", turn=turn, text=turn.text))
        found += [
            Trace(id=f"{turn.id}/fact/{i}", kind="fact", turn=turn, text=fact)
            for i, fact in enumerate(turn.facts)
        ]
        found += [
            Trace(id=f"{turn.id}/region/{i}", kind="region", turn=turn, text=box.label, box=box)
            for i, box in enumerate(turn.regions)
        ]
    return found


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
