"""The dual encoder: pictures and texts in one space."""

from ..spec import ModelSpec
from .config import DualEncoderConfig
from .embedder import SlotEmbedder
from .model import DualEncoderModel

SPEC = ModelSpec(
    name="dual_encoder",
    paper="CLIP (2021), https://arxiv.org/abs/2103.00020",
    tasks=("Embedder",),
    config_class=DualEncoderConfig,
    build=DualEncoderModel,
    load=SlotEmbedder.load,
)
