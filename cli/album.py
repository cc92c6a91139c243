"""`sightline album`: add files to your album, list it, search it, take things out."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from .common import Failure, Home, Profile, User, err, examples, make_assistant, out

if TYPE_CHECKING:
    from ..agent.memory.album import Album

album = typer.Typer(
    help="Your album: pictures and pages to be found again.",
    no_args_is_help=True,
    epilog=examples(
        "sightline album add holiday/ receipt.pdf",
        'sightline album find "pictures with three balls"',
        'sightline album find "like this one but with a red ball" --like scene.png',
        "sightline album list",
    ),
)


@album.command(epilog=examples("sightline album add holiday/ receipt.pdf"))
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, and folders with files in them.")],
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
) -> None:
    """Add files, and all that folders hold, to the album."""
    # Here and not above: `--help` needs no models.
    mine = _album(user, home, profile)
    from ..agent.memory.album import files_below

    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise Failure(f"There is no file or folder {path}.")
        files += files_below(path) if path.is_dir() else [path]
    if not files:
        raise Failure(
            "There are no pictures, documents or clips in there; name files or a folder of them."
        )
    new, problems = 0, []
    for file in track(files, description="adding", console=err, transient=True):
        added, refused = mine.add_files([file])
        new += added
        problems += refused
    for problem in problems:
        err.print(problem, markup=False, highlight=False, soft_wrap=True)
    known = len(files) - len(problems) - new
    already = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    out.print(f"{new} added{already}. The album holds {len(mine.items())} files.", highlight=False)


@album.command("list", epilog=examples("sightline album list"))
def list_(user: User = "me", home: Home = None, profile: Profile = "embedded") -> None:
    """List what is in the album, newest first."""
    mine = _album(user, home, profile)
    items = mine.items()
    if not items:
        from ..agent.memory.album import EMPTY

        out.print(EMPTY, markup=False, highlight=False, soft_wrap=True)
    for item in items:
        when = time.strftime("%d %b %Y %H:%M", time.localtime(item.added))
        out.print(
            f"{item.artifact[:12]}  {when}  {_name(mine, item.artifact)}",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip


@album.command(epilog=examples('sightline album find "receipts from last week"'))
def find(
    words: Annotated[str, typer.Argument(help="What to look for, in your own words.")] = "",
    like: Annotated[
        Path | None, typer.Option("--like", help="A picture to find others like.")
    ] = None,
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole result.")] = False,
) -> None:
    """Search the album by words, by a picture, or by both."""
    if not words and like is None:
        raise Failure("Say what to look for, or give a picture with --like.")
    mine = _album(user, home, profile)
    if like is not None and not words:
        words = "pictures like this"
    found = mine.search(words, mine.store.add(like) if like is not None else None)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    out.print(found.text, markup=False, highlight=False, soft_wrap=True)
    for hit in found.detail.get("hits", ()):
        path = mine.store.image_path(hit["artifact"], hit["page"])
        out.print(
            f"{hit['artifact'][:12]}  {hit['name']}  {path}",
            style="dim", markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip


@album.command(epilog=examples("sightline album remove 3f2a91b0c4d5"))
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids from `sightline album list`.")],
    user: User = "me",
    home: Home = None,
    profile: Profile = "embedded",
) -> None:
    """Take things out of the album."""
    mine = _album(user, home, profile)
    for wanted in ids:
        known = [i.artifact for i in mine.items() if i.artifact.startswith(wanted)]
        if len(known) != 1 or len(wanted) < 4:
            raise Failure(
                f"{wanted} names {len(known)} things; give more of an id of `sightline album list`."
            )
        name = _name(mine, known[0])
        mine.remove(known[0])
        out.print(f"{name} is out of the album.", markup=False, highlight=False, soft_wrap=True)


def _album(user: str, home: Path | None, profile: str) -> "Album":
    return make_assistant(profile, home, None, None).album(user)


def _name(mine: "Album", artifact: str) -> str:
    from ..tools.results import ToolError

    try:
        return mine.store.get(artifact).name
    except ToolError:
        return "a file that is gone"
