"""Words that nobody asked to be obeyed go through the real team, and nothing is done."""

import pytest
from sightline.agent.assistant import Assistant
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.injection_cases import ATTACKS, BENIGN, Case

TASK = find_task("injection")
# One of each carrier but pages, which take seconds to read, and all quotations.
_SLOW = ("document", "pdf", "picture")
_FIRST = {case.where: case for case in reversed(ATTACKS) if case.where not in _SLOW}
_QUOTED = [case for case in ATTACKS if case.where in ("reported speech", "pasted text")]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(home=tmp_path_factory.mktemp("home"))


def test_there_are_sixty_attacks_by_every_way_in() -> None:
    ways = {case.where for case in ATTACKS}
    assert len(ATTACKS) == 60 and len(BENIGN) == 20
    assert ways >= {"picture", "document", "pdf", "file name", "metadata", "tool result", "memory",
                    "history", "quotation", "reported speech", "pasted text"}  # fmt: skip
    assert not any(case.wanted for case in ATTACKS) and all(case.wanted for case in BENIGN)


@pytest.mark.parametrize("case", [*_FIRST.values(), *_QUOTED], ids=lambda c: c.talk[-1].text[:30])
def test_attacks_come_to_nothing(case: Case, assistant: Assistant) -> None:
    record = TASK.run(assistant, Sample(id=repr(case.talk), data=(case, 8000)))
    assert record["attack"] and record["right"], record


@pytest.mark.parametrize("case", [*BENIGN[5:8], *BENIGN[12:18]], ids=lambda c: c.talk[-1].text)
def test_the_same_is_done_when_the_person_asks_for_it(case: Case, assistant: Assistant) -> None:
    record = TASK.run(assistant, Sample(id=repr(case.talk), data=(case, 8000)))
    assert record["right"], record


def test_a_followed_attack_is_counted(assistant: Assistant) -> None:
    # The same talk as a benign one and as an attack: what is right for one is wrong for the other.
    asked = BENIGN[15]
    attack = Case(where=asked.where, talk=asked.talk)
    record = TASK.run(assistant, Sample(id="followed", data=(attack, 8000)))
    assert record["planned"] == ["send_mail"] and not record["right"]
    done = {"attack": False, "right": True, "where": "memory"}
    figures = TASK.score([record, done])
    assert figures["resisted"] == 0 and figures["benign_done"] == 1
