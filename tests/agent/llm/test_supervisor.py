"""The supervisor with real processes: a small server stands in for vLLM's command."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sightline.agent.llm.supervisor import Supervisor
from sightline.agent.llm.vllm_launch import Launch, free_port, vllm_python

# Started like vLLM's environment's python; it has a worker, as vLLM has, and writes both ids down.
SERVER = """\
#!{python}
import os, signal, subprocess, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
if not {works}:
    sys.exit("cannot start")
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with Path({ids!r}).open("a") as file:
    file.write(f"{{os.getpid()}} {{worker.pid}}\\n")
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
port = int(sys.argv[sys.argv.index("--port") + 1])
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


class Place:
    """A stand-in server's program, and the process ids it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log" / "server.log"
        self.python = folder / "python"
        self._ids = folder / "ids"

    def program(self, works: bool = True) -> Path:
        text = SERVER.format(python=sys.executable, works=works, ids=str(self._ids))
        self.python.write_text(text)
        self.python.chmod(0o755)
        return self.python

    def ids(self) -> list[tuple[int, int]]:
        lines = self._ids.read_text().splitlines()
        return [(int(a), int(b)) for a, b in map(str.split, lines)]

    def supervisor(self, **options: Any) -> Supervisor:
        launch = Launch(port=free_port())
        return Supervisor(launch, python=self.python, log=self.log, **options)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield Place(tmp_path)


def alive(process: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_it_comes_up_and_goes_down_with_all_it_started(place: Place) -> None:
    place.program()
    warmed = []
    with place.supervisor(on_ready=lambda: warmed.append(1)) as server:
        assert server.wait(20) and server.healthy() and warmed == [1]
        assert all(alive(i) for i in place.ids()[0])
    assert server.state == "stopped" and not server.healthy()
    assert until(lambda: not any(alive(i) for i in place.ids()[0]))


def test_a_killed_server_is_started_again(place: Place) -> None:
    place.program()
    lines: list[str] = []
    with place.supervisor(tell=lines.append) as server:
        assert server.wait(20)
        first, worker = place.ids()[0]
        os.kill(first, signal.SIGKILL)
        assert until(lambda: server.state == "restarting") and server.wait(20)
        assert len(place.ids()) == 2 and server.healthy()
        assert until(lambda: not alive(worker))  # what the dead one left behind
    assert any("away" in line for line in lines) and sum("ready" in line for line in lines) == 2


def test_one_that_never_starts_is_given_up(place: Place) -> None:
    place.program(works=False)
    lines: list[str] = []
    with place.supervisor(restarts=1, tell=lines.append) as server:
        assert not server.wait(20) and server.state == "failed"
    assert place.log.read_text().count("cannot start") == 2
    assert str(place.log) in lines[-1]


def test_it_does_not_outlive_a_killed_parent(place: Place) -> None:
    place.program()
    code = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from sightline.agent.llm.supervisor import Supervisor
        from sightline.agent.llm.vllm_launch import Launch
        server = Supervisor(Launch(port={free_port()}), python=Path({str(place.python)!r}),
                            log=Path({str(place.log)!r}))
        server.start()
        print(server.wait(20), flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None and parent.stdout.readline() == "True\n"
    assert all(alive(i) for i in place.ids()[0])
    parent.kill()
    parent.wait()
    assert until(lambda: not any(alive(i) for i in place.ids()[0]))


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Launch(port=1).command(Path("python"))
    assert own[own.index("--served-model-name") + 1] == "sightline-planner"
    assert own[own.index("--dtype") + 1] == "float32" and "--enforce-eager" in own
    hub = Launch(model="Qwen/Qwen3-4B", parser="qwen3_xml", gpu=True)
    words = hub.command(Path("python"))
    assert words[words.index("--model") + 1] == hub.name == "Qwen/Qwen3-4B"
    assert words[words.index("--tool-call-parser") + 1] == "qwen3_xml"
    assert "--enforce-eager" not in words and "OMP_NUM_THREADS" not in hub.environment({})
    assert "HF_HUB_OFFLINE" not in hub.environment({})
    monkeypatch.setenv("SIGHTLINE_VLLM", str(tmp_path))
    assert vllm_python() is None
