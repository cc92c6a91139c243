"""world-compose: a picture and words ("like this but with a red ball") find the changed picture.

The gallery is made of families: a scene and two dozen changed versions of it, so that a picture
that looks like the one at hand is not enough; the picture at hand is in it too, and wrong. What
the picture alone finds is measured beside. The models are asked through the toolbox, as the
retrieve tool asks them, for the reason given in `world_retrieve`.
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

_FAMILY = 24
_WIDTH, _HEIGHT = 320, 240


@dataclass
class Changed:
    """Families of scenes with worded changes, as the models see them.

    Attributes:
        words, kinds: of each change; `before` is the row of `looks` that was changed, `after` the
            row of what came of it.
    """

    seed: int
    size: int
    words: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    vectors: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def prepare(self, assistant: Assistant) -> None:
        """Draw and look; once."""
        if self.words:
            return
        embedder = assistant.toolbox.sense("embed")
        assert embedder is not None
        number = 0
        while len(self.words) < self.size:
            scene = sample_scenes(self.seed, 1, first=number)[0]
            rng = Random(f"{self.seed}/{number}/changes")
            number += 1
            original = len(self.looks)
            family = [scene]
            for _ in range(min(_FAMILY, self.size - len(self.words))):
                change = sample_change(scene, rng)
                if change is not None:  # a crowded scene may offer none that could be seen
                    self.words.append(word_change(scene, change, rng))
                    self.kinds.append(change.kind)
                    self.before.append(original)
                    self.after.append(original + len(family))
                    family.append(change.scene)
            self.looks += embedder.look(_drawn(family))
        self.vectors = embedder.embed_looks(self.looks)


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One a change."""
    gallery = Changed(seed, limit)
    for index in range(limit):
        yield Sample(id=str(index), data=(gallery, index))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """The rank of the changed picture, from 0; right among the first ten."""
    gallery, i = sample.data
    gallery.prepare(assistant)
    composer = assistant.toolbox.sense("compose")
    assert composer is not None
    before, after = gallery.before[i], gallery.after[i]
    query = composer.compose([gallery.looks[before]], [gallery.words[i]])[0]
    rank = rank_of(gallery.vectors @ query, after)
    return {
        "words": gallery.words[i],
        "kind": gallery.kinds[i],
        "rank": rank,
        "picture_alone": rank_of(gallery.vectors @ gallery.vectors[before], after),
        "right": rank < 10,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Recalls, those of the picture alone, and recall at ten by what was changed."""
    ranks = [r["rank"] for r in records]
    alone = [r["picture_alone"] for r in records]
    return {
        "accuracy": round(share(r["right"] for r in records), 4),
        "r1": recall_at(ranks, 1),
        "r10": recall_at(ranks, 10),
        "picture_alone_r1": recall_at(alone, 1),
        "picture_alone_r10": recall_at(alone, 10),
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


def _drawn(scenes: Sequence[Scene]) -> list[Image.Image]:
    drawn = render(scenes, width=_WIDTH, height=_HEIGHT).numpy()
    return [Image.fromarray(picture) for picture in drawn]


TASK = Task(
    name="world-compose",
    description="a picture and a worded change find the changed picture among many alike",
    limit=1000,
    samples=samples,
    run=run,
    score=score,
)
