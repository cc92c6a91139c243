"""Train the combiner on scenes and changed versions of them: `sightline finetune combiner`.

The query of a picture and the worded change must come nearest to the changed picture, among the
batch's other changed pictures, the pictures before the change, and others.
"""

import random
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.changes import word_change
from ...models.combiner import CombinerConfig, CombinerModel
from ...models.common.adapted_encoder import encode_batch
from ...models.dual_encoder import DualEncoderModel
from ..common.fit import FitConfig, fit
from ..common.pairs import ChangedPool
from ..common.slots import SlotPool
from .dual_encoder import Reading
from .matcher import embeddings

_LONGEST = 144
_OTHERS = 256

Batch = tuple[Tensor, ...]


class Composed:
    """Pictures, worded changes and changed pictures, with the frozen dual encoder's embeddings."""

    def __init__(self, pool: SlotPool, changed: ChangedPool, towers: DualEncoderModel) -> None:
        self.pool = pool
        self.changed = changed
        kept = sorted(set(changed.before))
        self.row = {row: i for i, row in enumerate(kept)}
        self.picture = raw_embeddings(pool, kept, towers)
        self.before = torch.nn.functional.normalize(self.picture, dim=-1)
        self.after = embeddings(Reading([changed.pool]), towers)

    def batch(self, rng: random.Random, numbers: list[int], count: int) -> Batch:
        """Slots, masks, words, masks, pictures, gallery and labels of these changes."""
        texts = [
            word_change(
                self.pool.scenes[self.changed.before[i]], self.changed.changes[i], rng
            ).lower()
            for i in numbers
        ]
        ids, mask, _ = encode_batch(texts, longest=_LONGEST)
        rows = [self.changed.before[i] for i in numbers]
        own = [self.row[row] for row in rows]
        more = rng.sample(range(len(self.before)), min(count, len(self.before)))
        others = own + [row for row in more if row not in set(own)]
        gallery = torch.cat([self.after[numbers], self.before[others]])
        return (
            self.pool.slots[rows].float(), self.pool.mask[rows], ids, mask,
            self.picture[own], gallery, torch.arange(len(numbers)),
        )  # fmt: skip


@torch.inference_mode()
def raw_embeddings(pool: SlotPool, rows: list[int], towers: DualEncoderModel) -> Tensor:
    """(N, E) embeddings of these scenes, not of unit length."""
    parts = []
    for first in range(0, len(rows), 256):
        some = rows[first : first + 256]
        slots, grid = pool.slots[some].float(), pool.grid[some].float()
        parts.append(towers.read_images(slots, pool.mask[some], grid)[0])
    return torch.cat(parts)


@torch.inference_mode()
def found(model: torch.nn.Module, data: Composed) -> dict[str, float]:
    """Recall among all changed pictures."""
    rng = random.Random(77)
    numbers = list(range(len(data.changed.changes)))
    slots, slot_mask, ids, mask, picture, _, _ = data.batch(rng, numbers, 0)
    queries = model(slots, slot_mask, ids, mask, picture).queries
    scores = queries @ data.after.T
    better = (scores > scores.diagonal()[:, None]).sum(1)
    return {"r1": float((better < 1).float().mean()), "r10": float((better < 10).float().mean())}


def train_combiner(
    pool: SlotPool,
    changed: ChangedPool,
    dev: SlotPool,
    dev_changed: ChangedPool,
    towers: DualEncoderModel,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 96,
    resume: bool = False,
) -> tuple[CombinerModel, dict[str, float]]:
    """Train on one pool's changes, score on another's."""
    torch.manual_seed(config.seed)
    model = CombinerModel(
        CombinerConfig(
            slot_width=pool.slots.shape[-1],
            dim=towers.config.dim,
            embedding=towers.config.embedding,
        )
    )
    for part in ("slot", "words", "phrases"):
        # Reading slots and words is what the dual encoder has already learnt.
        getattr(model, part).load_state_dict(getattr(towers, part).state_dict())
    data, held = Composed(pool, changed, towers.eval()), Composed(dev, dev_changed, towers)

    def batch(step: int) -> Batch:
        rng = random.Random(config.seed * 1_000_003 + step)
        size = min(batch_size, len(changed.changes))
        return data.batch(rng, rng.sample(range(len(changed.changes)), size), _OTHERS)

    figures = fit(
        model,
        batch,
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: found(m, held),
        evaluate_every=100,
        title="combiner",
    )
    return model, figures
