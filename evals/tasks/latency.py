"""latency: seconds of a cold `sightline ask`, of warm turns, and memory, on this machine."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.questions import sample_questions
from ..task import Sample, Task
from .world import drawn_scenes

_COLD = 3


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Three cold starts first, then `limit` - 3 warm turns."""
    for index, scene, picture, rng in drawn_scenes(seed, limit):
        question = sample_questions(scene, rng, 1)[0]
        kind = "cold" if index < _COLD else "warm"
        yield Sample(id=f"{kind}-{index}", data=(kind, question.text, picture))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Time one question, in a process of its own when it is to be cold."""
    kind, question, picture = sample.data
    if kind == "cold":
        return {"kind": kind, **_cold(question, picture)}
    began = time.perf_counter()
    assistant.ask(question, attachments=[picture], user="eval", session=sample.id)
    took = time.perf_counter() - began
    return {"kind": kind, "took": took, "gigabytes": _gigabytes(resource.RUSAGE_SELF)}


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Medians in seconds, and the largest memory of a process in gigabytes."""
    cold = [r["took"] for r in records if r["kind"] == "cold"]
    # The first warm turn still loads models.
    warm = [r["took"] for r in records if r["kind"] == "warm"][1:]
    return {
        "accuracy": 1.0,
        "cold_seconds": round(statistics.median(cold), 2) if cold else None,
        "warm_seconds": round(statistics.median(warm), 3) if warm else None,
        "warm_90th": round(sorted(warm)[int(0.9 * len(warm))], 3) if warm else None,
        "gigabytes": round(max(r["gigabytes"] for r in records), 2),
    }


def _cold(question: str, picture: tuple[str, bytes]) -> dict[str, Any]:
    command = Path(sys.executable).with_name("sightline")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / picture[0]
        file.write_bytes(picture[1])
        call = [str(command), "ask", question, "--image", str(file), "--home", folder]
        began = time.perf_counter()
        subprocess.run(call, check=True, capture_output=True)
        took = time.perf_counter() - began
    return {"took": took, "gigabytes": _gigabytes(resource.RUSAGE_CHILDREN)}


def _gigabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1e6


TASK = Task(
    name="latency",
    description="seconds of a cold ask and of warm turns, gigabytes of memory",
    limit=33,
    samples=samples,
    run=run,
    score=score,
)
