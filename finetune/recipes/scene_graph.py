"""Train the relation head on drawn scenes: `sightline finetune scene_graph --out runs/graph`."""

import random
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.scene import Scene
from ...data.world.scene_graphs import annotated
from ...models.scene_graph import RelationConfig, RelationModel
from ...models.scene_graph.grapher import one_hot
from ...models.scene_graph.loss import UNSCORED
from ...models.scene_parser import SceneParserModel
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.slots import SlotPool


def pair_targets(scene: Scene, config: RelationConfig) -> tuple[Tensor, Tensor]:
    """`told` (M, M) classes and `holds` (M, M, P) of every ordered pair of a scene's objects."""
    m, names = len(scene.objects), config.predicates
    told = torch.full((m, m), len(names))
    # Every pair has an edge to learn; where two directions are fair, the larger share decides.
    for edge in annotated(scene, least=1.0):
        told[edge.subject, edge.object] = names.index(edge.predicate)
    holds = torch.zeros(m, m, len(names))
    for p, name in enumerate(names):
        for anchor, subjects in enumerate(scene.relationships[name]):
            for subject in subjects:
                holds[subject, anchor, p] = 1.0
    return told, holds


class RelationBatches:
    """Batches of a pool of slots: every found object that stands for a true one.

    Args:
        eyes: the scene parser whose slots these are; its place head reads where things stand.
    """

    def __init__(self, pool: SlotPool, eyes: SceneParserModel, config: RelationConfig) -> None:
        self.pool = pool
        self.config = config
        with torch.inference_mode():
            self.places = eyes.place(pool.slots[..., : eyes.config.slot_dim].float())
        self.targets = [pair_targets(scene, config) for scene in pool.scenes]
        self.values = [
            one_hot(
                [{name: o.value(name) for name in config.attributes} for o in s.objects], config
            )
            for s in pool.scenes
        ]

    def __call__(self, indices: list[int]) -> tuple[Tensor, ...]:
        """Inputs and targets of `RelationModel.forward` for those scenes."""
        k = self.pool.slots.shape[1]
        told = torch.full((len(indices), k, k), UNSCORED)
        holds = torch.zeros(len(indices), k, k, len(self.config.predicates))
        width = sum(len(known) for known in self.config.attributes.values())
        values = torch.zeros(len(indices), k, width)
        mask = torch.zeros(len(indices), k, dtype=torch.bool)
        for row, index in enumerate(indices):
            owner = self.pool.owner[index]
            rows = (owner >= 0).nonzero().flatten()
            of = owner[rows]
            mask[row, rows] = True
            values[row, rows] = self.values[index][of]
            edge, true = self.targets[index]
            told[row, rows[:, None], rows] = edge[of[:, None], of]
            holds[row, rows[:, None], rows] = true[of[:, None], of]
        slots = self.pool.slots[indices].float()
        return slots, values, self.places[indices].clone(), mask, told, holds


def score(model: torch.nn.Module, batches: RelationBatches) -> dict[str, float]:
    """Shares of pairs whose edge is told rightly, and of directions judged rightly."""
    right = total = true = judged = 0
    for start in range(0, len(batches.pool.scenes), 64):
        indices = list(range(start, min(start + 64, len(batches.pool.scenes))))
        *inputs, mask, told, holds = batches(indices)
        with torch.inference_mode():
            output = model(*inputs, mask)
        scored = told != UNSCORED
        scored &= ~torch.eye(told.shape[1], dtype=torch.bool) & mask[:, :, None] & mask[:, None]
        right += int((output.told.argmax(-1) == told)[scored].sum())
        total += int(scored.sum())
        true += int(((output.holds > 0) == (holds > 0.5))[scored].sum())
        judged += int(scored.sum()) * holds.shape[-1]
    return {"told": right / max(1, total), "holds": true / max(1, judged)}


def train_scene_graph(
    pool: SlotPool,
    dev: SlotPool,
    eyes: SceneParserModel,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 48,
    resume: bool = False,
) -> tuple[RelationModel, dict[str, float]]:
    """Train over the slots of a trained scene parser."""
    torch.manual_seed(config.seed)
    model = RelationModel(RelationConfig(slot_dim=pool.slots.shape[-1]))
    sizes: RelationConfig = model.config
    train, kept = RelationBatches(pool, eyes, sizes), RelationBatches(dev, eyes, sizes)

    def batch(step: int) -> tuple[Tensor, ...]:
        rng = random.Random(step_seed(config.seed, step))
        return train([rng.randrange(len(pool.scenes)) for _ in range(batch_size)])

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: score(m, kept),
        evaluate_every=500,
        title="scene graph",
    )
    return model, figures
