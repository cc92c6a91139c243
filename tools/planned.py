"""Tools that are planned but not built: the planner routes to them, one sentence declines."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import OnAttachment, SightlineTool, Specialist
from .results import ToolError, ToolResult


class _Planned(SightlineTool):
    available: ClassVar[bool] = False

    def look(self, **_: Any) -> ToolResult:
        raise ToolError(self.refusal)


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
