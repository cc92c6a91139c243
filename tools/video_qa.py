"""Answer a question about a clip, or say what happens in it."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ..data.world.video.story import MOMENT
from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention, clip_facts
from .pages import Pages
from .results import Span, ToolError, ToolResult


class VideoArgs(OnAttachment):
    """Arguments of `video_qa`."""

    question: str = Field(min_length=1, max_length=2000, description="the person's question")


class VideoTool(SightlineTool):
    """The `video_qa` tool."""

    name: str = "video_qa"
    description: str = "Answer a question about a clip: what happens, why, what next, what if."
    args_schema: type[BaseModel] = VideoArgs
    specialist: ClassVar[Specialist] = "video"
    argument: ClassVar[str] = "question"
    wants: ClassVar = "video"
    examples: ClassVar[tuple[str, ...]] = (
        "who hits whom first?",
        "describe this clip",
        "how many things come in?",
        "what would happen without the red ball?",
    )

    def look(self, question: str, artifact: str = "", **_: Any) -> ToolResult:
        """Watch and answer; the moments it rests on come as spans."""
        clip = self.context.artifact(artifact)
        if clip.kind != "video":
            raise ToolError("That is no clip; please attach the video you mean.")
        if (refused := abstention(self.context, clip, self.name)) is not None:
            return refused
        watcher = self.context.toolbox.tool(self.name)
        reading = watcher.reading(clip.id, clip.span, lambda: Pages(self.context, clip.id))
        if not reading.attributes:
            return ToolResult(
                text=f"I see none of the things I know in this clip. {clip_facts(clip)}",
                model=self.model_ref(self.name), abstained=True,
            )  # fmt: skip
        told = watcher.answer(reading, question)
        seen = [event.time <= clip.span + 1e-6 for event in told.events]
        moments = [
            Span(
                artifact=clip.id, start=round(max(0.0, event.time - MOMENT), 3),
                end=round(min(clip.span, event.time + MOMENT), 3), label=label,
            )
            for event, label, there in zip(told.events, told.labels, seen, strict=True)
            if there and told.world == "clip"
        ]  # fmt: skip
        whole = Span(artifact=clip.id, start=0.0, end=clip.span, label="the whole clip")
        return ToolResult(
            text=told.text,
            answer=told.answer,
            evidence=tuple(moments) or (whole,),
            model=self.model_ref(self.name),
            confidence=told.confidence,
            program=told.program,
            premise=told.premise,
            detail={"other": told.other, "world": told.world, "sure": reading.confidence},
        )
