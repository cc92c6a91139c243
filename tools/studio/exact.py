"""Exact changes to any picture, without a model: each does what its numbers say, no more.

`apply` takes the picture, the operation, and the boxes of what the operation's words mean (found
by the caller: things by grounding, text by OCR).
"""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from ...data.edits import (
    Adjust,
    Area,
    Blur,
    Crop,
    Flip,
    Hide,
    Label,
    Mark,
    Operation,
    Resize,
    Rotate,
    Where,
)
from ..results import ToolError

PixelBox = tuple[int, int, int, int]
_CROP_ROOM = 0.06  # of the thing's longer side, left around it
_LEAST_PIXELS = 8
_MOST_PIXELS = 40_000_000
_BLUR_SHARE = 0.06  # of the part's shorter side, per unit of strength
_BLOCKS = 8  # along the shorter side of what is pixelated
# A line of writing is long and low, and must not stay legible.
_LINE, _LINE_BLUR, _LINE_BLOCKS = 2.5, 0.3, 2
_SHARPEN = 250.0  # per cent of Pillow's unsharp mask per unit above 1


def apply(image: Image.Image, operation: Operation, boxes: Sequence[PixelBox] = ()) -> Image.Image:
    """A new picture: `image` changed as `operation` says.

    Args:
        image: RGB; it is left alone.
        boxes: of what the operation's words mean, in pixels; none where it names an area.

    Raises:
        ToolError: the result would be too small or too large.
        TypeError: the operation is no exact one.
    """
    match operation:
        case Crop():
            return image.crop(_kept(image, operation, boxes))
        case Rotate(degrees=degrees):
            return _rotated(image, degrees)
        case Flip(axis=axis):
            way = Image.Transpose.FLIP_LEFT_RIGHT
            return image.transpose(way if axis == "horizontal" else Image.Transpose.FLIP_TOP_BOTTOM)
        case Resize():
            return image.resize(_size(image, operation), Image.Resampling.LANCZOS)
        case Adjust():
            return _adjusted(image, operation)
        case Blur(where=where, strength=strength):
            parts, lines = _parts(image, where, boxes), bool(where.thing)
            return _over(image, parts, lambda part: _blurred(part, strength, lines))
        case Hide(where=where, how=how):
            parts, lines = _parts(image, where, boxes), bool(where.thing)
            return _over(image, parts, lambda part: _hidden(part, how, lines))
        case Mark(where=where, color=color):
            return _marked(image, _parts(image, where, boxes), color)
        case Label():
            return _lettered(image, operation, boxes)
    raise TypeError(f"{type(operation).__name__} is no exact operation")


def _parts(image: Image.Image, where: Where, boxes: Sequence[PixelBox]) -> list[PixelBox]:
    """The pixels meant: the boxes of the things, or the area, or all."""
    if where.thing:
        return [_clipped(image, box) for box in boxes]
    return [(where.area or Area()).pixels(*image.size)]


def _clipped(image: Image.Image, box: Sequence[float]) -> PixelBox:
    x0, y0 = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
    x1, y1 = min(image.width, math.ceil(box[2])), min(image.height, math.ceil(box[3]))
    return x0, y0, max(x0 + 1, x1), max(y0 + 1, y1)


def _kept(image: Image.Image, crop: Crop, boxes: Sequence[PixelBox]) -> PixelBox:
    if crop.ratio is not None:
        width, height = image.size
        across, down = crop.ratio
        w = min(width, round(height * across / down))
        h = min(height, round(width * down / across))
        box = ((width - w) // 2, (height - h) // 2, (width - w) // 2 + w, (height - h) // 2 + h)
    elif crop.thing:
        x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
        room = _CROP_ROOM * max(x1 - x0, y1 - y0)
        box = _clipped(image, (x0 - room, y0 - room, x1 + room, y1 + room))
    else:
        box = (crop.area or Area()).pixels(*image.size)
    if min(box[2] - box[0], box[3] - box[1]) < _LEAST_PIXELS:
        raise ToolError("That would leave hardly any picture; which part should stay?")
    return box


def _rotated(image: Image.Image, degrees: float) -> Image.Image:
    quarter = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180,
               270: Image.Transpose.ROTATE_90}  # fmt: skip
    turn = degrees % 360
    if turn == 0:
        return image.copy()
    if turn in quarter:  # no pixel is made up
        return image.transpose(quarter[int(turn)])
    return image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


def _size(image: Image.Image, resize: Resize) -> tuple[int, int]:
    width, height = image.size
    if resize.scale is not None:
        width, height = round(width * resize.scale), round(height * resize.scale)
    elif resize.width and resize.height:
        width, height = resize.width, resize.height
    elif resize.width:
        width, height = resize.width, round(height * resize.width / width)
    elif resize.height:
        width, height = round(width * resize.height / height), resize.height
    if min(width, height) < _LEAST_PIXELS or width * height > _MOST_PIXELS:
        much = "smaller" if min(width, height) < _LEAST_PIXELS else "larger"
        raise ToolError(f"A picture of {width} x {height} pixels is {much} than I make.")
    return width, height


def _adjusted(image: Image.Image, adjust: Adjust) -> Image.Image:
    factor = adjust.factor
    match adjust.quality:
        case "brightness":
            return ImageEnhance.Brightness(image).enhance(factor)
        case "contrast":
            return ImageEnhance.Contrast(image).enhance(factor)
        case "saturation":
            return ImageEnhance.Color(image).enhance(factor)
        case "sharpness":
            percent = round(_SHARPEN * max(0.0, factor - 1))
            return image.filter(ImageFilter.UnsharpMask(radius=2, percent=percent, threshold=0))
    # Warmth: red up and blue down by the same ratio, as a colour temperature does.
    gain = np.array([factor**0.25, 1.0, factor**-0.25])
    warmed = np.asarray(image, np.float64) * gain
    return Image.fromarray(warmed.round().clip(0, 255).astype(np.uint8))


def _over(image: Image.Image, parts: Sequence[PixelBox], change: object) -> Image.Image:
    """`image` with each part replaced by what `change` makes of it."""
    changed = image.copy()
    for box in parts:
        changed.paste(change(image.crop(box)), box[:2])  # type: ignore[operator]
    return changed


def _is_line(part: Image.Image) -> bool:
    return max(part.size) >= _LINE * min(part.size)


def _blurred(part: Image.Image, strength: float, lines: bool) -> Image.Image:
    share = _LINE_BLUR if lines and _is_line(part) else _BLUR_SHARE
    radius = max(2.0, share * strength * min(part.size))
    return part.filter(ImageFilter.GaussianBlur(radius))


def _hidden(part: Image.Image, how: str, lines: bool) -> Image.Image:
    if how != "pixelate":
        return Image.new("RGB", part.size, ImageColor.getrgb(how))
    blocks = _LINE_BLOCKS if lines and _is_line(part) else _BLOCKS
    side = max(2, math.ceil(min(part.size) / blocks))
    small = (max(1, round(part.width / side)), max(1, round(part.height / side)))
    coarse = part.resize(small, Image.Resampling.BOX)
    return coarse.resize(part.size, Image.Resampling.NEAREST)


def _marked(image: Image.Image, parts: Sequence[PixelBox], color: str) -> Image.Image:
    marked = image.copy()
    draw = ImageDraw.Draw(marked)
    line = max(2, round(max(image.size) / 240))
    for x0, y0, x1, y1 in parts:
        draw.rectangle((x0, y0, x1 - 1, y1 - 1), outline=ImageColor.getrgb(color), width=line)
    return marked


def _lettered(image: Image.Image, label: Label, boxes: Sequence[PixelBox]) -> Image.Image:
    """`label.text`, one line a box where it holds several, on a plate that keeps it legible."""
    lettered = image.copy()
    draw = ImageDraw.Draw(lettered)
    parts = _parts(image, label.where, boxes)
    texts = label.text.split("\n")
    for i, (x0, y0, x1, y1) in enumerate(parts):
        text = texts[i] if len(texts) == len(parts) else label.text
        size = max(12, round(min(image.size) / (20 if label.where.thing else 12)))
        font = ImageFont.load_default(size=size)
        while size > 9 and draw.textlength(text, font=font) > image.width - 8:
            size -= 1
            font = ImageFont.load_default(size=size)
        a, b, c, d = draw.textbbox((0, 0), text, font=font)
        width, height = c - a + 8, d - b + 8
        x = min(max(0, (x0 + x1 - width) / 2), image.width - width)
        # Above a thing, where there is room; in the middle of an area.
        y = max(0.0, y0 - height) if label.where.thing else (y0 + y1 - height) / 2
        draw.rectangle((x, y, x + width, y + height), fill=(255, 255, 255), outline=(0, 0, 0))
        draw.text((x + 4 - a, y + 4 - b), text, font=font, fill=(0, 0, 0))
    return lettered
