"""COCO detection folders: pictures with boxes and category names.

Layout: `instances.json` (or `annotations/instances_<split>.json`) with `images`,
`annotations` (bbox x, y, width, height) and `categories`; pictures in `images/`,
in a folder named like the split, or beside the file.
Lin et al. 2014, https://arxiv.org/abs/1405.0312.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .files import existing, read_each, read_json

BoxXYXY = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class LabelledBox:
    """A box, (x0, y0, x1, y1) in pixels, its category's name, and COCO's crowd flag."""

    xyxy: BoxXYXY
    label: str
    crowd: bool = False


@dataclass(frozen=True, kw_only=True)
class DetectionImage:
    """A picture and everything boxed in it; width and height in pixels."""

    image: Path
    image_id: int
    width: int
    height: int
    boxes: tuple[LabelledBox, ...]


@dataclass(frozen=True, kw_only=True)
class DetectionDataset:
    """Pictures with boxes, and the categories in the file's order."""

    images: tuple[DetectionImage, ...]
    categories: tuple[str, ...]


def load_coco(root: str | Path) -> DetectionDataset:
    """Read a COCO detection folder, or the annotation file itself.

    Boxes are clipped to the picture; boxes without area are left out.

    Raises:
        FileNotFoundError: no annotation file, or its pictures are not there.
        ValueError: the file is not COCO detection JSON, or an entry is malformed.
    """
    path = _annotation_file(existing(Path(root), "the dataset folder"))
    data = read_json(path, "COCO annotations")
    for key in ("images", "annotations", "categories"):
        if not isinstance(data, dict) or not isinstance(data.get(key), list):
            raise ValueError(f"{path} is not a COCO detection file: it has no list {key!r}")
    if not data["images"]:
        raise ValueError(f"{path} lists no images")
    pairs = read_each(
        path, data["categories"], "category", lambda entry: (int(entry["id"]), str(entry["name"]))
    )
    categories = dict(pairs)
    sizes = dict(
        read_each(
            path,
            data["images"],
            "image",
            lambda entry: (int(entry["id"]), (int(entry["width"]), int(entry["height"]))),
        )
    )
    boxes: dict[int, list[LabelledBox]] = defaultdict(list)

    def read_box(entry: Mapping[str, Any]) -> None:
        image_id, category = int(entry["image_id"]), int(entry["category_id"])
        if image_id not in sizes:
            raise ValueError(f"image {image_id} is not among 'images'")
        if category not in categories:
            raise ValueError(f"category {category} is not among 'categories'")
        x, y, width, height = (float(v) for v in entry["bbox"])
        limit_x, limit_y = sizes[image_id]
        x0, y0 = max(0.0, x), max(0.0, y)
        x1, y1 = min(float(limit_x), x + width), min(float(limit_y), y + height)
        if x1 > x0 and y1 > y0:
            crowd = bool(entry.get("iscrowd", 0))
            box = LabelledBox(xyxy=(x0, y0, x1, y1), label=categories[category], crowd=crowd)
            boxes[image_id].append(box)

    read_each(path, data["annotations"], "annotation", read_box)
    folder = _image_folder(path, str(data["images"][0].get("file_name", "")))

    def read_image(entry: Mapping[str, Any]) -> DetectionImage:
        image_id = int(entry["id"])
        width, height = sizes[image_id]
        return DetectionImage(
            image=folder / str(entry["file_name"]),
            image_id=image_id,
            width=width,
            height=height,
            boxes=tuple(boxes[image_id]),
        )

    images = tuple(read_each(path, data["images"], "image", read_image))
    return DetectionDataset(images=images, categories=tuple(categories.values()))


def _annotation_file(root: Path) -> Path:
    if root.is_file():
        return root
    found = [root / "instances.json", *sorted((root / "annotations").glob("instances*.json"))]
    found = [path for path in found if path.exists()]
    if not found:
        raise FileNotFoundError(
            f"no COCO annotations in {root}: expected instances.json or annotations/instances*.json"
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise ValueError(f"{root} holds several annotation files ({names}); name one of them")
    return found[0]


def _image_folder(path: Path, first: str) -> Path:
    root = path.parent.parent if path.parent.name == "annotations" else path.parent
    split = path.stem.removeprefix("instances").lstrip("_")
    folders = [root / "images", root / "images" / split, root / split, path.parent]
    for folder in folders:
        if (folder / first).is_file():
            return folder
    raise FileNotFoundError(
        f"the first picture {first!r} of {path} is in none of images/, the split's folder "
        "or beside the file"
    )
