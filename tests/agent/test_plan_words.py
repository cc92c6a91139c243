"""What is read from a person's words before anybody acts: clauses, files by name, comparisons."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sightline.agent.planning import Comparison, Plan, PlannedCall
from sightline.agent.roles.clauses import clauses
from sightline.agent.roles.comparing import compared
from sightline.agent.roles.linking import linked
from sightline.agent.roles.naming import files_named
from sightline.agent.roles.weighing import weighed
from sightline.agent.turn import Check, Outcome
from sightline.tools.artifacts import Artifact
from sightline.tools.registry import find_tools
from sightline.tools.results import ToolResult
from sightline.tools.values import comparable


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how many cubes are there?", ["how many cubes are there?"]),
        ("crop to the ball and then describe it", ["crop to the ball", "describe it"]),
        ("Find the cup, make it red, and tell me what you see.",
         ["Find the cup", "make it red", "tell me what you see."]),
        ("what's the total? and when was it?", ["what's the total?", "when was it?"]),
        ("Two photos: which has more cubes?", ["Two photos: which has more cubes?"]),
        ("What a mess! How many cubes?", ["What a mess! How many cubes?"]),
        ("point at the red and blue things", ["point at the red and blue things"]),
        ("is it red or is it blue?", ["is it red or is it blue?"]),
        ('label it "stop, then describe it"', ['label it "stop, then describe it"']),
        ("rotate it after you crop the picture", ["crop the picture", "rotate it"]),
        ("rotate it after you've hidden the ball", ["hide the ball", "rotate it"]),
        ("do I have one with a cube? which?", ["do I have one with a cube? which?"]),
        ("what if the ball wasn't there, who would it hit then?",
         ["what if the ball wasn't there, who would it hit then?"]),
        ("TELL ME, are there any balls?", ["TELL ME, are there any balls?"]),
        ("can you kindly say - of the balls, how many are red?",
         ["kindly say - of the balls, how many are red?"]),
        ("tell me how many balls there are, then crop to the cube",
         ["tell me how many balls there are", "crop to the cube"]),
        ("were the ball not there, what would the cube have hit?",
         ["were the ball not there, what would the cube have hit?"]),
        ("do I have a blue cube? if so mark it", ["do I have a blue cube?", "mark it"]),
        ("open my train ticket, when do I arrive?", ["open my train ticket", "when do I arrive?"]),
        ("a bit bigger, say twice the size", ["a bit bigger, say twice the size"]),
        ("could you describe it, please, and also count the balls",
         ["describe it", "count the balls"]),
    ],
)  # fmt: skip
def test_clauses(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_files_by_name_leave_the_words() -> None:
    files = ["a1", "a2"]
    assert files_named("is the ball in the second picture red?", files) == (
        "is the ball red?",
        ["a2"],
    )
    assert files_named("the second cube", files) == ("the second cube", [])
    assert files_named("the balls in the third photo", files) == (
        "the balls in the third photo",
        [],
    )


def view(kind: str, count: int, fresh: int, text: str) -> Any:
    domain = "document" if kind == "document" else "tabletop"
    shown = tuple(
        Artifact(id=str(n), name=f"{n}.png", kind="picture", width=9, height=9, domain=domain)
        for n in range(count)
    )
    return SimpleNamespace(
        text=text, attachments=shown, fresh=fresh, tools=find_tools(), tool_context=None
    )


PICTURES = [
    ("Which of the two has more cubes?", "which", "more", "cubes", ["a1", "a2"]),
    ("which picture shows the fewest red balls?", "which", "less", "red balls", ["a1", "a2"]),
    ("Are there more metal things in the first picture than in the second?", "whether", "more",
     "metal things", ["a1", "a2"]),
    ("does the second image have fewer cubes than the first one", "whether", "less", "cubes",
     ["a2", "a1"]),
    ("how many more balls are in the first than in the second?", "difference", "more", "balls",
     ["a1", "a2"]),
    ("do both pictures have the same number of cubes?", "whether", "same", "cubes", ["a1", "a2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asks", "order", "noun", "files"), PICTURES)
def test_comparisons_of_pictures(
    text: str, asks: str, order: str, noun: str, files: list[str]
) -> None:
    plan = compared(Plan(), view("picture", 2, 2, text))
    assert plan is not None
    told = plan.comparisons[0]
    assert (told.asks, told.order, told.noun, told.calls) == (asks, order, noun, (0, 1))
    assert [c.args["artifact"] for c in plan.calls] == files
    assert {c.args["question"] for c in plan.calls} == {f"how many {noun} are there?"}


@pytest.mark.parametrize(
    ("text", "order", "noun", "files"),
    [
        ("is the total more than on the last one?", "more", "total", ["a3", "a2"]),
        ("Is the tax on this receipt lower than on the first one?", "less", "tax", ["a3", "a1"]),
        ("is this one older than the previous receipt?", "less", "date", ["a3", "a2"]),
        ("did it cost more than the last one?", "more", "total", ["a3", "a2"]),
    ],
)
def test_comparisons_of_pages_in_a_conversation(
    text: str, order: str, noun: str, files: list[str]
) -> None:
    plan = compared(Plan(), view("document", 3, 1, text))
    assert plan is not None and plan.calls[0].tool == "document_qa"
    assert [c.args["artifact"] for c in plan.calls] == files
    assert (plan.comparisons[0].order, plan.comparisons[0].noun) == (order, noun)


@pytest.mark.parametrize(
    "text",
    [
        "are there more cubes than balls?",
        "which is bigger, the cube or the ball?",
        "is the second cube larger than the first cube?",
        "how many cubes are there?",
        "describe both pictures",
    ],
)
def test_what_is_no_comparison_of_files(text: str) -> None:
    assert compared(Plan(), view("picture", 2, 2, text)) is None
    assert compared(Plan(), view("picture", 1, 1, "which of the two has more cubes?")) is None


def outcome(index: int, answer: str) -> Outcome:
    call = PlannedCall(tool="document_qa", args={"question": "?"})
    return Outcome(index=index, call=call, result=ToolResult(text=answer, answer=answer))


@pytest.mark.parametrize(
    ("first", "second", "order", "answer", "tail"),
    [
        ("RM 1,234.50", "99.90", "more", "yes", "1134.60 more."),
        ("12,40", "12.40", "more", "no", "the same."),
        ("0.30", "0.10", "less", "no", "0.20 more."),
        ("15/03/2018", "2018-03-17", "less", "yes", "2 days earlier."),
    ],
)
def test_printed_values_are_weighed_exactly(
    first: str, second: str, order: str, answer: str, tail: str
) -> None:
    comparison = Comparison(calls=(0, 1), asks="whether", order=cast(Any, order), noun="total")
    found = weighed(
        comparison, [outcome(0, first), outcome(1, second)], [Check(status="verified")] * 2,
        ["the first document", "the second document"],
    )  # fmt: skip
    assert found is not None and found[0] == answer
    assert found[1].text.endswith(tail) and found[1].status == "verified"


def test_what_is_no_value_is_not_weighed() -> None:
    comparison = Comparison(calls=(0, 1), asks="whether", noun="total")
    for other in ("none", "two figures, 3 and 4", "2018-03-17"):
        pair = [outcome(0, "12.40"), outcome(1, other)]
        assert weighed(comparison, pair, [None, None], ["one", "two"]) is None
    assert comparable("2018-03-17") == date(2018, 3, 17)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("is the total on the last page more than on the first page?", [3, 1]),
        ("is the total more than on the first page?", [3, 1]),
        ("is the total on page 2 lower than on page 1?", [2, 1]),
    ],
)
def test_pages_of_one_document_are_compared(text: str, pages: list[int]) -> None:
    turn = view("document", 1, 1, text)
    shown = replace(turn.attachments[0], kind="document", pages=3)
    turn.attachments, turn.tool_context = (shown,), SimpleNamespace(artifact=lambda name: shown)
    plan = compared(Plan(), turn)
    assert plan is not None and {call.args["artifact"] for call in plan.calls} == {"a1"}
    asked = [f"what is the total on page {page}?" for page in pages]
    assert [call.args["question"] for call in plan.calls] == asked


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("read the total", "whether it's over 20", "is the total over 20"),
        ("how much is the tax", "is it under 5?", "is the tax under 5?"),
        ("when is the due date?", "tell me if that was before May", "is the due date before May"),
        ("who sold it?", "whether it's over 20", "whether it's over 20"),
        ("read the total", "who sold it?", "who sold it?"),
        ("highlight where the date stands", "read it to me", "what is the date?"),
    ],
)
def test_it_is_what_the_question_before_asked_of_the_page(
    first: str, second: str, asked: str
) -> None:
    calls = [
        PlannedCall(tool="document_qa", args={"question": said, "artifact": "a1"})
        for said in (first, second)
    ]
    plan = linked(Plan(calls=tuple(calls)), view("document", 1, 1, f"{first} and {second}"))
    assert [call.args["question"] for call in plan.calls] == [first, asked]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("do both of these have a gray cylinder?", "is there a gray cylinder?"),
        ("Does each picture show two red balls?", "are there two red balls?"),
        ("do all three photos contain any cubes", "are there any cubes?"),
    ],
)
def test_what_both_have_is_asked_of_each(text: str, question: str) -> None:
    plan = compared(Plan(), view("picture", 2, 2, text))
    assert plan is not None and not plan.comparisons
    assert [c.args for c in plan.calls] == [
        {"question": question, "artifact": file} for file in ("a1", "a2")
    ]
    assert compared(Plan(), view("picture", 1, 1, text)) is None


def test_its_is_of_what_the_question_before_came_to() -> None:
    calls = tuple(
        PlannedCall(tool="document_qa", args={"question": said, "artifact": "a1"})
        for said in ("which item costs the most?", "give me its quantity too")
    )
    plan = linked(Plan(calls=calls), view("document", 1, 1, "both"))
    assert plan.calls[1].args["question"] == "what is the quantity of $0.answer?"
    assert plan.calls[1].after == (0,)


def test_what_was_changed_is_what_is_described_where_no_file_is_named() -> None:
    calls = (
        PlannedCall(tool="edit", args={"instruction": "remove the ball", "artifact": "a1"}),
        PlannedCall(tool="caption", args={"artifact": "a2"}),
    )
    said = "remove the ball and then describe it"
    plan = linked(Plan(calls=calls), view("picture", 2, 0, said))
    assert plan.calls[1].args["artifact"] == "$0" and plan.calls[1].after == (0,)
    other = linked(
        Plan(calls=calls), view("picture", 2, 0, f"{said[:15]}, describe the other photo")
    )
    assert other.calls[1].args["artifact"] == "a2"


@pytest.mark.parametrize(
    ("kind", "text", "question", "files"),
    [
        ("document", "Add up the totals of both receipts for me", "what is the total?",
         ["a2", "a3"]),
        ("document", "what did I pay for all of these receipts altogether?", "what is the total?",
         ["a1", "a2", "a3"]),
        ("picture", "how many red cubes are there in both pictures together?",
         "how many red cubes are there?", ["a2", "a3"]),
    ],
)  # fmt: skip
def test_sums_over_files(kind: str, text: str, question: str, files: list[str]) -> None:
    plan = compared(Plan(), view(kind, 3, 3, text))
    assert plan is not None and plan.comparisons[0].asks == "sum"
    assert [c.args["artifact"] for c in plan.calls] == files
    assert {c.args["question"] for c in plan.calls} == {question}


def test_figures_are_added_unless_their_currencies_differ() -> None:
    told = Comparison(calls=(0, 1), asks="sum", noun="total")
    names = ["the first document", "the second document"]
    found = weighed(told, [outcome(0, "RM 57.80"), outcome(1, "6.36")], [None, None], names)
    assert found is not None and found[0] == "64.16"
    mixed = [outcome(0, "RM 57.80"), outcome(1, "€ 65,74")]
    assert weighed(told, mixed, [None, None], names) is None
