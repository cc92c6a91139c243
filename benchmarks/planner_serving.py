"""The planner at 1, 8 and 16 callers, served by vLLM and in process: same weights, same requests.

    make vllm                                # once: installs vLLM (Ctrl-C when it is up)
    python -m benchmarks.planner_serving     # starts a server of its own

Prints tokens a second and the time to the first token, then one line of JSON; its `ratio` is vLLM's
tokens a second over the in-process planner's at the most callers.
"""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import torch
from sightline.agent.llm.decoder import DecoderPlanner
from sightline.agent.llm.served import ServedPlanner
from sightline.agent.llm.supervisor import Supervisor
from sightline.agent.llm.vllm_launch import Launch, free_port, has_gpu, vllm_python
from sightline.agent.planning import Turn
from sightline.data.requests import load_requests
from sightline.evals.tasks.routing import HELDOUT
from sightline.models.planner import PlannerModel
from sightline.models.spec import weights_folder
from sightline.tools.registry import find_tools
from torch import Tensor
from transformers import DynamicCache

CALLERS = (1, 8, 16)
TOOLS = find_tools()


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One request: seconds until the first token, and tokens written."""

    first: float
    written: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A run: tokens a second over all callers, median time to the first token and for a plan."""

    callers: int
    tokens_per_second: float
    first_token_ms: float
    plan_ms: float


class Clocked(PlannerModel):
    """Notes for each thread when its first token could be chosen, and how many were written."""

    noted = threading.local()

    def read(
        self, ids: list[int], cache: DynamicCache | None = None
    ) -> tuple[Tensor, DynamicCache]:
        result = super().read(ids, cache)
        if cache is None:
            self.noted.first, self.noted.written = time.perf_counter(), 0
        else:
            self.noted.written += len(ids)
        return result


def here(threads: int) -> Callable[[Sequence[Turn]], Planned]:
    """Plans in process."""
    torch.set_num_threads(threads)
    model = Clocked.load(weights_folder("planner"))
    planner = DecoderPlanner(model)

    def plan(turns: Sequence[Turn]) -> Planned:
        began = time.perf_counter()
        planner.plan(turns, TOOLS)
        return Planned(first=Clocked.noted.first - began, written=Clocked.noted.written)

    return plan


def served(url: str) -> Callable[[Sequence[Turn]], Planned]:
    """Plans on the server."""
    planner = ServedPlanner(url, timeout=300)

    def plan(turns: Sequence[Turn]) -> Planned:
        began = time.perf_counter()
        body = planner.request(turns, TOOLS)
        prepared = time.perf_counter() - began
        answer = planner.client.chat(body)
        return Planned(first=prepared + answer.first, written=answer.written)

    return plan


def measure(
    plan: Callable[[Sequence[Turn]], Planned], talks: Sequence[Sequence[Turn]], callers: int
) -> Figures:
    """Plan all `talks` with so many callers at a time."""
    plan(talks[0])  # what is loaded or compiled once
    took: list[float] = []

    def timed(talk: Sequence[Turn]) -> Planned:
        began = time.perf_counter()
        planned = plan(talk)
        took.append(time.perf_counter() - began)
        return planned

    began = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        results = list(pool.map(timed, talks))
    seconds = time.perf_counter() - began
    return Figures(
        callers=callers,
        tokens_per_second=round(sum(r.written for r in results) / seconds, 1),
        first_token_ms=round(1000 * statistics.median(r.first for r in results), 1),
        plan_ms=round(1000 * statistics.median(took), 1),
    )


def requests(number: int) -> list[list[Turn]]:
    """Kept-out requests as conversations, the same for the same number."""
    drawn = Random(0).sample(load_requests(HELDOUT), number)
    return [
        [
            Turn(
                role="assistant" if i % 2 else "user",
                text=text,
                attachments=() if i else request.kinds,
            )
            for i, text in enumerate(request.turns)
        ]
        for request in drawn
    ]


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description="The planner: vLLM against in process.")
    options.add_argument("--url", help="a server of the shipped planner, ending in /v1")
    options.add_argument("--requests", type=int, default=96)
    options.add_argument("--threads", type=int, default=1, help="processor threads of each engine")
    given = options.parse_args()
    talks = requests(given.requests)
    python = vllm_python()
    if not given.url and python is None:
        raise SystemExit("vLLM is not installed here; run make vllm, or give --url.")
    server = nullcontext()
    url = given.url
    if not url:
        assert python is not None
        log = Path(tempfile.mkdtemp(prefix="planner-serving-")) / "server.log"
        launch = Launch(port=free_port(), threads=given.threads, gpu=has_gpu())
        server = Supervisor(launch, python=python, log=log, tell=print)
        url = launch.url
    table: dict[str, list[Figures]] = {"in process": [], "vllm": []}
    plan = here(given.threads)
    table["in process"] = [measure(plan, talks, callers) for callers in CALLERS]
    with server:
        if isinstance(server, Supervisor) and not server.wait():
            raise SystemExit(f"The server did not start; {server.log} says why.")
        plan = served(url)
        table["vllm"] = [measure(plan, talks, callers) for callers in CALLERS]
    print(f"{'engine':12}{'callers':>8}{'tokens/s':>10}{'first token ms':>16}{'plan ms':>10}")
    for engine, rows in table.items():
        for row in rows:
            print(
                f"{engine:12}{row.callers:8}{row.tokens_per_second:10}"
                f"{row.first_token_ms:16}{row.plan_ms:10}"
            )
    most = {engine: rows[-1].tokens_per_second for engine, rows in table.items()}
    print(
        json.dumps({
            "benchmark": "planner_serving",
            "requests": given.requests,
            "threads": given.threads,
            "cores": os.cpu_count(),
            "engines": {engine: [asdict(row) for row in rows] for engine, rows in table.items()},
            "ratio": round(most["vllm"] / most["in process"], 3),
        })
    )  # fmt: skip


if __name__ == "__main__":
    main()
