"""What the subcommands share: options they have in common, the console, one-sentence errors."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from ..agent.assistant import Assistant

out = Console()
err = Console(stderr=True)

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Folder of conversations, files and memories ($SIGHTLINE_HOME, or ~/.sightline).",
        show_default=False,
    ),
]
User = Annotated[str, typer.Option("--user", help="Whose conversations and memories these are.")]
Profile = Annotated[
    str, typer.Option("--profile", help="Which models: embedded, open, hosted, or a YAML file.")
]
PlannerUrl = Annotated[
    str | None,
    typer.Option(
        "--planner-url",
        help="An OpenAI-compatible server that plans (vLLM and others), ending in /v1.",
        show_default=False,
    ),
]
Tools = Annotated[
    list[str] | None,
    typer.Option(
        "--tool",
        metavar="TOOL=FOLDER",
        help="Weights of your own for a tool, e.g. ground=runs/cells; repeatable.",
        show_default=False,
    ),
]


class Failure(Exception):
    """What a person can mend: one clear sentence, shown without a traceback."""


def examples(*lines: str) -> str:
    """The end of a command's help: example calls, one a line."""
    return "\n\n".join(["[bold]Examples[/bold]", *(f"  $ {line}" for line in lines)])


def sentence(error: Exception) -> str:
    """One clear sentence; what is no message for people names the way to see more."""
    if isinstance(error, PermissionError):
        return f"I'm not allowed to use {error.filename}."
    if isinstance(error, OSError) and error.strerror:
        about = f": {error.filename}" if error.filename else ""
        return f"{error.strerror}{about}."
    # By name: the classes live in packages that `--help` must not import.
    expected = isinstance(error, Failure | FileNotFoundError | FileExistsError | ValueError)
    if expected or type(error).__name__ in ("ToolError", "InputError", "StoreBusy"):
        first = str(error).strip().split("\n")[0]
        if first:
            return first
    if isinstance(error, ImportError) and error.name:
        return f"The package {error.name} is missing; `sightline doctor` says how to install it."
    return (
        f"Something went wrong inside Sightline ({type(error).__name__}); "
        "run `sightline --debug ...` to see where."
    )


def overrides(tools: Sequence[str] | None) -> dict[str, Path]:
    """`--tool` values as tool -> folder.

    Raises:
        Failure: a value is not TOOL=FOLDER, or the folder is not there.
    """
    chosen = {}
    for value in tools or ():
        name, equals, folder = value.partition("=")
        if not (name and equals and folder):
            raise Failure(
                f"--tool takes TOOL=FOLDER, for instance ground=runs/cells, not {value!r}."
            )
        path = Path(folder).expanduser()
        if not path.is_dir():
            raise Failure(f"There is no folder {folder} with weights for {name}.")
        chosen[name] = path
    return chosen


def make_assistant(
    profile: str,
    home: Path | None,
    planner_url: str | None,
    tools: Sequence[str] | None,
    record: Path | None = None,
    replay: Path | None = None,
) -> "Assistant":
    """The assistant a command was asked for."""
    chosen = overrides(tools)
    if planner_url and not planner_url.startswith(("http://", "https://")):
        raise Failure(
            f"--planner-url takes an address such as http://127.0.0.1:8000/v1, not {planner_url!r}."
        )
    go_offline()
    # Here and not above: `--help` needs no models.
    from ..agent.assistant import Assistant

    return Assistant(
        profile=profile, home=home, planner_url=planner_url, tools=chosen, record=record,
        replay=replay,
    )  # fmt: skip


def go_offline() -> None:
    """Tell libraries not to call home; the embedded models need no hub."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
