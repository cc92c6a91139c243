"""Change a picture when asked to: exactly on any picture, and the things of tabletop pictures."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, ClassVar

from PIL import Image
from pydantic import BaseModel, Field

from ..data.edits import Convert, Crop, Label, Operation, Other, Redo, Undo, Where, WorldEdit
from ..models.common.boxes import BoxXYXY
from .artifacts import Artifact
from .base import OnAttachment, SightlineTool, Specialist, joined
from .gate import domain_of
from .results import ModelRef, ToolError, ToolResult
from .studio import exact
from .studio.finding import find, names_of
from .studio.orders import read
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
_MOST_SPOKEN_OF = 8
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
        parser = self.context.toolbox.part("instruction")
        steps = read(instruction, parser.parse, self.context.orders, picture.focus is not None)
        if any(isinstance(step, Other) for step in steps):
            raise ToolError(CANNOT)
        domain = domain_of(self.context, picture).domain
        if self.context.toolbox.serving(self.name, domain) == "others" and any(
            isinstance(step, WorldEdit) for step in steps
        ):
            return self._by_other(picture, instruction)
        first, done, boxes, sure = picture, [], (), True
        touched: list[BoxXYXY] = []
        for step in steps:
            if isinstance(step, Undo | Redo):
                undo = isinstance(step, Undo)
                picture, clause = self._undone(picture, step) if undo else self._redone(picture)
                boxes = ()
            elif isinstance(step, WorldEdit):
                if not self.context.toolbox.knows(
                    self.name, domain_of(self.context, picture).domain
                ):
                    return self._declined(done, first, picture)
                picture, clause, boxes, held = self._world(picture, step, touched)
                sure = sure and held
            else:
                picture, clause = self._exact(picture, step)
                boxes = ()
            done.append(clause)
        return self._result(first, picture, done, boxes, sure)

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
        # What was cropped to is what "it" is in the cut.
        whole = (0.0, 0.0, float(changed.width), float(changed.height))
        focus = (whole,) if isinstance(step, Crop) and len(boxes) == 1 else ()
        cut_from = picture.id if isinstance(step, Crop) else ""
        made = self._kept(picture, changed, ending, str(step), focus, cut_from)
        return made, told(step, changed)

    def _world(
        self, picture: Artifact, step: WorldEdit, touched: list[BoxXYXY]
    ) -> tuple[Artifact, str, tuple[Any, ...], bool]:
        """Carry out `step`; to `touched` is added what it changed, which then stands in focus."""
        # Here and not above: exact changes need no torch.
        from .cropping import cut_of
        from .studio.world import Workshop

        toolbox, image = self.context.toolbox, self.context.store.image(picture.id)
        # A crop is changed on the whole that it was cut from, and cut out again.
        whole, window = cut_of(image) or (image, (0.0, 0.0, 0.0, 0.0))
        x, y = window[:2]
        shop = Workshop(
            whole,
            toolbox.tool("ground"),
            toolbox.tool(self.name),
            self.context.asked(picture),
            _moved(self._spoken_of(picture), x, y),
            self.context.store.image(picture.parent) if picture.parent else None,
        )
        painted = shop.do(step)
        touched += _moved(painted.changed, -x, -y)
        if whole is image:
            made = self._kept(picture, painted.image, "png", str(step), touched)
        else:
            kept = self._kept(picture, painted.image, "png", str(step))
            part = painted.image.crop(window)
            made = self._kept(picture, part, "png", str(step), touched, kept.id)
        return made, painted.told, _moved(painted.boxes, -x, -y), painted.sure

    def _spoken_of(self, picture: Artifact) -> tuple[BoxXYXY, ...]:
        """Boxes of what the last edits were about, the newest last."""
        found: list[BoxXYXY] = []
        while picture.parent and len(found) < _MOST_SPOKEN_OF:
            new = picture.touched or ((picture.focus,) if picture.focus else ())
            found = [*(box for box in new if box not in found), *found]
            older = self.context.store.get(picture.parent)
            if (older.width, older.height) != (picture.width, picture.height):
                break
            picture = older
        return tuple(found)

    def _undone(self, picture: Artifact, step: Undo) -> tuple[Artifact, str]:
        changed = any(made.parent == picture.id for made in self.context.attachments)
        if not picture.parent and not (step.all and changed):
            raise ToolError("There is nothing to undo: this picture is as you sent it.")
        before, left = picture, max(step.steps, 1)
        while before.parent and (step.all or left > 0):
            # What lies between the orders of one instruction was never shown.
            before = self._parent(before, step.steps == 0 and not step.all)
            left -= 1
        was = "as it was before" if before.parent else "as you sent it"
        return before, f"this is the picture {was}"

    def _parent(self, picture: Artifact, shown: bool) -> Artifact:
        """What `picture` was made from; with `shown`, the nearest such that the person has seen."""
        seen = {known.id for known in self.context.attachments}
        before = self.context.store.get(picture.parent)
        while shown and before.parent and before.id not in seen:
            before = self.context.store.get(before.parent)
        return before

    def _redone(self, picture: Artifact) -> tuple[Artifact, str]:
        later = [
            made
            for made in self.context.attachments
            if made.parent and self._parent(made, True).id == picture.id
        ]
        if not later:
            raise ToolError("There is nothing to redo: you have undone no change of this picture.")
        return later[-1], "this is the picture with that change again"

    def _kept(
        self,
        picture: Artifact,
        image: Image.Image,
        ending: str,
        operation: str,
        touched: Sequence[BoxXYXY] = (),
        whole: str = "",
    ) -> Artifact:
        buffer = BytesIO()
        image.save(buffer, **_ENCODE[ending])
        data = buffer.getvalue()
        return self.context.store.derive(picture, data, ending, operation, touched, whole)

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

    def _by_other(self, picture: Artifact, instruction: str) -> ToolResult:
        """By the profile's model for pictures that the workshop does not know (an `Editor`)."""
        image = self.context.store.image(picture.id)
        changed = self.model_for(picture).edit([image], [instruction])[0]
        made = self._kept(picture, changed, "png", instruction)
        return ToolResult(
            text="Done, but I can't check it in such a picture; “undo that” takes it back.",
            artifacts=(made.id,),
            model=self.model_ref(self.name, picture),
            confidence=0.5,
            detail={"parent": picture.id, "operation": instruction, "sure": False, "boxes": []},
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


def _moved(boxes: Sequence[BoxXYXY], x: float, y: float) -> tuple[BoxXYXY, ...]:
    return tuple((a + x, b + y, c + x, d + y) for a, b, c, d in boxes)
