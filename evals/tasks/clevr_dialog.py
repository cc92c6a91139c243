"""clevr-dialog: dialogues of CLEVR-Dialog's validation file; the assistant's own answers go on.

    SIGHTLINE_CLEVR_DIALOG=clevr_dialog sightline eval clevr-dialog --limit 50

The caption that a dialogue begins with is said by the person, with the picture.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.adapters.clevr_dialog import RecordedDialog, load_dialogs
from ..metrics.shares import accuracy, share, share_by
from ..task import Sample, Task
from .official import data_folder, drawn
from .world_dialog import held


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Dialogues of the validation split, drawn by the seed."""
    return drawn(load_dialogs(data_folder("SIGHTLINE_CLEVR_DIALOG", "CLEVR-Dialog")), seed, limit)


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Hold one dialogue about one picture."""
    dialog: RecordedDialog = sample.data
    said = [{"role": "user", "text": dialog.caption, "attachments": [dialog.image]}]
    turns = held(assistant, dialog.turns, before=said)
    return {"turns": turns, "right": all(turn["right"] for turn in turns)}


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over turns, by round and by template, and dialogues without a mistake."""
    turns = [turn for record in records for turn in record["turns"]]
    return {
        **accuracy(turns),
        "faultless_dialogs": round(share(r["right"] for r in records), 4),
        "by_round": share_by(turns, lambda t: f"{t['round']:02d}"),
        "by_template": share_by(turns, lambda t: t["template"]),
    }


TASK = Task(
    name="clevr-dialog",
    description="dialogues of CLEVR-Dialog's own file ($SIGHTLINE_CLEVR_DIALOG)",
    limit=50,
    samples=samples,
    run=run,
    score=score,
)
