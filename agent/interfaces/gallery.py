"""What was found in an album, as one sheet of small pictures with their names."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from ...tools.results import Evidence, Memory
from ..memory.album_search import ALBUM

_COLUMNS = 3
_CELL = (300, 225)
_GAP, _STRIP, _FONT = 10, 24, 14
_NAME_CHARS = 38


def album_hits(evidence: Sequence[Evidence]) -> list[tuple[str, int, str]]:
    """(artifact, page, label) of what an album search found, best first."""
    found = []
    for item in evidence:
        if isinstance(item, Memory) and item.id.startswith(ALBUM):
            artifact, _, page = item.id.removeprefix(ALBUM).partition("/")
            found.append((artifact, int(page or 1), item.label))
    return found


def sheet(pictures: Sequence[Image.Image], titles: Sequence[str]) -> Image.Image:
    """Pictures in rows of three, numbered, each title below its picture."""
    columns = min(_COLUMNS, len(pictures))
    rows = -(-len(pictures) // columns)
    width, height = _CELL[0] + _GAP, _CELL[1] + _STRIP + _GAP
    whole = Image.new("RGB", (columns * width + _GAP, rows * height + _GAP), "white")
    draw = ImageDraw.Draw(whole)
    font = ImageFont.load_default(size=_FONT)
    for number, (picture, title) in enumerate(zip(pictures, titles, strict=True)):
        x, y = _GAP + number % columns * width, _GAP + number // columns * height
        small = picture.convert("RGB")
        scale = min(_CELL[0] / small.width, _CELL[1] / small.height)
        size = (max(1, round(small.width * scale)), max(1, round(small.height * scale)))
        small = small.resize(size, Image.Resampling.LANCZOS)
        whole.paste(small, (x + (_CELL[0] - size[0]) // 2, y + (_CELL[1] - size[1]) // 2))
        name = title if len(title) <= _NAME_CHARS else f"{title[: _NAME_CHARS - 3]}..."
        draw.text((x + 2, y + _CELL[1] + 4), f"{number + 1}. {name}", font=font, fill="#222222")
    return whole
