"""Tools that are planned but not built: the planner routes to them, one sentence declines."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import OnAttachment, SightlineTool, Specialist, ToolArgs
from .results import ToolError, ToolResult


class _Planned(SightlineTool):
    available: ClassVar[bool] = False

    def look(self, **_: Any) -> ToolResult:
        raise ToolError(self.refusal)


class RetrieveArgs(ToolArgs):
    """Arguments of `retrieve`."""

    query: str = Field(min_length=1, max_length=2000, description="what to look for")


class RetrieveTool(_Planned):
    """The `retrieve` tool, to come."""

    name: str = "retrieve"
    description: str = "Search the user's album of stored pictures."
    args_schema: type[BaseModel] = RetrieveArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "query"
    refusal: ClassVar[str] = "I cannot search an album yet; attach a picture and I will look at it."
    examples: ClassVar[tuple[str, ...]] = (
        "find my pictures with a red cube",
        "which of my photos show two cylinders?",
    )


class EditArgs(OnAttachment):
    """Arguments of `edit`."""

    instruction: str = Field(min_length=1, max_length=2000, description="what to change")


class EditTool(_Planned):
    """The `edit` tool, to come."""

    name: str = "edit"
    description: str = "Change a picture: recolour, remove, add, move, crop."
    args_schema: type[BaseModel] = EditArgs
    specialist: ClassVar[Specialist] = "studio"
    argument: ClassVar[str] = "instruction"
    wants: ClassVar = "picture"
    changes: ClassVar[bool] = True
    refusal: ClassVar[str] = (
        "I cannot edit pictures yet; I can describe them, answer questions and point things out."
    )
    examples: ClassVar[tuple[str, ...]] = ("make the cube blue", "remove the ball", "crop it")


class VideoArgs(OnAttachment):
    """Arguments of `video_qa`."""

    question: str = Field(min_length=1, max_length=2000, description="the person's question")


class VideoTool(_Planned):
    """The `video_qa` tool, to come."""

    name: str = "video_qa"
    description: str = "Answer a question about a clip."
    args_schema: type[BaseModel] = VideoArgs
    specialist: ClassVar[Specialist] = "video"
    argument: ClassVar[str] = "question"
    wants: ClassVar = "video"
    refusal: ClassVar[str] = "I cannot watch clips yet; send me a picture of the moment you mean."
    examples: ClassVar[tuple[str, ...]] = ("who hits whom first?", "describe this clip")


class SceneGraphTool(_Planned):
    """The `scene_graph` tool, to come."""

    name: str = "scene_graph"
    description: str = "List every object of a picture and the relations between them."
    args_schema: type[BaseModel] = OnAttachment
    specialist: ClassVar[Specialist] = "perception"
    wants: ClassVar = "picture"
    refusal: ClassVar[str] = (
        "I cannot draw up scene graphs yet; ask me for a long description, or about two things."
    )
    examples: ClassVar[tuple[str, ...]] = (
        "give me all relations between the objects as json",
        "who stands where relative to whom, as a list",
    )
