"""Train the captioner on drawn scenes: `sightline finetune captioner --out runs/captioner`."""

import random
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.captions import check_caption, sample_caption
from ...models.captioner import CaptionerConfig, CaptionerModel
from ...models.captioner.captioner import to_text, to_words
from ...models.captioner.model import END, FIRST, PAD
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.slots import SlotPool


def vocabulary(pool: SlotPool, seed: int, samples: int = 6000) -> list[str]:
    """Every word of many captions, most frequent first."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    styles = CaptionerConfig().styles
    for i in range(samples):
        scene = pool.scenes[i % len(pool.scenes)]
        counts.update(to_words(sample_caption(scene, rng, styles[i % len(styles)])))
    return [word for word, _ in counts.most_common()]


def make_batch(
    pool: SlotPool, config: CaptionerConfig, rng: random.Random, size: int
) -> tuple[Tensor, ...]:
    """Slots, mask and labels of `size` captions of one style (like lengths, little padding)."""
    style = rng.choices(range(len(config.styles)), weights=(1, 2, 3))[0]
    index = {word: i + FIRST + len(config.styles) for i, word in enumerate(config.words)}
    rows, spoken = [], []
    while len(rows) < size:
        row = rng.randrange(len(pool.scenes))
        words = to_words(sample_caption(pool.scenes[row], rng, config.styles[style]))
        if len(words) + 2 > config.longest or any(word not in index for word in words):
            continue
        rows.append(row)
        spoken.append([FIRST + style, *(index[word] for word in words), END])
    labels = torch.full((size, max(map(len, spoken))), PAD)
    for i, line in enumerate(spoken):
        labels[i, : len(line)] = torch.tensor(line)
    return pool.slots[rows].float(), pool.mask[rows], labels


def caption_score(model: torch.nn.Module, pool: SlotPool, limit: int) -> dict[str, float]:
    """Share of stated facts that are true and of objects the long style covers."""
    facts = true = covered = objects = 0
    for style in ("normal", "long"):
        spoken = model.decode(  # type: ignore[operator]
            pool.slots[:limit].float(), pool.mask[:limit], style
        )
        for (words, _), scene in zip(spoken, pool.scenes, strict=False):
            check = check_caption(to_text(words), scene)
            facts += check.facts
            true += check.true_facts
            if style == "long":
                covered += check.objects_covered
                objects += check.objects
    return {"facts_true": true / max(1, facts), "objects_covered": covered / max(1, objects)}


def train_captioner(
    pool: SlotPool,
    dev: SlotPool,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 32,
    resume: bool = False,
) -> tuple[CaptionerModel, dict[str, float]]:
    """Train on one pool's slots, score on another's."""
    torch.manual_seed(config.seed)
    sizes = CaptionerConfig(words=vocabulary(pool, config.seed), slot_width=pool.slots.shape[-1])
    model = CaptionerModel(sizes)

    def batch(step: int) -> tuple[Tensor, ...]:
        rng = random.Random(step_seed(config.seed, step))
        return make_batch(pool, sizes, rng, batch_size)

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: caption_score(m, dev, 60),
        evaluate_every=500,
        title="captioner",
    )
    return model, figures
