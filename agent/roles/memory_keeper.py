"""The memory keeper: writes the turn down when it is over.

The session log is the truth, and written at once. The search index over it is brought up to date
behind the conversation's back (see `memory.index`): nobody waits for it.
"""

from collections.abc import Sequence
from typing import Final

from ...tools.results import ToolError
from ..memory.album import Album
from ..memory.at_turn import ASKED_BACK
from ..memory.recalling import Memory
from ..reply import Reply
from ..sessions import Message, SessionLog

_FORGETTING: Final = "(You asked me to forget something.)"
_FORGOT: Final = "I forgot it."


class MemoryKeeper:
    """Writes turns of one user.

    Args:
        log: the session log.
        memory: that user's memory, told that there is something new; None keeps the log alone.
        album: that user's album, which gets what the turn showed; None leaves it as it is.
    """

    def __init__(self, log: SessionLog, memory: Memory | None, album: Album | None = None) -> None:
        self.log = log
        self.memory = memory
        self.album = album

    def keep(
        self, user: str, session: str, text: str, attachments: Sequence[str], reply: Reply
    ) -> None:
        """Append the user's message and the reply to the session, in one transaction.

        A turn that forgot something keeps none of its words: they would tell what it was.
        """
        forgot = any(step.tool == "forget" for step in reply.steps)
        if forgot and reply.answer not in ASKED_BACK:
            # "Forget this conversation" has taken the session along.
            self.log.start(user, session)
            text, reply = _FORGETTING, _without_words(reply)
            attachments = [a for a in attachments if self._stored(a)]
        asked = Message(role="user", text=text, attachments=list(attachments))
        said = Message(role="assistant", text=reply.text, attachments=reply.made, reply=reply)
        self.log.append(user, session, [asked, said])
        if self.memory is not None:
            self.memory.catch_up_later()
        if self.album is not None:
            self.album.add(attachments, session)

    def _stored(self, artifact: str) -> bool:
        if self.album is None:
            return True
        try:
            return bool(self.album.store.get(artifact))
        except ToolError:
            return False


def _without_words(reply: Reply) -> Reply:
    steps = [step.model_copy(update={"args": {}, "note": "", "gave": None}) for step in reply.steps]
    return Reply(text=_FORGOT, answer=reply.answer, steps=steps, session=reply.session)
