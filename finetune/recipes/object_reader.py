"""Train the object reader on cut-outs of drawn scenes: `sightline finetune object_reader`."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from rich.progress import track
from torch import Tensor

from ...data.world.pool import load_dataset
from ...models.object_reader import ObjectReaderConfig, ObjectReaderModel
from ...models.object_reader.model import cut_out
from ..common.fit import FitConfig, fit, own_loss, step_seed


def cut_pool(folder: Path, config: ObjectReaderConfig, copies: int, seed: int) -> dict[str, Tensor]:
    """Cut-outs of every object of a pool, each `copies` times with a box that is a little off.

    Returns:
        `pixels` (M, 3, S, S) uint8 and one (M,) class tensor an attribute.
    """
    scenes, images = load_dataset(folder)
    rng = random.Random(seed)
    cuts: list[np.ndarray] = []
    labels: dict[str, list[int]] = {name: [] for name in config.attributes}
    for scene, array in track(list(zip(scenes, images, strict=True)), description="cutting out"):
        image = Image.fromarray(np.array(array))
        for item in scene.objects:
            for _ in range(copies):
                # The detector's boxes miss by a few percent; so do these.
                side = max(item.box[2] - item.box[0], item.box[3] - item.box[1])
                off = [rng.gauss(0, 0.05 * side) if copies > 1 or seed else 0.0 for _ in range(4)]
                box = [edge + d for edge, d in zip(item.box, off, strict=True)]
                cuts.append(cut_out(image, box, config.side, config.margin))
                for name, values in config.attributes.items():
                    labels[name].append(values.index(item.value(name)))
    pixels = torch.from_numpy(np.stack(cuts)).permute(0, 3, 1, 2).contiguous()
    return {"pixels": pixels, **{name: torch.tensor(row) for name, row in labels.items()}}


def score(model: torch.nn.Module, cuts: dict[str, Tensor]) -> dict[str, float]:
    """Share of cut-outs whose attribute is read rightly, attribute by attribute."""
    right: dict[str, float] = {}
    n = len(cuts["pixels"])
    for start in range(0, n, 256):
        with torch.inference_mode():
            found = model(cuts["pixels"][start : start + 256].float() / 255).attributes
        for name, logits in found.items():
            same = logits.argmax(-1) == cuts[name][start : start + 256]
            right[name] = right.get(name, 0.0) + float(same.sum()) / n
    return right


def train_object_reader(
    pools: Sequence[Path],
    dev: Path,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 128,
    resume: bool = False,
) -> tuple[ObjectReaderModel, dict[str, float]]:
    """Train on cut-outs of pools of any picture size, score on another pool."""
    torch.manual_seed(config.seed)
    sizes = ObjectReaderConfig()
    model = ObjectReaderModel(sizes)
    parts = [cut_pool(pool, sizes, 1, config.seed + i) for i, pool in enumerate(pools)]
    cuts = {name: torch.cat([part[name] for part in parts]) for name in parts[0]}
    kept = cut_pool(dev, sizes, 1, 0)

    def batch(step: int) -> tuple[Tensor, dict[str, Tensor]]:
        rng = torch.Generator().manual_seed(step_seed(config.seed, step))
        index = torch.randint(len(cuts["pixels"]), (batch_size,), generator=rng)
        pixels = cuts["pixels"][index].float() / 255
        flip = torch.rand(batch_size, generator=rng) < 0.5
        pixels[flip] = pixels[flip].flip(-1)
        gain = 1 + 0.16 * (torch.rand(batch_size, 1, 1, 1, generator=rng) - 0.5)
        pixels = (pixels * gain + 0.01 * torch.randn(pixels.shape, generator=rng)).clamp(0, 1)
        return pixels, {name: cuts[name][index] for name in model.config.attributes}

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: score(m, kept),
        evaluate_every=500,
        title="object reader",
    )
    return model, figures
