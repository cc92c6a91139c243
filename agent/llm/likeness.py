"""Is a request one for this tool? Told from the tool's own examples, in milliseconds.

Eight features compare a request with the examples and with what is asked of the built-in tools
(`contrast`): likeness in meaning, likeness of wording, and whether the words hold what the tool's
schema requires. A logistic regression over them is fitted for each tool when its examples are read:
each example is seen with itself left out, the stored requests are what it is not, and weights found
on other plug-ins are where it starts from.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ...tools.base import SightlineTool
from ..language import embed
from .arguments import demanding, fill
from .contrast import contrast
from .wording import essence, tokens

# Found by `finetune.recipes.plugin_prior` on plug-ins that are not those of `eval plugins`.
_MEANS = np.array([0.182, 0.149, 0.578, 0.505, 0.855, 1.266, 1.349, 0.728])
_SPREADS = np.array([0.095, 0.077, 0.127, 0.105, 1.323, 2.499, 3.063, 0.445])
_WEIGHTS = np.array([-0.46, 1.31, -0.38, -0.329, -0.177, 1.011, -0.056, 0.18, -7.354])
_HOLD = 10.0
_EXAMPLE_WEIGHT = 6.0
_STEPS = 25


class Likeness:
    """How much requests sound like those for one tool.

    Args:
        tool: the tool, with at least two examples.
    """

    def __init__(self, tool: type[SightlineTool]) -> None:
        self.tool = tool
        self.schema = tool.model_fields["args_schema"].default
        self.demanding = demanding(self.schema, tool.argument)
        texts = [essence(example) for example in tool.examples]
        said = [tokens(text) for text in texts]
        self.vectors = embed(texts)
        self.cues = _cues(said)
        other = contrast()
        apart = self.features(other.texts, other.said, other.vectors, other.crowd)
        seen = self.features(tool.examples, said, self.vectors, other.nearness(self.vectors))
        # Each example as the others see it.
        alike = self.vectors @ self.vectors.T
        for i in range(len(texts)):
            rest = [j for j in range(len(texts)) if j != i]
            seen[i, :2] = _likest(alike[i : i + 1, rest])[0]
            seen[i, 4:7] = _worded(said[i], _cues([said[j] for j in rest]))
        self.weights = _fitted(_scaled(seen), _scaled(apart))
        self._seen = seen

    def left_out(self) -> np.ndarray:
        """Log-odds of each example, as the others alone tell it."""
        return _with_one(_scaled(self._seen)) @ self.weights

    def scores(self, texts: Sequence[str], vectors: np.ndarray, crowd: np.ndarray) -> np.ndarray:
        """Log-odds (M,) that requests are for the tool.

        Args:
            texts: M requests as they were said.
            vectors: unit rows (M, 384) of their essence.
            crowd: (M, 2), their nearness to the stored requests.
        """
        said = [tokens(essence(text)) for text in texts]
        return _with_one(_scaled(self.features(texts, said, vectors, crowd))) @ self.weights

    def features(
        self,
        texts: Sequence[str],
        said: Sequence[frozenset[str]],
        vectors: np.ndarray,
        crowd: np.ndarray,
    ) -> np.ndarray:
        """(M, 8): likeness to examples (2), to stored requests (2), wording (3), schema (1).

        Args:
            texts: M requests as they were said.
            said: their tokens.
            vectors, crowd: as in `scores`.
        """
        worded = np.array([_worded(one, self.cues) for one in said])
        fits = np.array([float(not self._lacks(text)) for text in texts])
        return np.column_stack([_likest(vectors @ self.vectors.T), crowd, worded, fits])

    def _lacks(self, text: str) -> bool:
        """Whether the words lack something that the schema requires."""
        return self.demanding and bool(fill(self.schema, self.tool.argument, text).missing)


def _likest(likeness: np.ndarray) -> np.ndarray:
    """(M, E) likeness to examples -> (M, 2): to the nearest one and to the nearest three."""
    best = -np.sort(-likeness, axis=1)[:, :3]
    return np.stack([best[:, 0], best.mean(1)], axis=1)


def _cues(examples: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much each token speaks for the examples and against the stored requests (log-odds)."""
    other, often = contrast(), Counter(token for example in examples for token in example)
    return {
        token: math.log((count + 0.5) / (len(examples) + 1))
        - math.log((other.counts[token] + 0.5) / (len(other.texts) + 1))
        for token, count in often.items()
    }


def _worded(said: frozenset[str], cues: dict[str, float]) -> list[float]:
    """Sums of the one, three and six strongest cues."""
    best = sorted((cues[token] for token in said if token in cues), reverse=True)
    return [sum(best[:1]), sum(best[:3]), sum(best[:6])]


def _scaled(features: np.ndarray) -> np.ndarray:
    return (features - _MEANS) / _SPREADS


def _with_one(features: np.ndarray) -> np.ndarray:
    return np.column_stack([features, np.ones(len(features))])


def _fitted(right: np.ndarray, wrong: np.ndarray) -> np.ndarray:
    """Weights (9,) that tell `right` rows from `wrong` ones, drawn towards `_WEIGHTS`."""
    rows = _with_one(np.concatenate([right, wrong]))
    wanted = np.concatenate([np.ones(len(right)), np.zeros(len(wrong))])
    return logistic(rows, wanted, np.where(wanted > 0, _EXAMPLE_WEIGHT, 1.0), _WEIGHTS, _HOLD)


def logistic(
    rows: np.ndarray, wanted: np.ndarray, share: np.ndarray, start: np.ndarray, hold: float
) -> np.ndarray:
    """Logistic regression by Newton's method.

    Args:
        rows: (M, F) features.
        wanted: (M,) 1.0 or 0.0.
        share: (M,) how much each row counts.
        start: (F,) weights to begin with, and to be drawn towards.
        hold: how strongly, as the precision of a Gaussian.
    """
    weights = start.copy()
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (share * (guess - wanted)) + hold * (weights - start)
        bend = (rows * (share * guess * (1 - guess))[:, None]).T @ rows
        step = np.linalg.solve(bend + hold * np.eye(rows.shape[1]), slope)
        # A full step may overshoot where the classes lie far apart.
        weights -= step / max(1.0, float(np.abs(step).max()))
    return weights
