"""Forms with tick boxes whose truth is known: which box stands by which words, and is it ticked.

Boxes are square or round, thin or thick, in a row or one below the other; marks are drawn by hand
in ink: ticks, crosses, fillings, dots, strokes, some of them over the edge.
"""

from dataclasses import dataclass
from random import Random

import numpy as np
from PIL.Image import Image

from .fonts import pick_family, text_width
from .noise import degrade_page, degrade_photo, identity_warp, sample_warp
from .page import Colour, Page
from .render import draw_page
from .types import BoxXYXY

_INKS: tuple[Colour, ...] = ((20, 40, 130), (15, 30, 90), (30, 30, 30), (150, 30, 30))
_TITLES = ("Registration", "Customer survey", "Delivery form", "Health questionnaire",
           "Order preferences", "Consent form")  # fmt: skip
_GROUPS: dict[str, tuple[str, ...]] = {
    "Contact by": ("email", "phone", "letter", "text message"),
    "Gender": ("female", "male", "other"),
    "Marital status": ("single", "married", "divorced", "widowed"),
    "Meal": ("vegetarian", "vegan", "fish", "chicken", "no meal"),
    "Services": ("newsletter", "parking", "guided tour", "locker", "insurance"),
    "Payment": ("cash", "card", "bank transfer", "invoice"),
    "Symptoms": ("fever", "cough", "headache", "fatigue", "nausea"),
    "Declarations": ("I accept the terms", "I am over 18", "I agree to photographs",
                     "Data may be stored"),
    "Delivery": ("express", "standard", "gift wrapping", "leave with neighbour"),
    "Extras": ("breakfast", "late checkout", "airport shuttle", "extra bed"),
}  # fmt: skip
MARKS = {"cross": False, "tick": False, "fill": False, "dot": False, "slash": True, "loop": True}
"""How a box is marked -> whether it is kept out of development."""
SHAPES = {"square": False, "ring": False, "heavy": True}
"""How a box looks -> whether it is kept out of development."""


@dataclass(frozen=True, kw_only=True)
class TickBox:
    """A box as printed: its words, the words of its group, its place in pixels, its state."""

    label: str
    group: str
    box: BoxXYXY
    ticked: bool


def sample_ticks(
    rng: np.random.Generator, kept_out: bool = False, noise: bool = True
) -> tuple[tuple[TickBox, ...], Image]:
    """A form's boxes and its picture (RGB).

    Args:
        kept_out: use the shapes and marks kept out of development.
        noise: skew, fade, blur and the rest, as on other documents.
    """
    r = Random(int(rng.integers(2**63)))
    page = Page(rng=r, width=r.uniform(620, 780), family=pick_family(r), size=r.uniform(15, 19),
                margin=r.uniform(36, 60))  # fmt: skip
    shape = r.choice([name for name, out in SHAPES.items() if out <= kept_out])
    marks = [name for name, out in MARKS.items() if out == kept_out]
    mark, ink = r.choice(marks), r.choice(_INKS)
    page.line(r.choice(_TITLES), bold=True, size=page.size * 1.5)
    page.y += page.size * 0.8
    made: list[TickBox] = []
    for group in r.sample(list(_GROUPS), r.randint(2, 4)):
        options = r.sample(_GROUPS[group], r.randint(2, len(_GROUPS[group])))
        made += _group(page, group, options, shape, mark, ink)
    page.height = page.y + page.margin
    scale = r.uniform(0.95, 1.4)
    width, height = round(page.width * scale), round(page.height * scale)
    warp = sample_warp(r, width, height, page.paper) if noise else identity_warp(width, height)
    image = draw_page(page, scale)
    if noise:
        image = degrade_photo(warp.image(degrade_page(image, r, False)), r)
    places = warp.boxes(np.array([box.box for box in made]) * scale)
    return tuple(
        TickBox(label=b.label, group=b.group, box=_place(place), ticked=b.ticked)
        for b, place in zip(made, places, strict=True)
    ), image  # fmt: skip


def _place(row: np.ndarray) -> BoxXYXY:
    return float(row[0]), float(row[1]), float(row[2]), float(row[3])


def _group(
    page: Page, group: str, options: list[str], shape: str, mark: str, ink: Colour
) -> list[TickBox]:
    """A heading and its boxes, in a row or one below the other."""
    r, side = page.rng, page.size * page.rng.uniform(0.85, 1.15)
    below = r.random() < 0.5 or len(max(options, key=len)) > 14
    after = r.random() < 0.2  # the box stands behind its words
    x = page.margin
    if below:
        page.line(f"{group}:", bold=r.random() < 0.5)
        x += r.uniform(0, 30)
    else:
        page.text(f"{group}:", x)
        x = page.margin + max(150.0, text_width(page.family.bold, page.size, group) + 30)
    made = []
    for option in options:
        wide = text_width(page.family.regular, page.size, option)
        if not below and x + side + wide + 12 > page.right:
            page.y += page.step * 1.3
            x = page.margin + 150.0
        box_x = x + wide + 8 if after else x
        page.text(option, x if after else x + side * 1.45)
        ticked = r.random() < 0.4
        top = page.y + page.size * 0.52 - side / 2
        box = (box_x, top, box_x + side, top + side)
        _draw_box(page, box, shape)
        if ticked:
            _draw_mark(page, box, mark, ink)
        made.append(TickBox(label=option, group=group, box=box, ticked=ticked))
        if below:
            page.y += page.step * 1.25
        else:
            x += side * 1.45 + wide + r.uniform(24, 40)
    page.y += page.step * (0.6 if below else 1.9)
    return made


def _draw_box(page: Page, box: BoxXYXY, shape: str) -> None:
    if shape == "ring":
        page.oval(*box, weight=page.rng.uniform(1.1, 1.8))
    else:
        page.frame(*box, weight=2.6 if shape == "heavy" else page.rng.uniform(1.0, 1.7))


def _draw_mark(page: Page, box: BoxXYXY, mark: str, ink: Colour) -> None:
    """A mark as a hand makes it: never quite straight, at times over the edge."""
    r = page.rng
    x0, y0, x1, y1 = box
    side = x1 - x0

    def at(across: float, down: float) -> tuple[float, float]:
        return (x0 + side * (across + r.uniform(-0.08, 0.08)),
                y0 + side * (down + r.uniform(-0.08, 0.08)))  # fmt: skip

    weight, over = r.uniform(1.6, 2.6), r.choice((0.0, 0.0, 0.25))
    if mark == "cross":
        page.pen((at(0.15 - over, 0.15 - over), at(0.85 + over, 0.85 + over)), weight, ink)
        page.pen((at(0.85 + over, 0.15 - over), at(0.15 - over, 0.85 + over)), weight, ink)
    elif mark == "tick":
        page.pen((at(0.12, 0.5), at(0.42, 0.85), at(0.9 + over, 0.1 - over)), weight, ink)
    elif mark == "slash":
        page.pen((at(0.1 - over, 0.9 + over), at(0.9 + over, 0.1 - over)), weight * 1.2, ink)
    elif mark == "loop":
        turns = [at(0.5 + 0.3 * (-1) ** k, 0.15 + 0.7 * k / 6) for k in range(7)]
        page.pen(tuple(turns), weight, ink)
    else:
        inset = side * (0.18 if mark == "fill" else 0.3)
        page.oval(x0 + inset, y0 + inset, x1 - inset, y1 - inset, colour=ink, filled=True)
