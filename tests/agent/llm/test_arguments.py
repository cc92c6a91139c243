"""Typed arguments come out of a person's words by the schema alone."""

from enum import Enum
from typing import Any, Literal

import pytest
from pydantic import Field
from sightline.agent.llm.arguments import demanding, fill
from sightline.evals.tasks.plugin_tools import BarcodeTool, ColourArgs, CountArgs, DiceArgs
from sightline.tools.base import ToolArgs


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


class Order(ToolArgs):
    text: str = Field(min_length=1, max_length=20)
    amount: float = Field(gt=0, description="how much")
    unit: Literal["gram", "pound"] = "gram"
    size: Size | None = None
    urgent: bool = False


@pytest.mark.parametrize(
    ("words", "args"),
    [
        ("roll 3d6", {"count": 3, "sides": 6}),
        ("give me a d20", {"sides": 20}),
        ("roll four ten-sided dice", {"count": 4, "sides": 10}),
        ("throw twenty-one dice", {"count": 21}),
        ("a die with 1,000 faces", {"sides": 1000}),
        ("a pair of dice", {"count": 2}),
        ("roll the dice", {}),
        ("roll 5000 dice", {}),  # beyond the schema's bounds: the default stands
    ],
)
def test_numbers_go_where_they_belong(words: str, args: dict[str, Any]) -> None:
    assert fill(DiceArgs, "", words).args == args


def test_types_choices_and_what_is_missing() -> None:
    filled = fill(Order, "text", "2.5 pounds, a large one, and it is urgent")
    assert filled.args == {
        "text": "2.5 pounds, a large ",  # cut to what the schema takes
        "amount": 2.5,
        "unit": "pound",
        "size": "large",
        "urgent": True,
    }
    assert fill(Order, "text", "half a pound").args["amount"] == 0.5
    assert fill(Order, "text", "3/4 gram, not urgent").args == {
        "text": "3/4 gram, not urgent", "amount": 0.75, "unit": "gram", "urgent": False
    }  # fmt: skip
    assert fill(Order, "text", "some sugar").missing == ("amount",)


def test_a_pattern_is_looked_for_in_the_words() -> None:
    assert fill(ColourArgs, "code", "what is (#C0FFEE), please?").args == {"code": "#C0FFEE"}
    assert fill(ColourArgs, "code", "what colour is that?").missing == ("code",)
    schema = BarcodeTool.model_fields["args_schema"].default
    assert fill(schema, "number", "is 4006381333931 valid?").args == {"number": "4006381333931"}


def test_schemas_that_any_words_satisfy() -> None:
    assert demanding(Order, "text") and demanding(ColourArgs, "code")
    assert not demanding(CountArgs, "text") and not demanding(DiceArgs, "")
