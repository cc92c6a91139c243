"""The captioner as a task object, and the spelling of captions as words."""

import re
from collections.abc import Sequence
from pathlib import Path

from PIL.Image import Image

from ..common.loading import load_model
from ..scene_parser.parser import TableSceneParser
from ..spec import weights_folder, weights_hash
from ..tasks import Caption
from .model import CaptionerModel

_WORD = re.compile(r"[A-Za-z0-9'-]+|[^\sA-Za-z0-9]")


def to_words(text: str) -> list[str]:
    """Lower-case words and punctuation marks, one token each."""
    return _WORD.findall(text.lower())


def to_text(words: Sequence[str]) -> str:
    """Words joined into sentences, each with a capital."""
    text = " ".join(words)
    text = re.sub(r"\s+([.,;:!?)])", r"\1", text)
    text = re.sub(r"\(\s+", "(", text)
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda m: m.group(1) + m.group(2).upper(), text)


class SlotCaptioner:
    """Serves `Captioner`.

    Args:
        model: the captioner.
        eyes: the scene parser whose slots it was trained on.
    """

    def __init__(self, model: CaptionerModel, eyes: TableSceneParser, weights: str = "") -> None:
        self.model = model.eval()
        self.eyes = eyes
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotCaptioner":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("captioner", path)
        model = load_model(CaptionerModel, folder)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    def caption(self, images: Sequence[Image], style: str = "normal") -> list[Caption]:
        """One caption per picture.

        Raises:
            ValueError: no such style.
        """
        if style not in self.model.config.styles:
            raise ValueError(f"no caption style {style!r}; there are {self.model.config.styles}")
        if not images:
            return []
        slots = self.eyes.slots(images)
        return [
            Caption(text=to_text(words), confidence=min(chances, default=0.0), style=style)
            for words, chances in self.model.decode(slots.features, slots.mask, style)
        ]
