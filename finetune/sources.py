"""What recipes train on: drawn scenes, what the scene parser reads of them, the request bank.

Drawn pools and read slots are kept beside the run, so that the next recipe finds them.
"""

from pathlib import Path
from typing import Any

from rich.progress import Progress

from ..data.requests import load_requests
from ..data.world.pool import SCENES_NAME, render_dataset
from ..evals.tasks.routing import HELDOUT
from ..models import spec
from ..models.common.loading import load_model
from ..models.dual_encoder import DualEncoderModel
from ..models.scene_parser import SceneParserModel
from ..models.spec import weights_folder
from .common.pairs import ChangedPool, read_changed
from .common.slots import SlotPool, read_pool
from .recipes.router import out_of_scope
from .run import DEV_SEED, Options

POOL_SCENES = 20_000
DEV_SCENES = 400
CHANGED_SCENES = 5_000
COARSE, FINE = (240, 180), (320, 240)
REQUESTS = HELDOUT.parent


def pools(options: Options, size: tuple[int, int] = COARSE) -> tuple[Path, Path]:
    """Folders of a training and a development pool of pictures of `size`, drawn if need be."""
    folder = options.pools or options.out.parent / "pools"
    found = []
    scenes = 400 if options.trial else POOL_SCENES
    for part, seed, n in (("train", options.seed, scenes), ("dev", DEV_SEED, DEV_SCENES)):
        pool = folder / f"{part}-{seed}-{n}-{size[0]}x{size[1]}"
        found.append(pool)
        if (pool / SCENES_NAME).is_file():
            continue
        with Progress() as progress:
            bar = progress.add_task("drawing scenes", total=n)
            render_dataset(
                seed, n, pool, width=size[0], height=size[1], processes=options.processes,
                progress=lambda done, _, bar=bar, p=progress: p.update(bar, completed=done),
            )  # fmt: skip
    return found[0], found[1]


def slots(options: Options) -> tuple[SlotPool, SlotPool, SceneParserModel]:
    """What the scene parser reads of both pools, and the parser."""
    folder = weights_folder("scene_parser", options.eyes)
    eyes = load_model(SceneParserModel, folder)
    train_pool, dev = pools(options)
    # Beside the run, not beside the pool: slots belong to one parser's weights.
    cache = options.out.parent / "slots"
    name = spec("scene_parser").load(folder).weights
    return (
        read_pool(train_pool, eyes, cache / f"{train_pool.name}-{name}.pt"),
        read_pool(dev, eyes, cache / f"{dev.name}-{name}.pt"),
        eyes,
    )


def changed_pools(
    options: Options, pool: SlotPool, dev: SlotPool, eyes: SceneParserModel
) -> tuple[ChangedPool, ChangedPool]:
    """Changed versions of scenes of both pools."""
    cache = options.out.parent / "slots"
    n = 200 if options.trial else CHANGED_SCENES
    return (
        read_changed(pool, eyes, n, options.seed, cache / f"changed-{options.seed}-{n}.pt"),
        read_changed(dev, eyes, n, DEV_SEED, cache / f"changed-{DEV_SEED}-{n}.pt"),
    )


def towers(options: Options) -> DualEncoderModel:
    """The dual encoder of this run's folder if it is there, else the shipped one."""
    own = options.out.parent / "dual_encoder"
    folder = weights_folder("dual_encoder", own if (own / "model.safetensors").is_file() else None)
    return load_model(DualEncoderModel, folder)


def requests(options: Options) -> tuple[list[Any], list[Any], list[str]]:
    """Requests to train on and to score on, and real ones that no tool can do (with `data`)."""
    foreign = out_of_scope(options.data / "requests") if options.data else []
    return load_requests(REQUESTS / "train"), load_requests(REQUESTS / "dev"), foreign
