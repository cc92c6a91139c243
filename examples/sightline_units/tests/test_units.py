"""What a plug-in's author tests: the arithmetic, and that Sightline accepts the tool."""

import pytest
from sightline.tools.results import ToolError
from sightline_units import UnitsTool

TOOL = UnitsTool.model_validate({"context": None})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("convert 3 miles to kilometres", "4.828"),
        ("how many grams are in two pounds?", "907.2"),
        ("what is 70 fahrenheit in celsius?", "21.11"),
        ("how much is a gallon in litres?", "3.785"),
        ("100kg in stone", "15.75"),
        ("3/4 inch in mm", "19.05"),
        ("0 kelvin in celsius", "-273.1"),
    ],
)
def test_amounts(question: str, answer: str) -> None:
    assert TOOL.use(question=question).answer == answer


@pytest.mark.parametrize("question", ["convert this", "3 miles in litres"])
def test_what_cannot_be_converted_is_one_sentence(question: str) -> None:
    with pytest.raises(ToolError, match=r"^[A-Za-z].*\.$"):
        TOOL.use(question=question)
