"""The in-process planner: what it hands to the router, and what it makes of the routes."""

from collections.abc import Sequence

from sightline.agent.llm.router import RouterPlanner, alternating
from sightline.agent.planning import Turn
from sightline.models.router.router import Route, RoutedCall
from sightline.tools.registry import find_tools


class Listening:
    """A router that remembers what it was asked."""

    def __init__(self) -> None:
        self.heard: list[Sequence[str]] = []

    def route(self, turns: Sequence[Sequence[str]], kinds: object) -> list[Route]:
        self.heard += turns
        return [Route(reply="smalltalk") for _ in turns]


def talk(n: int) -> list[Turn]:
    roles = ("user", "assistant")
    return [Turn(role=roles[i % 2], text=f"turn {i}") for i in range(n)]


def test_only_the_last_exchanges_are_read() -> None:
    router = Listening()
    RouterPlanner(router).plan(talk(21), find_tools())
    assert router.heard == [("turn 16", "turn 17", "turn 18", "turn 19", "turn 20")]


def test_long_replies_are_heard_from_their_beginning() -> None:
    router = Listening()
    reply = Turn(role="assistant", text="I do not want to guess at this picture. " * 9)
    RouterPlanner(router).plan([*talk(1), reply, *talk(1)], find_tools())
    assert router.heard == [("turn 0", "I do not want to guess at this picture.", "turn 0")]


class Chain(Listening):
    """Finds a thing, then changes "it"."""

    def route(self, turns: Sequence[Sequence[str]], kinds: object) -> list[Route]:
        ground = RoutedCall(tool="ground", argument="the red cube")
        return [Route(calls=(ground, RoutedCall(tool="edit", argument="make it blue")))]


def test_it_waits_for_its_noun() -> None:
    said = [Turn(role="user", text="find the red cube and make it blue", attachments=("picture",))]
    plan = RouterPlanner(Chain()).plan(said, find_tools())
    assert [call.tool for call in plan.calls] == ["ground", "edit"]
    assert [call.after for call in plan.calls] == [(), (0,)]


def test_a_talk_is_routed_once() -> None:
    router = Listening()
    planner = RouterPlanner(router)
    assert planner.plan(talk(3), find_tools()) == planner.plan(talk(3), find_tools())
    assert len(router.heard) == 1


def test_neighbours_of_one_speaker_are_joined() -> None:
    turns = [Turn(role="assistant", text="hello"), *talk(1), Turn(role="user", text="and this?")]
    assert alternating(turns) == ["turn 0\nand this?"]
