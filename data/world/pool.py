"""Draw whole data sets of scenes with several worker processes.

Processes beat threads here: every scene is small work of many short tensor operations.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .render import render
from .sampler import sample_scenes
from .scene import Scene

IMAGES_NAME = "images.npy"
SCENES_NAME = "scenes.json"
_CHUNK = 50


def render_dataset(
    seed: int,
    n: int,
    out_dir: str | Path | None = None,
    *,
    width: int = 320,
    height: int = 240,
    antialias: int = 2,
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Scene], NDArray[np.uint8]]:
    """Sample and draw scenes 0 to n - 1 of `seed`.

    Args:
        out_dir: where `images.npy` and `scenes.json` (a list of CLEVR scene entries) go; the
            returned pictures are then a memory map of the file. None keeps everything in memory.
        processes: worker processes; 1 or less draws in this one.
        progress: called with (pictures done, n) as work proceeds.

    Returns:
        the scenes and uint8 pictures (n, height, width, 3), the same for any `processes`.
    """
    shape = (n, height, width, 3)
    folder = Path(out_dir) if out_dir is not None else None
    images: NDArray[np.uint8]
    if folder is None:
        images = np.empty(shape, np.uint8)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        # An interrupted run leaves no scenes.json, which load_dataset asks for.
        (folder / SCENES_NAME).unlink(missing_ok=True)
        images = np.lib.format.open_memmap(
            folder / IMAGES_NAME, mode="w+", dtype=np.uint8, shape=shape
        )
    scenes: dict[int, list[Scene]] = {}
    done = 0
    for first, drawn, pictures in _chunks(seed, n, width, height, antialias, processes):
        scenes[first] = drawn
        images[first : first + len(drawn)] = pictures
        done += len(drawn)
        if progress is not None:
            progress(done, n)
    ordered = [scene for first in sorted(scenes) for scene in scenes[first]]
    if folder is not None:
        (folder / SCENES_NAME).write_text(json.dumps([scene.to_clevr() for scene in ordered]))
        images.flush()  # type: ignore[attr-defined]
    return ordered, images


def load_dataset(out_dir: str | Path) -> tuple[list[Scene], NDArray[np.uint8]]:
    """Scenes and memory-mapped pictures that `render_dataset` left in `out_dir`.

    Raises:
        FileNotFoundError: the folder holds no complete data set.
    """
    folder = Path(out_dir)
    entries = json.loads((folder / SCENES_NAME).read_text())
    images = np.load(folder / IMAGES_NAME, mmap_mode="r")
    return [Scene.from_clevr(entry) for entry in entries], images


def _chunks(
    seed: int, n: int, width: int, height: int, antialias: int, processes: int
) -> Iterator[tuple[int, list[Scene], NDArray[np.uint8]]]:
    """Yield (first, scenes, pictures) as they are finished."""
    starts = range(0, n, _CHUNK)
    jobs = [(seed, s, min(_CHUNK, n - s), width, height, antialias) for s in starts]
    if processes <= 1:
        for job in jobs:
            yield _draw(*job)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        for future in as_completed([pool.submit(_draw, *job) for job in jobs]):
            yield future.result()


def _draw(
    seed: int, first: int, n: int, width: int, height: int, antialias: int
) -> tuple[int, list[Scene], NDArray[np.uint8]]:
    scenes = sample_scenes(seed, n, width=width, height=height, first=first)
    pictures = render(scenes, width=width, height=height, antialias=antialias)
    return first, scenes, pictures.numpy()
