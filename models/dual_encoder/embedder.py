"""The dual encoder as a task object: pictures and texts to unit vectors.

What the picture tower reads of a picture is a `Look`: small enough to be kept beside a stored
picture, so that the matcher and the combiner need not see the picture again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL.Image import Image
from torch import Tensor

from ..common.adapted_encoder import encode_batch
from ..common.canvas import to_canvas, to_tensor
from ..common.loading import load_model
from ..scene_parser.model import SceneParserModel
from ..scene_parser.parser import TableSceneParser, slot_features
from ..spec import weights_folder, weights_hash
from .model import DualEncoderModel

_AT_ONCE = 16


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the scene parser's network sees of one picture.

    Attributes:
        slots: float16 (K, S) object features; mask: bool (K,), True where there is an object.
        grid: float16 (G, C) features of the cells of a coarse grid.
    """

    slots: np.ndarray
    mask: np.ndarray
    grid: np.ndarray

    def pack(self) -> bytes:
        """The look as bytes, about 7 kB."""
        buffer = BytesIO()
        np.savez(buffer, slots=self.slots, mask=self.mask, grid=self.grid)
        return buffer.getvalue()

    @classmethod
    def unpack(cls, data: bytes) -> "Look":
        """Inverse of `pack`."""
        with np.load(BytesIO(data)) as kept:
            return cls(slots=kept["slots"], mask=kept["mask"], grid=kept["grid"])


def stack(looks: Sequence[Look]) -> tuple[Tensor, Tensor, Tensor]:
    """Looks as a batch: slots (N, K, S), mask (N, K), grid (N, G, C), all of full precision."""
    slots = torch.from_numpy(np.stack([look.slots for look in looks])).float()
    mask = torch.from_numpy(np.stack([look.mask for look in looks]))
    return slots, mask, torch.from_numpy(np.stack([look.grid for look in looks])).float()


class SlotEmbedder:
    """Serves `Embedder` and makes `Look`s.

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
        model = load_model(DualEncoderModel, folder)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    @torch.inference_mode()
    def look(self, images: Sequence[Image]) -> list[Look]:
        """What there is to know of each picture, to be embedded, matched or combined later."""
        config = self.eyes.model.config
        looks = []
        for first in range(0, len(images), _AT_ONCE):
            arrays = [
                to_canvas(image, config.width, config.height)[0]
                for image in images[first : first + _AT_ONCE]
            ]
            slots, mask, grid = read_pictures(self.eyes.model, to_tensor(arrays))
            looks += [
                Look(slots=s.numpy(), mask=m.numpy(), grid=g.numpy())
                for s, m, g in zip(slots.half(), mask, grid.half(), strict=True)
            ]
        return looks

    @torch.inference_mode()
    def embed_looks(self, looks: Sequence[Look]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        if not looks:
            return np.zeros((0, self.model.config.embedding), dtype=np.float32)
        return self.model.encode_images(*stack(looks)).numpy()

    def embed_images(self, images: Sequence[Image]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        return self.embed_looks(self.look(images))

    @torch.inference_mode()
    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (N, E), unit rows."""
        config = self.model.config
        if not texts:
            return np.zeros((0, config.embedding), dtype=np.float32)
        lowered = [text.lower() for text in texts]
        ids, mask, _ = encode_batch(lowered, longest=config.longest)
        return self.model.encode_texts(ids, mask).numpy()


def read_pictures(eyes: SceneParserModel, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What the picture tower reads of (N, 3, H, W): slots, their mask, grid cells (N, G, C)."""
    output = eyes(pixels)
    grid = F.avg_pool2d(F.adaptive_avg_pool2d(output.coarse, (6, 8)), 2)
    slots = slot_features(output, eyes.config.width, eyes.config.height)
    return slots, output.scores >= eyes.config.threshold, grid.flatten(2).transpose(1, 2)
