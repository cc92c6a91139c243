"""What the recall, remember and forget tools ask of a memory."""

from typing import Protocol, runtime_checkable

from PIL.Image import Image

from .base import ToolContext
from .results import ToolError, ToolResult

CLOSED = "My memory is not open here, so I can't do that."


@runtime_checkable
class Keeper(Protocol):
    """One user's memory in one turn; it knows what the person wrote, and acts on nothing else."""

    def recall(self, words: str, picture: Image | None = None, artifact: str = "") -> ToolResult:
        """What fits the words, or looks like the picture (`artifact` is its id)."""
        ...

    def remember(self, fact: str) -> ToolResult:
        """Keep a fact that the person stated in this very turn."""
        ...

    def forget(self, what: str, artifact: str = "") -> ToolResult:
        """Forget what the person asks to be forgotten in this very turn."""
        ...


def keeper_of(context: ToolContext) -> Keeper:
    """The memory of a turn.

    Raises:
        ToolError: there is none.
    """
    if not isinstance(context.memory, Keeper):
        raise ToolError(CLOSED)
    return context.memory
