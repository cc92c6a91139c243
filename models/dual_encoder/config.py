"""Configuration of the dual encoder."""

from typing import Any

from transformers import PretrainedConfig


class DualEncoderConfig(PretrainedConfig):
    """Sizes of the two towers.

    Args:
        slot_width, grid_width: widths of object slots and of grid cells.
        dim, heads: of each tower's transformer.
        image_depth, text_depth: blocks of either tower.
        reach: words on either side that the text tower's convolution joins to a word.
        longest: word pieces of a text; what is longer is cut.
        embedding: width of the joint space.
        attributes: how many values each attribute of a thing has (size, colour, material, shape);
            a kind of thing is one value of each.
    """

    model_type = "sightline_dual_encoder"

    def __init__(
        self,
        slot_width: int = 135,
        grid_width: int = 96,
        dim: int = 128,
        heads: int = 4,
        image_depth: int = 1,
        text_depth: int = 1,
        reach: int = 4,
        longest: int = 144,
        embedding: int = 192,
        attributes: tuple[int, ...] = (2, 8, 2, 3),
        **kwargs: Any,
    ) -> None:
        self.slot_width = slot_width
        self.grid_width = grid_width
        self.dim = dim
        self.heads = heads
        self.image_depth = image_depth
        self.text_depth = text_depth
        self.reach = reach
        self.longest = longest
        self.embedding = embedding
        self.attributes = tuple(attributes)
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DualEncoderConfig":
        """A size for tests."""
        return cls(
            slot_width=23, grid_width=16, dim=32, heads=2, image_depth=1, text_depth=1,
            reach=1, embedding=16, attributes=(2, 3),
        )  # fmt: skip
