"""Configuration of the captioner."""

from typing import Any

from transformers import PretrainedConfig


class CaptionerConfig(PretrainedConfig):
    """Sizes and words.

    Args:
        words: the output vocabulary (words and punctuation), in class order.
        styles: caption styles; each starts the sentence with a token of its own.
        slot_width: width of the scene parser's slots with their places.
        dim, heads, depth: of encoder and decoder.
        longest: words of the longest caption.
    """

    model_type = "sightline_captioner"

    def __init__(
        self,
        words: list[str] | None = None,
        styles: tuple[str, ...] = ("short", "normal", "long"),
        slot_width: int = 135,
        dim: int = 192,
        heads: int = 6,
        depth: int = 3,
        longest: int = 220,
        **kwargs: Any,
    ) -> None:
        self.words = words or []
        self.styles = list(styles)
        self.slot_width = slot_width
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.longest = longest
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "CaptionerConfig":
        """A size for tests."""
        return cls(
            words=["a", "red", "cube", "."], slot_width=23, dim=32, heads=2, depth=1, longest=8
        )
