"""What kind of picture is this: a tabletop scene, a document, or something else?

The gate that keeps the tools from inventing answers about pictures they do not know.

Shapes: N pictures, H x W pixels, C kinds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL.Image import Image
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.canvas import to_canvas, to_tensor
from ..common.conv import ConvNorm
from ..common.loading import load_model
from ..common.pretrained import SightlineModel
from ..spec import weights_folder, weights_hash
from .config import DomainConfig


@dataclass
class DomainOutput(ModelOutput):
    """`loss` (scalar, when labels are given) and `logits` (N, C)."""

    loss: Tensor | None = None
    logits: Tensor | None = None


@dataclass(frozen=True, kw_only=True)
class DomainGuess:
    """The kind of a picture and how sure that is, in [0, 1]."""

    kind: str
    confidence: float


class DomainModel(SightlineModel):
    """A few strided convolutions and a linear layer over mean and maximum."""

    config_class = DomainConfig
    config: DomainConfig
    main_input_name = "pixel_values"

    def __init__(self, config: DomainConfig) -> None:
        super().__init__(config)
        widths = [3, *config.channels]
        self.body = nn.Sequential(*[ConvNorm(a, b, stride=2) for a, b in pairwise(widths)])
        self.head = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(2 * config.channels[-1], len(config.kinds))
        )
        self.post_init()

    def forward(self, pixel_values: Tensor, labels: Tensor | None = None) -> DomainOutput:
        """pixel_values (N, 3, H, W) in [0, 1]; labels (N,) class indices."""
        x = self.body((pixel_values - 0.5) * 4).flatten(2)
        logits = self.head(torch.cat([x.mean(-1), x.amax(-1)], dim=-1))
        loss = None if labels is None else F.cross_entropy(logits, labels, label_smoothing=0.02)
        return DomainOutput(loss=loss, logits=logits)


class DomainClassifier:
    """Serves the gate."""

    def __init__(self, model: DomainModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "DomainClassifier":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("domain", path)
        model = load_model(DomainModel, folder)
        return cls(model, weights_hash(folder))

    @torch.inference_mode()
    def classify(self, images: Sequence[Image]) -> list[DomainGuess]:
        """The kind of each picture; below the threshold a picture is `other`."""
        if not images:
            return []
        config = self.model.config
        arrays = [to_canvas(image, config.width, config.height)[0] for image in images]
        guesses = []
        for row in self.model(to_tensor(arrays)).logits.softmax(-1):
            confidence, index = row.max(-1)
            kind = config.kinds[int(index)]
            if float(confidence) < config.threshold:
                kind = "other"
            guesses.append(DomainGuess(kind=kind, confidence=float(confidence)))
        return guesses
