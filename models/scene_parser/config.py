"""Configuration of the scene parser."""

from typing import Any

from transformers import PretrainedConfig

# Value lists in the order the classification heads use them (CLEVR's vocabulary).
DEFAULT_ATTRIBUTES: dict[str, list[str]] = {
    "size": ["small", "large"],
    "color": ["gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow"],
    "material": ["rubber", "metal"],
    "shape": ["cube", "sphere", "cylinder"],
}


class SceneParserConfig(PretrainedConfig):
    """Sizes of the scene parser.

    Args:
        width, height: pixels the picture is resized to.
        channels: feature widths at strides 2, 4, 8 and 16.
        depths: residual blocks at strides 4, 8 and 16.
        slot_dim: width of the feature vector kept for each object.
        attributes: attribute name -> its values, in class order.
        max_objects: slots read off the centre map.
        threshold: least centre score of an object.
    """

    model_type = "sightline_scene_parser"

    def __init__(
        self,
        width: int = 240,
        height: int = 180,
        channels: tuple[int, ...] = (16, 32, 64, 96),
        depths: tuple[int, ...] = (1, 3, 2),
        slot_dim: int = 128,
        attributes: dict[str, list[str]] | None = None,
        max_objects: int = 16,
        threshold: float = 0.4,
        **kwargs: Any,
    ) -> None:
        self.width = width
        self.height = height
        self.channels = list(channels)
        self.depths = list(depths)
        self.slot_dim = slot_dim
        self.attributes = attributes or DEFAULT_ATTRIBUTES
        self.max_objects = max_objects
        self.threshold = threshold
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "SceneParserConfig":
        """A size for tests: 64x48 pictures, a few thousand parameters."""
        return cls(
            width=64,
            height=48,
            channels=(8, 8, 12, 16),
            depths=(1, 1, 1),
            slot_dim=16,
            max_objects=6,
        )
