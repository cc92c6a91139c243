"""Whole conversations through the served planner; the server is killed in the middle of one."""

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sightline import Assistant
from sightline.agent.events import Finished, TextDelta
from sightline.agent.llm.decoder import DecoderPlanner
from sightline.agent.llm.served import NOTICE, OWN
from sightline.agent.llm.supervisor import Supervisor
from sightline.agent.reply import Reply
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scene

TALK = (
    "how many cubes are there?",
    "and what colour is the largest thing?",
    "find the red cube and describe the picture",
    "where is it?",
    "thanks!",
)


@pytest.fixture
def picture() -> Image.Image:
    scene = sample_scene(np.random.default_rng(8001), max_objects=5)
    return Image.fromarray(render([scene])[0].numpy())


def test_a_conversation_is_the_same_on_both_engines(
    url: str, picture: Image.Image, tmp_path: Path
) -> None:
    served = Assistant(home=tmp_path / "served", planner_url=url)
    here = Assistant(home=tmp_path / "here", planner=DecoderPlanner())
    for number, text in enumerate(TALK):
        files = [picture] if number == 0 else []
        one = served.ask(text, files, session="s")
        other = here.ask(text, files, session="s")
        assert not one.notices
        assert (one.text, one.answer) == (other.text, other.answer)
        assert calls(one) == calls(other)
    planned = [step.model for m in served.history("me", "s") if m.reply for step in m.reply.steps]
    assert any(OWN in model for model in planned)


def test_a_streamed_turn_is_the_whole_turn(url: str, picture: Image.Image, tmp_path: Path) -> None:
    assistant = Assistant(home=tmp_path, planner_url=url)
    whole = assistant.ask(TALK[0], [picture])
    events = list(assistant.stream(TALK[0], [picture]))
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.reply.text == whole.text and calls(last.reply) == calls(whole)
    said = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert said.split() == whole.text.split()


def test_killed_in_mid_turn_and_back(
    server: Supervisor, url: str, picture: Image.Image, tmp_path: Path
) -> None:
    assistant = Assistant(home=tmp_path, planner_url=url)
    first = assistant.ask(TALK[0], [picture], session="s")
    assert not first.notices and OWN in first.steps[0].model
    process = listener(server)
    replies: list[Reply] = []
    # Stopped, it takes the request and never answers: the turn is under way when it is killed.
    os.kill(process, signal.SIGSTOP)
    turn = threading.Thread(target=lambda: replies.append(assistant.ask(TALK[1], session="s")))
    turn.start()
    time.sleep(2)
    assert turn.is_alive()
    os.kill(process, signal.SIGKILL)
    turn.join(30)
    assert replies[0].notices == [NOTICE] and replies[0].answer
    assert OWN not in replies[0].steps[0].model
    assert assistant.ask(TALK[0], session="s").notices == [NOTICE]
    # It may die unnoticed for a moment; then it is started again.
    while server.state == "ready" and not server.healthy():
        time.sleep(0.1)
    assert server.wait(600) and listener(server) != process
    back = assistant.ask(TALK[0], session="s")
    assert not back.notices and OWN in back.steps[0].model and back.answer == first.answer


def calls(reply: Reply) -> list[tuple[str, dict]]:
    return [(step.tool, step.args) for step in reply.steps if step.role != "planner"]


def listener(server: Supervisor) -> int:
    """The process that listens on the server's port."""
    wanted = f":{server.launch.port:04X}"
    inodes = {
        fields[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if (fields := line.split())[1].endswith(wanted) and fields[3] == "0A"
    }
    for entry in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            link = str(entry.readlink())
        except OSError:
            continue
        if link.removeprefix("socket:[").removesuffix("]") in inodes:
            return int(entry.parts[2])
    raise AssertionError("nobody listens")
