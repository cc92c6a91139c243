"""The clip encoder: clips that were read, and texts about them, in one space."""

from ..spec import ModelSpec
from .config import ClipEncoderConfig
from .embedder import ClipEmbedder
from .model import ClipEncoderModel

__all__ = ["SPEC", "ClipEmbedder", "ClipEncoderConfig", "ClipEncoderModel"]

SPEC = ModelSpec(
    name="clip_encoder",
    paper="X-CLIP (2022), https://arxiv.org/abs/2207.07285",
    tasks=(),
    config_class=ClipEncoderConfig,
    build=ClipEncoderModel,
    load=ClipEmbedder.load,
)
