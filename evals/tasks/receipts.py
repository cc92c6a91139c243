"""receipts: company, date, address and total of the kept-out SROIE receipts, from their pictures.

The receipts are any folder in a SROIE layout, $SIGHTLINE_RECEIPTS or ../shared/data/receipts; the
kept-out fifth (index modulo 5 is 4) is measured on. `evaluate_receipts` takes any reader.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, Protocol

from PIL.Image import Image

from ...agent.assistant import Assistant
from ...data.adapters.sroie import FIELDS, SroieReceipt, read_sroie
from ...models.tasks import DocumentAnswer
from ..metrics.documents import entity_f1, strict
from ..metrics.shares import accuracy
from ..task import Sample, Task

QUESTIONS: dict[str, tuple[str, ...]] = {
    "company": ("Which company is this receipt from?", "what shop is that", "who is the seller?"),
    "date": ("What date is on the receipt?", "when did they buy this?", "date pls"),
    "address": ("What's the shop's address?", "where is this place", "give me the full address"),
    "total": ("What is the total?", "how much did it all come to", "how much was paid in all?"),
}
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "receipts"


class FieldReader(Protocol):
    """What reads named fields off pages."""

    def fields(self, pages: Sequence[Image]) -> dict[str, DocumentAnswer]: ...


def receipts_folder() -> Path:
    """Where the receipts are.

    Raises:
        FileNotFoundError: there are none.
    """
    folder = Path(os.environ.get("SIGHTLINE_RECEIPTS", _SHARED))
    if not folder.is_dir():
        raise FileNotFoundError(
            f"There are no receipts in {folder}; set SIGHTLINE_RECEIPTS to a SROIE folder."
        )
    return folder


def kept_out(seed: int, limit: int) -> list[SroieReceipt]:
    """At most `limit` of the receipts that training never sees, shuffled by `seed`."""
    receipts = read_sroie(receipts_folder(), "test")
    Random(seed).shuffle(receipts)
    return receipts[:limit]


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One receipt a sample, its four questions in one of several wordings."""
    for receipt in kept_out(seed, limit):
        rng = Random(f"{seed}/{receipt.key}")
        asked = {key: rng.choice(QUESTIONS[key]) for key in FIELDS}
        yield Sample(id=receipt.key, data=(str(receipt.image_path), asked, receipt.truth))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask for the four fields of one receipt."""
    path, asked, truth = sample.data
    given = {}
    for key, question in asked.items():
        reply = assistant.ask(question, attachments=[path], user="eval", keep=False)
        given[key] = "" if reply.answer in (None, "none") else str(reply.answer)
    return _record(given, truth)


def _record(given: dict[str, str], truth: dict[str, str]) -> dict[str, Any]:
    return {
        "given": given,
        "truth": truth,
        "right": entity_f1([given], [truth])["recall"] == 1.0,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Entity F1, normalised and strict, the recall of each field, receipts wholly right."""
    given, truth = [r["given"] for r in records], [r["truth"] for r in records]
    figures = entity_f1(given, truth)
    return {
        **accuracy(records),
        "entity_f1": round(figures["f1"], 4),
        "entity_f1_strict": round(entity_f1(given, truth, strict)["f1"], 4),
        **{name: round(value, 4) for name, value in figures.items() if name != "f1"},
    }


def evaluate_receipts(
    reader: FieldReader, limit: int = 100, seed: int = 0
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Metrics and per-receipt records of a reader's `fields`."""
    records = []
    for receipt in kept_out(seed, limit):
        found = reader.fields([receipt.image()])
        given = {key: found[key].text if key in found else "" for key in FIELDS}
        records.append({"receipt": receipt.key, **_record(given, receipt.truth)})
    return score(records), records


TASK = Task(
    name="receipts",
    description="four fields of real receipts kept out of training, read from their pictures",
    limit=100,
    samples=samples,
    run=run,
    score=score,
)
