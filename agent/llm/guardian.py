"""Runs one command, and ends it with all it started when whoever started this goes away.

    python guardian.py COMMAND...

Standard input is a pipe from the starter; its end, however it comes about, is the sign. A server
that is killed leaves its workers behind: they are ended too. Runs under any Python by its path, so
it imports the standard library alone.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

_GRACE = 10.0  # seconds to end in good order


def main() -> int:
    """Exit code of the command; 1 where a signal ended it."""
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=_until_left_alone, args=(child,), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: _signal_group(child.pid, signal.SIGTERM))
    code = child.wait()
    _signal_group(child.pid, signal.SIGKILL)
    return max(code, 0) or int(code != 0)


def _until_left_alone(child: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    _signal_group(child.pid, signal.SIGTERM)
    end = time.monotonic() + _GRACE
    while child.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    _signal_group(child.pid, signal.SIGKILL)


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
