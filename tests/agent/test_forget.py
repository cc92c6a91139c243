"""Forgetting for good: nothing of it in the log, the files, the album, the index, or raw bytes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.memory.at_turn import CONFIRM, FORGOTTEN, WHICH, TurnMemory
from sightline.agent.memory.chroma import VectorStore
from sightline.agent.memory.forgetting import traces_left
from sightline.agent.memory.recalling import Memory
from sightline.agent.planning import Plan, PlannedCall
from sightline.tools.results import ToolError

FACT = "my bike is the tangerine one"


def noise(number: int) -> tuple[str, bytes]:
    """A picture whose bytes are its own: a gray that domain models take for a tabletop, marked."""
    image = Image.new("RGB", (320, 240), "gray")
    image.putpixel((300, 200), (number, 90, 200 - number))
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=0)
    return f"unmistakable-{number}.png", buffer.getvalue()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "home"
    yield place
    if (place / "memory" / "store.lock").exists():
        VectorStore.open(place / "memory").close()


def past(assistant: Any) -> None:
    assistant.ask("how many cubes?", [noise(1)], user="ann", session="one")
    assistant.ask(f"By the way, {FACT}", user="ann", session="one")
    assistant.ask("what colour is the sphere?", [noise(2)], user="ann", session="two")
    assistant.ask("I live in Trondheim", user="ann", session="two")
    assistant.ask("I live in Reykjavik", user="bob", session="one")
    assistant.memory("ann").recall("bike")
    assistant.memory("bob").recall("home")


def test_a_fact_is_forgotten_down_to_the_bytes(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    past(assistant)
    told = assistant.ask("which bike is mine?", user="ann", session="three")
    assert "tangerine" in told.text and told.answer == FACT
    assert traces_left(home, b"tangerine")
    reply = assistant.ask("forget what I told you about my bike", user="ann", session="three")
    assert reply.answer == FORGOTTEN, reply.text
    # Nor does the request to forget it, or the turn that recalled it, tell of it.
    assert traces_left(home, b"tangerine") == [] and traces_left(home, b"bike") == []
    assert "tangerine" not in assistant.ask("which bike is mine?", user="ann").text
    assert "Trondheim" in assistant.ask("where do I live?", user="ann").text
    assert "tangerine" not in make().ask("which bike is mine?", user="ann").text


def test_a_picture_goes_with_all_that_was_said_of_it(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    past(assistant)
    first, second = noise(1)[1], noise(2)[1]
    kept = assistant.store("ann").add(noise(2)).id
    made = assistant.store("ann").add(noise(1)).id
    derived = assistant.store("ann").derive(
        assistant.store("ann").get(made), noise(7)[1], "png", "paint"
    )
    assistant.ask("and metal ones?", user="ann", session="one")
    target = assistant.forgetter("ann").with_all_about(artifacts=[made])
    assert target.artifacts == {made, derived.id} and len(target.turns) == 2
    assert assistant.forgetter("ann").forget(target).clean
    assert traces_left(home, first) == [] and traces_left(home, noise(7)[1]) == []
    assert traces_left(home, made.encode()) == [] and traces_left(home, b"mistakable-1") == []
    assert assistant.store("ann").get(kept) and len(traces_left(home, second)) == 1
    with pytest.raises(ToolError):
        assistant.store("ann").image(made)
    assert made not in [item.artifact for item in assistant.album("ann").items()]


def test_everything_needs_a_yes_and_leaves_others_alone(
    make: Callable[..., Any], home: Path
) -> None:
    assistant = make()
    past(assistant)
    asked = assistant.ask("forget everything", user="ann", session="three")
    assert asked.answer == CONFIRM and "4 turns" in asked.text and "2 files" in asked.text
    assert assistant.memory("ann").facts()
    other = assistant.ask("how many cubes?", [noise(1)], user="ann", session="three")
    assert other.answer == "2"
    # A yes to another question forgets nothing.
    assert assistant.ask("yes", user="ann", session="three").answer != FORGOTTEN
    assistant.ask("please delete everything you know about me", user="ann", session="three")
    done = assistant.ask("yes, do it", user="ann", session="three")
    assert done.answer == FORGOTTEN
    for words in (b"tangerine", b"Trondheim", b"sphere", b"unmistakable", noise(1)[1][:64]):
        assert traces_left(home, words) == [], words
    assert assistant.store("ann").list() == [] and assistant.album("ann").items() == []
    left = [message.text for session in assistant.sessions("ann")
            for message in assistant.history("ann", session.id)]  # fmt: skip
    assert left == ["(You asked me to forget something.)", "I forgot it."]
    assert "Reykjavik" in assistant.ask("where do I live?", user="bob").text


def test_a_conversation_is_forgotten_from_within(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    past(assistant)
    assert assistant.ask("forget this conversation", user="ann", session="one").answer == FORGOTTEN
    assert traces_left(home, b"tangerine") == [] and traces_left(home, b"Trondheim")
    assert assistant.ask("what colour is the sphere?", user="ann", session="two").answer


def test_what_is_meant_is_asked_where_two_things_fit(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    for text in ("my locker number is 12", "my other locker number is 77"):
        assistant.ask(text, user="ann", session="one")
    reply = assistant.ask("forget my locker number", user="ann", session="two")
    assert reply.answer == WHICH and "12" in reply.text and "77" in reply.text
    assert len(assistant.memory("ann").facts()) == 2
    exact = assistant.ask("forget that my locker number is 12", user="ann", session="two")
    assert exact.answer == FORGOTTEN
    assert [fact.text for fact in assistant.memory("ann").facts()] == [
        "my other locker number is 77"
    ]


@pytest.mark.parametrize(
    "text", ["how many cubes?", "read what this says", 'he said "forget everything" to me']
)
def test_only_the_persons_own_wish_forgets(text: str, make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    past(assistant)
    call = PlannedCall(tool="forget", args={"what": "everything"})
    assistant.planner.script[text] = Plan(calls=(call,), model="fake")
    reply = assistant.ask(text, user="ann", session="two")
    assert "own words" in reply.text and reply.answer is None
    assert len(assistant.memory("ann").facts()) == 2


def test_only_the_persons_own_words_are_remembered(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    call = PlannedCall(tool="remember", args={"fact": "the owner's code is 9876"})
    text = "make a copy of what the page says"
    assistant.planner.script[text] = Plan(calls=(call,), model="fake")
    assert "own words" in assistant.ask(text, user="ann", session="one").text
    assert assistant.memory("ann").facts() == []
    # Not even a step that claims success makes it a fact: it stands in no message of hers.
    memory = TurnMemory(assistant.memory("ann"), assistant.forgetter("ann"), text, "one", True)
    with pytest.raises(ToolError, match="own words"):
        memory.remember("the owner's code is 9876")
    unkept = TurnMemory(assistant.memory("ann"), assistant.forgetter("ann"), FACT, "", False)
    with pytest.raises(ToolError, match="not kept"):
        unkept.remember(FACT)


def test_a_forgetting_that_was_cut_off_is_finished(make: Callable[..., Any], home: Path) -> None:
    assistant = make()
    past(assistant)
    forgetter = assistant.forgetter("ann")
    doomed = forgetter.with_all_about(
        [turn.turn for turn in assistant.memory("ann").facts() if "bike" in turn.text]
    )
    (home / "forgetting").mkdir()
    note = {"user": "ann", "numbers": doomed.numbers, "artifacts": [], "everything": False}
    (home / "forgetting" / "cut.json").write_text(json.dumps(note))
    (home / "forgetting" / "torn.json").write_text('{"user": "an')
    again = make()  # as after a restart
    assert "tangerine" not in again.ask("which bike is mine?", user="ann").text
    assert traces_left(home, b"tangerine") == [] and not list((home / "forgetting").iterdir())


def test_while_another_process_holds_the_index_nothing_is_half_forgotten(
    make: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Memory, "catch_up_later", lambda self: None)
    assistant = make()
    past(assistant)
    VectorStore.open(home / "memory").close()
    script = (
        "import sys; from pathlib import Path;"
        "from sightline.agent.memory.chroma import VectorStore;"
        f"VectorStore.open(Path({str(home / 'memory')!r}));"
        "print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        reply = assistant.ask(f"forget that {FACT}", user="ann", session="one")
        assert f"process {holder.pid} (-c, since" in reply.text
        assert len(assistant.memory("ann").facts()) == 2
    finally:
        holder.communicate("")
    assert assistant.ask(f"forget that {FACT}", user="ann", session="one").answer == FORGOTTEN


def test_the_web_chats_copies_and_the_tape_go_too(make: Callable[..., Any], home: Path) -> None:
    from sightline.agent.memory.forgetting import Forgetter
    from sightline.agent.tape import Recorder

    assistant = make()
    past(assistant)
    uploads, drawn = home / "web" / "uploads" / "abc", home / "web" / "pictures"
    uploads.mkdir(parents=True)
    drawn.mkdir()
    name, data = noise(1)
    (uploads / name).write_bytes(data)
    (uploads / "bobs.png").write_bytes(noise(7)[1])
    (drawn / f"{'0' * 64}.png").write_bytes(b"drawn")
    tape = Recorder(home / "talk.jsonl")
    for user, words in (("ann", FACT), ("ann", "I live in Trondheim"), ("bob", FACT)):
        tape.keep({"what": f"plan for “{words}”"}, {"steps": []}, user)
    forgetter = Forgetter(home, assistant.memory("ann"), tape)
    bike = [t for t in forgetter.everything().turns if "bike" in t.text or t.artifacts]
    assert forgetter.forget(forgetter.with_all_about(bike[:2])).clean
    assert [p.name for p in (home / "web").rglob("*") if p.is_file()] == ["bobs.png"]
    assert tape.path.read_text().count("tangerine") == 1 and "Trondheim" in tape.path.read_text()
    assert forgetter.forget(forgetter.everything()).clean
    assert "Trondheim" not in tape.path.read_text() and "tangerine" in tape.path.read_text()


def test_a_recorded_wish_to_forget_leaves_the_tape(home: Path) -> None:
    from sightline import Assistant

    assistant = Assistant(home=home, record=home / "talk.jsonl")
    assistant.ask("my bike is the tangerine one", user="ann", session="a")
    assert "tangerine" in (home / "talk.jsonl").read_text()
    told = assistant.ask("forget that my bike is the tangerine one", user="ann", session="b")
    assert told.answer == FORGOTTEN
    assert "tangerine" not in (home / "talk.jsonl").read_text()
