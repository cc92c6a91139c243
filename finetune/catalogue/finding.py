"""Models that find pictures and clips by words, and that change pictures."""

from ..recipes.clip_encoder import train_clip_encoder
from ..recipes.combiner import train_combiner
from ..recipes.dual_encoder import train_dual_encoder
from ..recipes.editor import train_editor
from ..recipes.matcher import train_matcher
from ..run import Options, save, world
from ..sources import FINE, changed_pools, pools, slots, towers


def dual_encoder(options: Options) -> dict[str, float]:
    """Pictures and texts into one space."""
    pool, dev, eyes = slots(options)
    changed, _ = changed_pools(options, pool, dev, eyes)
    model, figures = train_dual_encoder(
        pool, changed, dev, options.out, config=options.fit(3000, 2e-3, ema=0.98),
        resume=options.resume,
    )  # fmt: skip
    return save(model, "dual_encoder", options, figures, world(options))


def matcher(options: Options) -> dict[str, float]:
    """Whether a text is true of a picture."""
    pool, dev, eyes = slots(options)
    changed, dev_changed = changed_pools(options, pool, dev, eyes)
    model, figures = train_matcher(
        pool, changed, dev, dev_changed, towers(options), options.out,
        config=options.fit(4000, 1e-3, ema=0.98), resume=options.resume,
    )  # fmt: skip
    return save(model, "matcher", options, figures, f"{world(options)}, with changed versions")


def combiner(options: Options) -> dict[str, float]:
    """A picture and a wished change to a query."""
    pool, dev, eyes = slots(options)
    changed, dev_changed = changed_pools(options, pool, dev, eyes)
    model, figures = train_combiner(
        pool, changed, dev, dev_changed, towers(options), options.out,
        config=options.fit(4000, 1e-3, ema=0.98), resume=options.resume,
    )  # fmt: skip
    return save(model, "combiner", options, figures, f"{world(options)}, with changed versions")


def clip_encoder(options: Options) -> dict[str, float]:
    """Clips and texts into one space."""
    model, figures = train_clip_encoder(
        options.out,
        config=options.fit(4000, 2e-3, ema=0.99, save_every=100, log_every=20),
        clips=60 if options.trial else 4000,
        resume=options.resume,
    )
    data = f"simulated clips of seed {options.seed}, read as badly as the track reader reads them"
    return save(model, "clip_encoder", options, figures, data)


def editor(options: Options) -> dict[str, float]:
    """A masked picture and what should stand there to the new picture."""
    pool, dev = pools(options, FINE)
    model, figures = train_editor(
        pool,
        dev,
        options.out,
        config=options.fit(6000, 2e-3, ema=0.998, save_every=250),
        scenes=20 if options.trial else 2000,
        cache=options.out.parent / "edits",
        resume=options.resume,
    )
    return save(model, "editor", options, figures, f"drawn edits of {world(options)}")
