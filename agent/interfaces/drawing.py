"""Draw evidence on pictures: numbered boxes and page regions, with a legend below.

The same marks make the legend in words (`legend_lines`), so nothing is told by colour alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from ...tools.results import Box, Edge, Evidence, Region

# Told apart by most colour-blind people (after Okabe and Ito), brightened for dark pictures.
PALETTE = ("#E69F00", "#0072B2", "#CC3311", "#009E73", "#AA4499", "#56B4E9", "#997700", "#EE7733")
_LEAST_WIDTH = 640
_MOST_SIDE = 1200
_LABEL_CHARS = 60
_CAPTION = 16
_GRAPH_SIDE = 640


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One numbered rectangle; `xyxy` in pixels of the picture or page it lies on."""

    number: int
    label: str
    color: str
    xyxy: tuple[float, float, float, float]
    page: int | None = None


def marks_by_view(evidence: Sequence[Evidence]) -> dict[tuple[str, int], list[Mark]]:
    """Marks by (artifact id, page from 1), numbered in order; the same rectangle counts once."""
    views: dict[tuple[str, int], list[Mark]] = {}
    seen: set[tuple[object, ...]] = set()
    for item in evidence:
        if not isinstance(item, Box | Region):
            continue
        page = item.page if isinstance(item, Region) else None
        xyxy = (item.x0, item.y0, item.x1, item.y1)
        key = (item.artifact, page, *(round(v) for v in xyxy))
        if key in seen:
            continue
        seen.add(key)
        number = len(seen)
        mark = Mark(
            number=number,
            label=" ".join(item.label.split()),
            color=PALETTE[(number - 1) % len(PALETTE)],
            xyxy=xyxy,
            page=page,
        )
        views.setdefault((item.artifact, page or 1), []).append(mark)
    return views


def legend_lines(marks: Sequence[Mark]) -> list[str]:
    """One line a mark: number, label, where."""
    lines = []
    for mark in marks:
        x0, y0, x1, y1 = (round(v) for v in mark.xyxy)
        page = f"page {mark.page}, " if mark.page is not None else ""
        lines.append(f"{mark.number} {_short(mark.label)} ({page}x {x0}-{x1}, y {y0}-{y1})")
    return lines


def annotate(picture: Image.Image, marks: Sequence[Mark], legend: bool = True) -> Image.Image:
    """`picture` with `marks` drawn on it, small pictures enlarged and large ones reduced."""
    scale = _scale(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    shown = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    layer = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    line = max(2, round(width / 240))
    font = ImageFont.load_default(size=max(15, round(width / 42)))
    for mark in marks:
        box = [value * scale for value in mark.xyxy]
        fill = (*_rgb(mark.color), 46 if mark.page is not None else 0)
        # A white line under the coloured one keeps it visible on any ground.
        draw.rectangle(box, outline=(255, 255, 255, 230), width=line + 2)
        draw.rectangle(box, outline=(*_rgb(mark.color), 255), width=line, fill=fill)
    for mark in marks:
        _badge(draw, mark, [value * scale for value in mark.xyxy], font, shown.size)
    shown = Image.alpha_composite(shown.convert("RGBA"), layer).convert("RGB")
    return _with_legend(shown, marks) if legend and marks else shown


def beside(before: Image.Image, after: Image.Image) -> Image.Image:
    """Two pictures side by side, "before" and "after" written above, as large as will be seen."""
    scale = min(1.0, _MOST_SIDE / (before.width + after.width))
    shown = [
        picture.convert("RGB").resize(
            (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))),
            Image.Resampling.LANCZOS,
        )
        for picture in (before, after)
    ]
    font = ImageFont.load_default(size=_CAPTION)
    strip, gap = _CAPTION + 10, 10
    width = sum(picture.width for picture in shown) + gap
    whole = Image.new("RGB", (width, max(p.height for p in shown) + strip), "white")
    draw = ImageDraw.Draw(whole)
    x = 0
    for title, picture in zip(("before", "after"), shown, strict=True):
        draw.text((x + 2, 4), title, font=font, fill="#222222")
        whole.paste(picture, (x, strip))
        x += picture.width + gap
    return whole


def graph(marks: Sequence[Mark], edges: Sequence[Edge]) -> Image.Image:
    """The nodes of a scene graph on a circle, with an arrow for each edge.

    Args:
        marks: the objects, numbered as on the picture beside it.
        edges: their subjects and objects are labels of `marks`.
    """
    side, radius = _GRAPH_SIDE, _GRAPH_SIDE * 0.36
    whole = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(whole)
    font, small = ImageFont.load_default(size=15), ImageFont.load_default(size=12)
    spots = {
        mark.label: (
            side / 2 + radius * math.sin(2 * math.pi * i / len(marks)),
            side / 2 - radius * math.cos(2 * math.pi * i / len(marks)),
        )
        for i, mark in enumerate(marks)
    }
    by_label = {mark.label: mark for mark in marks}
    for edge in edges:
        if edge.subject in spots and edge.object in spots:
            _arrow(draw, spots[edge.subject], spots[edge.object], by_label[edge.subject].color)
    # Words over all lines, near the arrow's tail, where they lie apart.
    for edge in edges:
        if edge.subject in spots and edge.object in spots:
            (a, b), (c, d) = spots[edge.subject], spots[edge.object]
            x, y = a + 0.36 * (c - a), b + 0.36 * (d - b)
            box = draw.textbbox((x, y), edge.predicate, font=small, anchor="mm")
            draw.rectangle((box[0] - 2, box[1] - 1, box[2] + 2, box[3] + 1), fill="white")
            draw.text((x, y), edge.predicate, font=small, fill="#333333", anchor="mm")
    for mark in marks:
        x, y = spots[mark.label]
        draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=mark.color, outline="white", width=2)
        draw.text((x, y), str(mark.number), font=font, fill="white", anchor="mm")
        words = _short(mark.label)
        half = draw.textlength(words, font=small) / 2
        middle = min(max(x, half + 4), side - half - 4)
        below = y + 28 if y >= side / 2 else y - 28
        draw.text((middle, below), words, font=small, fill="#222222", anchor="mm")
    return whole


def _arrow(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], color: str
) -> None:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    tip = (end[0] - 17 * math.cos(angle), end[1] - 17 * math.sin(angle))
    draw.line((*start, *tip), fill=color, width=2)
    wings = [
        (tip[0] - 10 * math.cos(angle + turn), tip[1] - 10 * math.sin(angle + turn))
        for turn in (0.4, -0.4)
    ]
    draw.polygon([tip, *wings], fill=color)


def _scale(size: tuple[int, int]) -> float:
    if size[0] < _LEAST_WIDTH and max(size) < _MOST_SIDE:
        return min(_LEAST_WIDTH / size[0], _MOST_SIDE / max(size), 4.0)
    return min(1.0, _MOST_SIDE / max(size))


def _badge(
    draw: ImageDraw.ImageDraw,
    mark: Mark,
    box: Sequence[float],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    size: tuple[int, int],
) -> None:
    text = str(mark.number)
    side = draw.textbbox((0, 0), "8", font=font)[3] + 6
    width = max(side, draw.textlength(text, font=font) + 10)
    x = min(max(0.0, box[0]), size[0] - width)
    # Above the box where there is room, else inside its corner.
    y = box[1] - side if box[1] >= side else box[1]
    draw.rounded_rectangle([x, y, x + width, y + side], radius=4, fill=mark.color)
    draw.text((x + width / 2, y + side / 2), text, font=font, fill="white", anchor="mm")


def _with_legend(picture: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    size = max(15, round(picture.width / 46))
    font = ImageFont.load_default(size=size)
    row, gap = size + 14, 10
    cells: list[tuple[Mark, str, float]] = []
    for mark in marks:
        text = _short(mark.label) or "here"
        cells.append((mark, text, row + font.getlength(text) + 2 * gap))
    rows: list[list[tuple[Mark, str, float]]] = [[]]
    for cell in cells:
        used = sum(width for *_, width in rows[-1])
        if rows[-1] and used + cell[2] > picture.width - gap:
            rows.append([])
        rows[-1].append(cell)
    strip = Image.new("RGB", (picture.width, row * len(rows) + gap), "white")
    draw = ImageDraw.Draw(strip)
    for number, line in enumerate(rows):
        x, y = float(gap), gap / 2 + number * row + row / 2
        for mark, text, width in line:
            chip = [x, y - size * 0.7, x + size * 1.5, y + size * 0.7]
            draw.rounded_rectangle(chip, radius=4, fill=mark.color)
            draw.text((x + size * 0.75, y), str(mark.number), font=font, fill="white", anchor="mm")
            draw.text((x + row, y), text, font=font, fill="#222222", anchor="lm")
            x += width
    whole = Image.new("RGB", (picture.width, picture.height + strip.height), "white")
    whole.paste(picture, (0, 0))
    whole.paste(strip, (0, picture.height))
    return whole


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_CHARS else f"{text[: _LABEL_CHARS - 3]}..."


def _rgb(color: str) -> tuple[int, int, int]:
    return (int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16))
