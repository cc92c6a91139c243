"""`sightline serve-planner`: serve the planner, or any model of a hub, with vLLM."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Failure, Home, err

if TYPE_CHECKING:
    from ..agent.llm.supervisor import Supervisor
    from ..agent.llm.vllm_launch import Launch


def serve_planner(
    model: Annotated[
        str, typer.Option(help="A hub id or a folder; the shipped planner if you give none.")
    ] = "",
    parser: Annotated[
        str, typer.Option(help="vLLM's tool-call parser for the model's format.")
    ] = "hermes",
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets others in, without a key.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    threads: Annotated[
        int,
        typer.Option(help="Processor threads without a GPU; 0: as many as the model can use."),
    ] = 0,
    home: Home = None,
) -> None:
    """Serve the planner with vLLM until you press Ctrl-C, and start it again when it dies."""
    from ..agent.llm.vllm_launch import Launch, has_gpu

    launch = Launch(
        model=model, parser=parser, host=host, port=port, threads=threads, gpu=has_gpu()
    )
    with supervised(launch, home) as server:
        if server.wait():
            err.print(f"Now run: sightline chat --planner-url {launch.url}", markup=False)
            server.ended()
        raise Failure(f"The planner server does not run; the end of {server.log} says why.")


def supervised(launch: "Launch", home: Path | None, user: str = "") -> "Supervisor":
    """A supervisor of `launch` that tells the terminal how it goes and warms the server.

    Raises:
        Failure: vLLM is not installed.
    """
    from ..agent.assistant import home_folder
    from ..agent.llm.served import ServedPlanner
    from ..agent.llm.supervisor import Supervisor
    from ..agent.llm.vllm_launch import vllm_python
    from ..tools.registry import find_tools

    python = vllm_python()
    if python is None:
        raise Failure("vLLM is not installed here; `make vllm` installs and starts it.")
    return Supervisor(
        launch,
        python=python,
        log=home_folder(home) / "planner-server.log",
        tell=lambda line: err.print(line, style="dim", markup=False, highlight=False),
        on_ready=lambda: ServedPlanner(launch.url).warm(find_tools(), user),
    )
