"""What requests for the built-in tools look like: the other side of every plug-in's examples.

`contrast/requests.txt` holds some of the request bank's last turns, `contrast/vectors.safetensors`
their sentence vectors as 8-bit integers, so that no cold start embeds them. After the bank has
grown, draw them anew:

    python -m sightline.agent.llm.contrast
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from safetensors.numpy import load_file, save_file

from ...data.requests import load_requests
from ..language import embed
from .wording import essence, tokens

FOLDER = Path(__file__).with_name("contrast")
_BANK = Path(__file__).parents[2] / "data" / "requests" / "train"
_SIZE = 2000
_STEPS = 127.0
_CROWD = 5


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """N requests for built-in tools, and small talk.

    Attributes:
        texts: their essence (see `wording`).
        vectors: unit rows (N, 384).
        crowd: (N, 2), each one's likeness to the nearest and to the five nearest others.
        said: the tokens of each.
        counts: in how many of them each token stands.
    """

    texts: tuple[str, ...]
    vectors: np.ndarray
    crowd: np.ndarray
    said: tuple[frozenset[str], ...]
    counts: Counter[str]

    def nearness(self, vectors: np.ndarray) -> np.ndarray:
        """Likeness (M, 2) of unit rows (M, 384) to the nearest, and to the five nearest."""
        return _top(vectors @ self.vectors.T, _CROWD)


@cache
def contrast() -> Contrast:
    """The stored requests."""
    texts = tuple((FOLDER / "requests.txt").read_text(encoding="utf-8").splitlines())
    stored = load_file(FOLDER / "vectors.safetensors")
    said = tuple(tokens(text) for text in texts)
    return Contrast(
        texts=texts,
        vectors=stored["vectors"].astype(np.float32) / _STEPS,
        crowd=stored["crowd"].astype(np.float32),
        said=said,
        counts=Counter(token for one in said for token in one),
    )


def _top(likeness: np.ndarray, count: int) -> np.ndarray:
    best = -np.partition(-likeness, count - 1, axis=1)[:, :count]
    return np.stack([best.max(1), best.mean(1)], axis=1)


def _build() -> None:
    # What nothing here can do is no contrast: a plug-in may be what can do it.
    requests = [r for r in load_requests(_BANK) if r.reply != "scope"]
    drawn = Random(0).sample(requests, _SIZE)
    texts = list(dict.fromkeys(essence(request.turns[-1]) for request in drawn))
    vectors = np.round(embed(texts) * _STEPS).astype(np.int8)
    rows = vectors.astype(np.float32) / _STEPS
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -1.0)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "requests.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    crowd = _top(likeness, _CROWD).astype(np.float16)
    save_file({"vectors": vectors, "crowd": crowd}, FOLDER / "vectors.safetensors")


if __name__ == "__main__":
    _build()
