"""What must come of a request of several steps, as checks that can be held against a reply."""

from dataclasses import dataclass

from ...data.world.scene import Scene
from ...models.common.boxes import BoxXYXY

File = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """One of the short answers is `value`; dates and money by what they are worth."""

    value: str


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """One claim rests on exactly these boxes of the file of that name."""

    file: str
    boxes: tuple[BoxXYXY, ...]


@dataclass(frozen=True, kw_only=True)
class Edited:
    """The last picture made shows these objects and no others, as they stood, and no pixel has
    changed but about the boxes `touched`."""

    objects: tuple[tuple[str, BoxXYXY], ...]
    touched: tuple[BoxXYXY, ...]


@dataclass(frozen=True, kw_only=True)
class Described:
    """A description says something, and nothing that is untrue of `scene`."""

    scene: Scene


@dataclass(frozen=True, kw_only=True)
class Cropped:
    """The last picture made is the part of the first file around `box`."""

    box: BoxXYXY


@dataclass(frozen=True, kw_only=True)
class Turned:
    """The last picture made is the first file mirrored, or turned 90 degrees clockwise; within
    `blurred`, where given, it is smoother than before."""

    mirrored: bool
    blurred: BoxXYXY | None = None


@dataclass(frozen=True, kw_only=True)
class Graphed:
    """A scene graph was made, with so many objects."""

    objects: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """These files of the album and no others were given back."""

    names: tuple[str, ...]


Check = Answers | Boxes | Edited | Described | Cropped | Turned | Graphed | Found


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request with what must come of it.

    Attributes:
        files: what comes with the request.
        earlier: (text, files) of a turn before it, in the same conversation.
        album: whether the request goes to the user with the album.
    """

    family: str
    text: str
    files: tuple[File, ...]
    checks: tuple[Check, ...]
    earlier: tuple[str, tuple[File, ...]] | None = None
    album: bool = False
