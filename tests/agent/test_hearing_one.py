"""One question that looks like two, and two that look like one, by the shipped parser."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.roles.clauses import clauses
from sightline.agent.roles.hearing import one_question
from sightline.models import spec
from sightline.tools.spelling import SpellingParser


@pytest.fixture(scope="module", name="toolbox")
def _toolbox() -> Any:
    words = SpellingParser(spec("program_parser").load(None))
    return SimpleNamespace(tool=lambda name: SimpleNamespace(words=words))


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("look at the block closest to the red thing and tell me its size", True),
        ("is there a blue sphere, and how many cubes are there?", False),
        ("how many cubes are there? what colour is the largest cylinder?", False),
        ("Flip the picture and tell me how many cylinders there are.", False),
        ("What's in the picture? How many spheres are there?", False),
        ("how many metal things are there, also where's the yellow cylinder?", False),
        ("Make the metal sphere rubber. What is it made of?", False),
    ],
)
def test_one_question(toolbox: Any, text: str, one: bool) -> None:
    turn = cast(
        Any,
        SimpleNamespace(text=text, turns=[], tool_context=SimpleNamespace(toolbox=toolbox)),
    )
    whole = Plan(calls=(PlannedCall(tool="vqa", args={"artifact": "a1", "question": text}),))
    assert one_question(whole, clauses(text), turn) is one


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("when the red object appears, is the cube still", 1),
        ("when the movie opens, how many brown ones are moving? if you can see", 1),
        ("how many balls are there, when does the first leave", 2),
        ("when does it leave, and who hits it?", 2),
    ],
)
def test_a_time_put_first_belongs_to_its_question(text: str, parts: int) -> None:
    assert len(clauses(text)) == parts
