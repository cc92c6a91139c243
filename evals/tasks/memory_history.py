"""Histories for the memory benchmark: five conversations each of six people, with exact truth.

Everything in them is known: which picture was shown in which turn and what is on it, which paper
came from whom, who stated what, when. The turns are asked of the real assistant, its clock set to
the days they are meant to have happened on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Final

import numpy as np

from ...data.documents import sample_document
from ...data.world.queries import sample_query
from ...data.world.scene import Scene
from .memory_words import SUBJECTS, Subject
from .world import drawn_scenes

NOW: Final = datetime(2026, 11, 25, 15, 0)  # a Wednesday
USERS: Final = ("ann", "bob", "cleo", "dan", "eve", "fay")
SESSIONS: Final = 5
_COLOURS: Final = ("gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow")
_SHAPES: Final = ("cubes", "spheres", "cylinders")
_FILE = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A turn of the past.

    Attributes:
        number: its place in the whole history of the user.
        session: its conversation's place, from 0.
        file: what was shown with it; `scene` or `paper` tells what that is.
        about: what its question was about, "red cubes", where it was about such a thing.
        fact, subject, value: what the person stated in it.
    """

    number: int
    session: int
    when: datetime
    text: str
    file: _FILE | None = None
    scene: Scene | None = None
    paper: tuple[str, str] | None = None
    about: str = ""
    fact: str = ""
    subject: Subject | None = None
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class History:
    """One person's conversations."""

    user: str
    turns: tuple[Told, ...]

    @property
    def days(self) -> list[datetime]:
        """When each conversation began."""
        return [
            min(turn.when for turn in self.turns if turn.session == number)
            for number in range(SESSIONS)
        ]

    def shown(self, session: int | None = None) -> list[Told]:
        """Turns that showed something, in their order."""
        return [
            turn for turn in self.turns
            if turn.file is not None and session in (None, turn.session)
        ]  # fmt: skip


def session_name(user: str, number: int) -> str:
    """Conversations bear their owner's name, so that a stranger's shows."""
    return f"{user}-talk-{number}"


def histories(seed: int, users: Sequence[str] = USERS) -> list[History]:
    """Everybody's past; the same for the same seed."""
    pictures = drawn_scenes(seed, len(users) * SESSIONS * 2)
    return [_history(user, seed, index, pictures) for index, user in enumerate(users)]


def unique_query(history: History, turn: Told, rng: Random) -> str | None:
    """A description that of all this person showed only the turn's picture fits; None: no such."""
    assert turn.scene is not None
    others = [t.scene for t in history.turns if t.scene is not None and t is not turn]
    for trial in range(400):
        query = sample_query(turn.scene, rng)
        lead = query.text.split(" ")[:3]
        if {"picture", "pictures", "photo", "photos", "scene", "scenes", "images", "one",
            "everything"} & set(lead):  # fmt: skip
            continue
        if query.program is not None or len(query.text.split()) > (9 if trial < 200 else 14):
            continue
        if not any(query.fits(other) for other in others):
            return query.text
    return None


def _history(
    user: str, seed: int, index: int, pictures: Iterator[tuple[int, Scene, _FILE, Random]]
) -> History:
    rng = Random(f"memory/{seed}/{user}")
    # A day each, no two in one week but the last two: "last week", "on Friday" and "on the 3rd"
    # name one conversation each.
    ago = [rng.randint(44, 50), rng.randint(31, 36), rng.randint(19, 24), rng.randint(3, 6), 1]
    subjects = rng.sample(SUBJECTS, 2 * SESSIONS)
    things = rng.sample([(c, s) for c in _COLOURS for s in _SHAPES], 3 * SESSIONS)
    made: list[Told] = []

    def add(session: int, minute: int, text: str, **more: object) -> None:
        day = NOW.replace(hour=9) - timedelta(days=ago[session])
        when = day + timedelta(minutes=30 * rng.randint(0, 2) + minute)
        if made and made[-1].session == session:
            when = max(when, made[-1].when + timedelta(minutes=2))
        made.append(Told(number=len(made), session=session, when=when, text=text, **more))  # type: ignore[arg-type]

    for session in range(SESSIONS):
        for half in range(2):
            _, scene, file, _ = next(pictures)
            thing = " ".join(things[3 * session + half])
            add(session, 10 * half, f"how many {thing} are there?", file=file, scene=scene,
                about=thing)  # fmt: skip
            subject = subjects[2 * session + half]
            value = subject.values[(index + seed) % len(subject.values)]
            fact = rng.choice(subject.statements).format(value)
            text = fact if half == 0 else f"{fact[0].upper()}{fact[1:]}. Is there a sphere?"
            add(session, 10 * half + 4, text, fact=fact, subject=subject, value=value)
        if session % 2 == 0:
            file, called, company = _paper(seed, index * SESSIONS + session)
            add(session, 30, f"what is the total on this {called}?", file=file,
                paper=(called, company))  # fmt: skip
        else:
            thing = " ".join(things[3 * session + 2])
            add(session, 30, f"show me the {thing}", about=thing)
    return History(user=user, turns=tuple(made))


def _paper(seed: int, number: int) -> tuple[_FILE, str, str]:
    """A receipt, an invoice or a bill that names its company."""
    for attempt in range(100):
        rng = np.random.default_rng((seed, number, attempt))
        kind = ("receipt", "invoice", "bill")[(number + attempt) % 3]
        document = sample_document(rng, kind=kind, n_questions=0)
        names = [f.value for f in document.fields if f.key == "company"]
        if names and document.image is not None and 2 <= len(names[0].split()) <= 5:
            buffer = BytesIO()
            document.image.save(buffer, "PNG", compress_level=1)
            return (f"scan-{seed}-{number}.png", buffer.getvalue()), kind, names[0]
    raise ValueError("no document names its company")
