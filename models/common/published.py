"""What published checkpoints have in common: where they lie, and how sure what they wrote is.

They are loaded unchanged, by transformers' own classes, from a folder in the layout that the hub
keeps; nothing is downloaded here.
"""

import hashlib
from pathlib import Path
from typing import Any

import torch

from ..spec import weights_hash

_ONE, _SHARDED = "model.safetensors", "model.safetensors.index.json"


def checkpoint_folder(name: str, path: Path | None) -> Path:
    """The folder of a published checkpoint of the system `name`.

    Raises:
        FileNotFoundError: none is given (none is shipped), or it holds no safetensors.
    """
    if path is None:
        raise FileNotFoundError(f"no weights of {name} are shipped; name a folder or a hub id")
    if not any((path / file).is_file() for file in (_ONE, _SHARDED)):
        raise FileNotFoundError(f"no {_ONE} in {path}: not a checkpoint of {name} in safetensors")
    return path


def checkpoint_hash(folder: Path) -> str:
    """12 hex digits that tell the checkpoint: of its one file, or of the index of its shards."""
    if (folder / _ONE).is_file():
        return weights_hash(folder)
    return hashlib.sha256((folder / _SHARDED).read_bytes()).hexdigest()[:12]


def best_device() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def mean_chance(model: Any, written: Any) -> float:
    """How sure a model was of what it wrote: the geometric mean of its tokens' chances, in [0, 1].

    Args:
        model: the language model that wrote.
        written: what `generate` gave for one sample, with scores.
    """
    chances = model.compute_transition_scores(
        written.sequences, written.scores, normalize_logits=True
    )[0]
    return float(chances[chances.isfinite()].mean().exp()) if len(chances) else 0.0
