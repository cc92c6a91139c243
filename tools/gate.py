"""What a picture shows (tabletop, document, other), and abstaining from what no model knows."""

from typing import Any

import numpy as np
from PIL.Image import Image

from .artifacts import Artifact
from .base import ToolContext
from .results import ToolResult

OTHER = "other"
_FLAT = 0.6
# Frames of a clip that are asked about, evenly from first to last.
_FRAMES = 5


def domain_of(context: ToolContext, artifact: Artifact) -> Artifact:
    """`artifact` with its `domain` told; the domain model is asked once per picture.

    Without a domain model the domain stays "", and no tool abstains.
    """
    if artifact.domain or not context.toolbox.has("senses", "domain"):
        return artifact
    model = context.toolbox.sense("domain")
    assert model is not None  # `has` said there is one
    if artifact.kind == "video":
        return _clip_domain(context, artifact, model)
    picture = context.store.image(artifact.id)
    guess = model.classify([picture])[0]
    if guess.kind == OTHER and _is_chart(context, picture):
        return context.store.set_domain(artifact.id, "document", guess.confidence)
    return context.store.set_domain(artifact.id, guess.kind, guess.confidence)


def _is_chart(context: ToolContext, picture: Image) -> bool:
    """Whether a picture is of a few flat colours and can be read as a chart: an axis with evenly
    scaled figures, names along the other one, bars or lines. No photograph is."""
    if not context.toolbox.has("tools", "document_qa"):
        return False
    side = context.store.limits.page_side
    if max(picture.size) > side:  # no chart needs more, and time and memory stay bounded
        picture = picture.copy()
        picture.thumbnail((side, side))
    if _flat_share(picture) < _FLAT:
        return False
    from ..models.document_reader import LayoutDocumentReader
    from .reading.page_charts import chart_of

    reader = context.toolbox.tool("document_qa")
    if not isinstance(reader, LayoutDocumentReader):
        return False
    return chart_of(picture, reader.ocr.read(picture), reader.ocr) is not None


def _flat_share(picture: Image) -> float:
    """Share of the pixels that have one of the two commonest colours."""
    pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3) >> 4
    counts = np.bincount(pixels @ np.array([256, 16, 1]), minlength=4096)
    return float(np.sort(counts)[-2:].sum() / len(pixels))


def _clip_domain(context: ToolContext, artifact: Artifact, model: Any) -> Artifact:
    """A clip is of the tabletop where most of its frames are, and never a document."""
    step = max(1, (artifact.pages - 1) / (_FRAMES - 1))
    pages = sorted({min(artifact.pages, 1 + round(k * step)) for k in range(_FRAMES)})
    guesses = model.classify([context.store.image(artifact.id, page) for page in pages])
    tabletop = [guess.confidence for guess in guesses if guess.kind == "tabletop"]
    others = [guess.confidence for guess in guesses if guess.kind != "tabletop"]
    kind, votes = ("tabletop", tabletop) if len(tabletop) > len(others) else (OTHER, others)
    return context.store.set_domain(artifact.id, kind, sum(votes) / len(guesses))


def clip_facts(clip: Artifact) -> str:
    """What is true of any clip, as a sentence."""
    rate = f" at {clip.fps:g} a second" if clip.fps else ""
    frames = f"{clip.frames} frame{'s' if clip.frames != 1 else ''}"
    return (
        f"{clip.name} is {clip.seconds:.1f} s long, {clip.width} x {clip.height} pixels, "
        f"{frames}{rate}."
    )


def abstention(context: ToolContext, artifact: Artifact, role: str) -> ToolResult | None:
    """The result that says "I don't know this kind of picture", or None where `role` may answer."""
    known = domain_of(context, artifact)
    if context.toolbox.knows(role, known.domain):
        return None
    about = context.toolbox.profile.about
    if artifact.kind == "video":
        return ToolResult(
            text=(
                f"I don't want to guess at this clip: {about}, and this looks like neither. "
                f"{clip_facts(artifact)}"
            ),
            model=context.toolbox.ref("domain", "senses"),
            confidence=known.domain_confidence,
            abstained=True,
        )
    return ToolResult(
        text=(
            f"I don't want to guess at this picture: {about}, and this looks like neither. "
            "A profile with larger models (`--profile open`), or a tool fine-tuned on such "
            "pictures (`sightline finetune ground --data FOLDER`), would help."
        ),
        model=context.toolbox.ref("domain", "senses"),
        confidence=known.domain_confidence,
        abstained=True,
    )
