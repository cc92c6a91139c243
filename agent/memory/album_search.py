"""Ranking what an album holds against a wish, and saying what was found."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np

from ...tools.base import joined
from ...tools.clip_facts import speaks_of_events
from ...tools.ranking import BEST, Facts, judge, optional_sense, probability
from ...tools.results import Box, Memory, ModelRef, Span, ToolResult
from ...tools.toolbox import Toolbox
from ..language import embed
from .album_clips import fitting_clips, told_by_frames
from .album_log import Noted
from .album_shelf import Comparing, Hit, Nearest, Shelved
from .when import told
from .wish import Wish, changes_picture

ALBUM: Final = "album/"
MOST: Final = 12
_NAMED: Final = 5
# A page is about something when a piece of it is this near, or prints this share of the words.
_NEAR_TEXT, _PRINTED = 0.42, 0.6
# Where neither matcher nor facts have a say, a text is about a picture that is this near.
_NEAR_ALONE: Final = 0.6
# Less alike than this, and a picture is not "like this one".
_ALIKE: Final = 0.25
_FEW_ALIKE: Final = 6
# Near duplicates: joint-space cosine, and largest mean difference of a thumbnail's worst twentieth.
_SAME_COSINE, _SAME_PIXELS = 0.98, 14.0
# "The most cubes" is no number of cubes.
_MOST_OF: Final = re.compile(
    r"(?<!\bat )\b(?P<way>most|fewest|least) (?:number of )?(?P<kind>(?!of\b|alike\b)[\w ]+)$",
    re.IGNORECASE,
)
_COMMON: Final = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "and", "or", "my",
     "me", "it", "is", "was", "i", "we", "you", "this", "that", "one")
)  # fmt: skip


def rank(
    wish: Wish,
    words: str,
    pool: Sequence[Shelved],
    toolbox: Toolbox,
    comparing: Comparing,
    like: Any | None,
) -> list[Hit]:
    """Views that fit, best first, near duplicates once.

    Args:
        like: the look of a picture at hand (or the picture, where the embedder makes no looks).
    """
    if like is not None:
        hits = _alike(words, pool, toolbox, comparing.views, like)
    elif not wish.topic:
        newest = sorted(pool, key=lambda row: -row.item.added)
        hits = [Hit(row=row, score=1.0, verified=True) for row in newest]
    else:
        # What happens is seen in clips alone, what stands where in their key frames.
        frames = told_by_frames(wish.topic)
        happens = wish.kinds <= {"clip"} and speaks_of_events(wish.topic)
        shown = [
            row
            for row in pool
            if row.noted.scene is not None and (frames if row.watched is not None else not happens)
        ]
        read = [row for row in pool if row.noted.words]
        if most := _MOST_OF.search(wish.topic):
            return _extreme(most, shown, toolbox)
        hits = _showing(wish.topic, shown, toolbox, comparing) + _saying(wish.topic, read)
        if not frames or happens:
            hits += fitting_clips(wish.topic, pool, toolbox, comparing.clips)
        known = {hit.row.id for hit in hits}
        hits += [hit for hit in _called(wish.topic, pool) if hit.row.id not in known]
        hits.sort(key=lambda hit: -hit.score)
    return _once(hits)


def found_result(
    hits: Sequence[Hit], wish: Wish, shelf: Sequence[Shelved], toolbox: Toolbox, by_picture: bool
) -> ToolResult:
    """What was found, as sentences with evidence."""
    model = toolbox.ref("embed", "senses")
    if not hits:
        return ToolResult(text=_nothing(wish, shelf, by_picture), answer="none", model=model)
    shown = hits[:MOST]
    now = datetime.now()
    names = list(dict.fromkeys(hit.row.artifact.name for hit in shown))
    listed = joined(names[:_NAMED]) if len(names) <= _NAMED else (
        f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    )  # fmt: skip
    if len(hits) == 1:
        text = f"I found one: {listed}, added {told(hits[0].row.item.added, now)}."
    elif by_picture:
        text = f"The most alike in your album: {listed}."
    elif len(hits) > MOST:
        text = f"I found {len(hits)}; these are the best {MOST}: {listed}."
    else:
        text = f"I found {len(hits)}: {listed}."
    evidence: list[Memory | Box | Span] = [
        Memory(id=ALBUM + hit.row.id, label=_label(hit.row, now)) for hit in shown
    ]
    evidence += [box for hit in shown for box in hit.boxes]
    evidence += [
        span
        for hit in shown
        if hit.row.noted.kind == "clip"
        for span in hit.spans or (_moment(hit.row),)
    ]
    return ToolResult(
        text=text,
        answer=", ".join(names),
        evidence=tuple(evidence),
        # The best comes last: what a next turn means by "it" is what was shown last.
        artifacts=tuple(dict.fromkeys(hit.row.item.artifact for hit in reversed(shown))),
        model=ModelRef(name=model.name, weights=model.weights),
        confidence=float(np.clip(shown[0].score, 0.0, 1.0)),
        detail={
            "found": len(hits),
            "facts_hold": all(hit.verified for hit in shown),
            "hits": [
                {
                    "artifact": hit.row.item.artifact,
                    "page": hit.row.noted.page,
                    "name": hit.row.artifact.name,
                    "kind": hit.row.noted.kind,
                    "score": round(hit.score, 4),
                }
                for hit in shown
            ],
        },
    )


def _alike(
    words: str, pool: Sequence[Shelved], toolbox: Toolbox, nearest: Nearest, like: Any
) -> list[Hit]:
    """Views like a picture, or like it but for what the words change."""
    embedder, composer = toolbox.sense("embed"), optional_sense(toolbox, "compose")
    if embedder is None:
        return []
    if changes_picture(words) and composer is not None:
        query, floor = composer.compose([like], [words])[0], 0.0
    elif hasattr(embedder, "embed_looks"):
        query, floor = embedder.embed_looks([like])[0], _ALIKE
    else:
        query, floor = embedder.embed_images([like])[0], _ALIKE
    scores = nearest(query, pool)
    order = np.argsort(-scores)[:_FEW_ALIKE]
    return [Hit(row=pool[i], score=float(scores[i])) for i in order if scores[i] >= floor]


def _showing(
    topic: str, rows: Sequence[Shelved], toolbox: Toolbox, comparing: Comparing
) -> list[Hit]:
    """Tabletop pictures that `topic` is true of."""
    embedder = toolbox.sense("embed")
    if embedder is None or not rows:
        return []
    # Here and not above: looks come from a model's module, which loads torch.
    from ...models.dual_encoder import Look

    facts = Facts(topic, toolbox)
    shares = [facts.share(row.noted.scene) if row.noted.scene else None for row in rows]
    near = comparing.views(embedder.embed_texts([topic])[0], rows)
    best = set(np.argsort(-near)[:BEST].tolist())
    best |= {i for i, share in enumerate(shares) if share == 1.0}
    chosen = sorted(best)
    packed = [comparing.look(rows[i]) for i in chosen]
    looks = [None if data is None else Look.unpack(data) for data in packed]
    matched = optional_sense(toolbox, "match") is not None
    scores = judge(toolbox, topic, looks, [rows[i].noted.scene for i in chosen], facts)
    hits = []
    for i, score in zip(chosen, scores.tolist(), strict=True):
        if shares[i] is None and not matched:
            score = 10 * (float(near[i]) - _NEAR_ALONE)
        if probability(score) >= 0.5:
            boxes = _boxes(facts, rows[i])
            hits.append(
                Hit(row=rows[i], score=probability(score), verified=shares[i] == 1.0, boxes=boxes)
            )
    # Where all that is said holds for some, what it holds for in part is not what is meant.
    return [hit for hit in hits if hit.verified] or hits


def _extreme(asked: re.Match[str], rows: Sequence[Shelved], toolbox: Toolbox) -> list[Hit]:
    """The pictures that have most, or fewest, of a kind of things."""
    facts = Facts(f"the {asked['kind']}", toolbox)
    every = re.fullmatch(r"(?:objects?|things?|items?|stuff)(?: in (?:it|them))?", asked["kind"])
    counts = [
        len(row.noted.scene.objects if every else facts.objects(row.noted.scene))
        for row in rows
        if row.noted.scene is not None
    ]
    if not counts:
        return []
    best = max(counts) if asked["way"].lower() == "most" else min(counts)
    return [
        Hit(row=row, score=1.0, verified=True)
        for row, count in zip(rows, counts, strict=True)
        if count == best
    ]


def alike_twice(shelf: Sequence[Shelved], model: ModelRef) -> ToolResult:
    """Which files of an album look the same as another."""
    first: dict[str, Shelved] = {}
    for row in shelf:
        first.setdefault(row.item.artifact, row)
    rows = list(first.values())
    groups: list[list[Shelved]] = []
    for row in rows:
        same = next((g for g in groups if _same(g[0].noted, row.noted)), None)
        groups.append([row]) if same is None else same.append(row)
    twice = [group for group in groups if len(group) > 1]
    if not twice:
        return ToolResult(
            text="No two files in your album look the same.", answer="none", model=model
        )
    told_ = "; ".join(joined([row.artifact.name for row in group]) for group in twice)
    found = [row for group in twice for row in group]
    return ToolResult(
        text=f"These look the same: {told_}.",
        answer=", ".join(row.artifact.name for row in found),
        evidence=tuple(Memory(id=ALBUM + row.id, label=row.artifact.name) for row in found),
        artifacts=tuple(row.item.artifact for row in found),
        model=model,
    )


def _boxes(facts: Facts, row: Shelved) -> tuple[Box, ...]:
    scene = row.noted.scene
    if scene is None or row.noted.kind != "picture":
        return ()
    return tuple(
        Box(
            artifact=row.item.artifact, x0=item.box[0], y0=item.box[1], x1=item.box[2],
            y1=item.box[3], label=item.name,
        )
        for item in (scene.objects[i] for i in facts.objects(scene))
    )  # fmt: skip


def _saying(topic: str, rows: Sequence[Shelved]) -> list[Hit]:
    """Pages about `topic`, by their text."""
    wanted = _terms(topic)
    if not rows or not wanted:
        return []
    query = embed([topic])[0]
    hits = []
    for row in rows:
        printed = set(_terms(row.noted.words))
        share = sum(_stands(term, printed) for term in wanted) / len(wanted)
        near = 0.0
        if row.noted.sentences is not None and len(row.noted.sentences):
            near = float((row.noted.sentences @ query).max())
        if near >= _NEAR_TEXT or share >= _PRINTED:
            hits.append(Hit(row=row, score=min(1.0, 0.5 * near + 0.5 * share + 0.25)))
    return hits


def _called(topic: str, rows: Sequence[Shelved]) -> list[Hit]:
    """Files whose name has every word of `topic`."""
    wanted = _terms(topic)
    if not wanted:
        return []
    return [
        Hit(row=row, score=0.5)
        for row in rows
        if row.noted.page == 1 and set(wanted) <= set(_terms(row.artifact.name))
    ]


def _terms(text: str) -> list[str]:
    found = re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", text.lower())
    return [term for term in found if term not in _COMMON]


def _stands(term: str, printed: set[str]) -> bool:
    return term in printed or (len(term) > 4 and any(word.startswith(term) for word in printed))


def _once(hits: Sequence[Hit]) -> list[Hit]:
    """Each file once, by its best page or frame; of near duplicates the better one."""
    kept: list[Hit] = []
    files: set[str] = set()
    for hit in hits:
        if hit.row.item.artifact in files:
            continue
        if not any(_same(hit.row.noted, other.row.noted) for other in kept):
            kept.append(hit)
            files.add(hit.row.item.artifact)
    return kept


def _same(one: Noted, other: Noted) -> bool:
    if one.vector is None or other.vector is None or one.vector.shape != other.vector.shape:
        return False
    if float(one.vector @ other.vector) < _SAME_COSINE:
        return False
    away = np.abs(one.thumb.astype(np.float32) - other.thumb.astype(np.float32)).max(-1)
    return float(np.sort(away)[-len(away) // 20 :].mean()) < _SAME_PIXELS


def _nothing(wish: Wish, shelf: Sequence[Shelved], by_picture: bool) -> str:
    what = f"fits “{wish.topic}”" if wish.topic else "is of that kind"
    when = f" {wish.time}" if wish.time else ""
    if by_picture:
        text = "Nothing in your album looks like this."
    else:
        text = f"Nothing in your album{when} {what}."
    unknown = sum(row.noted.kind == "other" for row in shelf)
    if unknown and wish.topic and not wish.kinds - {"picture"}:
        many = f"the {unknown} photos" if unknown > 1 else "the one photo"
        text += (
            f" I can't judge {many} in it that show neither a tabletop nor a document;"
            " another profile with larger models could."
        )
    return text


def _moment(row: Shelved) -> Span:
    """A key frame's place in its clip."""
    name = row.artifact.name
    return Span(artifact=row.item.artifact, start=row.moment, end=row.moment, label=name)


def _label(row: Shelved, now: datetime) -> str:
    page = f", page {row.noted.page}" if row.artifact.pages > 1 else ""
    if row.noted.kind == "clip":
        page = f" at {row.moment:.1f} s"
    return f"{row.artifact.name}{page}, added {told(row.item.added, now)}"
