"""CLEVR v1.0 and the tabletop world's own folders: scenes and questions, typed.

Official layout: `images/val/*.png`, `scenes/CLEVR_val_scenes.json`,
`questions/CLEVR_val_questions.json`. Ours: `images/*.png`, `scenes.json`,
`questions.json`. Johnson et al. 2017, https://arxiv.org/abs/1612.06890.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..world.programs import Call, from_clevr
from ..world.scene import Scene
from .files import existing, first_existing, read_each, read_entries


@dataclass(frozen=True, kw_only=True)
class ClevrQuestion:
    """A question about a picture.

    Attributes:
        image: path of the picture.
        answer: CLEVR's spelling (`yes`, `3`, `red`; ours also `none` for a false premise);
            None in the test split.
        program: the functional program; None in the test split.
        family: name or index of the question family.
    """

    image: Path
    image_index: int
    question: str
    answer: str | None
    program: Call | None
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class ClevrDataset:
    """One split: its scenes (empty for the test split) and its questions."""

    images: Path
    scenes: tuple[Scene, ...]
    questions: tuple[ClevrQuestion, ...]

    def image(self, scene: Scene) -> Path:
        """Where the scene's picture lies."""
        return self.images / scene.image_filename


def image_folder(root: Path, split: str) -> Path:
    """`images/<split>` where there is one (CLEVR), else `images` (ours).

    Raises:
        FileNotFoundError: neither exists.
    """
    return first_existing([root / "images" / split, root / "images"], "the image folder")


def load_scenes(root: str | Path, split: str = "val") -> tuple[Scene, ...]:
    """Scenes of a split.

    Raises:
        FileNotFoundError: no scene file in either layout.
        ValueError: the file or one of its scenes is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    path = first_existing(
        [
            root / "scenes.json",
            root / "scenes" / f"CLEVR_{split}_scenes.json",
            root / "scenes" / f"clevr_ref+_{split}_scenes.json",
        ],
        f"the scene file of split {split!r}",
    )
    return tuple(read_each(path, read_entries(path, "scenes", "scenes"), "scene", Scene.from_clevr))


def load_questions(root: str | Path, split: str = "val") -> tuple[ClevrQuestion, ...]:
    """Questions of a split.

    Raises:
        FileNotFoundError: no question file in either layout.
        ValueError: the file or one of its questions is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    path = first_existing(
        [root / "questions.json", root / "questions" / f"CLEVR_{split}_questions.json"],
        f"the question file of split {split!r}",
    )
    images = image_folder(root, split)

    def read(entry: Mapping[str, Any]) -> ClevrQuestion:
        program = entry.get("program")
        answer = entry.get("answer")
        family = entry.get("question_family", entry.get("question_family_index", ""))
        return ClevrQuestion(
            image=images / str(entry["image_filename"]),
            image_index=int(entry["image_index"]),
            question=str(entry["question"]),
            answer=None if answer is None else str(answer),
            program=from_clevr(program) if program else None,
            family=str(family),
        )

    return tuple(read_each(path, read_entries(path, "questions", "questions"), "question", read))


def load_clevr(root: str | Path, split: str = "val") -> ClevrDataset:
    """Scenes and questions of a split; the test split has no scenes.

    Raises:
        FileNotFoundError: a file of the layout is missing.
        ValueError: a file is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    return ClevrDataset(
        images=image_folder(root, split),
        scenes=()
        if split == "test" and not (root / "scenes.json").exists()
        else load_scenes(root, split),
        questions=load_questions(root, split),
    )
