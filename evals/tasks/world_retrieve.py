"""world-retrieve: captions find their scenes among a thousand, and scenes their captions.

The gallery is as large as the limit: every sample is one scene with one long caption, ranked both
ways by what the retrieve tool ranks with: the joint space, then the caption's own facts on the best
32 (and a matcher, where the profile names one). The models are asked through the toolbox: a
thousand chats about a thousand pictures would measure the same ranking at hours' cost. A small
share does go through the chat: a few pictures are put into an album, and asked for in short words;
right is what finds all that fit and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...agent.assistant import Assistant
from ...data.world.captions import sample_caption
from ...data.world.queries import Query, sample_query
from ...data.world.scene import Scene
from ...models.dual_encoder import Look
from ...tools.ranking import BEST, judge
from ...tools.scenes import scene_of
from ...tools.toolbox import Toolbox
from ..metrics.ranks import rank_of, recall_at
from ..metrics.shares import share
from ..task import Sample, Task
from .world import drawn_scenes, picture_of

_CHAT_PICTURES, _CHAT_QUERIES = 40, 20
_USER = "eval-album"


@dataclass
class Gallery:
    """Scenes of a seed, as the models see them; drawn and looked at when first asked for."""

    seed: int
    size: int
    truth: list[Scene] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    images: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    texts: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def prepare(self, assistant: Assistant) -> None:
        """Draw, look, parse and embed; once."""
        if self.captions:
            return
        embedder, eyes = assistant.toolbox.sense("embed"), assistant.toolbox.part("scene")
        assert embedder is not None
        album = assistant.album(_USER)
        for index, scene, file, rng in drawn_scenes(self.seed, self.size):
            picture = picture_of(file)
            self.truth.append(scene)
            self.captions.append(sample_caption(scene, rng, "long"))
            self.queries.append(sample_query(scene, rng))
            self.looks += embedder.look([picture])
            self.scenes.append(scene_of(eyes.parse([picture])[0]))
            self.names.append(file[0])
            if index < _CHAT_PICTURES:
                album.add_files([file])
        self.images = embedder.embed_looks(self.looks)
        self.texts = embedder.embed_texts(self.captions)


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One a scene."""
    gallery = Gallery(seed, limit)
    for index in range(limit):
        yield Sample(id=str(index), data=(gallery, index))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """The rank of the right picture and of the right caption, from 0; right when both are 0."""
    gallery, i = sample.data
    gallery.prepare(assistant)
    to_image = gallery.images @ gallery.texts[i]
    to_text = gallery.texts @ gallery.images[i]
    record: dict[str, Any] = {
        "caption": gallery.captions[i],
        "text_to_image_space": rank_of(to_image, i),
        "image_to_text_space": rank_of(to_text, i),
        "text_to_image": rank_of(_by_text(assistant.toolbox, gallery, i, to_image), i),
        "image_to_text": rank_of(_by_image(assistant.toolbox, gallery, i, to_text), i),
    }
    if i < min(_CHAT_QUERIES, gallery.size):
        record |= _asked(assistant, gallery, i)
    return {**record, "right": record["text_to_image"] == 0 and record["image_to_text"] == 0}


def _by_text(toolbox: Toolbox, gallery: Gallery, i: int, scores: np.ndarray) -> np.ndarray:
    best = np.argsort(-scores)[:BEST]
    judged = judge(
        toolbox,
        gallery.captions[i],
        [gallery.looks[k] for k in best],
        [gallery.scenes[k] for k in best],
    )
    return _reranked(scores, best, judged)


def _by_image(toolbox: Toolbox, gallery: Gallery, i: int, scores: np.ndarray) -> np.ndarray:
    best = np.argsort(-scores)[:BEST]
    judged = np.concatenate(
        [judge(toolbox, gallery.captions[k], [gallery.looks[i]], [gallery.scenes[i]]) for k in best]
    )
    return _reranked(scores, best, judged)


def _reranked(scores: np.ndarray, best: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Scores with those of `best` above all others, in the order of `judged`."""
    after = scores.copy()
    after[best] = judged + scores[best] + 1000.0
    return after


def _asked(assistant: Assistant, gallery: Gallery, i: int) -> dict[str, Any]:
    """One short search through the chat, over the album of the first pictures."""
    query = gallery.queries[i]
    text = f"search my album for {query.text}"
    reply = assistant.ask(text, user=_USER, keep=False)
    store = assistant.store(_USER)
    given = {store.get(artifact).name for artifact in reply.made}
    held = min(_CHAT_PICTURES, gallery.size)
    fit = {gallery.names[k] for k in range(held) if query.fits(gallery.truth[k])}
    return {
        "asked": text,
        "reply": reply.text,
        "fit": sorted(fit),
        "given": sorted(given),
        "chat_right": given == fit if len(fit) <= 12 else given <= fit,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Recalls of the whole ranking and of the joint space alone, and the share of chats right."""
    chats = [r["chat_right"] for r in records if "chat_right" in r]
    found = {
        f"{way}_r{k}{tail}": recall_at([r[way + tail] for r in records], k)
        for tail in ("", "_space")
        for way in ("text_to_image", "image_to_text")
        for k in (1, 10)
    }
    return {
        "accuracy": round(share(r["right"] for r in records), 4),
        **found,
        "chat": round(share(chats), 4),
        "chats": float(len(chats)),
    }


TASK = Task(
    name="world-retrieve",
    description="captions find their scenes among as many as the limit, and scenes their captions",
    limit=1000,
    samples=samples,
    run=run,
    score=score,
)
