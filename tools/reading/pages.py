"""The pages of a stored document with their print: each read once, kept beside its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL.Image import Image, Transpose

from ...models.document_reader import LayoutDocumentReader, PageText
from ..artifacts import Artifact
from ..base import ToolContext
from ..results import ToolError


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """A page: its number (from 1), its picture and its print."""

    number: int
    picture: Image
    text: PageText

    @property
    def upright(self) -> Image:
        """The picture, turned so that its print stands upright."""
        turned = self.picture
        for _ in range(self.text.turned):
            turned = turned.transpose(Transpose.ROTATE_90)
        return turned


def read_pages(
    context: ToolContext,
    reader: LayoutDocumentReader,
    document: Artifact,
    wanted: Sequence[int] = (),
) -> list[ReadPage]:
    """The pages of `document`, all or the wanted ones (-1 is the last).

    Raises:
        ToolError: there is no such page, or the person has stopped the turn.
    """
    numbers = [document.pages if number == -1 else number for number in wanted]
    for number in numbers:
        if not 1 <= number <= document.pages:
            has = "one page" if document.pages == 1 else f"{document.pages} pages"
            raise ToolError(f"{document.name} has {has}, so there is no page {number}.")
    read = []
    for number in numbers or range(1, document.pages + 1):
        context.go_on()
        picture = context.store.image(document.id, number)
        path = context.store.image_path(document.id, number).with_suffix(".text.json")
        try:
            text = PageText.from_json(path.read_text(encoding="utf-8"))
            reader.ocr.know(picture, text)
        except (OSError, ValueError, KeyError, TypeError):  # not read yet, or damaged
            text = reader.ocr.read(picture)
            path.write_text(text.to_json(), encoding="utf-8")
        read.append(ReadPage(number=number, picture=picture, text=text))
    return read
