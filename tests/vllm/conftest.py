"""One real vLLM server for all these tests: `make test-vllm` installs it and runs them."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sightline.agent.llm.supervisor import Supervisor
from sightline.agent.llm.vllm_launch import Launch, free_port, vllm_python
from sightline.agent.planning import Turn
from sightline.data.requests import Request, load_requests
from sightline.evals.tasks.routing import HELDOUT

KeptOut = Callable[[int, int], list[list[Turn]]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervisor]:
    """The shipped planner, served; it may take a minute or two to start."""
    python = vllm_python()
    if python is None:
        pytest.skip("vLLM is not installed; run make test-vllm")
    log: Path = tmp_path_factory.mktemp("vllm") / "server.log"
    with Supervisor(
        Launch(port=free_port()), python=python, log=log, tell=lambda line: print(line)
    ) as running:
        if not running.wait():
            sys.stdout.write(log.read_text()[-8000:])
            pytest.fail("the server did not start")
        yield running


@pytest.fixture
def url(server: Supervisor) -> str:
    """The server's address, once it is up (a test before may have killed it)."""
    assert server.wait(600)
    return server.launch.url


@pytest.fixture
def kept_out() -> KeptOut:
    """(number, seed) -> conversations of the kept-out request bank."""
    return lambda number, seed: [
        _said(request) for request in Random(seed).sample(load_requests(HELDOUT), number)
    ]


def _said(request: Request) -> list[Turn]:
    return [
        Turn(
            role="assistant" if i % 2 else "user",
            text=text,
            attachments=() if i else request.kinds,
        )
        for i, text in enumerate(request.turns)
    ]
