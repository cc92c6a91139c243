"""Configuration of the router."""

from typing import Any

from transformers import PretrainedConfig

ACTS = (
    "caption",
    "caption:short",
    "caption:long",
    "vqa",
    "ground",
    "retrieve",
    "edit",
    "video_qa",
    "document_qa",
    "scene_graph",
    "recall",
    "reply:smalltalk",
    "reply:scope",
)

NEEDS = {
    **dict.fromkeys(("caption", "vqa", "ground", "edit", "scene_graph"), "picture"),
    "video_qa": "video",
    "document_qa": "document",
}


class RouterConfig(PretrainedConfig):
    """Sizes and language of the router.

    Args:
        acts: what one step of a plan may be: `tool`, `tool:option` or `reply:kind`.
        without_argument: tools whose calls take no words.
        needs: tool -> the kind of attachment that it works on; the others work on none.
        encoder_layers, rank: of the adapted sentence encoder.
        dim, heads, depth: of the decoder.
        max_calls: longest plan.
        max_picks: attachments that may be pointed at by number.
        longest: word pieces of the longest input; earlier turns are cut first.
        dropout: in the decoder, while training.
    """

    model_type = "sightline_router"

    def __init__(
        self,
        acts: list[str] | None = None,
        without_argument: list[str] | None = None,
        needs: dict[str, str] | None = None,
        encoder_layers: int = 6,
        rank: int = 32,
        dim: int = 192,
        heads: int = 4,
        depth: int = 2,
        max_calls: int = 4,
        max_picks: int = 4,
        longest: int = 160,
        dropout: float = 0.1,
        **kwargs: Any,
    ) -> None:
        self.acts = acts or list(ACTS)
        self.without_argument = without_argument or ["caption", "scene_graph", "reply"]
        self.needs = NEEDS if needs is None else needs
        self.encoder_layers = encoder_layers
        self.rank = rank
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.max_calls = max_calls
        self.max_picks = max_picks
        self.longest = longest
        self.dropout = dropout
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "RouterConfig":
        """A size for tests."""
        return cls(encoder_layers=1, rank=4, dim=32, heads=2, depth=1, dropout=0.0)
