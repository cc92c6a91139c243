"""Run a benchmark against a target: `sightline eval world-vqa --limit 200 --out runs/vqa`.

Writes OUT/samples.jsonl as it goes (so a stopped run continues) and OUT/results.json at the end.
A target is `embedded`, the address of a planner server, or `package.module:name`, an object with
an `ask` like `Assistant`'s or a function that makes one.
"""

import json
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..agent.assistant import Assistant
from ..models.common.published import checkpoint_hash
from ..models.spec import WEIGHTS, weights_hash
from .attribution import with_oracle
from .task import Task


def run_task(
    task: Task,
    assistant: Assistant,
    out: Path,
    *,
    seed: int,
    limit: int | None = None,
    target: str = "embedded",
    oracle: str = "",
    progress: Callable[[int, int, float | None], None] | None = None,
) -> dict[str, Any]:
    """Measure and write; the results as in `results.json`.

    Args:
        out: folder of results; samples of a stopped run found there are kept, those of a
            finished one are measured anew.
        limit: samples, the task's own number if None.
        oracle: the part of the assistant that the truth takes the place of: `plan`, `tools`.
        progress: called with (samples done, samples in all, share right so far).

    Raises:
        ValueError: `out` holds samples of another task, seed, target, oracle, swapped tool or other
            weights; or the task knows no truth for an oracle.
    """
    if oracle and task.truth is None:
        raise ValueError(f"The task {task.name} has no truth for an oracle; world-vqa has.")
    out.mkdir(parents=True, exist_ok=True)
    number = task.limit if limit is None else limit
    run = {"task": task.name, "seed": seed, "target": target, "weights": shipped_weights()}
    if oracle:
        run["oracle"] = oracle
    if swapped := swapped_tools(assistant):
        run["tools"] = swapped
    file = out / "samples.jsonl"
    kept = _kept(out, run)
    records: list[dict[str, Any]] = []
    began = time.monotonic()
    flags: list[bool] = []
    with (
        file.open("a", encoding="utf-8") as lines,
        with_oracle(assistant, oracle) if oracle else nullcontext() as tell,
    ):
        for sample in task.samples(seed, number):
            record = kept.get(sample.id)
            if record is None:
                if tell is not None and task.truth is not None:
                    tell(task.truth(sample))
                started = time.perf_counter()
                record = {"id": sample.id, **task.run(assistant, sample)}
                record["seconds"] = round(time.perf_counter() - started, 3)
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                lines.flush()
            records.append(record)
            flags += [bool(record["right"])] if "right" in record else []
            if progress is not None:
                progress(len(records), number, sum(flags) / len(flags) if flags else None)
    results = {
        "task": task.name,
        "n": len(records),
        "seed": seed,
        "target": target,
        "metrics": {**task.score(records), **failures(records)},
        "minutes": round((time.monotonic() - began) / 60, 2),
        **({"oracle": oracle} if oracle else {}),
        **({"tools": swapped} if swapped else {}),
        "versions": versions(),
        "weights": run["weights"],
    }
    (out / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return results


def make_target(
    target: str = "embedded", tools: Mapping[str, Path] | None = None, home: Path | None = None
) -> Assistant:
    """The assistant that `target` names; its conversations go to a folder of their own.

    Raises:
        ValueError: not a target, or the named module has no such object.
    """
    folder = home or Path(tempfile.mkdtemp(prefix="sightline-eval-"))
    if target.startswith(("http://", "https://")):
        return Assistant(home=folder, planner_url=target, tools=tools)
    if ":" not in target:
        return Assistant(profile=target, home=folder, tools=tools)
    module, _, name = target.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"There is no {name} in {module} to measure.") from error
    made = found if hasattr(found, "ask") and not isinstance(found, type) else found()
    if not hasattr(made, "ask"):
        raise ValueError(f"{target} has no `ask`, so it cannot be measured.")
    return made


def failures(records: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """How many samples each hand got wrong, where records say whose fault it was."""
    blamed = Counter(record["failure"] for record in records if record.get("failure"))
    return {"failures": dict(blamed.most_common())} if blamed else {}


def versions() -> dict[str, str]:
    """What the figures were measured with."""
    found = {"python": platform.python_version()}
    for package in ("sightline", "torch", "transformers"):
        found[package] = version(package)
    return found


def shipped_weights() -> dict[str, str]:
    """Name -> hash of the weights that the package ships."""
    folders = sorted(file.parent for file in WEIGHTS.glob("*/model.safetensors"))
    return {folder.name: weights_hash(folder) for folder in folders}


def swapped_tools(assistant: Assistant) -> dict[str, str]:
    """Tool -> hash of the weights that serve it instead of the profile's."""
    toolbox = getattr(assistant, "toolbox", None)
    if toolbox is None:  # a target of other making
        return {}
    lines = {role: toolbox.profile.lines["tools", role] for role in toolbox.profile.overridden}
    return {role: checkpoint_hash(line.path) for role, line in sorted(lines.items())}


def _kept(out: Path, run: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Records of an earlier, stopped run; `run.json` tells whether it is the same run."""
    about, file = out / "run.json", out / "samples.jsonl"
    if (out / "results.json").is_file():
        for old in (out / "results.json", about, file):
            old.unlink(missing_ok=True)
    if about.is_file() and json.loads(about.read_text()) != run:
        raise ValueError(f"{out} holds another run's samples; give another --out.")
    about.write_text(json.dumps(run))
    kept = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        try:
            record = json.loads(line)
        except ValueError:
            continue  # the last line of a run that was killed
        kept[record["id"]] = record
    if file.is_file():
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in kept.values())
        file.write_text(text, encoding="utf-8")
    return kept
