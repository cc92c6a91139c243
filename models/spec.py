"""What a model folder exports: one `ModelSpec`, and how weights are named and found."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """A system of the field, ready to be built, loaded and swapped under its name.

    Attributes:
        name: the registry's name.
        paper: title, year and link of the system it follows.
        tasks: names of the protocols in `tasks.py` that `load`'s result implements.
        config_class: has `tiny()` beside the shipped sizes.
        build: config -> module with random weights.
        load: folder of weights (None: the shipped ones) -> a ready task object.
        published: hub ids of checkpoints the same code loads, if any.
    """

    name: str
    paper: str
    tasks: tuple[str, ...]
    config_class: type
    build: Callable[[Any], Any]
    load: Callable[[Path | None], Any]
    published: tuple[str, ...] = ()


def weights_folder(name: str, path: Path | None = None) -> Path:
    """The folder to load `name` from: `path`, or the weights the package ships.

    Raises:
        FileNotFoundError: no `model.safetensors` there.
    """
    folder = Path(path) if path is not None else WEIGHTS / name
    if not (folder / "model.safetensors").is_file():
        raise FileNotFoundError(f"no model.safetensors in {folder}: not a folder of {name} weights")
    return folder


@lru_cache(maxsize=64)
def weights_hash(folder: Path) -> str:
    """First 12 hex digits of the SHA-256 of the folder's `model.safetensors`."""
    digest = hashlib.sha256()
    with (folder / "model.safetensors").open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:12]
