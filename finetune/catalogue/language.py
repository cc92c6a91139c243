"""Models of what people say: questions, instructions, whole requests."""

from ..recipes.edit_parser import train_edit_parser
from ..recipes.planner import train_planner
from ..recipes.program_parser import train_program_parser
from ..recipes.router import train_router
from ..recipes.video_parser import train_video_parser
from ..run import Options, save, world
from ..sources import requests

WORLD_QUESTIONS = 24_000


def program_parser(options: Options) -> dict[str, float]:
    """Questions and phrases to programs."""
    config = options.fit(9000, 1.2e-3, save_every=200)
    model, figures = train_program_parser(
        options.out,
        config=config,
        questions=20_000 if options.trial else 300_000,
        turns=4_000 if options.trial else 40_000,
        composed=4_000 if options.trial else 200_000,
        processes=options.processes,
        resume=options.resume,
    )
    data = (
        "worded and composed programs of the tabletop world, dialogue turns and hand-written"
        " questions"
    )
    return save(model, "program_parser", options, figures, data)


def video_parser(options: Options) -> dict[str, float]:
    """Questions about clips to programs."""
    model, figures = train_video_parser(
        options.out,
        config=options.fit(3000, 1.2e-3, save_every=100, log_every=20),
        questions=4_000 if options.trial else 120_000,
        resume=options.resume,
    )
    data = "worded programs about clips and hand-written questions; begins as program_parser"
    return save(model, "video_parser", options, figures, data)


def edit_parser(options: Options) -> dict[str, float]:
    """Instructions to edits."""
    model, figures = train_edit_parser(
        options.out,
        config=options.fit(2500, 1.5e-3, ema=0.99, save_every=200),
        scenes=20 if options.trial else 250,
        resume=options.resume,
    )
    data = f"hand-written instructions and drawn edits of {world(options)}"
    return save(model, "edit_parser", options, figures, data)


def router(options: Options) -> dict[str, float]:
    """Conversations to tools and the words they need."""
    kept, dev, foreign = requests(options)
    model, figures = train_router(
        kept,
        dev,
        options.out,
        config=options.fit(20_000, 1.2e-3, ema=0.99, save_every=100),
        foreign=foreign,
        world=WORLD_QUESTIONS,
        resume=options.resume,
    )
    return save(
        model, "router", options, figures, f"the hand-written request bank and {world(options)}"
    )


def planner(options: Options) -> dict[str, float]:
    """The decoder that vLLM serves."""
    kept, dev, foreign = requests(options)
    planner, figures = train_planner(
        kept, dev, options.out, config=options.fit(6000, 1e-3), foreign=foreign,
        resume=options.resume,
    )  # fmt: skip
    planner.tokenizer.save_pretrained(options.out)
    return save(planner.model, "planner", options, figures, "the hand-written request bank")
