"""Draws a set page; the boxes of its lines come from font metrics, drawn or not."""

from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .fonts import Face, pil_font
from .page import ASCENT, DESCENT, Page, Run, Stroke


def run_boxes(page: Page, scale: float) -> np.ndarray:
    """Boxes (N, 4) of the page's lines in pixels after scaling by `scale`."""
    rows = [
        (r.x - 1, r.y + 0.04 * r.size, r.x + r.width + 1, r.y + (ASCENT + DESCENT) * r.size)
        for r in page.runs
    ]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 4) * scale


def draw_page(page: Page, scale: float) -> Image.Image:
    """The clean page as an RGB picture of (width, height) * scale pixels."""
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    image = Image.new("RGB", size, page.paper)
    draw = ImageDraw.Draw(image)
    for stroke in page.strokes:
        _draw_stroke(draw, stroke, scale)
    for run in page.runs:
        _draw_run(draw, run, scale)
    return image


def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return pil_font(face.name, round(size * 4) / 4)


def _draw_run(draw: ImageDraw.ImageDraw, run: Run, scale: float) -> None:
    font = _font(run.face, run.size * scale)
    x, y = run.x * scale, (run.y + ASCENT * run.size) * scale
    if not run.face.pitch:
        draw.text((x, y), run.text, fill=run.colour, font=font, anchor="ls")
        return
    cell = run.face.pitch * run.size * scale
    for i, char in enumerate(run.text):
        if char != " ":
            draw.text((x + (i + 0.5) * cell, y), char, fill=run.colour, font=font, anchor="ms")


def _draw_stroke(draw: ImageDraw.ImageDraw, stroke: Stroke, scale: float) -> None:
    x0, y0, x1, y1 = (v * scale for v in (stroke.x0, stroke.y0, stroke.x1, stroke.y1))
    weight = max(1, round(stroke.weight * scale))
    if stroke.kind == "fill":
        draw.rectangle((x0, y0, x1, y1), fill=stroke.colour)
    elif stroke.kind == "frame":
        draw.rectangle((x0, y0, x1, y1), outline=stroke.colour, width=weight)
    elif stroke.kind == "ring":
        draw.ellipse((x0, y0, x1, y1), outline=stroke.colour, width=weight)
    elif stroke.kind == "disc":
        draw.ellipse((x0, y0, x1, y1), fill=stroke.colour)
    elif stroke.kind == "rule":
        draw.line((x0, y0, x1, y1), fill=stroke.colour, width=weight)
    elif stroke.kind == "dash":
        x = x0
        while x < x1:
            draw.line((x, y0, min(x + 6 * scale, x1), y0), fill=stroke.colour, width=weight)
            x += 10 * scale
    elif stroke.kind == "bars":
        _draw_bars(draw, Random(stroke.seed), (x0, y0, x1, y1), stroke.colour, scale)
    elif stroke.kind == "blocks":
        rng, cells = Random(stroke.seed), 21
        side = (x1 - x0) / cells
        for i in range(cells * cells):
            if rng.random() < 0.5:
                left, top = x0 + (i % cells) * side, y0 + (i // cells) * side
                draw.rectangle((left, top, left + side, top + side), fill=stroke.colour)
    else:
        _draw_blob(draw, Random(stroke.seed), (x0, y0, x1, y1), stroke.colour)


def _draw_bars(
    draw: ImageDraw.ImageDraw, rng: Random, box: tuple[float, float, float, float],
    colour: tuple[int, int, int], scale: float,
) -> None:  # fmt: skip
    x, end = box[0], box[2]
    while x < end:
        wide = rng.choice((1.5, 1.5, 3, 4.5)) * scale
        draw.rectangle((x, box[1], min(x + wide, end), box[3]), fill=colour)
        x += wide + rng.choice((1.5, 3, 4.5)) * scale


def _draw_blob(
    draw: ImageDraw.ImageDraw, rng: Random, box: tuple[float, float, float, float],
    colour: tuple[int, int, int],
) -> None:  # fmt: skip
    """A wordless emblem: two overlapping plain shapes."""
    x0, y0, x1, y1 = box
    pale = tuple(min(255, c + 110) for c in colour)
    shape = rng.randrange(3)
    side = min(x1 - x0, y1 - y0)
    if shape == 0:
        draw.ellipse((x0, y0, x0 + side, y0 + side), fill=colour)
        inset = side * 0.28
        draw.ellipse((x0 + inset, y0 + inset, x0 + side, y0 + side), fill=pale)
    elif shape == 1:
        draw.polygon(((x0, y1), ((x0 + x1) / 2, y0), (x1, y1)), fill=colour)
        draw.polygon((((x0 + x1) / 2, y1), (x1, y0 + side * 0.4), (x1, y1)), fill=pale)
    else:
        draw.rectangle((x0, y0, x0 + side, y0 + side), fill=colour)
        draw.rectangle((x0 + side * 0.3, y0 + side * 0.3, x0 + side, y0 + side), fill=pale)
