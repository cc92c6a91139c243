"""Streamed and whole replies agree; a cancelled request stops the server's model."""

import re
import threading
import time
import urllib.request
from collections.abc import Callable

import openai
import pytest
from sightline.agent.llm.chat_client import ServerAway
from sightline.agent.llm.served import ServedPlanner
from sightline.agent.planning import Turn
from sightline.tools.registry import find_tools

LENGTH = 1900
RUNNING = "vllm:num_requests_running{[^}]*}"
WRITTEN = "vllm:generation_tokens_total{[^}]*}"


def test_streamed_and_whole_replies_agree(
    url: str, kept_out: Callable[[int, int], list[list[Turn]]]
) -> None:
    planner, tools = ServedPlanner(url), find_tools()
    client = openai.OpenAI(base_url=url, api_key="none")
    called = 0
    for talk in kept_out(40, 1):
        body = planner.request(talk, tools)
        message = client.chat.completions.create(**body).choices[0].message
        calls = [(c.function.name, c.function.arguments) for c in message.tool_calls or ()]
        streamed = planner.client.chat(body)
        assert streamed.calls == calls
        assert streamed.text.strip() == (message.content or "").strip()
        called += bool(calls)
    assert called > 10


def test_cancelling_stops_the_model(url: str) -> None:
    planner = ServedPlanner(url)
    endless = {
        "model": planner.served().name,
        "messages": [{"role": "user", "content": "how many cubes?"}],
        "max_tokens": LENGTH,
        "extra_body": {"ignore_eos": True, "stream_interval": LENGTH},
    }
    before = counted(url, WRITTEN)
    cancelled = threading.Event()
    threading.Timer(1.0, cancelled.set).start()
    with pytest.raises(ServerAway, match="cancelled"):
        planner.client.chat(endless, cancelled)
    end = time.monotonic() + 10
    while counted(url, RUNNING) and time.monotonic() < end:
        time.sleep(0.1)
    assert counted(url, RUNNING) == 0
    # It ended because nobody wanted it: it had not come to its own end.
    assert 0 < counted(url, WRITTEN) - before < LENGTH


def counted(url: str, metric: str) -> float:
    with urllib.request.urlopen(url.removesuffix("/v1") + "/metrics") as page:
        text = page.read().decode()
    return sum(float(value) for value in re.findall(rf"^{metric} (\S+)", text, flags=re.M))
