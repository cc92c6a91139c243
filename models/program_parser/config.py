"""Configuration of the program parser."""

from typing import Any

from transformers import PretrainedConfig


class ProgramParserConfig(PretrainedConfig):
    """Sizes and language of the program parser.

    Args:
        tokens: the program language's tokens.
        inputs: argument types of each token, in the order of `tokens`.
        outputs: result type of each token.
        widens: type -> the types that may stand in its place (`{"set": ["object"]}`).
        encoder_layers, rank: of the adapted sentence encoder.
        dim, heads, depth: of the decoder.
        longest: tokens of the longest program.
    """

    model_type = "sightline_program_parser"

    def __init__(
        self,
        tokens: list[str] | None = None,
        inputs: list[list[str]] | None = None,
        outputs: list[str] | None = None,
        widens: dict[str, list[str]] | None = None,
        encoder_layers: int = 4,
        rank: int = 32,
        dim: int = 256,
        heads: int = 4,
        depth: int = 2,
        longest: int = 40,
        **kwargs: Any,
    ) -> None:
        self.tokens = tokens or []
        self.inputs = inputs or []
        self.outputs = outputs or []
        self.widens = widens or {}
        self.encoder_layers = encoder_layers
        self.rank = rank
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.longest = longest
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "ProgramParserConfig":
        """A size for tests, over a language of five functions."""
        return cls(
            tokens=["scene", "red", "blue", "count", "exist"],
            inputs=[[], ["set"], ["set"], ["set"], ["set"]],
            outputs=["set", "set", "set", "int", "bool"],
            encoder_layers=1,
            rank=4,
            dim=32,
            heads=2,
            depth=1,
            longest=8,
        )
