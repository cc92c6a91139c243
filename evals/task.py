"""What a benchmark is: samples, how one is run through the assistant, and how records are scored.

A task is one file of `tasks/` that exports `TASK`; `tasks.BENCHMARKS` names it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..agent.assistant import Assistant
from .attribution import Truth
from .tasks import BENCHMARKS

TEST_SEED = 9000


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One thing to measure on; `id` names it in `samples.jsonl`, so that a run can go on."""

    id: str
    data: Any


@dataclass(frozen=True, kw_only=True)
class Task:
    """A benchmark.

    Attributes:
        limit: samples when no limit is given.
        samples: (seed, limit) -> samples, the same for the same arguments.
        run: (assistant, sample) -> a JSON-able record.
        score: records -> metrics, `accuracy` among them.
        truth: sample -> what should happen with it, for oracles; None where that is not known.
    """

    name: str
    description: str
    limit: int
    samples: Callable[[int, int], Iterable[Sample]]
    run: Callable[[Assistant, Sample], dict[str, Any]]
    score: Callable[[Sequence[dict[str, Any]]], dict[str, Any]]
    truth: Callable[[Sample], Truth] | None = None


def find_task(name: str) -> Task:
    """The benchmark called `name`.

    Raises:
        ValueError: no such benchmark; the message lists the names there are.
    """
    if name not in BENCHMARKS:
        raise ValueError(f"There is no task {name!r}; there are {', '.join(BENCHMARKS)}.")
    return import_module(f".tasks.{BENCHMARKS[name]}", __package__).TASK
