"""Which recipe trains which model, with the data and sizes that made the shipped weights.

    sightline finetune NAME [--data DIR] [--out RUN] [--steps N] [--minutes M] [--resume]
    sightline finetune all --data REAL --out runs/all      # everything again, in order

A run's folder holds `model.safetensors`, `config.json`, a card, `figures.json`, `curve.jsonl` and
the state to resume from. REAL is a folder of real data (`photos/`, `receipts/`, `blood_cells/`,
`requests/`); what is not there is left out where a recipe can do without.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..data.world.vocabulary import check_training_seed
from .catalogue import finding, language, reading, seeing
from .names import MODELS
from .run import Options

RECIPES: dict[str, Callable[[Options], dict[str, float]]] = {
    "scene_parser": seeing.scene_parser,
    "object_reader": seeing.object_reader,
    "program_parser": language.program_parser,
    "vqa": seeing.vqa,
    "captioner": seeing.captioner,
    "grounder": seeing.grounder,
    "dual_encoder": finding.dual_encoder,
    "matcher": finding.matcher,
    "combiner": finding.combiner,
    "scene_graph": seeing.scene_graph,
    "editor": finding.editor,
    "edit_parser": language.edit_parser,
    "domain": seeing.domain,
    "document_reader": reading.document_reader,
    "router": language.router,
    "planner": language.planner,
    "track_reader": reading.track_reader,
    "video_parser": language.video_parser,
    "clip_encoder": finding.clip_encoder,
    "ground": reading.ground,
    "document_qa": reading.document_qa,
}


def train(name: str, options: Options) -> tuple[dict[str, float], str]:
    """Run the recipe called `name`; its figures, and one sentence on how to use the result.

    Raises:
        ValueError: the seed is kept for testing, or data that cannot be used.
        FileNotFoundError: weights or data that are not there.
    """
    check_training_seed(options.seed)
    if name == "all":
        return _train_all(options)
    figures = RECIPES[name](options)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    return figures, _use(name, options.out)


def _train_all(options: Options) -> tuple[dict[str, float], str]:
    """Every model from nothing; finished ones are kept with `resume`."""
    kept: dict[str, float] = {}
    # What a trial run leaves sees nothing that the next models could look through.
    eyes = None if options.trial else options.out / "scene_parser"
    for name in MODELS:
        folder = options.out / name
        if not (options.resume and (folder / "figures.json").is_file()):
            part = replace(options, out=folder, eyes=eyes, pools=options.out / "pools")
            train(name, part)
        figures = json.loads((folder / "figures.json").read_text())
        kept |= {f"{name}.{key}": value for key, value in figures.items()}
    use = f"Copy the folders of {options.out} over models/weights to ship them."
    return kept, use


def _use(name: str, out: Path) -> str:
    tools = {
        "ground": "ground", "grounder": "ground", "document_qa": "document_qa",
        "document_reader": "document_qa", "captioner": "caption", "vqa": "vqa",
        "editor": "edit", "scene_graph": "scene_graph",
    }  # fmt: skip
    if name in tools:
        return f"Use it at once: sightline chat --tool {tools[name]}={out}"
    return f"Copy it over models/weights/{name} to ship it."
