"""Watch and execute: words to a program, a clip to a story, the program run on the story.

The route of NS-DR (Yi et al. 2020, https://arxiv.org/abs/1910.01442): what comes next and what
would have been are rolled forward by the learned dynamics model when a program asks for them.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL.Image import Image

from ..data.world.foreign import THINGS
from ..data.world.functions import Call
from ..data.world.programs import FalsePremise
from ..data.world.scene import SceneObject
from ..data.world.video.executor import execute
from ..data.world.video.language import from_tokens
from ..data.world.video.story import MOMENT, Event, Story, events_of
from ..models.program_parser.parser import ProgramParser
from ..models.tasks import Clip, ClipAnswer, ClipReader, ClipReading, Course, Moment
from .video_words import happening, missing, sentence, world_of

_KEPT = 8
# In a clip things leave, and hang about.
_HAPPENING = ("leaves", "leaf")
_FOREIGN = re.compile(
    r"\b(how many|any|is there|are there|where|what|which|see|count|does|do|will|would)\b"
    r"[^,;.!?]{0,40}?\b(?<!my )(" + "|".join(
        word for pair in THINGS for word in pair if word not in _HAPPENING
    ) + r")\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An answer about a clip.

    Attributes:
        answer: canonical, `none` for a false premise; text: a sentence.
        events: what it rests on, in order; seen in the clip where `world` is `clip`.
        labels: those events in words.
        world: `clip`, `next` or `without`.
        other: the answer by the second route, "" where there is none.
        premise: as in `models.tasks.Answer`.
    """

    answer: str
    text: str
    confidence: float
    events: tuple[Event, ...] = ()
    labels: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    world: str = "clip"
    other: str = ""
    premise: str = "holds"


class WatchAndExecute:
    """Serves `VideoAnswerer` for clips of the tabletop.

    Args:
        words: turns a question into a program.
        eyes: reads a clip, and imagines what it does not show.
    """

    name = "watch_and_execute"

    def __init__(self, words: ProgramParser, eyes: ClipReader) -> None:
        self.words = words
        self.eyes = eyes
        self.weights = "+".join(
            str(part) for part in (getattr(words, "weights", ""), getattr(eyes, "weights", ""))
        )
        self._read: OrderedDict[str, ClipReading] = OrderedDict()
        self._lock = threading.Lock()

    def reading(
        self, key: str, seconds: float, frames: Callable[[], Sequence[Image]]
    ) -> ClipReading:
        """What the clip called `key` shows; clips read lately are not read again."""
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        found = self.eyes.read(frames(), seconds)
        with self._lock:
            self._read[key] = found
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return found

    def answer_clips(self, clips: Sequence[Clip], questions: Sequence[str]) -> list[ClipAnswer]:
        """One answer per (clip, question), with the moments that were seen of what it is about."""
        return [self._told(clip, asked) for clip, asked in zip(clips, questions, strict=True)]

    def _told(self, clip: Clip, question: str) -> ClipAnswer:
        reading = self.reading(clip.key, clip.seconds, lambda: clip.frames)
        if not reading.attributes:
            return ClipAnswer(text="none", sentence="", confidence=1.0, known=False)
        told = self.answer(reading, question)
        moments = [
            Moment(
                start=max(0.0, event.time - MOMENT),
                end=min(clip.seconds, event.time + MOMENT),
                label=label,
            )
            for event, label in zip(told.events, told.labels, strict=True)
            if told.world == "clip" and event.time <= clip.seconds + 1e-6
        ]
        return ClipAnswer(
            text=told.answer, sentence=told.text, confidence=told.confidence,
            moments=tuple(moments), premise=told.premise, program=told.program,
            detail={"other": told.other, "world": told.world, "sure": reading.confidence},
        )  # fmt: skip

    def answer(self, reading: ClipReading, question: str) -> Watched:
        """Answer a question about a clip that was read."""
        if asked := _FOREIGN.search(question):
            noun = asked.group(2).lower()
            return Watched(
                answer="none", confidence=0.9, premise="absent",
                text=f"I see no {noun} in this clip, only cubes, spheres and cylinders.",
            )  # fmt: skip
        parsed = self.words.parse([question])[0]
        program = from_tokens(parsed.tokens)
        story = story_of(reading, self.eyes)
        world = world_of(program)
        told = {"program": parsed.tokens, "world": world}
        try:
            outcome = execute(program, story)
        except FalsePremise as wrong:
            return Watched(
                answer="none", text=missing(wrong.described, wrong.candidates, story),
                confidence=parsed.confidence, premise=wrong.kind, **told,
            )  # fmt: skip
        sure = parsed.confidence * (reading.confidence if _of_touches(program) else 1.0)
        return Watched(
            answer=outcome.answer,
            text=sentence(program, outcome, story),
            confidence=max(0.0, min(1.0, sure)),
            events=outcome.events,
            labels=tuple(happening(event, story) for event in outcome.events),
            other=self._again(program, story, reading) if world == "clip" else "",
            **told,
        )

    @staticmethod
    def _again(program: Call, story: Story, reading: ClipReading) -> str:
        """The answer with collisions told by the proximity rule instead."""
        if not _of_touches(program):
            return ""
        course = replace(reading.course, touches=reading.near)
        try:
            return execute(program, replace(story, events=_events(course))).answer
        except FalsePremise:
            return "none"


def story_of(reading: ClipReading, eyes: ClipReader) -> Story:
    """A reading as a story that programs run on."""
    point = reading.point
    return Story(
        objects=tuple(
            SceneObject(
                shape=a["shape"], color=a["color"], size=a["size"], material=a["material"],
                position=(0.0, 0.0, 0.0),
            ) for a in reading.attributes
        ),
        seconds=reading.seconds,
        events=_events(reading.course),
        moving=reading.course.moving,
        inside=reading.course.inside,
        place=point,
        ahead=lambda: _events(eyes.ahead(reading)),
        without=lambda i: tuple(e for e in _events(eyes.without(reading, i)) if i not in e.objects),
    )  # fmt: skip


def _events(course: Course) -> tuple[Event, ...]:
    return events_of(course.touches, course.moving, course.inside, course.rate, course.offset)


def _of_touches(program: Call) -> bool:
    """Whether the answer hangs on which collisions were seen in the clip."""
    return any(
        node.function == "happen" and node.value in ("collision", "any") for node in program.walk()
    )
