"""Train the edit parser: `sightline finetune edit_parser --out runs/edit_parser`.

Instructions come from the hand-written bank (`data/edits`), with the marked words exchanged, put
inside what people say around an order, and mistyped; and from drawn edits of tabletop scenes.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from ...data.edits import KINDS, Instruction, load_instructions
from ...data.edits.bank import SPAN_KINDS
from ...data.world.edits import EDIT_KINDS, fill_marks, sample_edit
from ...data.world.noise import frame
from ...data.world.sampler import sample_scenes
from ...models.common.adapted_encoder import encode_batch
from ...models.edit_parser import EditParserConfig, EditParserModel
from ...models.edit_parser.parser import EditParser, tag_labels
from ..common.fit import FitConfig, fit

_LETTERS = {"thing": "t", "place": "p", "value": "v"}
_WORLD_SHARE = 0.35
_SWAPPED = 0.5
_EXACT_THINGS = ("crop", "blur", "hide", "box")


def world_instructions(seed: int, scenes: int) -> list[Instruction]:
    """One drawn edit of each kind for each of `scenes` scenes of `seed`."""
    made = []
    for index, scene in enumerate(sample_scenes(seed, scenes)):
        rng = Random(f"{seed}/{index}")
        for kind in EDIT_KINDS:
            edit = sample_edit(scene, rng, kind)
            if edit is not None:
                made.append(Instruction(text=edit.text, kind=kind, spans=edit.spans))
    return made


class Instructions:
    """Draws training instructions.

    Args:
        bank: hand-written ones.
        world: drawn ones, whose phrases also stand in for those of the bank.
    """

    def __init__(self, bank: Sequence[Instruction], world: Sequence[Instruction]) -> None:
        self.bank = list(bank)
        self.world = list(world)
        self.phrases: dict[tuple[str, str], list[str]] = {}
        for item, drawn in [*((i, False) for i in bank), *((i, True) for i in world)]:
            for name, start, end in item.spans:
                words = item.text[start:end]
                # Drawn phrases for things stand for what is cropped, blurred or marked too.
                kinds = (item.kind, *_EXACT_THINGS) if drawn and name == "thing" else (item.kind,)
                for kind in kinds:
                    self.phrases.setdefault((kind, name), []).append(words)

    def draw(self, rng: Random) -> Instruction:
        """One instruction, varied."""
        if self.world and rng.random() < _WORLD_SHARE:
            return rng.choice(self.world)
        item = rng.choice(self.bank)
        marked, end = "", 0
        fillers: dict[str, str] = {}
        for name, start, stop in item.spans:
            words = item.text[start:stop]
            if rng.random() < _SWAPPED and _exchangeable(item.kind, name):
                words = rng.choice(self.phrases[item.kind, name])
            fillers[_LETTERS[name]] = words
            marked += f"{item.text[end:start]}⟦{_LETTERS[name]}⟧"
            end = stop
        marked += item.text[end:]
        if rng.random() < 0.35:
            marked = frame(rng, marked, "." if rng.random() < 0.3 else "")
        text, spans = fill_marks(rng, marked, fillers)
        if rng.random() < 0.15:
            text = text.lower()
        return Instruction(text=text, kind=item.kind, spans=spans)


def _exchangeable(kind: str, name: str) -> bool:
    # "Make it [square]" takes no other value, and directions stand beside the words they suit.
    return name == "thing" or kind in EDIT_KINDS


def collate(items: Sequence[Instruction], config: EditParserConfig) -> tuple[Tensor, ...]:
    """ids, mask, types (N, T), kinds (N,) and tags (N, T) of a batch."""
    ids, mask, types = encode_batch([item.text for item in items])
    kinds = torch.tensor([config.kinds.index(item.kind) for item in items])
    tags = [tag_labels(item.text, item.spans, config.spans, ids.shape[1]) for item in items]
    return ids, mask, types, kinds, torch.tensor(tags)


def score(model: torch.nn.Module, items: Sequence[Instruction]) -> dict[str, float]:
    """Shares of instructions whose kind, and whose kind and marked words, are right."""
    parser = EditParser(model)  # type: ignore[arg-type]
    kinds = whole = 0
    for start in range(0, len(items), 64):
        chunk = items[start : start + 64]
        for item, heard in zip(chunk, parser.parse([i.text for i in chunk]), strict=True):
            words = {name: item.text[a:b] for name, a, b in item.spans}
            kinds += heard.kind == item.kind
            whole += heard.kind == item.kind and heard.words == words
    return {"kind": kinds / len(items), "whole": whole / len(items)}


def train_edit_parser(
    out: Path,
    *,
    config: FitConfig,
    scenes: int = 400,
    batch_size: int = 32,
    resume: bool = False,
) -> tuple[EditParserModel, dict[str, float]]:
    """Train on the bank and drawn edits, score on the instructions kept for development.

    The last figures, `..._kept_out`, are those of the instructions kept for testing.
    """
    torch.manual_seed(config.seed)
    model = EditParserModel(EditParserConfig(kinds=list(KINDS), spans=list(SPAN_KINDS)))
    source = Instructions(load_instructions("train"), world_instructions(config.seed, scenes))
    dev = load_instructions("dev")

    def batch(step: int) -> tuple[Tensor, ...]:
        rng = Random(config.seed * 1_000_003 + step)
        items = [source.draw(rng) for _ in range(batch_size)]
        return collate(items, model.config)  # pyright: ignore[reportArgumentType]

    figures = fit(
        model,
        batch,
        lambda m, b: m(*b).loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: score(m, dev),
        evaluate_every=200,
        title="edit parser",
    )
    kept = score(model, load_instructions("heldout"))
    return model, figures | {f"{name}_kept_out": value for name, value in kept.items()}
