"""`sightline eval`: measure the assistant on a benchmark."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..evals.tasks import BENCHMARKS
from .common import Failure, Tools, err, go_offline, out, overrides
from .doctor import planner_server


def evaluate(
    task: Annotated[str, typer.Argument(help=f"{', '.join(BENCHMARKS)}.", show_default=False)],
    limit: Annotated[
        int | None, typer.Option(min=1, help="How many samples.", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Test seeds are 9000-9999.")] = 9000,
    out_dir: Annotated[
        Path | None,
        typer.Option("--out", help="Folder of results; runs/eval/TASK.", show_default=False),
    ] = None,
    target: Annotated[
        str, typer.Option(help="embedded, a planner server's address, or package.module:name.")
    ] = "embedded",
    oracle: Annotated[
        str,
        typer.Option(
            help="plan or tools: the truth takes that part's place (world-vqa, world-ground).",
            show_default=False,
        ),
    ] = "",
    tool: Tools = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print results.json.")] = False,
) -> None:
    """Measure on a benchmark; writes results.json and samples.jsonl, and resumes a stopped run."""
    chosen = overrides(tool)
    go_offline()
    # Here and not above: `--help` needs no models.
    from ..evals.report import lines_of
    from ..evals.runner import make_target, run_task
    from ..evals.task import find_task

    found = find_task(task)
    if target.startswith(("http://", "https://")) and planner_server(target).state != "ok":
        raise Failure(
            f"No planner answers at {target}, and figures of the built-in one are not its own."
        )
    folder = out_dir or Path("runs") / "eval" / task
    columns = (
        TextColumn(task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[right]}"),
    )  # fmt: skip
    with Progress(*columns, console=err, transient=True) as progress:
        bar = progress.add_task("", total=limit or found.limit, right="")

        def show(done: int, total: int, right: float | None) -> None:
            note = f"{right:.1%} right" if right is not None else ""
            progress.update(bar, completed=done, right=note)

        results = run_task(
            found,
            make_target(target, chosen),
            folder,
            seed=seed,
            limit=limit,
            target=" ".join([target, *(tool or ())]),
            oracle=oracle,
            progress=show,
        )
    if as_json:
        typer.echo(json.dumps(results, indent=2))
        return
    for line in lines_of(results):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    out.print(f"written to {folder}", style="dim", markup=False, highlight=False, soft_wrap=True)
