"""The typefaces documents are set in, and their widths without drawing.

All faces come from pip packages (font-roboto, font-source-sans-pro, font-source-serif-pro,
font-hanken-grotesk, font-fredoka-one), so the same seed gives the same page on every machine.
Receipt printers are imitated by setting a face on a fixed pitch.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from random import Random

from PIL import ImageFont

_FILES = {
    "roboto": ("font_roboto", "Roboto-Regular.ttf"),
    "roboto-bold": ("font_roboto", "Roboto-Bold.ttf"),
    "roboto-medium": ("font_roboto", "Roboto-Medium.ttf"),
    "roboto-light": ("font_roboto", "Roboto-Light.ttf"),
    "roboto-italic": ("font_roboto", "Roboto-Italic.ttf"),
    "roboto-black": ("font_roboto", "Roboto-Black.ttf"),
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-bold": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    "sans-semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "sans-light": ("font_source_sans_pro", "SourceSansPro-Light.ttf"),
    "sans-italic": ("font_source_sans_pro", "SourceSansPro-It.ttf"),
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    "serif-bold": ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
    "serif-italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    "serif-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    "hanken": ("font_hanken_grotesk", "HankenGrotesk-Regular.otf"),
    "hanken-bold": ("font_hanken_grotesk", "HankenGrotesk-Bold.otf"),
    "hanken-italic": ("font_hanken_grotesk", "HankenGrotesk-Italic.otf"),
    "fredoka": ("font_fredoka_one", "FredokaOne-Regular.ttf"),
}
_EM = 200
"""Size at which advances are measured; widths scale linearly because hinting is negligible."""


@dataclass(frozen=True)
class Face:
    """One face; `pitch` > 0 sets every character on that many ems (a receipt printer)."""

    name: str
    pitch: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Family:
    """The faces a document is set in."""

    regular: Face
    bold: Face
    italic: Face
    rupee: bool = True


def _family(regular: str, bold: str, italic: str, pitch: float = 0.0, rupee: bool = True) -> Family:
    faces = [Face(name, pitch) for name in (regular, bold, italic)]
    return Family(regular=faces[0], bold=faces[1], italic=faces[2], rupee=rupee)


PRINTER_FAMILIES = (
    _family("roboto", "roboto-bold", "roboto-italic", 0.60),
    _family("roboto-medium", "roboto-black", "roboto-italic", 0.58),
    _family("sans-semibold", "sans-bold", "sans-italic", 0.56),
    _family("sans", "sans-bold", "sans-italic", 0.54),
    _family("hanken", "hanken-bold", "hanken-italic", 0.62, rupee=False),
)
PROSE_FAMILIES = (
    _family("roboto", "roboto-bold", "roboto-italic"),
    _family("roboto-light", "roboto-medium", "roboto-italic"),
    _family("sans", "sans-bold", "sans-italic"),
    _family("sans-light", "sans-semibold", "sans-italic"),
    _family("serif", "serif-bold", "serif-italic"),
    _family("serif", "serif-semibold", "serif-italic"),
    _family("hanken", "hanken-bold", "hanken-italic", rupee=False),
)
DISPLAY_FACES = (
    Face("fredoka"),
    Face("serif-bold"),
    Face("roboto-black"),
    Face("hanken-bold"),
    Face("sans-bold"),
)
SIGNATURE_FACES = (Face("serif-italic"), Face("hanken-italic"), Face("sans-italic"))


def pick_family(rng: Random, printer: bool = False) -> Family:
    """A family at random, among the fixed-pitch ones for a receipt printer."""
    return rng.choice(PRINTER_FAMILIES if printer else PROSE_FAMILIES)


@cache
def _path(name: str) -> str:
    package, file = _FILES[name]
    module = import_module(package)
    return str(Path(str(module.__file__)).parent / "files" / file)


@lru_cache(maxsize=512)
def pil_font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """The face at a pixel size, laid out by FreeType alone (no shaping: widths add up)."""
    return ImageFont.truetype(_path(name), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(name: str, char: str) -> float:
    return pil_font(name, _EM).getlength(char) / _EM


@cache
def _advances(name: str) -> dict[str, float]:
    return {chr(code): _advance(name, chr(code)) for code in range(32, 383)}


def text_width(face: Face, size: float, text: str) -> float:
    """Width in pixels of `text` set in `face` at `size` px, without drawing it."""
    if face.pitch:
        return face.pitch * size * len(text)
    table = _advances(face.name)
    total = 0.0
    for char in text:
        width = table.get(char)
        total += _advance(face.name, char) if width is None else width
    return total * size
