"""What an album search looks through, and what it finds: views of files, and hits among them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...tools.artifacts import Artifact
from ...tools.results import Box, Span
from .album_log import Item, Noted, Watched


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """One view of an album: a picture, a page, or a key frame.

    Attributes:
        watched: what happens in the clip whose key frame it is; None for all else.
    """

    item: Item
    noted: Noted
    artifact: Artifact
    watched: Watched | None = None

    @property
    def id(self) -> str:
        """`artifact/page`."""
        return f"{self.item.artifact}/{self.noted.page}"

    @property
    def moment(self) -> float:
        """The second of a clip at which a key frame stands; 0 for all else."""
        if self.noted.kind != "clip":
            return 0.0
        return self.artifact.span * (self.noted.page - 1) / max(1, self.artifact.pages - 1)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A found view: how sure that it fits, whether its parsed scene or story says so, and why."""

    row: Shelved
    score: float
    verified: bool = False
    boxes: tuple[Box, ...] = ()
    spans: tuple[Span, ...] = ()


Nearest = Callable[[np.ndarray, Sequence[Shelved]], np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Comparing:
    """How an album compares what it holds.

    Attributes:
        views, clips: (query, rows) -> cosine (N,) of each view, or of the clip it is of.
        look: what the matcher reads of a view.
    """

    views: Nearest
    clips: Nearest
    look: Callable[[Shelved], bytes | None]
