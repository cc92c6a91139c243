"""Configuration of the edit parser."""

from typing import Any

from transformers import PretrainedConfig


class EditParserConfig(PretrainedConfig):
    """Sizes and language of the edit parser.

    Args:
        kinds: what an instruction may ask for.
        spans: what marked words may be (the thing, the place, the value).
        encoder_layers, rank: of the adapted sentence encoder.
    """

    model_type = "sightline_edit_parser"

    def __init__(
        self,
        kinds: list[str] | None = None,
        spans: list[str] | None = None,
        encoder_layers: int = 6,
        rank: int = 16,
        **kwargs: Any,
    ) -> None:
        self.kinds = kinds or ["crop", "remove", "other"]
        self.spans = spans or ["thing", "place", "value"]
        self.encoder_layers = encoder_layers
        self.rank = rank
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "EditParserConfig":
        """A size for tests."""
        return cls(encoder_layers=1, rank=4)
