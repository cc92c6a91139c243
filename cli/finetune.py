"""`sightline finetune`: train a model again, or on data of your own."""

from pathlib import Path
from typing import Annotated

import typer

from ..finetune.names import FURTHER, MODELS
from .common import Failure, go_offline, out

NAMES = (*FURTHER, *MODELS, "all")


def finetune(
    name: Annotated[
        str, typer.Argument(help=f"What to train: {', '.join(NAMES)}.", show_default=False)
    ],
    data: Annotated[
        Path | None,
        typer.Option(
            help="Your data: a COCO folder for ground, a folder of documents for "
            "document_qa; real photographs and receipts for domain, document_reader.",
            show_default=False,
        ),
    ] = None,
    out_dir: Annotated[
        Path | None,
        typer.Option("--out", help="Folder of the run; runs/NAME.", show_default=False),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Optimiser steps.", show_default=False)
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.01, help="Stop after so long.", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="0-8999; test seeds are refused.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where it stopped.")] = False,
    processes: Annotated[int, typer.Option(min=1, help="Worker processes for drawing.")] = 1,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Processor threads.", show_default=False)
    ] = None,
) -> None:
    """Train from the shipped weights on your data, or a shipped model from nothing."""
    if name not in NAMES:
        raise Failure(f"There is nothing called {name!r} to train; there are {', '.join(NAMES)}.")
    if name in FURTHER and data is None:
        raise Failure(f"finetune {name} needs --data, the folder of your examples.")
    if data is not None and not data.exists():
        raise Failure(f"There is no folder {data}.")
    go_offline()
    # Here and not above: `--help` needs no torch.
    import torch

    from ..finetune.pipeline import train
    from ..finetune.run import Options

    if threads is not None:
        torch.set_num_threads(threads)
    options = Options(
        out=out_dir or Path("runs") / name,
        data=data,
        steps=steps,
        minutes=minutes,
        seed=seed,
        resume=resume,
        processes=processes,
    )
    figures, use = train(name, options)
    for key, value in figures.items():
        out.print(f"{key}: {value:.4g}", highlight=False)
    out.print(f"\nWritten to {options.out}. {use}", markup=False, highlight=False, soft_wrap=True)
