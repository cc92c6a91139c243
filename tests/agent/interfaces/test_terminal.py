"""The terminal chat: commands, dropped files, drawn pictures."""

import importlib.util
import io
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console
from sightline.agent.interfaces.terminal import TerminalChat, split_dropped

_spec = importlib.util.spec_from_file_location("scripted", Path(__file__).with_name("scripted.py"))
assert _spec and _spec.loader
scripted = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scripted)


def talk(home: Path, *lines: str) -> tuple[str, TerminalChat]:
    written = io.StringIO()
    typed = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    assistant = scripted.scripted_assistant(home)
    console = Console(file=written, width=200)
    chat = TerminalChat(assistant, "me", None, console, read)
    chat.run()
    return written.getvalue(), chat


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a picture.png"
    Image.new("RGB", (160, 120), "gray").save(path)
    return path


def test_asks_about_an_attached_picture_and_shows_what_it_rests_on(
    tmp_path: Path, picture: Path
) -> None:
    said, _ = talk(
        tmp_path / "home", f"/attach {picture}", "how many shiny things?", "/steps", "/show"
    )
    assert "attached a picture.png" in said
    assert "2" in said
    assert "large cyan metal sphere" in said
    assert "Perception looked for the answer" in said
    shown = list((tmp_path / "home" / "shown").glob("*.png"))
    assert len(shown) == 1
    assert shown[0].name in said


def test_conversations_are_listed_and_reopened(tmp_path: Path, picture: Path) -> None:
    said, chat = talk(
        tmp_path / "home", f"how many here? '{picture}'", "/new", "/sessions", "/open 1"
    )
    assert "how many here?" in said.split("A new conversation.")[1]
    assert chat.session is not None
    assert said.count("you> how many here?") == 1


def test_mistakes_are_answered_by_one_sentence(tmp_path: Path) -> None:
    said, _ = talk(tmp_path / "home", "/nonsense", "/attach /no/such.png", "/open 9", "/show")
    for sentence in ("no command /nonsense", "can't find", "takes a number", "no boxes"):
        assert sentence in said


def test_dropped_files_are_taken_out_of_the_message(picture: Path) -> None:
    assert split_dropped(str(picture)) == ("", [str(picture)])
    quoted = f"what is in '{picture}'"
    assert split_dropped(quoted) == ("what is in", [str(picture)])
    assert split_dropped("what's in a.png?") == ("what's in a.png?", [])
