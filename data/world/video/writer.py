"""Write clips beside a world: `sightline data world --videos N`.

`videos/*.mp4`, `video_annotations.json` and `video_questions.json` (CLEVRER's layouts, as lists).
"""

import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import torch

from .annotation import to_clevrer
from .clip import sample_clips
from .drawing import draw_clip, write_mp4
from .questions import sample_questions
from .questions import to_clevrer as question_entry

_QUESTIONS = 10


def write_videos(
    out: Path,
    n: int,
    seed: int,
    *,
    width: int = 320,
    height: int = 240,
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write `n` clips of `seed` into `out`; clips that are there already are not drawn again.

    Raises:
        ValueError: an odd width or height.
    """
    (out / "videos").mkdir(parents=True, exist_ok=True)
    jobs = [(out, seed, i, width, height) for i in range(n)]
    entries: list[dict[str, Any]] = []
    if processes <= 1:
        for done, job in enumerate(jobs, start=1):
            entries.append(_write(job))
            if progress is not None:
                progress(done, n)
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            processes, mp_context=context, initializer=torch.set_num_threads, initargs=(1,)
        ) as pool:
            for done, entry in enumerate(pool.map(_write, jobs), start=1):
                entries.append(entry)
                if progress is not None:
                    progress(done, n)
    annotations = [entry["annotation"] for entry in entries]
    questions = [entry["questions"] for entry in entries]
    (out / "video_annotations.json").write_text(json.dumps(annotations, separators=(",", ":")))
    (out / "video_questions.json").write_text(json.dumps(questions, separators=(",", ":")))
    return out


def _write(job: tuple[Path, int, int, int, int]) -> dict[str, Any]:
    out, seed, index, width, height = job
    clip = sample_clips(seed, 1, index)[0]
    target = out / "videos" / clip.filename
    if not target.is_file():
        write_mp4(draw_clip(clip, width=width, height=height), target)
    asked = sample_questions(clip, Random(f"{seed}/{index}/video questions"), _QUESTIONS)
    return {
        "annotation": to_clevrer(clip),
        "questions": {
            "scene_index": index,
            "video_filename": clip.filename,
            "questions": [question_entry(question, k) for k, question in enumerate(asked)],
        },
    }
