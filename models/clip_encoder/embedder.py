"""The clip encoder as a task object: clips that were read, and texts, to unit vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..spec import weights_folder, weights_hash
from ..tasks import ClipReading
from .config import ClipEncoderConfig
from .features import clip_batch
from .model import ClipEncoderModel


class ClipEmbedder:
    """Puts clips and texts into one space.

    Args:
        model: the two towers.
    """

    def __init__(self, model: ClipEncoderModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "ClipEmbedder":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("clip_encoder", path)
        model = load_model(ClipEncoderModel, folder)
        return cls(model, weights_hash(folder))

    @torch.inference_mode()
    def embed_clips(self, readings: Sequence[ClipReading]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        config: ClipEncoderConfig = self.model.config
        if not readings:
            return np.zeros((0, config.embedding), dtype=np.float32)
        return self.model.encode_clips(clip_batch(readings, config)).numpy()

    @torch.inference_mode()
    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        config: ClipEncoderConfig = self.model.config
        if not texts:
            return np.zeros((0, config.embedding), dtype=np.float32)
        ids, mask, _ = encode_batch([text.lower() for text in texts], longest=config.longest)
        return self.model.encode_texts(ids, mask).numpy()
