"""`sightline chat`: in the terminal, or with --web in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from .common import Failure, Home, PlannerUrl, Profile, Tools, User, make_assistant, out
from .serve_planner import supervised


def chat(
    web: Annotated[bool, typer.Option("--web", help="Chat in the browser.")] = False,
    host: Annotated[
        str, typer.Option(help="Address the web chat listens on; 0.0.0.0 lets others in.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help="Port of the web chat; the first free one from 7860.",
            show_default=False,
        ),
    ] = None,
    share: Annotated[
        bool, typer.Option("--share/--no-share", help="Open a public address through Gradio.")
    ] = False,
    auth: Annotated[
        Path | None,
        typer.Option(
            help="File of user:password lines; without it every browser is a user of its own.",
            show_default=False,
        ),
    ] = None,
    user: User = "me",
    session: Annotated[
        str | None,
        typer.Option(
            "--session", "-s", help="Conversation to continue (terminal).", show_default=False
        ),
    ] = None,
    profile: Profile = "embedded",
    planner_url: PlannerUrl = None,
    planner: Annotated[
        bool,
        typer.Option("--serve-planner", help="Run the planner in a vLLM server (see make vllm)."),
    ] = False,
    tool: Tools = None,
    home: Home = None,
) -> None:
    """Chat about pictures, documents and clips, in the terminal or (--web) in the browser."""
    if planner and planner_url:
        raise Failure("Give either --planner-url or --serve-planner, not both.")
    if not web and (auth is not None or share):
        raise Failure("--auth and --share belong to --web.")
    logins = _logins(auth) if auth is not None else []
    if share and not logins:
        raise Failure("--share opens the chat to everyone; give --auth, a file of user:password.")
    with _planner_at(planner_url, planner, home, user) as url:
        assistant = make_assistant(profile, home, url, tool)
        if not web:
            from ..agent.interfaces.terminal import TerminalChat

            TerminalChat(assistant, user, session, out).run()
            return
        from ..agent.interfaces.web import serve

        serve(assistant, host=host, port=port, share=share, logins=logins)


@contextmanager
def _planner_at(
    url: str | None, served_here: bool, home: Path | None, user: str
) -> Iterator[str | None]:
    """The address of the planner's server, which runs as long as the chat where it is ours."""
    if not served_here:
        yield url
        return
    from ..agent.llm.vllm_launch import Launch, free_port, has_gpu

    with supervised(Launch(port=free_port(), gpu=has_gpu()), home, user) as server:
        server.wait()
        yield server.launch.url


def _logins(path: Path) -> list[tuple[str, str]]:
    if not path.is_file():
        raise Failure(f"There is no file {path} of user:password lines.")
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    logins = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        name, colon, password = line.partition(":")
        if not (name and colon and password):
            raise Failure(f"{path} needs lines user:password.")
        logins.append((name, password))
    if not logins:
        raise Failure(f"{path} names no user; write lines user:password.")
    return logins
