"""Configuration of the object reader."""

from typing import Any

from transformers import PretrainedConfig

# The attributes a closer look decides; size needs the whole picture and stays with the parser.
READ_CLOSELY: dict[str, list[str]] = {
    "color": ["gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow"],
    "material": ["rubber", "metal"],
    "shape": ["cube", "sphere", "cylinder"],
}


class ObjectReaderConfig(PretrainedConfig):
    """Sizes of the object reader.

    Args:
        side: pixels of the square an object is cut out to.
        margin: how much wider than its box the cut is, on each side, in box sides.
        channels: feature widths, halving the resolution between them.
        attributes: attribute name -> its values, in class order.
    """

    model_type = "sightline_object_reader"

    def __init__(
        self,
        side: int = 32,
        margin: float = 0.2,
        channels: tuple[int, ...] = (32, 64, 96),
        attributes: dict[str, list[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.side = side
        self.margin = margin
        self.channels = list(channels)
        self.attributes = attributes or READ_CLOSELY
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "ObjectReaderConfig":
        """A size for tests."""
        return cls(side=16, channels=(8, 8))
