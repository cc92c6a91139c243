"""The memory benchmark: its truth is exact, its splits are apart, and its scoring is right."""

from random import Random

import pytest
from sightline.agent.memory.facts import stated
from sightline.evals.tasks import memory
from sightline.evals.tasks.memory_history import SESSIONS, USERS, histories
from sightline.evals.tasks.memory_words import DEV, SUBJECTS, TEST


@pytest.fixture(scope="module")
def people() -> list:
    return histories(8001, USERS[:1])


def test_six_people_make_three_hundred_questions(people: list) -> None:
    (person,) = people
    asked = memory.questions_of(person, DEV, Random(1))
    assert len(USERS) * SESSIONS == 30 and len(asked) * len(USERS) == 300
    assert {q.user for q in asked} == {person.user} and all(q.turns for q in asked)
    assert memory.questions_of(person, DEV, Random(1))[:30] == asked[:30]


def test_every_conversation_has_a_day_of_its_own(people: list) -> None:
    for person in people:
        days = [day.date() for day in person.days]
        assert days == sorted(set(days)) and len(days) == SESSIONS
        for number in range(SESSIONS):
            assert {t.when.date() for t in person.turns if t.session == number} == {days[number]}
        moments = [turn.when for turn in person.turns]
        assert moments == sorted(moments)


def test_facts_are_found_in_what_was_said(people: list) -> None:
    for person in people:
        for turn in person.turns:
            assert bool(turn.fact) == (len(stated(turn.text)) == 1), turn.text
            assert not turn.fact or turn.value in stated(turn.text)[0]


def test_the_splits_share_no_wording() -> None:
    for name in DEV.__dataclass_fields__:
        assert not set(getattr(DEV, name)) & set(getattr(TEST, name)), name
    for subject in SUBJECTS:
        assert not set(subject.dev) & set(subject.test)
        assert len(set(subject.values)) == len(USERS)


def test_the_first_memory_counts_and_must_be_the_right_one() -> None:
    assert memory._names("s/3/fact/0", {"s/3"}, set()) and memory._names("s/3", {"s/3"}, set())
    assert not memory._names("s/31", {"s/3"}, set())
    assert memory._names("album/abc/1", set(), {"abc"})
    assert not memory._names("album/abd/1", {"s/3"}, {"abc"})
    records = [
        {"kind": "fact", "right": True, "leak": False},
        {"kind": "fact", "right": False, "leak": True},
        {"kind": "stranger", "right": False, "leak": False},
    ]
    told = memory.score(records)
    assert told["recall_at_1"] == 0.5 and told["leaks"] == 1 and told["strangers"] == 0.0
