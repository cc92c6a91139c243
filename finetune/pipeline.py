"""Which recipe trains which model, with the data and sizes that made the shipped weights.

    sightline finetune NAME [--data DIR] [--out RUN] [--steps N] [--minutes M] [--resume]
    sightline finetune all --data REAL --out runs/all      # everything again, in order

A run's folder holds `model.safetensors`, `config.json`, a card, `figures.json`, `curve.jsonl` and
the state to resume from. REAL is a folder of real data (`photos/`, `receipts/`, `blood_cells/`,
`requests/`); what is not there is left out where a recipe can do without.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import Progress, track

from ..data.documents import TRAIN_LAYOUTS, sample_document
from ..data.requests import load_requests
from ..data.world.pool import SCENES_NAME, load_dataset, render_dataset
from ..data.world.vocabulary import check_training_seed
from ..evals.tasks.routing import HELDOUT
from ..models import spec
from ..models.common.loading import load_model
from ..models.dual_encoder import DualEncoderModel
from ..models.grounder import GrounderModel
from ..models.scene_parser import SceneParserModel
from ..models.spec import weights_folder
from .common.fit import FitConfig
from .common.pairs import ChangedPool, read_changed
from .common.save import save_half
from .common.slots import SlotPool, read_pool
from .recipes.captioner import train_captioner
from .recipes.clip_encoder import train_clip_encoder
from .recipes.combiner import train_combiner
from .recipes.document_qa import finetune_document_qa
from .recipes.domain import real_sources, train_domain
from .recipes.dual_encoder import train_dual_encoder
from .recipes.edit_parser import train_edit_parser
from .recipes.editor import train_editor
from .recipes.grounder import finetune_ground, train_grounder
from .recipes.matcher import train_matcher
from .recipes.object_reader import train_object_reader
from .recipes.planner import train_planner
from .recipes.program_parser import train_program_parser
from .recipes.router import out_of_scope, split, train_router
from .recipes.scene_graph import train_scene_graph
from .recipes.scene_parser import train_scene_parser
from .recipes.track_reader import train_track_reader
from .recipes.video_parser import train_video_parser
from .recipes.vqa import train_vqa

POOL_SCENES = 20_000
DEV_SCENES = 400
DEV_SEED = 8000
CHANGED_SCENES = 5_000
COARSE, FINE = (240, 180), (320, 240)
WORLD_QUESTIONS = 24_000
REQUESTS = HELDOUT.parent / "train"
ORDER = (
    "scene_parser", "object_reader", "program_parser", "grounder", "vqa", "captioner",
    "dual_encoder", "matcher", "combiner", "scene_graph", "editor",
    "edit_parser", "domain", "document_reader", "router", "planner",
    "track_reader", "video_parser", "clip_encoder",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a person asked for.

    Attributes:
        out: folder of the run.
        data: their data, or real data for the recipes that want some.
        steps, minutes: how long; None takes the recipe's own number.
        seed: of drawing and training.
        processes: worker processes for drawing.
        eyes: scene parser weights that slot models look through; None takes the shipped ones.
        pools: folder of drawn pools, shared between runs; beside `out` if None.
    """

    out: Path
    data: Path | None = None
    steps: int | None = None
    minutes: float | None = None
    seed: int = 1
    resume: bool = False
    processes: int = 1
    eyes: Path | None = None
    pools: Path | None = None

    def fit(self, steps: int, learning_rate: float, **more: Any) -> FitConfig:
        """The recipe's settings with the person's over them."""
        return FitConfig(
            steps=self.steps or steps,
            minutes=self.minutes,
            learning_rate=learning_rate,
            seed=self.seed,
            **more,
        )


def train(name: str, options: Options) -> tuple[dict[str, float], str]:
    """Run the recipe called `name`; its figures, and one sentence on how to use the result.

    Raises:
        ValueError: the seed is kept for testing, or data that cannot be used.
        FileNotFoundError: weights or data that are not there.
    """
    check_training_seed(options.seed)
    if name == "all":
        return _train_all(options)
    figures = _RECIPES[name](options)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    return figures, _use(name, options.out)


def _train_all(options: Options) -> tuple[dict[str, float], str]:
    """Every shipped model from nothing; finished ones are kept with `resume`."""
    kept: dict[str, float] = {}
    eyes = options.out / "scene_parser"
    for name in ORDER:
        folder = options.out / name
        if not (options.resume and (folder / "figures.json").is_file()):
            part = replace(options, out=folder, eyes=eyes, pools=options.out / "pools")
            train(name, part)
        figures = json.loads((folder / "figures.json").read_text())
        kept |= {f"{name}.{key}": value for key, value in figures.items()}
    use = f"Copy the folders of {options.out} over models/weights to ship them."
    return kept, use


def _scene_parser(options: Options) -> dict[str, float]:
    config = options.fit(2600, 2.5e-3)
    train_pool, dev = _pools(options)
    model, figures = train_scene_parser(
        train_pool, dev, options.out, config=config, resume=options.resume
    )
    return _save(model, "scene_parser", options, figures, _world(options))


def _object_reader(options: Options) -> dict[str, float]:
    config = options.fit(4000, 2e-3)
    coarse, _ = _pools(options)
    fine, dev = _pools(options, FINE)
    model, figures = train_object_reader(
        [coarse, fine], dev, options.out, config=config, resume=options.resume
    )
    return _save(model, "object_reader", options, figures, _world(options))


def _program_parser(options: Options) -> dict[str, float]:
    config = options.fit(9000, 1.2e-3, save_every=200)
    few = options.steps is not None and options.steps < 1000
    model, figures = train_program_parser(
        options.out,
        config=config,
        questions=20_000 if few else 300_000,
        turns=4_000 if few else 40_000,
        processes=options.processes,
        resume=options.resume,
    )
    data = "worded programs of the tabletop world, dialogue turns and hand-written questions"
    return _save(model, "program_parser", options, figures, data)


def _vqa(options: Options) -> dict[str, float]:
    pool, dev, _ = _slots(options)
    own = options.out.parent / "grounder"
    folder = weights_folder("grounder", own if (own / "model.safetensors").is_file() else None)
    start = load_model(GrounderModel, folder)
    model, figures = train_vqa(
        pool, dev, options.out, config=options.fit(6000, 1e-3), start=start, resume=options.resume
    )
    return _save(model, "vqa", options, figures, f"{_world(options)}; begins as the grounder")


def _captioner(options: Options) -> dict[str, float]:
    pool, dev, _ = _slots(options)
    model, figures = train_captioner(
        pool, dev, options.out, config=options.fit(8000, 1e-3), resume=options.resume
    )
    return _save(model, "captioner", options, figures, _world(options))


def _grounder(options: Options) -> dict[str, float]:
    pool, dev, eyes = _slots(options)
    model, figures = train_grounder(
        pool, dev, eyes, options.out, config=options.fit(6000, 1e-3), resume=options.resume
    )
    return _save(model, "grounder", options, figures, _world(options))


def _scene_graph(options: Options) -> dict[str, float]:
    pool, dev, eyes = _slots(options)
    config = options.fit(2500, 2e-3, ema=0.99)
    model, figures = train_scene_graph(
        pool, dev, eyes, options.out, config=config, resume=options.resume
    )
    return _save(model, "scene_graph", options, figures, _world(options))


def _editor(options: Options) -> dict[str, float]:
    pool, dev = _pools(options, FINE)
    few = options.steps is not None and options.steps < 500
    model, figures = train_editor(
        pool,
        dev,
        options.out,
        config=options.fit(6000, 2e-3, ema=0.998, save_every=250),
        scenes=20 if few else 2000,
        cache=options.out.parent / "edits",
        resume=options.resume,
    )
    return _save(model, "editor", options, figures, f"drawn edits of {_world(options)}")


def _edit_parser(options: Options) -> dict[str, float]:
    few = options.steps is not None and options.steps < 200
    model, figures = train_edit_parser(
        options.out,
        config=options.fit(900, 1.5e-3, ema=0.99, save_every=200),
        scenes=20 if few else 250,
        resume=options.resume,
    )
    data = f"hand-written instructions and drawn edits of {_world(options)}"
    return _save(model, "edit_parser", options, figures, data)


def _dual_encoder(options: Options) -> dict[str, float]:
    pool, dev, eyes = _slots(options)
    changed, _ = _changed(options, pool, dev, eyes)
    model, figures = train_dual_encoder(
        pool, changed, dev, options.out, config=options.fit(3000, 2e-3, ema=0.98),
        resume=options.resume,
    )  # fmt: skip
    return _save(model, "dual_encoder", options, figures, _world(options))


def _matcher(options: Options) -> dict[str, float]:
    pool, dev, eyes = _slots(options)
    changed, dev_changed = _changed(options, pool, dev, eyes)
    model, figures = train_matcher(
        pool, changed, dev, dev_changed, _towers(options), options.out,
        config=options.fit(4000, 1e-3, ema=0.98), resume=options.resume,
    )  # fmt: skip
    return _save(model, "matcher", options, figures, f"{_world(options)}, with changed versions")


def _combiner(options: Options) -> dict[str, float]:
    pool, dev, eyes = _slots(options)
    changed, dev_changed = _changed(options, pool, dev, eyes)
    model, figures = train_combiner(
        pool, changed, dev, dev_changed, _towers(options), options.out,
        config=options.fit(4000, 1e-3, ema=0.98), resume=options.resume,
    )  # fmt: skip
    return _save(model, "combiner", options, figures, f"{_world(options)}, with changed versions")


def _domain(options: Options) -> dict[str, float]:
    if options.data is None or not (options.data / "photos" / "images").is_dir():
        raise FileNotFoundError(
            "finetune domain needs --data, a folder with photos/images and receipts/images."
        )
    train_pool, dev_pool = _pools(options)
    sources = []
    for pool, kept_out, n in ((train_pool, False, 300), (dev_pool, True, 60)):
        _, images = load_dataset(pool)
        rng = np.random.default_rng((options.seed, int(kept_out)))
        drawn = [
            sample_document(rng, layouts=TRAIN_LAYOUTS).image
            for _ in track(range(n), description="drawing documents")
        ]
        documents = [image for image in drawn if image is not None]
        sources.append(real_sources(options.data, images[:1500], documents, kept_out=kept_out))
    model, figures = train_domain(
        sources[0], sources[1], options.out, config=options.fit(400, 2e-3), resume=options.resume
    )
    data = f"{_world(options)}, drawn documents, and real pictures of `{options.data.name}`"
    return _save(model, "domain", options, figures, data)


def _document_reader(options: Options) -> dict[str, float]:
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


def _router(options: Options) -> dict[str, float]:
    kept, dev, foreign = _requests(options)
    model, figures = train_router(
        kept,
        dev,
        options.out,
        config=options.fit(20_000, 1.2e-3, ema=0.99, save_every=100),
        foreign=foreign,
        world=WORLD_QUESTIONS,
        resume=options.resume,
    )
    return _save(
        model, "router", options, figures, f"the hand-written request bank and {_world(options)}"
    )


def _planner(options: Options) -> dict[str, float]:
    kept, dev, foreign = _requests(options)
    planner, figures = train_planner(
        kept, dev, options.out, config=options.fit(6000, 1e-3), foreign=foreign,
        resume=options.resume,
    )  # fmt: skip
    planner.tokenizer.save_pretrained(options.out)
    return _save(planner.model, "planner", options, figures, "the hand-written request bank")


def _track_reader(options: Options) -> dict[str, float]:
    few = options.steps is not None and options.steps < 300
    model, figures = train_track_reader(
        options.out,
        config=options.fit(2000, 3e-3, ema=0.99, save_every=100, log_every=20),
        clips=40 if few else 800,
        resume=options.resume,
    )
    data = f"simulated clips of seed {options.seed}, seen as badly as the scene parser sees them"
    return _save(model, "track_reader", options, figures, data)


def _video_parser(options: Options) -> dict[str, float]:
    few = options.steps is not None and options.steps < 500
    model, figures = train_video_parser(
        options.out,
        config=options.fit(3000, 1.2e-3, save_every=100, log_every=20),
        questions=4_000 if few else 120_000,
        resume=options.resume,
    )
    data = "worded programs about clips and hand-written questions; begins as program_parser"
    return _save(model, "video_parser", options, figures, data)


def _clip_encoder(options: Options) -> dict[str, float]:
    few = options.steps is not None and options.steps < 500
    model, figures = train_clip_encoder(
        options.out,
        config=options.fit(4000, 2e-3, ema=0.99, save_every=100, log_every=20),
        clips=60 if few else 4000,
        resume=options.resume,
    )
    data = f"simulated clips of seed {options.seed}, read as badly as the track reader reads them"
    return _save(model, "clip_encoder", options, figures, data)


def _ground(options: Options) -> dict[str, float]:
    assert options.data is not None  # the command line asks for it
    model, figures = finetune_ground(
        options.data,
        options.out,
        config=options.fit(1200, 5e-4, save_every=100, log_every=20),
        resume=options.resume,
    )
    data = f"the boxes of `{options.data.name}`, from the shipped weights"
    return _save(model, "grounder", options, figures, data)


def _document_qa(options: Options) -> dict[str, float]:
    return finetune_document_qa(
        options.data,
        options.out,
        steps=options.steps or 400,
        minutes=options.minutes,
        seed=options.seed,
        resume=options.resume,
    )


_RECIPES: dict[str, Callable[[Options], dict[str, float]]] = {
    "scene_parser": _scene_parser,
    "object_reader": _object_reader,
    "program_parser": _program_parser,
    "vqa": _vqa,
    "captioner": _captioner,
    "grounder": _grounder,
    "dual_encoder": _dual_encoder,
    "matcher": _matcher,
    "combiner": _combiner,
    "scene_graph": _scene_graph,
    "editor": _editor,
    "edit_parser": _edit_parser,
    "domain": _domain,
    "document_reader": _document_reader,
    "router": _router,
    "planner": _planner,
    "track_reader": _track_reader,
    "video_parser": _video_parser,
    "clip_encoder": _clip_encoder,
    "ground": _ground,
    "document_qa": _document_qa,
}


def _pools(options: Options, size: tuple[int, int] = COARSE) -> tuple[Path, Path]:
    """Folders of a training and a development pool of pictures of `size`, drawn if need be."""
    folder = options.pools or options.out.parent / "pools"
    few = options.steps is not None and options.steps < 500
    found = []
    scenes = 400 if few else POOL_SCENES
    for part, seed, n in (("train", options.seed, scenes), ("dev", DEV_SEED, DEV_SCENES)):
        pool = folder / f"{part}-{seed}-{n}-{size[0]}x{size[1]}"
        found.append(pool)
        if (pool / SCENES_NAME).is_file():
            continue
        with Progress() as progress:
            bar = progress.add_task("drawing scenes", total=n)
            render_dataset(
                seed, n, pool, width=size[0], height=size[1], processes=options.processes,
                progress=lambda done, _, bar=bar, p=progress: p.update(bar, completed=done),
            )  # fmt: skip
    return found[0], found[1]


def _slots(options: Options) -> tuple[SlotPool, SlotPool, SceneParserModel]:
    """What the scene parser reads of both pools, and the parser."""
    folder = weights_folder("scene_parser", options.eyes)
    eyes = load_model(SceneParserModel, folder)
    train_pool, dev = _pools(options)
    # Beside the run, not beside the pool: slots belong to one parser's weights.
    cache = options.out.parent / "slots"
    name = spec("scene_parser").load(folder).weights
    return (
        read_pool(train_pool, eyes, cache / f"{train_pool.name}-{name}.pt"),
        read_pool(dev, eyes, cache / f"{dev.name}-{name}.pt"),
        eyes,
    )


def _changed(
    options: Options, pool: SlotPool, dev: SlotPool, eyes: SceneParserModel
) -> tuple[ChangedPool, ChangedPool]:
    """Changed versions of scenes of both pools."""
    cache = options.out.parent / "slots"
    few = options.steps is not None and options.steps < 500
    n = 200 if few else CHANGED_SCENES
    return (
        read_changed(pool, eyes, n, options.seed, cache / f"changed-{options.seed}-{n}.pt"),
        read_changed(dev, eyes, n, DEV_SEED, cache / f"changed-{DEV_SEED}-{n}.pt"),
    )


def _towers(options: Options) -> DualEncoderModel:
    """The dual encoder of this run's folder if it is there, else the shipped one."""
    own = options.out.parent / "dual_encoder"
    folder = weights_folder("dual_encoder", own if (own / "model.safetensors").is_file() else None)
    return load_model(DualEncoderModel, folder)


def _requests(options: Options) -> tuple[list[Any], list[Any], list[str]]:
    kept, dev = split(load_requests(REQUESTS), 0, 20)
    foreign = out_of_scope(options.data / "requests") if options.data else []
    return kept, dev, foreign


def _world(options: Options) -> str:
    return f"drawn tabletop scenes of seed {options.seed} (scored on seed {DEV_SEED})"


def _save(
    model: Any, name: str, options: Options, figures: dict[str, float], data: str
) -> dict[str, float]:
    about = spec(name)
    rows = [
        ("Follows", about.paper),
        ("Data", data),
        ("Command", f"`sightline finetune {name} --seed {options.seed}`"),
        ("Parameters", f"{sum(p.numel() for p in model.parameters()):,}"),
        *((key, f"{value:.4g}") for key, value in figures.items()),
    ]
    table = "\n".join(f"| {key} | {value} |" for key, value in rows)
    licence = "Licence: Apache-2.0."
    if options.data is not None:
        licence += f" Trained in part on `{options.data.name}`: its own terms apply too."
    save_half(model, options.out, f"# {name}\n\n| | |\n|---|---|\n{table}\n\n{licence}")
    return figures


def _use(name: str, out: Path) -> str:
    tools = {
        "ground": "ground", "grounder": "ground", "document_qa": "document_qa",
        "document_reader": "document_qa", "captioner": "caption", "vqa": "vqa",
        "editor": "edit", "scene_graph": "scene_graph",
    }  # fmt: skip
    if name in tools:
        return f"Use it at once: sightline chat --tool {tools[name]}={out}"
    return f"Copy it over models/weights/{name} to ship it."
