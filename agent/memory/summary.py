"""What a conversation comes to, in lines of its own words: nothing is made up, nothing cut off.

    summary_of(messages, store).text

Lines name every file by its order and number ("a2: receipt.png, the first document"), answers that
another route agreed with, and facts the person stated. A planner reads it in place of the turns
that its window does not hold, and "the receipt from the beginning" is looked up in it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ...tools.artifacts import Artifact, ArtifactStore
from ...tools.results import ToolError
from ..sessions import Message
from .asking import read_ask
from .facts import stated

# Characters of a summary: facts and files stay, of the answers the oldest go.
MOST: Final = 1500
_LINE: Final = 160
_WORDS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file of the conversation: a1, a2, ... by `number`."""

    number: int
    artifact: Artifact

    @property
    def kind(self) -> str:
        """What people call it."""
        if self.artifact.kind == "video":
            return "clip"
        return "document" if self.artifact.domain == "document" else "picture"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Lines about files, facts, and answers, each in the order of the conversation."""

    files: tuple[str, ...]
    facts: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """All of them."""
        return [*self.files, *self.facts, *self.answers]

    @property
    def text(self) -> str:
        """At most `MOST` characters; the oldest answers go first."""
        lines, kept = [*self.files, *self.facts], list(self.answers)
        while kept and sum(len(line) + 1 for line in (*lines, *kept)) > MOST:
            kept.pop(0)
        return "\n".join((*lines, *kept))[:MOST]


def summary_of(messages: Sequence[Message], store: ArtifactStore) -> Summary:
    """What these messages come to."""
    counted: dict[str, int] = {}
    files = []
    for item in shown_in(messages, store):
        counted[item.kind] = counted.get(item.kind, 0) + 1
        nth = counted[item.kind]
        order = f"the {_WORDS[nth - 1]} {item.kind}" if nth <= len(_WORDS) else item.kind
        files.append(f"a{item.number}: {item.artifact.name}, {order}")
    facts, answers = [], []
    for message in messages:
        if message.role == "user":
            facts += [f"The user said: {fact}" for fact in stated(message.text)]
        elif message.reply is not None:
            checked = [c.text for c in message.reply.claims if c.status == "verified"]
            answers += [f"Checked: {' '.join(text.split())[:_LINE]}" for text in checked]
    return Summary(
        files=tuple(files), facts=tuple(dict.fromkeys(facts)), answers=tuple(dict.fromkeys(answers))
    )


def shown_in(messages: Sequence[Message], store: ArtifactStore) -> list[Shown]:
    """Every file of the conversation that is still stored, numbered as planners number them."""
    found: list[Shown] = []
    for message in messages:
        for artifact in message.attachments:
            try:
                found.append(Shown(number=len(found) + 1, artifact=store.get(artifact)))
            except ToolError:
                continue
    return found


_BACK: Final = re.compile(
    r"\b(?:from|at|in) (?:the )?(?:very )?(?:beginning|start|outset)\b"
    r"|\bi (?:showed|sent|gave|uploaded|shared)(?: you)?"
    r" (?:first|earlier|before|at first|at the (?:beginning|start))\b"
    r"|\b(?:very first|first|earliest|original) (?:\w+ )?(?:picture|photo|image|receipt|invoice"
    r"|document|page|letter|file|clip|video|scan|one)\b.{0,20}\b(?:i (?:showed|sent|gave)|you saw"
    r"|of (?:all|this|our))|\b(?:earlier|from before|back then)\b.{0,12}$",
    re.IGNORECASE,
)
_KINDS: Final = {"page": "document", "receipt": "document", "invoice": "document"}


def meant_earlier(
    text: str, shown: Sequence[Shown], kinds_of: Callable[[str], frozenset[str]]
) -> Shown | None:
    """The file that "the receipt from the beginning" means; None where words point at none.

    Args:
        kinds_of: artifact id -> what its pages were found to be (`receipt`, `invoice`).
    """
    if len(shown) < 2 or not _BACK.search(text):
        return None
    wanted = next(iter(read_ask(text, datetime.now()).kinds), "")
    kind = _KINDS.get(wanted, wanted)
    fitting = [item for item in shown if kind in ("", item.kind)]
    if kind != wanted and len(fitting) > 1:
        fitting = [s for s in fitting if wanted in kinds_of(s.artifact.id)] or fitting
    return fitting[0] if fitting else None
