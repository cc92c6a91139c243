"""`sightline memory`: what is remembered of you; search it, forget it, check it, make it anew."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Failure, Home, Profile, User, examples, make_assistant, out

if TYPE_CHECKING:
    from ..agent.assistant import Assistant
    from ..agent.memory.forgetting import Doomed

memory = typer.Typer(
    help="What is remembered of you: list, search, forget, rebuild, verify.",
    no_args_is_help=True,
    epilog=examples(
        "sightline memory list --facts",
        'sightline memory search "the receipt from last week"',
        'sightline memory forget "what I told you about my bike"',
        "sightline memory verify",
    ),
)
_MOST = 40


@memory.command(
    "list", epilog=examples("sightline memory list", "sightline memory list --facts --user anna")
)
def list_(
    user: User = "me",
    home: Home = None,
    facts: Annotated[bool, typer.Option("--facts", help="Facts alone.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = _MOST,
) -> None:
    """List what is remembered, newest first: facts you stated, turns, things pointed at."""
    from ..agent.memory.past import read_past, traces_of

    traces = traces_of(read_past(_assistant(home).log, user))
    chosen = [trace for trace in traces if trace.kind == "fact" or not facts]
    for trace in reversed(chosen[-limit:]):
        when = time.strftime("%d %b %Y %H:%M", time.localtime(trace.turn.asked.created))
        words = trace.turn.asked.text if trace.kind == "turn" else trace.text
        _say(f"{trace.id}  {when}  {trace.kind}  {' '.join(words.split())[:100]}")
    if not chosen:
        _say("Nothing is remembered yet.")
    elif len(chosen) > limit:
        _say(f"{len(chosen) - limit} older ones are not shown; --limit shows more.")


@memory.command(
    epilog=examples(
        'sightline memory search "what did I show you yesterday?"',
        'sightline memory search "have I shown you this?" --like scene.png',
    )
)
def search(
    words: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    like: Annotated[Path | None, typer.Option("--like", help="A picture to look for.")] = None,
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole result.")] = False,
) -> None:
    """Search the memory by words, by time, or by a picture."""
    assistant = _assistant(home, profile)
    if like is None:
        found = assistant.memory(user).recall(words)
    else:
        shown = assistant.store(user).add(like)
        picture = assistant.store(user).image(shown.id)
        found = assistant.memory(user).recall(words, picture, shown.id)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    _say(found.text)
    for evidence in found.evidence:
        if evidence.type == "memory":
            _say(f"{evidence.id}  {evidence.label}", style="dim")


@memory.command(epilog=examples("sightline memory show s1"))
def show(
    session: Annotated[str, typer.Argument(help="A conversation's id.")],
    user: User = "me",
    home: Home = None,
) -> None:
    """Show what a conversation comes to: files, answers that were checked, facts you stated."""
    from ..agent.memory.summary import summary_of

    assistant = _assistant(home)
    messages = assistant.history(user, session)
    if not messages:
        raise Failure(
            f"{user} has no conversation {session}; `sightline memory list` shows what there is."
        )
    for line in summary_of(messages, assistant.store(user)).lines:
        _say(line)


@memory.command(
    epilog=examples(
        'sightline memory forget "the dinner receipt"',
        "sightline memory forget --session s1",
        "sightline memory forget --everything --yes --user anna",
    )
)
def forget(
    words: Annotated[str, typer.Argument(help="What to forget, or an id from `list`.")] = "",
    session: Annotated[str, typer.Option("--session", help="A whole conversation.")] = "",
    everything: Annotated[
        bool, typer.Option("--everything", help="All that is kept of you.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask back.")] = False,
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
) -> None:
    """Forget for good: conversations, files and the index, down to the bytes."""
    assistant = _assistant(home, profile)
    doomed, named = _meant(assistant, user, words, session, everything)
    count = f"{len(doomed.turns)} turns and {len(doomed.artifacts)} files"
    if not yes and not typer.confirm(f"Forget {named} ({count})? It can't be undone."):
        raise Failure("Nothing was forgotten, as you did not say yes.")
    proof = assistant.forgetter(user).forget(doomed)
    if not proof.clean:
        raise Failure(
            f"Something is left in the {', the '.join(proof.places)}; forget it once more."
        )
    _say(f"Forgotten: {named} ({count}). Nothing of it is left.")


@memory.command(epilog=examples("sightline memory rebuild", "sightline memory rebuild --user anna"))
def rebuild(user: User = "me", home: Home = None, profile: Profile = "embedded") -> None:
    """Make the index again from the conversations and the files."""
    assistant = _assistant(home, profile)
    began = time.monotonic()
    turns = assistant.memory(user).rebuild()
    lost = sum(sum(counts) for counts in assistant.memory(user).missing().values())
    seconds = time.monotonic() - began
    _say(f"{turns} turns are indexed again ({seconds:.1f} s); {lost} rows differ from the log.")


@memory.command(
    epilog=examples("sightline memory verify", 'sightline memory verify --gone "my bike is red"')
)
def verify(
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
    gone: Annotated[
        str, typer.Option("--gone", help="Look for these words in the raw files.")
    ] = "",
) -> None:
    """Check that the index agrees with the conversations, or that words are really gone."""
    assistant = _assistant(home, profile)
    if gone:
        from ..agent.memory.forgetting import traces_left

        if left := traces_left(assistant.home, gone.encode()):
            raise Failure(f"Those words stand in {', '.join(p.name for p in left)}.")
        _say("Those words are in no file.")
        return
    told = assistant.memory(user).missing()
    lacking = sum(lacks for lacks, _ in told.values())
    surplus = sum(too_many for _, too_many in told.values())
    if lacking or surplus:
        raise Failure(
            f"The index lacks {lacking} rows and has {surplus} too many; "
            "`sightline memory rebuild` makes it again."
        )
    _say("The index agrees with the conversations.")


def _meant(
    assistant: "Assistant", user: str, words: str, session: str, everything: bool
) -> tuple["Doomed", str]:
    """What is to go, and its name."""
    from ..agent.memory.asking import read_ask
    from ..agent.memory.past import read_past

    if sum((bool(words), bool(session), everything)) != 1:
        raise Failure("Say what to forget: words or an id, --session ID, or --everything.")
    forgetter, past = assistant.forgetter(user), read_past(assistant.log, user)
    if everything:
        return forgetter.everything(), f"everything of {user}"
    if session:
        turns = [turn for turn in past if turn.session == session]
        named = f"the conversation {session}"
    elif turns := [t for t in past if words == t.id or words.startswith(f"{t.id}/")]:
        named = words
    else:
        mine = assistant.memory(user)
        found = mine.find(read_ask(words, mine.now()), past, "", mine.caught_up())
        turns = [found[0].trace.turn] if found else []
        named = f"“{found[0].trace.text[:80]}”" if found else ""
    if not turns:
        raise Failure("Nothing like that is remembered; `sightline memory list` shows what is.")
    files = [a for turn in turns for a in turn.asked.attachments] if not session else []
    return forgetter.with_all_about(turns, files), named


def _assistant(home: Path | None, profile: str = "embedded") -> "Assistant":
    return make_assistant(profile, home, None, None)


def _say(text: str, style: str | None = None) -> None:
    out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
