"""Configuration of the combiner."""

from typing import Any

from transformers import PretrainedConfig


class CombinerConfig(PretrainedConfig):
    """Sizes of the combiner.

    Args:
        slot_width: width of object slots.
        dim, heads, depth: of the blocks in which words and slots meet.
        reach: words on either side that the convolution joins to a word.
        longest: word pieces of a text; what is longer is cut.
        attributes: how many values each attribute of a thing has, as in the dual encoder.
    """

    model_type = "sightline_combiner"

    def __init__(
        self,
        slot_width: int = 135,
        dim: int = 128,
        heads: int = 4,
        depth: int = 2,
        reach: int = 4,
        longest: int = 144,
        attributes: tuple[int, ...] = (2, 8, 2, 3),
        **kwargs: Any,
    ) -> None:
        self.slot_width = slot_width
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.reach = reach
        self.longest = longest
        self.attributes = tuple(attributes)
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "CombinerConfig":
        """A size for tests."""
        return cls(slot_width=23, dim=32, heads=2, depth=1, reach=1, attributes=(2, 3))
