"""Train the gate that tells tabletop, document and other pictures apart.

`sightline finetune domain --out runs/domain`. Photographs and scanned receipts come from a folder
of real data the user names; drawn noise and gradients stand in for everything else.
"""

import io
import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from torch import Tensor

from ...models.common.canvas import to_canvas, to_tensor
from ...models.domain import DomainConfig, DomainModel
from ..common.fit import FitConfig, fit, own_loss, step_seed

KINDS = DomainConfig().kinds


def disturb(image: Image.Image, rng: random.Random, kind: str) -> Image.Image:
    """One of many ways a picture reaches us: cropped, turned, recompressed, recoloured."""
    image = image.convert("RGB")
    if kind != "tabletop" and rng.random() < 0.6:
        w, h = image.size
        share = rng.uniform(0.4, 1.0)
        cw, ch = max(8, int(w * share)), max(8, int(h * rng.uniform(share, 1.0)))
        x, y = rng.randint(0, w - cw), rng.randint(0, h - ch)
        image = image.crop((x, y, x + cw, y + ch))
    elif kind == "tabletop" and rng.random() < 0.3:
        w, h = image.size
        dx, dy = int(w * rng.uniform(0, 0.06)), int(h * rng.uniform(0, 0.06))
        image = image.crop((dx, dy, w - dx, h - dy))
    if rng.random() < 0.5:
        image = ImageOps.mirror(image)
    if kind == "other" and rng.random() < 0.1:
        image = ImageOps.grayscale(image).convert("RGB")
    if kind == "other" and rng.random() < 0.1:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(1, 6)))
    if kind == "document" and rng.random() < 0.15:
        image = image.rotate(rng.uniform(-8, 8), expand=True, fillcolor=(200, 200, 200))
    if rng.random() < 0.3:
        gain = rng.uniform(0.8, 1.2)
        image = image.point([min(255, int(v * gain)) for v in range(256)] * 3)
    if rng.random() < 0.4:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=rng.randint(35, 95))
        image = Image.open(buffer).convert("RGB")
    return image


def drawn_other(rng: random.Random) -> Image.Image:
    """Pictures that are neither: flat colours, gradients, shapes, noise, screens, lone blobs."""
    w, h = rng.choice([(160, 120), (128, 128), (120, 160), (200, 100)])
    style = rng.randrange(5)
    if style == 0:
        return Image.new("RGB", (w, h), tuple(rng.randrange(256) for _ in range(3)))
    if style == 1:
        noise = np.random.default_rng(rng.randrange(2**32)).integers(0, 256, (h, w, 3), np.uint8)
        return Image.fromarray(noise).filter(ImageFilter.GaussianBlur(rng.choice([0, 1, 3, 8])))
    ramp = Image.linear_gradient("L").resize((w, h)).rotate(rng.choice([0, 90, 180, 270]))
    ramp = ramp.resize((w, h))
    colours = [tuple(rng.randrange(256) for _ in range(3)) for _ in range(2)]
    image = ImageOps.colorize(ramp, *colours)  # pyright: ignore[reportArgumentType]
    draw = ImageDraw.Draw(image)
    for _ in range(0 if style == 2 else rng.randint(1, 14)):
        box = sorted(rng.randrange(w) for _ in range(2)) + sorted(
            rng.randrange(h) for _ in range(2)
        )
        corners = (box[0], box[2], box[1], box[3])
        fill = tuple(rng.randrange(256) for _ in range(3))
        getattr(draw, rng.choice(["ellipse", "rectangle"]))(corners, fill=fill)
    return image


def score(model: torch.nn.Module, sets: dict[str, list[Image.Image]]) -> dict[str, float]:
    """Share of each kind that the model calls by its kind."""
    figures = {}
    config = DomainConfig()
    for kind, images in sets.items():
        arrays = [to_canvas(image, config.width, config.height)[0] for image in images]
        with torch.inference_mode():
            found = model(to_tensor(arrays)).logits.argmax(-1)
        figures[kind] = float((found == KINDS.index(kind)).float().mean())
    return figures


def train_domain(
    sources: dict[str, list[Image.Image]],
    dev: dict[str, list[Image.Image]],
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 48,
    resume: bool = False,
) -> tuple[DomainModel, dict[str, float]]:
    """Train on `sources` (kind -> pictures), score on `dev`."""
    torch.manual_seed(config.seed)
    model = DomainModel(DomainConfig())

    def batch(step: int) -> tuple[Tensor, Tensor]:
        rng = random.Random(step_seed(config.seed, step))
        arrays, labels = [], []
        for _ in range(batch_size):
            kind = rng.choice(("tabletop", "document", "other", "other"))
            drawn = kind == "other" and rng.random() < 0.2
            image = drawn_other(rng) if drawn else rng.choice(sources[kind])
            image = disturb(image, rng, kind)
            arrays.append(to_canvas(image, model.config.width, model.config.height)[0])
            labels.append(KINDS.index(kind))
        return to_tensor(arrays), torch.tensor(labels)

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: score(m, dev),
        evaluate_every=300,
        title="domain gate",
    )
    return model, figures


def real_sources(
    data: Path, pool: np.ndarray, documents: list[Image.Image], *, kept_out: bool
) -> dict[str, list[Image.Image]]:
    """Pictures of each kind, small: the user's real data, a drawn pool and drawn documents.

    Args:
        data: folder with `photos/images`, `receipts/images` and, where there is one,
            `blood_cells/images`.
        pool: (N, H, W, 3) uint8 tabletop pictures.
        kept_out: every fifth file (index % 5 == 4) instead of the other four fifths.
    """
    groups = {"other": ("photos", "blood_cells"), "document": ("receipts",)}
    found: dict[str, list[Image.Image]] = {
        "tabletop": [Image.fromarray(np.array(array)) for array in pool],
        "document": [_small(image) for image in documents],
        "other": [],
    }
    for kind, names in groups.items():
        for name in names:
            files = sorted((data / name / "images").glob("*.jpg"))
            for file in files[4::5] if kept_out else [f for i, f in enumerate(files) if i % 5 != 4]:
                with Image.open(file) as image:
                    found[kind].append(_small(image))
    return found


def _small(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image).convert("RGB")
    image.thumbnail((280, 280))
    return image.copy()
