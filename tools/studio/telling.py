"""What an exact change did, as a clause that follows "Done:"."""

from PIL.Image import Image

from ...data.edits import (
    Adjust,
    Area,
    Blur,
    Convert,
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

_MORE = {"brightness": ("brighter", "darker"), "contrast": ("more contrast", "less contrast"),
         "saturation": ("stronger colours", "paler colours"), "sharpness": ("sharper", "softer"),
         "warmth": ("warmer", "cooler")}  # fmt: skip


def told(operation: Operation, image: Image) -> str:
    """One clause; `image` is the result."""
    size = f"{image.width} x {image.height} pixels"
    match operation:
        case Crop(thing=thing):
            return f"I cropped it{f' to {thing}' if thing else ''} ({size})"
        case Rotate(degrees=degrees):
            way = "clockwise" if degrees > 0 else "counter-clockwise"
            return f"I turned it {abs(degrees):g}° {way if abs(degrees) != 180 else ''}".rstrip()
        case Flip(axis=axis):
            sides = "left and right" if axis == "horizontal" else "top and bottom"
            return f"I mirrored it; {sides} are swapped"
        case Resize():
            return f"it is {size} now"
        case Adjust(quality="saturation", factor=0):
            return "it is black and white now"
        case Adjust(quality=quality, factor=factor):
            more = _MORE[quality][factor < 1]
            return f"{more} ({round(abs(factor - 1) * 100)}%)"
        case Blur(where=where):
            return f"I blurred {_part(where)}"
        case Hide(where=where, how=how):
            did = "pixelated" if how == "pixelate" else f"covered with {how}"
            return f"I {did} {_part(where)}" if how == "pixelate" else f"{_part(where)} is {did}"
        case Convert(format=ending):
            return f"it is a {ending.upper()} file now"
        case Mark(where=where):
            return f"I drew a box around {_part(where)}"
        case Label(text=text):
            return f"I wrote “{text}” on it" if "\n" not in text else "I wrote the names on it"
    return "it is changed"


def _part(where: Where) -> str:
    if where.thing:
        return where.thing
    return "the whole picture" if where.area in (None, Area()) else "that part"
