"""What a benchmark is: samples, how one is run through the assistant, and how records are scored.

A task is one file of `tasks/` that exports `TASK`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..agent.assistant import Assistant
from .attribution import Truth

TEST_SEED = 9000

_TASKS = {
    "world-vqa": "world_vqa",
    "world-caption": "world_caption",
    "world-ground": "world_ground",
    "world-dialog": "world_dialog",
    "world-video": "world_video",
    "world-graph": "world_graph",
    "world-edit": "world_edit",
    "world-retrieve": "world_retrieve",
    "world-compose": "world_compose",
    "world-text2video": "world_text2video",
    "documents": "documents",
    "documents-further": "documents_further",
    "receipts": "receipts",
    "routing": "planner_routing",
    "plugins": "plugins",
    "injection": "injection",
    "memory": "memory",
    "photos": "photos",
    "photo-edit": "photo_edit",
    "plans": "plans",
    "latency": "latency",
}


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


def task_names() -> list[str]:
    """Names of the benchmarks there are."""
    return list(_TASKS)


def find_task(name: str) -> Task:
    """The benchmark called `name`.

    Raises:
        ValueError: no such benchmark; the message lists the names there are.
    """
    if name not in _TASKS:
        raise ValueError(f"There is no task {name!r}; there are {', '.join(_TASKS)}.")
    return import_module(f".tasks.{_TASKS[name]}", __package__).TASK
