"""Search this user's album: by words, by a picture at hand, or by both."""

import re
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import SightlineTool, Specialist, ToolArgs
from .results import ToolError, ToolResult

# Words that speak of the picture at hand.
_THIS = re.compile(
    r"\b(this|these|that one|the same|similar|alike|as here|like (it|mine|the one))\b",
    re.IGNORECASE,
)


class RetrieveArgs(ToolArgs):
    """Arguments of `retrieve`."""

    query: str = Field(min_length=1, max_length=2000, description="what to look for")
    artifact: str = Field(
        default="",
        max_length=64,
        description="a picture to find others like, a1, a2, ...; empty where words say it all",
    )


class RetrieveTool(SightlineTool):
    """The `retrieve` tool."""

    name: str = "retrieve"
    description: str = (
        "Search the user's album of stored pictures, clips and pages, by words, by a picture in "
        "view, or by both."
    )
    args_schema: type[BaseModel] = RetrieveArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "query"
    finds: ClassVar[bool] = True
    examples: ClassVar[tuple[str, ...]] = (
        "find my pictures with a red cube",
        "which of my photos show two cylinders?",
        "find one like this but with a red ball",
        "show me the receipts from last week",
    )

    def look(self, query: str, artifact: str = "", **_: Any) -> ToolResult:
        """Search the album; a picture at hand is meant where it is named or spoken of."""
        if self.context.album is None:
            raise ToolError("Your album is not open here, so I can't search it.")
        meant = artifact or (self.context.attachments and _THIS.search(query))
        like = self.context.artifact(artifact) if meant else None
        return self.context.album.search(query, like)
