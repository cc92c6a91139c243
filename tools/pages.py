"""Pages and frames of a file, each opened when its turn comes: a stopped turn opens no more."""

from collections.abc import Sequence
from typing import overload

from PIL.Image import Image

from .base import ToolContext


class Pages(Sequence[Image]):
    """What was rendered of `artifact_id`, in order; one picture for a picture.

    Raises:
        ToolError: on opening a page of a turn that was stopped.
    """

    def __init__(self, context: ToolContext, artifact_id: str) -> None:
        self.context = context
        self.artifact_id = artifact_id
        self._count = context.store.get(artifact_id).pages

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Image: ...
    @overload
    def __getitem__(self, index: slice) -> list[Image]: ...
    def __getitem__(self, index: int | slice) -> Image | list[Image]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        number = range(self._count)[index]
        self.context.go_on()
        return self.context.store.image(self.artifact_id, number + 1)
