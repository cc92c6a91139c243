"""Open a picture from untrusted bytes: every refusal is one clear sentence of our own.

What comes out is RGB, upright (EXIF applied), on white where it was see-through. Pillow's own
messages are never shown: they can carry memory addresses.
"""

import codecs
import warnings
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from .limits import Limits
from .results import ToolError

# Pillow warns from 89 megapixels on; the project's own cap is lower and checked first.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

# Formats whose reader starts another program or draws a vector language: not for strangers' files.
_REFUSED = {"EPS", "WMF", "PDF", "MPEG", "GRIB", "HDF5", "BUFR"}


class InputError(ToolError):
    """A file or message that cannot be used; the message is the one sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A picture as displayed, and what had to be done to show it."""

    image: Image.Image
    notices: tuple[str, ...] = ()


def open_picture(data: bytes, name: str, limits: Limits) -> Opened:
    """Decode `data`, called `name` in messages.

    Raises:
        InputError: not a picture, too large, cut off or damaged.
    """
    header = _open(data, name, limits)
    width, height = header.size
    if width * height > limits.pixels:
        raise InputError(
            f"{name} is {width} x {height} pixels; I open pictures of up to "
            f"{limits.pixels / 1e6:g} megapixels."
        )
    if min(width, height) < limits.shortest_side:
        raise InputError(f"{name} is only {width} x {height} pixels, too small to see anything in.")
    try:
        header.verify()
    except Exception as error:  # Pillow's plugins raise many types on damaged files
        raise _damaged(name) from error
    notices = []
    picture = _open(data, name, limits)
    if getattr(picture, "n_frames", 1) > 1:
        kind = "page" if picture.format in ("TIFF", "MPO") else "frame"
        if picture.format != "MPO":
            notices.append(f"{name} has several {kind}s; I looked at the first.")
        picture.seek(0)
    try:
        picture.load()
        picture = ImageOps.exif_transpose(picture)
        shown = flatten(picture)
    except Exception as error:
        raise _damaged(name) from error
    return Opened(image=shown, notices=tuple(notices))


def flatten(picture: Image.Image) -> Image.Image:
    """Any mode to RGB: see-through parts on white, 16-bit and float grey scaled to 8 bits."""
    if picture.mode == "RGB":
        return picture.copy()
    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.nan_to_num(np.asarray(picture, dtype=np.float64), posinf=0.0, neginf=0.0)
        low, high = float(values.min()), float(values.max())
        if picture.mode.startswith("I") and low >= 0 and high <= 65535:
            low, high = 0.0, 65535.0 if high > 255 else 255.0
        scaled = (values - low) / max(high - low, 1e-9) * 255
        return Image.fromarray(scaled.round().astype(np.uint8)).convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")


def _open(data: bytes, name: str, limits: Limits) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data))
    except Image.DecompressionBombError as error:
        raise InputError(
            f"{name} has too many pixels; I open pictures of up to "
            f"{limits.pixels / 1e6:g} megapixels."
        ) from error
    except Exception as error:
        raise InputError(_not_a_picture(data, name)) from error
    if picture.format in _REFUSED:
        raise InputError(f"{name} is a {picture.format} file, which I don't open; try PNG or JPEG.")
    return picture


def _damaged(name: str) -> InputError:
    return InputError(f"{name} is damaged or cut off, so I can't open it.")


_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def _not_a_picture(data: bytes, name: str) -> str:
    is_text = _is_text(data[:4096])
    if not is_text and (data.startswith(_MAGIC) or data[8:12] == b"WEBP"):
        return f"{name} is damaged or cut off, so I can't open it."
    if data[4:8] == b"ftyp":  # a clip is told apart before: this is a picture of that family
        return f"{name} is a picture of a kind that I don't open; try PNG or JPEG."
    if is_text and b"<svg" in data[:4096].lower():
        return f"{name} is an SVG drawing, which I don't open; try PNG or JPEG."
    what = "is a text file, not" if is_text else "is not"
    return f"{name} {what} a picture, a PDF or a clip, so I can't look at it."


def _is_text(sample: bytes) -> bool:
    """Whether bytes from a file's beginning, perhaps cut off within a letter, are UTF-8 text."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in sample
