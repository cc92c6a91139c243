"""Configuration of the domain classifier."""

from typing import Any

from transformers import PretrainedConfig


class DomainConfig(PretrainedConfig):
    """Sizes of the domain classifier.

    Args:
        kinds: the classes, in order.
        width, height: pixels the picture is squeezed to.
        channels: feature widths, halving the resolution each.
        threshold: least probability to call a picture a tabletop or a document.
    """

    model_type = "sightline_domain"

    def __init__(
        self,
        kinds: tuple[str, ...] = ("tabletop", "document", "other"),
        width: int = 128,
        height: int = 96,
        channels: tuple[int, ...] = (16, 32, 48, 64, 96),
        threshold: float = 0.5,
        **kwargs: Any,
    ) -> None:
        self.kinds = list(kinds)
        self.width = width
        self.height = height
        self.channels = list(channels)
        self.threshold = threshold
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DomainConfig":
        """A size for tests."""
        return cls(width=32, height=24, channels=(8, 8))
