"""Memory: recall across conversations by words and by picture, for one user only."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.memory import index as module
from sightline.agent.memory.chroma import VectorStore
from sightline.agent.memory.when import span_of, told
from sightline.tools.results import Memory

PICTURE = Image.new("RGB", (320, 240), "gray")
PAGE = Image.new("RGB", (320, 240), "white")
RED = Image.new("RGB", (320, 240), (220, 20, 20))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "home" / "memory"
    yield place
    if (place / "store.lock").exists():
        VectorStore.open(place).close()


def past(assistant: Any) -> None:
    assistant.ask("what's the total on the dinner receipt?", [PAGE], user="ann", session="one")
    assistant.ask("what colour is the sphere?", [PICTURE], user="ann", session="two")
    assistant.ask("what colour is the sphere?", [RED], user="bob", session="one")


def test_recall_by_words_across_sessions(make: Callable[..., Any], folder: Path) -> None:
    past(make())
    assistant = make()  # as after a restart
    reply = assistant.ask("do you remember the dinner receipt?", user="ann", session="three")
    assert "12.40" in reply.text and "dinner receipt" in reply.text
    assert [s.role for s in reply.steps][1] == "librarian"
    first = reply.evidence[0]
    assert isinstance(first, Memory) and first.id.startswith("one/")
    sphere = assistant.ask("do you remember the sphere?", user="ann")
    assert "blue" in sphere.text and "receipt" not in sphere.text


@pytest.mark.parametrize("words", ["what did I show you before?", "which pictures have I sent?"])
def test_a_question_about_nothing_in_particular_gets_the_newest(
    words: str, make: Callable[..., Any], folder: Path
) -> None:
    assistant = make()
    past(assistant)
    told_back = assistant.memory("ann").recall(words)
    assert "sphere" in told_back.text and told_back.evidence[0].id.startswith("two/")
    assert assistant.memory("ann").recall("the elephant in Rome").answer == "none"


def test_nobody_recalls_what_another_showed(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    past(assistant)
    assistant.ask("hi", user="eve")
    assistant.memory("ann").recall("receipt")  # ann's rows are in the store now
    for words in ("do you remember the dinner receipt?", "remember total 12.40"):
        reply = assistant.ask(words, user="eve")
        assert "12.40" not in reply.text.replace(words, "") and not reply.evidence
    seen = assistant.memory("bob").recall("this picture", PICTURE)
    assert seen.answer == "none" and not seen.evidence
    assert assistant.memory("bob").recall("this picture", RED).evidence


def test_recall_by_picture(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    past(assistant)
    memory, store = assistant.memory("ann"), assistant.store("ann")
    # Both pictures have one hue, all that this embedder sees: the very same file is known by id.
    page, gray = store.add(PAGE).id, store.add(PICTURE).id
    assert "dinner receipt" in memory.recall("have I shown you this?", PAGE, page).text
    assert "sphere" in memory.recall("have I shown you this?", PICTURE, gray).text
    assert memory.recall("have I shown you this?", RED).answer == "none"


def test_a_deleted_conversation_is_forgotten(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    past(assistant)
    assert assistant.memory("ann").recall("the dinner receipt").evidence
    assistant.delete("ann", "one")
    assert "12.40" not in assistant.memory("ann").recall("the dinner receipt").text


def test_rows_can_be_rebuilt(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    past(assistant)
    memory = assistant.memory("ann")
    before = memory.recall("the dinner receipt")
    assert memory.rebuild() == 2
    after = memory.recall("the dinner receipt")
    assert (after.text, after.evidence) == (before.text, before.evidence)


def test_a_store_held_by_another_process_is_named_and_recall_goes_on(
    make: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.Memory, "catch_up_later", lambda self: None)
    assistant = make()
    past(assistant)
    folder.mkdir(parents=True, exist_ok=True)
    script = (
        "import sys, json, os; from filelock import FileLock; from pathlib import Path;"
        f"f = Path({str(folder)!r}); lock = FileLock(f / 'store.lock'); lock.acquire();"
        "about = {'pid': os.getpid(), 'since': '09:00', 'command': 'sightline chat'};"
        "(f / 'holder.json').write_text(json.dumps(about));"
        "print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        found = assistant.memory("ann").recall("the dinner receipt")
        named = f"process {holder.pid} (sightline chat, since 09:00)"
        assert "12.40" in found.text and named in found.text
    finally:
        holder.communicate("")
    assert "process" not in assistant.memory("ann").recall("the dinner receipt").text


def test_times_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 25, 15, 0)  # a Wednesday
    monday = span_of("the receipt I showed you on Monday", now)
    assert monday and datetime.fromtimestamp(monday[0]) == datetime(2026, 11, 23)
    yesterday = span_of("what did I ask yesterday?", now)
    assert yesterday and datetime.fromtimestamp(yesterday[1]) == datetime(2026, 11, 25)
    week = span_of("that letter from last week", now)
    assert week and datetime.fromtimestamp(week[0]) == datetime(2026, 11, 16)
    ago = span_of("two days ago", now)
    assert ago and datetime.fromtimestamp(ago[0]) == datetime(2026, 11, 23)
    assert span_of("the red cube", now) is None
    assert told(now.timestamp(), now) == "today at 15:00"
    assert told(datetime(2026, 11, 20, 9, 5).timestamp(), now) == "on Friday 20 November"


def test_a_time_that_nothing_happened_in(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    past(assistant)
    reply = assistant.memory("ann").recall("the dinner receipt from last week")
    assert reply.answer == "none" and "12.40" not in reply.text
