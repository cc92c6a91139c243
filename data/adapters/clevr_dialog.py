"""CLEVR-Dialog and our `dialogs.json`: ten-round dialogues about pictures.

Official layout: one JSON list (`clevr_dialog_val_raw.json`), an entry per image with
`dialogs`, each a `caption` and a `dialog` of turns (question, answer, template).
Ours is the same list with a `program` per turn.
Kottur et al. 2019, https://arxiv.org/abs/1903.03166.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..world.programs import Call, from_clevr
from .files import existing, first_existing, read_each, read_json


@dataclass(frozen=True, kw_only=True)
class RecordedTurn:
    """One round: what was asked and the right answer; `program` where the file has one."""

    question: str
    answer: str
    template: str = ""
    program: Call | None = None
    premise: str = "holds"


@dataclass(frozen=True, kw_only=True)
class RecordedDialog:
    """A dialogue about one picture; `caption` is what was said of it beforehand."""

    image: Path
    image_index: int
    caption: str
    turns: tuple[RecordedTurn, ...]


def load_dialogs(
    root: str | Path, split: str = "val", *, images: str | Path | None = None
) -> tuple[RecordedDialog, ...]:
    """Dialogues of a split.

    Args:
        root: a folder with `dialogs.json` (ours) or `clevr_dialog_<split>_raw.json`,
            or such a file itself.
        split: val or train; ours has one split.
        images: folder of the pictures; by default `images` or `images/<split>` in `root`.

    Raises:
        FileNotFoundError: no dialogue file in either layout.
        ValueError: the file or one of its entries is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    if root.is_file():
        path, root = root, root.parent
    else:
        names = ("dialogs.json", f"clevr_dialog_{split}_raw.json", f"CLEVR_{split}_dialogs.json")
        path = first_existing(
            [root / name for name in names], f"the dialogue file of split {split!r}"
        )
    if images is None:
        nested = root / "images" / split
        images = nested if nested.is_dir() else root / "images"
    folder = Path(images)
    data = read_json(path, "dialogues")
    entries = data.get("dialogs") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise ValueError(f"{path} is not a dialogue file: it is no list of images with dialogs")

    def read(entry: Mapping[str, Any]) -> list[RecordedDialog]:
        return [
            RecordedDialog(
                image=folder / str(entry["image_filename"]),
                image_index=int(entry["image_index"]),
                caption=str(dialog["caption"]),
                turns=tuple(_turn(turn) for turn in dialog["dialog"]),
            )
            for dialog in entry["dialogs"]
        ]

    return tuple(dialog for group in read_each(path, entries, "image", read) for dialog in group)


def _turn(turn: Mapping[str, Any]) -> RecordedTurn:
    program = turn.get("program")
    answer = turn["answer"]
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    return RecordedTurn(
        question=str(turn["question"]),
        answer=str(answer),
        template=str(turn.get("template", "")),
        program=from_clevr(program) if program else None,
        premise=str(turn.get("premise", "holds")),
    )
