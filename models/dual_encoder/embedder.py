"""The dual encoder as a task object: pictures and texts to unit vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL.Image import Image
from torch import Tensor

from ..common.adapted_encoder import encode_batch
from ..common.canvas import to_canvas, to_tensor
from ..scene_parser.model import SceneParserModel
from ..scene_parser.parser import TableSceneParser, slot_features
from ..spec import weights_folder, weights_hash
from .model import DualEncoderModel


class SlotEmbedder:
    """Serves `Embedder`.

    Args:
        model: the two towers.
        eyes: the scene parser whose features the picture tower was trained on.
    """

    def __init__(self, model: DualEncoderModel, eyes: TableSceneParser, weights: str = "") -> None:
        self.model = model.eval()
        self.eyes = eyes
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "SlotEmbedder":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("dual_encoder", path)
        model = DualEncoderModel.from_pretrained(folder, dtype=torch.float32)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    @torch.inference_mode()
    def embed_images(self, images: Sequence[Image]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        if not images:
            return np.zeros((0, self.model.config.embedding), dtype=np.float32)
        config = self.eyes.model.config
        arrays = [to_canvas(image, config.width, config.height)[0] for image in images]
        return self.model.encode_images(*read_pictures(self.eyes.model, to_tensor(arrays))).numpy()

    @torch.inference_mode()
    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        if not texts:
            return np.zeros((0, self.model.config.embedding), dtype=np.float32)
        ids, mask, _ = encode_batch([text.lower() for text in texts])
        return self.model.encode_texts(ids, mask).numpy()


def read_pictures(eyes: SceneParserModel, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What the picture tower reads of (N, 3, H, W): slots, their mask, grid cells (N, G, C)."""
    output = eyes(pixels)
    grid = F.avg_pool2d(F.adaptive_avg_pool2d(output.coarse, (6, 8)), 2)
    slots = slot_features(output, eyes.config.width, eyes.config.height)
    return slots, output.scores >= eyes.config.threshold, grid.flatten(2).transpose(1, 2)
