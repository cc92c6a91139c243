"""`sightline data`: draw the worlds that the models are trained and measured on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .common import Failure, err, examples, out

data = typer.Typer(
    help="Draw tabletop scenes and documents, with everything that is true of them.",
    rich_markup_mode="rich",
    no_args_is_help=True,
    epilog=examples(
        "sightline data world --n 200 --seed 9001 --out world",
        "sightline data documents --n 50 --seed 8001 --out papers --layouts test",
        "sightline data world-pool --n 20000 --seed 1 --out runs/pool --processes 4",
    ),
)

Number = Annotated[int, typer.Option("--n", min=1, help="How many.")]
Seed = Annotated[int, typer.Option(min=0, help="Same seed, same bytes; 9000-9999 are for tests.")]
Out = Annotated[Path, typer.Option("--out", help="Folder to write into.")]
Processes = Annotated[int, typer.Option(min=1, help="Worker processes.")]


@data.command(
    "world", epilog=examples("sightline data world --n 200 --seed 9001 --out world --processes 4")
)
def world(
    n: Number,
    out_dir: Out,
    seed: Seed = 0,
    processes: Processes = 1,
    width: Annotated[int, typer.Option(min=32, max=4096, help="Pixels across.")] = 320,
    height: Annotated[int, typer.Option(min=32, max=4096, help="Pixels down.")] = 240,
    videos: Annotated[int, typer.Option(min=0, help="Clips beside the scenes.")] = 0,
) -> None:
    """Scenes in CLEVR's layouts: images/, scenes, questions, captions, refexps, dialogs.

    With --videos also videos/*.mp4, video_annotations and video_questions in CLEVRER's layouts.
    """
    _folder(out_dir)
    if videos and (width % 2 or height % 2):
        raise Failure("Clips need an even width and height.")
    from ..data.world.writer import write_world

    with _bar("drawing") as progress:
        write_world(
            out_dir, n, seed, processes=processes, progress=progress, width=width, height=height
        )
    if videos:
        from ..data.world.video.writer import write_videos

        with _bar("filming") as progress:
            write_videos(
                out_dir, videos, seed, width=width, height=height, processes=processes,
                progress=progress,
            )  # fmt: skip
    _said(out_dir, f"{n} scenes" + (f" and {videos} clips" if videos else ""))


@data.command(
    "documents", epilog=examples("sightline data documents --n 50 --seed 8001 --out papers")
)
def documents(
    n: Number,
    out_dir: Out,
    seed: Seed = 0,
    layouts: Annotated[
        str, typer.Option(help="train, or test: layouts that are kept out of training.")
    ] = "train",
    clean: Annotated[bool, typer.Option("--clean", help="No noise, no skew.")] = False,
) -> None:
    """Generated receipts, invoices, forms, letters and more: images/ and documents.json."""
    _folder(out_dir)
    if layouts not in ("train", "test"):
        raise Failure(f"--layouts is train or test, not {layouts!r}.")
    from ..data.documents import write_documents

    with err.status("drawing"):
        write_documents(out_dir, n, seed, "test" if layouts == "test" else "train", noise=not clean)
    _said(out_dir, f"{n} documents")


@data.command(
    "world-pool",
    epilog=examples("sightline data world-pool --n 20000 --seed 1 --out runs/pool --processes 4"),
)
def world_pool(
    n: Number,
    out_dir: Out,
    seed: Seed = 0,
    processes: Processes = 1,
    width: Annotated[int, typer.Option(min=32, max=4096, help="Pixels across.")] = 320,
    height: Annotated[int, typer.Option(min=32, max=4096, help="Pixels down.")] = 240,
) -> None:
    """Scenes as one array for training: images.npy and scenes.json."""
    _folder(out_dir)
    from ..data.world.pool import render_dataset

    with _bar("drawing") as progress:
        render_dataset(
            seed, n, out_dir, width=width, height=height, processes=processes, progress=progress
        )
    _said(out_dir, f"{n} scenes")


def _folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise Failure(f"{path} is a file; --out takes a folder.")


def _said(path: Path, what: str) -> None:
    out.print(f"{what} in {path}", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, as the (done, total) callback that the writers take."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
