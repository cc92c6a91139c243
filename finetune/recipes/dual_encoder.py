"""Train the dual encoder on drawn scenes and texts: `sightline finetune dual_encoder`.

Texts are captions of three lengths and short search queries. A quarter of each batch are scenes
together with a changed version of themselves: hard negatives for both directions. Long captions
are mostly those of small scenes: what is learnt of six objects holds for ten, at half the words.
"""

import random
from functools import lru_cache
from itertools import product
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.captions import sample_caption
from ...data.world.queries import sample_query
from ...data.world.scene import Scene, SceneObject
from ...data.world.vocabulary import ATTRIBUTES, VALUES
from ...models.common.adapted_encoder import encode_batch
from ...models.dual_encoder import DualEncoderConfig, DualEncoderModel
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.pairs import ChangedPool
from ..common.ranks import own_ranks, recall_at
from ..common.slots import SlotPool

TEXTS = ("long", "normal", "short", "query")
KINDS = {values: i for i, values in enumerate(product(*(VALUES[name] for name in ATTRIBUTES)))}
_SHARES = (5, 2, 1, 2)
_VARIANTS = 5
# Scenes of so few objects make most of the batches of long captions.
_FEW, _OFTEN_FEW = 6, 0.7
_LONGEST = 144


def kind_of(item: SceneObject) -> int:
    """The index of an object's kind among the world's 96."""
    return KINDS[item.size, item.color, item.material, item.shape]


def inventory(scene: Scene) -> list[int]:
    """The kinds of a scene's objects, sorted: two scenes of one inventory hold the same things."""
    return sorted(kind_of(item) for item in scene.objects)


class Reading:
    """Scenes of several pools under one numbering, with texts made when first asked for."""

    def __init__(self, pools: list[SlotPool]) -> None:
        self.scenes = [scene for pool in pools for scene in pool.scenes]
        self.slots = torch.cat([pool.slots for pool in pools])
        self.mask = torch.cat([pool.mask for pool in pools])
        self.grid = torch.cat([pool.grid for pool in pools])
        kinds = []
        for scene, owner in zip(self.scenes, torch.cat([p.owner for p in pools]), strict=True):
            # The last entry stands for slots of no object, whose owner is -1.
            known = torch.tensor([*(kind_of(item) for item in scene.objects), -1])
            kinds.append(known[owner])
        self.kinds = torch.stack(kinds)
        # A few texts a scene, not endless ones: writing long captions costs as much as learning.
        self.text = lru_cache(maxsize=None)(self._text)

    def _text(self, row: int, style: str, variant: int) -> str:
        return scene_text(self.scenes[row], style, random.Random(f"{row}/{style}/{variant}"))

    def batch(self, rows: list[int], style: str, rng: random.Random) -> tuple[Tensor, ...]:
        """Slots, mask, grid, word pieces with mask, kinds and whether texts tell of all."""
        pairs = [(self.text(row, style, rng.randrange(_VARIANTS)), row) for row in rows]
        # Texts of one length side by side: the text tower pads a few rows at a time.
        pairs.sort(key=lambda pair: len(pair[0]))
        texts, rows = [text for text, _ in pairs], [row for _, row in pairs]
        ids, mask, _ = encode_batch(texts, longest=_LONGEST)
        told = torch.full((len(rows),), float(style == "long"))
        return (
            self.slots[rows].float(), self.mask[rows], self.grid[rows].float(), ids, mask,
            self.kinds[rows], told,
        )  # fmt: skip


def scene_text(scene: Scene, style: str, rng: random.Random) -> str:
    """One text about a scene, in lower case; `style` is one of `TEXTS`."""
    if style == "query":
        return sample_query(scene, rng).text.lower()
    return sample_caption(scene, rng, style).lower()  # type: ignore[arg-type]


@torch.inference_mode()
def embeddings(reading: Reading, towers: DualEncoderModel) -> Tensor:
    """(N, E) unit embeddings of all scenes."""
    parts = [
        towers.encode_images(s.float(), m, g.float())
        for s, m, g in zip(
            reading.slots.split(256), reading.mask.split(256), reading.grid.split(256), strict=True
        )
    ]
    return torch.cat(parts)


def begin_as(model: torch.nn.Module, towers: DualEncoderModel) -> None:
    """Give a fresh model what the towers have learnt of reading slots and words."""
    for part in ("slot", "words", "phrases"):
        getattr(model, part).load_state_dict(getattr(towers, part).state_dict())


def recalls(model: torch.nn.Module, pool: SlotPool, limit: int) -> dict[str, float]:
    """Text to image and image to text among the first `limit` scenes, long captions."""
    texts = [
        scene_text(scene, "long", random.Random(f"77/{i}"))
        for i, scene in enumerate(pool.scenes[:limit])
    ]
    assert isinstance(model, DualEncoderModel)
    with torch.inference_mode():
        ids, mask, _ = encode_batch(texts, longest=_LONGEST)
        images = model.encode_images(
            pool.slots[:limit].float(), pool.mask[:limit], pool.grid[:limit].float()
        )
        scores = model.encode_texts(ids, mask) @ images.T
    by_text, by_image = own_ranks(scores), own_ranks(scores.T)
    return {
        "text_to_image_r1": recall_at(by_text, 1),
        "text_to_image_r10": recall_at(by_text, 10),
        "image_to_text_r1": recall_at(by_image, 1),
    }


def train_dual_encoder(
    pool: SlotPool,
    changed: ChangedPool | None,
    dev: SlotPool,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 128,
    resume: bool = False,
) -> tuple[DualEncoderModel, dict[str, float]]:
    """Train on one pool and its changed scenes (None: random negatives alone), score on another."""
    torch.manual_seed(config.seed)
    model = DualEncoderModel(
        DualEncoderConfig(slot_width=pool.slots.shape[-1], grid_width=pool.grid.shape[-1])
    )
    reading = Reading([pool] if changed is None else [pool, changed.pool])
    pairs = [(row, len(pool.scenes) + i) for i, row in enumerate(changed.before if changed else ())]
    whole = range(len(pool.scenes))
    few = [row for row in whole if len(pool.scenes[row].objects) <= _FEW]

    def batch(step: int) -> tuple[Tensor, ...]:
        rng = random.Random(step_seed(config.seed, step))
        style = rng.choices(TEXTS, weights=_SHARES)[0]
        hard = [row for pair in rng.sample(pairs, min(len(pairs), batch_size // 8)) for row in pair]
        taken = set(hard)
        scenes = few if style == "long" and rng.random() < _OFTEN_FEW else whole
        free = rng.sample(scenes, min(len(scenes), batch_size))
        rows = hard + [row for row in free if row not in taken][: batch_size - len(hard)]
        return reading.batch(rows, style, rng)

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: recalls(m, dev, min(1000, len(dev.scenes))),
        evaluate_every=200,
        title="dual encoder",
    )
    return model, figures
