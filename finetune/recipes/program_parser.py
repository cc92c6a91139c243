"""Train the program parser on worded programs: `sightline finetune program_parser --out runs/pp`.

The pairs come from the world's question and dialogue language, and from the questions people
wrote by hand (`data/world/freeform`), which are repeated so that no wording drowns. Composed
questions (`data/world/composed.py`) teach that conditions add up, however they are put.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import torch
from rich.progress import track
from torch import Tensor

from ...data.world.composed import composed_pairs
from ...data.world.dialogs import dialog_parser_pairs
from ...data.world.foreign import foreign_pair
from ...data.world.freeform import freeform
from ...data.world.functions import (
    FUNCTIONS,
    WIDENS,
    Signature,
    canonical,
    from_tokens,
    split_token,
    to_tokens,
    token_vocabulary,
)
from ...data.world.noise import typos
from ...data.world.questions import parser_pairs
from ...models.common.adapted_encoder import encode_batch
from ...models.program_parser import ProgramParserConfig, ProgramParserModel
from ...models.program_parser.model import FIRST, PAD
from ..common.fit import FitConfig, fit

Pair = tuple[str, str, tuple[str, ...]]  # earlier turn, text, program tokens
_CHUNK = 2000
_FOREIGN = 0.05  # share of pairs that are taught once more with a word of another world


def config_for(
    tokens: Sequence[str],
    functions: Mapping[str, Signature],
    widens: Mapping[str, Sequence[str]],
    **sizes: int,
) -> ProgramParserConfig:
    """The config of a parser for a program language: its tokens, functions and kinds."""
    signatures = [functions[split_token(token)[0]] for token in tokens]
    return ProgramParserConfig(
        tokens=list(tokens),
        inputs=[list(signature.inputs) for signature in signatures],
        outputs=[signature.output for signature in signatures],
        widens={kind: list(given) for kind, given in widens.items()},
        **sizes,
    )


def language_config(**sizes: int) -> ProgramParserConfig:
    """The config of a parser for the world's program language."""
    return config_for(token_vocabulary(), FUNCTIONS, WIDENS, **sizes)


def sample_pairs(
    seed: int, questions: int, turns: int, repeats: int, processes: int = 1, *, composed: int = 0
) -> list[Pair]:
    """Training pairs: questions, dialogue turns, composed ones, and hand-written ones repeated.

    Work is cut into chunks with seeds of their own, so the pairs do not depend on `processes`.
    """
    jobs = [
        (seed * 1000 + i, min(_CHUNK, questions - i * _CHUNK), _worded) for i in _chunks(questions)
    ]
    jobs += [(seed * 1000 + i, min(_CHUNK, turns - i * _CHUNK), _spoken) for i in _chunks(turns)]
    jobs += [
        (seed * 1000 + i, min(_CHUNK, composed - i * _CHUNK), _composed) for i in _chunks(composed)
    ]
    pairs: list[Pair] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for part in track(pool.map(_run, jobs), total=len(jobs), description="wording programs"):
            pairs.extend(part)
    rng = random.Random(seed)
    by_hand = freeform("train")
    for _ in range(repeats):
        for item in by_hand:
            text = item.text if rng.random() < 0.6 else typos(rng, item.text)
            if rng.random() < 0.4:
                text = text.lower().rstrip("?. ")
            before = item.before
            if not before and rng.random() < 0.2:
                before = rng.choice(by_hand).text
            pairs.append((before, text, tuple(to_tokens(item.program))))
    pairs = [(before, text, taught(tokens)) for before, text, tokens in pairs]
    pairs += with_foreign(rng, pairs)
    rng.shuffle(pairs)
    return pairs


def with_foreign(rng: random.Random, pairs: list[Pair]) -> list[Pair]:
    """Some of the pairs again, asking for what no tabletop holds."""
    chosen = rng.sample(pairs, int(_FOREIGN * len(pairs)))
    return [(before, *foreign_pair(rng, text, tokens)) for before, text, tokens in chosen]


def taught(tokens: Sequence[str]) -> tuple[str, ...]:
    """The one spelling of a program's meaning that the parser is taught."""
    spelled = tuple(to_tokens(canonical(from_tokens(tokens))))
    # Asking again picks one object by itself where the question needs one, so that both
    # spellings mean the same; the shorter is taught.
    return ("again", *spelled[2:]) if spelled[:2] == ("again", "unique") else spelled


def _chunks(n: int) -> range:
    return range((n + _CHUNK - 1) // _CHUNK)


def _run(job: tuple[int, int, Callable[[int, int], list[Pair]]]) -> list[Pair]:
    seed, n, make = job
    return make(seed, n)


def _worded(seed: int, n: int) -> list[Pair]:
    rng = random.Random(seed)
    alone = [(text, tuple(tokens)) for text, tokens in islice(parser_pairs(seed, n), n)]
    # A third of them stand after something unrelated, which must not leak in.
    return [(rng.choice(alone)[0] if rng.random() < 0.3 else "", *pair) for pair in alone]


def _spoken(seed: int, n: int) -> list[Pair]:
    return [
        (history[-1] if history else "", text, tuple(tokens))
        for history, text, tokens in islice(dialog_parser_pairs(seed, n), n)
    ]


def _composed(seed: int, n: int) -> list[Pair]:
    return [(before, text, tuple(tokens)) for before, text, tokens in composed_pairs(seed, n)]


def collate(pairs: list[Pair], config: ProgramParserConfig) -> tuple[Tensor, ...]:
    """ids, mask, types (N, T) and labels (N, L) of a batch."""
    index = {token: i + FIRST for i, token in enumerate(config.tokens)}
    ids, mask, types = encode_batch([text for _, text, _ in pairs], [b for b, _, _ in pairs])
    longest = max(len(tokens) for _, _, tokens in pairs)
    labels = torch.full((len(pairs), longest), PAD)
    for row, (_, _, tokens) in enumerate(pairs):
        labels[row, : len(tokens)] = torch.tensor([index[token] for token in tokens])
    return ids, mask, types, labels


def exact_match(model: torch.nn.Module, pairs: list[Pair]) -> float:
    """Share of pairs whose decoded program is the true one, token for token."""
    right = 0
    for start in range(0, len(pairs), 64):
        chunk = pairs[start : start + 64]
        inputs = encode_batch([text for _, text, _ in chunk], [b for b, _, _ in chunk])
        decoded = model.decode(*inputs)  # type: ignore[operator]
        right += sum(d.tokens == tokens for d, (_, _, tokens) in zip(decoded, chunk, strict=True))
    return right / max(1, len(pairs))


def train_program_parser(
    out: Path,
    *,
    config: FitConfig,
    questions: int = 300_000,
    turns: int = 40_000,
    repeats: int = 20,
    composed: int = 200_000,
    processes: int = 1,
    batch_size: int = 48,
    pairs: list[Pair] | None = None,
    model: ProgramParserModel | None = None,
    resume: bool = False,
) -> tuple[ProgramParserModel, dict[str, float]]:
    """Train `model` (None begins anew) on `pairs` (None samples them).

    Scored on other seeds and on the kept-out questions.
    """
    torch.manual_seed(config.seed)
    model = model or ProgramParserModel(language_config())
    limit = model.config.longest
    if pairs is None:
        pairs = sample_pairs(config.seed, questions, turns, repeats, processes, composed=composed)
    pairs = [pair for pair in pairs if len(pair[2]) <= limit]
    # Batches of like lengths waste no time on padding; their order is shuffled.
    rng = random.Random(config.seed)
    groups: list[list[Pair]] = []
    for first in range(0, len(pairs), 64 * batch_size):
        pool = sorted(pairs[first : first + 64 * batch_size], key=lambda p: len(p[0]) + len(p[1]))
        groups += [pool[i : i + batch_size] for i in range(0, len(pool), batch_size)]
    rng.shuffle(groups)
    dev = [p for p in sample_pairs(config.seed + 500, 300, 100, 0) if len(p[2]) <= limit]
    kept = [
        (item.before, item.text, taught(to_tokens(item.program))) for item in freeform("heldout")
    ]

    def evaluate(model: torch.nn.Module) -> dict[str, float]:
        return {"exact": exact_match(model, dev), "exact_by_hand": exact_match(model, kept)}

    figures = fit(
        model,
        lambda step: collate(groups[step % len(groups)], model.config),  # pyright: ignore[reportArgumentType]
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=evaluate,
        evaluate_every=500,
        title="program parser",
    )
    return model, figures
