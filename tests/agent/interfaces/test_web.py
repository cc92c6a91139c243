"""The web chat in a real browser: upload, ask, see the box, stop, reload, history still there."""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sightline import Assistant
from sightline.agent.interfaces.chat_view import plain, secret_of
from sightline.agent.interfaces.web import EXAMPLES, WebChat, examples, known, serve
from sightline.models.spec import WEIGHTS

_spec = importlib.util.spec_from_file_location("scripted", Path(__file__).with_name("scripted.py"))
assert _spec and _spec.loader
scripted = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scripted)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NEEDED = ("router", "domain", "scene_parser", "program_parser")
PATIENCE = 180_000  # milliseconds; models load while the first answer is waited for


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The chat over the real assistant, with one model that is slow enough to be stopped."""
    missing = [name for name in NEEDED if not (WEIGHTS / name / "model.safetensors").is_file()]
    if missing:
        pytest.skip(f"no weights of {', '.join(missing)} are shipped")
    scripted.RELEASE.clear()
    slow = {"tools.caption": scripted.SlowCaptioner()}
    page, url = serve(Assistant(home=tmp_path, models=slow), wait=False)
    yield url
    scripted.RELEASE.set()
    page.close(verbose=False)


def open_page(browser: Any, address: str) -> tuple[Any, list[str]]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector("#box textarea")
    return page, asked


def test_the_whole_of_a_visit(browser: Any, address: str) -> None:
    page, asked = open_page(browser, address)
    # Upload and ask.
    page.set_input_files("#box input[type=file]", str(EXAMPLES / "table.png"))
    page.wait_for_selector("#box .thumbnails, #box .thumbnail-image, #box img")
    page.fill("#box textarea", "How many shiny <b>things</b> are there?")
    page.press("#box textarea", "Enter")
    # See the answer, and the picture with a box drawn.
    drawn = "#chat .bot-row .image-frame img"
    page.wait_for_selector(drawn)
    said = page.inner_text("#chat")
    assert "2" in said.split("are there?")[-1]
    assert "<b>things</b>" in said  # shown as typed, not as markup
    # Steps unfold.
    page.click("#chat .thought-group .title >> nth=0")
    page.wait_for_selector("#chat >> text=Perception looked for the answer")
    # Stop really stops.
    page.fill("#box textarea", "describe this picture in detail")
    page.press("#box textarea", "Enter")
    page.wait_for_selector("#chat >> text=Perception described the picture")
    page.click("#box button[aria-label='Stop']")
    page.wait_for_selector("#chat >> text=Stopped.")
    page.wait_for_selector("#box button[aria-label='Submit'], #box .submit-button")
    assert "Never read." not in page.inner_text("#chat")
    # Reload: the history is still there, and so is the drawn picture.
    page.reload()
    page.wait_for_selector(drawn)
    assert "How many shiny" in page.inner_text("#sessions")
    # A new conversation is empty; the old one opens from the list.
    page.click("#new")
    page.wait_for_selector("#chat .example")
    page.click("#sessions label >> nth=0")
    page.wait_for_selector(drawn)
    # Nothing was asked of any other machine.
    assert all(url.startswith((address.rstrip("/"), "data:", "blob:")) for url in asked), asked


def test_each_browser_sees_its_own_conversations(browser: Any, address: str) -> None:
    mine, _ = open_page(browser, address)
    mine.fill("#box textarea", "hello there")
    mine.press("#box textarea", "Enter")
    mine.wait_for_selector("#sessions label")
    other, _ = open_page(browser, address)
    other.wait_for_selector("#chat .example")
    assert other.query_selector("#sessions label") is None


def test_examples_are_shipped() -> None:
    assert len(examples()) == 4
    assert all((EXAMPLES / name).stat().st_size < 200_000 for name, _ in examples())


def test_a_browser_cannot_choose_who_it_is(tmp_path: Path) -> None:
    token = "0" * 32
    assert known({"user": token, "session": "s"}) == {"user": token, "session": "s"}
    for forged in (None, "x", {"user": "me"}, {"user": "me", "session": "s"}):
        state = known(forged)
        assert len(state["user"]) == 32
        assert state["session"] == ""
    chat = WebChat(scripted.scripted_assistant(tmp_path))
    request: Any = type("Request", (), {"username": None})()
    assert chat.user(known({"user": token}), request) == f"web-{token}"
    request.username = "ann"
    assert chat.user(known(None), request) == "ann"


def test_a_turn_is_streamed_and_kept(tmp_path: Path) -> None:
    chat = WebChat(scripted.scripted_assistant(tmp_path))
    request: Any = type("Request", (), {"username": None})()
    message = {"text": "how many?", "files": [str(EXAMPLES / "table.png")]}
    *_, last = list(chat.send(message, None, request))
    shown, _, state, _ = last
    files = [part for m in shown for part in m["content"] if isinstance(part, dict)]
    assert len(files) == 2  # what was sent, and the same with a box
    assert "large cyan metal sphere" in files[1]["alt_text"]
    assert all(Path(part["path"]).is_file() for part in files)
    # Another process over the same home shows the same.
    again = WebChat(scripted.scripted_assistant(tmp_path))
    *_, opened = list(again.opened(state, request))
    assert opened[0] == shown
    # A refused message is answered, and not kept.
    *_, refused = list(chat.send({"text": "x" * 20_000, "files": []}, state, request))
    assert "20,000" in str(refused[0][-1])
    assert again.view.conversation(chat.user(state, request), state["session"]) == shown


def test_a_stopped_turn_ends_at_once(tmp_path: Path) -> None:
    scripted.RELEASE.clear()
    chat = WebChat(scripted.scripted_assistant(tmp_path))
    request: Any = type("Request", (), {"username": None})()
    message = {"text": "describe it", "files": [str(EXAMPLES / "table.png")]}
    turn = chat.send(message, None, request)
    _, _, state, _ = next(turn)
    while "described the picture" not in str(next(turn)[0]):
        pass
    # A page that is reloaded meanwhile follows the same turn.
    assert "described the picture" in str(next(chat.opened(state, request))[0])
    shown, _, _ = chat.stop(state, request)
    assert shown[-1]["content"] == "Stopped."
    assert not any(m.get("metadata", {}).get("status") == "pending" for m in shown)
    assert "Never read." not in str(list(turn))
    scripted.RELEASE.set()


def test_text_is_shown_as_it_is() -> None:
    assert plain("<img src=x> & *b*") == "&lt;img src=x&gt; &amp; *b*"


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    first = secret_of(tmp_path / "web" / "secret")
    assert secret_of(tmp_path / "web" / "secret") == first
    assert (tmp_path / "web" / "secret").stat().st_mode & 0o077 == 0
