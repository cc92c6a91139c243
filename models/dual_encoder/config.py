"""Configuration of the dual encoder."""

from typing import Any

from transformers import PretrainedConfig


class DualEncoderConfig(PretrainedConfig):
    """Sizes of the two towers.

    Args:
        slot_width, grid_width: widths of object slots and of grid cells.
        dim, heads, depth: of each tower's transformer.
        embedding: width of the joint space.
    """

    model_type = "sightline_dual_encoder"

    def __init__(
        self,
        slot_width: int = 135,
        grid_width: int = 96,
        dim: int = 160,
        heads: int = 5,
        depth: int = 2,
        embedding: int = 192,
        **kwargs: Any,
    ) -> None:
        self.slot_width = slot_width
        self.grid_width = grid_width
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.embedding = embedding
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "DualEncoderConfig":
        """A size for tests."""
        return cls(slot_width=23, grid_width=16, dim=32, heads=2, depth=1, embedding=16)
