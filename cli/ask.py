"""`sightline ask`: one question, or a file of conversations."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import (
    Failure,
    Home,
    PlannerUrl,
    Profile,
    Tools,
    User,
    err,
    make_assistant,
    out,
)

if TYPE_CHECKING:
    from ..agent.reply import Reply


def ask(
    question: Annotated[
        str | None, typer.Argument(help="What you want to know.", show_default=False)
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option("--image", "-i", help="A picture; repeatable.", show_default=False),
    ] = None,
    file: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            "--pdf",
            "-f",
            help="A PDF, a clip or a picture; repeatable.",
            show_default=False,
        ),
    ] = None,
    user: User = "me",
    session: Annotated[
        str | None,
        typer.Option(
            "--session", "-s", help="Conversation to continue or begin.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole reply as JSON.")] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            help="Folder for pictures that were made, and those with boxes drawn.",
            show_default=False,
        ),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            help='JSON lines {"id", "turns": [{"role", "text", "attachments"}]}.',
            show_default=False,
        ),
    ] = None,
    out_file: Annotated[
        Path | None,
        typer.Option("--out", help='Where the lines {"id", "reply"} go.', show_default=False),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep the answers that --out already holds.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", help="Add what planner and tools say to this file.", show_default=False
        ),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(
            "--replay", help="Answer from a file of --record, without models.", show_default=False
        ),
    ] = None,
    profile: Profile = "embedded",
    planner_url: PlannerUrl = None,
    tool: Tools = None,
    home: Home = None,
) -> None:
    """Ask about a picture, a document or a clip and get an answer with what it rests on."""
    if save is not None and save.exists() and not save.is_dir():
        raise Failure(f"--save takes a folder, and {save} is a file.")
    if record is not None and replay is not None:
        raise Failure("Give --record or --replay, not both.")
    if batch is not None:
        if question or image or file:
            raise Failure("--batch brings its own questions and files; leave the others out.")
        if out_file is None:
            raise Failure("--batch needs --out, the file the answers go to.")
        from .batch import run_batch

        run_batch(
            batch,
            out_file,
            lambda: make_assistant(profile, home, planner_url, tool, record, replay),
            user=user,
            resume=resume,
        )
        return
    if out_file is not None or resume:
        raise Failure("--out and --resume belong to --batch.")
    if question is None and not sys.stdin.isatty():
        question = sys.stdin.read().strip()
    if question is None and not (image or file):
        raise Failure(
            'Give a question, for instance: sightline ask "how many cubes?" --image a.png'
        )
    assistant = make_assistant(profile, home, planner_url, tool, record, replay)
    files = [*(image or ()), *(file or ())]
    reply = assistant.ask(question or "", attachments=files, user=user, session=session)
    if as_json:
        typer.echo(reply.model_dump_json(indent=2))
    else:
        _print(reply)
        if reply.made:
            from ..agent.interfaces.terminal import made_files

            for path in made_files(assistant.store(user), reply):
                what = "file" if path.suffix in (".csv", ".json") else "picture"
                out.print(f"  {what}: {path}", style="dim", highlight=False, soft_wrap=True)
    if save is not None:
        from ..agent.interfaces.terminal import save_views

        for path in save_views(assistant.store(user), reply, save):
            err.print(f"saved {path}", style="dim", highlight=False)


def _print(reply: "Reply") -> None:
    from ..agent.interfaces.presenting import evidence_lines, took

    out.print(reply.text, markup=False, highlight=False, soft_wrap=True)
    for line in evidence_lines(reply.evidence):
        out.print(f"  {line}", style="dim", markup=False, highlight=False, soft_wrap=True)
    if reply.steps:
        note = f"{took(reply.steps)}; continue with --session {reply.session}"
        err.print(note, style="dim", highlight=False)
