"""The routing measure on plans written by hand."""

from collections.abc import Sequence

import pytest
from sightline.data.requests import Request, parse_request
from sightline.evals.tasks.routing import compare, content_words, evaluate, same_argument, spell

LINES = [
    "P | show me {1:the red cube} please => ground",
    "PP | hello there, how many balls are in the first? => vqa@1",
    "P | {1:make it blue} and describe it => edit ; caption:short",
    "N | hi => reply:smalltalk",
]


class Parrot:
    """Answers with the wanted plans, or those of other lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.plans = iter([parse_request(line) for line in lines])

    def route(self, turns: Sequence, kinds: Sequence) -> list[Request]:
        return [next(self.plans) for _ in turns]


@pytest.fixture
def requests() -> list[Request]:
    return [parse_request(line, f"f:{i}") for i, line in enumerate(LINES)]


def test_content_words() -> None:
    assert content_words("Show me the RED cube, please!") == ["red", "cube"]
    assert content_words("the") == []
    assert content_words("please") == ["please"]


def test_all_right(requests: list[Request]) -> None:
    figures, samples = evaluate(Parrot(LINES), requests)
    assert figures["sequence"] == figures["arguments"] == figures["exact"] == 1
    assert figures["by_calls"]["2"]["n"] == 1
    assert figures["tools"]["ground"] == 1
    assert samples[0]["given"] == "ground(the red cube)"


def test_what_is_wrong(requests: list[Request]) -> None:
    given = [
        "P | show me the red cube {1:please} => ground",
        "PP | hello there, how many balls are in the first? => vqa",
        "P | {1:make it blue} and describe it => edit ; caption",
        "N | hi => reply:scope",
    ]
    figures, _ = evaluate(Parrot(given), requests)
    assert figures["sequence"] == 0.75
    assert figures["arguments"] == figures["exact"] == 0
    assert figures["words"] == figures["picks"] == figures["options"] == pytest.approx(2 / 3)
    assert figures["tools"]["reply:smalltalk"] == 0


def test_whole_turn_against_mark() -> None:
    turn = "hello there, how many balls are in the first box?"
    call = parse_request("P | " + turn + " => vqa").calls[0]
    assert same_argument("how many balls are in the first box", call, turn)
    assert not same_argument("how many balls", call, turn)
    marked = parse_request("P | so, {1:how many balls are in the first box}? => vqa").calls[0]
    assert not same_argument("balls are in the first box", marked, turn)
    assert same_argument("so how many balls are in the first box", marked, "so how many balls are "
                         "in the first box")  # fmt: skip


def test_order_matters(requests: list[Request]) -> None:
    other = parse_request("P | {2:make it blue} after describing it => caption:short ; edit")
    assert compare(other, requests[2]) == {"sequence": False}
    assert spell(other) == "caption:short ; edit(make it blue)"
