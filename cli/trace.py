"""`sightline trace`: a past turn as a timeline of roles, calls, results and claims."""

import json
from itertools import pairwise
from typing import Annotated

import typer

from .common import Failure, Home, User, make_assistant, out


def trace(
    session: Annotated[
        str | None,
        typer.Argument(help="The conversation; without it, your latest.", show_default=False),
    ] = None,
    turn: Annotated[
        int | None,
        typer.Option("--turn", "-t", min=1, help="Which turn of it; the last.", show_default=False),
    ] = None,
    user: User = "me",
    as_json: Annotated[bool, typer.Option("--json", help="Print the turn as JSON.")] = False,
    home: Home = None,
) -> None:
    """Show how a past turn went: who did what, when, what came of it, and what was checked."""
    assistant = make_assistant("embedded", home, None, None)
    listed = assistant.sessions(user)
    if not listed:
        raise Failure("There is no conversation yet; `sightline chat` begins one.")
    session = session or listed[0].id
    messages = assistant.history(user, session)
    turns = [
        (asked, said.reply)
        for asked, said in pairwise(messages)
        if asked.role == "user" and said.role == "assistant" and said.reply is not None
    ]
    if not turns:
        raise Failure(
            f"You have no conversation {session} with an answer in it; leave it out for the latest."
        )
    number = turn or len(turns)
    if number > len(turns):
        raise Failure(f"That conversation has {len(turns)} turns; there is no turn {number}.")
    asked, reply = turns[number - 1]
    if as_json:
        about = {"session": session, "turn": number, "asked": asked.text}
        typer.echo(
            json.dumps(
                {**about, "attachments": asked.attachments, "reply": reply.model_dump()},
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    # Here and not above: `--help` needs no pictures.
    from ..agent.interfaces.timeline import drawn, names_of

    out.print(f"{session}, turn {number} of {len(turns)}", style="dim", highlight=False)
    files = names_of(assistant.store(user), asked.attachments)
    out.print(drawn(asked.text, files, reply), highlight=False)
