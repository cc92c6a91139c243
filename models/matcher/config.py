"""Configuration of the matcher."""

from typing import Any

from transformers import PretrainedConfig


class MatcherConfig(PretrainedConfig):
    """Sizes of the matcher.

    Args:
        slot_width: width of object slots.
        dim, heads, depth: of the blocks in which words look at slots.
        attributes: how many values each attribute of a thing has, as in the dual encoder.
        reach: words on either side that the convolution joins to a word.
        longest: word pieces of a text; what is longer is cut.
        scale, bias: logits times scale plus bias are log-odds, fitted on held-out pairs.
    """

    model_type = "sightline_matcher"

    def __init__(
        self,
        slot_width: int = 135,
        dim: int = 128,
        heads: int = 4,
        depth: int = 2,
        attributes: tuple[int, ...] = (2, 8, 2, 3),
        reach: int = 4,
        longest: int = 144,
        scale: float = 1.0,
        bias: float = 0.0,
        **kwargs: Any,
    ) -> None:
        self.slot_width = slot_width
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.attributes = tuple(attributes)
        self.reach = reach
        self.longest = longest
        self.scale = scale
        self.bias = bias
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "MatcherConfig":
        """A size for tests."""
        return cls(slot_width=23, dim=32, heads=2, depth=1, attributes=(2, 3), reach=1)
