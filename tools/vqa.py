"""Answer a question about a picture."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ..models.tasks import Answer
from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention
from .picture_plain import told_plainly
from .results import Box, ModelRef, ToolResult
from .scenes import in_order


class VqaArgs(OnAttachment):
    """Arguments of `vqa`."""

    question: str = Field(min_length=1, max_length=2000, description="the person's question")


class VqaTool(SightlineTool):
    """The `vqa` tool."""

    name: str = "vqa"
    description: str = "Answer a question about what a picture shows (counts, colours, yes/no)."
    args_schema: type[BaseModel] = VqaArgs
    specialist: ClassVar[Specialist] = "perception"
    argument: ClassVar[str] = "question"
    wants: ClassVar = "picture"
    examples: ClassVar[tuple[str, ...]] = (
        "how many cubes are there?",
        "what colour is the big ball?",
        "is anything left of the green cylinder?",
        "and the one behind it?",
    )

    def look(self, question: str, artifact: str = "", **_: Any) -> ToolResult:
        """Answer; a false premise is answered `none`."""
        picture = self.context.artifact(artifact)
        if (plain := told_plainly(question, picture)) is not None:
            sentence, answer = plain
            exact = ModelRef(name="exact")
            return ToolResult(
                text=sentence, answer=answer, model=exact, detail={"worded": True, "exact": True}
            )
        if (refused := abstention(self.context, picture, self.name)) is not None:
            return refused
        answer = self.model_for(picture).answer(
            [self.context.store.image(picture.id)], [question], [self.context.asked(picture)]
        )[0]
        return answer_result(answer, picture.id, self.model_ref(self.name, picture))


def answer_result(answer: Answer, artifact: str, model: ModelRef) -> ToolResult:
    """A model's answer about one picture, as a tool's result."""
    held = answer.premise == "holds"
    detail = dict(answer.detail)
    boxes = [
        Box(artifact=artifact, x0=b.xyxy[0], y0=b.xyxy[1], x1=b.xyxy[2], y1=b.xyxy[3],
            label=in_order(b.label)) for b in answer.boxes
    ]  # fmt: skip
    return ToolResult(
        text=answer.text if held else f"premise {answer.premise}: {answer.text}",
        answer=answer.text if held else "none",
        evidence=tuple(boxes),
        model=model,
        confidence=answer.confidence,
        program=tuple(detail.pop("program", ())),
        premise=answer.premise,
        detail=detail,
    )
