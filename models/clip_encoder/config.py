"""Configuration of the clip encoder."""

from typing import Any

from transformers import PretrainedConfig


class ClipEncoderConfig(PretrainedConfig):
    """Sizes of the two towers.

    Args:
        names: attributes in the order of the one-hot code (a saved mapping comes back sorted).
        values: attribute -> its values, in the order of the one-hot code.
        paired: two attributes whose values are also tallied together ("red" and "cube").
        dim, heads: of each tower's transformer.
        clip_depth, text_depth: blocks of either tower.
        reach: words on either side that the text tower's convolution joins to a word.
        longest: word pieces of a text; what is longer is cut.
        embedding: width of the joint space.
        most: things, collisions, comers and goers are counted up to this.
    """

    model_type = "sightline_clip_encoder"

    def __init__(
        self,
        names: tuple[str, ...] = ("size", "color", "material", "shape"),
        values: dict[str, list[str]] | None = None,
        paired: tuple[str, str] = ("color", "shape"),
        dim: int = 128,
        heads: int = 4,
        clip_depth: int = 1,
        text_depth: int = 2,
        reach: int = 3,
        longest: int = 112,
        embedding: int = 192,
        most: int = 7,
        **kwargs: Any,
    ) -> None:
        self.names = list(names)
        self.values = values or {
            "size": ["small", "large"],
            "color": ["gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow"],
            "material": ["rubber", "metal"],
            "shape": ["cube", "sphere", "cylinder"],
        }
        self.paired = list(paired)
        self.dim = dim
        self.heads = heads
        self.clip_depth = clip_depth
        self.text_depth = text_depth
        self.reach = reach
        self.longest = longest
        self.embedding = embedding
        self.most = most
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "ClipEncoderConfig":
        """A size for tests."""
        return cls(dim=32, heads=2, text_depth=1, reach=1, embedding=16)

    @property
    def codes(self) -> int:
        """Width of a thing's one-hot attributes."""
        return sum(len(values) for values in self.values.values())

    @property
    def looks(self) -> int:
        """Width of a thing's attributes with those that are tallied together."""
        first, second = self.paired
        return self.codes + len(self.values[first]) * len(self.values[second])
