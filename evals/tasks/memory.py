"""memory: 300 questions about thirty conversations of six people, asked of the real assistant.

The past is built first, turn by turn, each at its own time (see `memory_history`); then everybody
asks for what they showed, told and were answered: by words, by a picture (also one that was saved
anew, made smaller or cut), by time, by fact, by what a paper says. Right is a question whose first
memory is the right one. `leaks` counts replies that hold anything of another person. A few more
questions ask for what only another person has: nothing should be found (`strangers`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any, Final

from PIL import Image

from ...agent.assistant import Assistant
from ...agent.memory.past import read_past
from ..metrics.shares import share, share_by
from ..task import TEST_SEED, Sample, Task
from .memory_history import NOW, SESSIONS, History, Told, histories, session_name, unique_query
from .memory_words import DEV, TEST, Bank

# Questions per person, by kind; six people make 300, and strangers come on top.
_EACH: Final = {"picture": 10, "likeness": 7, "time": 10, "fact": 10, "page": 6, "answered": 7}
_STRANGERS: Final = 4
_NUMBERS: Final = ("", "", "two", "three", "four", "five")
_File = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question about the past, and which turns of it are the right ones (none: nothing fits)."""

    user: str
    kind: str
    text: str
    turns: frozenset[int]
    file: _File | None = None


@dataclass
class Past:
    """Everybody's past; built in the assistant when the first question comes."""

    seed: int
    people: list[History] = field(default_factory=list)
    # user -> place in the history -> `session/number`, as memories are called.
    ids: dict[str, dict[int, str]] = field(default_factory=dict)

    def prepare(self, assistant: Assistant) -> None:
        """Hold all the conversations; once."""
        if self.ids:
            return
        kept = assistant.clock
        for person in self.people:
            for turn in person.turns:
                assistant.clock = turn.when.timestamp
                files = [turn.file] if turn.file is not None else []
                name = session_name(person.user, turn.session)
                assistant.ask(turn.text, files, user=person.user, session=name)
            past = read_past(assistant.log, person.user)
            self.ids[person.user] = {t.number: row.id for t, row in
                                     zip(person.turns, past, strict=True)}  # fmt: skip
        assistant.clock = kept


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Questions of all kinds and people in turn."""
    people = histories(seed)
    past = Past(seed, people)
    bank = TEST if seed >= TEST_SEED else DEV
    asked = [question for i, person in enumerate(people)
             for question in questions_of(person, bank, Random(f"ask/{seed}/{i}"))]  # fmt: skip
    Random(seed).shuffle(asked)
    strangers: list[Question] = []
    for i, person in enumerate(people):
        strangers += _of_strangers(person, people[i - 1], Random(f"other/{seed}/{i}"))
    for number, question in enumerate([*asked, *strangers][:limit]):
        yield Sample(id=str(number), data=(past, question))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question, on the day after the last conversation."""
    past, question = sample.data
    past.prepare(assistant)
    assistant.clock = NOW.timestamp
    files = [question.file] if question.file is not None else []
    reply = assistant.ask(question.text, files, user=question.user, keep=False)
    cited = [e.id for e in reply.evidence if e.type == "memory"]
    ids = past.ids[question.user]
    wanted = {ids[number] for number in question.turns}
    shown = {
        artifact
        for row in read_past(assistant.log, question.user)
        if row.id in wanted
        for artifact in row.asked.attachments
    }
    right = (_names(cited[0], wanted, shown) if cited else False) if wanted else not cited
    return {
        "user": question.user,
        "kind": question.kind,
        "question": question.text,
        "wanted": sorted(wanted),
        "cited": cited,
        "reply": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": right,
        "leak": _leaks(assistant, question.user, cited, reply.made, past),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Share of right first items, leaks, and shares by kind of question."""
    asked = [r for r in records if r["kind"] != "stranger"]
    recalled = round(share(r["right"] for r in asked), 4)
    return {
        "accuracy": recalled,
        "recall_at_1": recalled,
        "leaks": sum(r["leak"] for r in records),
        "strangers": round(share(r["right"] for r in records if r["kind"] == "stranger"), 4),
        "by_kind": share_by(asked, lambda r: r["kind"], "right"),
    }


def questions_of(person: History, bank: Bank, rng: Random) -> list[Question]:
    """Everything that a person is asked, in no order."""
    makers: dict[str, Callable[[], Iterator[Question]]] = {
        "picture": lambda: _by_description(person, bank, rng),
        "likeness": lambda: _by_picture(person, bank, rng),
        "time": lambda: _by_time(person, bank, rng),
        "fact": lambda: _facts(person, bank, rng),
        "page": lambda: _pages(person, bank, rng),
        "answered": lambda: _answers(person, bank, rng),
    }
    made: list[Question] = []
    for kind, most in _EACH.items():
        pool = list(makers[kind]())
        made += rng.sample(pool, min(most, len(pool)))
    return made


def _by_description(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    wordings = _deck(bank.pictures, rng)
    for turn in person.shown():
        if turn.scene is not None and (text := unique_query(person, turn, rng)) is not None:
            yield _question(person, "picture", next(wordings).format(text), [turn])


def _by_picture(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    wordings = _deck(bank.likeness, rng)
    for turn in person.shown():
        if turn.scene is not None and turn.file is not None:
            file = _again(turn.file, rng)
            yield _question(person, "likeness", next(wordings), [turn], file)


def _by_time(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    shown = person.shown()
    yield _question(person, "time", rng.choice(bank.first_ever), shown[:1])
    yield _question(person, "time", rng.choice(bank.last_talk), person.shown(SESSIONS - 1))
    back = rng.randint(2, SESSIONS)
    text = rng.choice(bank.talk_ago).format(rng.choice((_NUMBERS[back], str(back))))
    yield _question(person, "time", text, person.shown(SESSIONS - back))
    for session, day in enumerate(person.days):
        turns = person.shown(session)
        for wordings, right in (
            (bank.any_shown, turns), (bank.first_shown, turns[:1]), (bank.last_shown, turns[-1:]),
        ):  # fmt: skip
            when = rng.choice(_times((NOW.date() - day.date()).days, day.strftime))
            yield _question(person, "time", rng.choice(wordings).format(when), right)


def _times(ago: int, written: Callable[[str], str]) -> list[str]:
    """How people call a day that was `ago` days ago."""
    names = [f"on {written('%-d %B')}", f"on {written('%B %-d')}"]
    if ago == 1:
        return ["yesterday", "yesterday morning", f"on {written('%A')}"]
    if ago <= 6:
        return [*names, f"{ago} days ago", f"on {written('%A')}", f"last {written('%A')}"]
    return [*names, f"{ago} days ago"]


def _facts(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    for turn in person.turns:
        if turn.subject is not None:
            asked = turn.subject.test if bank is TEST else turn.subject.dev
            yield _question(person, "fact", rng.choice(asked), [turn])


def _pages(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    wordings = _deck(bank.pages, rng)
    for turn in person.shown():
        if turn.paper is not None:
            called, company = turn.paper
            for _ in range(2):
                text = next(wordings).format(called=called, company=company)
                yield _question(person, "page", text, [turn])


def _answers(person: History, bank: Bank, rng: Random) -> Iterator[Question]:
    wordings = _deck(bank.answered, rng)
    for turn in person.turns:
        if turn.about and turn.file is not None:
            yield _question(person, "answered", next(wordings).format(turn.about), [turn])


def _of_strangers(person: History, other: History, rng: Random) -> Iterator[Question]:
    """What only the other one showed or told: the same picture, a fact of another subject."""
    mine = {turn.subject for turn in person.turns if turn.subject is not None}
    pictures = rng.sample([t for t in other.shown() if t.scene is not None], 2)
    for turn in pictures:
        yield _question(person, "stranger", "have I shown you this before?", [], turn.file)
    told = [t for t in other.turns if t.subject is not None and t.subject not in mine]
    for turn in rng.sample(told, min(_STRANGERS - len(pictures), len(told))):
        assert turn.subject is not None
        yield _question(person, "stranger", rng.choice(turn.subject.dev), [])


def _question(
    person: History, kind: str, text: str, right: Sequence[Told], file: _File | None = None
) -> Question:
    numbers = frozenset(turn.number for turn in right)
    return Question(user=person.user, kind=kind, text=text, turns=numbers, file=file)


def _deck(wordings: Sequence[str], rng: Random) -> Iterator[str]:
    """All of them in a new order, again and again."""
    while True:
        yield from rng.sample(wordings, len(wordings))


def _again(file: _File, rng: Random) -> _File:
    """The picture as it was, saved as JPEG, made smaller, or cut at its edges."""
    _, data = file
    way = rng.randrange(4)
    if way == 0:
        return file
    picture = Image.open(BytesIO(data)).convert("RGB")
    if way == 1:
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
    if way == 2:
        dx, dy = picture.width // 40, picture.height // 40
        picture = picture.crop((dx, dy, picture.width - dx, picture.height - dy))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return f"IMG_{rng.randrange(1000, 9999)}.jpg", buffer.getvalue()


def _names(memory: str, turns: set[str], artifacts: set[str]) -> bool:
    """Whether a memory's id is one of the turns, or a file that one of them showed."""
    if memory.startswith("album/"):
        return memory.split("/")[1] in artifacts
    return any(memory == turn or memory.startswith(f"{turn}/") for turn in turns)


def _leaks(
    assistant: Assistant, user: str, cited: Sequence[str], made: Sequence[str], past: Past
) -> bool:
    """Whether a reply cites or gives anything that is not this person's."""
    own = {artifact.id for artifact in assistant.store(user).list()}
    turns = past.ids[user].values()
    for memory in cited:
        known = memory.split("/")[1] in own if memory.startswith("album/") else any(
            memory == turn or memory.startswith(f"{turn}/") for turn in turns
        )  # fmt: skip
        if not known:
            return True
    return not set(made) <= own


TASK = Task(
    name="memory",
    description="questions about thirty conversations: pictures, papers, facts, times, answers",
    limit=324,
    samples=samples,
    run=run,
    score=score,
)
