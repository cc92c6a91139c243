"""Configuration of the grounding model."""

from typing import Any

from transformers import PretrainedConfig


class GrounderConfig(PretrainedConfig):
    """Sizes of the grounding model.

    Args:
        vision: settings of its detector (see `SceneParserConfig`).
        dim, heads, depth: of the joint transformer.
        threshold: least probability of a slot to be what the phrase means.
        domain: `tabletop`, or `any` once fine-tuned on a user's own pictures.
    """

    model_type = "sightline_grounder"

    def __init__(
        self,
        vision: dict[str, Any] | None = None,
        dim: int = 160,
        heads: int = 5,
        depth: int = 4,
        threshold: float = 0.5,
        domain: str = "tabletop",
        **kwargs: Any,
    ) -> None:
        self.vision = vision or {}
        self.dim = dim
        self.heads = heads
        self.depth = depth
        self.threshold = threshold
        self.domain = domain
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "GrounderConfig":
        """A size for tests."""
        vision = {
            "width": 64,
            "height": 48,
            "channels": [8, 8, 12, 16],
            "depths": [1, 1, 1],
            "slot_dim": 16,
            "max_objects": 6,
        }
        return cls(vision=vision, dim=32, heads=2, depth=1)
