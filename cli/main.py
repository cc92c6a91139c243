"""`sightline`: chat, ask, trace, album, memory, eval, finetune, serve-planner, data, doctor, ...

Every problem ends in one sentence on stderr and exit code 1 (2 for a wrong option);
`sightline --debug ...` shows the traceback as well.
"""

import os
import sys
from typing import Annotated

import typer

from .album import album
from .ask import ask
from .chat import chat
from .common import err, examples, sentence
from .data import data
from .doctor import doctor
from .eval import evaluate
from .finetune import finetune
from .memory import memory
from .models import models
from .serve_planner import serve_planner
from .tools import tools
from .trace import trace

app = typer.Typer(
    name="sightline",
    help="Talk about pictures, documents and clips; every answer shows what it rests on.",
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "sightline chat --web",
        'sightline ask "how many red cubes are there?" --image scene.png',
        "sightline doctor",
    ),
)


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    if debug:
        os.environ["SIGHTLINE_DEBUG"] = "1"
    if version:
        from .. import __version__

        typer.echo(f"sightline {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command(
    "chat",
    epilog=examples(
        "sightline chat",
        "sightline chat --web --port 7860",
        "sightline chat --tool ground=runs/cells",
        "sightline chat --serve-planner",
    ),
)(chat)
app.command(
    "ask",
    epilog=examples(
        'sightline ask "what colour is the big ball?" --image scene.png',
        'sightline ask "what is the total?" --file invoice.pdf --json',
        'sightline ask "and who sent it?" --session s1',
        "sightline ask --batch questions.jsonl --out answers.jsonl",
        'sightline ask "how many cubes?" --image scene.png --record talk.jsonl',
    ),
)(ask)
app.command(
    "eval",
    epilog=examples(
        "sightline eval world-vqa --limit 200",
        "sightline eval documents --out runs/documents",
        "sightline eval world-vqa --oracle plan",
        "sightline eval routing --target http://127.0.0.1:8000/v1",
    ),
)(evaluate)
app.command(
    "finetune",
    epilog=examples(
        "sightline finetune ground --data my_coco_folder --out runs/cells --minutes 20",
        "sightline finetune document_qa --data my_documents --out runs/mine",
        "sightline finetune vqa --out runs/vqa --resume",
        "sightline finetune all --out runs/all",
    ),
)(finetune)
app.command(
    "serve-planner",
    epilog=examples(
        "sightline serve-planner",
        "sightline serve-planner --model Qwen/Qwen3-4B --parser hermes",
    ),
)(serve_planner)
app.command(
    "trace",
    epilog=examples("sightline trace", "sightline trace s1 --turn 2", "sightline trace --json"),
)(trace)
app.add_typer(album, name="album")
app.add_typer(data, name="data")
app.add_typer(memory, name="memory")
app.add_typer(tools, name="tools")
app.command("models", epilog=examples("sightline models", "sightline models --json"))(models)
app.command("doctor", epilog=examples("sightline doctor", "sightline doctor --json"))(doctor)


def main() -> None:
    """The console script."""
    # Idle threads sleep: where other programs keep the cores busy, threads that spin while they
    # wait double the time of a cold start. Read when torch is imported, so set before.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        app()
    except KeyboardInterrupt:
        err.print("Stopped.")
        sys.exit(130)
    except Exception as error:
        if os.environ.get("SIGHTLINE_DEBUG"):
            raise
        err.print(sentence(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
