"""The dual encoder: pictures and texts in one space."""

from ..spec import ModelSpec
from .config import DualEncoderConfig
from .embedder import Look, SlotEmbedder, stack
from .model import DualEncoderModel

__all__ = ["SPEC", "DualEncoderConfig", "DualEncoderModel", "Look", "SlotEmbedder", "stack"]

SPEC = ModelSpec(
    name="dual_encoder",
    paper="CLIP (2021), https://arxiv.org/abs/2103.00020",
    tasks=("Embedder",),
    config_class=DualEncoderConfig,
    build=DualEncoderModel,
    load=SlotEmbedder.load,
)
