"""The memory keeper: writes the turn down when it is over.

The session log is the truth, and written at once. The search index over it is brought up to date
behind the conversation's back (see `memory.index`): nobody waits for it.
"""

from collections.abc import Sequence

from ..memory.album import Album
from ..memory.index import Memory
from ..reply import Reply
from ..sessions import Message, SessionLog


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
        """Append the user's message and the reply to the session, in one transaction."""
        asked = Message(role="user", text=text, attachments=list(attachments))
        said = Message(role="assistant", text=reply.text, attachments=reply.made, reply=reply)
        self.log.append(user, session, [asked, said])
        if self.memory is not None:
            self.memory.catch_up_later()
        if self.album is not None:
            self.album.add(attachments, session)
