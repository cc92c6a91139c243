"""Train the clip encoder on simulated clips and captions: `sightline finetune clip_encoder`.

Nothing is drawn: courses come from the physics and get the errors that the track reader makes.
Beside the clips of a batch stand changed versions of some of them, with one thing or one meeting
changed: hard negatives that no caption belongs to.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from rich.progress import track
from torch import Tensor

from ...data.world.video.captions import STYLES, Style, VideoCaption, sample_caption
from ...data.world.video.clip import RESTS, draft_clip
from ...data.world.video.physics import STEPS_PER_SECOND, matter_of, simulate
from ...data.world.video.story import Story, events_of
from ...data.world.vocabulary import ATTRIBUTES, VALUES
from ...models.clip_encoder import ClipEncoderConfig, ClipEncoderModel
from ...models.clip_encoder.features import ROLES, clip_batch, look_of
from ...models.common.adapted_encoder import encode_batch
from ...models.tasks import ClipReading, Course
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.ranks import own_ranks, recall_at

_SHARES = (1, 5, 6)  # of `STYLES`
_SHORTEST, _LONGEST = 3.0, 5.0
_CHANGED = 0.5  # changed versions per clip of a batch
# How the track reader errs: attributes, collisions missed and made up, states, seconds.
_WRONG, _MISSED, _MADE_UP, _UNSURE, _SECONDS = 0.01, 0.03, 0.03, 0.03, 0.08
# A statement's kind -> the role that it gives to what it speaks of.
_ROLE = {
    "collision": "collision", "touched": "collision", "enter": "enter", "leave": "leave",
    "stop": "stop", "start": "moves", "moves": "moves", "still": "still", "there": "there",
}  # fmt: skip


def sample_stories(seed: int, n: int) -> list[Story]:
    """`n` simulated clips of `seed` in which something happens."""
    rng = np.random.default_rng([seed, 13])
    made: list[Story] = []
    for _ in track(range(n), description="simulating"):
        story = None
        while story is None:
            clip = draft_clip(rng)
            if clip is None:
                continue
            seconds = float(rng.uniform(_SHORTEST, _LONGEST))
            place, speed, begins = clip.start
            motion = simulate(
                matter_of(clip.objects), place[None], speed[None], seconds, begins=begins
            )
            inside = clip.inside(motion.position[0])
            pace = np.linalg.norm(motion.velocity[0], axis=-1)
            moving = (pace > RESTS).T & inside
            events = events_of(motion.touches[0], moving, inside, float(STEPS_PER_SECOND))
            if len(events) >= 2 and inside.any(1).all():
                # Ten moments a second say as much as the simulation's steps.
                every = STEPS_PER_SECOND // 10
                story = Story(
                    objects=clip.objects, seconds=seconds, events=events,
                    moving=moving[:, ::every], inside=inside[:, ::every],
                    place=np.zeros((len(inside), 1, 2)), ahead=tuple, without=lambda _: (),
                )  # fmt: skip
        made.append(story)
    return made


def read_badly(story: Story, rng: random.Random) -> ClipReading:
    """What the track reader would make of a clip."""
    n = len(story.objects)
    attributes = [{name: item.value(name) for name in ATTRIBUTES} for item in story.objects]
    for values in attributes:
        for name in ATTRIBUTES:
            if rng.random() < _WRONG:
                values[name] = rng.choice(VALUES[name])
    touches = [
        (e.time + rng.gauss(0, _SECONDS), e.objects[0], e.objects[1])
        for e in story.events
        if e.kind == "collision" and rng.random() > _MISSED
    ]
    if rng.random() < _MADE_UP and n > 1:
        i, j = sorted(rng.sample(range(n), 2))
        touches.append((rng.uniform(0, story.seconds), i, j))
    moving, inside = story.moving.copy(), story.inside.copy()
    for i in range(n):
        # States begin and end a little early or late: so may what happens at a clip's rims.
        shift = rng.randint(-1, 1)
        moving[i] = np.roll(moving[i], shift)
        moving[i, : max(0, shift)] = story.moving[i, 0]
        if rng.random() < _UNSURE:
            moving[i, :] = moving[i].mean() > rng.random()
        if rng.random() < _UNSURE:
            inside[i, -1] = inside[i, -2]
        if rng.random() < _UNSURE:
            inside[i, 0] = inside[i, 1]
    return _reading(attributes, sorted(touches), moving & inside, inside, story.seconds)


def changed(reading: ClipReading, rng: random.Random) -> ClipReading:
    """The same clip but for one thing: its look, or whom it meets, or what becomes of whom."""
    attributes = [dict(values) for values in reading.attributes]
    course = reading.course
    n = len(attributes)
    way = rng.random()
    if way < 0.4 or n < 3:
        i, name = rng.randrange(n), rng.choice(("color", "color", "shape", "shape", *ATTRIBUTES))
        others = [value for value in VALUES[name] if value != attributes[i][name]]
        attributes[i][name] = rng.choice(others)
        return replace(reading, attributes=tuple(attributes))
    if way < 0.7 and course.touches:
        touches = list(course.touches)
        k = rng.randrange(len(touches))
        time, i, j = touches[k]
        third = rng.choice([o for o in range(n) if o not in (i, j)])
        touches[k] = (time, min(i, third), max(i, third))
        return replace(reading, course=replace(course, touches=tuple(touches)))
    # Two things change their looks: each now does what the other did.
    i, j = rng.sample(range(n), 2)
    attributes[i], attributes[j] = attributes[j], attributes[i]
    return replace(reading, attributes=tuple(attributes))


def _reading(
    attributes: Sequence[dict[str, str]],
    touches: Sequence[tuple[float, int, int]],
    moving: np.ndarray,
    inside: np.ndarray,
    seconds: float,
) -> ClipReading:
    rate = (moving.shape[1] - 1) / seconds
    return ClipReading(
        attributes=tuple(attributes),
        confidences=(),
        course=Course(touches=tuple(touches), moving=moving, inside=inside, rate=rate),
        point=np.zeros((len(attributes), 1, 2)),
        near=(),
        confidence=1.0,
        seconds=seconds,
    )


def told_of(caption: VideoCaption, config: ClipEncoderConfig) -> np.ndarray:
    """(R L,) the tally that a caption's words make."""
    tally = np.zeros((len(ROLES), config.looks), np.float32)
    for kind, values in caption.mentions:
        if kind in _ROLE:
            tally[ROLES.index(_ROLE[kind])] += look_of(values, config)
    return tally.ravel()


def batch_of(
    stories: Sequence[Story], style: Style, config: ClipEncoderConfig, rng: random.Random
) -> tuple[Tensor, ...]:
    """Clips, each with a caption, and changed versions of some; see the model's `forward`."""
    pairs = [(sample_caption(story, rng, style), story) for story in stories]
    # Texts of one length side by side: the text tower pads a few rows at a time.
    pairs.sort(key=lambda pair: len(pair[0].text))
    readings = [read_badly(story, rng) for _, story in pairs]
    extra = rng.sample(readings, int(_CHANGED * len(readings)))
    clips = clip_batch([*readings, *(changed(one, rng) for one in extra)], config)
    ids, mask, _ = encode_batch(
        [caption.text.lower() for caption, _ in pairs], longest=config.longest
    )
    told = np.stack([told_of(caption, config) for caption, _ in pairs])
    return (*clips, ids, mask, torch.from_numpy(told))


def recalls(model: torch.nn.Module, stories: Sequence[Story]) -> dict[str, float]:
    """Text to clip and clip to text, captions of the longest style."""
    assert isinstance(model, ClipEncoderModel)
    rng = random.Random(77)
    with torch.inference_mode():
        *clips, ids, mask, _ = batch_of(stories, "long", model.config, rng)
        output = model(*clips, ids, mask)
        scores = output.texts @ output.clips[: len(stories)].T
    by_text, by_clip = own_ranks(scores), own_ranks(scores.T)
    return {
        "text_to_video_r1": recall_at(by_text, 1),
        "text_to_video_r10": recall_at(by_text, 10),
        "video_to_text_r1": recall_at(by_clip, 1),
    }


def train_clip_encoder(
    out: Path,
    *,
    config: FitConfig,
    clips: int = 4000,
    batch_size: int = 96,
    resume: bool = False,
) -> tuple[ClipEncoderModel, dict[str, float]]:
    """Train on simulated clips; scored on 500 others (fewer of a short run)."""
    torch.manual_seed(config.seed)
    model = ClipEncoderModel(ClipEncoderConfig())
    stories = sample_stories(config.seed, clips)
    dev = sample_stories(8000 + config.seed, min(500, clips // 4))

    def batch(step: int) -> tuple[Tensor, ...]:
        rng = random.Random(step_seed(config.seed, step))
        style = rng.choices(STYLES, weights=_SHARES)[0]
        return batch_of(
            rng.sample(stories, min(batch_size, len(stories))), style, model.config, rng
        )

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: recalls(m, dev),
        evaluate_every=200,
        title="clip encoder",
    )
    return model, figures
