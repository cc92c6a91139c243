"""Pictures with one thing changed, beside those of a pool: for hard negatives and composed search.

Each changed picture is drawn, read by the scene parser and thrown away; slots and truth are kept.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from rich.progress import track

from ...data.world.changes import Change, sample_change
from ...data.world.render import render
from ...data.world.scene import Scene
from ...models.scene_parser import SceneParserModel
from .slots import SlotPool, read_batch

_CHUNK = 32


@dataclass(frozen=True, kw_only=True)
class ChangedPool:
    """The changed pictures.

    Attributes:
        pool: what the scene parser reads of them; its `scenes` are those after the change.
        changes: what was changed, one each.
        before: index of the scene before the change in the pool that was changed, one each.
    """

    pool: SlotPool
    changes: list[Change]
    before: list[int]


def read_changed(
    pool: SlotPool, eyes: SceneParserModel, n: int, seed: int, cache: Path | None = None
) -> ChangedPool:
    """Change, draw and read the first `n` scenes of `pool`; kept in `cache` and reused from there.

    The pictures have the size of the pool's.
    """
    if cache is not None and cache.is_file():
        return _restored(torch.load(cache, weights_only=True))
    eyes.eval()
    parts, told = [], []
    for start in track(range(0, min(n, len(pool.scenes)), _CHUNK), description="changing scenes"):
        rows = range(start, min(start + _CHUNK, n, len(pool.scenes)))
        changed = [(row, sample_change(pool.scenes[row], Random(f"{seed}/{row}"))) for row in rows]
        made = [(row, change) for row, change in changed if change is not None]
        if not made:
            continue
        scenes = [change.scene for _, change in made]
        images = render(scenes, width=scenes[0].width, height=scenes[0].height).numpy()
        parts.append(read_batch(eyes, scenes, images))
        told += [
            (row, change.kind, change.index, change.value, change.scene.to_clevr())
            for row, change in made
        ]
    kept = {name: torch.cat([part[name] for part in parts]) for name in parts[0]}
    state = {**kept, "told": json.dumps(told)}
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, cache)
    return _restored(state)


def _restored(state: dict) -> ChangedPool:
    told = json.loads(state.pop("told"))
    scenes = [Scene.from_clevr(entry) for *_, entry in told]
    changes = [
        Change(kind=kind, index=index, value=value, scene=scene)
        for (_, kind, index, value, _), scene in zip(told, scenes, strict=True)
    ]
    return ChangedPool(
        pool=SlotPool(scenes=scenes, **state), changes=changes, before=[row for row, *_ in told]
    )
