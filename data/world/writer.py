"""Write a tabletop world to disk in CLEVR's public layouts: `sightline data world`.

    sightline data world --n 200 --seed 9001 --out DIR

`images/*.png`, `scenes.json`, `questions.json` (CLEVR), `captions.json` (COCO captions),
`refexps.json` (CLEVR-Ref+) and `dialogs.json` (CLEVR-Dialog). The same settings give the
same bytes with any number of processes; an interrupted run goes on where it stopped.
"""

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import torch
from PIL import Image

from .captions import STYLES, sample_caption
from .dialogs import Dialog, sample_dialog
from .functions import to_clevr
from .questions import sample_questions
from .refexps import sample_refexps
from .render import render
from .sampler import sample_scenes
from .scene import Scene

_CHUNK: Final = 20
_PARTS: Final = ".parts"
_SETTINGS: Final = "settings.json"
_DATASET: Final = "Sightline tabletop world"


@dataclass(frozen=True, kw_only=True)
class WorldConfig:
    """What decides the bytes of a written world.

    Attributes:
        n: number of scenes.
        seed: any integer of 0 or more; 9000-9999 are for testing alone.
        width, height: of the pictures, in pixels.
        questions_per_scene, refexps_per_scene: at most so many (poor scenes give fewer).
        captions_per_style: of each style, per scene.
        dialogs_per_scene: ten rounds each.
    """

    n: int
    seed: int
    width: int = 320
    height: int = 240
    questions_per_scene: int = 10
    captions_per_style: int = 1
    refexps_per_scene: int = 10
    dialogs_per_scene: int = 1

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"n must be at least 1, not {self.n}")
        if self.seed < 0:
            raise ValueError(f"the seed must not be negative, got {self.seed}")
        if min(self.width, self.height) < 32:
            raise ValueError(f"pictures must be at least 32x32, not {self.width}x{self.height}")


def write_world(
    out_dir: str | Path,
    n: int,
    seed: int,
    *,
    processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    width: int = 320,
    height: int = 240,
    questions_per_scene: int = 10,
    captions_per_style: int = 1,
    refexps_per_scene: int = 10,
    dialogs_per_scene: int = 1,
) -> Path:
    """Write `n` scenes of `seed` with everything said of them; returns the folder.

    Args:
        out_dir: new, empty, or left by an interrupted run of the same settings.
        processes: worker processes; None takes one per core, 1 works in this one.
        progress: called with (scenes done, n).

    Raises:
        ValueError: a setting is out of range, or `out_dir` holds something else.
        OSError: the folder cannot be written.
    """
    config = WorldConfig(
        n=n,
        seed=seed,
        width=width,
        height=height,
        questions_per_scene=questions_per_scene,
        captions_per_style=captions_per_style,
        refexps_per_scene=refexps_per_scene,
        dialogs_per_scene=dialogs_per_scene,
    )
    out = Path(out_dir)
    if _prepare(out, config):
        if progress is not None:
            progress(n, n)
        return out
    starts = range(0, n, _CHUNK)
    todo = [first for first in starts if not _part(out, first).exists()]
    done = n - sum(_size(config, first) for first in todo)
    if progress is not None and done:
        progress(done, n)
    for first in _work(out, config, todo, processes):
        done += _size(config, first)
        if progress is not None:
            progress(done, n)
    _merge(out, config, starts)
    shutil.rmtree(out / _PARTS)
    return out


def _prepare(out: Path, config: WorldConfig) -> bool:
    """Make the folder ready; True where it already holds this very world."""
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file; name a folder to write the world into")
    settings = out / _PARTS / _SETTINGS
    wanted = asdict(config)
    if settings.exists():
        if _read(settings) != wanted:
            raise ValueError(
                f"{out} holds an unfinished world of other settings; name another folder"
            )
        return False
    if (out / "scenes.json").is_file():
        info = _read(out / "scenes.json").get("info", {})
        if info.get("settings") == wanted:
            return True
    if out.is_dir() and any(out.iterdir()):
        raise ValueError(f"{out} is not empty; name a new folder, or the one of the same world")
    (out / "images").mkdir(parents=True, exist_ok=True)
    (out / _PARTS).mkdir(exist_ok=True)
    _write_json(settings, wanted)
    return False


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _size(config: WorldConfig, first: int) -> int:
    return min(_CHUNK, config.n - first)


def _part(out: Path, first: int) -> Path:
    return out / _PARTS / f"{first:07d}.json"


def _work(out: Path, config: WorldConfig, todo: list[int], processes: int | None) -> Iterator[int]:
    """Write the parts of `todo`; yields each one's first index as it is done."""
    workers = min(processes or os.cpu_count() or 1, len(todo))
    if workers <= 1:
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            for first in todo:
                yield _write_part(out, config, first)
        finally:
            torch.set_num_threads(threads)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        futures = [pool.submit(_write_part, out, config, first) for first in todo]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _write_part(out: Path, config: WorldConfig, first: int) -> int:
    """Pictures of one chunk, and what is said of its scenes as a part file."""
    scenes = sample_scenes(
        config.seed, _size(config, first), width=config.width, height=config.height, first=first
    )
    pictures = render(scenes, width=config.width, height=config.height)
    for scene, picture in zip(scenes, pictures, strict=True):
        target = out / "images" / scene.image_filename
        unfinished = target.with_suffix(".tmp")
        Image.fromarray(picture.numpy()).save(unfinished, format="PNG", compress_level=6)
        unfinished.replace(target)
    _write_json(_part(out, first), [_told(scene, config) for scene in scenes])
    return first


def _told(scene: Scene, config: WorldConfig) -> dict[str, Any]:
    """Everything said of one scene; numbers across scenes are given when parts are merged."""

    def rng(what: str) -> Random:
        return Random(f"{config.seed}/{scene.image_index}/{what}")

    captions = [
        {"style": style, "caption": sample_caption(scene, rng(f"caption {style} {k}"), style)}
        for style in STYLES
        for k in range(config.captions_per_style)
    ]
    questions = sample_questions(scene, rng("questions"), config.questions_per_scene)
    refexps = sample_refexps(scene, rng("refexps"), config.refexps_per_scene)
    dialogs = [
        sample_dialog(
            scene,
            rng(f"dialog {k}"),
            caption=sample_caption(scene, rng(f"dialog caption {k}"), "short"),
        )
        for k in range(config.dialogs_per_scene)
    ]
    return {
        "scene": scene.to_clevr(),
        "questions": [question.to_clevr(0) for question in questions],
        "captions": captions,
        "refexps": [refexp.to_clevr(scene, 0) for refexp in refexps],
        "dialogs": [_dialog_entry(dialog) for dialog in dialogs],
    }


def _dialog_entry(dialog: Dialog) -> dict[str, Any]:
    return {
        "caption": dialog.caption,
        "dialog": [
            {
                "question": turn.question,
                "answer": turn.answer,
                "template": turn.template,
                "premise": turn.premise,
                "program": to_clevr(turn.program),
            }
            for turn in dialog.turns
        ],
    }


def _merge(out: Path, config: WorldConfig, starts: range) -> None:
    """Number everything through and write the five files; `scenes.json` comes last."""
    told = [entry for first in starts for entry in json.loads(_part(out, first).read_bytes())]
    info = {"dataset": _DATASET, "split": "new", "version": "1.0", "settings": asdict(config)}
    scenes = [entry["scene"] for entry in told]
    captions = [
        {"id": 0, "image_id": entry["scene"]["image_index"], **caption}
        for entry in told
        for caption in entry["captions"]
    ]
    images = [
        {
            "id": scene["image_index"],
            "file_name": scene["image_filename"],
            "width": config.width,
            "height": config.height,
        }
        for scene in scenes
    ]
    keys = ("image_index", "image_filename", "split")
    dialogs = [
        {**{key: entry["scene"][key] for key in keys}, "dialogs": entry["dialogs"]}
        for entry in told
    ]
    questions = _numbered(told, "questions", "question_index")
    refexps = _numbered(told, "refexps", "refexp_index")
    for index, caption in enumerate(captions):
        caption["id"] = index
    _write_json(out / "questions.json", {"info": info, "questions": questions})
    _write_json(out / "captions.json", {"info": info, "images": images, "annotations": captions})
    _write_json(out / "refexps.json", {"info": info, "refexps": refexps})
    _write_json(out / "dialogs.json", dialogs)
    _write_json(out / "scenes.json", {"info": info, "scenes": scenes})


def _numbered(told: list[dict[str, Any]], what: str, key: str) -> list[dict[str, Any]]:
    entries = [item for entry in told for item in entry[what]]
    return [{**item, key: index} for index, item in enumerate(entries)]


def _write_json(path: Path, data: Any) -> None:
    """Write the whole file or nothing of it."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
    unfinished.replace(path)
