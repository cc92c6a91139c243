"""Train the matcher on texts with right and nearly right scenes: `sightline finetune matcher`.

Each text is held against its own scene, a version of that scene with one thing changed, a scene
the dual encoder takes for much the same (ALBEF's hard negatives), and any other. Whether a text
is true of a scene is known exactly, so that no true pair is taken for a false one.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from ...data.world.captions import check_caption, sample_caption
from ...data.world.queries import sample_query
from ...data.world.scene import Scene
from ...models.common.adapted_encoder import encode_batch
from ...models.dual_encoder import DualEncoderModel
from ...models.matcher import MatcherConfig, MatcherModel
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.pairs import ChangedPool
from ..common.slots import SlotPool
from .dual_encoder import TEXTS, Reading, begin_as, embeddings, inventory

_SHARES = (4, 3, 1, 4)
_LONGEST = 144
_NEIGHBOURS = 12

Batch = tuple[Tensor, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A text and whether it is true of any scene."""

    text: str
    true_of: Callable[[Scene], bool]


def tell(scene: Scene, style: str, rng: random.Random) -> Told:
    """Draw a text of a scene."""
    if style == "query":
        query = sample_query(scene, rng)
        return Told(text=query.text.lower(), true_of=query.fits)
    text = sample_caption(scene, rng, style)  # type: ignore[arg-type]
    own = inventory(scene)

    def holds(other: Scene) -> bool:
        # A long caption tells of every object, so most scenes need no reading.
        if style == "long" and inventory(other) != own:
            return False
        read = check_caption(text, other)
        return read.facts == read.true_facts

    return Told(text=text.lower(), true_of=holds)


class Pairs:
    """Batches of texts held against right and wrong scenes.

    Args:
        reading: the scenes; rows from `first_changed` on are changed ones.
        before: row of the scene before the change of each changed row.
        towers: the dual encoder that finds neighbours.
    """

    def __init__(self, reading: Reading, before: list[int], towers: DualEncoderModel) -> None:
        self.reading = reading
        self.first_changed = len(reading.scenes) - len(before)
        self.twin = {self.first_changed + i: row for i, row in enumerate(before)}
        self.twin |= {row: changed for changed, row in self.twin.items()}
        self.towers = towers
        self.near = neighbours(embeddings(reading, towers), _NEIGHBOURS)

    def batch(self, rng: random.Random, size: int, style: str) -> Batch:
        """`size` texts of one style, four scenes each: slots, masks, words, masks, labels."""
        rows, told = [], []
        for row in rng.sample(range(len(self.reading.scenes)), size):
            near: list[int] = self.near[row].tolist()
            twin = self.twin.get(row, near[0])
            anyone = rng.randrange(len(self.reading.scenes))
            text = tell(self.reading.scenes[row], style, rng)
            alike = near[rng.randrange(len(near))]
            for other in (row, twin, alike, anyone):
                rows.append(other)
                true = other == row or text.true_of(self.reading.scenes[other])
                told.append((text.text, float(true)))
        ids, mask, _ = encode_batch([text for text, _ in told], longest=_LONGEST)
        labels = torch.tensor([label for _, label in told])
        slots, slot_mask = self.reading.slots[rows].float(), self.reading.mask[rows]
        with torch.no_grad():
            _, said = self.towers.read_texts(ids, mask)
            _, seen, _ = self.towers.read_images(slots, slot_mask, self.reading.grid[rows].float())
        return slots, slot_mask, ids, mask, said, seen, labels


def neighbours(points: Tensor, count: int) -> Tensor:
    """(N, count) rows whose embeddings are nearest to each of (N, E), itself left out."""
    near = []
    for first in range(0, len(points), 512):
        scores = points[first : first + 512] @ points.T
        scores.diagonal(first).fill_(-2.0)
        near.append(scores.topk(count).indices)
    return torch.cat(near)


@torch.inference_mode()
def judged(model: torch.nn.Module, pairs: Pairs, batches: int) -> dict[str, float]:
    """Accuracy on held-out pairs, and how often the own scene comes first of its four."""
    right, first, logits, labels = [], [], [], []
    for i in range(batches):
        *given, truth = pairs.batch(random.Random(f"77/{i}"), 24, TEXTS[i % len(TEXTS)])
        logit = model(*given).logits
        logits.append(logit)
        labels.append(truth)
        right.append(((logit > 0) == (truth > 0.5)).float())
        own, others = logit.view(-1, 4)[:, :1], logit.view(-1, 4)[:, 1:]
        wrong = truth.view(-1, 4)[:, 1:] < 0.5
        first.append(((own > others) | ~wrong).all(1).float())
    scale, bias = calibration(torch.cat(logits), torch.cat(labels))
    return {
        "accuracy": float(torch.cat(right).mean()),
        "own_first": float(torch.cat(first).mean()),
        "scale": scale,
        "bias": bias,
    }


def calibration(logits: Tensor, labels: Tensor) -> tuple[float, float]:
    """Scale and bias that fit logits (N,) to labels (N,) best (Platt scaling)."""
    with torch.inference_mode(False), torch.enable_grad():
        x, y = logits.clone(), labels.clone()
        fitted = torch.tensor([0.0, 0.0], requires_grad=True)
        optimizer = torch.optim.LBFGS([fitted], max_iter=60)

        def closure() -> Tensor:
            optimizer.zero_grad()
            loss = F.binary_cross_entropy_with_logits(x * fitted[0].exp() + fitted[1], y)
            loss.backward()
            return loss

        optimizer.step(closure)
    return float(fitted[0].exp()), float(fitted[1])


def train_matcher(
    pool: SlotPool,
    changed: ChangedPool,
    dev: SlotPool,
    dev_changed: ChangedPool,
    towers: DualEncoderModel,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 32,
    resume: bool = False,
) -> tuple[MatcherModel, dict[str, float]]:
    """Train on one pool and its changed scenes, score and calibrate on another."""
    torch.manual_seed(config.seed)
    model = MatcherModel(
        MatcherConfig(
            slot_width=pool.slots.shape[-1],
            dim=towers.config.dim,
            attributes=towers.config.attributes,
        )
    )
    begin_as(model, towers)
    pairs = Pairs(Reading([pool, changed.pool]), changed.before, towers.eval())
    held = Pairs(Reading([dev, dev_changed.pool]), dev_changed.before, towers)

    def batch(step: int) -> Batch:
        rng = random.Random(step_seed(config.seed, step))
        return pairs.batch(rng, batch_size, rng.choices(TEXTS, weights=_SHARES)[0])

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: judged(m, held, 8),
        evaluate_every=100,
        title="matcher",
    )
    figures |= judged(model, held, 40)
    model.config.scale, model.config.bias = figures["scale"], figures["bias"]
    return model, figures
