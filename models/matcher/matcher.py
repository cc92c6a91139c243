"""The matcher as a task object: looks and texts to the probability that they fit."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..dual_encoder import DualEncoderModel, Look, stack
from ..spec import weights_folder, weights_hash
from .model import MatcherModel

_AT_ONCE = 64


class SlotMatcher:
    """Serves `Matcher`.

    Args:
        model: with scale and bias in its config that make its log-odds calibrated.
        towers: the dual encoder whose inventories it compares.
    """

    def __init__(self, model: MatcherModel, towers: DualEncoderModel, weights: str = "") -> None:
        self.model = model.eval()
        self.towers = towers.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotMatcher":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("matcher", path)
        model = load_model(MatcherModel, folder)
        towers = load_model(DualEncoderModel, weights_folder("dual_encoder"))
        return cls(model, towers, weights_hash(folder))

    @torch.inference_mode()
    def match(self, looks: Sequence[Look], texts: Sequence[str]) -> np.ndarray:
        """float32 (N,): the calibrated log-odds that text i tells of picture i."""
        config = self.model.config
        logits = np.zeros(len(looks), dtype=np.float32)
        # Texts of one length side by side are padded least.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for first in range(0, len(order), _AT_ONCE):
            rows = order[first : first + _AT_ONCE]
            slots, slot_mask, grid = stack([looks[i] for i in rows])
            ids, mask, _ = encode_batch([texts[i].lower() for i in rows], longest=config.longest)
            _, said = self.towers.read_texts(ids, mask)
            _, seen, _ = self.towers.read_images(slots, slot_mask, grid)
            logits[rows] = self.model(slots, slot_mask, ids, mask, said, seen).logits.numpy()
        return logits * config.scale + config.bias
