"""Forget something remembered: one thing, a conversation, or everything."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import SightlineTool, Specialist, ToolArgs
from .results import ToolResult


class ForgetArgs(ToolArgs):
    """Arguments of `forget`."""

    what: str = Field(
        min_length=1, max_length=500, description="what to forget, in the user's own words"
    )
    artifact: str = Field(
        default="",
        max_length=64,
        description="a file in view to forget, a1, a2, ...; empty where words say it all",
    )


class ForgetTool(SightlineTool):
    """The `forget` tool."""

    name: str = "forget"
    description: str = (
        "Forget something the user showed or told: one thing, a conversation, or everything. It "
        "is deleted for good."
    )
    args_schema: type[BaseModel] = ForgetArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "what"
    changes: ClassVar[bool] = True
    examples: ClassVar[tuple[str, ...]] = (
        "forget the receipt I showed you",
        "forget everything",
        "please forget what I told you about my bike",
        "delete everything you know about me",
        "erase this conversation from your memory",
        "forget this picture",
        "forget what we talked about yesterday",
        "wipe your memory of me",
        "I want you to forget my address",
        "can you forget that I'm allergic to nuts?",
        "remove the dinner receipt from your memory",
        "delete our chat history",
        "forget our last conversation",
        "don't remember that any more",
        "erase what I said about my sister",
        "you can forget the picture with the three balls now",
        "forget all the pictures from last week",
        "clear your memory",
        "delete what you remember about the invoice",
        "stop remembering my name",
        "forget the last thing I told you",
        "please get rid of everything I showed you on Monday",
        "forget me",
        "delete all my data",
        "I'd like you to erase the scan of my letter from your memory",
        "could you please forget the photo I sent first?",
        "drop what you know about Anna's mug",
        "unlearn that my bike is red",
        "forget this chat",
        "wipe all of our conversations",
        "strike that from your memory",
        "no longer keep the document I uploaded, forget it completely",
    )

    def look(self, what: str, artifact: str = "", **_: Any) -> ToolResult:
        """Forget it, or ask which one, or whether it is really meant."""
        meant = self.context.artifact(artifact).id if artifact else ""
        return self.context.keeper().forget(what, meant)
