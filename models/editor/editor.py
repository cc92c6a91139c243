"""The editor as an object: a picture, what stands on the table, and one thing to change."""

from collections.abc import Sequence
from pathlib import Path

import torch
from PIL.Image import Image

from ..common.canvas import to_tensor
from ..common.loading import load_model
from ..spec import weights_folder, weights_hash
from .canvas import Canvas, condition_of, layout
from .model import EditorModel
from .sketch import sketch
from .view import TableView, Thing


class TableEditor:
    """Erases, inserts and repaints single objects of tabletop pictures."""

    def __init__(self, model: EditorModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "TableEditor":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("editor", path)
        model = load_model(EditorModel, folder)
        return cls(model, weights_hash(folder))

    @torch.inference_mode()
    def paint(
        self,
        image: Image,
        mode: str,
        thing: Thing,
        others: Sequence[Thing],
        view: TableView,
        was: Thing | None = None,
    ) -> tuple[Image, Canvas]:
        """Do one edit.

        Args:
            image: RGB.
            mode: `erase` (`thing` goes), `insert` (`thing` comes, where its place says) or
                `repaint` (`thing` stays, with the attributes given here).
            others: the other objects of the picture.
            view: of the picture.
            was: the thing as it is before it is repainted.

        Returns:
            The new picture, equal to `image` outside the region, and where the edit lies.
        """
        config = self.model.config
        canvas = layout(mode, thing, others, view, config)  # pyright: ignore[reportArgumentType]
        cut = canvas.cut(image, config.side)
        pixels = to_tensor([sketch(mode, cut, canvas, thing, was or thing, view)])
        hints = torch.from_numpy(canvas.hints)[None].float() / 255
        told = condition_of(mode, thing, config)[None]  # pyright: ignore[reportArgumentType]
        painted = self.model(pixels, hints, told).pixels[0]
        array = (painted.permute(1, 2, 0) * 255).round().clamp(0, 255).byte().numpy()
        return canvas.paste(image, array), canvas
