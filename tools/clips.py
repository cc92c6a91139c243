"""Clips that people send: told from their first bytes, decoded in a child process, sampled."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from .child import TookTooLong, run_child
from .limits import Limits
from .pictures import InputError

# ISO media files name their brand; HEIC and AVIF are pictures in that container.
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"avis", b"msf1", b"hevc")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """What a clip is, and how many frames of it were kept (`0001.png` ...).

    Attributes:
        seconds: how long it plays; span: from its first frame to its last.
        width, height: of its pictures; fps, frames: as in the file.
    """

    seconds: float
    span: float
    width: int
    height: int
    fps: float
    frames: int
    kept: int


def is_clip(data: bytes) -> bool:
    """Whether the bytes open like a video, or are a GIF that moves."""
    if data[4:8] == b"ftyp":
        return data[8:12] not in _PICTURE_BRANDS
    if data[:4] == b"GIF8":
        return _moves(data)
    return data[:4] == b"\x1a\x45\xdf\xa3" or (data[:4] == b"RIFF" and data[8:12] == b"AVI ")


def _moves(data: bytes) -> bool:
    try:
        with Image.open(BytesIO(data)) as picture:
            return bool(getattr(picture, "is_animated", False))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def decode_clip(source: Path, out: Path, name: str, limits: Limits) -> Decoded:
    """Sample frames of `source` into `out`.

    Raises:
        InputError: too long, too large, damaged, or without pictures.
    """
    arguments = [
        str(source), str(out), str(limits.clip_frames), str(limits.clip_rate),
        str(limits.clip_side), str(limits.pixels), str(limits.clip_seconds),
        str(limits.render_bytes), str(limits.render_seconds),
    ]  # fmt: skip
    try:
        told = run_child("clip_worker", arguments, limits.render_seconds)
    except TookTooLong as error:
        raise InputError(
            f"{name} takes too long to decode; a shorter or smaller clip may do."
        ) from error
    reasons = {
        "broken": f"{name} is a damaged clip, or of a kind I can't decode.",
        "empty": f"{name} holds no pictures that I could watch.",
        "long": f"{name} is {told.get('seconds', 0):.0f} s long; I take clips of up to "
        f"{limits.clip_seconds:g} s.",
        "large": f"The frames of {name} are too large; I take "
        f"up to {limits.pixels / 1e6:g} megapixels.",
        "memory": f"{name} needs more memory to decode than I allow; a smaller clip may do.",
    }
    if "error" in told:
        raise InputError(reasons[told["error"]])
    return Decoded(**{key: told[key] for key in Decoded.__dataclass_fields__})
