"""Plans with the shipped planner and models, on pictures whose truth is known."""

import pytest
from sightline.agent.assistant import Assistant
from sightline.evals.task import Sample
from sightline.evals.tasks import plans
from sightline.evals.tasks.plan_cases import cases
from sightline.evals.tasks.plan_truth import Case, Edited
from sightline.models.common.boxes import iou
from sightline.tools.results import Box

FAMILIES = ("ground_edit_caption", "remove_count", "crop_describe", "pictures_which")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def drawn() -> dict[str, Case]:
    return {case.family: case for case in cases(8000, 14)}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_step_of_a_plan_comes_out_right(
    assistant: Assistant, drawn: dict[str, Case], family: str
) -> None:
    record = plans.run(assistant, Sample(id="0", data=(drawn[family], None)))
    assert record["right"], record


def test_a_question_after_the_plan_is_about_its_result(
    assistant: Assistant, drawn: dict[str, Case]
) -> None:
    case = drawn["remove_count"]
    first = assistant.ask(case.text, attachments=case.files, session="after")
    later = assistant.ask("how many things are there?", session="after")
    edited = next(check for check in case.checks if isinstance(check, Edited))
    assert later.artifacts == first.made and later.answer == str(len(edited.objects))
    left = assistant.ask("how many things are left?", session="after")
    assert left.answer == later.answer


def test_it_is_what_was_changed_in_the_turn_before(
    assistant: Assistant, drawn: dict[str, Case]
) -> None:
    case = drawn["ground_edit_caption"]
    edited = next(check for check in case.checks if isinstance(check, Edited))
    first = assistant.ask(case.text, attachments=case.files, session="changed")
    later = assistant.ask("where is it?", session="changed")
    (box,) = (found for found in later.evidence if isinstance(found, Box))
    assert later.artifacts == first.made
    assert iou((box.x0, box.y0, box.x1, box.y1), edited.touched[0]) > 0.5
    placed = assistant.ask("add a small cyan ball to the right of it", session="changed")
    assert placed.made, placed.text
    beside = assistant.ask("where is it?", session="changed").evidence
    assert [found.label for found in beside if isinstance(found, Box)] == [
        "small cyan rubber sphere"
    ]
    assert all(found.x0 > box.x0 for found in beside if isinstance(found, Box))
