"""world-text2video: captions find their clips among five hundred, and clips their captions.

The gallery is as large as the limit. Clips are drawn and watched; each has one caption of two to
four things that happen in it, true of it alone among the gallery (as a referring expression is of
its object). They are ranked by what the retrieve tool ranks with: the clips' joint space, and what
the caption states held against what was seen. A small share goes through the chat: some clips,
written as MP4 files, lie in an album and are asked for in short words; right is what finds all that
fit and nothing else.

Drawing and watching take two seconds a clip on one core, so a run of 500 takes twenty minutes.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from ...agent.assistant import Assistant
from ...data.world.video.captions import VideoCaption, holds, sample_caption
from ...data.world.video.clip import Clip, sample_clips
from ...data.world.video.drawing import Frames, draw_clip, write_mp4
from ...data.world.video.story import Story
from ...tools.clip_facts import ClipFacts, judge_clips
from ...tools.watching import story_of
from ..metrics.ranks import rank_of, recall_at
from ..metrics.shares import share
from ..task import Sample, Task

_CHAT_CLIPS, _CHAT_QUERIES = 25, 20
_USER = "eval-clips"
_TRIES = 6


@dataclass
class Gallery:
    """Clips of a seed, as the models see them; drawn and watched when first asked for."""

    seed: int
    size: int
    truth: list[Story] = field(default_factory=list)
    captions: list[VideoCaption] = field(default_factory=list)
    queries: list[VideoCaption] = field(default_factory=list)
    seen: list[Story] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    clips: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    texts: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    facts: list[ClipFacts] = field(default_factory=list)

    def prepare(self, assistant: Assistant) -> None:
        """Draw, watch and embed; once."""
        if self.facts:
            return
        toolbox = assistant.toolbox
        encoder, eyes = toolbox.sense("clips"), toolbox.part("clip")
        album = assistant.album(_USER)
        assert encoder is not None
        clips, readings = [], []
        for index in range(self.size):
            clip = sample_clips(self.seed, 1, index)[0]
            clips.append(clip)
            self.truth.append(clip.story)
            # One ray a pixel: the reader sees as much in clips of half the cost.
            frames = draw_clip(clip, antialias=1)
            readings.append(eyes.read([Image.fromarray(frame) for frame in frames], clip.seconds))
            self.seen.append(story_of(readings[-1], eyes))
            self.names.append(clip.filename)
            if index < _CHAT_CLIPS:
                album.add_files([_file(clip, frames)])
        for index, clip in enumerate(clips):
            rng = Random(f"{self.seed}/{index}")
            self.captions.append(_caption(clip, self.truth, index, rng))
            self.queries.append(sample_caption(clip.story, rng, "short", clip.variants))
        self.clips = encoder.embed_clips(readings)
        self.texts = encoder.embed_texts([caption.text for caption in self.captions])
        self.facts = [ClipFacts(caption.text, toolbox) for caption in self.captions]


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One a clip."""
    gallery = Gallery(seed, limit)
    for index in range(limit):
        yield Sample(id=str(index), data=(gallery, index))


def _file(clip: Clip, frames: Frames) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / clip.filename
        write_mp4(frames, path)
        return clip.filename, path.read_bytes()


def _caption(clip: Clip, truth: Sequence[Story], index: int, rng: Random) -> VideoCaption:
    """A caption that is true of this clip alone: short if that is enough, else longer."""
    caption = sample_caption(clip.story, rng, "normal", clip.variants)
    for number in range(2 * _TRIES):
        others = (story for i, story in enumerate(truth) if i != index)
        if not any(fits(caption, story) for story in others):
            break
        style = "normal" if number < _TRIES else "long"
        caption = sample_caption(clip.story, rng, style, clip.variants)
    return caption


def fits(caption: VideoCaption, story: Story) -> bool:
    """Whether all that a caption states is true of a story."""
    return all(holds(fact, story) for fact in caption.facts)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """The rank of the right clip and of the right caption, from 0; right when the clip is first."""
    gallery, i = sample.data
    gallery.prepare(assistant)
    to_clip, to_text = gallery.clips @ gallery.texts[i], gallery.texts @ gallery.clips[i]
    by_text = judge_clips(to_clip, gallery.seen, gallery.facts[i])
    by_clip = np.concatenate(
        [
            judge_clips(to_text[k : k + 1], gallery.seen[i : i + 1], gallery.facts[k])
            for k in range(gallery.size)
        ]
    )
    record: dict[str, Any] = {
        "caption": gallery.captions[i].text,
        "stated": len(gallery.captions[i].facts),
        "seen": fits(gallery.captions[i], gallery.seen[i]),
        "heard": gallery.facts[i].share(gallery.truth[i]),
        "text_to_video_space": rank_of(to_clip, i),
        "video_to_text_space": rank_of(to_text, i),
        "text_to_video": rank_of(by_text, i),
        "video_to_text": rank_of(by_clip, i),
    }
    if i < min(_CHAT_QUERIES, gallery.size):
        record |= _asked(assistant, gallery, i)
    return {**record, "right": record["text_to_video"] == 0}


def _asked(assistant: Assistant, gallery: Gallery, i: int) -> dict[str, Any]:
    """One short search through the chat, over the album of the first clips."""
    query = gallery.queries[i]
    text = f"find the clips in my album where {query.text}"
    reply = assistant.ask(text, user=_USER, keep=False)
    store = assistant.store(_USER)
    given = {store.get(artifact).name for artifact in reply.made}
    held = min(_CHAT_CLIPS, gallery.size)
    fit = {gallery.names[k] for k in range(held) if fits(query, gallery.truth[k])}
    return {
        "asked": text,
        "reply": reply.text,
        "tools": [step.tool for step in reply.steps],
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
        for way in ("text_to_video", "video_to_text")
        for k in (1, 5, 10)
    }
    return {
        "accuracy": found["text_to_video_r1"],
        **found,
        "seen": round(share(r["seen"] for r in records), 4),
        "heard": round(share(r["heard"] == 1.0 for r in records), 4),
        "stated": round(sum(r["stated"] for r in records) / max(1, len(records)), 2),
        "chat": round(share(chats), 4),
        "chats": float(len(chats)),
    }


TASK = Task(
    name="world-text2video",
    description="captions find their clips among as many as the limit, and clips their captions",
    limit=500,
    samples=samples,
    run=run,
    score=score,
)
