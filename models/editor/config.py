"""Configuration of the editor."""

from typing import Any

from transformers import PretrainedConfig

# Value lists in the order the conditioning uses them (CLEVR's vocabulary).
EDITED_ATTRIBUTES: dict[str, list[str]] = {
    "size": ["small", "large"],
    "color": ["gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow"],
    "material": ["rubber", "metal"],
    "shape": ["cube", "sphere", "cylinder"],
}
MODES = ("erase", "insert", "repaint")


class EditorConfig(PretrainedConfig):
    """Sizes of the editor.

    Args:
        side: pixels of the square that an edit is painted on.
        channels: feature widths at strides 2, 4, 8 and 16 of that square.
        attributes: attribute name -> its values, in the order of the conditioning.
        condition: width of the conditioning vector that modulates every level.
    """

    model_type = "sightline_editor"

    def __init__(
        self,
        side: int = 96,
        channels: tuple[int, ...] = (24, 64, 144, 224),
        attributes: dict[str, list[str]] | None = None,
        condition: int = 96,
        **kwargs: Any,
    ) -> None:
        self.side = side
        self.channels = list(channels)
        self.attributes = attributes or EDITED_ATTRIBUTES
        self.condition = condition
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "EditorConfig":
        """A size for tests: 32 pixel squares, a few thousand parameters."""
        return cls(side=32, channels=(8, 8, 12, 12), condition=16)
