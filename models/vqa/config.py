"""Configuration of the VQA model."""

from typing import Any

from transformers import PretrainedConfig


class VqaConfig(PretrainedConfig):
    """Sizes and answers.

    Args:
        answers: the closed set of short answers, in class order (`none`: a false premise).
        slot_width: width of the scene parser's slots with their places.
        dim, heads, depth: of the joint transformer.
    """

    model_type = "sightline_vqa"

    def __init__(
        self,
        answers: list[str] | None = None,
        slot_width: int = 135,
        dim: int = 160,
        heads: int = 5,
        depth: int = 4,
        **kwargs: Any,
    ) -> None:
        self.answers = answers or ["yes", "no", "none"]
        self.slot_width = slot_width
        self.dim = dim
        self.heads = heads
        self.depth = depth
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "VqaConfig":
        """A size for tests."""
        return cls(slot_width=23, dim=32, heads=2, depth=1)
