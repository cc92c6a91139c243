"""Keeps a planner's server running beside the assistant: starts it, waits, restarts it, stops it.

    with Supervisor(Launch(), python=vllm_python(), log=home / "planner-server.log") as server:
        server.wait()
        Assistant(planner_url=server.launch.url)

While the server is away, `llm.served.WithFallback` plans in process and says so; it asks the server
again with every turn, so planning returns there by itself.
"""

import atexit
import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Self

from . import guardian
from .vllm_launch import Launch

State = Literal["starting", "ready", "restarting", "stopped", "failed"]
_PROGRESS = 5.0  # seconds between progress lines
_LOOK = 0.5
_SILENT = 30.0  # seconds without a sign of health after which the server counts as hung
_SETTLED = 60.0  # seconds of health after which earlier deaths are forgotten


class Supervisor:
    """One server, in a process group of its own, for as long as this process lives.

    Args:
        python: the interpreter of the server's own environment.
        log: file that the server's output is added to.
        restarts: how many deaths in a row are mended.
        patience: seconds that the server may take to start.
        tell: is given progress lines; called from another thread.
        on_ready: called whenever the server has come up, for warming it.
    """

    def __init__(
        self,
        launch: Launch,
        *,
        python: Path,
        log: Path,
        restarts: int = 5,
        patience: float = 600.0,
        tell: Callable[[str], None] = lambda line: None,
        on_ready: Callable[[], object] = lambda: None,
    ) -> None:
        self.launch = launch
        self.log = log
        self.state: State = "stopped"
        self._python = python
        self._restarts = restarts
        self._patience = patience
        self._tell = tell
        self._on_ready = on_ready
        self._stopping = threading.Event()
        self._settled = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; `wait` tells when the server is up."""
        if self._thread is None:
            self._set("starting")
            self._thread = threading.Thread(target=self._keep, name="planner-server", daemon=True)
            self._thread.start()
            atexit.register(self.stop)

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the server is up; waits until it is, or has been given up."""
        with self._settled:
            self._settled.wait_for(
                lambda: self.state in ("ready", "stopped", "failed"), timeout=seconds
            )
            return self.state == "ready"

    def ended(self) -> None:
        """Return when the server has been stopped or given up."""
        with self._settled:
            self._settled.wait_for(lambda: self.state in ("stopped", "failed"))

    def stop(self) -> None:
        """End the server and all it started."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            atexit.unregister(self.stop)
        self._stopping.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def healthy(self) -> bool:
        """Whether the server answers now."""
        connection = http.client.HTTPConnection(self.launch.host, self.launch.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _set(self, state: State) -> None:
        with self._settled:
            self.state = state
            self._settled.notify_all()

    def _keep(self) -> None:
        deaths = 0
        while True:
            with self._spawned() as process:
                try:
                    began = time.monotonic()
                    if self._came_up(process):
                        ready = time.monotonic()
                        self._tell(f"The planner server is ready ({ready - began:.0f} s).")
                        self._on_ready()
                        self._set("ready")
                        self._watch(process)
                        deaths = 0 if time.monotonic() - ready > _SETTLED else deaths
                finally:
                    _end(process)
            if self._stopping.is_set():
                self._set("stopped")
                return
            deaths += 1
            if deaths > self._restarts:
                self._tell(f"The planner server does not stay up; {self.log} says why.")
                self._set("failed")
                return
            self._set("restarting")
            self._tell("The planner server is away; starting it again.")
            self._stopping.wait(min(30.0, 2.0 ** (deaths - 1)))

    def _spawned(self) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, guardian.__file__, *self.launch.command(self._python)]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
                env=self.launch.environment(os.environ),
            )  # fmt: skip

    def _came_up(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether it was healthy before its time ran out, it died or it was to stop."""
        began = told = time.monotonic()
        while not self._stopping.wait(_LOOK) and process.poll() is None:
            if self.healthy():
                return True
            now = time.monotonic()
            if now - began > self._patience:
                self._tell(f"The planner server did not start in {self._patience:.0f} s.")
                return False
            if now - told > _PROGRESS:
                told = now
                self._tell(f"Starting the planner server ({now - began:.0f} s; log: {self.log})")
        return False

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """Return when the server has died, hangs or is to stop."""
        sign = time.monotonic()
        while not self._stopping.wait(_LOOK) and process.poll() is None:
            if time.monotonic() - sign > 4 * _LOOK and self.healthy():
                sign = time.monotonic()
            if time.monotonic() - sign > _SILENT:
                return


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let go of the guardian's pipe: it ends the server, then itself."""
    assert process.stdin is not None
    process.stdin.close()
    process.wait()
