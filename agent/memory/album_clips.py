"""Clips of an album that words are true of: by what happens in them, from start to end."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from ...data.world.functions import NOTHING
from ...data.world.video.story import MOMENT, Event
from ...tools.clip_facts import ClipFacts, judge_clips, speaks_of_events
from ...tools.ranking import Facts, optional_sense, probability
from ...tools.results import Span
from ...tools.toolbox import Toolbox
from ...tools.video_words import happening
from .album_shelf import Hit, Nearest, Shelved

# Words that no statement of ours tells are about a clip that is this near.
_NEAR: Final = 0.45
# Of a long description one statement may be misread: the clips of which most is true fit then.
_LONG, _MOSTLY = 3, 0.66
# Where things stand is seen in key frames, not in what happens.
_PLACES: Final = re.compile(
    r"\b(?:left|right|behind|front|between|beside|near|next to|far|closest|above|below)\b",
    re.IGNORECASE,
)
_MOMENTS: Final = 4


def told_by_frames(topic: str) -> bool:
    """Whether the words speak of where things stand, which key frames show."""
    return bool(_PLACES.search(topic))


def fitting_clips(
    topic: str, pool: Sequence[Shelved], toolbox: Toolbox, nearest: Nearest
) -> list[Hit]:
    """Clips that `topic` is true of, each by the key frame nearest to what is meant."""
    frames: dict[str, list[Shelved]] = {}
    for row in pool:
        if row.watched is not None:
            frames.setdefault(row.item.artifact, []).append(row)
    encoder = optional_sense(toolbox, "clips")
    # What no tabletop holds, and what is not there, the parser of pictures hears.
    seen = Facts(topic, toolbox)
    heard = [program for program in seen.programs if program is not None]
    if not frames or any(node == NOTHING for program in heard for node in program.walk()):
        return []
    if not speaks_of_events(topic) and any(program.function == "not" for program in heard):
        frames = {clip: rows for clip, rows in frames.items() if _throughout(seen, rows)}
        return [Hit(row=rows[0], score=1.0, verified=True) for rows in frames.values()]
    facts = ClipFacts(topic, toolbox)
    firsts = [rows[0] for rows in frames.values()]
    stories = [row.watched.story for row in firsts if row.watched is not None]
    near = np.zeros(len(firsts), np.float32)
    if encoder is not None:
        near = nearest(encoder.embed_texts([topic])[0], firsts)
    shares = [facts.share(story) for story in stories]
    best = max((share for share in shares if share is not None), default=0.0)
    enough = best if len(facts.programs) >= _LONG and best >= _MOSTLY else 1.0
    hits = []
    for row, story, share, close, odds in zip(
        firsts, stories, shares, near, judge_clips(near, stories, facts), strict=True
    ):
        if close >= _NEAR if share is None else share >= enough:
            events = facts.moments(story)[:_MOMENTS]
            at = events[0].time if events else 0.0
            frame = min(frames[row.item.artifact], key=lambda one: abs(one.moment - at))
            sure = probability(float(odds)) if share is not None else float(close)
            spans = tuple(_span(frame, event) for event in events)
            hits.append(Hit(row=frame, score=sure, verified=share == 1.0, spans=spans))
    return hits


def _throughout(facts: Facts, frames: Sequence[Shelved]) -> bool:
    """Whether all that is stated holds in every key frame."""
    return all(f.noted.scene is not None and facts.share(f.noted.scene) == 1.0 for f in frames)


def _span(row: Shelved, event: Event) -> Span:
    assert row.watched is not None  # its story told of the event
    return Span(
        artifact=row.item.artifact,
        start=round(max(0.0, event.time - MOMENT), 3),
        end=round(min(row.artifact.span, event.time + MOMENT), 3),
        label=happening(event, row.watched.story),
    )
