"""Task protocols: what a model must offer to serve a tool, and the typed results it gives.

All protocols are batched. Images are RGB `PIL.Image`s as displayed (EXIF applied);
boxes are pixels of that picture. Every result carries a confidence in [0, 1]. A `Look` is what the
dual encoder keeps of a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from PIL.Image import Image

if TYPE_CHECKING:
    from .dual_encoder import Look

BoxXYXY = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Caption:
    """A description; `style` is short, normal or long."""

    text: str
    confidence: float
    style: str = "normal"


@dataclass(frozen=True, kw_only=True)
class Box:
    """A found thing: (x0, y0, x1, y1) in pixels, and what it is."""

    xyxy: BoxXYXY
    confidence: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer to a question about a picture.

    Attributes:
        text: short canonical answer (`yes`, `3`, `red`), `none` for a false premise.
        boxes: the things the answer is about.
        premise: `holds`, `absent`, `ambiguous` or `dialogue` (nothing to refer back to).
        detail: model-specific facts worth keeping (a program, attention), JSON-able.
    """

    text: str
    confidence: float
    boxes: tuple[Box, ...] = ()
    premise: str = "holds"
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SceneNode:
    """One object of a parsed scene: attribute name -> value, and -> confidence."""

    attributes: Mapping[str, str]
    confidences: Mapping[str, float]
    box: Box
    position: tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class SceneGraph:
    """Objects and directed relations (subject, predicate, object) of one picture.

    Attributes:
        directions: table-plane unit vectors of left, right, front, behind, estimated.
    """

    nodes: tuple[SceneNode, ...]
    relations: tuple[tuple[int, str, int], ...]
    directions: Mapping[str, tuple[float, float, float]]
    width: int
    height: int
    confidence: float


@dataclass(frozen=True, kw_only=True)
class PageRegion:
    """A box (pixels of the page as rendered) on a page (from 1), with the text in it."""

    page: int
    xyxy: BoxXYXY
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentAnswer:
    """An answer read off a document; `found` is False when the document lacks it."""

    text: str
    confidence: float
    found: bool
    regions: tuple[PageRegion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Course:
    """How things went, or would go, over T moments.

    Attributes:
        touches: (seconds, object, object) of each collision, in order.
        moving, inside: (N, T) bool: whether each object moves, and is in view.
        offset: seconds of the first moment, counted from the clip's start.
        rate: moments a second.
    """

    touches: tuple[tuple[float, int, int], ...]
    moving: np.ndarray
    inside: np.ndarray
    rate: float
    offset: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ClipReading:
    """What is read of a clip.

    Attributes:
        attributes, confidences: of each object: attribute name -> value, and -> confidence.
        course: what happens in the clip.
        point: (N, T, 2) centres as fractions of the picture.
        near: collisions that the proximity rule alone would tell, as in `course`.
        confidence: of the least sure collision read, in [0, 1].
        seconds: the clip's length.
        state: what the reader itself needs to imagine other courses.
    """

    attributes: tuple[Mapping[str, str], ...]
    confidences: tuple[Mapping[str, float], ...]
    course: Course
    point: np.ndarray
    near: tuple[tuple[float, int, int], ...]
    confidence: float
    seconds: float
    state: Any = None


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A clip to answer about.

    Attributes:
        frames: RGB, evenly spaced, the first at 0 and the last at `seconds`; opened one by one.
        key: tells it from other clips, so that it need not be read twice; "" where nothing does.
    """

    frames: Sequence[Image]
    seconds: float
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A stretch of a clip, in seconds, and what happens in it."""

    start: float
    end: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class ClipAnswer:
    """An answer to a question about a clip.

    Attributes:
        text: short canonical answer, `none` for a false premise.
        sentence: the answer as a person reads it.
        moments: what it rests on, in order; none where that is the clip as a whole.
        known: False where the clip shows nothing that the model knows: then there is no answer.
        premise, detail: as in `Answer`.
        program: what the question was understood as, of models that parse it.
    """

    text: str
    sentence: str
    confidence: float
    moments: tuple[Moment, ...] = ()
    known: bool = True
    premise: str = "holds"
    program: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class VideoAnswerer(Protocol):
    """One answer per (clip, question)."""

    def answer_clips(self, clips: Sequence[Clip], questions: Sequence[str]) -> list[ClipAnswer]: ...


@runtime_checkable
class ClipReader(Protocol):
    """Frames are evenly spaced, the first at 0 and the last at `seconds`."""

    def read(self, frames: Sequence[Image], seconds: float) -> ClipReading: ...

    def ahead(self, reading: ClipReading) -> Course:
        """What comes after the clip's end."""
        ...

    def without(self, reading: ClipReading, index: int) -> Course:
        """How the clip would go if object `index` were not there."""
        ...


@runtime_checkable
class Captioner(Protocol):
    """One description per picture; `style` is short, normal or long."""

    def caption(self, images: Sequence[Image], style: str = "normal") -> list[Caption]: ...


@runtime_checkable
class Answerer(Protocol):
    """`history[i]` holds the earlier user questions about image i, oldest first."""

    def answer(
        self,
        images: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]: ...


@runtime_checkable
class Grounder(Protocol):
    """Every box that phrase i means in picture i; `history` as for `Answerer`."""

    def ground(
        self,
        images: Sequence[Image],
        phrases: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[list[Box]]: ...


@runtime_checkable
class Editor(Protocol):
    """Picture i as instruction i asks for it, of the same size."""

    def edit(self, images: Sequence[Image], instructions: Sequence[str]) -> list[Image]: ...


@runtime_checkable
class Embedder(Protocol):
    """Joint space: float32 arrays (N, D) with unit rows."""

    def embed_images(self, images: Sequence[Image]) -> np.ndarray: ...

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray: ...


@runtime_checkable
class Matcher(Protocol):
    """Calibrated log-odds, float32 (N,), that text i tells of the picture of look i."""

    def match(self, looks: Sequence["Look"], texts: Sequence[str]) -> np.ndarray: ...


@runtime_checkable
class Composer(Protocol):
    """Unit rows (N, D) of the joint space: what look i would be like if text i were true of it."""

    def compose(self, looks: Sequence["Look"], texts: Sequence[str]) -> np.ndarray: ...


@runtime_checkable
class SceneParser(Protocol):
    """One graph per picture: its objects and how they lie to each other."""

    def parse(self, images: Sequence[Image]) -> list[SceneGraph]: ...


@runtime_checkable
class DocumentReader(Protocol):
    """`pages` are rendered page images of one document."""

    def read(
        self,
        pages: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[DocumentAnswer]: ...
