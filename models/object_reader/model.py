"""A second look at one object: its cut-out at the picture's own resolution, its attributes.

The scene parser works on a small canvas, where the smallest objects are ten pixels wide and a
cube can pass for a cylinder. Cut out of the picture as it came, they show their edges.

Shapes: M cut-outs, S pixels a side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL.Image import Image, Resampling
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.canvas import to_tensor
from ..common.conv import ConvNorm
from ..common.loading import load_model
from ..common.pretrained import SightlineModel
from ..spec import weights_folder, weights_hash
from .config import ObjectReaderConfig


@dataclass
class ObjectReaderOutput(ModelOutput):
    """`loss` (scalar, when labels are given), `attributes`: name -> logits (M, values)."""

    loss: Tensor | None = None
    attributes: dict[str, Tensor] | None = None


class ObjectReaderModel(SightlineModel):
    """Plain convolutions, and one linear head an attribute."""

    config_class = ObjectReaderConfig
    config: ObjectReaderConfig
    main_input_name = "pixel_values"

    def __init__(self, config: ObjectReaderConfig) -> None:
        super().__init__(config)
        widths = [3, *config.channels]
        layers: list[nn.Module] = []
        for a, b in pairwise(widths):
            layers += [ConvNorm(a, b), ConvNorm(b, b), nn.MaxPool2d(2)]
        self.body = nn.Sequential(*layers)
        cells = (config.side // 2 ** len(config.channels)) ** 2
        self.read = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.1), nn.Linear(cells * config.channels[-1], 128), nn.ReLU()
        )
        self.heads = nn.ModuleDict(
            {name: nn.Linear(128, len(values)) for name, values in config.attributes.items()}
        )
        self.post_init()

    def forward(
        self, pixel_values: Tensor, labels: dict[str, Tensor] | None = None
    ) -> ObjectReaderOutput:
        """pixel_values (M, 3, S, S) in [0, 1]; labels: attribute -> (M,) class indices."""
        state = self.read(self.body((pixel_values - 0.5) * 4))
        attributes = {name: head(state) for name, head in self.heads.items()}
        loss = None
        if labels is not None:
            loss = torch.stack(
                [F.cross_entropy(attributes[name], labels[name]) for name in attributes]
            ).sum()
        return ObjectReaderOutput(loss=loss, attributes=attributes)


def cut_out(image: Image, box: Sequence[float], side: int, margin: float) -> np.ndarray:
    """The square around `box` (x0, y0, x1, y1), widened by `margin`, as uint8 (S, S, 3).

    What lies beyond the picture repeats its edge.
    """
    x0, y0, x1, y1 = box
    half = max(x1 - x0, y1 - y0, 4.0) * (0.5 + margin)
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    left, top = max(0.0, cx - half), max(0.0, cy - half)
    right, bottom = min(float(image.width), cx + half), min(float(image.height), cy + half)
    scale = side / (2 * half)
    w = min(side, max(1, round((right - left) * scale)))
    h = min(side, max(1, round((bottom - top) * scale)))
    part = np.asarray(
        image.resize((w, h), Resampling.BILINEAR, box=(left, top, right, bottom)), np.uint8
    )
    before_x = min(side - w, round((left - (cx - half)) * scale))
    before_y = min(side - h, round((top - (cy - half)) * scale))
    bars = ((before_y, side - h - before_y), (before_x, side - w - before_x), (0, 0))
    return np.pad(part, bars, mode="edge")


class ObjectReader:
    """Reads attributes of boxed objects."""

    def __init__(self, model: ObjectReaderModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "ObjectReader":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("object_reader", path)
        model = load_model(ObjectReaderModel, folder)
        return cls(model, weights_hash(folder))

    @torch.inference_mode()
    def read(self, image: Image, boxes: Sequence[Sequence[float]]) -> dict[str, Tensor]:
        """Log-probabilities of each attribute's values: name -> (M, values)."""
        config = self.model.config
        image = image.convert("RGB")
        cuts = [cut_out(image, box, config.side, config.margin) for box in boxes]
        found = self.model(to_tensor(cuts)).attributes
        return {name: logits.log_softmax(-1) for name, logits in found.items()}
