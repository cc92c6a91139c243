"""The shipped program parser: known questions, and words that are read once."""

from typing import Any

import pytest
from sightline.models.program_parser import parser as module
from sightline.models.program_parser.parser import ProgramParser


@pytest.fixture(scope="module")
def shipped() -> ProgramParser:
    return ProgramParser.load()


@pytest.fixture
def counted(shipped: ProgramParser, monkeypatch: pytest.MonkeyPatch) -> tuple[ProgramParser, Any]:
    """A parser with nothing in mind, and how many texts its model has read, call by call."""
    parser, read = ProgramParser(shipped.model), []
    decode = shipped.model.decode

    def counting(ids: Any, *rest: Any) -> Any:
        read.append(len(ids))
        return decode(ids, *rest)

    monkeypatch.setattr(parser.model, "decode", counting)
    return parser, read


def test_known_questions(shipped: ProgramParser) -> None:
    programs = {
        "how many cubes are there?": "count filter_shape[cube] scene",
        "is there a red ball?": "exist filter_shape[sphere] filter_color[red] scene",
        "what color is the cylinder?": "query_color unique filter_shape[cylinder] scene",
    }
    parsed = shipped.parse(list(programs))
    assert [" ".join(p.tokens) for p in parsed] == list(programs.values())
    assert all(p.confidence > 0.9 for p in parsed)
    assert shipped.parse([]) == []


def test_words_are_read_once(counted: tuple[ProgramParser, list[int]]) -> None:
    parser, read = counted
    first, second = parser.parse(["how many cubes?", "any spheres?"])
    assert parser.parse(["any spheres?"]) == [second] and read == [2]
    assert parser.parse(["any spheres?", "what about cylinders?", "any spheres?"])[0] == second
    assert read == [2, 1] and parser.parse(["how many cubes?"], [""]) == [first]


def test_what_was_said_before_belongs_to_the_words(
    counted: tuple[ProgramParser, list[int]],
) -> None:
    parser, read = counted
    alone = parser.parse(["and metal ones?"])[0]
    after = parser.parse(["and metal ones?"], ["how many cubes are there?"])[0]
    assert read == [1, 1] and alone != after
    assert parser.parse(["and metal ones?"] * 2, ["", "how many cubes are there?"]) == [
        alone,
        after,
    ]
    assert read == [1, 1]


def test_no_more_is_kept_than_is_said(
    counted: tuple[ProgramParser, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    parser, read = counted
    monkeypatch.setattr(module, "_KEPT", 2)
    for text in ("cubes?", "spheres?", "cubes?", "cylinders?"):
        parser.parse([text])
    assert read == [1, 1, 1]
    parser.parse(["cubes?"])  # asked for later than the spheres, which had to go
    assert read == [1, 1, 1]
    parser.parse(["spheres?"])
    assert read == [1, 1, 1, 1]
