"""Verification by the other route: agreement, contradiction, the second look, doubt."""

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from sightline.agent.roles.second_look import same_answer, same_boxes, with_margin
from sightline.agent.roles.verifier import amount, reading_status
from sightline.models.common.boxes import iou
from sightline.models.tasks import Answer
from sightline.tools.results import Region, ToolResult

PICTURE = Image.new("RGB", (320, 240), "gray")


class Stubborn:
    """Always gives the same answer; the picture it was shown last is kept."""

    def __init__(self, text: str, confidence: float) -> None:
        self.text = text
        self.confidence = confidence
        self.sizes: list[tuple[int, int]] = []

    def answer(self, images: Any, questions: Any, history: Any = None) -> list[Answer]:
        self.sizes.append(images[0].size)
        return [Answer(text=self.text, confidence=self.confidence)]


class Flickering(Stubborn):
    """Says one thing of the picture as it is, another with a margin round it."""

    def __init__(self, first: str, then: str) -> None:
        super().__init__(first, 0.9)
        self.then = then

    def answer(self, images: Any, questions: Any, history: Any = None) -> list[Answer]:
        given = super().answer(images, questions, history)[0]
        return [given if images[0].size == PICTURE.size else Answer(text=self.then, confidence=0.9)]


def test_a_contradiction_is_looked_at_once_more_and_its_doubt_is_stated(
    make: Callable[..., Any],
) -> None:
    first, other = Flickering("2", "4"), Stubborn("3", 0.9)
    reply = make({"tools.vqa": first, "checks.vqa": other}).ask("how many cubes?", [PICTURE])
    assert first.sizes == [(320, 240), (352, 264)]  # the third look has a margin
    assert reply.answer == "2" and reply.claims[0].status == "contradicted"
    assert "I'm not certain, though: a second way of looking came to 3." in reply.text
    looks = [step for step in reply.steps if step.tool == "look_again"]
    assert len(looks) == 1 and not looks[0].ok


def test_two_of_three_looks_decide(make: Callable[..., Any]) -> None:
    reply = make({"checks.vqa": Stubborn("3", 0.9)}).ask("how many cubes?", [PICTURE])
    assert reply.text == "There are 2 cubes." and reply.claims[0].status == "unverified"
    models = {"tools.vqa": Flickering("5", "3"), "checks.vqa": Stubborn("3", 0.95)}
    reply = make(models).ask("how many cubes?", [PICTURE])
    assert reply.answer == "3" and reply.claims[0].status == "contradicted"
    assert reply.text.endswith("a second way of looking came to 5.")


def test_an_unsure_other_route_contradicts_and_verifies_nobody(make: Callable[..., Any]) -> None:
    for answer in ("3", "2"):
        reply = make({"checks.vqa": Stubborn(answer, 0.3)}).ask("how many cubes?", [PICTURE])
        assert reply.text == "There are 2 cubes." and reply.claims[0].status == "unverified"


def test_lists_agree_in_any_order() -> None:
    assert same_answer("red cube, blue ball", "blue ball, red cube")
    assert not same_answer("red cube", "red cube, red cube")


def test_a_false_sentence_of_a_description_is_left_out(make: Callable[..., Any]) -> None:
    assistant = make()
    assistant.toolbox.tool("caption").lie = True
    reply = assistant.ask("describe it", [PICTURE])
    assert reply.text == "There is a small red rubber cube."
    assert [claim.status for claim in reply.claims] == ["verified"]


def test_without_another_route_a_claim_is_unverified(make: Callable[..., Any]) -> None:
    assistant = make()
    del assistant.toolbox._ready["checks.vqa"]
    assistant.toolbox.profile.lines.pop(("checks", "vqa"))
    reply = assistant.ask("how many cubes?", [PICTURE])
    assert reply.claims[0].status == "unverified"


@pytest.mark.parametrize(
    ("answer", "printed", "status"),
    [
        ("12.40", ["TOTAL 12.40"], "verified"),
        ("milk, bread", ["1 Milk 0.99", "2 BREAD 3.10"], "verified"),
        ("4.09", ["1 Milk 0.99", "BREAD 3.10"], "verified"),
        ("99.99", ["TOTAL 12.40"], "unverified"),
        ("none", ["TOTAL 12.40"], "unverified"),
        ("12.40", [], "unverified"),
    ],
)
def test_figures_are_held_against_print(answer: str, printed: list[str], status: str) -> None:
    regions = tuple(
        Region(artifact="a", page=1, x0=0, y0=0, x1=1, y1=1, label=text) for text in printed
    )
    result = ToolResult(text=answer, answer=answer, evidence=regions)
    assert reading_status(result) == status


def test_amounts() -> None:
    assert [amount(text) for text in ("1,234.50", "12,40", "RM 9.00", "no")] == [
        1234.5, 12.4, 9.0, None,
    ]  # fmt: skip


def test_boxes_are_matched_one_to_one() -> None:
    a, b = (0.0, 0.0, 10.0, 10.0), (20.0, 0.0, 30.0, 10.0)
    assert same_boxes([a, b], [b, (1.0, 0.0, 11.0, 10.0)])
    assert not same_boxes([a, a], [a, b]) and not same_boxes([a], [])
    assert same_boxes([], []) and iou(a, b) == 0


def test_the_margin_moves_the_picture() -> None:
    wide, dx, dy = with_margin(PICTURE)
    assert wide.size == (320 + 2 * dx, 240 + 2 * dy) and dx == 16 and dy == 12
