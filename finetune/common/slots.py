"""Read a drawn pool once with the scene parser: models over slots then train without pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor

from ...data.world.pool import load_dataset
from ...data.world.scene import Scene
from ...models.dual_encoder.embedder import read_pictures
from ...models.scene_parser import SceneParserModel


@dataclass(frozen=True, kw_only=True)
class SlotPool:
    """What the scene parser reads of N drawn scenes.

    Attributes:
        scenes: the truth.
        slots: (N, K, S) float16, mask (N, K) bool, grid (N, G, C) float16.
        owner: (N, K) index of the object a slot stands for, -1 for none.
    """

    scenes: list[Scene]
    slots: Tensor
    mask: Tensor
    grid: Tensor
    owner: Tensor

    def marks(self, index: int, objects: tuple[int, ...]) -> Tensor:
        """(K,) float, 1 at the slots that stand for `objects` of scene `index`."""
        return torch.isin(self.owner[index], torch.tensor(objects, dtype=torch.long)).float()


def read_pool(folder: Path, eyes: SceneParserModel, cache: Path | None = None) -> SlotPool:
    """Slots of every picture of a pool; kept in `cache` (a file) and reused from there."""
    scenes, images = load_dataset(folder)
    if cache is not None and cache.is_file():
        kept = torch.load(cache, weights_only=True)
        return SlotPool(scenes=scenes, **kept)
    eyes.eval()
    parts = [
        read_batch(eyes, scenes[start : start + 64], np.array(images[start : start + 64]))
        for start in track(range(0, len(scenes), 64), description="reading pictures")
    ]
    kept = {name: torch.cat([part[name] for part in parts]) for name in parts[0]}
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        torch.save(kept, cache)
    return SlotPool(scenes=scenes, **kept)


def read_batch(
    eyes: SceneParserModel, scenes: Sequence[Scene], images: NDArray[np.uint8]
) -> dict[str, Tensor]:
    """The tensors of a `SlotPool` for a few pictures (N, H, W, 3) of the parser's own size."""
    pixels = torch.from_numpy(images).permute(0, 3, 1, 2)
    with torch.inference_mode():
        slots, mask, grid = read_pictures(eyes, pixels.float() / 255)
    owners = []
    for i, scene in enumerate(scenes):
        size = torch.tensor([scene.width, scene.height])
        truth = torch.tensor([item.pixel[:2] for item in scene.objects]) / size
        # Slot features end in centre (2), box (4) and score (1), over the canvas size.
        away = torch.cdist(slots[i, :, -7:-5].float(), truth)
        near, owner = away.min(1)
        owner[(near > 0.03) | ~mask[i]] = -1
        owners.append(owner)
    return {"slots": slots.half(), "mask": mask, "grid": grid.half(), "owner": torch.stack(owners)}
