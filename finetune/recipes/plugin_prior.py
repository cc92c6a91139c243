"""Where the classifiers of `agent.llm.likeness` start from: weights found on other plug-ins.

    python -m sightline.finetune.recipes.plugin_prior

Six imagined plug-ins (`data/requests/plugins/tuning.txt`), none of which `sightline eval plugins`
asks for, each with examples and with requests written apart from them. For every plug-in its own
requests are right, the other five's and 1,500 of the training bank's are wrong; one logistic
regression over the eight features is fitted to all of them by maximum likelihood, with a unit
Gaussian prior. Prints the constants of `likeness.py`; takes half a minute.
"""

from pathlib import Path
from random import Random
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, Field

from ...agent.language import embed
from ...agent.llm.contrast import contrast
from ...agent.llm.likeness import Likeness, logistic
from ...agent.llm.wording import essence, tokens
from ...data.requests import load_requests
from ...tools.base import SightlineTool, ToolArgs
from ...tools.results import ToolResult

_REQUESTS = Path(__file__).parents[2] / "data" / "requests"
_AMOUNTS = ("units", "currency")
_OTHERS = 1500


class _Words(ToolArgs):
    words: str = Field(min_length=1, max_length=2000, description="what was said")


class _Amount(_Words):
    value: float = Field(description="the amount")


class _Imagined(SightlineTool):
    name: str = "imagined"
    description: str = "A tool that is only asked for."
    args_schema: type[BaseModel] = _Words
    argument: ClassVar[str] = "words"

    def look(self, **_: Any) -> ToolResult:
        raise NotImplementedError


class _ImaginedAmount(_Imagined):
    args_schema: type[BaseModel] = _Amount


def find_prior() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means (8,), spreads (8,) and weights (9,), the constant last."""
    told = _tuning()
    stored = set(contrast().texts)
    bank = [r.turns[-1] for r in load_requests(_REQUESTS / "train") if r.reply != "scope"]
    unstored = [text for text in dict.fromkeys(bank) if essence(text) not in stored]
    others = Random(0).sample(unstored, _OTHERS)
    texts = [text for _, requests in told.values() for text in requests] + others
    owners = [name for name, (_, requests) in told.items() for _ in requests] + [""] * len(others)
    vectors = embed([essence(text) for text in texts])
    said = [tokens(essence(text)) for text in texts]
    crowd = contrast().nearness(vectors)
    rows, right = [], []
    for name, (examples, _) in told.items():
        base = _ImaginedAmount if name in _AMOUNTS else _Imagined
        tool: Any = type(name, (base,), {"examples": tuple(examples), "__module__": __name__})
        rows.append(Likeness(tool).features(texts, said, vectors, crowd))
        right += [owner == name for owner in owners]
    features = np.concatenate(rows)
    means, spreads = features.mean(0), features.std(0)
    scaled = np.column_stack([(features - means) / spreads, np.ones(len(features))])
    wanted = np.array(right, dtype=float)
    start = np.zeros(scaled.shape[1])
    return means, spreads, logistic(scaled, wanted, np.ones(len(wanted)), start, 1.0)


def _tuning() -> dict[str, tuple[list[str], list[str]]]:
    """Plug-in -> its examples, and requests for it."""
    told: dict[str, tuple[list[str], list[str]]] = {}
    for line in (_REQUESTS / "plugins" / "tuning.txt").read_text("utf-8").splitlines():
        name, kind, text = line.split(" | ", 2)
        examples, requests = told.setdefault(name, ([], []))
        (examples if kind == "example" else requests).append(text)
    return told


if __name__ == "__main__":
    for name, values in zip(("MEANS", "SPREADS", "WEIGHTS"), find_prior(), strict=True):
        print(f"_{name} = np.array({np.round(values, 3).tolist()})")
