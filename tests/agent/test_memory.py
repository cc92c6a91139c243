"""Memory: recall across conversations by words and by picture, for one user only."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.language import embed
from sightline.agent.memory import index as module
from sightline.agent.memory.chroma import VectorStore
from sightline.agent.memory.when import span_of, told
from sightline.agent.planning import Plan, PlannedCall
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


def test_all_that_is_told_of_is_given_back_and_only_what_was_meant(
    make: Callable[..., Any], folder: Path
) -> None:
    assistant = make()
    past(assistant)
    store = assistant.store("ann")
    page, picture = (store.add(image).id for image in (PAGE, PICTURE))
    shown = assistant.memory("ann").recall("what did I show you before?")
    assert shown.artifacts == (page, picture)  # the newest last: "it" is that
    assistant.ask("both again", [PAGE, PICTURE], user="ann", session="four")
    receipts = assistant.memory("ann").recall("which documents have I sent today?")
    assert receipts.artifacts == (page,)


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
    monkeypatch.setattr(module.MemoryIndex, "catch_up_later", lambda self: None)
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


def test_a_turn_that_ends_does_not_wait_for_the_index(
    make: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = make()
    past(assistant)
    begun, go_on = threading.Event(), threading.Event()

    def slow(texts: Any) -> Any:
        begun.set()
        go_on.wait(60)
        return embed(texts)

    monkeypatch.setattr(module, "embed", slow)
    memory = assistant.memory("ann")
    indexing = threading.Thread(target=memory.caught_up)
    indexing.start()
    assert begun.wait(60)
    ending = threading.Thread(target=memory.catch_up_later, args=(600.0,))
    ending.start()
    ending.join(20)
    waited = ending.is_alive()
    go_on.set()
    indexing.join(60)
    assert not waited


def test_a_fact_stated_in_passing_comes_back(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    told = assistant.ask("By the way, my bike is the red one", user="ann", session="one")
    assert "my bike is the red one" in told.text
    text = "I live in Oslo. How many cubes?"
    call = PlannedCall(tool="vqa", args={"question": "how many cubes?"})
    assistant.planner.script[text] = Plan(calls=(call,), model="fake")
    assert "2" in assistant.ask(text, [PICTURE], user="ann", session="one").text
    again = make()  # as after a restart
    assert again.ask("which bike is mine?", user="ann").answer == "my bike is the red one"
    assert again.ask("where do I live?", user="ann").answer == "I live in Oslo"
    assert "Oslo" in again.ask("what do you know about me?", user="ann").text
    again.ask("my bike is the blue one now", user="ann", session="two")
    assert again.ask("which bike is mine?", user="ann").answer == "my bike is the blue one now"
    # In the words of another person the question finds nothing.
    again.ask("hi", user="bob")
    assert "red" not in again.ask("which bike is mine?", user="bob").text


def test_recall_by_time_and_by_conversation(make: Callable[..., Any], folder: Path) -> None:
    now = datetime(2026, 11, 25, 15, 0)
    assistant = make(clock=lambda: now.timestamp())
    days = ((2, "one", PICTURE), (16, "two", PAGE), (24, "three", RED))
    for day, session, picture in days:
        now = datetime(2026, 11, day, 10, 0)
        assistant.ask("what is the total?", [picture], user="ann", session=session)
    now = datetime(2026, 11, 25, 15, 0)

    def first(words: str) -> str:
        found = assistant.ask(words, user="ann", keep=False).evidence
        return found[0].id.split("/")[0] if found else ""

    assert first("what did I show you yesterday?") == "three"
    assert first("what did I send you on Monday last week?") == "two"
    assert first("what was the first thing I ever showed you?") == "one"
    assert first("what did I show you two sessions ago?") == "two"
    assert first("what did I send you in our last conversation?") == "three"
    assert first("what did I show you on 2 November?") == "one"
    assert first("what was the second thing I showed you?") == "two"
    assert first("what did I show you on Sunday?") == ""


def test_an_index_that_is_lost_or_damaged_is_made_again(
    make: Callable[..., Any], folder: Path
) -> None:
    assistant = make()
    past(assistant)
    memory = assistant.memory("ann")
    before = memory.recall("the dinner receipt")
    rows = {name: VectorStore.open(folder).rows(name, "ann") for name in ("words", "pictures")}
    assert memory.missing() == {"words": (0, 0), "pictures": (0, 0)} and rows["pictures"]
    VectorStore.open(folder).close()
    for file in folder.glob("index-*/chroma.sqlite3"):
        file.write_bytes(b"not a database at all")
    again = make().memory("ann")
    assert again.recall("the dinner receipt").text == before.text
    assert {n: VectorStore.open(folder).rows(n, "ann") for n in ("words", "pictures")} == rows
    VectorStore.open(folder).remove_rows("words", list(rows["words"])[:1])
    assert again.missing()["words"] == (1, 0)
    assert again.rebuild() == 2 and again.missing()["words"] == (0, 0)
    rows["album"] = VectorStore.open(folder).rows("album", "ann")
    assert {name: VectorStore.open(folder).rows(name, "ann") for name in rows} == rows
    assert len(rows["album"]) == 2


def test_a_region_pointed_at_is_remembered(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    assistant.ask("show me the red cube", [PICTURE], user="ann", session="one")
    memory = assistant.memory("ann")
    (region,) = [row for row in VectorStore.open(memory.caught_up().folder).rows("pictures", "ann")
                 if "/region/" in row]  # fmt: skip
    assert region
    found = memory.recall("do you remember where the red cube was?")
    assert any(getattr(e, "id", "").startswith("one/") for e in found.evidence)


def test_a_long_conversation_is_summed_up(make: Callable[..., Any], folder: Path) -> None:
    assistant = make()
    assistant.ask("what's the total on the dinner receipt?", [PAGE], user="ann", session="long")
    assistant.ask("how many cubes?", [PICTURE], user="ann", session="long")
    assistant.ask("my bike is the red one", user="ann", session="long")
    for _ in range(10):
        assistant.ask("hi there", user="ann", session="long")
    reply = assistant.ask(
        "what's the total on the document from the beginning?", user="ann", session="long"
    )
    assert "12.40" in reply.text
    last = assistant.planner.seen[-1][-1]
    assert "a1: the picture, the first document" in last.earlier
    assert "The user said: my bike is the red one" in last.earlier
    assert "Checked: There are 2 cubes." in last.earlier and len(last.earlier) < 1600
    assistant.ask("how many cubes?", [PICTURE], user="ann", session="short")
    assert assistant.planner.seen[-1][-1].earlier == ""
