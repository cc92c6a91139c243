"""Where the public tabletop data sets lie, and what their benchmarks share.

A folder in the official layout, or one that `sightline data world` wrote, is named by an
environment variable: SIGHTLINE_CLEVR=CLEVR_v1.0 sightline eval clevr --limit 500
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from ..task import Sample

T = TypeVar("T")


def data_folder(variable: str, what: str) -> Path:
    """The folder that the environment variable names.

    Raises:
        FileNotFoundError: it names none, or one that is not there.
    """
    named = os.environ.get(variable, "")
    if not named or not Path(named).is_dir():
        raise FileNotFoundError(
            f"Set {variable} to a folder of {what}; `sightline data world` writes the same layout."
        )
    return Path(named)


def drawn(items: Sequence[T], seed: int, limit: int) -> Iterator[Sample]:
    """At most `limit` of the items, drawn by `seed`; a sample is named by its place in the file."""
    for index in Random(seed).sample(range(len(items)), min(limit, len(items))):
        yield Sample(id=str(index), data=items[index])
