"""What an album keeps of a file: each picture, page and key frame, looked at once.

A tabletop is embedded and parsed, a page is read (OCR) and its text embedded, anything else is
embedded alone, so that it can still be found by a picture like it.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image

from ...tools.artifacts import Artifact, ArtifactStore
from ...tools.base import ToolContext
from ...tools.gate import domain_of
from ...tools.ranking import optional_sense
from ...tools.scenes import scene_of
from ...tools.toolbox import Toolbox
from ..language import embed
from .album_log import Noted, Watched

_THUMB: Final = (16, 12)
_MOST_PAGES: Final = 50
_KEY_FRAMES: Final = 6
# Lines of a page that are embedded together, and pieces of a page at most.
_PIECE, _MOST_PIECES = 4, 24
_RECEIPT: Final = re.compile(
    r"\b(?:receipt|cash(?:ier)?|change|till|tax invoice|thank you|visa|mastercard|rounding"
    r"|tender(?:ed)?)\b",
    re.IGNORECASE,
)
# Receipts and invoices alike carry these.
_BILL: Final = re.compile(r"\b(?:sub\s?-?total|qty)\b", re.IGNORECASE)
_INVOICE: Final = re.compile(
    r"\b(?:invoice (?:no|number|date|#)|bill to|invoice|due date|payment due|amount due|remit)\b",
    re.IGNORECASE,
)


def made_by(toolbox: Toolbox) -> str:
    """The models that look at new files; what others have looked at is looked at again."""
    senses = (toolbox.sense("embed"), optional_sense(toolbox, "clips"))
    return "+".join(
        f"{type(sense).__name__}@{getattr(sense, 'weights', '')}" for sense in senses if sense
    )


def notice(user: str, artifact: Artifact, store: ArtifactStore, toolbox: Toolbox) -> list[Noted]:
    """Look at every page of `artifact`.

    Raises:
        ToolError: a model's weights are missing, or the file is gone.
    """
    known = domain_of(ToolContext(user=user, store=store, toolbox=toolbox), artifact)
    numbers = list(range(1, min(known.pages, _MOST_PAGES) + 1))
    if known.kind == "video":
        # Key frames, evenly from the first to the last.
        kept = np.linspace(1, known.pages, min(known.pages, _KEY_FRAMES))
        numbers = sorted({round(number) for number in kept.tolist()})
    images = [store.image(artifact.id, number) for number in numbers]
    if known.kind == "document" or known.domain == "document":
        read = zip(numbers, images, strict=True)
        return [_page(image, number, toolbox) for number, image in read]
    kind = "clip" if known.kind == "video" else "picture"
    if known.domain not in ("", "tabletop") or not toolbox.has("parts", "scene"):
        kind = "other" if kind == "picture" else kind
        return _pictures(images, numbers, kind, toolbox, parse=False)
    return _pictures(images, numbers, kind, toolbox, parse=True)


def watch(user: str, artifact: Artifact, store: ArtifactStore, toolbox: Toolbox) -> Watched | None:
    """Watch a clip from start to end; None where it is none that the models know.

    Raises:
        ToolError: a model's weights are missing, or the file is gone.
    """
    watcher = toolbox.tool("video_qa") if toolbox.has("tools", "video_qa") else None
    if artifact.kind != "video" or watcher is None or not hasattr(watcher, "reading"):
        return None
    known = domain_of(ToolContext(user=user, store=store, toolbox=toolbox), artifact)
    if not toolbox.knows("video_qa", known.domain):
        return None
    # Here and not above: it loads the clip models' modules.
    from ...tools.watching import story_of

    reading = watcher.reading(artifact.id, artifact.span, lambda: store.pages(artifact.id))
    encoder = optional_sense(toolbox, "clips")
    vector = encoder.embed_clips([reading])[0] if encoder is not None else None
    return Watched(story=story_of(reading, watcher.eyes), vector=vector)


def thumb(image: Image.Image) -> np.ndarray:
    """uint8 (192, 3): the picture at 16 x 12."""
    small = image.convert("RGB").resize(_THUMB, Image.Resampling.BOX)
    return np.asarray(small, dtype=np.uint8).reshape(-1, 3)


def page_kind(words: str) -> str:
    """`receipt`, `invoice` or `page`, by the words that such papers carry."""
    receipt, invoice, bill = (
        len({found.lower() for found in said.findall(words)})
        for said in (_RECEIPT, _INVOICE, _BILL)
    )
    if receipt >= max(1, invoice) and receipt + bill >= 2:
        return "receipt"
    return "invoice" if invoice else "receipt" if receipt + bill else "page"


def _pictures(
    images: Sequence[Image.Image], numbers: Sequence[int], kind: str, toolbox: Toolbox, parse: bool
) -> list[Noted]:
    embedder = toolbox.sense("embed")
    looks, vectors = [None] * len(images), [None] * len(images)
    if embedder is not None and hasattr(embedder, "look"):
        seen = embedder.look(images)
        looks, vectors = [look.pack() for look in seen], list(embedder.embed_looks(seen))
    elif embedder is not None:
        vectors = list(embedder.embed_images(images))
    graphs = toolbox.part("scene").parse(images) if parse else [None] * len(images)
    return [
        Noted(
            page=number,
            kind=kind,
            thumb=thumb(image),
            scene=None if graph is None else scene_of(graph),
            vector=vector,
            look=look,
        )
        for number, image, graph, vector, look in zip(
            numbers, images, graphs, vectors, looks, strict=True
        )
    ]


def _page(image: Image.Image, number: int, toolbox: Toolbox) -> Noted:
    reader = toolbox.tool("document_qa") if toolbox.has("tools", "document_qa") else None
    lines: list[str] = []
    if reader is not None and hasattr(reader, "lines"):
        lines = [line.text for line in reader.lines([image]) if line.text.strip()]
    words = "\n".join(lines)
    pieces = [" ".join(lines[i : i + _PIECE]) for i in range(0, len(lines), _PIECE)][:_MOST_PIECES]
    embedder = toolbox.sense("embed")
    vector = embedder.embed_images([image])[0] if embedder is not None else None
    return Noted(
        page=number,
        kind=page_kind(words),
        thumb=thumb(image),
        words=words,
        sentences=embed(pieces) if pieces else None,
        vector=vector,
    )
