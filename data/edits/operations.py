"""What an instruction to edit asks for: one frozen record an operation, and a short spelling.

Areas are edges; an edge is a share of the picture's side plus pixels, so that "the left third",
"60 pixels off the top" and "from 10, 10 to 90, 60" are all told exactly before any picture is seen.
"""

from dataclasses import dataclass
from typing import Literal

Edge = tuple[float, int]
Quality = Literal["brightness", "contrast", "saturation", "sharpness", "warmth"]


@dataclass(frozen=True, kw_only=True)
class Area:
    """A rectangle of a picture; the whole of it unless told otherwise."""

    x0: Edge = (0.0, 0)
    y0: Edge = (0.0, 0)
    x1: Edge = (1.0, 0)
    y1: Edge = (1.0, 0)

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 in a picture of that size, clipped to it and at least a pixel wide."""
        x0, x1 = (round(share * width) + px for share, px in (self.x0, self.x1))
        y0, y1 = (round(share * height) + px for share, px in (self.y0, self.y1))
        x0, y0 = min(max(0, x0), width - 1), min(max(0, y0), height - 1)
        return x0, y0, max(x0 + 1, min(width, x1)), max(y0 + 1, min(height, y1))

    def __str__(self) -> str:
        return " ".join(_edge(edge) for edge in (self.x0, self.y0, self.x1, self.y1))


WHOLE = Area()


@dataclass(frozen=True, kw_only=True)
class Where:
    """A part of a picture: an area, the things or the text that words speak of, or both.

    With both, the things meant are those that lie in the area.
    """

    area: Area | None = None
    thing: str = ""

    def __str__(self) -> str:
        if self.thing and self.area is not None:
            return f"{self.thing} at {self.area}"
        return self.thing or str(self.area or WHOLE)


@dataclass(frozen=True, kw_only=True)
class Crop:
    """Keep an area, what words speak of, or the largest middle part of a ratio."""

    area: Area | None = None
    thing: str = ""
    ratio: tuple[int, int] | None = None

    def __str__(self) -> str:
        if self.thing:
            return f"crop to {self.thing}"
        return f"crop ratio {self.ratio[0]}:{self.ratio[1]}" if self.ratio else f"crop {self.area}"


@dataclass(frozen=True, kw_only=True)
class Rotate:
    """Turn clockwise by degrees; the picture grows to hold all of it."""

    degrees: float

    def __str__(self) -> str:
        return f"rotate {self.degrees:g}"


@dataclass(frozen=True, kw_only=True)
class Flip:
    """Mirror: `horizontal` swaps left and right."""

    axis: Literal["horizontal", "vertical"]

    def __str__(self) -> str:
        return f"flip {self.axis}"


@dataclass(frozen=True, kw_only=True)
class Resize:
    """To pixels (one side alone keeps the ratio), or by a scale."""

    width: int | None = None
    height: int | None = None
    scale: float | None = None

    def __str__(self) -> str:
        if self.scale is not None:
            return f"resize {100 * self.scale:g}%"
        return f"resize {self.width or '-'}x{self.height or '-'}"


@dataclass(frozen=True, kw_only=True)
class Adjust:
    """Scale a quality of the whole picture; 1 leaves it, saturation 0 is black and white."""

    quality: Quality
    factor: float

    def __str__(self) -> str:
        return f"{self.quality} {self.factor:g}"


@dataclass(frozen=True, kw_only=True)
class Blur:
    """Blur a part; `strength` 1 is ordinary."""

    where: Where
    strength: float = 1.0

    def __str__(self) -> str:
        return f"blur {self.where}"


@dataclass(frozen=True, kw_only=True)
class Hide:
    """Make a part unrecognisable: `how` is `pixelate` or the name of a colour to fill it with."""

    where: Where
    how: str = "pixelate"

    def __str__(self) -> str:
        return f"{self.how} {self.where}"


@dataclass(frozen=True, kw_only=True)
class Convert:
    """Save in another file format: png, jpg or webp."""

    format: str

    def __str__(self) -> str:
        return f"convert {self.format}"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Draw boxes around a part, or around each thing meant."""

    where: Where
    color: str = "red"

    def __str__(self) -> str:
        return f"box {self.color} {self.where}"


@dataclass(frozen=True, kw_only=True)
class Label:
    """Write `text` into a part or on things; "" writes what each thing is."""

    text: str
    where: Where

    def __str__(self) -> str:
        if self.where.thing:
            return f'label "{self.text}" {self.where.thing}'
        return f'label "{self.text}" at {self.where}'


@dataclass(frozen=True, kw_only=True)
class Undo:
    """Give back the picture that the newest edit was made from, or the one it all began with.

    `steps` is how many edits are taken back; 0 takes back all that the newest order did.
    """

    all: bool = False
    steps: int = 0

    def __str__(self) -> str:
        return "undo"


@dataclass(frozen=True, kw_only=True)
class Redo:
    """Give back the picture that the newest undo took away."""

    def __str__(self) -> str:
        return "redo"


@dataclass(frozen=True, kw_only=True)
class WorldEdit:
    """A change to the things in a picture, as the words tell it.

    Attributes:
        kind: recolour, material, scale, remove, add, replace or move.
        thing: the things meant ("" for add).
        value: what they become, or what is added.
        place: where it comes ("" where the words do not say).
    """

    kind: str
    thing: str = ""
    value: str = ""
    place: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "remove":
                return f"remove {self.thing}"
            case "add":
                return f"add {self.value} @ {self.place}".rstrip()
            case "move":
                return f"move {self.thing} @ {self.place}".rstrip()
        return f"{self.kind} {self.thing} > {self.value}".rstrip()


@dataclass(frozen=True, kw_only=True)
class Other:
    """Something that none of these does."""

    def __str__(self) -> str:
        return "other"


Operation = (
    Crop | Rotate | Flip | Resize | Adjust | Blur | Hide | Convert | Mark | Label | Undo
    | Redo | WorldEdit | Other
)  # fmt: skip


def _edge(edge: Edge) -> str:
    share, px = edge
    if not px:
        return f"{share:.3g}"
    return f"{px}px" if not share else f"{share:.3g}{px:+d}px"
