"""Turns that are not begun: no one asks, nothing is asked, or more than is taken at a time."""

from collections.abc import Sequence

from ..tools.artifacts import Attachable
from ..tools.limits import Limits

_LONGEST_NAME = 200


def refusal(
    text: str,
    attachments: Sequence[Attachable],
    user: str,
    session: str | None,
    limits: Limits,
) -> str:
    """One sentence on why a turn is not even begun, or ""."""
    if not 0 < len(user) <= _LONGEST_NAME:
        return f"I need to know who is asking: a user name of up to {_LONGEST_NAME} characters."
    if session is not None and not 0 < len(session) <= _LONGEST_NAME:
        return f"The name of a conversation has between 1 and {_LONGEST_NAME} characters."
    # Control characters alone are as good as nothing.
    if not attachments and not any(c.isprintable() and not c.isspace() for c in text):
        return "Your message is empty; ask me something about a picture, a document or a clip."
    if len(text) > limits.message_chars:
        return (
            f"Your message has {len(text):,} characters; I read up to "
            f"{limits.message_chars:,} at a time."
        )
    if len(attachments) > limits.attachments:
        return f"I take up to {limits.attachments} files with a message, not {len(attachments)}."
    return ""
