"""Describe a picture: short, normal or long."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from .base import OnAttachment, SightlineTool, Specialist
from .cropping import scene_of_part
from .describing import mended
from .gate import abstention
from .results import ToolResult
from .scenes import scene_of


class CaptionArgs(OnAttachment):
    """Arguments of `caption`."""

    style: Literal["short", "normal", "long"] = Field(
        default="normal", description="short: one line; long: every object"
    )


class CaptionTool(SightlineTool):
    """The `caption` tool."""

    name: str = "caption"
    description: str = "Describe a picture as a whole."
    args_schema: type[BaseModel] = CaptionArgs
    specialist: ClassVar[Specialist] = "perception"
    wants: ClassVar = "picture"
    examples: ClassVar[tuple[str, ...]] = (
        "what's in this picture?",
        "describe it in detail",
        "a one-liner about this photo, please",
        "tell me what you see",
    )

    def look(self, artifact: str = "", style: str = "normal", **_: Any) -> ToolResult:
        """Describe the picture; abstains from pictures the model does not know."""
        picture = self.context.artifact(artifact)
        if (refused := abstention(self.context, picture, self.name)) is not None:
            return refused
        parser = self.check_for(picture)
        image = self.context.store.image(picture.id)
        part = scene_of_part(image, parser) if parser is not None else None
        if part is not None:
            text = mended("", part, style) or "Nothing stands in this part of the table."
            model = self.context.toolbox.ref(self.name, "checks")
            return ToolResult(text=text, confidence=0.9, model=model, detail={"whole": True})
        model = self.model_for(picture)
        caption = model.caption([image], style=style)[0]
        text = caption.text
        if parser is not None:
            text = mended(text, scene_of(parser.parse([image])[0]), style)
        model = self.model_ref(self.name, picture)
        return ToolResult(text=text, confidence=caption.confidence, model=model)
