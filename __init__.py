"""Sightline: an assistant for pictures, documents and clips that shows what its answers rest on."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent.assistant import Assistant
    from .agent.reply import Reply

__all__ = ["Assistant", "Reply"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Lazily: `import sightline` stays cheap for every part that needs no assistant.
    if name == "Assistant":
        from .agent.assistant import Assistant

        return Assistant
    if name == "Reply":
        from .agent.reply import Reply

        return Reply
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
