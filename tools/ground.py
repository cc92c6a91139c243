"""Find what a phrase speaks of, and box it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ..data.world.places import place
from ..models import tasks
from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention
from .results import Box, ModelRef, ToolResult
from .scenes import in_order


class GroundArgs(OnAttachment):
    """Arguments of `ground`."""

    phrase: str = Field(min_length=1, max_length=2000, description="the thing or things to find")


class GroundTool(SightlineTool):
    """The `ground` tool."""

    name: str = "ground"
    description: str = "Show where something is in a picture: boxes around it."
    args_schema: type[BaseModel] = GroundArgs
    specialist: ClassVar[Specialist] = "perception"
    argument: ClassVar[str] = "phrase"
    wants: ClassVar = "picture"
    examples: ClassVar[tuple[str, ...]] = (
        "where is the small red ball?",
        "point at the cylinder behind the cube",
        "mark all shiny things",
        "show it to me",
    )

    def look(self, phrase: str, artifact: str = "", **_: Any) -> ToolResult:
        """Box what `phrase` speaks of; no boxes when it is not there."""
        picture = self.context.artifact(artifact)
        if (refused := abstention(self.context, picture, self.name)) is not None:
            return refused
        image = self.context.store.image(picture.id)
        found = self.model_for(picture).ground([image], [phrase], [self.context.asked(picture)])[0]
        result = boxes_result(found, picture.id, self.model_ref(self.name, picture), phrase)
        places = [place_of(box.xyxy, image.width, image.height) for box in found]
        return result.model_copy(update={"answer": ", ".join(places) or "none"})


def place_of(box: tuple[float, float, float, float], width: int, height: int) -> str:
    """Where in the picture a box lies: "front left", "centre"."""
    return place((box[0] + box[2]) / 2 / width, (box[1] + box[3]) / 2 / height)


def boxes_result(
    found: Sequence[tasks.Box], artifact: str, model: ModelRef, phrase: str
) -> ToolResult:
    """A model's boxes in one picture, as a tool's result."""
    boxes = tuple(
        Box(artifact=artifact, x0=b.xyxy[0], y0=b.xyxy[1], x1=b.xyxy[2], y1=b.xyxy[3],
            label=in_order(b.label) or phrase) for b in found
    )  # fmt: skip
    return ToolResult(
        text=f"{len(boxes)} found",
        answer=None if boxes else "none",
        evidence=boxes,
        model=model,
        confidence=min((b.confidence for b in found), default=0.5),
        premise="holds" if boxes else "absent",
    )
