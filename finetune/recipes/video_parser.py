"""Train the parser of questions about clips: `sightline finetune video_parser --out runs/vp`.

The program parser's own class over the clips' language, taught on questions, and on statements
such as captions and searches are made of. Its word adapters begin as the picture
parser's, and so do the rows of the tokens that both languages share.
"""

import random
from pathlib import Path

import torch

from ...data.world.noise import typos
from ...data.world.video.freeform import freeform
from ...data.world.video.language import FUNCTIONS, WIDENS, token_vocabulary
from ...data.world.video.questions import parser_pairs, taught
from ...data.world.video.statements import statement_pairs
from ...models.common.loading import load_model
from ...models.program_parser import ProgramParserConfig, ProgramParserModel
from ...models.spec import weights_folder
from ..common.fit import FitConfig, fit
from .program_parser import Pair, collate, config_for, exact_match

_LONGEST = 32


def language_config(**sizes: int) -> ProgramParserConfig:
    """The config of a parser for the clips' program language."""
    return config_for(
        token_vocabulary(), FUNCTIONS, WIDENS, **{"dim": 192, "longest": _LONGEST, **sizes}
    )


def begun(path: Path | None = None) -> ProgramParserModel:
    """A new model whose adapters are those of the picture parser (in `path`; None: shipped)."""
    model = ProgramParserModel(language_config())
    folder = weights_folder("program_parser", path)
    known = load_model(ProgramParserModel, folder)
    model.encoder.load_state_dict(known.encoder.state_dict())
    return model


def sample_video_pairs(seed: int, questions: int, repeats: int, statements: int = 0) -> list[Pair]:
    """Training pairs: worded programs, and the hand-written ones `repeats` times with slips."""
    rng = random.Random(seed)
    worded = [*parser_pairs(seed, questions), *statement_pairs(seed, statements)]
    pairs: list[Pair] = [("", text, tokens) for text, tokens in worded]
    for item in freeform("train") * repeats:
        text = item.text if rng.random() < 0.6 else typos(rng, item.text)
        if rng.random() < 0.4:
            text = text.lower().rstrip("?. ")
        pairs.append(("", text, taught(item.program)))
    rng.shuffle(pairs)
    return [pair for pair in pairs if len(pair[2]) <= _LONGEST]


def train_video_parser(
    out: Path,
    *,
    config: FitConfig,
    questions: int = 120_000,
    repeats: int = 60,
    batch_size: int = 48,
    model: ProgramParserModel | None = None,
    resume: bool = False,
) -> tuple[ProgramParserModel, dict[str, float]]:
    """Train `model` (None begins as the picture parser) on worded programs.

    Scored on another seed's questions and statements, and on the kept-out questions.
    """
    torch.manual_seed(config.seed)
    model = model or begun()
    pairs = sample_video_pairs(config.seed, questions, repeats, questions // 2)
    rng = random.Random(config.seed)
    groups: list[list[Pair]] = []
    for first in range(0, len(pairs), 64 * batch_size):
        pool = sorted(pairs[first : first + 64 * batch_size], key=lambda pair: len(pair[1]))
        groups += [pool[i : i + batch_size] for i in range(0, len(pool), batch_size)]
    rng.shuffle(groups)
    dev = sample_video_pairs(config.seed + 500, 300, 0)
    told: list[Pair] = [("", *pair) for pair in statement_pairs(config.seed + 500, 300)]
    kept: list[Pair] = [("", item.text, taught(item.program)) for item in freeform("heldout")]

    def evaluate(model: torch.nn.Module) -> dict[str, float]:
        return {
            "exact": exact_match(model, dev),
            "exact_statements": exact_match(model, told),
            "exact_by_hand": exact_match(model, kept),
        }

    figures = fit(
        model,
        lambda step: collate(groups[step % len(groups)], model.config),  # pyright: ignore[reportArgumentType]
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=evaluate,
        evaluate_every=500,
        title="video parser",
    )
    return model, figures
