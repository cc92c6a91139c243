"""Train the combiner on scenes and changed versions of them: `sightline finetune combiner`.

The combiner learns what becomes of every object; what counts is whether the query it makes comes
nearest to the changed picture among all changed pictures.
"""

import random
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.changes import word_change
from ...models.combiner import CombinerConfig, CombinerModel
from ...models.common.adapted_encoder import encode_batch
from ...models.dual_encoder import DualEncoderModel
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.pairs import ChangedPool
from ..common.ranks import own_ranks, recall_at
from ..common.slots import SlotPool
from .dual_encoder import Reading, begin_as, embeddings, kind_of

_LONGEST = 144

Batch = tuple[Tensor, ...]


class Composed:
    """Pictures, worded changes and changed pictures, with the frozen dual encoder's embeddings."""

    def __init__(self, pool: SlotPool, changed: ChangedPool, towers: DualEncoderModel) -> None:
        self.pool = pool
        self.changed = changed
        self.towers = towers
        self.after = embeddings(Reading([changed.pool]), towers)

    def batch(self, rng: random.Random, numbers: list[int]) -> Batch:
        """Slots, masks, words, masks, values, and what became of things of these changes."""
        rows = [self.changed.before[i] for i in numbers]
        texts, after, added = [], [], []
        for i, row in zip(numbers, rows, strict=True):
            before, change = self.pool.scenes[row], self.changed.changes[i]
            texts.append(word_change(before, change, rng).lower())
            kinds = [kind_of(item) for item in before.objects]
            came = change.kind == "add"
            if not came:
                gone = change.kind == "remove"
                kinds[change.index] = -1 if gone else kind_of(change.scene.objects[change.index])
            added.append(kind_of(change.scene.objects[change.index]) if came else -1)
            # The last entry stands for slots of no object, whose owner is -1.
            after.append(torch.tensor([*kinds, -1])[self.pool.owner[row]])
        ids, mask, _ = encode_batch(texts, longest=_LONGEST)
        slots = self.pool.slots[rows].float()
        with torch.no_grad():
            values = self.towers.read_values(slots)
        there = self.pool.owner[rows] >= 0
        return (
            slots, self.pool.mask[rows], ids, mask, values, torch.stack(after), there,
            torch.tensor(added),
        )  # fmt: skip


@torch.inference_mode()
def found(model: torch.nn.Module, data: Composed) -> dict[str, float]:
    """Recall among all changed pictures, and how often the whole inventory is right."""
    assert isinstance(model, CombinerModel)
    numbers = list(range(len(data.changed.changes)))
    rows = data.changed.before
    given = data.batch(random.Random(77), numbers)
    pool = data.pool
    picture, _, _ = data.towers.read_images(
        pool.slots[rows].float(), pool.mask[rows], pool.grid[rows].float()
    )
    inventory = model(*given[:5]).inventory
    queries = model.query(inventory, picture)
    true = torch.zeros_like(inventory)
    for i, scene in enumerate(data.changed.pool.scenes):
        for item in scene.objects:
            true[i, kind_of(item)] += 1
    exact = (inventory.round() == true).all(1)
    ranks = own_ranks(queries @ data.after.T)
    return {
        "exact": float(exact.float().mean()),
        "r1": recall_at(ranks, 1),
        "r10": recall_at(ranks, 10),
    }


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
            attributes=towers.config.attributes,
        )
    )
    begin_as(model, towers)
    towers.eval().requires_grad_(False)
    data, held = Composed(pool, changed, towers), Composed(dev, dev_changed, towers)

    def batch(step: int) -> Batch:
        rng = random.Random(step_seed(config.seed, step))
        size = min(batch_size, len(changed.changes))
        return data.batch(rng, rng.sample(range(len(changed.changes)), size))

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: found(m, held),
        evaluate_every=50,
        title="combiner",
    )
    return model, figures
