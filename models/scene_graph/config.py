"""Configuration of the relation head."""

from typing import Any

from transformers import PretrainedConfig

from ..scene_parser.config import DEFAULT_ATTRIBUTES


class RelationConfig(PretrainedConfig):
    """Sizes of the relation head.

    Args:
        slot_dim: width of an object's slot features (with its place in the picture).
        attributes: attribute name -> its values.
        predicates: what an edge may say; `none` is added.
        dim, pair_dim: widths of an object's and of a pair's state.
    """

    model_type = "sightline_scene_graph"

    def __init__(
        self,
        slot_dim: int = 135,
        attributes: dict[str, list[str]] | None = None,
        predicates: tuple[str, ...] = ("left", "right", "front", "behind"),
        dim: int = 96,
        pair_dim: int = 160,
        **kwargs: Any,
    ) -> None:
        self.slot_dim = slot_dim
        self.attributes = attributes or DEFAULT_ATTRIBUTES
        self.predicates = list(predicates)
        self.dim = dim
        self.pair_dim = pair_dim
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "RelationConfig":
        """A size for tests."""
        return cls(slot_dim=12, dim=16, pair_dim=24)
