"""Models of documents and of tracks, and tuning on data of a person's own."""

from ..recipes.document_qa import finetune_document_qa
from ..recipes.grounder import finetune_ground
from ..recipes.track_reader import train_track_reader
from ..run import Options, save


def document_reader(options: Options) -> dict[str, float]:
    """Pages to fields, tables and answers."""
    receipts = options.data / "receipts" if options.data else None
    generated = 30_000 if options.steps is None else min(30_000, 12 * options.steps)
    return finetune_document_qa(
        receipts if receipts is not None and receipts.is_dir() else options.data,
        options.out,
        steps=options.steps or 7000,
        minutes=options.minutes,
        seed=options.seed,
        resume=options.resume,
        from_scratch=True,
        generated=generated,
        asked=generated // 8,
        processes=options.processes,
    )


def track_reader(options: Options) -> dict[str, float]:
    """What is seen frame by frame to tracks and events."""
    model, figures = train_track_reader(
        options.out,
        config=options.fit(2000, 3e-3, ema=0.99, save_every=100, log_every=20),
        clips=40 if options.trial else 800,
        resume=options.resume,
    )
    data = f"simulated clips of seed {options.seed}, seen as badly as the scene parser sees them"
    return save(model, "track_reader", options, figures, data)


def ground(options: Options) -> dict[str, float]:
    """The grounder on a person's own boxes."""
    assert options.data is not None  # the command line asks for it
    model, figures = finetune_ground(
        options.data,
        options.out,
        config=options.fit(1200, 5e-4, save_every=100, log_every=20),
        resume=options.resume,
    )
    data = f"the boxes of `{options.data.name}`, from the shipped weights"
    return save(model, "grounder", options, figures, data)


def document_qa(options: Options) -> dict[str, float]:
    """The document reader on a person's own pages."""
    return finetune_document_qa(
        options.data,
        options.out,
        steps=options.steps or 400,
        minutes=options.minutes,
        seed=options.seed,
        resume=options.resume,
    )
