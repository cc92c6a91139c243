"""Look up something from this user's earlier conversations."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import SightlineTool, Specialist, ToolArgs
from .results import ToolResult


class RecallArgs(ToolArgs):
    """Arguments of `recall`."""

    query: str = Field(min_length=1, max_length=2000, description="what to remember")
    artifact: str = Field(
        default="", max_length=64, description="a picture to look for, a1, a2, ...; empty for none"
    )


class RecallTool(SightlineTool):
    """The `recall` tool."""

    name: str = "recall"
    description: str = "Remember something from earlier conversations with this user."
    args_schema: type[BaseModel] = RecallArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "query"
    examples: ClassVar[tuple[str, ...]] = (
        "do you remember the receipt I showed you on Monday?",
        "what did you tell me about the red cube yesterday?",
        "have I shown you this picture before?",
        "which bike is mine?",
        "what was the first thing I showed you?",
    )

    def look(self, query: str, artifact: str = "", **_: Any) -> ToolResult:
        """Search the memory by words, and by a picture when one is named."""
        memory = self.context.keeper()
        if not artifact:
            return memory.recall(query)
        shown = self.context.artifact(artifact)
        return memory.recall(query, self.context.store.image(shown.id), shown.id)
