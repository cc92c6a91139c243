"""What people say to the memory and the album: corrections, ways out, follow-ups, additions."""

from pathlib import Path

import pytest
from sightline import Assistant
from sightline.agent.memory.at_turn import ASKS_TO_FORGET, OUT_OF_ALBUM
from sightline.agent.memory.facts import stated
from sightline.agent.roles.hearing_search import _ADDS, _KEEPS


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("correction: my sister is called Ada", ["my sister is called Ada"]),
        ("note down: locker code 4417", ["locker code 4417"]),
        ("My flight leaves at 7:40 on Friday. What shape is it?",
         ["My flight leaves at 7:40 on Friday"]),
        ("note the 3 balls?", []),
    ],
)  # fmt: skip
def test_facts(text: str, facts: list[str]) -> None:
    assert stated(text) == facts


def test_out_of_the_album() -> None:
    out = OUT_OF_ALBUM.search("take the one with the gray ball out of the album")
    assert out is not None and out["what"].strip() == "the one with the gray ball"
    assert ASKS_TO_FORGET.search("erase the wifi password from your notes")
    assert not OUT_OF_ALBUM.search("find the cube in my album and remove the ball")


def test_into_the_album() -> None:
    assert _ADDS.search("keep these three in my album")
    assert _ADDS.search("two more for the album, please")
    assert not _ADDS.search("put together what you find in my album: show cubes")
    assert _KEEPS.fullmatch("add this clip as well")
    assert not _KEEPS.fullmatch("save it as jpg") and not _KEEPS.fullmatch("add a red cube")


def test_a_code_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    assistant = Assistant(home=tmp_path)
    assistant.ask("my bike is the red one", session="a")
    assistant.ask("note down: locker code 4417", session="b")
    told = assistant.ask("wipe the locker code from your memory", session="c")
    assert told.answer == "forgotten" and "4417" in told.text
    assert assistant.ask("which bike is mine?", session="d").answer == "my bike is the red one"
    all_of_it = assistant.ask("forget all you have on me", session="d")
    assert all_of_it.answer == "confirm"
    assert assistant.ask("yes", session="d").answer == "forgotten"


def test_what_was_told_last_is_what_a_follow_up_is_about(tmp_path: Path) -> None:
    assistant = Assistant(home=tmp_path)
    assistant.ask("my sister is called Ada", session="a")
    assert assistant.ask("so what's her name?", session="a").answer == "my sister is called Ada"
