"""Bad turns are one sentence each, before anything is stored; the conversation stays whole."""

from typing import Any

import pytest
from sightline.agent.refusals import refusal
from sightline.tools.limits import Limits

from .conftest import picture

LIMITS = Limits(message_chars=30, attachments=2)


def refused(text: str = "how many?", files: int = 0, user: str = "me", session: Any = None) -> str:
    return refusal(text, [b"x"] * files, user, session, LIMITS)


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\x1b", "\u200b"])
def test_nothing_is_asked(text: str) -> None:
    assert refused(text) == (
        "Your message is empty; ask me something about a picture, a document or a clip."
    )
    assert refused(text, files=1) == ""  # a file alone is a turn


def test_limits_are_held_to_the_last_one_that_fits() -> None:
    assert refused("x" * 30) == "" and refused(files=2) == ""
    assert refused("x" * 31) == "Your message has 31 characters; I read up to 30 at a time."
    assert refused(files=3) == "I take up to 2 files with a message, not 3."


def test_names_have_a_length() -> None:
    assert refused(user="u" * 200, session="s" * 200) == ""
    for name in ("", "n" * 201):
        assert refused(user=name).startswith("I need to know who is asking")
        assert refused(session=name).startswith("The name of a conversation has between 1")


def test_a_refused_turn_leaves_no_trace(make: Any, tmp_path: Any) -> None:
    assistant = make()
    first = assistant.ask("how many cubes?", [picture()], session="s")
    long = assistant.ask("x" * 20_000, session="s")
    assert "20,000 characters" in long.text and long.text.count(".") == 1 and not long.steps
    assert len(assistant.history("me", "s")) == 2
    assert assistant.ask("how many cubes?", session="s").answer == first.answer


def test_a_profile_sets_what_is_taken(make: Any, tmp_path: Any) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nextends: embedded\nlimits: {message_chars: 5}\n")
    assert "I read up to 5 at a time" in make(profile=str(path)).ask("how many?").text
