"""Run a worker of this package as a child process: a hostile file can hurt nothing but that."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any


class TookTooLong(Exception):
    """The child did not end in time and was stopped."""


def run_child(module: str, arguments: Sequence[str], seconds: float) -> dict[str, Any]:
    """The JSON line that `python -m sightline.tools.MODULE ARGUMENTS` ends with.

    A child that dies without one gives {"error": "broken"}.

    Raises:
        TookTooLong: it ran for more than `seconds`.
    """
    command = [sys.executable, "-m", f"sightline.tools.{module}", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise TookTooLong from error
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    return json.loads(lines[-1]) if done.returncode == 0 and lines else {"error": "broken"}
