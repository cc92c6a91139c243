"""CLEVRER and the tabletop world's own clips: annotations and questions, typed.

Official layout: `annotation_*/annotation_00000.json` (or all in one folder), `train.json`,
`validation.json`, `test.json`, `video_*/video_00000.mp4`. Ours: `video_annotations.json`,
`video_questions.json`, `videos/*.mp4`. Yi et al. 2020, https://arxiv.org/abs/1910.01442.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..world.functions import Call
from ..world.video.annotation import Recorded, from_clevrer
from ..world.video.language import call
from .files import existing, first_existing, read_each, read_json, reading


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One statement of a multiple-choice question; `right` is None in the test split."""

    text: str
    right: bool | None


@dataclass(frozen=True, kw_only=True)
class ClipQuestion:
    """A question about a clip.

    Attributes:
        kind: descriptive, explanatory, predictive or counterfactual (ours also temporal).
        answer: None in the test split, and where there are `choices`.
        program: ours alone; CLEVRER's own tokens are kept as they are in `tokens`.
    """

    filename: str
    scene_index: int
    question: str
    kind: str
    answer: str | None = None
    choices: tuple[Choice, ...] = ()
    program: Call | None = None
    tokens: tuple[str, ...] = ()


def load_annotations(root: str | Path) -> tuple[Recorded, ...]:
    """Every annotated clip below `root`, in order of its number.

    Raises:
        FileNotFoundError: no annotation in either layout.
        ValueError: a file is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    ours = root / "video_annotations.json"
    if ours.is_file():
        return tuple(read_each(ours, read_json(ours, "annotations"), "clip", from_clevrer))
    files = sorted(root.rglob("annotation_*.json"))
    if not files:
        raise FileNotFoundError(f"no annotation_*.json and no video_annotations.json in {root}")
    found = []
    for file in files:
        entry = read_json(file, "annotation")
        with reading(file, "the annotation"):
            found.append(from_clevrer(entry))
    return tuple(found)


def load_clip_questions(root: str | Path, split: str = "validation") -> tuple[ClipQuestion, ...]:
    """Questions of a split (ours has one).

    Raises:
        FileNotFoundError: no question file in either layout.
        ValueError: the file or one of its questions is malformed.
    """
    root = existing(Path(root), "the dataset folder")
    path = first_existing(
        [
            root / "video_questions.json",
            root / f"{split}.json",
            root / "questions" / f"{split}.json",
        ],
        f"the question file of split {split!r}",
    )
    scenes = read_json(path, "questions")

    def read(entry: Mapping[str, Any]) -> list[ClipQuestion]:
        return [_question(entry, item) for item in entry["questions"]]

    return tuple(q for questions in read_each(path, scenes, "clip", read) for q in questions)


def _question(scene: Mapping[str, Any], entry: Mapping[str, Any]) -> ClipQuestion:
    program = entry.get("program") or []
    ours = bool(program) and isinstance(program[0], Mapping)
    answer = entry.get("answer")
    return ClipQuestion(
        filename=str(scene["video_filename"]),
        scene_index=int(scene["scene_index"]),
        question=str(entry["question"]),
        kind=str(entry["question_type"]),
        answer=None if answer is None else str(answer),
        choices=tuple(
            Choice(
                text=str(choice["choice"]),
                right=None if "answer" not in choice else choice["answer"] == "correct",
            )
            for choice in entry.get("choices", ())
        ),
        program=_program(program) if ours else None,
        tokens=() if ours else tuple(str(token) for token in program),
    )


def _program(nodes: list[Mapping[str, Any]]) -> Call:
    built: list[Call] = []
    for node in nodes:
        values = node["value_inputs"]
        args = [built[i] for i in node["inputs"]]
        built.append(call(node["function"], *args, value=values[0] if values else None))
    return built[-1]
