"""CLEVR-Ref+ and our `refexps.json`: referring expressions with the objects' boxes.

Official layout: `refexps/clevr_ref+_val_refexps.json` beside
`scenes/clevr_ref+_val_scenes.json`, whose scenes hold `obj_bbox` (object number from 1
-> x, y, width, height). The last program node's `_output` lists the objects meant.
Liu et al. 2019, https://arxiv.org/abs/1901.00850.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..world.programs import Call, from_clevr
from .clevr import image_folder
from .files import existing, first_existing, read_each, read_entries

BoxXYXY = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class ReferringExpression:
    """A phrase and what it means in a picture.

    Attributes:
        image: path of the picture.
        objects: indices of the objects meant; empty where the picture has no such thing.
        boxes: their boxes, (x0, y0, x1, y1) in pixels, same order.
        program: the functional program, None where its functions are beyond ours
            (CLEVR-Ref+ has a few of its own).
        request: how a person asked for it ("where is the red ball?"), if recorded.
    """

    image: Path
    image_index: int
    text: str
    objects: tuple[int, ...]
    boxes: tuple[BoxXYXY, ...]
    program: Call | None = None
    request: str = ""


def load_refexps(root: str | Path, split: str = "val") -> tuple[ReferringExpression, ...]:
    """Referring expressions of a split, from either layout.

    Raises:
        FileNotFoundError: a file of the layout is missing.
        ValueError: a file is malformed, or has neither boxes nor a way to them.
    """
    root = existing(Path(root), "the dataset folder")
    path = first_existing(
        [root / "refexps.json", root / "refexps" / f"clevr_ref+_{split}_refexps.json"],
        f"the referring-expression file of split {split!r}",
    )
    images = image_folder(root, split)
    entries = read_entries(path, "refexps", "referring expressions")
    needs_scenes = any(isinstance(entry, Mapping) and "box" not in entry for entry in entries)
    scene_boxes = _scene_boxes(root, split) if needs_scenes else {}

    def read(entry: Mapping[str, Any]) -> ReferringExpression:
        program = entry["program"]
        index = int(entry["image_index"])
        objects = tuple(int(i) for i in program[-1]["_output"])
        if "box" in entry:
            boxes = tuple(_box(values) for values in entry["box"])
        elif index in scene_boxes:
            boxes = tuple(scene_boxes[index][i] for i in objects)
        else:
            raise ValueError(f"no scene holds boxes for image {index}")
        return ReferringExpression(
            image=images / str(entry["image_filename"]),
            image_index=index,
            text=str(entry["refexp"]),
            objects=objects,
            boxes=boxes,
            program=_program(program),
            request=str(entry.get("request", "")),
        )

    return tuple(read_each(path, entries, "expression", read))


def _program(nodes: Sequence[Mapping[str, Any]]) -> Call | None:
    try:
        return from_clevr(nodes)
    except ValueError:
        return None


def _scene_boxes(root: Path, split: str) -> dict[int, dict[int, BoxXYXY]]:
    path = existing(
        root / "scenes" / f"clevr_ref+_{split}_scenes.json", "the CLEVR-Ref+ scene file"
    )

    def read(entry: Mapping[str, Any]) -> tuple[int, dict[int, BoxXYXY]]:
        boxes = {}
        for number, values in entry["obj_bbox"].items():
            x, y, width, height = (float(v) for v in values)
            boxes[int(number) - 1] = (x, y, x + width, y + height)
        return int(entry["image_index"]), boxes

    return dict(read_each(path, read_entries(path, "scenes", "scenes"), "scene", read))


def _box(values: Sequence[Any]) -> BoxXYXY:
    x0, y0, x1, y1 = (float(v) for v in values)
    return (x0, y0, x1, y1)
