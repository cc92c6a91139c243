"""Change a picture when asked to: exactly on any picture, and the things of tabletop pictures."""

import re
from io import BytesIO
from typing import Any, ClassVar

from PIL import Image
from pydantic import BaseModel, Field

from ..data.edits import Convert, Label, Operation, Other, Undo, Where, WorldEdit
from ..models.common.boxes import BoxXYXY
from .artifacts import Artifact
from .base import OnAttachment, SightlineTool, Specialist, joined
from .gate import domain_of
from .results import ModelRef, ToolError, ToolResult
from .studio import exact
from .studio.finding import find, names_of
from .studio.reading import Heard, operation_of
from .studio.telling import told

CANNOT = (
    "I can't do that to a picture. I can crop, rotate, flip, resize, brighten, sharpen, blur, "
    "hide parts, convert, mark and label any picture; in tabletop scenes I also recolour, remove, "
    "add, replace, move and resize things."
)
_ONLY_TABLETOP = (
    "I don't want to spoil this picture: {about}, and that change needs a model that knows what is "
    "in it. Exact changes work on any picture: crop, rotate, flip, resize, brighten, blur, hide, "
    "convert, mark and label."
)
# Where one instruction ends and the next begins: before a word that asks for something.
_NEXT = re.compile(
    r"\s*(?:,|;|\.|\band then\b|\bthen\b|\band\b|&)\s+(?:and |then |also |please |now )*"
    r"(?=(?:crop|cut|trim|rotate|turn|flip|mirror|resize|scale|make|brighten|darken|lighten|dim|increase|reduce"
    r"|sharpen|blur|pixelate|hide|black out|convert|save|draw|label|write|box|remove|delete|erase"
    r"|add|put|place|replace|move|shift|paint|recolou?r|colou?r|change|shrink|enlarge|desaturate"
    r"|greyscale|grayscale|brighter|darker|sharper|warmer|cooler)\b)",
    re.IGNORECASE,
)
# "The ball is too small, make it bigger": what is wrong, and the order that mends it, are one.
_COMPLAINS = re.compile(
    r"[^,;]*(?:\b(?:is|are|looks?|seems?)|['’]s)\b[^,;]*\btoo\s+\w+\W*", re.IGNORECASE
)
_OF_IT = re.compile(r"\b(?:it|them|this|that)\b", re.IGNORECASE)
_SURE = 0.35
_MOST_STEPS = 5
_ENCODE: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "compress_level": 3},
    "jpg": {"format": "JPEG", "quality": 95, "subsampling": 0},
    "webp": {"format": "WEBP", "quality": 95},
}


class EditArgs(OnAttachment):
    """Arguments of `edit`."""

    instruction: str = Field(min_length=1, max_length=2000, description="what to change")


class EditTool(SightlineTool):
    """The `edit` tool."""

    name: str = "edit"
    description: str = (
        "Change a picture: crop, rotate, blur, ...; recolour, remove, add, move things."
    )
    args_schema: type[BaseModel] = EditArgs
    specialist: ClassVar[Specialist] = "studio"
    argument: ClassVar[str] = "instruction"
    wants: ClassVar = "picture"
    changes: ClassVar[bool] = True
    examples: ClassVar[tuple[str, ...]] = (
        "make the cube blue",
        "remove the ball behind the cylinder",
        "crop it to the left half",
        "blur the text in the middle",
        "undo that",
    )

    def look(self, instruction: str, artifact: str = "", **_: Any) -> ToolResult:
        """Carry the instruction out on a new picture; the old one stays as it is."""
        picture = self.context.artifact(artifact)
        if picture.kind == "document":
            raise ToolError("I change pictures, not PDF files; send me the page as a picture.")
        steps = self._read(instruction)
        first, done, boxes, sure = picture, [], (), True
        for step in steps:
            if isinstance(step, Undo):
                picture, clause = self._undone(picture, step)
                boxes = ()
            elif isinstance(step, WorldEdit):
                if not self.context.toolbox.knows(
                    self.name, domain_of(self.context, picture).domain
                ):
                    return self._declined(done, first, picture)
                picture, clause, boxes, held = self._world(picture, step)
                sure = sure and held
            else:
                picture, clause = self._exact(picture, step)
                boxes = ()
            done.append(clause)
        return self._result(first, picture, done, boxes, sure)

    def _read(self, instruction: str) -> list[Operation]:
        parts = _orders(instruction)[:_MOST_STEPS]
        parser = self.context.toolbox.part("instruction")
        for texts in ([part for part in parts if part.strip()], [instruction]):
            steps: list[Operation] = []
            for text, heard in zip(texts, parser.parse(texts), strict=True):
                kind = heard.kind if heard.confidence >= _SURE else "other"
                steps.append(operation_of(Heard(kind=kind, **heard.words), text))
            if steps and not any(isinstance(step, Other) for step in steps):
                return steps
        raise ToolError(CANNOT)

    def _exact(self, picture: Artifact, step: Operation) -> tuple[Artifact, str]:
        image = self.context.store.image(picture.id)
        if isinstance(step, Convert):
            changed, ending = image, step.format
        else:
            where = getattr(step, "where", None)
            boxes: list[exact.PixelBox] = []
            if where is None and (thing := getattr(step, "thing", "")):
                where = Where(thing=thing)
            if where is not None and where.thing:
                boxes = find(self.context, picture, image, where)
            if isinstance(step, Label) and not step.text:
                names = names_of(self.context, image, boxes)
                step = Label(text="\n".join(names), where=step.where)
            changed, ending = exact.apply(image, step, boxes), "png"
        return self._kept(picture, changed, ending, str(step)), told(step, changed)

    def _world(
        self, picture: Artifact, step: WorldEdit
    ) -> tuple[Artifact, str, tuple[Any, ...], bool]:
        # Here and not above: exact changes need no torch.
        from .studio.world import Workshop

        toolbox = self.context.toolbox
        shop = Workshop(
            self.context.store.image(picture.id),
            toolbox.tool("ground"),
            toolbox.tool(self.name),
            self.context.asked(picture),
            picture.focus,
        )
        painted = shop.do(step)
        focus = painted.boxes[-1] if painted.boxes and step.kind != "remove" else None
        made = self._kept(picture, painted.image, "png", str(step), focus)
        return made, painted.told, painted.boxes, painted.sure

    def _undone(self, picture: Artifact, step: Undo) -> tuple[Artifact, str]:
        if not picture.parent:
            raise ToolError("There is nothing to undo: this picture is as you sent it.")
        before = self.context.store.get(picture.parent)
        while step.all and before.parent:
            before = self.context.store.get(before.parent)
        return before, "this is the picture as it was before"

    def _kept(
        self,
        picture: Artifact,
        image: Image.Image,
        ending: str,
        operation: str,
        focus: BoxXYXY | None = None,
    ) -> Artifact:
        buffer = BytesIO()
        image.save(buffer, **_ENCODE[ending])
        return self.context.store.derive(picture, buffer.getvalue(), ending, operation, focus)

    def _result(
        self,
        first: Artifact,
        picture: Artifact,
        done: list[str],
        boxes: tuple[Any, ...],
        sure: bool,
    ) -> ToolResult:
        text = f"Done: {joined(done)}."
        if not sure:
            text += " I'm not certain that it came out as you wanted; “undo that” takes it back."
        return ToolResult(
            text=text,
            artifacts=(picture.id,),
            model=self.model_ref(self.name) if boxes else ModelRef(name="exact"),
            confidence=0.95 if sure else 0.4,
            detail={
                "parent": first.id,
                "operation": picture.operation,
                "sure": sure,
                "boxes": [list(box) for box in boxes],
            },
        )

    def _declined(self, done: list[str], first: Artifact, picture: Artifact) -> ToolResult:
        about = self.context.toolbox.profile.about
        return ToolResult(
            text=_ONLY_TABLETOP.format(about=about),
            model=self.context.toolbox.ref("domain", "senses"),
            artifacts=(picture.id,) if done and picture.id != first.id else (),
            confidence=domain_of(self.context, first).domain_confidence,
            abstained=True,
        )


def _orders(instruction: str) -> list[str]:
    """The orders of `instruction`, each with the complaint that leads up to it."""
    orders: list[str] = []
    for part in _NEXT.split(instruction):
        if orders and _COMPLAINS.fullmatch(orders[-1]) and _OF_IT.search(part):
            orders[-1] = f"{orders[-1]}, {part}"
        else:
            orders.append(part)
    return orders
