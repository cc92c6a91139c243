"""Train the field scorers of the document reader on receipts: seconds, no GPU, no transformer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ...models.common.values import parse_number
from ...models.document_reader.candidates import FIELDS, candidates
from ...models.document_reader.labels import letters
from ...models.document_reader.lexicon import ShopLexicon
from ...models.document_reader.ocr import TextLine
from ...models.document_reader.scorer import FieldScorer, FieldScorers
from .document_samples import closest

_ALIKE = 0.8
_STEPS = 600


@dataclass(frozen=True)
class Choice:
    """The candidates of one receipt: features (N, F), right ones (N,)."""

    features: Tensor
    right: Tensor


def field_choices(
    field: str,
    pages: Sequence[Sequence[TextLine]],
    truths: Sequence[Mapping[str, str]],
    records: Sequence[Mapping[str, str]],
) -> list[Choice]:
    """Candidates of each receipt and which of them are right.

    A receipt's own record is left out of the lexicon it is compared with, as a new receipt's
    would be; `records[i]` is that of `pages[i]`.
    """
    keys = ("company", "address")
    every = ShopLexicon({}).extended(records, keys)
    counts: dict[str, int] = {}
    for record in records:
        for key in keys:
            counts[key + letters(record.get(key, ""))] = (
                counts.get(key + letters(record.get(key, "")), 0) + 1
            )
    choices = []
    for lines, truth, record in zip(pages, truths, records, strict=True):
        alone = {key for key in keys if counts[key + letters(record.get(key, ""))] == 1}
        lexicon = every.without(record, alone)
        found = candidates(
            field, lines, lambda key, text, known=lexicon: known.nearest(key, text)[1]
        )
        if not found or not truth.get(field):
            continue
        if field == "total":
            wanted = parse_number(truth[field])
            right = [parse_number(each.text) == wanted for each in found]
        else:
            right = closest([each.text for each in found], truth[field], _ALIKE)
        if any(right):
            features = torch.stack([torch.from_numpy(each.features) for each in found])
            choices.append(Choice(features, torch.tensor(right)))
    return choices


def fit_scorer(choices: Sequence[Choice], seed: int = 0) -> FieldScorer:
    """Softmax over candidates, any right one will do."""
    torch.manual_seed(seed)
    every = torch.cat([choice.features for choice in choices])
    scorer = FieldScorer(every.shape[1])
    scorer.mean.copy_(every.mean(0))
    scorer.spread.copy_(every.std(0).clamp(min=0.05))
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=3e-3, weight_decay=0.1)
    order = torch.Generator().manual_seed(seed)
    for step in range(_STEPS):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - step / _STEPS)
        picked = torch.randint(len(choices), (24,), generator=order)
        batch = [choices[int(i)] for i in picked]
        scores = scorer(torch.cat([choice.features for choice in batch]))
        loss = scores.sum() * 0
        for choice, row in zip(
            batch, scores.split([len(choice.right) for choice in batch]), strict=True
        ):
            loss = loss + row.logsumexp(0) - row[choice.right].logsumexp(0)
        optimizer.zero_grad()
        (loss / len(batch)).backward()
        optimizer.step()
    return scorer.eval()


def fit_scorers(
    pages: Sequence[Sequence[TextLine]], records: Sequence[Mapping[str, str]], seed: int = 0
) -> FieldScorers:
    """A scorer for every field that has enough receipts (ten)."""
    made = {}
    for field in FIELDS:
        choices = field_choices(field, pages, records, records)
        if len(choices) >= 10:
            made[field] = fit_scorer(choices, seed)
    return FieldScorers(made)
