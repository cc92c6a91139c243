"""The combiner as a task object: looks and words to queries of the joint space."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..dual_encoder import DualEncoderModel, Look, stack
from ..spec import weights_folder, weights_hash
from .model import CombinerModel


class SlotCombiner:
    """Serves `Composer`.

    Args:
        model: the combiner.
        towers: the dual encoder in whose space it was trained.
    """

    def __init__(self, model: CombinerModel, towers: DualEncoderModel, weights: str = "") -> None:
        self.model = model.eval()
        self.towers = towers.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotCombiner":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("combiner", path)
        model = load_model(CombinerModel, folder)
        towers = load_model(DualEncoderModel, weights_folder("dual_encoder"))
        return cls(model, towers, weights_hash(folder))

    @torch.inference_mode()
    def compose(self, looks: Sequence[Look], texts: Sequence[str]) -> np.ndarray:
        """float32 (N, E), unit rows: what picture i would be like if text i were true of it."""
        if not looks:
            return np.zeros((0, self.towers.config.embedding), dtype=np.float32)
        slots, slot_mask, grid = stack(looks)
        lowered = [text.lower() for text in texts]
        ids, mask, _ = encode_batch(lowered, longest=self.model.config.longest)
        picture, _, _ = self.towers.read_images(slots, slot_mask, grid)
        values = self.towers.read_values(slots)
        wanted = self.model(slots, slot_mask, ids, mask, values).inventory
        return self.model.query(wanted, picture).numpy()
