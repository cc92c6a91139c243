"""world-compose: a picture and words ("like this but with a red ball") find the changed picture.

The gallery holds one changed version of every scene, as many as the limit; the picture at hand is
not in it. The models are asked through the toolbox, as the retrieve tool asks them, for the reason
given in `world_retrieve`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from ...agent.assistant import Assistant
from ...data.world.changes import sample_change, word_change
from ...data.world.render import render
from ...data.world.sampler import sample_scenes
from ...data.world.scene import Scene
from ...models.dual_encoder import Look
from ..metrics.ranks import rank_of, recall_at
from ..metrics.shares import share, share_by
from ..task import Sample, Task

_CHUNK = 16
_WIDTH, _HEIGHT = 320, 240


@dataclass
class Changed:
    """Scenes of a seed with one worded change each, as the models see them."""

    seed: int
    size: int
    words: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    before: list[Look] = field(default_factory=list)
    after: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def prepare(self, assistant: Assistant) -> None:
        """Draw and look; once."""
        if self.words:
            return
        embedder = assistant.toolbox.sense("embed")
        assert embedder is not None
        after: list[Look] = []
        first = 0
        while len(self.words) < self.size:
            pairs = []
            for scene in sample_scenes(self.seed, _CHUNK, first=first):
                rng = Random(f"{self.seed}/{scene.image_index}/change")
                change = sample_change(scene, rng)
                # A few crowded scenes offer no change that could be seen.
                if change is not None and len(self.words) < self.size:
                    pairs.append((scene, change))
                    self.words.append(word_change(scene, change, rng))
                    self.kinds.append(change.kind)
            self.before += embedder.look(_drawn([scene for scene, _ in pairs]))
            after += embedder.look(_drawn([change.scene for _, change in pairs]))
            first += _CHUNK
        self.after = embedder.embed_looks(after)


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One a changed scene."""
    gallery = Changed(seed, limit)
    for index in range(limit):
        yield Sample(id=str(index), data=(gallery, index))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """The rank of the changed picture, from 0; right among the first ten."""
    gallery, i = sample.data
    gallery.prepare(assistant)
    composer = assistant.toolbox.sense("compose")
    assert composer is not None
    query = composer.compose([gallery.before[i]], [gallery.words[i]])[0]
    rank = rank_of(gallery.after @ query, i)
    return {
        "words": gallery.words[i],
        "kind": gallery.kinds[i],
        "rank": rank,
        "right": rank < 10,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Recalls, and recall at ten by what was changed."""
    ranks = [r["rank"] for r in records]
    return {
        "accuracy": round(share(r["right"] for r in records), 4),
        "r1": recall_at(ranks, 1),
        "r10": recall_at(ranks, 10),
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


def _drawn(scenes: Sequence[Scene]) -> list[Image.Image]:
    if not scenes:
        return []
    return [
        Image.fromarray(picture) for picture in render(scenes, width=_WIDTH, height=_HEIGHT).numpy()
    ]


TASK = Task(
    name="world-compose",
    description="a picture and a worded change find the changed picture among as many as the limit",
    limit=1000,
    samples=samples,
    run=run,
    score=score,
)
