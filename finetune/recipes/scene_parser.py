"""Train the scene parser on drawn scenes: `sightline finetune scene_parser --out runs/parser`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ...data.world.scene import Scene
from ...models.scene_parser import SceneParserConfig, SceneParserModel
from ...models.scene_parser.model import STRIDE
from ..common.fit import FitConfig, fit, step_seed


def object_targets(scenes: list[Scene], config: SceneParserConfig) -> dict[str, Tensor]:
    """Targets of `SceneParserModel.forward` except the centre map, scaled to the canvas.

    Shapes: `centres` (N, K, 2), `mask` (N, K), `boxes` (N, K, 4), `places` (N, K, 3), one
    (N, K) class tensor per attribute and `sigma` (N, K), the spread of each centre in cells.
    """
    n, k = len(scenes), config.max_objects
    found: dict[str, Tensor] = {
        "centres": torch.zeros(n, k, 2),
        "mask": torch.zeros(n, k, dtype=torch.bool),
        "boxes": torch.zeros(n, k, 4),
        "places": torch.zeros(n, k, 3),
        "sigma": torch.ones(n, k),
    }
    found |= {name: torch.full((n, k), -100) for name in config.attributes}
    for i, scene in enumerate(scenes):
        scale = torch.tensor([config.width / scene.width, config.height / scene.height])
        right, front = scene.directions["right"], scene.directions["front"]
        for j, item in enumerate(scene.objects[:k]):
            found["mask"][i, j] = True
            found["centres"][i, j] = torch.tensor(item.pixel[:2]) * scale
            box = torch.tensor(item.box) * scale.repeat(2)
            found["boxes"][i, j] = box
            found["sigma"][i, j] = ((box[2:] - box[:2]).mean() / STRIDE / 7).clamp(0.7, 2.0)
            along = [
                sum(p * d for p, d in zip(item.position, axis, strict=True))
                for axis in (right, front)
            ]
            found["places"][i, j] = torch.tensor([*along, item.position[2]])
            for name, values in config.attributes.items():
                found[name][i, j] = values.index(item.value(name))
    return found


def centre_map(targets: dict[str, Tensor], config: SceneParserConfig) -> Tensor:
    """Gaussians around the true centres, exactly 1 in each centre's cell: (N, h, w)."""
    h, w = config.height // STRIDE, config.width // STRIDE
    cell = (targets["centres"] / STRIDE).floor()
    x = torch.arange(w)[None, None, None] - cell[..., 0, None, None]
    y = torch.arange(h)[None, None, :, None] - cell[..., 1, None, None]
    spread = 2 * targets["sigma"].square()[..., None, None]
    blobs = torch.exp(-(x.square() + y.square()) / spread) * targets["mask"][..., None, None]
    return blobs.amax(1)


def augment(
    pixels: Tensor, targets: dict[str, Tensor], config: SceneParserConfig, rng: torch.Generator
) -> tuple[Tensor, dict[str, Tensor]]:
    """Mirror, dim, tint, blur and speckle a batch; targets follow the mirror."""
    n = len(pixels)
    pixels, targets = pixels.clone(), {k: v.clone() for k, v in targets.items()}
    flip = torch.rand(n, generator=rng) < 0.5
    pixels[flip] = pixels[flip].flip(-1)
    targets["centres"][flip, :, 0] = config.width - targets["centres"][flip, :, 0]
    boxes = targets["boxes"][flip]
    targets["boxes"][flip] = torch.stack(
        [config.width - boxes[..., 2], boxes[..., 1], config.width - boxes[..., 0], boxes[..., 3]],
        dim=-1,
    )
    targets["places"][flip, :, 0] *= -1
    gain = 1 + 0.16 * (torch.rand(n, 1, 1, 1, generator=rng) - 0.5)
    tint = 1 + 0.05 * (torch.rand(n, 3, 1, 1, generator=rng) - 0.5)
    pixels = pixels * gain * tint + 0.05 * (torch.rand(n, 1, 1, 1, generator=rng) - 0.5)
    if torch.rand((), generator=rng) < 0.4:
        # Other picture sizes reach the model through a resize; imitate a coarser source.
        share = float(0.55 + 0.45 * torch.rand((), generator=rng))
        low = F.interpolate(pixels, scale_factor=share, mode="area")
        pixels = F.interpolate(low, size=pixels.shape[-2:], mode="bilinear", align_corners=False)
    if torch.rand((), generator=rng) < 0.4:
        level = 0.03 * float(torch.rand((), generator=rng))
        pixels = pixels + level * torch.randn(pixels.shape, generator=rng)
    return pixels.clamp(0, 1), targets


def load_pool(folder: Path) -> tuple[np.ndarray, list[Scene]]:
    """Pictures (N, H, W, 3) uint8, memory-mapped, and scenes of a rendered pool."""
    scenes = [Scene.from_clevr(entry) for entry in json.loads((folder / "scenes.json").read_text())]
    return np.load(folder / "images.npy", mmap_mode="r"), scenes


def pool_score(model: torch.nn.Module, pool: tuple[np.ndarray, list[Scene]], limit: int) -> dict:
    """Exact figures on a pool: share of scenes with the right count, and with no mistake at all."""
    images, scenes = pool
    config: Any = model.config
    right: dict[str, list[float]] = {"count": [], "attributes": [], "scene": [], "box_iou": []}
    for start in range(0, limit, 50):
        chunk = scenes[start : start + 50]
        pixels = torch.from_numpy(np.array(images[start : start + 50])).permute(0, 3, 1, 2) / 255
        with torch.inference_mode():
            output = model(pixels)
        targets = object_targets(chunk, config)
        for i, scene in enumerate(chunk):
            keep = output.scores[i] >= config.threshold
            count = int(keep.sum()) == len(scene.objects)
            right["count"].append(float(count))
            near = torch.cdist(targets["centres"][i, : len(scene.objects)], output.centres[i][keep])
            if near.shape[1] == 0:
                right["scene"].append(0.0)
                continue
            match = near.argmin(1)
            same = torch.ones(len(scene.objects), dtype=torch.bool)
            for name in config.attributes:
                predicted = output.attributes[name][i][keep][match].argmax(-1)
                same &= predicted == targets[name][i, : len(scene.objects)]
            right["attributes"].extend(same.float().tolist())
            a = output.boxes[i][keep][match]
            b = targets["boxes"][i, : len(scene.objects)]
            inter = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(0)
            cross = inter.prod(-1)
            area = (a[:, 2:] - a[:, :2]).prod(-1) + (b[:, 2:] - b[:, :2]).prod(-1)
            right["box_iou"].extend((cross / (area - cross)).tolist())
            places = output.places[i][keep][match][:, :2]
            truth = targets["places"][i, : len(scene.objects), :2]
            order = (places[:, None] > places[None]) == (truth[:, None] > truth[None])
            right["scene"].append(float(count and bool(same.all()) and bool(order.all())))
    return {name: float(np.mean(values)) for name, values in right.items()}


def train_scene_parser(
    train: Path,
    dev: Path,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 32,
    resume: bool = False,
) -> tuple[SceneParserModel, dict[str, float]]:
    """Train on a rendered pool (`sightline data world-pool`), score on another.

    Returns:
        The model with averaged weights, and its figures on `dev`.
    """
    torch.manual_seed(config.seed)
    model = SceneParserModel(SceneParserConfig()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    images, scenes = load_pool(train)
    targets = object_targets(scenes, model.config)
    dev_pool = load_pool(dev)

    def batch(step: int) -> tuple[Tensor, dict[str, Tensor]]:
        rng = torch.Generator().manual_seed(step_seed(config.seed, step))
        index = torch.randint(len(scenes), (batch_size,), generator=rng)
        pixels = torch.from_numpy(np.stack([images[int(i)] for i in index]))
        pixels = pixels.permute(0, 3, 1, 2).float() / 255
        chosen = {name: values[index] for name, values in targets.items()}
        pixels, chosen = augment(pixels, chosen, model.config, rng)
        chosen["heatmap"] = centre_map(chosen, model.config)
        return pixels.contiguous(memory_format=torch.channels_last), chosen

    figures = fit(
        model,
        batch,
        lambda m, b: m(b[0], b[1]).loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: pool_score(m, dev_pool, 300),
        evaluate_every=300,
        title="scene parser",
    )
    return model, figures
