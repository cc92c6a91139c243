"""Flickr-style captioned photographs: `captions.jsonl`, one picture and its captions a line.

A line is `{"image": "images/1.jpg", "captions": ["A dog runs .", ...]}`, the path
relative to the file. Young et al. 2014, https://aclanthology.org/Q14-1006.
"""

from dataclasses import dataclass
from pathlib import Path

from .files import existing, read_json_lines, reading


@dataclass(frozen=True, kw_only=True)
class CaptionedPhoto:
    """A photograph and what people wrote about it."""

    image: Path
    captions: tuple[str, ...]


def load_captions(root: str | Path) -> tuple[CaptionedPhoto, ...]:
    """Read `captions.jsonl` of a folder, or such a file itself.

    Raises:
        FileNotFoundError: the file is not there.
        ValueError: a line is malformed, or there are none.
    """
    root = existing(Path(root), "the dataset folder")
    path = root if root.is_file() else root / "captions.jsonl"
    photos = []
    for number, entry in read_json_lines(path, "the caption file"):
        with reading(path, f"line {number}"):
            captions = entry["captions"]
            if not isinstance(captions, list) or not all(isinstance(c, str) for c in captions):
                raise ValueError("'captions' is not a list of texts")
            image = path.parent / str(entry["image"])
            photos.append(CaptionedPhoto(image=image, captions=tuple(captions)))
    if not photos:
        raise ValueError(f"{path} holds no captions")
    return tuple(photos)
