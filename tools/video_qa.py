"""Answer a question about a clip, or say what happens in it."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ..models.tasks import Clip
from .base import OnAttachment, SightlineTool, Specialist
from .clip_plain import Plain, told_plainly
from .gate import abstention, clip_facts
from .pages import Pages
from .results import ModelRef, Span, ToolError, ToolResult


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
        if (plain := told_plainly(question, clip, self.context.store)) is not None:
            return self._plainly(plain)
        if (refused := abstention(self.context, clip, self.name)) is not None:
            return refused
        watched = Clip(frames=Pages(self.context, clip.id), seconds=clip.span, key=clip.id)
        told = self.model_for(clip).answer_clips([watched], [question])[0]
        if not told.known:
            return ToolResult(
                text=f"I see none of the things I know in this clip. {clip_facts(clip)}",
                model=self.model_ref(self.name), abstained=True,
            )  # fmt: skip
        moments = [
            Span(artifact=clip.id, start=round(m.start, 3), end=round(m.end, 3), label=m.label)
            for m in told.moments
        ]
        whole = Span(artifact=clip.id, start=0.0, end=clip.span, label="the whole clip")
        return ToolResult(
            text=told.sentence,
            answer=told.text,
            evidence=tuple(moments) or (whole,),
            model=self.model_ref(self.name, clip),
            confidence=told.confidence,
            program=told.program,
            premise=told.premise,
            detail=dict(told.detail),
        )

    def _plainly(self, plain: Plain) -> ToolResult:
        return ToolResult(
            text=plain.text,
            answer=plain.answer,
            evidence=(plain.span,) if plain.span else (),
            artifacts=(plain.made,) if plain.made else (),
            model=ModelRef(name="exact"),
            confidence=1.0,
            abstained=plain.answer is None and not plain.made,
        )
