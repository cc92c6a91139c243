"""Train the dual encoder on drawn scenes and captions: `sightline finetune dual_encoder`."""

import random
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.captions import sample_caption
from ...models.common.adapted_encoder import encode_batch
from ...models.dual_encoder import DualEncoderConfig, DualEncoderModel
from ..common.fit import FitConfig, fit
from ..common.slots import SlotPool


def make_batch(pool: SlotPool, rng: random.Random, size: int) -> tuple[Tensor, ...]:
    """Slots, mask, grid and word pieces of `size` scenes with a caption each."""
    rows = rng.sample(range(len(pool.scenes)), size)
    style = rng.choices(("short", "normal", "long"), weights=(1, 3, 2))[0]
    texts = [sample_caption(pool.scenes[row], rng, style).lower() for row in rows]
    ids, mask, _ = encode_batch(texts)
    return pool.slots[rows].float(), pool.mask[rows], pool.grid[rows].float(), ids, mask


def recall_at_1(model: torch.nn.Module, pool: SlotPool, limit: int) -> dict[str, float]:
    """Text to image and image to text among `limit` scenes, ordinary captions."""
    rng = random.Random(77)
    texts = [sample_caption(scene, rng, "normal").lower() for scene in pool.scenes[:limit]]
    with torch.inference_mode():
        ids, mask, _ = encode_batch(texts)
        found = model(
            pool.slots[:limit].float(), pool.mask[:limit], pool.grid[:limit].float(), ids, mask
        )
    scores = found.texts @ found.images.T
    truth = torch.arange(limit)
    return {
        "text_to_image_r1": float((scores.argmax(1) == truth).float().mean()),
        "image_to_text_r1": float((scores.argmax(0) == truth).float().mean()),
    }


def train_dual_encoder(
    pool: SlotPool,
    dev: SlotPool,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 64,
    resume: bool = False,
) -> tuple[DualEncoderModel, dict[str, float]]:
    """Train on one pool, score on another."""
    torch.manual_seed(config.seed)
    model = DualEncoderModel(
        DualEncoderConfig(slot_width=pool.slots.shape[-1], grid_width=pool.grid.shape[-1])
    )

    def batch(step: int) -> tuple[Tensor, ...]:
        return make_batch(pool, random.Random(config.seed * 1_000_003 + step), batch_size)

    figures = fit(
        model,
        batch,
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: recall_at_1(m, dev, min(300, len(dev.scenes))),
        evaluate_every=200,
        title="dual encoder",
    )
    return model, figures
